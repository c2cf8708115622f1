"""X: housekeeping of the run."""

from kpicheck.finding import Problem, Problems
from kpicheck.model import Plan, Suppression
from kpicheck.registry import check


@check("X101", per=Suppression)
def suppression_unused(exception: Suppression, plan: Plan) -> Problems:
    """An exception that suppresses nothing.

    Bad:
        --exception F105
        | Naam                         | Bewijsvoering              | <- Naam
        | Wijkteam - Opzetten - KPI 1  | Verslag van de werkgroep.  |
    Good:
        --exception F105
        | Naam                         | Bewijsvoering              |
        | Wijkteam - Opzetten - KPI 1  |                            |
    """
    if exception.state == "unused":
        yield Problem(plan.heading_row, key=exception.rule, exception=exception.rule, reason=exception.reason)


@check("X102", per=Suppression)
def suppression_expired(exception: Suppression, plan: Plan) -> Problems:
    """An exception whose last day has passed; the finding is back.

    Bad:
        --exception F105 --expires 21-11-2026
        | Naam                         | Bewijsvoering              | <- Naam
        | Wijkteam - Opzetten - KPI 1  |                            |
    Good:
        --exception F105 --expires 22-11-2026
        | Naam                         | Bewijsvoering              |
        | Wijkteam - Opzetten - KPI 1  |                            |
    """
    if exception.state == "expired" and exception.expires:
        yield Problem(
            plan.heading_row, key=exception.rule, exception=exception.rule, expires=exception.expires
        )
