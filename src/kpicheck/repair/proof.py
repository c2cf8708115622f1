"""The proof of a repair: the plan that is read, and what is found in it, before and after."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping

from kpicheck.model import Cell, Payment, Plan, row_shares
from kpicheck.repair.change import Reason, Target
from kpicheck.repair.spaces import tidy
from kpicheck.report.shape import FileView, FindingView

Told = tuple[tuple[str, str], object]
Essence = Mapping[tuple[str, str], object]


def essence(plan: Plan) -> Essence:
    """All that a repair may not change, by where it stands; spaces in texts apart."""
    return dict(_all_of(plan))


def difference(before: Essence, after: Essence) -> Reason | None:
    """Where the plan would be read otherwise, if anywhere."""
    for at in (*before, *after):
        if at not in before or at not in after or before[at] != after[at]:
            return Reason("reads-otherwise", {"at": at[0]})
    return None


def worse(before: FileView, after: FileView, gone: Collection[Target]) -> Reason | None:
    """What was not found before, what should have gone and did not, and what can no longer be checked."""
    known = set(map(_named, before.findings))
    for one in after.findings:
        if (one.rule, one.sheet, one.cell) in gone:
            return Reason("stays", {"rule": one.rule, "at": one.cell})
        if _named(one) not in known:
            return Reason("new-finding", {"rule": one.rule, "at": one.cell})
    unchecked = {(one.rule, one.cell) for one in before.not_checked}
    for rule in after.not_checked:
        if (rule.rule, rule.cell) not in unchecked:
            return Reason("not-checked", {"rule": rule.rule})
    if before.error != after.error:
        return Reason("unreadable")
    return None


def _named(one: FindingView) -> tuple[str, ...]:
    facts = json.dumps(_tidied(one.facts), sort_keys=True, default=str)
    return one.rule, one.sheet, one.cell, one.severity, facts


def _tidied(fact: object) -> object:
    """A fact with the spaces of its texts left out of account."""
    if isinstance(fact, str):
        return " ".join(tidy(fact).split())
    if isinstance(fact, dict):
        return {key: _tidied(one) for key, one in fact.items()}
    return [_tidied(one) for one in fact] if isinstance(fact, list | tuple) else fact


def _all_of(plan: Plan) -> Iterator[Told]:
    yield (plan.sheet, "plan"), (tidy(plan.name), plan.layout, plan.sheet, plan.sheets)
    yield (plan.sheet, "requested"), plan.requested.value
    yield (plan.sheet, "budget"), plan.budget and plan.budget.model_dump(exclude={"cell"})
    yield (plan.sheet, "period"), plan.period
    yield from _columns(plan)
    for row in plan.payments:
        yield from _row(row)
    yield from _other_rows(plan)
    for name in ("plan_name", "submitter", "insurer_contact", "kassier") if plan.general else ():
        answer = getattr(plan.general, name)
        yield (
            (plan.general.sheet if plan.general else "", name),
            answer and (_at(answer.answer), tidy(answer.text)),
        )


def _columns(plan: Plan) -> Iterator[Told]:
    for heading in plan.headings:
        yield (_at(heading.cell), "heading"), (heading.field, tidy(heading.text))
    for column in plan.missing_columns:
        yield (_at(column.cell), column.heading), column.heading
    for party in plan.parties:
        told = tidy(party.heading), tidy(party.name), party.code, party.kind, party.kassier, party.named
        yield (_at(party.cell), f"party {tidy(party.heading)}"), (*told, party.amount, party.paid_rows)


def _other_rows(plan: Plan) -> Iterator[Told]:
    for section in plan.sections:
        yield (_at(section.cell), "section"), (section.number, section.title)
    for total in plan.totals:
        yield (_at(total.cell), "total row"), (total.kind, total.label)
    for example in plan.examples:
        yield (_at(example.cell), "example"), (example.kind, example.text)
    for text in plan.unrecognised:
        yield (_at(text.cell), "unrecognised"), text.text
    for table in plan.tables:
        yield (_at(table.cell), "table"), (table.role, table.kpis)


def _row(row: Payment) -> Iterator[Told]:
    where = f"{row.sheet}!{row.row}"
    yield (where, "row"), (type(row).__name__, row.section, row.section_row, row.number, row.subproject)
    for name in ("name", "smart", "evidence", "explanation", "date", "type", "total"):
        field = row.field(name)
        value = tidy(field.value) if isinstance(field.value, str) else field.value
        yield (_at(field.cell) if field.cell else where, name), (value, field.gap)
    for number, share in enumerate(row_shares(row)):
        yield (
            (_at(share.cell) if share.cell else where, f"share {number}"),
            (tidy(share.party), share.kassier, share.amount.value, share.amount.gap),
        )


def _at(cell: Cell) -> str:
    return f"{cell.sheet}!{cell.ref}"
