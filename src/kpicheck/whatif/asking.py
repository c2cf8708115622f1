"""What --set and --move say: 2.5.date=2027-12-31, and 84000:1.1:2.6."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kpicheck.dutch.notation import amount, day
from kpicheck.model import Cell, Payment, Plan, Typed, Value
from kpicheck.usage import UsageError
from kpicheck.whatif.naming import rows_by_word, the_place, the_row

_MONEY = ("total", "party")
_PIECES = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """A cell that is typed anew: of which row, which field (a party by its heading), and what."""

    row: Payment
    field: str
    party: str
    text: str
    typed: Typed


@dataclass(frozen=True, slots=True)
class Move:
    """Money that goes from one row to another."""

    amount: Decimal
    source: Payment
    target: Payment


def read_setting(plan: Plan, word: str, language: str) -> Setting:
    """Read KPI.field=value. Raises UsageError."""
    left, equals, text = word.partition("=")
    if not equals or "." not in left:
        raise UsageError("bad-set", word=word)
    kpi, rest = _divided(plan, left)
    if text.lstrip().startswith("="):
        raise UsageError("set-formula", word=word)
    row = the_row(plan, kpi)
    field, found = the_place(plan, row, rest, language)
    cell = found.cell
    party = getattr(found, "party", "")
    return Setting(row, field, party, text.strip(), _typed(cell, taken(field, text.strip())))


def read_settings(plan: Plan, words: Iterable[str], language: str) -> list[Setting]:
    """Read all that is set, each cell once. Raises UsageError."""
    found: dict[tuple[str, int, int], Setting] = {}
    for word in words:
        one = read_setting(plan, word, language)
        place = one.typed.sheet, one.typed.row, one.typed.column
        if place in found:
            raise UsageError("set-twice", word=word.partition("=")[0])
        found[place] = one
    return list(found.values())


def _divided(plan: Plan, left: str) -> tuple[str, str]:
    """The KPI and the field; numbers and names may hold dots themselves."""
    plain = left.casefold()
    known = [one for one in rows_by_word(plan) if plain.startswith(f"{one}.")]
    if not known:
        kpi, _, field = left.rpartition(".")
        return kpi, field
    longest = max(map(len, known))
    return left[:longest], left[longest + 1 :]


def taken(field: str, text: str) -> Value:
    """What Excel makes of a typed text: a date or an amount where it is surely one, else text."""
    if not text:
        return None
    if field == "date":
        return day(text) or text
    if field in _MONEY:
        found = amount(text)
        return text if found is None else found
    return text


def _typed(cell: Cell | None, value: Value) -> Typed:
    if cell is None:
        raise UsageError("no-such-column", field="")
    return Typed(sheet=cell.sheet, row=cell.row, column=cell.column, value=value)


def read_move(plan: Plan, word: str) -> Move:
    """Read AMOUNT:FROM:TO. Raises UsageError."""
    found = list(_moves(plan, word))
    if len(found) != 1:
        raise UsageError("bad-move", word=word)
    return found[0]


def _moves(plan: Plan, word: str) -> Iterator[Move]:
    pieces = word.split(":")
    if len(pieces) != _PIECES:
        return
    money = amount(pieces[0])
    if money is None or money <= 0:
        raise UsageError("bad-amount", word=pieces[0], option="--move")
    yield Move(money, the_row(plan, pieces[1]), the_row(plan, pieces[2]))
