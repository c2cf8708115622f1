"""E: effort and result, and the 70/30 split between them."""

from collections.abc import Sequence
from decimal import Decimal

from kpicheck.checks.common import unreadable
from kpicheck.finding import Problem, Problems, Unjudged
from kpicheck.model import Field, Gap, Kind, Payment, Plan, euros, more_euros
from kpicheck.registry import check


@check("E101", per=Plan, reads=("total",))
def effort_share_too_high(plan: Plan, *, max_share: Decimal) -> Problems:
    """At most 70% of the money is linked to effort; money without a type counts as effort.

    Bad:
        | Resultaat- of inspanningsverplichting | (totaal)Bedrag | <- Resultaat- of inspanningsverplichting
        | Inspanningsverplichting               | 7001           |
        | Resultaatsverplichting                | 2999           |
    Good:
        | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
        | Inspanningsverplichting               | 7000           |
        | Resultaatsverplichting                | 3000           |
    """
    total = euros(plan.payments)
    if plan.payments and all(row.type.gap is Gap.ABSENT for row in plan.payments):
        yield Unjudged("absent", field="type")
        return
    if total <= 0:
        yield Unjudged("no-amounts")
        return
    effort = euros([row for row in plan.payments if row.type.value is Kind.EFFORT])
    counted = effort + euros(plan.untyped_payments)
    if more_euros(counted, max_share * total):
        yield Problem(
            "type",
            kind="all-typed" if counted == effort else "untyped",
            share=counted / total,
            max_share=max_share,
            effort=counted,
            total=total,
            excess=counted - max_share * total,
            share_without_untyped=effort / total,
        )


@check("E102", per=Payment, only=unreadable)
def type_unknown(type: Field[Kind]) -> Problems:  # noqa: A002 - the field's own name
    """The type is neither Resultaat nor Inspanning, or both.

    Bad:
        | Resultaat- of inspanningsverplichting |
        | Resultaat/inspanning                  | <- Resultaat- of inspanningsverplichting
    Good:
        | Resultaat- of inspanningsverplichting |
        | resultaats verplichting               |
        | Inspaning                             |
    """
    if unreadable(type) and type.cell:
        yield Problem("type", typed=str(type.cell.value))


@check("E103", per=Plan, reads=("type",))
def only_one_type(plan: Plan) -> Problems:
    """A plan has both effort and result milestones.

    Bad:
        | Resultaat- of inspanningsverplichting | <- Resultaat- of inspanningsverplichting
        | Resultaatsverplichting                |
        | Resultaatsverplichting                |
    Good:
        | Resultaat- of inspanningsverplichting |
        | Resultaatsverplichting                |
        | Inspanningsverplichting               |
    """
    kinds = {row.type.value for row in plan.kpis}
    if len(kinds) == 1 and (kind := kinds.pop()):
        yield Problem("type", present=kind.value, missing=next(one.value for one in Kind if one is not kind))


@check("E104", per=Plan, reads=("type", "date", "total"))
def results_not_towards_end(plan: Plan) -> Problems:
    """Results come towards the end: their share after the midpoint of the plan is not lower than before it.

    Bad:
        | (streef)datum | Resultaat- of inspanningsverplichting | (totaal)Bedrag | <- Resultaat- of inspanningsverplichting
        | 1-1-2026      | Resultaatsverplichting                | 3001           |
        | 1-1-2026      | Inspanningsverplichting               | 6999           |
        | 31-12-2027    | Resultaatsverplichting                | 3000           |
        | 31-12-2027    | Inspanningsverplichting               | 7000           |
    Bad:
        | (streef)datum | Resultaat- of inspanningsverplichting | (totaal)Bedrag | <- Resultaat- of inspanningsverplichting
        | 1-1-2026      | Resultaatsverplichting                | 0              |
        | 31-12-2027    | Inspanningsverplichting               | 0              |
    Good:
        | (streef)datum | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
        | 1-1-2026      | Resultaatsverplichting                | 3000           |
        | 1-1-2026      | Inspanningsverplichting               | 7000           |
        | 31-12-2027    | Resultaatsverplichting                | 3000           |
        | 31-12-2027    | Inspanningsverplichting               | 7000           |
    Good:
        | (streef)datum | Resultaat- of inspanningsverplichting |
        | 1-1-2026      | Inspanningsverplichting               |
        | 1-7-2026      | Resultaatsverplichting                |
        | 29-12-2026    | Inspanningsverplichting               |
    Good:
        | (streef)datum | Resultaat- of inspanningsverplichting |
        | 1-1-2026      | Resultaatsverplichting                |
        | 1-7-2026      | Inspanningsverplichting               |
        | 29-12-2026    | Resultaatsverplichting                |
    """  # noqa: E501 - a table is as wide as its columns
    dated = [(row.date.value, row) for row in plan.payments if row.date.value]
    if not dated:
        return
    first, last = min(day for day, _ in dated), max(day for day, _ in dated)
    early = [row for day, row in dated if day - first < last - day]
    late = [row for day, row in dated if day - first > last - day]
    measure = "money" if any(row.euros > 0 for _, row in dated) else "count"
    before, after = _result_share(early, measure), _result_share(late, measure)
    if before is not None and after is not None and after < before:
        yield Problem("type", kind=measure, before=before, after=after, midpoint=first + (last - first) // 2)


def _result_share(rows: Sequence[Payment], measure: str) -> Decimal | None:
    results = [row for row in rows if row.type.value is Kind.RESULT]
    part, whole = (
        (euros(results), euros(rows)) if measure == "money" else (Decimal(len(results)), Decimal(len(rows)))
    )
    return part / whole if whole > 0 else None


@check("E105", per=Plan)
def type_label_mixed(plan: Plan) -> Problems:
    """One type has one spelling, so that sums by label miss no rows.

    Bad:
        | Resultaat- of inspanningsverplichting | <- Resultaat- of inspanningsverplichting
        | Inspanningsverplichting               |
        | Inspanning                            |
    Good:
        | Resultaat- of inspanningsverplichting |
        | Inspanningsverplichting               |
        | inspanningsverplichting               |
        | Resultaat                             |
    """
    labels: list[str] = []
    others: list[Payment] = []
    for kind in Kind:
        spellings: dict[str, list[Payment]] = {}
        for row in plan.payments:
            if row.type.value is kind:
                spellings.setdefault(_label(row).casefold(), []).append(row)
        if len(spellings) > 1:
            usual = max(spellings.values(), key=len)
            labels += [_label(rows[0]) for rows in spellings.values()]
            others += [row for rows in spellings.values() if rows is not usual for row in rows]
    if labels:
        yield Problem("type", labels=labels, rows=len(others), related=tuple(row.type for row in others))


def _label(row: Payment) -> str:
    """The type as typed; capitals make no difference to a sum by label."""
    return str(row.type.cell.value) if row.type.cell else ""
