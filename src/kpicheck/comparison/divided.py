"""What became of a KPI that was split or merged: its parts, and what each party gets of them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kpicheck.comparison.changes import PartyChange, RowChanges, party_changes, row_changes
from kpicheck.comparison.matching import Matched
from kpicheck.comparison.parties import Columns
from kpicheck.comparison.readings import Reading, Said
from kpicheck.comparison.shape import SplitRow
from kpicheck.comparison.splits import SplitEntry
from kpicheck.model import ZERO, same_euros


def divided(found: Matched, fields: Sequence[str], columns: Columns | None) -> Iterator[SplitRow]:
    """The divided rows; of their parts what changed apart from number, name and money."""
    for one in found.splits:
        yield _divided(one, fields, columns, merged=False)
    for one in found.merges:
        yield _divided(one, fields, columns, merged=True)


def _divided(one: SplitEntry, fields: Sequence[str], columns: Columns | None, *, merged: bool) -> SplitRow:
    whole = one.whole.row
    rows = []
    for part in one.parts:
        pair = (part.row, whole) if merged else (whole, part.row)
        all_changes = row_changes(*pair, fields, columns)
        other = tuple(
            change
            for change in all_changes.changes
            if getattr(change, "field", "money") not in ("money", "number", "name")
        )
        rows.append(RowChanges(*pair, other))
    return SplitRow(whole, tuple(rows), merged, tuple(_parties(rows, columns) if columns else ()))


def _parties(rows: Sequence[RowChanges], columns: Columns) -> Iterator[PartyChange]:
    """The parties that get something else of the parts together than of the whole."""
    before = {id(one.old): columns.split_of_old(one.old) for one in rows}
    after = {id(one.new): columns.split_of_new(one.new) for one in rows}
    for one in party_changes(_together(before.values()), _together(after.values())):
        if not _same(one.old.value, one.new.value):
            yield one


def _same(old: Said, new: Said) -> bool:
    return isinstance(old, Decimal) and isinstance(new, Decimal) and same_euros(old, new)


def _together(splits: Iterable[dict[int, Reading]]) -> dict[int, Reading]:
    found: dict[int, list[Reading]] = {}
    for split in splits:
        for party, one in split.items():
            found.setdefault(party, []).append(one)
    return {party: _sum(readings) for party, readings in found.items()}


def _sum(readings: Sequence[Reading]) -> Reading:
    """One party's money of several rows; what cannot be read is all that was typed."""
    broken = [one for one in readings if not one.readable]
    if broken:
        return Reading(None, " + ".join(one.typed for one in readings), broken[0].cell, broken[0].gap)
    amounts = [one for reading in readings for one in reading.amounts]
    return Reading(sum(amounts, ZERO), cell=readings[0].cell)
