"""One change in a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kpicheck import texts
from kpicheck.clean import flat
from kpicheck.comparison.changes import FieldChange, MoneyChange, PartyChange
from kpicheck.comparison.readings import TEXTS, Reading
from kpicheck.comparison.shape import Comparison
from kpicheck.comparison.wording import Piece, pieces
from kpicheck.model import Payment
from kpicheck.report.differences.versions import Versions

_WORDED = ("name", *TEXTS)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, with the words of both versions behind it, or with lines of its own."""

    said: str
    pieces: tuple[Piece, ...] = ()
    under: tuple[str, ...] = ()


def field_line(versions: Versions, one: FieldChange) -> Line:
    """A field that says something else."""
    field = texts.text("fields", one.field, versions.language) if one.field != "number" else ""
    if not one.certain:
        old, new = said(versions, one.old), said(versions, one.new)
        return Line(versions.say("unread", field=field, old=old, new=new, unread=_unread(versions, one)))
    if one.field in _WORDED:
        old, new = (flat(str(side.value or "")) for side in (one.old, one.new))
        key = "text_changed" if old and new else "text_emptied" if old else "text_filled"
        return Line(versions.say(key, field=field), pieces(old, new))
    if one.field == "date":
        return Line(" ".join(_date(versions, one)))
    old, new = said(versions, one.old), said(versions, one.new)
    return Line(versions.say(f"{one.field}_changed", old=old, new=new))


def _date(versions: Versions, one: FieldChange) -> Iterator[str]:
    days = one.days or 0
    key = "date_later" if days > 0 else "date_earlier" if days < 0 else "date_changed"
    old, new = said(versions, one.old), said(versions, one.new)
    yield versions.say(key, old=old, new=new, days=abs(days))
    days_of = [side.value if isinstance(side.value, dt.date) else None for side in (one.old, one.new)]
    periods = [versions.period(day) for day in days_of]
    if periods[0] != periods[1]:
        yield versions.say("other_period", old=periods[0], new=periods[1])
    elif days:
        yield versions.say("same_period", period=periods[1])


def said(versions: Versions, one: Reading) -> str:
    """What a field says, or what was typed where that cannot be read."""
    if not one.readable:
        return versions.say("typed", typed=flat(one.typed))
    value = one.value
    if value is None or value == "":
        return versions.say("empty")
    if isinstance(value, Decimal):
        return versions.euro(value)
    if isinstance(value, dt.date):
        return texts.day(value, versions.language)
    return versions.kind(value) if value in ("effort", "result") else flat(str(value))


def _unread(versions: Versions, one: FieldChange | MoneyChange | PartyChange) -> str:
    sides = [side for side in ("old", "new") if not getattr(one, side).readable]
    return versions.say("unread_both" if len(sides) > 1 else f"unread_{sides[0]}")


def money_line(versions: Versions, found: Comparison, one: MoneyChange) -> Line:
    """The money of a row, with the parties that get something else."""
    facts = {"old": one.old.value, "new": one.new.value, "difference": abs(one.difference or 0)}
    if not (one.old.readable and one.new.readable):
        if one.old.essence == one.new.essence:
            told = versions.say("money_same_unread", total=said(versions, one.new))
        else:
            sides = {"old": said(versions, one.old), "new": said(versions, one.new)}
            told = versions.say("money_unread", **sides, unread=_unread(versions, one))
    elif one.difference:
        told = versions.say("money_more" if one.difference > 0 else "money_less", **facts)
    elif one.new.value is None:
        told = versions.say("money_split")
    else:
        told = versions.say("money_same", total=one.new.value)
    return Line(told, under=tuple(party_lines(versions, found, one.parties)))


def party_lines(versions: Versions, found: Comparison, parties: Iterable[PartyChange]) -> Iterator[str]:
    """What each of those parties had, and gets."""
    for one in parties:
        pair = found.parties[one.party]
        party = versions.party((pair.new or pair.old)[0])
        sides = [
            " + ".join(map(versions.euro, side.amounts)) if len(side.amounts) > 1 else said(versions, side)
            for side in (one.old, one.new)
        ]
        facts = {"party": party, "old": sides[0], "new": sides[1]}
        if one.old.readable and one.new.readable:
            yield versions.say("party_changed", **facts)
        else:
            yield versions.say("party_unread", **facts, unread=_unread(versions, one))


def what(versions: Versions, row: Payment) -> dict[str, str]:
    """Amount, type and date of a row."""
    kind = row.type.value
    typed = flat(str(row.total.cell.value)) if row.total.cell and row.total.value is None else ""
    return {
        "amount": versions.euro(row.total.value)
        if row.total.value is not None
        else versions.say("typed", typed=typed)
        if row.total.filled
        else versions.say("empty_money"),
        "kind": versions.kind(kind.value if kind else None),
        "date": versions.day(row.date.value),
    }
