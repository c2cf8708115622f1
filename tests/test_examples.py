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
from .extra_examples import EXTRA, all_examples

RULESET = rulesets.load("landelijk", also_off=True)
CASES = [
    pytest.param(code, number, id=f"{code}-{'good' if example.good else 'bad'}-{number + 1}")
    for code in checks()
    for number, example in enumerate(all_examples(code))
]
BAD_CASES = [case for case in CASES if "-bad-" in str(case.id)]


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


def example(code: str, number: int) -> Example:
    return all_examples(code)[number]


@cache
def built(code: str, number: int) -> tuple[Built, Plan]:
    one = build(example(code, number))
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


def test_extra_examples_belong_to_a_check_and_none_is_there_twice() -> None:
    assert EXTRA.keys() <= checks().keys()
    for code in checks():
        typed = [one.text for one in all_examples(code)]
        assert len(set(typed)) == len(typed), code


@pytest.mark.parametrize(("code", "number"), CASES)
def test_exactly_the_marked_cells_are_found(code: str, number: int) -> None:
    marked = built(code, number)[0].marked
    assert bool(marked) is not example(code, number).good
    assert {(one.sheet, one.cell) for one in of(code, number, RULESET)} == marked


@pytest.mark.parametrize(("code", "number"), BAD_CASES)
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_bad_example_is_told_in_words(code: str, number: int, language: str) -> None:
    for finding in of(code, number, RULESET):
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
        rule._replace(thresholds={**rule.thresholds, name: nudged}) if rule.key == key else rule
        for rule in RULESET.rules
    )
    code = next(rule.code for rule in RULESET.rules if rule.key == key)
    numbers = range(len(examples(checks()[code].doc)))

    def verdicts(ruleset: Ruleset) -> list[set[tuple[str, str, str]]]:
        return [
            {(one.sheet, one.cell, one.severity) for one in of(code, number, ruleset)} for number in numbers
        ]

    assert verdicts(replace(RULESET, rules=rules)) != verdicts(RULESET)
