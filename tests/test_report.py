"""The reports: JSON by its published schema, the console in a narrow window, words in two languages."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest
from samples.expected import FOLDER, TODAY

from kpicheck import ruleset as rulesets
from kpicheck import texts
from kpicheck.clean import masked
from kpicheck.finding import Problems, Report, Severity
from kpicheck.job import Stated, check_bytes, check_file
from kpicheck.report.as_json import to_json
from kpicheck.report.console import to_text
from kpicheck.report.run import Basis
from kpicheck.report.schema import schema
from kpicheck.report.view import run_view

RULESET = rulesets.load("landelijk")
SAMPLES = sorted(FOLDER.glob("*.xlsx"))


def reports() -> list[Report]:
    read = [check_file(path, RULESET, Stated(), shown_as=path.name) for path in SAMPLES]
    return [*read, check_bytes(b"geen werkmap", "kapot.xlsx", RULESET, Stated())]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_report_follows_the_published_schema(language: str) -> None:
    view = run_view(reports(), RULESET, today=TODAY, language=language, fail_on=Severity.ERROR)
    report = json.loads(to_json(view))
    jsonschema.validate(report, json.loads(schema()))
    assert report["summary"]["files"] == len(SAMPLES) + 1
    assert report["today"] == "2026-11-22"
    assert [one["status"] for one in report["files"]][-1] == "not_checked"


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_console_report_fits_the_window(language: str, width: int) -> None:
    found = reports()
    shown = to_text(Basis(RULESET, TODAY, language, Severity.ERROR).run(found), width=width)
    longest_word = max(len(word) for word in shown.split())
    assert max(map(len, shown.splitlines())) <= max(width, longest_word)
    assert "None" not in shown


def test_verdict_first_and_what_to_check_by_hand_last() -> None:
    found = [check_file(FOLDER / "midden-limburg-west.xlsx", RULESET, Stated(), shown_as="plan.xlsx")]
    lines = to_text(Basis(RULESET, TODAY, "nl", Severity.ERROR).run(found), width=80).splitlines()
    assert lines[0].startswith("Niet in orde")
    order = [
        lines.index(one) for one in ("Bevindingen", "Niet gecontroleerd", "Gecontroleerd", "Zelf nagaan")
    ]
    assert order == sorted(order)


def test_a_good_plan_is_never_called_approved() -> None:
    found = [check_file(FOLDER / "goed-plan.xlsx", RULESET, Stated(), shown_as="plan.xlsx")]
    for language, words in (("nl", "geen goedkeuring"), ("en", "not an approval")):
        run = Basis(RULESET, TODAY, language, Severity.ERROR).run(found)
        assert words in to_text(run, width=200).splitlines()[0]


def test_texts_of_both_languages_have_the_same_keys() -> None:
    dutch, english = (texts.texts(language) for language in texts.LANGUAGES)
    assert {part: set(table) for part, table in dutch.items()} == {
        part: set(table) for part, table in english.items()
    }


def test_every_rule_has_its_words_and_a_short_quote() -> None:
    for rule in RULESET.rules:
        for language in texts.LANGUAGES:
            assert {"title", "message", "why", "fix"} <= set(texts.texts(language)[rule.code])
        assert len(rule.source.quote.split()) <= 12, rule.code


def test_a_crashing_check_is_loud() -> None:
    def crash(*_: object, **__: object) -> Problems:
        raise ZeroDivisionError

    rules = tuple(
        rule._replace(check=rule.check._replace(function=crash)) if rule.code == "A201" else rule
        for rule in RULESET.rules
    )
    report = check_file(FOLDER / "fouten-per-familie.xlsx", replace(RULESET, rules=rules), Stated())
    assert report.failure is not None
    assert report.failure.code == "check-crashed"
    assert report.failure.facts["rule"] == "A201"
    assert {one.rule for one in report.findings} >= {"E101", "F105"}
    assert "A201" not in report.checked
    assert [one.rule for one in report.not_checked if one.reason == "crashed"] == ["A201"]


def test_a_citizen_number_is_masked_everywhere() -> None:
    assert masked("plan 111222333 en 01234567") == "plan 111***333 en 01234567"
    assert masked("111222334") == "111222334"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("BSN 111222333, geboren 1980", "BSN 111***333, geboren 1980"),
        ("Jansen,111222333", "Jansen,111***333"),
        ("111222333.", "111***333."),
        ("€ 111222333,50", "€ 111222333,50"),
        ("1.111222333", "1.111222333"),
        ("x111222333", "x111222333"),
        ("jansen_111222333.xlsx", "jansen_111***333.xlsx"),
        ("111222333_plan.xlsx", "111***333_plan.xlsx"),
    ],
)
def test_a_citizen_number_beside_punctuation_is_masked(typed: str, shown: str) -> None:
    assert masked(typed) == shown
