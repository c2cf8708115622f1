"""What is paid against what is budgeted, both added up; what lies above the budget is paid too early."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpicheck.model import ZERO
from kpicheck.report.figures import Words
from kpicheck.report.glance import Glance, Year
from kpicheck.report.html.pictures.axis import BOTTOM, LEFT, Axis
from kpicheck.report.html.pictures.drawing import WIDTH, Drawing, Element, label, legend, line, rectangle

_HEIGHT = 300
_MOST_LABELS = 14


def budget(glance: Glance, words: Words) -> list[Drawing]:
    """Two lines of steps over the years; one where no budget is known."""
    if not glance.payments or any(one.paid_until < 0 for one in glance.years):
        return []
    amounts = [one.paid_until for one in glance.years] + [one.budget_until or ZERO for one in glance.years]
    axis, calendar = Axis(max(amounts)), _Calendar(glance.years)
    elements = [*axis.lines(words), *calendar.labels()]
    steps = list(_steps(glance, calendar))
    if glance.budgeted:
        elements += _above(steps, axis)
        elements.append(_stairs("budget", [(left, right, one.budget) for left, right, one in steps], axis))
    elements.append(_stairs("paid", [(left, right, one.paid) for left, right, one in steps], axis))
    looks = ["paid", "budget", "early"] if glance.budgeted else ["paid"]
    elements += legend(words, looks, _HEIGHT - 8, LEFT)
    told = "picture_years" if glance.budgeted else "picture_years_no_budget"
    return [Drawing(words.say("title_years"), words.say(told), _HEIGHT, elements)]


@dataclass(frozen=True, slots=True)
class _Level:
    paid: Decimal
    budget: Decimal


@dataclass(frozen=True, slots=True)
class _Calendar:
    """The years beside each other, all as wide."""

    years: Sequence[Year]

    @property
    def wide(self) -> float:
        return (WIDTH - LEFT - 8) / len(self.years)

    def at(self, day: dt.date) -> float:
        number = next(index for index, one in enumerate(self.years) if one.year == day.year)
        return self.left(number) + self.wide * (day.timetuple().tm_yday - 1) / 366

    def left(self, number: int) -> float:
        return LEFT + self.wide * number

    def labels(self) -> Iterator[Element]:
        every = -(-len(self.years) // _MOST_LABELS)
        for number, one in enumerate(self.years):
            yield line("axis", [(self.left(number), BOTTOM), (self.left(number), BOTTOM + 5)])
            if number % every == 0:
                yield label(str(one.year), self.left(number) + self.wide / 2, BOTTOM + 18, "middle")


def _steps(glance: Glance, calendar: _Calendar) -> Iterator[tuple[float, float, _Level]]:
    """The stretches on which neither line moves: a year's budget is there from its first day."""
    paid = ZERO
    for number, year in enumerate(glance.years):
        left = calendar.left(number)
        budgeted = year.budget_until or ZERO
        for one in (one for one in glance.payments if one.date.year == year.year):
            yield left, calendar.at(one.date), _Level(paid, budgeted)
            left, paid = calendar.at(one.date), paid + one.amount
        yield left, calendar.left(number + 1), _Level(paid, budgeted)


def _stairs(look: str, levels: Sequence[tuple[float, float, Decimal]], axis: Axis) -> Element:
    points: list[tuple[float, float]] = [(levels[0][0], BOTTOM)]
    for left, right, amount in levels:
        points += [(left, axis.height(amount)), (right, axis.height(amount))]
    return line(f"stairs {look}-line", points)


def _above(steps: Sequence[tuple[float, float, _Level]], axis: Axis) -> Iterator[Element]:
    for left, right, one in steps:
        if one.paid > one.budget and right > left:
            top = axis.height(one.paid)
            yield rectangle("early", left, top, right - left, axis.height(one.budget) - top)
