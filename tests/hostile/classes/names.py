"""File names that want to do something to whoever lists them; the plans in them are good or broken."""

from __future__ import annotations

from tests.hostile.parts import Parts
from tests.hostile.register import changed

from .texts import BSN

_NAMES = {
    "control-characters": "plan\x1b[31m\x07\x7f.xlsx",
    "control-characters-of-one-byte": "plan\x9b31m.xlsx",
    "line-breaks": "plan\nFout: niets\r\n.xlsx",
    "turned-round": "plan\u202excls.xlsx",
    "citizen-number": f"{BSN}.xlsx",
    "citizen-number-between-underscores": f"plan_{BSN}_v2.xlsx",
    "markup-of-rich": "[bold red]plan[blink].xlsx",
    "html": "<b>plan<b>.xlsx",
    "formula": "=1+1.xlsx",
    "list-sign": "@plan.xlsx",
    "dash": "-plan.xlsx",
    "two-dashes": "--select.xlsx",
    "wildcards": "pl[a]n*?.xlsx",
    "templates": "{0} %s {{7}}.xlsx",
    "emoji": "plan 👩‍👩‍👧.xlsx",
    "accents-apart": "pla\u0301n.xlsx",
    "of-250-characters": "p" * 245 + ".xlsx",
    "of-wide-characters": "計" * 80 + ".xlsx",
    "spaces-and-quotes": " plan 'x' \"y\" .xlsx",
    "without-extension": "plan",
    "other-extension": "plan.pdf",
    "bytes-that-are-no-text": "plan\udcff\udc9b.xlsx",
}

for _name, _file in _NAMES.items():
    changed("name", f"{_name}-good", Parts.zipped, file=_file)
    changed("name", f"{_name}-broken", lambda parts: parts.zipped()[:2000], file=_file)
