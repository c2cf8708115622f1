"""The facts of a plan as tables with a sentence each, for a page, a mail and a terminal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from kpicheck import texts
from kpicheck.clean import flat, one_line
from kpicheck.report.glance import Glance, Half, Milestone, Money

TYPES = ("effort", "result", "untyped")
LONGEST_NAME = 90


@dataclass(frozen=True, slots=True)
class Figure:
    """One fact of the plan: its title, what it says in a sentence, and its table.

    The first `words` columns hold words, the others figures.
    """

    key: str
    title: str
    said: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1


def figures(glance: Glance, words: Words) -> tuple[Figure, ...]:
    """All facts, in the order in which they are told."""
    return (
        _split(glance, words),
        _halves(glance, words),
        _years(glance, words),
        _parties(glance, words),
        _milestones(glance, words),
    )


@dataclass(frozen=True, slots=True)
class Words:
    """The words and notations of a language."""

    language: str

    def say(self, key: str, **facts: object) -> str:
        """A text about a plan at a glance."""
        return texts.text("glance", key, self.language, facts)

    def heads(self, *keys: str) -> tuple[str, ...]:
        """Headings of columns."""
        return tuple(self.say(f"column_{key}") for key in keys)

    def euro(self, amount: Decimal | None) -> str:
        """An amount, or a dash."""
        return "–" if amount is None else texts.euro(amount, self.language)

    def day(self, day: dt.date | None) -> str:
        """A date, or a dash."""
        return "–" if day is None else texts.day(day, self.language)

    def share(self, part: Decimal, whole: Decimal) -> str:
        """A percentage, or a dash."""
        return texts.share(part / whole, self.language) if whole > 0 else "–"

    def half(self, half: Half) -> str:
        """A half-year in words."""
        return self.say(f"half_{half.half}", year=half.year)

    def milestone(self, one: Milestone) -> str:
        """A KPI by its name, else its row."""
        return flat(one.label) or self.say("row", row=one.row)


def _split(glance: Glance, words: Words) -> Figure:
    money = glance.money
    rows = tuple(
        (words.say(kind), words.euro(amount), words.share(amount, money.total))
        for kind, amount in money.by_type.items()
        if amount or kind != "untyped"
    )
    return Figure(
        "split",
        words.say("title_split"),
        _split_said(glance, words),
        words.heads("type", "amount", "share"),
        rows,
    )


def _split_said(glance: Glance, words: Words) -> str:
    money = glance.money
    if money.total <= 0:
        return words.say("no_amounts")
    counted = money.effort + money.untyped
    facts = {"effort": counted, "total": money.total, "share": words.share(counted, money.total)}
    if glance.max_share is None:
        return words.say("said_split", **facts)
    over = counted > glance.max_share * money.total
    key = "said_split_over" if over else "said_split_within"
    said = words.say(key, **facts, max_share=texts.share(glance.max_share, words.language))
    return f"{said} {words.say('untyped_counts')}" if money.untyped else said


def _halves(glance: Glance, words: Words) -> Figure:
    rows = [(words.half(one), *_amounts(one.money, words)) for one in glance.halves]
    if glance.undated.total:
        rows.append((words.say("undated"), *_amounts(glance.undated, words)))
    heads = words.heads("period", *TYPES, "total")
    return Figure("halves", words.say("title_halves"), _halves_said(glance, words), heads, tuple(rows))


def _halves_said(glance: Glance, words: Words) -> str:
    moments = glance.payments
    if not moments:
        return words.say("no_moments")
    key = f"said_halves_{_many(len(moments))}"
    return words.say(key, number=len(moments), first=moments[0].date, last=moments[-1].date)


def _many(number: int) -> str:
    return "one" if number == 1 else "many"


def _amounts(money: Money, words: Words) -> tuple[str, ...]:
    return tuple(map(words.euro, (*money.by_type.values(), money.total)))


def _years(glance: Glance, words: Words) -> Figure:
    rows = tuple(
        (str(one.year), *map(words.euro, (one.paid, one.budget, one.paid_until, one.budget_until)))
        + ((words.euro(one.too_early),) if glance.budgeted else ())
        for one in glance.years
    )
    heads = ["year", "paid", "budget", "paid_until", "budget_until"]
    if glance.budgeted:
        heads.append("too_early")
    return Figure("years", words.say("title_years"), _years_said(glance, words), words.heads(*heads), rows)


def _years_said(glance: Glance, words: Words) -> str:
    if not glance.budgeted:
        return words.say("said_no_budget")
    over = next((one for one in glance.years if one.too_early), None)
    if over is None:
        return words.say("said_within_budget")
    facts = {
        "year": over.year,
        "paid": over.paid_until,
        "budget": over.budget_until,
        "excess": over.too_early,
    }
    return words.say("said_too_early", **facts)


def _parties(glance: Glance, words: Words) -> Figure:
    together = sum((one.amount for one in glance.parties), Decimal(0))
    rows = tuple(
        (
            party_name(one.name, words, kassier=one.kassier),
            words.euro(one.amount),
            words.share(one.amount, together),
        )
        for one in glance.parties
    )
    key = f"said_parties_{_many(len(rows))}" if rows else "no_parties"
    said = words.say(key, number=len(rows), total=together)
    return Figure("parties", words.say("title_parties"), said, words.heads("party", "amount", "share"), rows)


def party_name(name: str, words: Words, *, kassier: bool) -> str:
    """A party as it is called, and whether it is the kassier."""
    plain = one_line(flat(name), LONGEST_NAME)
    return words.say("kassier", name=plain) if kassier and "kassier" not in plain.casefold() else plain


def _milestones(glance: Glance, words: Words) -> Figure:
    rows = tuple(
        (
            str(one.row),
            one_line(words.milestone(one), LONGEST_NAME),
            words.day(one.date),
            words.day(one.deadline),
            _apart(one, words),
        )
        for one in glance.milestones
    )
    apart = sum(bool(one.days) for one in glance.milestones)
    said = words.say(f"said_milestones_{_many(apart) if apart else 'none'}", number=apart)
    heads = words.heads("row", "kpi", "date", "deadline", "apart")
    return Figure("milestones", words.say("title_milestones"), said, heads, rows, words=2)


def _apart(one: Milestone, words: Words) -> str:
    if one.days is None:
        return "–"
    return words.say("day_apart" if one.days == 1 else "days_apart", number=one.days)
