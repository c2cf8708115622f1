"""A row of the workbook as a small grid: what is marked in it, and by which findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kpicheck import texts
from kpicheck.clean import one_line, shown
from kpicheck.report.glance import GridCell, GridRow
from kpicheck.report.telling import SEVERITIES

if TYPE_CHECKING:
    from kpicheck.report.html.sections import Entry

_IN_PASSING, _MARKED, _HEADING = 60, 600, 48


@dataclass(frozen=True, slots=True)
class GridBox:
    """A cell of the grid: what stands there, and the findings at it."""

    id: str
    cell: GridCell
    text: str
    marks: tuple[Entry, ...]
    involved: bool

    @property
    def worst(self) -> str:
        """The worst level of the findings at it."""
        return min((one.finding.severity for one in self.marks), key=SEVERITIES.index, default="")

    @property
    def heading(self) -> str:
        """The heading above it, in short."""
        return one_line(self.cell.heading, _HEADING)


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a row that say something, from left to right."""

    row: int
    sheet: str
    boxes: tuple[GridBox, ...]

    def box(self, cell: str) -> str:
        """The anchor of a cell, "" where the grid has none."""
        return next((one.id for one in self.boxes if f"{one.cell.column}{self.row}" == cell), "")


def grid(row: GridRow, entries: Sequence[Entry], mark: str, language: str) -> Grid:
    """The row; a blank cell of a party that no finding is about is left out."""
    related = {ref for one in entries for ref in one.finding.related}
    boxes = []
    for cell in row.cells:
        ref = f"{cell.column}{row.row}"
        marks = tuple(one for one in entries if one.finding.cell == ref)
        counts = bool(marks) or ref in related
        if counts or cell.kind != "blank" or cell.field not in ("party", ""):
            text = _text(cell, _MARKED if counts else _IN_PASSING, language)
            boxes.append(GridBox(f"{mark}-{cell.column}", cell, text, marks, ref in related))
    return Grid(row.row, row.sheet, tuple(boxes))


def _text(cell: GridCell, longest: int, language: str) -> str:
    match cell.kind:
        case "amount":
            return texts.euro(Decimal(cell.value), language)
        case "number":
            return cell.value.replace(".", ",") if language == "nl" else cell.value
        case "date":
            return texts.day(dt.date.fromisoformat(cell.value[:10]), language)
        case _:
            text = shown(cell.value).strip()
            return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
