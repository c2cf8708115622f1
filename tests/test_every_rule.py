"""No rule without a fault that was put into a good plan: here, and in tests/outside."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from samples import build
from samples.expected import FOLDER

from kpicheck import ruleset as rulesets
from kpicheck.job import Stated, check_file
from kpicheck.model import AgreedParty, Suppression
from kpicheck.registry import checks

from .outside import test_register, test_rules

GOOD = FOLDER / "goed-plan.xlsx"
TODAY = dt.date(2026, 11, 22)
EXPIRED = dt.date(2026, 11, 21)
PARTY = build.load_plan("goed-plan")["parties"][1]

STATED = {
    "K108": (Stated(party_agreements=(AgreedParty(party=PARTY.rsplit(" ", 1)[1], total=Decimal(1)),)), "J1"),
    "P108": (Stated(end=dt.date(2029, 12, 31)), "C1"),
    "X101": (Stated(suppressions=(Suppression(rule="F105", reason="afgesproken"),)), "A1"),
    "X102": (Stated(suppressions=(Suppression(rule="F105", reason="afgesproken", expires=EXPIRED),)), "A1"),
}


@pytest.mark.parametrize("code", STATED)
def test_what_is_stated_beside_the_good_plan_yields_that_rule_alone(code: str) -> None:
    stated, cell = STATED[code]
    ruleset = rulesets.load("landelijk", also_off=code == "P108")
    report = check_file(GOOD, ruleset, stated, today=TODAY)
    allowed = {code, "P109"} if code == "P108" else {code}  # a plan that ends later is not covered either
    assert {one.rule for one in report.findings} <= allowed
    assert [one.cell for one in report.findings if one.rule == code] == [cell]


def test_the_good_plan_has_nothing_under_any_rule() -> None:
    for name in ("landelijk", "zorg-en-zekerheid"):
        report = check_file(GOOD, rulesets.load(name, also_off=True), Stated(), today=TODAY)
        assert report.findings == ()


def test_every_rule_has_its_fault() -> None:
    outside = {
        hit.code
        for module in (test_rules, test_register)
        for cases in vars(module).values()
        if isinstance(cases, list | tuple)
        for case in cases
        for hit in getattr(case, "hits", ())
    }
    assert set(checks()) - outside - set(STATED) == set()
