"""The elements of a drawing: rectangles, lines and words at a place. The template makes the SVG of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

from kpicheck.report.figures import TYPES, Words

WIDTH = 640
_STEPS = (1, 2, 5, 10)
_MOST_TICKS = 5

Number = float | Decimal


@dataclass(frozen=True, slots=True)
class Element:
    """One SVG element: its name, its attributes, and the text in it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: what it shows in words, how high it is, and its elements."""

    title: str
    description: str
    height: int
    elements: Sequence[Element]
    width: int = field(default=WIDTH)


def place(number: Number) -> str:
    """A coordinate, to a tenth."""
    return f"{round(float(number), 1):g}"


def rectangle(look: str, x: Number, y: Number, width: Number, height: Number) -> Element:
    """A filled box."""
    sides = {"x": x, "y": y, "width": max(float(width), 0), "height": max(float(height), 0)}
    return Element("rect", {"class": look, **{name: place(one) for name, one in sides.items()}})


def line(look: str, points: Sequence[tuple[Number, Number]]) -> Element:
    """A line through points."""
    joined = " ".join(f"{place(x)},{place(y)}" for x, y in points)
    return Element("polyline", {"class": look, "points": joined})


def disc(look: str, x: Number, y: Number, radius: Number) -> Element:
    """A round mark."""
    return Element("circle", {"class": look, "cx": place(x), "cy": place(y), "r": place(radius)})


def label(text: str, x: Number, y: Number, anchor: str = "start", look: str = "") -> Element:
    """Words at a place."""
    attributes = {"x": place(x), "y": place(y), "text-anchor": anchor}
    return Element("text", attributes | ({"class": look} if look else {}), text)


def legend(words: Words, looks: Sequence[str], y: Number, x: Number = 0) -> Iterator[Element]:
    """What each look means, beside each other."""
    for look in looks:
        said = words.say(f"legend_{look}" if look not in TYPES else look)
        yield rectangle(look, x, float(y) - 11, 14, 14)
        yield label(said, float(x) + 20, y)
        x = float(x) + 36 + 7 * len(said)


def ticks(top: Decimal) -> list[Decimal]:
    """Round amounts from nought to at least the top, few enough to stand on an axis."""
    if top <= 0:
        return [Decimal(0), Decimal(1)]
    power = Decimal(10) ** (top.adjusted() - 1)
    step = next(
        step * power * ten for ten in (1, 10) for step in _STEPS if step * power * ten * _MOST_TICKS >= top
    )
    count = (top / step).to_integral_value(ROUND_CEILING)
    return [step * number for number in range(int(count) + 1)]
