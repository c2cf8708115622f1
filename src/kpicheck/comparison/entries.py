"""A row as it is compared with others: what it is called, its words, and all that it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpicheck.comparison.readings import TEXTS, Reading, plain, reading
from kpicheck.dutch.naming import number_in, without_number
from kpicheck.model import Payment, normalised

Split = Callable[[Payment], dict[int, Reading]]
Body = tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A row with what it is known by: number, name without the number, words, and everything else it says."""

    row: Payment
    kind: str
    number: str
    name: str
    words: tuple[str, ...]
    body: Body
    told: bool
    euros: Decimal


def number_of(row: Payment) -> str:
    """The number of a row: at the end of its name or in its own column, else anywhere in its name."""
    return row.number or number_in(row.name.value or "") or ""


def called(row: Payment) -> str:
    """The name of a row without its number."""
    return plain(without_number(row.name.value or "", number_of(row)))


def entries(
    rows: Iterable[Payment], fields: Sequence[str], split: Split | None, most_words: int
) -> list[Entry]:
    """The rows of one plan with what both plans have columns for."""
    return [_entry(row, fields, split, most_words) for row in rows]


def _entry(row: Payment, fields: Sequence[str], split: Split | None, most_words: int) -> Entry:
    name = normalised(called(row)) if "name" in fields else ""
    texts = [str(row.field(one).value or "") for one in TEXTS[:2] if one in fields]
    said = [reading(row, one) for one in fields if one != "name"]
    shares = split(row) if split else {}
    parts = [(index, shares[index].essence) for index in sorted(shares)]
    return Entry(
        row=row,
        kind=type(row).__name__,
        number=number_of(row).casefold(),
        name=name,
        words=tuple(f"{name} {normalised(' '.join(texts))}".split()[:most_words]),
        body=(*(one.essence for one in said), *parts),
        told=any(map(str.strip, texts)),
        euros=row.euros,
    )
