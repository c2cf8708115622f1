"""A plan is judged part by part; how large the parts are makes no difference to what is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from kpicheck import ruleset, subjects
from kpicheck.allowance import Allowance
from kpicheck.engine import judge
from kpicheck.finding import Problem, Problems, Report
from kpicheck.model import Plan
from kpicheck.reader import read
from kpicheck.ruleset import Ruleset

SAMPLES = sorted((Path(__file__).resolve().parent.parent / "samples").glob("*.xlsx"))
FAULTY = next(one for one in SAMPLES if one.stem == "fouten-per-familie")
TODAY = dt.date(2026, 11, 22)


def plan_of(file: Path) -> Plan:
    return read(file.read_bytes(), file.name, Allowance())


def judged(plan: Plan, rules: Ruleset, rows: int, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setattr(subjects, "_ROWS_OF_PART", rows)
    return judge(plan, rules, today=TODAY)


@pytest.mark.parametrize("file", SAMPLES, ids=lambda one: one.stem)
@pytest.mark.parametrize("rows", [1, 7])
def test_the_size_of_the_parts_makes_no_difference(
    file: Path, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, rules = plan_of(file), ruleset.load("landelijk")
    whole = judged(plan, rules, 1_000_000, monkeypatch)
    assert whole.checked
    assert judged(plan, rules, rows, monkeypatch) == whole


def test_without_rows_there_is_one_part(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(FAULTY).model_copy(update={"payments": ()})
    rules = ruleset.load("landelijk")
    assert judged(plan, rules, 1, monkeypatch) == judged(plan, rules, 1_000_000, monkeypatch)
    assert [(one.first, one.last) for one in subjects.parts(plan)] == [(True, True)]


@pytest.mark.parametrize("rows", [1, 3, 1_000_000])
def test_a_check_that_crashed_is_not_asked_again(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def crashes_at_the_fourth(smart: str) -> Problems:
        asked.append(smart)
        if len(asked) == len("four"):
            raise ZeroDivisionError
        yield Problem("smart")

    rules = ruleset.load("landelijk").only("S111")
    (rule,) = rules.rules
    crashing = rule._replace(check=rule.check._replace(function=crashes_at_the_fourth))
    report = judged(plan_of(FAULTY), replace(rules, rules=(crashing,)), rows, monkeypatch)
    assert report.failure
    assert report.failure.facts == {"rule": "S111", "kind": "ZeroDivisionError"}
    assert len(asked) == len("four")
    assert len(report.findings) == len("abc")
    assert [one.reason for one in report.not_checked] == ["crashed"]
    assert not report.checked


def test_a_check_is_asked_only_of_what_it_is_about(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def about_long_texts(smart: str) -> Problems:
        asked.append(smart)
        yield Problem("smart")

    plan = plan_of(FAULTY)
    texts = [row.smart.value for row in plan.payments if row.smart.value]
    longest = max(texts, key=len)
    rules = ruleset.load("landelijk").only("S111")
    (rule,) = rules.rules
    check = rule.check._replace(function=about_long_texts, only=lambda text: text == longest)
    report = judged(plan, replace(rules, rules=(rule._replace(check=check),)), 5, monkeypatch)
    assert asked == [one for one in texts if one == longest]
    assert len(report.findings) == len(asked)
