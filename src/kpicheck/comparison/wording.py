"""Two versions of a text word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal

from kpicheck.comparison.terms import terms


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that both versions have, or only the old or the new one."""

    kind: Literal["same", "old", "new"]
    text: str


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The words of both versions in order. What is too long to compare is gone and new as a whole."""
    before, after = old.split(), new.split()
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    middle = before[start : len(before) - end], after[start : len(after) - end]
    found = (*_piece("same", before[:start]), *_middle(*middle), *_piece("same", before[len(before) - end :]))
    return tuple(found)


def _shared(left: Sequence[str], right: Sequence[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(left, right, strict=False)))


def _middle(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    if len(before) * len(after) > terms().most_words_shown:
        yield from (*_piece("old", before), *_piece("new", after))
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag == "equal":
            yield from _piece("same", before[first:last])
        else:
            yield from (*_piece("old", before[first:last]), *_piece("new", after[new_first:new_last]))


def _piece(kind: Literal["same", "old", "new"], words: Sequence[str]) -> Iterator[Piece]:
    if words:
        yield Piece(kind, " ".join(words))
