"""SARIF, against its schema (that of @microsoft/sarif-multitool) and against what GitHub asks of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpicheck import texts
from kpicheck.report.paths import uri
from kpicheck.report.run import Run
from kpicheck.report.sarif import to_sarif

from .runs import RULESET, all_samples, basis, crashed, excepted, findings, poisoned, trapped

SCHEMA = json.loads(Path(__file__).with_name("sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def log(run: Run) -> dict[str, Any]:
    """The one run of the log, which follows the schema."""
    told = json.loads(to_sarif(run))
    VALIDATOR.validate(told)
    assert len(told["runs"]) == 1
    found: dict[str, Any] = told["runs"][0]
    return found


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_it_follows_the_schema_and_gives_each_finding(language: str) -> None:
    run = all_samples(language)
    told = log(run)
    levels = {"error": "error", "warning": "warning", "info": "note"}
    assert [(one["ruleId"], one["level"]) for one in told["results"]] == [
        (one.rule, levels[one.severity]) for _, one in findings(run)
    ]


def test_the_schema_refuses_what_is_wrong() -> None:
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({"version": "2.1.0", "runs": [{"results": []}]})


def test_the_ruleset_is_the_driver() -> None:
    driver = log(all_samples())["tool"]["driver"]
    rules = driver["rules"]
    assert [one["id"] for one in rules] == list(dict.fromkeys(one.code for one in RULESET.rules))
    dates = next(one for one in rules if one["id"] == "D102")
    assert (dates["name"], dates["defaultConfiguration"]["level"]) == ("date-contradicts-text", "error")
    assert "Doe nu:" in dates["help"]["text"]
    assert all(0 < len(one["fullDescription"]["text"]) <= 1024 for one in rules)


def test_what_github_asks_of_a_result() -> None:
    run = all_samples()
    told = log(run)
    for result, (file, one) in zip(told["results"], findings(run), strict=True):
        assert told["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert len(result["locations"]) == 1
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] == 1
        assert place["artifactLocation"]["uri"] == file.path
        assert (
            result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == f"{one.sheet}!{one.cell}"
        )
        assert result["partialFingerprints"] == {"primaryLocationLineHash": f"{one.fingerprint}:1"}


def test_a_file_that_was_not_read_is_no_success() -> None:
    told = log(all_samples())
    invocation = told["invocations"][0]
    assert invocation["executionSuccessful"] is False
    errors = [one for one in invocation["toolExecutionNotifications"] if one["level"] == "error"]
    assert [one["descriptor"]["id"] for one in errors] == ["text-file"]
    assert errors[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "kapot.xlsx"
    good = [one for one in all_samples().judged if not one.file.error]
    assert log(Run(basis(), tuple(good)))["invocations"][0]["executionSuccessful"] is True


def test_a_run_that_was_broken_off_is_no_success() -> None:
    good = tuple(one for one in all_samples().judged if not one.file.error)
    (invocation,) = log(Run(basis(), good, interrupted=True))["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["level"] == "error"


def test_a_check_that_broke_down_is_no_success() -> None:
    invocation = log(basis().run([crashed()]))["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert "check-crashed" in [
        one.get("descriptor", {}).get("id") for one in invocation["toolExecutionNotifications"]
    ]


def test_rules_that_were_not_checked_are_notes() -> None:
    run = all_samples()
    notes = [
        one for one in log(run)["invocations"][0]["toolExecutionNotifications"] if one["level"] == "note"
    ]
    wanted = [word.rule for one in run.judged for word in one.file.not_checked]
    assert [one["associatedRule"]["id"] for one in notes] == wanted


def test_an_exception_suppresses_its_findings() -> None:
    results = log(excepted())["results"]
    hidden = [one for one in results if one.get("suppressions")]
    assert [(one["ruleId"], one["level"]) for one in hidden] == [("T104", "note")] * 2
    assert hidden[0]["suppressions"][0]["justification"].startswith("uitgezonderd: Afgesproken")
    before = {one["partialFingerprints"]["primaryLocationLineHash"] for one in log(all_samples())["results"]}
    assert {one["partialFingerprints"]["primaryLocationLineHash"] for one in results} <= before


@settings(max_examples=15, deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=30))
@example("a b#c?d%e:f/é.xlsx")
@example("[klik](http://x.nl) {0}")
@example("//x")
def test_any_text_gives_a_valid_log_with_paths_that_are_uris(text: str) -> None:
    told = log(poisoned(text))
    for one in told["artifacts"]:
        uri = one["location"]["uri"]
        assert uri.isascii()
        assert not urlsplit(uri).query
        assert not urlsplit(uri).fragment
    for result in told["results"]:
        assert "](" not in result["message"]["text"].replace("\\](", "")
        assert "{" not in result["message"]["text"].replace("{{", "")


@pytest.mark.parametrize(("name", "written"), [("\udcff", "%FF"), ("\ud800", "%ED%A0%80"), ("é", "%C3%A9")])
def test_a_name_has_the_bytes_it_has_on_the_disk(name: str, written: str) -> None:
    assert uri(f"{name}.xlsx") == f"{written}.xlsx"
    assert uri(f"/map/{name}.xlsx") == f"file:///map/{written}.xlsx"


def test_a_path_comes_back_from_its_uri() -> None:
    uri = log(trapped())["artifacts"][0]["location"]["uri"]
    assert unquote(uri) == "=1+1 111***333, #1.xlsx"
