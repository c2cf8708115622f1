"""Texts that want to do something to whoever reads them."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.hostile.parts import BOOK, GENERAL, PLAN, STRINGS, Parts, typed
from tests.hostile.register import changed

BSN = "111222333"  # passes the test of a citizen service number, and belongs to nobody


def _everywhere(text: str) -> Callable[[Parts], Parts]:
    """The text in every text of a milestone, in a party's heading and in the name of the plan.

    The type of the milestone is that text alone: a finding quotes it.
    """

    def change(parts: Parts) -> Parts:
        for ref in ("A8", "B8", "E8", "G8", "J1"):
            parts.text(ref, f"{text} {_told(parts, ref)}")
        return parts.text("D8", text).text("B2", f"{text} Zorg dichtbij", GENERAL)

    return change


def _told(parts: Parts, ref: str) -> str:
    """What stands in a cell of the good plan."""
    found = re.search(rf'<c r="{ref}"[^>]*t="s"><v>(\d+)</v>', parts[PLAN].decode())
    assert found
    texts = re.findall(r"<si><t[^>]*>(.*?)</t></si>", parts[STRINGS].decode(), re.DOTALL)
    return str(texts[int(found[1])]).replace("&amp;", "&")


def _instead(ref: str, text: str) -> Callable[[Parts], Parts]:
    return lambda parts: parts.text(ref, text)


for _name, _text in {
    "escape-sequences": "_x001B_[2J_x001B_]0;plan_x0007__x001B_[31m",
    "escape-sequences-of-one-byte": "\x9b31m\x9dplan\x9c",
    "zero-characters": "_x0000__x0000_",
    "all-control-characters": "".join(f"_x{n:04X}_" for n in [*range(32), *range(127, 160)]),
    "carriage-returns": "ok_x000D_Fout: niets_x000D_",
    "backspaces": "Fout_x0008__x0008__x0008__x0008_Goed",
    "turned-round": "\u202e\u2066plan\u2069\u202c\u200f\u061c",
    "line-separators": "regel\u2028regel\u2029regel\x85",
    "half-a-pair": "_xD800_ en _xDE00_",
    "pairs-in-escapes": "_xD83D__xDE00_",
    "escaped-escape": "_x005F_x001B_",
    "marks-of-byte-order": "\ufeff_xFFFE__xFEFF_",
    "no-characters": "\ufdd0\U0001fffe",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈",
    "zero-width": "\u200b\u200c\u200d\u2060",
    "accents-without-end": "e" + "\u0301" * 3_000,
    "hebrew-and-arabic": "שלום مرحبا",
    "markup-of-rich": "[red]rood[/red] [/] [bold] [link=file:///etc/passwd]x[/link]",
    "emoji-codes": ":warning: :smile:",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;",
    "markdown": "[klik](javascript:alert(1)) | `x` | ![](http://127.0.0.1:9/p.png)\n\n# Kop",
    "templates": "{0.__class__.__mro__} {facts} {{7*7}} {% raw %} ${7*7} %s %n %(x)s",
    "formula-of-csv": '=HYPERLINK("http://127.0.0.1:9/","klik")',
    "formula-of-csv-with-plus": "+1+cmd|' /C calc'!A0",
    "formula-of-csv-with-at": "@SUM(1+1)",
    "formula-of-csv-with-tab": "\t=1+1",
    "commands-of-github": "::error file=x::klaar%0A::set-output name=x::y",
    "json": '","x":"\\u0000","status":"passed',
    "commands-of-a-shell": "$(reboot) `reboot` ; rm -rf / && echo",
    "citizen-number": f"patiënt {BSN},",
    "citizen-number-in-fullwidth-figures": "patiënt １１１２２２３３３",
}.items():
    changed("text", _name, _everywhere(_text))

changed(
    "text",
    "citizen-number-in-sheet-name",
    lambda parts: parts.swap(BOOK, 'name="Mijlpalen"', f'name="Mijlpalen {BSN}"'),
)
changed(
    "text",
    "escape-sequences-in-sheet-name",
    lambda parts: parts.swap(BOOK, 'name="Mijlpalen"', 'name="M&#x9b;31m&#x202e;&#x85;&#10;"'),
)
changed("text", "citizen-number-as-kpi-number", _instead("A8", f"Wijkteams - Uitbreiding - KPI {BSN}"))
changed("text", "citizen-number-as-type", _instead("D8", f"Inspanning {BSN}"))
changed("text", "citizen-number-as-day", _instead("C8", f"op {BSN}"))
changed("text", "citizen-number-as-amount", _instead("I8", f"{BSN} cliënten"))
changed("text", "control-characters-as-amount", _instead("I8", "_x001B_[31m5000"))
changed("text", "control-characters-as-day", _instead("C8", "31-12-2027_x0000_"))
changed(
    "text",
    "control-characters-in-headings",
    lambda parts: parts.text("B1", "SMART_x0000_omschrijving_x001B_[31m"),
)
changed(
    "text",
    "control-characters-in-control-cell",
    lambda parts: parts.cell("H8", '<c r="H8" t="str"><f>F8</f><v>Bedragen_x001B_[31m komen overeen</v></c>'),
)
changed("text", "zero-width-in-headings", lambda parts: parts.text("B1", "SM\u200bART omschr\u00adijving"))
changed("text", "zero-width-in-type", _instead("D8", "Inspannings\u200bverplichting"))
changed("text", "cyrillic-letters-in-type", _instead("D8", "Inspаnningsverplichting"))
changed(
    "text", "spaces-of-all-kinds-in-type", _instead("D8", "\u00a0\u2003Inspannings\u2009verplichting\u3000")
)
changed(
    "text",
    "of-32,767-characters",
    _instead("B8", "Uiterlijk 31 december 2027 werken de wijkteams. " + "woorden " * 4_089 + "einde12"),
)
changed("text", "of-32,768-characters", _instead("B8", "x" * 32_768))
changed(
    "text",
    "of-32,768-characters-nobody-reads",
    lambda parts: parts.sheet(
        "Los", f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 32_768}</t></is></c></row>'
    ),
)
changed("text", "of-line-breaks", _instead("B8", "\n" * 32_000))
changed("text", "of-spaces", _instead("B8", " " * 32_000))
changed("text", "of-figures", _instead("B8", "1" * 32_000))
changed("text", "of-dashes", _instead("A8", "- " * 16_000))
changed("text", "of-amounts", _instead("G8", "• a: € 1\n" * 3_600))
changed("text", "of-dates", _instead("B8", "op 1-1-2026 en " * 2_100))
changed("text", "of-brackets", _instead("B8", "[" * 16_000 + "(" * 16_000))
changed("text", "of-kpis", _instead("B8", "KPI 1, KPI 2 en " * 2_000))
changed("text", "amount-of-32,000-figures", _instead("I8", "€ " + "1" * 32_000))
changed("text", "day-of-32,000-figures", _instead("C8", "1-1-" + "2" * 32_000))
changed("text", "heading-of-32,000-characters", lambda parts: parts.text("J1", "Stichting " + "x" * 32_000))
changed(
    "text",
    "odd-texts-on-the-general-sheet",
    lambda parts: parts.text("B2", typed("]]>") + "_x0000_\u202e", GENERAL),
)
