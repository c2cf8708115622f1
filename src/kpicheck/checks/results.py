"""S: what a result is measured by. A gap that S101 found silences S106-S110 in that text."""

from kpicheck.checks.common import unfinished
from kpicheck.dutch.periods import has_period, has_reference
from kpicheck.dutch.placeholders import placeholders
from kpicheck.dutch.wording import (
    is_relative_change,
    ranges_without_minimum,
    targets,
    upper_bounds_only,
)
from kpicheck.finding import Problem, Problems
from kpicheck.model import Kind, Payment
from kpicheck.registry import check


@check("S106", per=Payment)
def result_without_target(smart: str, type: Kind) -> Problems:  # noqa: A002 - the field's own name
    """A result names no number or percentage to reach. Dates, years, ages and KPI numbers are none.

    Bad:
        | SMART omschrijving                                                        | Resultaat- of inspanningsverplichting |
        | In 2026 heeft een groep inwoners van 75 jaar en ouder de training afgerond. | Resultaatsverplichting                | <- SMART omschrijving
        | In 2026 hebben twintig inwoners de training van KPI 1 afgerond.           | Resultaatsverplichting                | <- SMART omschrijving
    Good:
        | SMART omschrijving                                                        | Resultaat- of inspanningsverplichting |
        | In 2026 hebben 20 inwoners van 75 jaar en ouder de training afgerond.     | Resultaatsverplichting                |
        | In 2026 hebben inwoners van 75 jaar en ouder de training gekregen.        | Inspanningsverplichting               |
    """  # noqa: E501 - a table is as wide as its columns
    if type is Kind.RESULT and not targets(smart) and not unfinished(smart):
        yield Problem("smart")


@check("S107", per=Payment)
def result_without_reference(smart: str, type: Kind) -> Problems:  # noqa: A002 - the field's own name
    """A change does not say what it is compared with. A count needs no reference.

    Bad:
        | SMART omschrijving                                                            | Resultaat- of inspanningsverplichting |
        | In 2026 is het aantal verwijzingen met 10% afgenomen.                         | Resultaatsverplichting                | <- SMART omschrijving
        | In 2026 zijn er 15% minder heropnames van patiënten met hartfalen.            | Resultaatsverplichting                | <- SMART omschrijving
    Good:
        | SMART omschrijving                                                            | Resultaat- of inspanningsverplichting |
        | In 2026 is het aantal verwijzingen met 10% afgenomen t.ov. 2025.              | Resultaatsverplichting                |
        | In 2026 zijn er 15% minder heropnames dan in het controlegebied.              | Resultaatsverplichting                |
        | In 2026 zijn minimaal 50 unieke inwoners verwezen.                            | Resultaatsverplichting                |
    """  # noqa: E501 - a table is as wide as its columns
    if (
        type is Kind.RESULT
        and is_relative_change(smart)
        and not has_reference(smart)
        and not unfinished(smart)
    ):
        yield Problem("smart")


@check("S108", per=Payment)
def result_without_period(smart: str, type: Kind) -> Problems:  # noqa: A002 - the field's own name
    """A result does not say over which period it is measured.

    Bad:
        | SMART omschrijving                                                    | Resultaat- of inspanningsverplichting |
        | Uiterlijk 30-6-2026 hebben 40 inwoners de training afgerond.          | Resultaatsverplichting                | <- SMART omschrijving
    Good:
        | SMART omschrijving                                                    | Resultaat- of inspanningsverplichting |
        | In 2026 hebben 40 inwoners de training afgerond.                      | Resultaatsverplichting                |
        | Op 30-6-2026 hebben over 12 maanden 40 inwoners de training afgerond. | Resultaatsverplichting                |
    """  # noqa: E501 - a table is as wide as its columns
    if type is Kind.RESULT and not has_period(smart) and not unfinished(smart):
        yield Problem("smart")


@check("S109", per=Payment, only=ranges_without_minimum)
def target_is_range(smart: str) -> Problems:
    """A range does not say when the target is reached: at its lower end or its upper end.

    Bad:
        | SMART omschrijving                                                        |
        | In 2026 is er 10-20% daling van het aantal verwijzingen t.o.v. 2025.      | <- SMART omschrijving
    Good:
        | SMART omschrijving                                                        |
        | In 2026 is er minimaal 10-20% daling van de verwijzingen t.o.v. 2025.     |
        | In 2026 is er 10-20% daling t.o.v. 2025. De KPI is behaald bij 10%.       |
    """
    if (found := ranges_without_minimum(smart)) and not placeholders(smart):
        yield Problem("smart", typed=found)


@check("S110", per=Payment, only=upper_bounds_only)
def upper_bound_only(smart: str) -> Problems:
    """Only an upper bound: one of them would be enough, or none.

    Bad:
        | SMART omschrijving                                                        |
        | Op 30-6-2026 zijn in maximaal 10 wijken minimaal vijf lessen gegeven.     | <- SMART omschrijving
        | Uiterlijk 30-6-2026 is de werkwijze ingevoerd in maximaal tien wijken.    | <- SMART omschrijving
    Good:
        | SMART omschrijving                                                        |
        | Op 30-6-2026 is de werkwijze ingevoerd in minimaal 5 en maximaal 10 wijken. |
        | Op 30-6-2026 wachten 40 inwoners maximaal 10 dagen op een intake.         |
    """
    if (found := upper_bounds_only(smart)) and not placeholders(smart):
        yield Problem("smart", typed=found)
