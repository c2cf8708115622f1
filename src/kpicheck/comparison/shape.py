"""What two versions of a plan differ in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kpicheck.comparison.changes import PartyChange, RowChanges
from kpicheck.comparison.findings import FindingChanges
from kpicheck.comparison.money import Ahead, Earlier, Half, Totals
from kpicheck.comparison.parties import PartyPair
from kpicheck.comparison.readings import Reading
from kpicheck.comparison.unread import Unread
from kpicheck.model import Payment


@dataclass(frozen=True, slots=True)
class SplitRow:
    """A KPI that was divided over several, or several that became one: one change, whatever else they say.

    `rows` are the parts beside the whole, each with what else changed in it; `parties` are those that get
    something else of the parts together than of the whole.
    """

    whole: Payment
    rows: tuple[RowChanges, ...]
    merged: bool
    parties: tuple[PartyChange, ...]


@dataclass(frozen=True, slots=True)
class UnclearRows:
    """Rows that may be the same KPI: `reason` is ambiguous, number or unlike."""

    old: tuple[Payment, ...]
    new: tuple[Payment, ...]
    reason: str
    likeness: float


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that only one plan has, with how many of its rows say something in it."""

    field: str
    in_old: bool
    rows: int


@dataclass(frozen=True, slots=True)
class PlanChange:
    """Something the workbook says of the whole plan: its name, requested amount, or budget (of a year)."""

    field: str
    old: Reading
    new: Reading
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that two versions of a plan differ in."""

    rows: tuple[RowChanges, ...]
    splits: tuple[SplitRow, ...]
    dropped: tuple[Payment, ...]
    added: tuple[Payment, ...]
    unclear: tuple[UnclearRows, ...]
    left_out: tuple[LeftOut, ...]
    plan: tuple[PlanChange, ...]
    parties: tuple[PartyPair, ...]
    before: Totals
    after: Totals
    halves: tuple[Half, ...]
    earlier: tuple[Earlier, ...]
    ahead: Ahead | None
    findings: FindingChanges
    unread: tuple[Unread, ...]
    texts_skipped: bool

    @property
    def party_changes(self) -> tuple[PartyPair, ...]:
        """The parties that came, went, or are called otherwise."""
        if any(one.field == "shares" for one in self.left_out):
            return ()
        return tuple(one for one in self.parties if not one.old or not one.new or one.renamed)

    @property
    def number(self) -> int:
        """How many changes there are; findings that differ are none."""
        return sum(len(one.changes) for one in self.rows) + sum(
            map(
                len,
                (
                    self.splits,
                    self.dropped,
                    self.added,
                    self.unclear,
                    self.left_out,
                    self.plan,
                    self.party_changes,
                ),
            )
        )

    @property
    def earlier_amount(self) -> Decimal:
        """The money of the KPIs that are paid earlier."""
        return sum((one.amount for one in self.earlier), Decimal(0))
