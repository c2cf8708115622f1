"""How many rows of a plan a workbook has shown so far: the more there are, the more it may ask."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from kpicheck.allowance import LIMITS, Allowance, Exceeded
from kpicheck.reader.sheet import Sheet
from kpicheck.reader.tables import find_tables

_FEWEST_FILLED = 3


def milestones_so_far(sheets: Sequence[Sheet], xml: bytes) -> int:
    """Rows of milestone tables in the sheets, of which the last is still being read from that XML.

    Raises Exceeded where it is plain that the table goes on beyond what may be read.
    """
    found = [_milestones(sheet) for sheet in sheets]
    mostly_milestones = bool(found) and found[-1] * 2 > len(sheets[-1].stored.rows)
    to_come = xml.count(b"</row>") + xml.count(b":row>") if mostly_milestones else 0
    if max(sum(found), to_come) > LIMITS["rows"].base:
        raise Exceeded("rows")
    return sum(found)


def _milestones(sheet: Sheet) -> int:
    so_far = replace(sheet)
    tables = find_tables(so_far, Allowance())
    filled = [row for row, columns in so_far.columns_by_row.items() if len(columns) >= _FEWEST_FILLED]
    return sum(bisect_right(filled, table.last_row) - bisect_right(filled, table.row) for table in tables)
