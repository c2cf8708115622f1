"""How many rows of a plan a workbook has shown so far: the more there are, the more it may ask."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kpicheck.allowance import LIMITS, Allowance, Exceeded
from kpicheck.reader.sheet import Sheet
from kpicheck.reader.tables import Table, find_tables

_FEWEST_FILLED = 3


def milestones_so_far(sheets: Sequence[Sheet], xml: bytes) -> int:
    """Rows of milestone tables in the sheets, of which the last is still being read from that XML.

    Raises Exceeded where it is plain that the table goes on beyond what may be read.
    """
    so_far = [replace(sheet) for sheet in sheets]
    found = [_milestones(sheet, find_tables(sheet, Allowance())) for sheet in so_far]
    mostly_milestones = bool(found) and found[-1] * 2 > len(sheets[-1].stored.rows)
    to_come = xml.count(b"</row>") + xml.count(b":row>") if mostly_milestones else 0
    return _within_bounds(sum(found), to_come)


def milestones_in(found: Iterable[tuple[Sheet, Sequence[Table]]]) -> int:
    """Rows of the milestone tables of those sheets. Raises Exceeded where they are too many."""
    return _within_bounds(sum(_milestones(sheet, tables) for sheet, tables in found))


def _milestones(sheet: Sheet, tables: Sequence[Table]) -> int:
    if not tables:
        return 0
    filled = [row for row, columns in sheet.columns_by_row.items() if len(columns) >= _FEWEST_FILLED]
    return sum(bisect_right(filled, table.last_row) - bisect_right(filled, table.row) for table in tables)


def _within_bounds(found: int, to_come: int = 0) -> int:
    if max(found, to_come) > LIMITS["rows"].base:
        raise Exceeded("rows")
    return found
