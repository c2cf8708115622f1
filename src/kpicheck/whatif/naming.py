"""Which row, field or party of a plan a word means. A word that means none, or several, is wrong usage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from kpicheck import texts
from kpicheck.comparison.entries import number_of
from kpicheck.model import Field, Gap, Party, Payment, Plan, Share, normalised, row_shares
from kpicheck.usage import UsageError, nearest

_PARTY_NAMES: tuple[Callable[[Party], str], ...] = (
    lambda party: party.code,
    lambda party: party.name,
    lambda party: party.heading,
)
_ALIKE = 0.65  # "number" is no misspelt "name"
FIELDS = ("name", "smart", "date", "type", "evidence", "total", "explanation")


def rows_by_word(plan: Plan) -> Mapping[str, list[Payment]]:
    """The rows by every word they can be named with: number, "rij12", and "blad!rij12"."""
    found: dict[str, list[Payment]] = {}
    for row in plan.payments:
        for word in dict.fromkeys(_words(row)):
            found.setdefault(word.casefold(), []).append(row)
    return found


def _words(row: Payment) -> Iterator[str]:
    if number := number_of(row):
        yield from (number, f"KPI {number}")
    for word in row_words(row):
        yield from (word, f"{row.sheet}!{word}")


def row_words(row: Payment) -> list[str]:
    """How a row is named by its place: rij12 in Dutch, row12 in English."""
    told = (texts.text("differences", "row", one, {"row": row.row}) for one in texts.LANGUAGES)
    return ["".join(word.split()) for word in told]


def the_row(plan: Plan, word: str) -> Payment:
    """The one row that a word means. Raises UsageError."""
    known = rows_by_word(plan)
    found = known.get(word.strip().casefold(), [])
    if not found:
        raise UsageError("unknown-kpi", word=word, nearest=nearest(word, known))
    if len(found) > 1:
        raise UsageError("kpi-twice", word=word, rows=", ".join(map(_place, found)))
    return found[0]


def _place(row: Payment) -> str:
    return f"{row.sheet}!{row_words(row)[0]}"


def same_row(plan: Plan, row: Payment) -> Payment:
    """The row at the same place in a plan read anew. Raises UsageError where it is no KPI any more."""
    for one in plan.payments:
        if (one.sheet, one.row) == (row.sheet, row.row):
            return one
    raise UsageError("kpi-gone", word=_place(row))


@cache
def _fields() -> Mapping[str, str]:
    """The fields by every name they go by, in both languages."""
    found = {one: one for one in FIELDS}
    for language in texts.LANGUAGES:
        for part in ("fields", "set_fields"):
            known = texts.texts(language)[part]
            found |= {normalised(str(known[one])): one for one in FIELDS if one in known}
    return found


def the_place(plan: Plan, row: Payment, word: str, language: str) -> tuple[str, Field[object] | Share]:
    """The field of a row, or the part of a party, that a word means. Raises UsageError."""
    field = _fields().get(normalised(word))
    if field is not None:
        found = row.field(field)
        if found.cell is None or found.gap is Gap.ABSENT:
            raise UsageError("no-such-column", field=word)
        return field, found
    return "party", share_of(row, the_party(plan, word, language))


def the_party(plan: Plan, word: str, language: str) -> Party:
    """The one party that a code, name or heading means. Raises UsageError."""
    plain = normalised(word)
    for names in _PARTY_NAMES:
        found = [one for one in plan.parties if plain and normalised(names(one)) == plain]
        if len(found) > 1:
            raise UsageError("party-twice", word=word)
        if found:
            return found[0]
    fields = [texts.text("set_fields", one, language) for one in FIELDS]
    known = [*fields, *(name for one in plan.parties for names in _PARTY_NAMES if (name := names(one)))]
    shown = [*fields, *(one.code or one.name or one.heading for one in plan.parties)]
    told = ", ".join(one for one in shown if one)
    raise UsageError("unknown-field", word=word, known=told, nearest=nearest(word, known, least=_ALIKE))


def share_of(row: Payment, party: Party) -> Share:
    """What a party gets of a row. Raises UsageError where it has no cell of its own there."""
    found = [one for one in row_shares(row) if normalised(one.party) == normalised(party.heading)]
    if party.listed:
        raise UsageError("listed-parties")
    if len(found) != 1 or found[0].cell is None:
        raise UsageError("no-such-column", field=party.heading)
    return found[0]
