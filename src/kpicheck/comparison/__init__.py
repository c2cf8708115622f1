"""Two versions of a plan beside each other: what changed, each change once. Pure: no files, no words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kpicheck.comparison.changes import RowChanges, row_changes
from kpicheck.comparison.divided import divided
from kpicheck.comparison.entries import Entry, entries
from kpicheck.comparison.findings import FindingChanges, Places, finding_changes
from kpicheck.comparison.matching import matched
from kpicheck.comparison.money import ahead, earlier, halves, totals
from kpicheck.comparison.parties import Columns
from kpicheck.comparison.readings import FIELDS, Reading, present
from kpicheck.comparison.shape import Comparison, LeftOut, PlanChange, SplitRow, UnclearRows
from kpicheck.comparison.terms import Terms, terms
from kpicheck.comparison.unread import unread
from kpicheck.finding import Report
from kpicheck.model import Budget, Field, Payment, Plan

__all__ = ["Comparison", "compared"]


def compared(old: Report, new: Report, by: Terms | None = None) -> Comparison | None:
    """Compare two plans that were judged; None where either could not be read."""
    if old.plan is None or new.plan is None:
        return None
    return _compared(old, new, old.plan, new.plan, by or terms())


def _compared(old: Report, new: Report, before: Plan, after: Plan, by: Terms) -> Comparison:
    fields = [one for one in FIELDS if present(before.payments, one) and present(after.payments, one)]
    columns = Columns(before, after)
    split = present(before.payments, "shares") and present(after.payments, "shares")
    found = matched(
        entries(before.payments, fields, columns.split_of_old if split else None, by.most_words),
        entries(after.payments, fields, columns.split_of_new if split else None, by.most_words),
        by,
    )
    shared = columns if split else None
    pairs = [row_changes(one.row, other.row, fields, shared) for one, other in found.pairs]
    splits = tuple(divided(found, fields, shared))
    places = {id(row): index for index, row in enumerate(after.payments)}
    changed = sorted((one for one in pairs if one.changes), key=lambda one: places[id(one.new)])
    return Comparison(
        rows=tuple(changed),
        splits=splits,
        dropped=tuple(one.row for one in found.dropped),
        added=tuple(one.row for one in found.added),
        unclear=tuple(
            UnclearRows(_rows(one.old), _rows(one.new), one.reason, one.likeness) for one in found.unclear
        ),
        left_out=tuple(_left_out(before, after)),
        plan=tuple(_plan_changes(before, after)),
        parties=columns.pairs,
        before=totals(before),
        after=totals(after),
        halves=halves(before, after),
        earlier=earlier([*pairs, *(row for one in splits for row in one.rows)]),
        ahead=ahead(before, after),
        findings=_findings(old, new, pairs, splits, columns),
        unread=tuple(unread(before, after)),
        texts_skipped=found.skipped,
    )


def _rows(found: Iterable[Entry]) -> tuple[Payment, ...]:
    return tuple(one.row for one in found)


def _left_out(old: Plan, new: Plan) -> Iterable[LeftOut]:
    """The columns that only one plan has and that say something there."""
    for field in (*FIELDS, "shares"):
        there = [present(plan.payments, field) for plan in (old, new)]
        if there[0] != there[1]:
            plan = old if there[0] else new
            filled = sum(_says(row.field(field)) for row in plan.payments)
            if filled:
                yield LeftOut(field, in_old=there[0], rows=filled)


def _says(field: Field[object]) -> bool:
    if isinstance(field.value, tuple):
        return any(one.amount.filled for one in field.value)
    return field.filled


def _plan_changes(old: Plan, new: Plan) -> Iterable[PlanChange]:
    """What the workbooks say of the whole plan; not what was stated beside them."""
    if old.general and new.general and old.name.split() != new.name.split():
        yield PlanChange("plan", Reading(old.name or None), Reading(new.name or None))
    asked = [one.requested for one in (old, new)]
    values = [one.value if one.cell else None for one in asked]
    if any(one.cell for one in asked) and values[0] != values[1] and not _stated(asked):
        yield PlanChange("requested", Reading(values[0]), Reading(values[1]))
    yield from _budgets(*(one.budget if one.budget and one.budget.cell else None for one in (old, new)))


def _budgets(old: Budget | None, new: Budget | None) -> Iterable[PlanChange]:
    """The budget of each year; as a whole where only one workbook has one."""
    if old is None or new is None:
        sums = [Reading(sum(dict(one.years).values(), Decimal(0)) if one else None) for one in (old, new)]
        if old or new:
            yield PlanChange("budgets", sums[0], sums[1])
        return
    before, after = dict(old.years), dict(new.years)
    for year in sorted(before.keys() | after.keys()):
        if before.get(year) != after.get(year):
            yield PlanChange("budget", Reading(before.get(year)), Reading(after.get(year)), year)


def _stated(asked: Sequence[Field[Decimal]]) -> bool:
    return any(one.value is not None and one.cell is None for one in asked)


def _findings(
    old: Report, new: Report, pairs: Sequence[RowChanges], splits: Sequence[SplitRow], columns: Columns
) -> FindingChanges:
    same: list[tuple[int, RowChanges]] = list(enumerate(pairs))
    same += [(len(pairs) + index, row) for index, one in enumerate(splits) for row in one.rows]
    before = {(one.old.sheet, one.old.row): index for index, one in same}
    after = {(one.new.sheet, one.new.row): index for index, one in same}
    return finding_changes(Places(old, before, columns.of_old), Places(new, after, columns.of_new))
