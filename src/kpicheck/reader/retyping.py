"""A book as it would be after somebody typed something else in some cells: formulas follow, as in Excel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from kpicheck.model import Typed
from kpicheck.reader.formula_rows import parsed
from kpicheck.reader.formula_tree import Area, Call, Chain, Node, Percent, Signed, Unworkable
from kpicheck.reader.serials import SINCE_1904
from kpicheck.reader.sheet import Sheet
from kpicheck.reader.stored import Stored
from kpicheck.reader.workbook import Book

Spot = tuple[str, int, int]
Reads = dict[Spot, tuple[Area, ...] | None]


def retyped(book: Book, typed: Sequence[Typed]) -> Book:
    """The book with those cells typed anew, and every formula that hangs on them worked out again.

    A formula that cannot be worked out has no result any more, rather than that of before.
    """
    stored = {sheet.name: sheet.stored.copy() for sheet in book.sheets}
    for one in typed:
        dated = isinstance(one.value, dt.date)
        said = None if one.value is None else Stored(one.value, dated=dated)
        stored[one.sheet].put((one.row, one.column), said)
    sheets = [replace(sheet, stored=stored[sheet.name]) for sheet in book.sheets]
    changed = Book(sheets, mac_dates=book.epoch == SINCE_1904, allowance=book.allowance)
    _work_out(changed, [(one.sheet.casefold(), one.row, one.column) for one in typed])
    return changed


def _work_out(book: Book, typed: Iterable[Spot]) -> None:
    """Give every formula that hangs on the typed cells its new result, first those that others need."""
    reads = _dependents(book, typed)
    sheets = {sheet.key: sheet for sheet in book.sheets}
    for spot in reads:
        sheet, place = sheets[spot[0]], spot[1:]
        sheet.stored.put(place, replace(sheet.stored[place]))
    needs = {
        spot: [other for other in reads if areas and other != spot and _reads(areas, other)]
        for spot, areas in reads.items()
    }
    try:
        order = list(TopologicalSorter(needs).static_order())
    except CycleError:
        order = []
    for name, row, column in order or reads:
        stored = sheets[name].stored[row, column]
        if stored.has_result:
            stored.value = book.cell(sheets[name], row, column).given if order else None
            stored.has_result = stored.value is not None


def _dependents(book: Book, typed: Iterable[Spot]) -> Reads:
    """The formulas that hang on those cells, directly or through others, with what each reads."""
    left = dict(_formulas(book))
    found: Reads = {}
    waiting = list(typed)
    while waiting:
        spot = waiting.pop()
        book.step()
        here = {other: areas for other, areas in left.items() if _reads(areas, spot)}
        found |= here
        waiting += here
        for other in here:
            del left[other]
    return found


def _formulas(book: Book) -> Iterator[tuple[Spot, tuple[Area, ...] | None]]:
    """Every formula with the cells it reads; None where that is not known: it may be any."""
    for sheet in book.sheets:
        for (row, column), stored in sheet.stored.items():
            if stored.formula is None:
                continue
            try:
                node, down = parsed(stored.formula, row)
                areas = tuple(_moved(one, down, sheet) for one in _areas(node))
            except Unworkable:
                yield (sheet.key, row, column), None
            else:
                yield (sheet.key, row, column), areas


def _moved(area: Area, down: int, sheet: Sheet) -> Area:
    """The block where the formula stands, with the sheet it is on in lower case."""
    name = area.sheet.casefold() if area.sheet else sheet.key
    return Area(name, area.top + down, area.left, area.bottom + down, area.right)


def _areas(node: Node) -> Iterator[Area]:
    match node:
        case Area():
            yield node
        case Signed(_, operand) | Percent(_, operand):
            yield from _areas(operand)
        case Chain(first, rest):
            yield from _areas(first)
            for _, operand in rest:
                yield from _areas(operand)
        case Call(name, arguments):
            for one in arguments:
                yield from _areas(one)
            if name == "SUMIF":
                yield from _as_large(arguments)


def _as_large(arguments: tuple[Node, ...]) -> Iterator[Area]:
    """SUMIF adds up as many cells as it compares, wherever its last block ends."""
    match arguments:
        case (Area() as asked, _, Area() as added):
            high, wide = asked.bottom - asked.top, asked.right - asked.left
            yield added._replace(bottom=added.top + high, right=added.left + wide)


def _reads(areas: tuple[Area, ...] | None, spot: Spot) -> bool:
    """Whether a formula reads the cell at a spot."""
    if areas is None:
        return True
    wanted, row, column = spot
    for sheet, top, left, bottom, right in areas:
        if top <= row <= bottom and left <= column <= right and sheet == wanted:
            return True
    return False
