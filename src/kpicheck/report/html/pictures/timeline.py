"""KPIs in time: the date of each and the last deadline in its text, joined where they differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpicheck.report.figures import Words
from kpicheck.report.glance import Glance, Milestone
from kpicheck.report.html.pictures.drawing import WIDTH, Drawing, Element, disc, label, line, rectangle

_LEFT, _RIGHT, _TOP, _STEP = 250, 76, 44, 22
_LONGEST = 31
_PER_DRAWING = 30
_MOST_YEARS = 10


def timelines(glance: Glance, words: Words) -> list[Drawing]:
    """As many drawings as fit on pages of paper, all with the same years."""
    days = [day for one in glance.milestones for day in (one.date, one.deadline) if day]
    if not days:
        return []
    calendar = _Calendar(min(days).year, max(days).year + 1)
    parts = list(_parts(glance.milestones))
    return [_drawing(part, number, len(parts), calendar, words) for number, part in enumerate(parts, 1)]


@dataclass(frozen=True, slots=True)
class _Calendar:
    first: int
    last: int

    def at(self, day: dt.date) -> float:
        return self.left(day.year + (day.timetuple().tm_yday - 1) / 366)

    def left(self, year: float) -> float:
        return _LEFT + (year - self.first) / (self.last - self.first) * (WIDTH - _LEFT - _RIGHT)

    def lines(self, bottom: int) -> Iterator[Element]:
        every = -(-(self.last - self.first) // _MOST_YEARS)
        for year in range(self.first, self.last + 1, every):
            at = self.left(year)
            yield line("grid", [(at, _TOP - 10), (at, bottom)])
            yield label(str(year), at, _TOP - 14, "middle")


def _parts(milestones: Sequence[Milestone]) -> Iterator[Sequence[Milestone]]:
    for first in range(0, len(milestones), _PER_DRAWING):
        yield milestones[first : first + _PER_DRAWING]


def _drawing(
    part: Sequence[Milestone], number: int, parts: int, calendar: _Calendar, words: Words
) -> Drawing:
    height = _TOP + len(part) * _STEP + 8
    elements = [*_legend(words), *calendar.lines(height - 4)]
    for index, one in enumerate(part):
        elements += _row(one, _TOP + 8 + index * _STEP, calendar, words)
    title = words.say("title_milestones")
    title = f"{title} ({number}/{parts})" if parts > 1 else title
    return Drawing(title, words.say("picture_milestones"), height, elements)


def _row(one: Milestone, middle: int, calendar: _Calendar, words: Words) -> Iterator[Element]:
    name = words.milestone(one)
    yield label(name if len(name) <= _LONGEST else f"…{name[1 - _LONGEST :]}", _LEFT - 12, middle + 4, "end")
    if one.date and one.deadline and one.days:
        yield line("apart", [(calendar.at(one.date), middle), (calendar.at(one.deadline), middle)])
        yield label(words.say("days_short", number=one.days), WIDTH, middle + 4, "end", "strong")
    if one.date:
        yield rectangle("date", calendar.at(one.date) - 4, middle - 4, 8, 8)
    if one.deadline:
        yield disc("deadline", calendar.at(one.deadline), middle, 6.5)


def _legend(words: Words) -> Iterator[Element]:
    said = words.say("legend_date")
    yield rectangle("date", 0, 5, 8, 8)
    yield label(said, 16, 13)
    at = 40 + 7 * len(said)
    yield disc("deadline", at, 9, 6.5)
    yield label(words.say("legend_deadline"), at + 12, 13)
