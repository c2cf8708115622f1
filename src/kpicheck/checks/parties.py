"""K: kassier and parties."""

from decimal import Decimal
from typing import Any

from kpicheck.finding import Problem, Problems
from kpicheck.model import (
    ZERO,
    AgreedParty,
    Cell,
    Party,
    Payment,
    Plan,
    Share,
    normalised,
    row_shares,
    same_euros,
)
from kpicheck.registry import check


@check("K101", per=Party)
def party_name_missing(party: Party) -> Problems:
    """A column of money carries no party's name.

    Bad:
        | (totaal)Bedrag | Zorgaanbieder 2 + code | <- Zorgaanbieder 2 + code
        | 5000           | 5000                   |
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 5000           | 5000                    |
    """
    if not party.named and party.paid_rows:
        yield Problem(party, typed=party.heading, amount=party.amount, **_listed(party))


def _listed(party: Party) -> dict[str, Any]:
    """The form of the words for a party that shares its cell with others."""
    return {"kind": "listed"} if party.listed else {}


@check("K102", per=Party)
def party_code_missing(party: Party) -> Problems:
    """A party is named without its code.

    Bad:
        | (totaal)Bedrag | Zorghuis Noord + code | <- Zorghuis Noord + code
        | 5000           | 5000                  |
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 5000           | 5000                    |
    """
    if party.named and not party.code:
        yield Problem(party, party=party.name, **_listed(party))


@check("K103", per=Party)
def party_code_invalid(party: Party) -> Problems:
    """The code in the heading has a length that no kind of code has.

    Bad:
        | (totaal)Bedrag | Zorghuis Noord 1234567 | <- Zorghuis Noord 1234567
        | 5000           | 5000                   |
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 | Gemeente Oever GM0123 | Thuis Wlz 123456 |
        | 5000           | 3000                    | 1000                  | 1000             |
    """
    if party.named and party.code and party.kind == "unknown":
        yield Problem(party, party=party.name, code=party.code, length=len(party.code))


@check("K104", per=Plan)
def party_duplicate(parties: tuple[Party, ...]) -> Problems:
    """Two columns carry the same party.

    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 | Zorghuis Zuid 01234567 | <- Zorghuis Zuid 01234567
        | 5000           | 3000                    | 2000                   |
    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 | zorghuis noord 07654321 | <- zorghuis noord 07654321
        | 5000           | 3000                    | 2000                    |
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 | Zorghuis Zuid 07654321 |
        | 5000           | 3000                    | 2000                   |
    """
    seen: dict[str, Party] = {}
    for party in parties:
        known = [one for one in (party.name.casefold(), party.code) if one]
        earlier = next((seen[one] for one in known if one in seen), None)
        if earlier is not None:
            yield Problem(
                party, key=party.heading, party=party.heading, earlier=earlier.heading, related=(earlier,)
            )
        for one in known:
            seen.setdefault(one, party)


@check("K105", per=Party)
def party_without_amount(party: Party, payments: tuple[Payment, ...]) -> Problems:
    """A party column without any amount.

    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 | Zorghuis Zuid 07654321 | <- Zorghuis Zuid 07654321
        | 5000           | 5000                    | 0                      |
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 | Zorghuis Zuid 07654321 |
        | 5000           | 4999                    | 1                      |
    """
    if payments and not party.paid_rows:
        yield Problem(party, party=party.heading)


@check("K106", per=Payment)
def payment_not_split(total: Decimal, shares: tuple[Share, ...], split_elsewhere: bool) -> Problems:
    """A paid row says of no party what it gets, while other rows do.

    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 5000           | 5000                    |
        | 4000           |                         | <- (totaal)Bedrag
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 5000           | 5000                    |
        | 1              | 1                       |
    """
    if total != 0 and split_elsewhere and not any(one.euros for one in shares):
        yield Problem("total", total=total, related=tuple(one for one in shares if one.cell))


@check("K107", per=Plan)
def citizen_number_found(citizen_cells: tuple[Cell, ...]) -> Problems:
    """A text holds a citizen service number; it is masked in every output.

    Bad:
        | Bewijsvoering                                  |
        | Dossier van de heer met nummer 111222333 erbij | <- Bewijsvoering
    Good:
        | Bewijsvoering                                  |
        | Dossier met nummer 111222334 en AGB 01234567   |
    """
    for cell in citizen_cells:
        yield Problem(cell, typed=str(cell.value))


@check("K108", per=Plan, reads=("shares",))
def party_total_mismatch(plan: Plan, party_agreements: tuple[AgreedParty, ...]) -> Problems:
    """A party's column is not the total agreed for it, or has money in a subproject where it may not.

    Bad:
        --party Zorghuis Noord=5001
        | (totaal)Bedrag | Zorghuis Noord 01234567 | <- Zorghuis Noord 01234567
        | 5000           | 5000                    |
    Good:
        --party Zorghuis Noord=5000
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 5000           | 5000                    |
    """
    for agreed in party_agreements:
        wanted = agreed.party.casefold()
        columns = [one for one in plan.parties if wanted in (one.name.casefold(), one.code.casefold())]
        amount = sum((one.amount for one in columns), ZERO)
        place = columns[0] if columns else "total"
        if agreed.total is not None and not same_euros(amount, agreed.total):
            yield Problem(
                place,
                key=agreed.party,
                kind="total",
                party=agreed.party,
                amount=amount,
                agreed=agreed.total,
                difference=abs(amount - agreed.total),
            )
        allowed = [normalised(one) for one in agreed.subprojects]
        headings = {one.heading for one in columns}
        elsewhere = [row for row in plan.payments if row.subproject not in allowed] if allowed else []
        for row in elsewhere:
            for one in row_shares(row):
                if one.party in headings and one.euros:
                    yield Problem(
                        one, key=agreed.party, on=row, kind="subproject", party=agreed.party, amount=one.euros
                    )
