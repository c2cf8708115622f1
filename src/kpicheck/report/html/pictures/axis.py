"""An upright axis of money, with lines at round amounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kpicheck.report.figures import Words
from kpicheck.report.html.pictures.drawing import WIDTH, Element, label, line, ticks

LEFT, TOP, BOTTOM = 92, 14, 240


@dataclass(frozen=True, slots=True)
class Axis:
    """From nought to a round amount above the highest."""

    highest: Decimal

    def height(self, amount: Decimal) -> float:
        """Where an amount lies on the drawing."""
        return BOTTOM - float(amount / ticks(self.highest)[-1]) * (BOTTOM - TOP)

    def lines(self, words: Words) -> Iterator[Element]:
        """A line and an amount at each step."""
        for amount in ticks(self.highest):
            at = self.height(amount)
            yield line("axis" if not amount else "grid", [(LEFT, at), (WIDTH, at)])
            yield label(words.euro(amount), LEFT - 8, at + 4, "end")
