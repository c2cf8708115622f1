"""How much the words of two rows are alike, and which rows are so alike that they are the same KPI."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from kpicheck.comparison.entries import Entry
from kpicheck.comparison.terms import Terms

Scores = Mapping[tuple[Entry, Entry], float]


class Likeness:
    """The likeness of rows, each worked out once. When it is off, no text is compared any more."""

    def __init__(self, terms: Terms) -> None:
        """Take the terms."""
        self._terms = terms
        self._known: dict[tuple[Entry, Entry], float] = {}
        self.off = False

    def of(self, old: Entry, new: Entry) -> float:
        """How much two rows are alike; nought where it is certain that it is less than any term asks."""
        if self.off:
            return 0.0
        if (old, new) not in self._known:
            self._known[old, new] = self._worked_out(old, new)
        return self._known[old, new]

    def _worked_out(self, old: Entry, new: Entry) -> float:
        if old.kind != new.kind or not (old.words and new.words):
            return 0.0
        least = min(self._terms.alike_with_number, self._terms.resembling)
        found = SequenceMatcher(None, old.words, new.words, autojunk=False)
        if found.real_quick_ratio() < least or found.quick_ratio() < least:
            return 0.0
        return found.ratio()

    def fits(self, least: float) -> Callable[[Entry, Entry], bool]:
        """Whether rows that share a number are alike enough; without words they are."""

        def fit(old: Entry, new: Entry) -> bool:
            return not (old.words and new.words) or self._worked_out(old, new) >= least

        return fit

    def shown(self, old: Entry, new: Entry) -> float:
        """How much two rows are alike, however little; of very many rows only where it is not too little."""
        if self.off:
            return self._worked_out(old, new)
        return SequenceMatcher(None, old.words, new.words, autojunk=False).ratio()

    def scores(self, old: Iterable[Entry], new: Iterable[Entry]) -> Scores:
        """The rows that resemble each other."""
        least = self._terms.resembling
        after = [] if self.off else list(new)
        return {
            (one, other): like for one in old for other in after if (like := self.of(one, other)) >= least
        }

    def sure_pairs(self, old: Iterable[Entry], new: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
        """Rows that are alike, and clearly more than either is like any other row that is still alone."""
        left = dict(self.scores(old, new))
        while sure := list(self._sure(left)):
            yield from sure
            taken = {one for pair in sure for one in pair}
            left = {pair: like for pair, like in left.items() if taken.isdisjoint(pair)}

    def _sure(self, scores: Scores) -> Iterator[tuple[Entry, Entry]]:
        best = best_two(scores)
        for (old, new), like in scores.items():
            first = like == best[old][0] == best[new][0]
            second = max(best[old][1], best[new][1])
            if first and like >= self._terms.alike and like - second >= self._terms.apart:
                yield old, new


def best_two(scores: Scores) -> dict[Entry, tuple[float, float]]:
    """The highest likeness of each row, and the one after that."""
    found: dict[Entry, tuple[float, float]] = {}
    for pair, like in scores.items():
        for one in pair:
            first, second = found.get(one, (0.0, 0.0))
            found[one] = (like, first) if like > first else (first, max(second, like))
    return found
