"""Rows that may be the same KPI without it being certain: not comparable, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from kpicheck.comparison.entries import Entry
from kpicheck.comparison.likeness import Likeness, best_two
from kpicheck.comparison.terms import Terms

_REASONS = ("ambiguous", "number", "unlike")


@dataclass(frozen=True, slots=True)
class UnclearEntry:
    """Rows of both plans that cannot be compared: several alike, the same number, or not alike enough."""

    old: tuple[Entry, ...]
    new: tuple[Entry, ...]
    reason: str
    likeness: float


@dataclass(frozen=True, slots=True)
class _Tie:
    old: Entry
    new: Entry
    reason: str
    likeness: float


def unclear(
    old: Iterable[Entry], new: Iterable[Entry], likeness: Likeness, terms: Terms
) -> list[UnclearEntry]:
    """The rows that are still alone and resemble each other, in groups that belong together."""
    before, after = list(old), list(new)
    ties: dict[Entry, list[_Tie]] = {}
    for tie in _ties(before, after, likeness, terms):
        ties.setdefault(tie.old, []).append(tie)
        ties.setdefault(tie.new, []).append(tie)
    found = []
    seen: set[Entry] = set()
    for one in before:
        if one in ties and one not in seen:
            group = _group(one, ties)
            seen |= group
            found.append(_told(group, before, after, ties))
    return found


def _told(
    group: set[Entry], old: list[Entry], new: list[Entry], ties: dict[Entry, list[_Tie]]
) -> UnclearEntry:
    inside = [tie for one in group for tie in ties[one]]
    return UnclearEntry(
        tuple(row for row in old if row in group),
        tuple(row for row in new if row in group),
        min((tie.reason for tie in inside), key=_REASONS.index),
        max(tie.likeness for tie in inside),
    )


def _ties(old: list[Entry], new: list[Entry], likeness: Likeness, terms: Terms) -> Iterator[_Tie]:
    scores = likeness.scores(old, new)
    best = best_two(scores)
    for (one, other), like in scores.items():
        if like >= terms.alike:
            yield _Tie(one, other, "ambiguous", like)
        elif like == best[one][0] == best[other][0]:
            yield _Tie(one, other, "unlike", like)
    before, after = _by_number(old), _by_number(new)
    for number in before.keys() & after.keys():
        rows = before[number], after[number]
        if max(map(len, rows)) <= terms.most_candidates:
            yield from (
                _Tie(one, other, "number", likeness.shown(one, other)) for one, other in product(*rows)
            )


def _by_number(rows: list[Entry]) -> dict[tuple[str, str], list[Entry]]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for one in rows:
        if one.number:
            found.setdefault((one.kind, one.number), []).append(one)
    return found


def _group(first: Entry, ties: dict[Entry, list[_Tie]]) -> set[Entry]:
    """The rows that hang together with a row."""
    rows, waiting = {first}, [first]
    while waiting:
        for tie in ties[waiting.pop()]:
            for one in {tie.old, tie.new} - rows:
                rows.add(one)
                waiting.append(one)
    return rows
