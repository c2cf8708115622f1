"""A plan at a glance: figures for pictures and summaries, and rows as they stand. No words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kpicheck.model import ZERO


@dataclass(frozen=True, slots=True)
class Money:
    """Money in euro by type."""

    effort: Decimal = ZERO
    result: Decimal = ZERO
    untyped: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """All types together."""
        return self.effort + self.result + self.untyped

    @property
    def by_type(self) -> Mapping[str, Decimal]:
        """The money of each type by its name."""
        return {"effort": self.effort, "result": self.result, "untyped": self.untyped}


@dataclass(frozen=True, slots=True)
class Half:
    """What is paid in one half of a calendar year."""

    year: int
    half: int
    money: Money


@dataclass(frozen=True, slots=True)
class Paid:
    """What is paid on one day."""

    date: dt.date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Year:
    """What is paid and budgeted in a calendar year, and until its end; None without a budget."""

    year: int
    paid: Decimal
    paid_until: Decimal
    budget: Decimal | None
    budget_until: Decimal | None

    @property
    def too_early(self) -> Decimal:
        """What is paid until the end of the year above what was budgeted until then."""
        return ZERO if self.budget_until is None else max(self.paid_until - self.budget_until, ZERO)


@dataclass(frozen=True, slots=True)
class PartyMoney:
    """What one party gets of the whole plan."""

    name: str
    kassier: bool
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Milestone:
    """When a KPI is due: by its date column, and by the last deadline in its text.

    `days` is how far these are apart; None where one of them is missing.
    """

    label: str
    number: str | None
    row: int
    date: dt.date | None
    deadline: dt.date | None
    days: int | None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a row: its column's letters and heading, and what stands in it, as a kind of value.

    `kind` is text, amount, number, date or blank; the value of a number or date is its exact notation.
    """

    column: str
    field: str
    heading: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a sheet with the cells that the plan is made of, from left to right."""

    sheet: str
    row: int
    headings: bool
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """Everything that pictures, row grids and summaries show beside the report itself.

    `max_share` is the share of effort that the rules allow, None where no rule asks it; `rows` are the rows
    that a finding is about.
    """

    money: Money
    max_share: Decimal | None
    halves: tuple[Half, ...]
    undated: Money
    payments: tuple[Paid, ...]
    years: tuple[Year, ...]
    parties: tuple[PartyMoney, ...]
    milestones: tuple[Milestone, ...]
    rows: tuple[GridRow, ...] = ()

    @property
    def budgeted(self) -> bool:
        """Whether a budget per year is known."""
        return any(one.budget is not None for one in self.years)
