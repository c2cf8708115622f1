"""The stored cells of a worksheet, row by row: rows with the same columns share what says which those are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kpicheck.reader.places import Place
from kpicheck.reader.stored import Stored

_MOST_SHARED = 64  # shapes of a row: most sheets have a few


class StoredRow:
    """The stored cells of one row, from left to right; `at` says which of them stands in a column."""

    __slots__ = ("at", "cells")

    def __init__(self, at: Mapping[int, int], cells: list[Stored]) -> None:
        """Take the cells in the order of their columns."""
        self.at = at
        self.cells = cells

    def get(self, column: int) -> Stored | None:
        """What is stored in that column."""
        return self.cells[self.at[column]] if column in self.at else None

    def by_column(self) -> dict[int, Stored]:
        """The same cells by column."""
        return dict(zip(self.at, self.cells, strict=True))


@lru_cache(maxsize=_MOST_SHARED)
def _places(columns: tuple[int, ...]) -> Mapping[int, int]:
    return {column: nth for nth, column in enumerate(columns)}


_NO_ROW = StoredRow({}, [])


class StoredRows(Mapping[Place, Stored]):
    """The stored cells by (row, column), kept by row."""

    def __init__(self, cells: Mapping[Place, Stored] | None = None) -> None:
        """Begin with those cells, in their order."""
        self.rows: dict[int, StoredRow] = {}
        found: dict[int, dict[int, Stored]] = {}
        for (row, column), stored in (cells or {}).items():
            found.setdefault(row, {})[column] = stored
        for row, held in found.items():
            self.put_row(row, held)

    def __getitem__(self, place: Place) -> Stored:
        """The cell at that place. Raises KeyError."""
        row, column = place
        found = self.rows[row]
        return found.cells[found.at[column]]

    def __iter__(self) -> Iterator[Place]:
        """Go through the places, row by row."""
        return ((row, column) for row, found in self.rows.items() for column in found.at)

    def __len__(self) -> int:
        """How many cells there are."""
        return sum(len(found.cells) for found in self.rows.values())

    def row(self, row: int) -> StoredRow:
        """The cells of a row; none where it has none."""
        return self.rows.get(row, _NO_ROW)

    def put(self, place: Place, stored: Stored | None) -> None:
        """Put a cell in its place, or leave that place empty."""
        row, column = place
        found = self.row(row)
        if stored is not None and column in found.at:
            found.cells[found.at[column]] = stored
            return
        held = found.by_column()
        held.pop(column, None)
        if stored is not None:
            held[column] = stored
        self.put_row(row, held)

    def put_row(self, row: int, held: Mapping[int, Stored]) -> None:
        """Give a row those cells by column, in the place of what it had."""
        columns = sorted(held)
        self.put_cells(row, columns, [held[column] for column in columns])

    def put_cells(self, row: int, columns: Sequence[int], cells: list[Stored]) -> None:
        """The same, where the columns are in order already."""
        if columns:
            self.rows[row] = StoredRow(_places(tuple(columns)), cells)
        else:
            self.rows.pop(row, None)

    def copy(self) -> StoredRows:
        """The same cells, to put others in."""
        other = StoredRows()
        other.rows = {row: StoredRow(found.at, list(found.cells)) for row, found in self.rows.items()}
        return other

    def between(self, first: int, last: int) -> StoredRows:
        """The cells as far as those columns go."""
        return StoredRows({place: one for place, one in self.items() if first <= place[1] <= last})
