"""Every Bad and Good example of every check, run through real workbook bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from kpicheck import ruleset as rulesets
from kpicheck import texts
from kpicheck.engine import judge
from kpicheck.examples import Example, examples
from kpicheck.finding import Finding
from kpicheck.model import Plan
from kpicheck.reader import read
from kpicheck.registry import checks
from kpicheck.ruleset import Ruleset

from .building import Built, build

RULESET = rulesets.load("landelijk", also_off=True)
CASES = [
    pytest.param(code, example, id=f"{code}-{'good' if example.good else 'bad'}-{number}")
    for code, check in checks().items()
    for number, example in enumerate(examples(check.doc), start=1)
]


def steps(value: object) -> tuple[Decimal | int, ...]:
    """One step up and one down: the last digit of the number as written in the ruleset."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        step = Decimal(1).scaleb(int(exponent))
        return value + step, value - step
    return (value + 1, value - 1) if isinstance(value, int) else ()


EDGES = [
    pytest.param(rule.key, name, nudged, id=f"{rule.key}-{name}-{nudged}")
    for rule in RULESET.rules
    for name, value in rule.thresholds.items()
    for nudged in steps(value)
]


TODAY = date(2026, 11, 22)


@cache
def built(code: str, number: int) -> tuple[Built, Plan]:
    one = build(examples(checks()[code].doc)[number])
    return one, one.stated.added_to(read(one.data))


def of(code: str, number: int, ruleset: Ruleset) -> list[Finding]:
    plan = built(code, number)[1]
    report = judge(plan, ruleset.only(code), today=TODAY)
    assert report.failure is None
    return [one for one in report.findings if one.rule == code]


def test_every_check_shows_bad_and_good() -> None:
    for code, check in checks().items():
        shown = {example.good for example in examples(check.doc)}
        assert shown == {True, False}, code


@pytest.mark.parametrize(("code", "example"), CASES)
def test_exactly_the_marked_cells_are_found(code: str, example: Example) -> None:
    number = examples(checks()[code].doc).index(example)
    marked = built(code, number)[0].marked
    assert bool(marked) is not example.good
    assert {(one.sheet, one.cell) for one in of(code, number, RULESET)} == marked


@pytest.mark.parametrize(("code", "example"), [case for case in CASES if not case.values[1].good])  # type: ignore[union-attr]
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_bad_example_is_told_in_words(code: str, example: Example, language: str) -> None:
    for finding in of(code, examples(checks()[code].doc).index(example), RULESET):
        for words in (
            texts.message(finding, language),
            texts.fix(finding, language),
            texts.title(code, language),
        ):
            assert words
            assert "{" not in words
            assert "None" not in words


@pytest.mark.parametrize(("key", "name", "nudged"), EDGES)
def test_every_threshold_is_shown_at_its_edge(key: str, name: str, nudged: Decimal | int) -> None:
    rules = tuple(
        replace(rule, thresholds={**rule.thresholds, name: nudged}) if rule.key == key else rule
        for rule in RULESET.rules
    )
    code = next(rule.code for rule in RULESET.rules if rule.key == key)
    numbers = range(len(examples(checks()[code].doc)))

    def verdicts(ruleset: Ruleset) -> list[set[tuple[str, str, str]]]:
        return [
            {(one.sheet, one.cell, one.severity) for one in of(code, number, ruleset)} for number in numbers
        ]

    assert verdicts(replace(RULESET, rules=rules)) != verdicts(RULESET)
