"""A301 to A303: how the explanation (Toelichting bedrag) accounts for the amount."""

from decimal import Decimal

from kpicheck.dutch.costs import cost_lines
from kpicheck.finding import Problem, Problems, Unjudged
from kpicheck.model import ZERO, Gap, Payment, Plan
from kpicheck.registry import check


@check("A301", per=Plan)
def explanation_missing(plan: Plan) -> Problems:
    """Every amount is explained, so that it is clear what it is made of.

    Bad:
        | (totaal)Bedrag | Toelichting bedrag.    |
        | 5000           |                        | <- Toelichting bedrag.
        | 5000           | - Trainer: € 5.000     |
    Bad:
        | (totaal)Bedrag | Toelichting bedrag.    | <- Toelichting bedrag.
        | 5000           |                        |
        | 5000           |                        |
    Bad:
        | (totaal)Bedrag | Toelichting bedrag.    |
        | 5000           |                        | <- Toelichting bedrag.
    Bad:
        --without-column Toelichting bedrag.
        | Naam                     | <- Naam
        | Wijkzorg - Start - KPI 1 |
    Good:
        | (totaal)Bedrag | Toelichting bedrag.    |
        | 0              |                        |
        | 1              | - Kopie: € 1           |
    """
    paid = [row for row in plan.payments if row.euros > 0]
    absent = bool(paid) and all(row.explanation.gap is Gap.ABSENT for row in paid)
    silent = [row for row in paid if row.explanation.blank]
    if absent or (len(silent) > 1 and not any(row.explanation.filled for row in plan.payments)):
        yield Problem("explanation", kind="plan", rows=len(paid))
    else:
        for row in silent:
            yield Problem(row.explanation, on=row, kind="row", rows=1, amount=row.euros, related=(row.total,))


@check("A302", per=Payment, only=cost_lines)
def explanation_sum_mismatch(explanation: str, total: Decimal, *, tolerance: Decimal) -> Problems:
    """The cost lines of the explanation add up to the amount.

    Bad:
        | (totaal)Bedrag | Toelichting bedrag.                    |
        | 5000           | Trainer: € 4.000; Zaal: € 998,99       | <- Toelichting bedrag.
        | 5000           | Trainer: € 5.002; Zaal:                | <- Toelichting bedrag.
        | 0              | - Trainer: € 5.000                     | <- Toelichting bedrag.
    Good:
        | (totaal)Bedrag | Toelichting bedrag.                    |
        | 5000           | Trainer: € 4.000; Zaal: € 999          |
        | 5000           | - Trainer: € 5.000; Totaal: € 5.000    |
        | 5000           | Trainer: € 5.001; Zaal:                |
    """
    lines = cost_lines(explanation)
    amounts = [line.amount for line in lines if line.amount is not None]
    explained = sum(amounts, ZERO)
    if len(amounts) < len(lines) and explained - total <= tolerance:
        yield Unjudged("line-without-amount", at="explanation")
    elif lines and abs(explained - total) > tolerance:
        yield Problem(
            "explanation",
            total=total,
            explained=explained,
            difference=abs(explained - total),
            related=("total",),
        )


@check("A303", per=Payment, only=cost_lines)
def explanation_line_without_amount(explanation: str) -> Problems:
    """Every cost line says what it costs.

    Bad:
        | (totaal)Bedrag | Toelichting bedrag.                          |
        | 5000           | - Trainer (2026): € 5.000; - Zaal (2026):    | <- Toelichting bedrag.
    Good:
        | (totaal)Bedrag | Toelichting bedrag.                          |
        | 5000           | - Trainer (2026): € 4.000; - Zaal: € 1.000   |
        | 5000           | Kosten van de training volgens de offerte.   |
    """
    if without := [line.text for line in cost_lines(explanation) if line.amount is None]:
        yield Problem("explanation", lines=without)
