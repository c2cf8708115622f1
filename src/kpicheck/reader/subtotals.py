"""What a SUBTOTAL leaves out: the subtotals among its cells, and rows that are hidden."""

from __future__ import annotations

import re

from kpicheck.dutch.sought import Sought
from kpicheck.reader.formula_tree import Unworkable
from kpicheck.reader.sheet import Sheet
from kpicheck.reader.stored import UNKNOWN_FORMULA

_WITHOUT_HIDDEN = 101  # from here on the functions of SUBTOTAL leave out hidden rows
_SUBTOTAL = Sought(r"=\+?SUBTOTAA?L\([^()]*\)", re.IGNORECASE)
_HOLDS_SUBTOTAL = Sought(r"SUBTOTA|AGGREGA", re.IGNORECASE)


def left_out(function: int, sheet: Sheet, row: int, column: int) -> bool:
    """Whether a SUBTOTAL with that function skips a cell.

    Raises Unworkable where a file does not tell: 9 leaves out the rows that a filter hides, and no others.
    """
    stored = sheet.stored.row(row).get(column)
    if stored is None:
        return False
    if row in sheet.hidden_rows:
        if function < _WITHOUT_HIDDEN:
            raise Unworkable("function", "SUBTOTAL")
        return True
    formula = stored.formula
    if formula is None:
        return False
    if _SUBTOTAL.fullmatch(formula):
        return True
    if formula == UNKNOWN_FORMULA or _HOLDS_SUBTOTAL.search(formula):
        raise Unworkable("function", "SUBTOTAL")
    return False
