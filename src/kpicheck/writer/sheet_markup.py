"""One worksheet's XML, looked through once: where its elements, its rows and certain cells stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from kpicheck.model import column_letters
from kpicheck.reader.places import Place
from kpicheck.reader.stored import place_of
from kpicheck.writer.splicing import Element, Markup, Unpatchable, text

ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"),
    *("sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate"),
    *("customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations"),
    *("hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts"),
    "extLst",
)
_RANK = {name: rank for rank, name in enumerate(ORDER)}
_IN_SIGHT = ("conditionalFormatting", "sheetViews", "hyperlinks", "cols", "mergeCells")
_CELL, _ROW, _RULE_PART = 4, 3, 4
_PLAIN = "wanted"


@dataclass(slots=True)
class _Found:
    """What one look through a worksheet found."""

    marked: dict[object, Element] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    last_column: int = 0
    inner: dict[str, list[Element]] = field(default_factory=dict)


class SheetMarkup(Markup):
    """A worksheet that is looked through once, with an eye on certain rows and cells."""

    def __init__(self, xml: bytes, cells: Collection[Place], going: Collection[Place] = ()) -> None:
        """Take the part, the places that are looked at and those that are going to go. Raises Unpatchable."""
        super().__init__(xml)
        self._found = found = _Found()
        wanted_cells, wanted_rows = frozenset((*cells, *going)), frozenset(row for row, _ in cells)
        not_counted = frozenset(going)
        row = column = 0

        def wanted(depth: int, name: str, flat: Sequence[str]) -> object:
            nonlocal row, column
            if depth == _ROW and name == "row":
                row, column = _row(flat, row), 0
                if (height := _value(flat, "ht")) is not None:
                    found.heights[row] = float(height)
                return row if row in wanted_rows else None
            if depth == _CELL and name == "c":
                ref = _value(flat, "r")
                column = place_of(ref)[1] if ref else column + 1
                if column > found.last_column and (row, column) not in not_counted:
                    found.last_column = column
                return (row, column) if (row, column) in wanted_cells else None
            return _PLAIN if depth <= _ROW or (depth == _RULE_PART and name == "formula") else None

        top: Element | None = None
        for element in self.elements(wanted):
            found.marked[element.mark] = element
            if element.parent and element.parent.name in _IN_SIGHT:
                found.inner.setdefault(element.parent.name, []).append(element)
            top = element
        if top is None or top.child("sheetData") is None:
            raise Unpatchable("sheet")
        self.__dict__["root"] = top

    @property
    def last_column(self) -> int:
        """The last column with a cell in any row."""
        return self._found.last_column

    @property
    def heights(self) -> Mapping[int, float]:
        """The heights in points of the rows that say theirs."""
        return self._found.heights

    def cell(self, place: Place) -> Element | None:
        """The cell at one of the places looked for; None where there is none."""
        return self._found.marked.get(place)

    def row(self, number: int) -> Element | None:
        """One of the rows looked for; None where there is none."""
        return self._found.marked.get(number)

    def inside(self, name: str) -> list[Element]:
        """What stands in an element of the worksheet: rules, views, links, columns, merged cells."""
        return self._found.inner.get(name, [])

    def style(self, place: Place) -> int:
        """The number of the cell format at a place: the cell's, else the row's, else the column's."""
        cell, row = self.cell(place), self.row(place[0])
        if cell is not None:
            return int(cell.attributes.get("s", "0"))
        if row is not None and row.attributes.get("customFormat") in ("1", "true"):
            return int(row.attributes.get("s", "0"))
        return next(
            (
                int(one.attributes.get("style", "0"))
                for one in self.inside("cols")
                if int(one.attributes["min"]) <= place[1] <= int(one.attributes["max"])
            ),
            0,
        )

    def put_in_order(self, name: str, new: bytes) -> None:
        """Put an element of that name where the order of a worksheet's elements has it."""
        rank = _RANK[name]
        before = [one for one in self.root.children if _RANK.get(one.name, len(ORDER)) <= rank]
        self.put(before[-1].end, new)


def letters_of(place: Place) -> str:
    """The address of a place: (12, 6) is F12."""
    return f"{column_letters(place[1])}{place[0]}"


def text_cell(markup: Markup, place: Place, style: int, value: str) -> bytes:
    """A cell with a text of its own, never a formula."""
    words = markup.tag("t", {"xml:space": "preserve"}, text(value))
    told = {"r": letters_of(place), "s": str(style), "t": "inlineStr"}
    return markup.tag("c", told, markup.tag("is", inside=words))


def _value(flat: Sequence[str], name: str) -> str | None:
    return next((flat[at + 1] for at in range(0, len(flat), 2) if flat[at] == name), None)


def _row(flat: Sequence[str], before: int) -> int:
    told = _value(flat, "r")
    return before + 1 if told is None else int(told.removesuffix(".0"))
