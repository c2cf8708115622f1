"""G: the general sheet ("Algemene gegevens")."""

from kpicheck.finding import Problem, Problems, Unjudged
from kpicheck.model import Answer, General, Party, Payment, Plan
from kpicheck.registry import check


def _missing(general: General, answer: Answer | None) -> Problems:
    """One problem where the label or its answer is not there."""
    if answer is None:
        yield Problem(general.cell)
    elif not answer.text.strip():
        yield Problem(answer.answer, related=(answer.label,))


@check("G100", per=Plan)
def general_sheet_missing(plan: Plan) -> Problems:
    """The general sheet is not in this workbook.

    Bad:
        --without Algemene gegevens
        | Naam                         | <- Naam
        | Wijkteam - Opzetten - KPI 10 |
    Good:
        | Naam                         |
        | Wijkteam - Opzetten - KPI 10 |
    """
    if plan.general is None:
        yield Problem(plan.heading_row)


@check("G101", per=General)
def plan_name_missing(general: General) -> Problems:
    """The plan has no name.

    Bad:
        [Algemene gegevens]
        | Naam TransformatiePlan | | <- B
        | Gegevens indiener | Zorghuis Noord, J. de Vries |
    Good:
        [Algemene gegevens]
        | Naam TransformatiePlan | Samen Gezond |
        | Gegevens indiener | Zorghuis Noord, J. de Vries |
    """
    yield from _missing(general, general.plan_name)


@check("G102", per=General)
def submitter_missing(general: General) -> Problems:
    """Nobody is named as submitter.

    Bad:
        [Algemene gegevens]
        | Naam TransformatiePlan | Samen Gezond |
        | Gegevens indiener | | <- B
    Good:
        [Algemene gegevens]
        | Naam TransformatiePlan | Samen Gezond |
        | Gegevens indiener | Zorghuis Noord, J. de Vries |
    """
    yield from _missing(general, general.submitter)


@check("G103", per=General)
def insurer_contact_missing(general: General) -> Problems:
    """No contact at the insurer is named.

    Bad:
        [Algemene gegevens]
        | Naam TransformatiePlan | Samen Gezond |
        | Gegevens contactpersoon verzekeraar | | <- B
    Good:
        [Algemene gegevens]
        | Naam TransformatiePlan | Samen Gezond |
        | Gegevens contactpersoon verzekeraar | Inkoper regio Noord |
    """
    yield from _missing(general, general.insurer_contact)


@check("G104", per=General)
def kassier_answer_missing(general: General) -> Problems:
    """The kassier question is answered with neither ja nor nee.

    Bad:
        [Algemene gegevens]
        | Naam TransformatiePlan | Samen Gezond |
        | Wordt er gewerkt met een kassiersfunctie? | nog overleggen | <- B
    Good:
        [Algemene gegevens]
        | Naam TransformatiePlan | Samen Gezond |
        | Wordt er gewerkt met een kassiersfunctie? | Nee |
    """
    if general.kassier is None:
        yield Problem(general.cell, typed="")
    elif general.kassier.answer.error:
        yield Unjudged("error", at=general.kassier.answer)
    elif general.kassier_word is None:
        yield Problem(general.kassier.answer, related=(general.kassier.label,), typed=general.kassier.text)


@check("G105", per=General)
def kassier_contradiction(
    general: General, parties: tuple[Party, ...], payments: tuple[Payment, ...]
) -> Problems:
    """The kassier answer and the kassier column contradict each other.

    Bad:
        [Algemene gegevens]
        | Naam TransformatiePlan | Samen Gezond |
        | Wordt er gewerkt met een kassiersfunctie? | ja - Zorghuis Zuid | <- B
        [Mijlpalen]
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 5000           | 5000                    |
    Bad:
        [Algemene gegevens]
        | Naam TransformatiePlan | Samen Gezond |
        | Wordt er gewerkt met een kassiersfunctie? | nee | <- B
        [Mijlpalen]
        | (totaal)Bedrag | Kassier Zorghuis Noord 01234567 |
        | 5000           | 5000                            |
    Good:
        [Algemene gegevens]
        | Naam TransformatiePlan | Samen Gezond |
        | Wordt er gewerkt met een kassiersfunctie? | ja - Zorghuis Noord |
        [Mijlpalen]
        | (totaal)Bedrag | Kassier Zorghuis Noord 01234567 |
        | 5000           | 5000                            |
    """
    answer = general.kassier
    if answer is None or general.kassier_word is None:
        return
    columns = [one for one in parties if one.kassier]
    paid = sum(one.paid_rows for one in columns)
    if general.kassier_word == "nee":
        missing = ["amounts-despite-no"] if paid else []
    else:
        missing = [
            what
            for what, there in (
                ("name", general.kassier_name),
                ("column", columns),
                ("amounts", paid or not columns or not payments),
            )
            if not there
        ]
    if missing:
        yield Problem(answer.answer, related=(answer.label, *columns), typed=answer.text, missing=missing)
