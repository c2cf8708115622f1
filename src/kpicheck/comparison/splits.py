"""One KPI that became several, or several that became one: the money adds up and the rows resemble it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from kpicheck.comparison.entries import Entry
from kpicheck.comparison.likeness import Likeness
from kpicheck.comparison.terms import Terms
from kpicheck.dutch.naming import groups
from kpicheck.model import same_euros


@dataclass(frozen=True, slots=True)
class SplitEntry:
    """A row of one plan, and the rows of the other that it was divided over."""

    whole: Entry
    parts: tuple[Entry, ...]


def splits(
    pairs: Mapping[Entry, Entry],
    alone: Iterable[Entry],
    loose: Iterable[Entry],
    likeness: Likeness,
    terms: Terms,
) -> list[SplitEntry]:
    """The rows that were divided: rows that are alone now, or whose counterpart has less money.

    `pairs` leads from such a row to its counterpart, `loose` are the rows that are new.
    """
    free = dict.fromkeys(loose)
    numbered = _by_group(free)
    found = []
    wholes: list[tuple[Entry, Entry | None]] = [(one, None) for one in alone]
    wholes += [(one, kept) for one, kept in pairs.items() if kept.euros < one.euros]
    for whole, kept in wholes:
        near = [one for one in numbered.get(whole.number, ()) if one in free]
        near += [] if likeness.off else [one for one in free if _alike(whole, one, likeness, terms)]
        parts = _parts(whole, kept, list(dict.fromkeys(near)), terms)
        if parts:
            found.append(SplitEntry(whole, parts))
            for one in parts:
                free.pop(one, None)
    return found


def _by_group(rows: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The rows by the numbers that theirs is in: 2.1a is in 2.1."""
    found: dict[str, list[Entry]] = {}
    for one in rows:
        for number in groups(one.number) - {one.number}:
            found.setdefault(number, []).append(one)
    return found


def _parts(whole: Entry, kept: Entry | None, near: list[Entry], terms: Terms) -> tuple[Entry, ...]:
    """What a row was divided over; nothing where no rows, or more than one choice of rows, add up to it."""
    money = whole.euros - (kept.euros if kept else Decimal(0))
    able = [one for one in near if Decimal(0) < one.euros <= money and one.kind == whole.kind]
    if money <= 0 or len(able) > terms.most_candidates:
        return ()
    before = (kept,) if kept else ()
    chosen = [one for one in _choices(able, terms.most_parts - len(before)) if _adds_up(one, money)]
    everything = [one for one in chosen if len(one) == len(able)]
    only = everything or chosen
    return (*before, *only[0]) if len(only) == 1 and len(before) + len(only[0]) > 1 else ()


def _choices(rows: list[Entry], most: int) -> Iterator[tuple[Entry, ...]]:
    for size in range(1, min(most, len(rows)) + 1):
        yield from combinations(rows, size)


def _adds_up(rows: Iterable[Entry], money: Decimal) -> bool:
    return same_euros(sum((one.euros for one in rows), Decimal(0)), money)


def _alike(whole: Entry, part: Entry, likeness: Likeness, terms: Terms) -> bool:
    """By words; with the same name less is enough."""
    least = terms.alike_with_number if whole.name and whole.name == part.name else terms.resembling
    return likeness.of(whole, part) >= least
