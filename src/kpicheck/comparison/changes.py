"""What changed in one KPI: each change once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpicheck.comparison.entries import called, number_of
from kpicheck.comparison.parties import Columns
from kpicheck.comparison.readings import Reading, place, plain, reading
from kpicheck.model import Gap, Payment


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else; `certain` is False where one version cannot be read."""

    field: str
    old: Reading
    new: Reading

    @property
    def certain(self) -> bool:
        """Whether both versions can be read."""
        return self.old.readable and self.new.readable

    @property
    def days(self) -> int | None:
        """How many days later a date is; None for anything else."""
        before, after = self.old.value, self.new.value
        return (after - before).days if isinstance(before, dt.date) and isinstance(after, dt.date) else None


@dataclass(frozen=True, slots=True)
class PartyChange:
    """What one party gets of a row: before and after; `party` is its place among the pairs of parties."""

    party: int
    old: Reading
    new: Reading


@dataclass(frozen=True, slots=True)
class MoneyChange:
    """The money of a row: its total before and after, and the parties that get something else."""

    old: Reading
    new: Reading
    parties: tuple[PartyChange, ...]

    @property
    def certain(self) -> bool:
        """Whether all of it can be read."""
        sides = (self.old, self.new, *(side for one in self.parties for side in (one.old, one.new)))
        return all(one.readable for one in sides)

    @property
    def difference(self) -> Decimal | None:
        """How much more it is; None where that cannot be told."""
        before, after = self.old.value, self.new.value
        return after - before if isinstance(before, Decimal) and isinstance(after, Decimal) else None


Change = FieldChange | MoneyChange


@dataclass(frozen=True, slots=True)
class RowChanges:
    """A row in both versions, and what changed in it."""

    old: Payment
    new: Payment
    changes: tuple[Change, ...]


_NOTHING = Reading(Decimal(0))


def row_changes(old: Payment, new: Payment, fields: Sequence[str], columns: Columns | None) -> RowChanges:
    """What changed in a row; `columns` are the parties, where both plans have them."""
    found: list[Change] = [*_identity(old, new, fields)]
    both = [name for name in fields if Gap.ABSENT not in (old.field(name).gap, new.field(name).gap)]
    found += [change for name in both if name not in ("name", "total") and (change := _field(old, new, name))]
    money = _money(old, new, "total" in both, columns)
    return RowChanges(old, new, (*found, *([money] if money else ())))


def _identity(old: Payment, new: Payment, fields: Sequence[str]) -> Iterator[FieldChange]:
    """Another number, or another name around it."""
    numbers = [Reading(number_of(one), cell=place(one.name.cell)) for one in (old, new)]
    if numbers[0].value != numbers[1].value:
        yield FieldChange("number", numbers[0], numbers[1])
    if "name" in fields:
        names = [_name(one) for one in (old, new)]
        if names[0].essence != names[1].essence:
            yield FieldChange("name", names[0], names[1])


def _name(row: Payment) -> Reading:
    found = reading(row, "name")
    return Reading(plain(called(row)) or None, found.typed, found.cell, found.gap) if found.value else found


def _field(old: Payment, new: Payment, name: str) -> FieldChange | None:
    before, after = reading(old, name), reading(new, name)
    return None if before.essence == after.essence else FieldChange(name, before, after)


def _money(old: Payment, new: Payment, totals: bool, columns: Columns | None) -> MoneyChange | None:  # noqa: FBT001 - one private caller
    before, after = (reading(one, "total") if totals else Reading() for one in (old, new))
    parties = tuple(party_changes(columns.split_of_old(old), columns.split_of_new(new))) if columns else ()
    return MoneyChange(before, after, parties) if before.essence != after.essence or parties else None


def party_changes(before: Mapping[int, Reading], after: Mapping[int, Reading]) -> Iterator[PartyChange]:
    """The parties that get something else."""
    for index in sorted(before.keys() | after.keys()):
        one, other = before.get(index, _NOTHING), after.get(index, _NOTHING)
        if one.essence != other.essence:
            yield PartyChange(index, one, other)
