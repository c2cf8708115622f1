"""A plan at a glance: its figures, what becomes of odd ones, and what it costs who does not ask for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from kpicheck.examples import examples
from kpicheck.job import check_bytes
from kpicheck.judging import adapter
from kpicheck.report.figures import Words, figures
from kpicheck.report.formats import FORMATS
from kpicheck.report.glance import Glance, Half, Milestone, Money, PartyMoney, Year
from kpicheck.report.html.pictures import drawings
from kpicheck.report.html.pictures.drawing import Drawing, ticks
from kpicheck.report.run import Run
from kpicheck.report.summary import SUMMARIES
from tests.building import build

from .runs import RULESET, SAMPLES, basis, named

EURO = Decimal(1)


def seen(run: Run) -> Glance:
    found = run.judged[0].glance
    assert found
    return found


def sample(name: str) -> Glance:
    return seen(basis().run([named(name)], glance=True))


def of(table: str) -> Run:
    built = build(examples(f"\nBad:\n{table}")[0])
    return basis().run([check_bytes(built.data, "plan.xlsx", RULESET, built.stated)], glance=True)


def shapes(drawn: Drawing, look: str) -> list[dict[str, str]]:
    return [one.attributes for one in drawn.elements if look in one.attributes.get("class", "").split()]


def test_the_figures_of_the_regional_plan() -> None:
    found = sample("midden-limburg-west")
    assert found.money == Money(Decimal(2476653), Decimal(751828), Decimal(106975))
    assert found.max_share == Decimal("0.70")
    assert found.halves[0] == Half(2025, 2, Money(effort=Decimal(364000)))
    assert found.undated == Money(untyped=Decimal(106975))
    assert found.years[-1] == Year(2027, Decimal(1157495), Decimal(3228481), None, None)
    assert found.parties == (
        PartyMoney("Synthese", kassier=False, amount=Decimal(29123)),
        PartyMoney("Gemeenten", kassier=False, amount=Decimal(848264)),
    )
    third = Milestone(
        "Algemeen - Ontwikkelen wijkbeeld - KPI 1.3", "1.3", 18, dt.date(2026, 7, 1), dt.date(2026, 9, 1), 62
    )
    assert found.milestones[2] == third


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_all_money_is_somewhere_in_time(path: object) -> None:
    run = basis().run([named(getattr(path, "stem", ""))], glance=True)
    found, plan = seen(run), run.judged[0].file.plan
    assert plan
    assert found.money.total == Decimal(plan.total)
    assert sum(one.money.total for one in found.halves) + found.undated.total == found.money.total
    paid = sum(one.amount for one in found.payments)
    assert [one.paid_until for one in found.years[-1:]] == [paid][: len(found.years)]
    assert paid + found.undated.total == found.money.total


def test_what_is_paid_before_it_was_budgeted_is_the_area_above_the_line() -> None:
    run = of(
        """
    [Begroting]
    | Jaar | Begroting |
    | 2026 | 5000      |
    | 2027 | 5001      |
    [Mijlpalen]
    | (streef)datum | (totaal)Bedrag |
    | 30-6-2026     | 5001           |
    | 30-6-2027     | 5000           |
"""
    )
    assert [one.too_early for one in seen(run).years] == [EURO, 0]
    drawn = drawings(seen(run), Words("nl"))["years"][0]
    early = shapes(drawn, "early")
    assert len(early) == 2  # the legend is one
    assert float(early[0]["height"]) < 1
    years = figures(seen(run), Words("nl"))[2]
    assert "Eind 2026 is € 5.001 betaald en € 5.000 begroot: € 1 komt te vroeg" in years.said
    assert len(years.headings) == 6


def test_without_a_budget_the_picture_says_so() -> None:
    found = sample("midden-limburg-west")
    assert "geen begroting per jaar bekend" in figures(found, Words("nl"))[2].said
    drawn = drawings(found, Words("nl"))["years"][0]
    assert shapes(drawn, "budget-line") == []
    assert len(shapes(drawn, "paid-line")) == 1


def test_the_limit_stands_where_the_ruleset_puts_it() -> None:
    drawn = drawings(sample("goed-plan"), Words("nl"))["split"][0]
    (limit,) = shapes(drawn, "limit")
    assert limit["points"].startswith("448,")  # 70% of 640
    assert float(shapes(drawn, "effort")[0]["width"]) == pytest.approx(0.675 * 640)
    nobody_asks = basis()
    rules = tuple(one for one in RULESET.rules if one.code != "E101")
    other = nobody_asks._replace(ruleset=replace(RULESET, rules=rules))
    found = seen(other.run([named("goed-plan")], glance=True))
    assert shapes(drawings(found, Words("nl"))["split"][0], "limit") == []


ODD: dict[str, Callable[[Glance], Glance]] = {
    "negative money": lambda one: replace(
        one,
        money=Money(Decimal(-5), Decimal(10)),
        halves=(Half(2026, 1, Money(Decimal(-5), Decimal(10))),),
        parties=(PartyMoney("a", kassier=False, amount=Decimal(-5)),),
        years=tuple(replace(year, paid_until=Decimal(-1)) for year in one.years),
    ),
    "no money": lambda one: replace(
        one, money=Money(), halves=(), undated=Money(), payments=(), years=(), parties=(), milestones=()
    ),
    "the last of all years": lambda one: replace(
        one, milestones=(replace(one.milestones[0], date=dt.date(1, 1, 1), deadline=dt.date.max, days=9),)
    ),
    "the very last year": lambda one: replace(
        one, milestones=(replace(one.milestones[0], date=dt.date.max, deadline=None, days=None),)
    ),
    "a huge amount": lambda one: replace(
        one, halves=(Half(2026, 1, Money(Decimal("1e40"))),), money=Money(Decimal("1e40"))
    ),
    "cents": lambda one: replace(
        one, halves=(Half(2026, 1, Money(Decimal("0.01"))),), money=Money(Decimal("0.01"))
    ),
}


@pytest.mark.parametrize("form", ["console", "html", "json", "md"])
@pytest.mark.parametrize("name", ODD)
def test_odd_figures_are_told(name: str, form: str) -> None:
    run = basis().run([named("goed-plan")], glance=True)
    odd = replace(run, judged=(run.judged[0]._replace(glance=ODD[name](seen(run))),))
    assert "goed-plan.xlsx" in str(SUMMARIES[form].write(odd))


def test_a_slip_in_a_year_gives_no_empty_columns_in_between() -> None:
    run = of(
        """
    | (streef)datum | (totaal)Bedrag |
    | 30-6-2026     | 5001           |
    | 30-6-2099     | 5000           |
"""
    )
    assert [one.year for one in seen(run).halves] == [2026, 2099]
    assert [one.year for one in seen(run).years] == [2026, 2099]


@pytest.mark.parametrize(
    ("top", "last", "number"),
    [("1200000", "1500000", 4), ("100", "100", 6), ("0.07", "0.08", 5), ("1", "1", 6), ("999", "1000", 6)],
)
def test_an_axis_has_a_few_round_amounts_up_to_the_highest(top: str, last: str, number: int) -> None:
    found = ticks(Decimal(top))
    assert (found[0], found[-1], len(found)) == (Decimal(0), Decimal(last), number)


def test_a_glance_is_made_only_where_it_is_asked_and_survives_being_kept() -> None:
    report = named("fouten-per-familie")
    assert basis().judged(report).glance is None
    found = basis().judged(report, glance=True)
    assert adapter().validate_json(adapter().dump_json(found)) == found
    assert [name for name, one in FORMATS.items() if one.glance] == ["html"]
