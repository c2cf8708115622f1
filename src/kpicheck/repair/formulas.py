"""Totals and control texts that were typed over get a formula again, where it gives what was typed (T104)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from kpicheck.model import Cell, ColumnFormulas, Payment, Plan, Value, column_letters, normalised, row_shares
from kpicheck.reader.formula import Unworkable
from kpicheck.reader.formula_text import moved
from kpicheck.reader.layout import official
from kpicheck.reader.stored import UNKNOWN_FORMULA
from kpicheck.reader.workbook import Book
from kpicheck.repair.change import Change, Left, Proposals, Reason, Repair, Target, change, left, target
from kpicheck.repair.effects import Formulas
from kpicheck.writer.cells import Calculation

RULE = "T104"
_NEIGHBOURS = 2


def overwritten(book: Book, plan: Plan, formulas: Formulas, findings: Collection[Target]) -> Proposals:
    """A formula for each typed total or control text; of a column without any formula for all or none."""
    found = Proposals(())
    for column in plan.column_formulas:
        found += _of_column(column, _Finder(book, plan, formulas, column), findings)
    return found


def _of_column(column: ColumnFormulas, finder: _Finder, findings: Collection[Target]) -> Proposals:
    answers = [(cell, finder.answer(row, cell)) for row, cell in column.typed]
    if column.formulas:
        known = [(target(RULE, cell), answer) for cell, answer in answers]
        return Proposals(
            tuple(
                Repair(column.field, at, (answer,))
                for at, answer in known
                if at in findings and isinstance(answer, Change)
            ),
            tuple(Left(*at, answer) for at, answer in known if at in findings and isinstance(answer, Reason)),
        )
    at = target(RULE, column.cell)
    if at not in findings:
        return Proposals(())
    changes = tuple(answer for _, answer in answers if isinstance(answer, Change))
    without = [cell.ref for cell, answer in answers if isinstance(answer, Reason)]
    if not without:
        return Proposals((Repair(column.field, at, changes),))
    kind = "column-partly" if changes else "column"
    return Proposals((), (left(at, kind, rows=len(answers), cells=without),))


class _Finder:
    """Looks for the formula of a cell: that of its neighbours, else that of the format."""

    def __init__(self, book: Book, plan: Plan, formulas: Formulas, column: ColumnFormulas) -> None:
        self._book, self._formulas, self._column = book, formulas, column
        self._with_formula = [
            cell
            for row in plan.payments
            if (cell := row.field(column.field).cell)
            and (cell.sheet, cell.column) == (column.cell.sheet, column.cell.column)
            and cell.formula not in (None, UNKNOWN_FORMULA)
        ]

    def answer(self, row: Payment, cell: Cell) -> Change | Reason:
        """The change of a cell, or why there is none."""
        parts = self._parts(row, cell)
        if not parts:
            return Reason("no-parts")
        needed = [(one.row, one.column) for one in parts]
        reason = Reason("no-parts")
        for formula in (*self._neighbours(cell), self._own(row, parts)):
            if formula is None or not self._formulas.reads(formula, cell.sheet, needed):
                continue
            if self._formulas.in_a_circle(formula, cell.sheet, (cell.row, cell.column)):
                reason = Reason("circle")
                continue
            given = self._book.would_give(formula, cell.sheet, {})
            if isinstance(given, Unworkable):
                reason = Reason("not-worked-out")
            elif _agrees(cell.value, given):
                return change(cell, Calculation(formula, given))
            else:
                reason = Reason("disagrees", {"typed": cell.value, "given": given})
        return reason

    def _parts(self, row: Payment, cell: Cell) -> list[Cell]:
        """The cells that the formula must read: those of the parties, and for a control text the total."""
        shares = [one.cell for one in row_shares(row) if one.cell and not one.listed]
        if not shares or any(one.sheet != cell.sheet for one in shares):
            return []
        if self._column.field == "total":
            return shares
        return [row.total.cell, *shares] if row.total.cell else []

    def _neighbours(self, cell: Cell) -> Iterator[str | None]:
        nearest = sorted(self._with_formula, key=lambda one: (abs(one.row - cell.row), one.row))
        for one in nearest[:_NEIGHBOURS]:
            yield moved(str(one.formula), (one.row, one.column), (cell.row, cell.column))

    def _own(self, row: Payment, parts: Sequence[Cell]) -> str | None:
        """The format's own formula; None where something else stands between the parties."""
        shares = parts if self._column.field == "total" else parts[1:]
        columns = [one.column for one in shares]
        if len(set(columns)) != max(columns) - min(columns) + 1:
            return None
        summed = f"SUM({column_letters(min(columns))}{row.row}:{column_letters(max(columns))}{row.row})"
        if self._column.field == "total":
            return f"={summed}"
        layout = official()
        agrees, differs = (layout.texts("control", key)[0] for key in ("agrees", "disagrees"))
        return f'=IF({parts[0].ref}={summed},"{agrees}","{differs}")'


def _agrees(typed: Value, given: Value) -> bool:
    if isinstance(typed, str) and isinstance(given, str):
        return normalised(typed) == normalised(given)
    return isinstance(typed, Decimal) and typed == given
