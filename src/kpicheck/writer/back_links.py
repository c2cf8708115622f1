"""The way back: right of each row with a finding, a link to its line on the sheet "Controle"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kpicheck import texts
from kpicheck.allowance import LAST_COLUMN
from kpicheck.reader.places import Place
from kpicheck.reader.sheet import Sheet
from kpicheck.reader.stored import TRUE, place_of
from kpicheck.report.plan_link import quoted
from kpicheck.writer.sheet_markup import SheetMarkup, letters_of, text_cell

_NEAR = 200
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


def put_links(
    sheet: SheetMarkup,
    way: WayBack,
    rows: Mapping[int, int],
    *,
    gone: Collection[Place],
    merged: Collection[tuple[int, int, int, int]],
) -> None:
    """Right of all cells of those rows, a link to a row of another sheet; none where there is no room.

    `gone` are the links that were taken out, `merged` the merged cells, which would hide a link.
    """
    homes = {row: home for row in sorted(rows) if (home := sheet.row(row)) is not None and not home.empty}
    column = _free_column(sheet, homes, merged)
    if column is None or not homes:
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


def _free_column(
    sheet: SheetMarkup, rows: Collection[int], merged: Collection[tuple[int, int, int, int]]
) -> int | None:
    """The first column right of all cells that shows in each of those rows; None where there is none near."""
    hidden = [
        (int(one.attributes["min"]), int(one.attributes["max"]))
        for one in sheet.inside("cols")
        if one.attributes.get("hidden") in TRUE
    ]
    across = [one for one in merged if any(one[0] <= row <= one[2] for row in rows)]
    for column in range(sheet.last_column + 1, min(sheet.last_column + _NEAR, LAST_COLUMN) + 1):
        under = any(left <= column <= right for _, left, _, right in across)
        if not under and not any(first <= column <= last for first, last in hidden):
            return column
    return None


def _widen(sheet: SheetMarkup, column: int) -> None:
    """Let the sheet say that it goes as far as that column."""
    told = sheet.root.child("dimension")
    used = _USED.fullmatch(told.attributes.get("ref", "")) if told else None
    if told and used and place_of(used[3] + used[4])[1] < column:
        sheet.set(told, {"ref": f"{used[1]}{used[2]}:{letters_of((int(used[4]), column))}"})
