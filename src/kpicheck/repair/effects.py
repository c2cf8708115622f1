"""What becomes of the formulas that read a changed cell, directly or through others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kpicheck.model import Value, column_letters
from kpicheck.reader.formula import Unworkable
from kpicheck.reader.formula_reads import areas_read, within_rows
from kpicheck.reader.formula_tree import Area
from kpicheck.reader.sheet import Sheet, Stored
from kpicheck.reader.workbook import Book
from kpicheck.repair.change import Address, Change, Reason
from kpicheck.writer.cells import Result

_WIDE = 64


class Unsafe(Exception):  # noqa: N818 - an answer about changes, not an error of the program
    """Changes that would do more than they say."""

    def __init__(self, kind: str, **facts: object) -> None:
        """Take the reason."""
        super().__init__(kind)
        self.reason = Reason(kind, facts)


@dataclass(frozen=True, slots=True)
class _Formula:
    """A cell with a formula, and the cells it names; None where that cannot be told."""

    sheet: Sheet
    place: tuple[int, int]
    stored: Stored
    reads: tuple[Area, ...] | None

    @property
    def shown(self) -> str:
        return f"{column_letters(self.place[1])}{self.place[0]}"


class Formulas:
    """All formulas of a workbook, by the cells they read."""

    def __init__(self, book: Book, names: Mapping[str, str]) -> None:
        """Look at every formula; those without a result are worked out."""
        self._book = book
        self._names = names
        self._all: dict[Address, _Formula] = {}
        self._by_column: dict[tuple[str, int], list[tuple[int, int, Address]]] = {}
        self._wide: list[tuple[Area, Address]] = []
        self._unknown: list[Address] = []
        self._last_row = max((row for one in book.sheets for row in one.stored.rows), default=1)
        for sheet in book.sheets:
            for place, stored in sheet.stored.items():
                if stored.formula is not None:
                    book.cell(sheet, *place)
                    self._add(sheet, place, stored)

    def _add(self, sheet: Sheet, place: tuple[int, int], stored: Stored) -> None:
        address = (sheet.name.casefold(), *place)
        reads = areas_read(stored.formula or "", sheet.name, self._names)
        self._all[address] = _Formula(sheet, place, stored, reads)
        if reads is None:
            self._unknown.append(address)
        for area in reads or ():
            if area.right - area.left > _WIDE:
                self._wide.append((area, address))
                continue
            for column in range(area.left, area.right + 1):
                key = ((area.sheet or "").casefold(), column)
                self._by_column.setdefault(key, []).append((area.top, area.bottom, address))

    def readers(self, address: Address) -> set[Address]:
        """The formulas that name a cell, and those of which that cannot be told."""
        sheet, row, column = address
        found = {one for top, bottom, one in self._by_column.get((sheet, column), ()) if top <= row <= bottom}
        found |= {one for area, one in self._wide if _holds(area, address)}
        return found.union(self._unknown)

    def behind(self, cells: Iterable[Address]) -> set[Address]:
        """The formulas that read the cells, directly or through others."""
        found: set[Address] = set()
        waiting = list(cells)
        while waiting:
            more = self.readers(waiting.pop()) - found
            found |= more
            waiting += more
        return found

    def in_a_circle(self, formula: str, sheet: str, place: tuple[int, int]) -> bool:
        """Whether a formula at a place would read that place, directly or through others."""
        own = (sheet.casefold(), *place)
        reads = areas_read(formula, sheet, self._names)
        if reads is None:
            return True
        return any(_holds(area, one) for one in (own, *self.behind([own])) for area in reads)

    def reads(self, formula: str, sheet: str, places: Collection[tuple[int, int]]) -> bool:
        """Whether a formula names all those cells of its own sheet."""
        areas = areas_read(formula, sheet, self._names) or ()
        return all(any(_holds(area, (sheet.casefold(), *one)) for area in areas) for one in places)

    def after(self, changes: Sequence[Change], own: Collection[Address]) -> list[Change]:
        """The stored results that change with the cells.

        `own` are cells of the plan that no formula may change. Raises Unsafe.
        """
        instead = {one.address: one.value for one in changes if not one.same_value}
        texts_only = all(one.retyped for one in changes if not one.same_value)
        found = []
        for address in self._in_order(instead):
            formula = self._all[address]
            given = self._given(formula, {})
            then = self._given(formula, instead)
            if _same(given, then):
                continue
            if isinstance(then, Unworkable) or (isinstance(given, Unworkable) and given.reason != "error"):
                raise Unsafe("unknown-formula", at=formula.shown, on=formula.sheet.name)
            before = formula.stored.value if formula.stored.has_result else _shown(given)
            if address in own or texts_only:
                kind = "amount-changes" if address in own else "result-changes"
                raise Unsafe(kind, at=formula.shown, on=formula.sheet.name, before=before, after=then)
            instead[address] = then
            if formula.stored.has_result:
                found.append(Change(formula.sheet.name, formula.place, before, Result(then)))
        return found

    def _in_order(self, changed: Mapping[Address, Value]) -> list[Address]:
        """The formulas behind those cells, each after the ones that it reads. Raises Unsafe in a circle."""
        behind = self.behind(changed) - set(changed)
        waits = dict.fromkeys(behind, 0)
        for one in behind:
            for reader in self.readers(one) & behind:
                waits[reader] += 1
        unknown = next((self._all[one] for one in self._unknown if one in behind), None)
        if unknown:
            raise Unsafe("unknown-formula", at=unknown.shown, on=unknown.sheet.name)
        ready = sorted(one for one in behind if not waits[one])
        for one in ready:
            for reader in sorted(self.readers(one) & behind):
                waits[reader] -= 1
                if not waits[reader]:
                    ready.append(reader)
        if len(ready) < len(behind):
            circle = self._all[min(behind - set(ready))]
            raise Unsafe("unknown-formula", at=circle.shown, on=circle.sheet.name)
        return ready

    def _given(self, formula: _Formula, instead: Mapping[Address, Value]) -> Value | Unworkable:
        text = within_rows(str(formula.stored.formula), self._last_row)
        return self._book.would_give(text, formula.sheet.name, instead)


def _shown(given: Value | Unworkable) -> Value:
    """What Excel shows for a formula without a stored result."""
    return given.detail if isinstance(given, Unworkable) else given


def _same(before: Value | Unworkable, after: Value | Unworkable) -> bool:
    """Whether a formula gives the same; the same error is the same too."""
    if isinstance(before, Unworkable) and isinstance(after, Unworkable):
        return before.reason == after.reason == "error" and before.detail == after.detail
    return type(before) is type(after) and before == after


def _holds(area: Area, address: Address) -> bool:
    sheet, row, column = address
    inside = area.top <= row <= area.bottom and area.left <= column <= area.right
    return inside and (area.sheet or "").casefold() == sheet
