"""The way back: right of each row with a finding, a link to its line on the sheet "Controle"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kpicheck import texts
from kpicheck.allowance import LAST_COLUMN
from kpicheck.reader.places import Place
from kpicheck.reader.sheet import Sheet
from kpicheck.reader.stored import place_of
from kpicheck.report.plan_link import quoted
from kpicheck.writer.sheet_markup import SheetMarkup, letters_of, text_cell

_USED = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


def own_links(sheet: Sheet) -> list[Place]:
    """The cells with a link back that was put there before, known by what they say."""
    said = [texts.text("annotate", "back", language) for language in texts.LANGUAGES]
    return [place for place, stored in sheet.stored.items() if stored.value in said]


def drop_links(sheet: SheetMarkup, places: Collection[Place]) -> None:
    """Take out the links that were put there before, with what their cells say."""
    links = sheet.inside("hyperlinks")
    refs = frozenset(map(letters_of, places))
    ours = [one for one in links if one.attributes.get("ref") in refs]
    if ours and len(ours) == len(links) and ours[0].parent:
        sheet.drop(ours[0].parent)
    else:
        for one in ours:
            sheet.drop(one)
    for place in places:
        if cell := sheet.cell(place):
            sheet.drop(cell)


@dataclass(frozen=True, slots=True)
class WayBack:
    """Where the links lead, what they say, and their cell format."""

    sheet: str
    words: str
    style: int


def put_links(sheet: SheetMarkup, way: WayBack, rows: Mapping[int, int], gone: Collection[Place]) -> None:
    """Right of all cells of those rows, a link to a row of another sheet; none where there is no room.

    `gone` are the links that were taken out.
    """
    column = sheet.last_column + 1
    homes = {row: home for row in sorted(rows) if (home := sheet.row(row)) is not None and not home.empty}
    if column > LAST_COLUMN or not homes:
        return
    links: list[bytes] = []
    for row, home in homes.items():
        told = {"ref": letters_of((row, column)), "location": f"{quoted(way.sheet)}!A{rows[row]}"}
        links.append(sheet.tag("hyperlink", told))
        sheet.set(home, {"spans": None})
        sheet.append(home, text_cell(sheet, (row, column), way.style, way.words))
    _widen(sheet, column)
    refs = frozenset(map(letters_of, gone))
    kept = [one for one in sheet.inside("hyperlinks") if one.attributes.get("ref") not in refs]
    if kept and kept[0].parent:
        sheet.append(kept[0].parent, b"".join(links))
    else:
        sheet.put_in_order("hyperlinks", sheet.tag("hyperlinks", inside=b"".join(links)))


def _widen(sheet: SheetMarkup, column: int) -> None:
    """Let the sheet say that it goes as far as that column."""
    told = sheet.root.child("dimension")
    used = _USED.fullmatch(told.attributes.get("ref", "")) if told else None
    if told and used and place_of(used[3] + used[4])[1] < column:
        sheet.set(told, {"ref": f"{used[1]}{used[2]}:{letters_of((int(used[4]), column))}"})
