"""K: kassier and parties."""

from decimal import Decimal

from kpicheck.finding import Problem, Problems
from kpicheck.model import Party, Payment, Share
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
        yield Problem(party, typed=party.heading, amount=party.amount)


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
        yield Problem(party, party=party.name)


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
