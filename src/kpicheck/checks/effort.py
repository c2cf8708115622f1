"""E: effort and result, and the 70/30 split between them."""

from decimal import Decimal

from kpicheck.finding import Problem, Problems, Unjudged
from kpicheck.model import Field, Gap, Kind, Payment, Plan, euros
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
    if counted > max_share * total:
        yield Problem(
            "type",
            share=counted / total,
            max_share=max_share,
            effort=counted,
            total=total,
            excess=counted - max_share * total,
            share_without_untyped=effort / total,
        )


@check("E102", per=Payment)
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
    if type.gap is Gap.UNREADABLE and type.cell:
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
