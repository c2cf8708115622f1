"""Payments per half-year, stacked by type."""

from __future__ import annotations

from collections.abc import Iterator

from kpicheck.report.figures import TYPES, Words
from kpicheck.report.glance import Glance, Half
from kpicheck.report.html.pictures.axis import BOTTOM, LEFT, Axis
from kpicheck.report.html.pictures.drawing import WIDTH, Drawing, Element, label, legend, rectangle

_HEIGHT = 300
_MOST_LABELS = 12


def halves(glance: Glance, words: Words) -> list[Drawing]:
    """A column for each half-year."""
    if not glance.halves or any(amount < 0 for one in glance.halves for amount in one.money.by_type.values()):
        return []
    axis = Axis(max(one.money.total for one in glance.halves))
    elements = [*axis.lines(words)]
    wide = (WIDTH - LEFT) / len(glance.halves)
    every = -(-len(glance.halves) // _MOST_LABELS)
    for number, half in enumerate(glance.halves):
        left = LEFT + number * wide
        elements += _column(axis, half, left + wide * 0.15, min(wide * 0.7, 70))
        if number % every == 0:
            middle = left + wide * 0.15 + min(wide * 0.7, 70) / 2
            elements.append(label(f"{half.year}-{half.half}", middle, BOTTOM + 18, "middle"))
    shown = [kind for kind in TYPES if any(one.money.by_type[kind] for one in glance.halves)]
    elements += legend(words, shown, _HEIGHT - 8, LEFT)
    return [Drawing(words.say("title_halves"), words.say("picture_halves"), _HEIGHT, elements)]


def _column(axis: Axis, half: Half, left: float, wide: float) -> Iterator[Element]:
    below = axis.height(half.money.total)
    for kind in reversed(TYPES):
        high = BOTTOM - axis.height(half.money.by_type[kind])
        if high > 0:
            yield rectangle(kind, left, below, wide, high)
            below += high
