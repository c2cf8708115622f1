"""Which rows of two plans are the same KPI: by number and name, else by what they say. Never guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from kpicheck.comparison.entries import Entry
from kpicheck.comparison.likeness import Likeness
from kpicheck.comparison.splits import SplitEntry, splits
from kpicheck.comparison.terms import Terms
from kpicheck.comparison.unclear import UnclearEntry, unclear

Key = Callable[[Entry], Hashable | None]
Fits = Callable[[Entry, Entry], bool]
_FEWEST_WORDS = 20  # what it costs to begin comparing two rows, counted in words


@dataclass(frozen=True, slots=True)
class Matched:
    """What became of the rows of both plans. `skipped` says that there were too many texts to compare."""

    pairs: tuple[tuple[Entry, Entry], ...]
    splits: tuple[SplitEntry, ...]
    merges: tuple[SplitEntry, ...]
    unclear: tuple[UnclearEntry, ...]
    dropped: tuple[Entry, ...]
    added: tuple[Entry, ...]
    skipped: bool


def matched(old: Sequence[Entry], new: Sequence[Entry], terms: Terms) -> Matched:
    """Match the rows of two plans, the surest ways first."""
    work = _Matcher(old, new)
    likeness = Likeness(terms)
    names = _distinct(old) & _distinct(new)
    alike = likeness.fits(terms.alike_with_number)
    work.by(lambda one: (one.number, one.name, one.body), several=True)
    work.by(lambda one: (one.number, one.name) if one.number and one.name in names else None)
    work.by(lambda one: one.body if one.told else None)
    work.by(lambda one: (one.number, one.name) if one.number else None, alike)
    work.by(lambda one: one.name if one.name in names else None)
    work.by(lambda one: one.number or None, alike)
    likeness.off = many = work.words_to_compare > terms.most_word_pairs
    split = splits(work.pairs, work.old, work.new, likeness, terms)
    work.take(split)
    merged = splits({new: old for old, new in work.pairs.items()}, work.new, work.old, likeness, terms)
    work.take_back(merged)
    work.pair(likeness.sure_pairs(work.old, work.new))
    work.by(lambda one: (one.number, one.name) if one.number and one.name else None)
    left = unclear(work.old, work.new, likeness, terms)
    told = {one for group in left for one in (*group.old, *group.new)}
    return Matched(
        pairs=tuple(work.pairs.items()),
        splits=tuple(split),
        merges=tuple(merged),
        unclear=tuple(left),
        dropped=tuple(one for one in work.old if one not in told),
        added=tuple(one for one in work.new if one not in told),
        skipped=many,
    )


def _distinct(rows: Iterable[Entry]) -> set[str]:
    """The names that only one row has."""
    names = Counter(one.name for one in rows)
    return {name for name, number in names.items() if name and number == 1}


class _Matcher:
    """The rows that were paired, and those that are still alone."""

    def __init__(self, old: Iterable[Entry], new: Iterable[Entry]) -> None:
        self.old = dict.fromkeys(old)
        self.new = dict.fromkeys(new)
        self.pairs: dict[Entry, Entry] = {}

    @property
    def words_to_compare(self) -> int:
        """How many words may have to be compared with each other, in pairs."""
        old, new = _words(self.old), _words(self.new)
        less = _words(old for old, new in self.pairs.items() if new.euros < old.euros)
        more = _words(new for old, new in self.pairs.items() if new.euros > old.euros)
        return (old + less) * new + more * old

    def by(self, key: Key, fits: Fits | None = None, *, several: bool = False) -> None:
        """Pair the rows with the same key, where only one row on each side has it.

        `several` pairs as many as there are: for rows that say the same in everything.
        """
        before, after = _by_key(self.old, key), _by_key(self.new, key)
        for word, rows in before.items():
            same = after.get(word, [])
            if several or len(rows) == len(same) == 1:
                both = zip(rows, same, strict=False)
                self.pair(pair for pair in both if fits is None or fits(*pair))

    def pair(self, pairs: Iterable[tuple[Entry, Entry]]) -> None:
        """Take these rows as the same."""
        for old, new in pairs:
            self.pairs[old] = new
            del self.old[old], self.new[new]

    def take(self, found: Iterable[SplitEntry]) -> None:
        """Take rows of the old plan, with all that became of them."""
        for one in found:
            self.pairs.pop(one.whole, None)
            self.old.pop(one.whole, None)
            for part in one.parts:
                self.new.pop(part, None)

    def take_back(self, found: Iterable[SplitEntry]) -> None:
        """Take rows of the new plan, with all that they were made of."""
        for one in found:
            self.new.pop(one.whole, None)
            for part in one.parts:
                self.pairs.pop(part, None)
                self.old.pop(part, None)


def _words(rows: Iterable[Entry]) -> int:
    """How many words those rows have; few words cost as much as some."""
    return sum(max(len(one.words), _FEWEST_WORDS) for one in rows)


def _by_key(rows: Iterable[Entry], key: Key) -> dict[Hashable, list[Entry]]:
    found: dict[Hashable, list[Entry]] = {}
    for one in rows:
        word = key(one)
        if word is not None:
            found.setdefault((one.kind, word), []).append(one)
    return found
