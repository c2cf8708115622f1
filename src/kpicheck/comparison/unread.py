"""Amounts that cannot be read: they count in no total, so every table of money must say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kpicheck.comparison.readings import money, place
from kpicheck.model import Field, Plan, row_shares


@dataclass(frozen=True, slots=True)
class Unread:
    """The cells of one plan with money that cannot be read: in `total`, or in `shares` of parties."""

    field: str
    in_old: bool
    cells: tuple[str, ...]


def unread(old: Plan, new: Plan) -> Iterator[Unread]:
    """The unreadable amounts of both plans."""
    for plan in (old, new):
        totals = [row.total for row in plan.payments]
        shares = [one.amount for row in plan.payments for one in row_shares(row)]
        for field, amounts in (("total", totals), ("shares", shares)):
            cells = tuple(place(one.cell) for one in amounts if _broken(one))
            if cells:
                yield Unread(field, plan is old, cells)


def _broken(amount: Field[Decimal]) -> bool:
    return money(amount) is None
