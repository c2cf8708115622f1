"""A frame around cells by a rule for formats: the look that the user gave a cell stays the cell's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kpicheck.reader.places import Place
from kpicheck.writer.sheet_markup import SheetMarkup, letters_of
from kpicheck.writer.splicing import Element, text
from kpicheck.writer.styles import Styles

_ALWAYS = 'LEN("kpicheck")>0'
_OURS = re.compile(rb"LEN\((?:\"|&quot;)kpicheck(?:\"|&quot;)\)&gt;0")
_FRAMES = {"error": "FFC00000", "warning": "FFE08A00", "info": "FF2E75B6"}
_TINTS = {"error": "FFFDE7E6", "warning": "FFFFF3D6", "info": "FFE6F0FA"}
_SIDES = ("left", "right", "top", "bottom")
_PRIORITY = re.compile(rb"<(?:\w+:)?cfRule\b[^>]*?\spriority=[\"'](\d{1,9})[\"']")
_CELLS_A_RULE = 2_000


def drop_marks(sheet: SheetMarkup) -> None:
    """Take out the frames that were put there before."""
    for one in _own(sheet):
        sheet.drop(one)


def put_marks(sheet: SheetMarkup, styles: Styles, levels: Mapping[Place, str], *, tinted: bool) -> None:
    """Frame cells in the colour of their level; a cell without a background of its own gets a light one.

    Rules that are there already go first. `tinted` is False where a background may come from elsewhere.
    """
    groups: dict[tuple[str, bool], list[Place]] = {}
    for place, level in sorted(levels.items()):
        plain = tinted and not styles.filled(sheet.style(place))
        groups.setdefault((level, plain), []).append(place)
    priority = max(_priorities(sheet), default=0)
    made = b""
    for (level, plain), places in sorted(groups.items()):
        look = styles.add("dxfs", _look(level, plain=plain))
        for start in range(0, len(places), _CELLS_A_RULE):
            priority += 1
            told = {"type": "expression", "dxfId": str(look), "priority": str(priority)}
            rule = sheet.tag("cfRule", told, sheet.tag("formula", inside=text(_ALWAYS)))
            cells = " ".join(map(letters_of, places[start : start + _CELLS_A_RULE]))
            made += sheet.tag("conditionalFormatting", {"sqref": cells}, rule)
    if made:
        sheet.put_in_order("conditionalFormatting", made)


def _own(sheet: SheetMarkup) -> list[Element]:
    """The rules that were put there before, known by what they ask."""
    return [
        one
        for one in sheet.root.children
        if one.name == "conditionalFormatting"
        and one.children
        and all(_is_ours(sheet, rule) for rule in one.children)
    ]


def _is_ours(sheet: SheetMarkup, rule: Element) -> bool:
    formula = rule.child("formula")
    return formula is not None and bool(_OURS.match(sheet.xml, formula.opened, formula.closed))


def _priorities(sheet: SheetMarkup) -> Iterator[int]:
    """The places in line of the rules of a sheet, those in extensions too; not ours."""
    own = [(one.start, one.end) for one in _own(sheet)]
    for found in _PRIORITY.finditer(sheet.xml):
        if not any(start <= found.start() < end for start, end in own):
            yield int(found[1])


def _look(level: str, *, plain: bool) -> str:
    frame = f'style="thin"><color rgb="{_FRAMES[level]}"/>'
    sides = "".join(f"<{side} {frame}</{side}>" for side in _SIDES)
    tint = f'<fill><patternFill patternType="solid"><bgColor rgb="{_TINTS[level]}"/></patternFill></fill>'
    return f"<dxf>{tint if plain else ''}<border>{sides}</border></dxf>"
