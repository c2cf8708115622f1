"""The stored cells of a sheet, kept by row: they are what a dictionary of places would hold."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kpicheck.reader.stored import Stored
from kpicheck.reader.stored_rows import StoredRows

places = st.tuples(st.integers(1, 6), st.integers(1, 8))
cells = st.dictionaries(places, st.integers(0, 99).map(lambda one: Stored(Decimal(one))))


@given(begun=cells, changes=st.lists(st.tuples(places, st.none() | st.integers(0, 99))))
def test_whatever_is_put_stands_in_its_place(
    begun: dict[tuple[int, int], Stored], changes: list[tuple[tuple[int, int], int | None]]
) -> None:
    kept, known = StoredRows(begun), dict(begun)
    before = kept.copy()
    for place, said in changes:
        stored = None if said is None else Stored(Decimal(said))
        kept.put(place, stored)
        known.pop(place, None)
        if stored is not None:
            known[place] = stored
    assert dict(kept) == known
    assert len(kept) == len(known)
    assert all(
        kept.row(row).get(column) is known.get((row, column)) for row in range(8) for column in range(9)
    )
    assert all(list(found.at) == sorted(found.at) for found in kept.rows.values())
    assert all(found.cells for found in kept.rows.values())
    assert dict(before) == begun


@given(begun=cells, first=st.integers(1, 8), width=st.integers(0, 8))
def test_a_part_of_the_columns(begun: dict[tuple[int, int], Stored], first: int, width: int) -> None:
    last = first + width
    part = StoredRows(begun).between(first, last)
    assert dict(part) == {place: one for place, one in begun.items() if first <= place[1] <= last}


def test_rows_with_the_same_columns_share_what_says_which() -> None:
    kept = StoredRows({(row, column): Stored("x") for row in (1, 2) for column in (3, 5)})
    assert kept.row(1).at is kept.row(2).at
