"""The way back: right of each row with a finding, a link to its line on the sheet "Controle"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kpicheck.allowance import LAST_COLUMN
from kpicheck.reader.stored import Place, place_of
from kpicheck.report.plan_link import quoted
from kpicheck.writer.sheet_markup import SheetMarkup, letters_of, text_cell

_MARK = "kpicheck"
_OWN = re.compile(
    rb"<(?:\w+:)?hyperlink\b(?=[^>]*\stooltip=[\"']kpicheck[\"'])[^>]*?\sref=[\"']([A-Z]+[0-9]+)[\"']"
)
_USED = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


def own_links(xml: bytes) -> list[Place]:
    """The cells of a worksheet with a link back that was put there before."""
    return [place_of(found[1].decode()) for found in _OWN.finditer(xml)]


def drop_links(sheet: SheetMarkup, places: list[Place]) -> None:
    """Take out the links that were put there before, with what their cells say."""
    links = sheet.inside("hyperlinks")
    ours = [one for one in links if one.attributes.get("tooltip") == _MARK]
    if ours and len(ours) == len(links) and ours[0].parent:
        sheet.drop(ours[0].parent)
    else:
        for one in ours:
            sheet.drop(one)
    for place in places:
        if cell := sheet.cell(place):
            sheet.drop(cell)


def put_links(sheet: SheetMarkup, rows: Mapping[int, int], *, to: str, words: str, style: int) -> None:
    """Right of all cells of those rows, a link to a row of another sheet; none where there is no room."""
    column = sheet.last_column + 1
    homes = {row: home for row in sorted(rows) if (home := sheet.row(row)) is not None and not home.empty}
    if column > LAST_COLUMN or not homes:
        return
    links = b""
    for row, home in homes.items():
        told = {"ref": letters_of((row, column)), "location": f"{quoted(to)}!A{rows[row]}", "tooltip": _MARK}
        links += sheet.tag("hyperlink", told)
        sheet.set(home, {"spans": None})
        sheet.append(home, text_cell(sheet, (row, column), style, words))
    _widen(sheet, column)
    kept = [one for one in sheet.inside("hyperlinks") if one.attributes.get("tooltip") != _MARK]
    if kept and kept[0].parent:
        sheet.append(kept[0].parent, links)
    else:
        sheet.put_in_order("hyperlinks", sheet.tag("hyperlinks", inside=links))


def _widen(sheet: SheetMarkup, column: int) -> None:
    """Let the sheet say that it goes as far as that column."""
    told = sheet.root.child("dimension")
    used = _USED.fullmatch(told.attributes.get("ref", "")) if told else None
    if told and used and place_of(used[3] + used[4])[1] < column:
        sheet.set(told, {"ref": f"{used[1]}{used[2]}:{letters_of((int(used[4]), column))}"})
