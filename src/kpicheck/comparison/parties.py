"""Which parties of two plans are the same, and what each gets of a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpicheck.comparison.readings import Reading, money, place, typed
from kpicheck.model import ZERO, Party, Payment, Plan, Share, normalised, row_shares


@dataclass(frozen=True, slots=True)
class PartyPair:
    """A party in both versions, or in one of them; columns of one party count together."""

    old: tuple[Party, ...]
    new: tuple[Party, ...]

    @property
    def before(self) -> Decimal:
        """What the party had."""
        return sum((one.amount for one in self.old), ZERO)

    @property
    def after(self) -> Decimal:
        """What the party gets."""
        return sum((one.amount for one in self.new), ZERO)

    @property
    def renamed(self) -> bool:
        """Whether its name or code was changed."""
        return bool(self.old and self.new) and _called(self.old[0]) != _called(self.new[0])


def _called(party: Party) -> tuple[str, str]:
    return normalised(party.name or party.heading), normalised(party.code)


Key = Callable[[Party], str]
_KEYS: tuple[Key, ...] = (
    lambda party: normalised(party.code),
    lambda party: normalised(party.name),
    lambda party: normalised(party.heading),
)


def paired_parties(old: Sequence[Party], new: Sequence[Party]) -> tuple[PartyPair, ...]:
    """The parties of both plans by their code, else by their name, else by their heading."""
    before, after = _grouped(old), _grouped(new)
    found: dict[int, int] = {}
    for key in _KEYS:
        known = _unique(before, set(before) - found.keys(), key)
        words = _unique(after, set(after) - set(found.values()), key)
        found |= {known[word]: index for word, index in words.items() if word in known}
    pairs = [PartyPair(one, after.get(found.get(index, -1), ())) for index, one in before.items()]
    return (*pairs, *(PartyPair((), after[index]) for index in sorted(set(after) - set(found.values()))))


def _grouped(parties: Iterable[Party]) -> dict[int, tuple[Party, ...]]:
    groups: dict[str, list[Party]] = {}
    for one in parties:
        words = (key(one) for key in _KEYS)
        groups.setdefault(next((word for word in words if word), ""), []).append(one)
    return dict(enumerate(map(tuple, groups.values())))


def _unique(groups: dict[int, tuple[Party, ...]], free: set[int], key: Key) -> dict[str, int]:
    """The free groups by their word, where no other has the same; all without any word are one group."""
    words = {index: key(groups[index][0]) for index in free}
    often = Counter(words.values())
    return {word: index for index, word in words.items() if often[word] == 1 and (word or key is _KEYS[-1])}


class Columns:
    """The parties of two plans, by the headings of their columns."""

    def __init__(self, old: Plan, new: Plan) -> None:
        """Pair the parties of both plans."""
        self.pairs = paired_parties(old.parties, new.parties)
        self._old = _by_heading(one.old for one in self.pairs)
        self._new = _by_heading(one.new for one in self.pairs)

    def of_old(self, heading: str) -> int | None:
        """Which pair a column of the old plan is, by its heading."""
        return self._old.get(normalised(heading))

    def of_new(self, heading: str) -> int | None:
        """Which pair a column of the new plan is, by its heading."""
        return self._new.get(normalised(heading))

    def split_of_old(self, row: Payment) -> dict[int, Reading]:
        """What each party gets of a row of the old plan."""
        return _split(row, self._old)

    def split_of_new(self, row: Payment) -> dict[int, Reading]:
        """What each party gets of a row of the new plan."""
        return _split(row, self._new)


def _by_heading(groups: Iterable[tuple[Party, ...]]) -> dict[str, int]:
    return {normalised(one.heading): index for index, group in enumerate(groups) for one in group}


def _split(row: Payment, places: dict[str, int]) -> dict[int, Reading]:
    shares: dict[int, list[Share]] = {}
    for one in row_shares(row):
        shares.setdefault(places[normalised(one.party)], []).append(one)
    found = {index: _reading(group) for index, group in shares.items()}
    return {index: one for index, one in found.items() if not one.readable or one.value}


def _reading(shares: Sequence[Share]) -> Reading:
    """One party's part of a row; columns of one party are told apart only by what is in them."""
    broken = [one for one in shares if money(one.amount) is None]
    amounts = sorted(one.euros for one in shares if one.euros)
    told = [typed(one.cell) for one in broken] if broken else [f"{one:f}" for one in amounts]
    return Reading(
        None if broken else sum(amounts, ZERO),
        " + ".join(told),
        place(shares[0].cell),
        broken[0].amount.gap if broken else None,
        tuple(amounts),
    )
