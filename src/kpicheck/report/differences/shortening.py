"""Long stretches that both versions of a text have, shortened: what changed is what matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpicheck.comparison.wording import Piece

_AROUND = 10  # words shown before and behind a change
_LEAST_LEFT_OUT = 8


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with an ellipsis where many words are the same."""
    last = len(pieces) - 1
    return [
        _piece(one, first=index == 0, last=index == last) if one.kind == "same" else one
        for index, one in enumerate(pieces)
    ]


def _piece(one: Piece, *, first: bool, last: bool) -> Piece:
    words = one.text.split()
    head, tail = (0 if first else _AROUND), (0 if last else _AROUND)
    if len(words) < head + tail + _LEAST_LEFT_OUT:
        return one
    kept = [*words[:head], "…", *words[len(words) - tail :]]
    return replace(one, text=" ".join(kept))
