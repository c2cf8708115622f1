"""JUnit XML, read back by junitparser: what fails, what is skipped, and what is an error."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from kpicheck.finding import Severity
from kpicheck.report.junit import to_junit
from kpicheck.report.run import Run

from .runs import RULESET, all_samples, basis, crashed, excepted, named, poisoned, reports

CODES = [code for code, _ in groupby(RULESET.rules, key=lambda rule: rule.code)]


def suites(run: Run) -> dict[str, TestSuite]:
    read = JUnitXml.fromstring(to_junit(run).encode())
    return {str(one.name): one for one in read}


def outcomes(suite: TestSuite) -> dict[str, str]:
    """Per rule: failed, skipped, error or passed."""
    kinds = {Failure: "failed", Skipped: "skipped", Error: "error"}
    cases: list[TestCase] = list(suite)
    return {str(one.name): next((kinds[type(why)] for why in one.result), "passed") for one in cases}


def test_each_file_is_a_suite_and_each_rule_a_test() -> None:
    run = all_samples()
    found = suites(run)
    assert list(found) == [one.file.path for one in run.judged]
    faulty = outcomes(found["fouten-per-familie.xlsx"])
    assert [name.split()[0] for name in faulty] == CODES
    assert faulty["A201 row-total-mismatch"] == "failed"
    assert faulty["A207 above-approved-maximum"] == "skipped"
    assert faulty["T104 formula-overwritten"] == "passed"


def test_the_counts_are_those_of_the_tests() -> None:
    read = JUnitXml.fromstring(to_junit(all_samples()).encode())
    for suite in read:
        counted = Counter(outcomes(suite).values())
        assert (suite.tests, suite.failures) == (len(list(suite)), counted["failed"])
        assert (suite.errors, suite.skipped) == (counted["error"], counted["skipped"])
    root = ET.fromstring(to_junit(all_samples()))  # noqa: S314 - our own text
    for name in ("tests", "failures", "errors"):
        assert int(root.get(name, "")) == sum(int(suite.get(name, "")) for suite in root)


def test_a_run_that_was_broken_off_is_an_error() -> None:
    run = all_samples()
    read = JUnitXml.fromstring(to_junit(Run(run.basis, run.judged[:1], interrupted=True)).encode())
    assert [str(one.name) for one in read] == [run.judged[0].file.path, "kpicheck"]
    assert outcomes(list(read)[1]) == {"interrupted": "error"}
    assert read.errors == 1


def test_a_failed_rule_lists_its_findings() -> None:
    run = all_samples()
    case = next(one for one in suites(run)["midden-limburg-west.xlsx"] if str(one.name).startswith("A302"))
    told = str(case.result[0].text).splitlines()
    assert [line.split(":")[0] for line in told] == [f"Mijlpalen!G{row}" for row in (24, 31, 32)]
    assert all("Doe nu:" in line for line in told)


@pytest.mark.parametrize(
    ("fail_on", "error", "warning", "info"),
    [
        (Severity.ERROR, "failed", "passed", "passed"),
        (Severity.WARNING, "failed", "failed", "passed"),
        (Severity.INFO, "failed", "failed", "failed"),
        (None, "passed", "passed", "passed"),
    ],
)
def test_what_fails_is_what_fails_the_run(
    fail_on: Severity | None, error: str, warning: str, info: str
) -> None:
    run = basis(fail_on=fail_on).run([named("midden-limburg-west")])
    found = outcomes(suites(run)["midden-limburg-west.xlsx"])
    assert found["E101 effort-share-too-high"] == error
    assert found["N104 kpi-number-not-in-section"] == warning
    assert found["S111 deadline-not-in-text"] == info
    assert "Mijlpalen!B24: Tip S111" in to_junit(run)


def test_a_rule_that_was_not_checked_somewhere_is_not_passed() -> None:
    run = all_samples()
    for one in run.judged:
        found = {name.split()[0]: how for name, how in outcomes(suites(run)[one.file.path]).items()}
        assert not [word.rule for word in one.file.not_checked if found[word.rule] == "passed"]


def test_a_rule_checked_in_part_is_skipped_and_lists_what_it_found() -> None:
    run = basis(fail_on=None).run([named("midden-limburg-west")])
    case = next(one for one in suites(run)["midden-limburg-west.xlsx"] if str(one.name).startswith("A302"))
    assert [type(one) for one in case.result] == [Skipped]
    assert "G16" in str(case.result[0].message)
    assert str(case.system_out).count("Fout A302") == 3


def test_a_file_that_was_not_read_is_an_error() -> None:
    run = basis().run(reports()[-1:])
    assert outcomes(suites(run)["kapot.xlsx"]) == {"text-file": "error"}


def test_a_check_that_broke_down_is_an_error_and_its_rule_not_passed() -> None:
    found = outcomes(suites(basis().run([crashed()]))["fouten-per-familie.xlsx"])
    assert found["check-crashed"] == "error"
    assert found["A201 row-total-mismatch"] == "skipped"


def test_an_exception_skips_its_rule_with_the_reason() -> None:
    suite = suites(excepted())["fouten-per-familie.xlsx"]
    case = next(one for one in suite if str(one.name).startswith("T104"))
    assert [type(one) for one in case.result] == [Skipped]
    assert "uitgezonderd: Afgesproken" in str(case.result[0].message)


@settings(max_examples=30, deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=30))
@example("\ud800\ufffe\uffff\x00\x0b")
@example("]]> <!-- &amp; \"'")
def test_any_text_gives_xml_that_can_be_read(text: str) -> None:
    run = poisoned(text)
    read = JUnitXml.fromstring(to_junit(run).encode())
    assert len(list(read)) == len(run.judged)
