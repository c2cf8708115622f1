"""The worksheets of a workbook as one book, with formulas worked out where no result was stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from kpicheck.allowance import Allowance
from kpicheck.dutch.notation import amount
from kpicheck.model import Cell, Value
from kpicheck.reader import serials
from kpicheck.reader.formula import Unworkable, evaluate
from kpicheck.reader.formula_values import is_error
from kpicheck.reader.sheet import Sheet, Stored
from kpicheck.reader.subtotals import left_out

_DEEPEST = 2  # formulas within formulas; each may be nested 32 deep itself
_STEPS_BETWEEN_TICKS = 1_000
_Block = tuple[tuple[str, range, range], list[Value]]


class Book:
    """All worksheets of a workbook, with formulas worked out where no result was stored."""

    def __init__(self, sheets: list[Sheet], *, mac_dates: bool, allowance: Allowance | None = None) -> None:
        """Take the sheets in the order of their tabs."""
        self.sheets = sheets
        self.allowance = allowance or Allowance()
        self.epoch = serials.SINCE_1904 if mac_dates else serials.SINCE_1900
        self._by_name = {sheet.key: sheet for sheet in sheets}
        self._worked_out: dict[tuple[str, int, int], Value | Unworkable] = {}
        self._busy: dict[tuple[str, int, int], None] = {}
        self._last_block: _Block | None = None
        self._steps = 0

    def cell(self, sheet: Sheet, row: int, column: int) -> Cell:
        """The cell at that place, blank where nothing is stored. Raises Exceeded, as all that reads cells."""
        return self.cells(sheet, row, (column,))[0]

    def column(self, sheet: Sheet, rows: Iterable[int], column: int) -> list[Cell]:
        """The cells of a column in those rows; formulas with a stored result are taken at their word."""
        name, stored, hidden = sheet.name, sheet.stored, sheet.hidden or column in sheet.hidden_columns
        found = []
        for row in rows:
            here = stored.row(row).get(column)
            if here is None or (here.formula is not None and not here.has_result):
                found += self.cells(sheet, row, (column,))
            else:
                row_hidden = hidden or row in sheet.hidden_rows
                given = (here.formula, None, here.dated, "", row_hidden)
                found.append(Cell(name, row, column, here.value, *given))
        return found

    def cells(self, sheet: Sheet, row: int, columns: Sequence[int], *, prove: bool = True) -> list[Cell]:
        """The cells of a row in those columns; each formula worked out to prove its stored result.

        Raises Exceeded.
        """
        self.step(len(columns))
        self._last_block = None
        name, line, hidden_columns = sheet.name, sheet.stored.row(row), sheet.hidden_columns
        places, stored = line.at, line.cells
        row_hidden = sheet.hidden or row in sheet.hidden_rows
        found = []
        for column in columns:
            here = stored[places[column]] if column in places else None
            hidden = row_hidden or column in hidden_columns
            if here is None:
                cell = Cell(name, row, column, hidden=hidden)
            elif here.formula is None or (here.has_result and not prove):
                cell = Cell(name, row, column, here.value, here.formula, None, here.dated, "", hidden)
            else:
                cell = self._with_formula(sheet, row, column, here, hidden=hidden)
            found.append(cell)
        return found

    def _with_formula(self, sheet: Sheet, row: int, column: int, stored: Stored, *, hidden: bool) -> Cell:
        place = (sheet.key, row, column)
        given = self._proof(place, str(stored.formula)) if stored.has_result else self._given(place)
        worked_out = None if isinstance(given, Unworkable) else given
        if stored.has_result and _the_same(worked_out, stored.value):
            worked_out = stored.value  # one of the two need be kept
        reason = given.reason if isinstance(given, Unworkable) and not stored.has_result else ""
        return Cell(
            sheet.name,
            row,
            column,
            stored.value if stored.has_result else worked_out,
            stored.formula,
            worked_out,
            stored.dated,
            reason,
            hidden,
        )

    def columns_in(self, sheet: Sheet, row: int) -> list[int]:
        """The columns with something stored in that row, from left to right."""
        return [*sheet.columns_by_row.get(row, ())]

    def day(self, serial: Decimal) -> dt.date | None:
        """The date an Excel serial number stands for, or None where it cannot be one."""
        return serials.day(serial, self.epoch)

    def serial(self, day: dt.date) -> Decimal:
        """The Excel serial number of a date, as this workbook counts its days."""
        return Decimal((day - self.epoch.date()).days)

    def would_give(
        self, formula: str, sheet: str, instead: Mapping[tuple[str, int, int], Value]
    ) -> Value | Unworkable:
        """What Excel makes of a formula where some cells (sheet in lower case) hold another value.

        Cells are worked out first.
        """

        def look_up(name: str, row: int, column: int) -> Value:
            place = (name.casefold(), row, column)
            return instead[place] if place in instead else self._look_up(name, row, column)

        try:
            return evaluate(formula, sheet, look_up, self._left_out)
        except Unworkable as error:
            return Unworkable(error.reason, error.detail)

    def step(self, cells: int = 1) -> None:
        """Count the cells that are looked at. Raises Exceeded."""
        self._steps += cells
        while self._steps >= _STEPS_BETWEEN_TICKS:
            self._steps -= _STEPS_BETWEEN_TICKS
            self.allowance.spend("steps", _STEPS_BETWEEN_TICKS)
            self.allowance.tick()

    def _proof(self, place: tuple[str, int, int], formula: str) -> Value | Unworkable:
        """What a formula with a stored result gives; nobody else asks, because they take that result."""
        try:
            sheet, row, _ = place
            return evaluate(formula, sheet, self._look_up, self._left_out, row=row, block=self._block)
        except Unworkable as error:
            return Unworkable(error.reason, error.detail)
        except _NeededFirst:
            self._work_out_chain(place)
            return self._worked_out.pop(place)

    def _given(self, place: tuple[str, int, int]) -> Value | Unworkable:
        """What the formula of a cell gives on the stored values of the cells it names."""
        try:
            self._work_out(place)
        except _NeededFirst:
            self._work_out_chain(place)
        return self._worked_out[place]

    def _work_out_chain(self, first: tuple[str, int, int]) -> None:
        """Work a long chain out from a list of what is needed first, so that no chain is too long."""
        waiting = {first: None}
        while waiting:
            place = next(reversed(waiting))
            try:
                self._work_out(place)
            except _NeededFirst as needed:
                if needed.path[-1] in waiting:
                    self._worked_out[place] = Unworkable("cycle", f"{place[0]}!{place[1]},{place[2]}")
                    del waiting[place]
                else:
                    waiting.update(dict.fromkeys(needed.path))
            else:
                del waiting[place]

    def _work_out(self, place: tuple[str, int, int]) -> None:
        """Evaluate one formula and keep what came out, be it a value or the reason why not."""
        if place in self._worked_out:
            return
        sheet, row, column = place
        stored = self._by_name[sheet].stored[row, column]
        self._busy[place] = None
        try:
            reads = self._look_up if stored.has_result else self._look_up_used
            self._worked_out[place] = evaluate(str(stored.formula), sheet, reads, self._left_out, row=row)
        except Unworkable as error:
            self._worked_out[place] = Unworkable(error.reason, error.detail)  # without what led to it
        finally:
            self._busy.pop(place, None)

    def _block(self, sheet: str, rows: range, columns: range) -> list[Value]:
        """The cells of a block as `_look_up` gives each. Raises Unworkable where one holds an error.

        Mostly a total and the control cell of its row ask for the same block: it is kept within a row.
        """
        asked = sheet, rows, columns
        if self._last_block and self._last_block[0] == asked:
            return self._last_block[1]
        found = self._by_name.get(sheet) or self._by_name.get(sheet.casefold())
        if found is None:
            raise Unworkable("reference", sheet)
        values: list[Value] = []
        lines, width = found.stored.rows, len(columns)
        for row in rows:
            self._steps += width
            if self._steps >= _STEPS_BETWEEN_TICKS:
                self.step(0)
            if row not in lines:
                values += [None] * width
                continue
            line = lines[row]
            places, cells = line.at, line.cells
            for column in columns:
                value = None
                if column in places:
                    stored = cells[places[column]]
                    here = stored.has_result or stored.formula is None
                    value = stored.value if here else self._look_up(sheet, row, column)
                    if isinstance(value, str) and is_error(value):
                        raise Unworkable("error", value)
                values.append(value)
        self._last_block = asked, values
        return values

    def _left_out(self, function: int, sheet: str, row: int, column: int) -> bool:
        """Whether a SUBTOTAL with that function skips a cell. Raises Unworkable where that cannot be told."""
        found = self._by_name.get(sheet) or self._by_name.get(sheet.casefold())
        return found is not None and left_out(function, found, row, column)

    def _look_up_used(self, sheet: str, row: int, column: int) -> Value:
        """As `_look_up`, with an unambiguous text amount as the amount it is used for elsewhere (T108).

        A result that was stored is compared with what Excel gives, which leaves text out of a sum; a result
        that was never stored is worked out with the values the rules use.
        """
        value = self._look_up(sheet, row, column)
        read = amount(value) if isinstance(value, str) else None
        return value if read is None else read

    def _look_up(self, sheet: str, row: int, column: int) -> Value:
        self._steps += 1
        if self._steps >= _STEPS_BETWEEN_TICKS:
            self.step(0)
        found = self._by_name.get(sheet) or self._by_name.get(sheet.casefold())
        if found is None:
            raise Unworkable("reference", sheet)
        line = found.stored.rows.get(row)
        if line is None or column not in line.at:
            return None
        stored = line.cells[line.at[column]]
        if stored.has_result or stored.formula is None:
            return stored.value
        place = (sheet.casefold(), row, column)
        if place in self._busy:
            raise Unworkable("cycle", f"{sheet}!{row},{column}")
        if place not in self._worked_out:
            if len(self._busy) > _DEEPEST:
                raise _NeededFirst((*self._busy, place))
            self._work_out(place)
        value = self._worked_out[place]
        if isinstance(value, Unworkable):
            raise Unworkable("part", f"{sheet}!{row},{column}")
        return value


def _the_same(one: Value, other: Value) -> bool:
    """Whether two values are written the same too."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return one.compare_total(other) == 0
    return type(one) is type(other) is str and one == other


class _NeededFirst(Exception):  # noqa: N818 - a word between two methods, not an error
    """A chain of formulas is deep: the last of these cells must be worked out before those before it."""

    def __init__(self, path: tuple[tuple[str, int, int], ...]) -> None:
        super().__init__(path)
        self.path = path
