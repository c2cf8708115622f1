"""F: every field of a milestone is filled in."""

import datetime as dt
from decimal import Decimal

from kpicheck.checks.common import blank, without_kpi
from kpicheck.finding import Problem, Problems
from kpicheck.model import Field, Kind, Kpi, Payment
from kpicheck.registry import check


@check("F101", per=Kpi, only=blank)
def name_missing(name: Field[str]) -> Problems:
    """A milestone without a name cannot be referred to.

    Bad:
        | Naam | SMART omschrijving                            |
        |      | Uiterlijk 30 juni 2026 is het zorgpad actief. | <- Naam
    Good:
        | Naam                     | SMART omschrijving                            |
        | Zorgpad - Start - KPI 10 | Uiterlijk 30 juni 2026 is het zorgpad actief. |
    """
    if name.blank:
        yield Problem("name")


@check("F102", per=Payment, only=blank)
def description_missing(smart: Field[str], row: Payment) -> Problems:
    """Without a description nobody can say whether the milestone was reached.

    Bad:
        | Naam                     | SMART omschrijving |
        | Zorgpad - Start - KPI 10 |                    | <- SMART omschrijving
    Good:
        | Naam                     | SMART omschrijving                            |
        | Zorgpad - Start - KPI 10 | Uiterlijk 30 juni 2026 is het zorgpad actief. |
    """
    if smart.blank and not without_kpi(row):
        yield Problem("smart")


@check("F103", per=Payment, only=blank)
def date_missing(date: Field[dt.date], row: Payment) -> Problems:
    """Without a date nobody knows when the money is paid.

    Bad:
        | (streef)datum |
        |               | <- (streef)datum
    Good:
        | (streef)datum |
        | 30-6-2026     |
    """
    if date.blank and not without_kpi(row):
        yield Problem("date")


@check("F104", per=Payment, only=blank)
def type_missing(type: Field[Kind], row: Payment) -> Problems:  # noqa: A002 - the field's own name
    """Without a type the 70/30 split cannot be made.

    Bad:
        | Resultaat- of inspanningsverplichting |
        |                                       | <- Resultaat- of inspanningsverplichting
    Good:
        | Resultaat- of inspanningsverplichting |
        | Inspanningsverplichting               |
    """
    if type.blank and not without_kpi(row):
        yield Problem("type")


@check("F105", per=Payment, only=blank)
def evidence_missing(evidence: Field[str], row: Payment) -> Problems:
    """Without evidence the insurer cannot pay.

    Bad:
        | Bewijsvoering |
        |               | <- Bewijsvoering
    Good:
        | Bewijsvoering                             |
        | Ondertekend verslag van de projectgroep.  |
    """
    if evidence.blank and not without_kpi(row):
        yield Problem("evidence")


@check("F106", per=Kpi, only=blank)
def amount_missing(total: Field[Decimal], row: Kpi) -> Problems:
    """Every milestone is linked to an amount.

    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        |                |                         | <- (totaal)Bedrag
        | 5000           | 5000                    |
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 5000           | 5000                    |
    """
    if total.blank and any(field.filled for field in (row.smart, row.date, row.type, row.evidence)):
        yield Problem("total")


@check("F107", per=Payment, only=without_kpi)
def payment_without_kpi(row: Payment, total: Field[Decimal]) -> Problems:
    """Money is only paid for a milestone: text, date, type and evidence belong to every amount.

    Bad:
        | Naam                  | SMART omschrijving | (streef)datum | Resultaat- of inspanningsverplichting | Bewijsvoering | (totaal)Bedrag |
        | Startbijdrage KPI 1.0 |                    |               |                                       |               | 12000          | <- Naam
    Good:
        | Naam                         | (totaal)Bedrag |
        | Wijkteam - Opzetten - KPI 10 | 12000          |
    """  # noqa: E501 - a table is as wide as its columns
    yield Problem("name", amount=row.euros if total.value is not None else "")
