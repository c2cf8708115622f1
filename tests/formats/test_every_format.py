"""What holds for every format: strict UTF-8, same bytes, nothing live, no citizen number, nothing lost."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpicheck import texts
from kpicheck.report.formats import FORMATS
from kpicheck.report.run import Run

from .runs import BSN, all_samples, basis, excepted, findings, poisoned, reports, trapped

TEXT = [name for name, one in FORMATS.items() if not one.binary]
CONTROLS = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
COMMAND = re.compile(r"##\w*\[|^\s*::(?!error file=|warning file=|notice file=)[a-z]", re.MULTILINE)
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=30)


def written(name: str, run: Run) -> str:
    """What a format says, as text; of a workbook all its parts."""
    data = FORMATS[name].write(run)
    if isinstance(data, str):
        return data.encode("utf-8", "strict").decode()
    if name != "xlsx":
        return data.decode("utf-8", "strict")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "".join(book.read(part).decode("utf-8", "strict") for part in book.namelist())


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_finding_is_in_every_format(name: str, language: str) -> None:
    run = all_samples(language)
    said = written(name, run)
    if name == "console":
        assert {one.rule for _, one in findings(run)} <= set(re.findall(r"[A-Z]\d{3}", said))
        return
    marks = {
        "short": r": (?:error|warning|info) ([A-Z]\d{3}) ",
        "json": r'"rule": "([A-Z]\d{3})",\s+"slug": "[\w-]+",\s+"severity"',
        "jsonl": r'"rule": "([A-Z]\d{3})", "slug": "[\w-]+", "severity"',
        "csv": r";(?:Fout|Let op|Tip|Error|Warning|Hint);([A-Z]\d{3});",
        "html": r'<span class="rule">([A-Z]\d{3})</span>',
        "md": r"\| (?:Fout|Let op|Tip|Error|Warning|Hint) ([A-Z]\d{3}) \|",
        "sarif": r'"ruleId": "([A-Z]\d{3})"',
        "github": r"title=([A-Z]\d{3}) ",
        "gitlab": r'"check_name": "([A-Z]\d{3})"',
        "junit": r"(?:Fout|Let op|Tip|Error|Warning|Hint) ([A-Z]\d{3}) ",
        "xlsx": r">([A-Z]\d{3})<",
    }
    found = re.findall(marks[name], said)
    wanted = [one.rule for _, one in findings(run)]
    assert sorted(found) == sorted(wanted) if name != "xlsx" else set(found) >= set(wanted)


@pytest.mark.parametrize("name", [one for one in FORMATS if one != "console"])
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_refused_file_is_named_with_its_reason(name: str, language: str) -> None:
    said = written(name, all_samples(language))
    assert "kapot.xlsx" in said
    words = {"nl": "Dit is een tekstbestand", "en": "This is a text file"}[language]
    assert words in said


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_run_gives_the_same_bytes(name: str) -> None:
    again = basis().run(reports(), glance=True)
    assert FORMATS[name].write(all_samples()) == FORMATS[name].write(again)


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if one.streams])
def test_what_streams_is_the_same_file_by_file(name: str) -> None:
    run = all_samples()
    pieces = [FORMATS[name].write(Run(run.basis, (one,))) for one in run.judged]
    assert "".join(map(str, pieces)) == FORMATS[name].write(run)


@pytest.mark.parametrize("name", FORMATS)
def test_no_citizen_number_and_no_command_for_a_build_server(name: str) -> None:
    said = written(name, trapped())
    assert BSN not in said
    assert "K107" in said
    assert not COMMAND.search(said)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=15, deadline=None)
@given(text=ANYTHING)
@example("")
@example("\t")
@example("\ud800\udfff\ufffe\uffff\x00\x1b[31m\x85\u2028\u202e\r\n\t")
@example("=1+1,=cmd|' /C calc'!A0;@x\n-2\n+3")
@example("::error::x:: ##vso[task.complete result=Succeeded;] %0A%25")
@example("]]><!-- </script> <b> &amp; {0} ](http://x.nl) | `x` @wie #1")
def test_any_text_anywhere_gives_strict_utf8_without_controls_and_commands(name: str, text: str) -> None:
    said = written(name, poisoned(text))
    if name not in ("json", "jsonl", "xlsx"):
        said = said.replace("\r\n", "\n") if name == "csv" else said
        assert "\r" not in said
    assert not CONTROLS.search(said)
    assert not COMMAND.search(said)
    if name in ("json", "sarif", "gitlab"):
        json.loads(said)


def test_short_says_one_line_a_finding_and_nothing_of_a_file_without() -> None:
    run = all_samples()
    lines = written("short", run).splitlines()
    assert len(lines) == len(findings(run)) + 1
    assert not [line for line in lines if line.startswith("goed-plan.xlsx")]
    assert "fouten-per-familie.xlsx:Mijlpalen!F10: error A201 Er is € 1.000 verschil" in "\n".join(lines)
    assert lines[-1].startswith(
        "kapot.xlsx: not_checked text-file Dit is een tekstbestand (zoals .csv), geen Excel-werkmap."
    )


@settings(max_examples=50, deadline=None)
@given(text=ANYTHING)
def test_any_text_stays_on_its_line(text: str) -> None:
    run = poisoned(text)
    number = len(findings(run)) + 1
    for name in ("short", "github"):
        assert len(written(name, run).splitlines()) == number
    assert len(written("jsonl", run).splitlines()) == len(run.judged)


def test_github_commands_cannot_be_closed_or_lengthened() -> None:
    run = poisoned("a,title=x::b%0A\nc")
    for line in written("github", run).splitlines():
        found = re.fullmatch(r"::(error|warning|notice) file=([^,:]*),title=([^,:]*)::(.*)", line)
        assert found
        assert re.search("%(?!25|0A|0D|3A|2C)", line) is None
    first = written("github", run).splitlines()[0]
    assert "file=a%2Ctitle=x%3A%3Ab%250A\\u000ac," in first


def test_gitlab_fingerprints_are_unique_and_its_paths_and_rows_are_those_of_the_cells() -> None:
    entries = json.loads(written("gitlab", all_samples()))
    marks = [one["fingerprint"] for one in entries]
    assert len(set(marks)) == len(marks) == len(findings(all_samples())) + 1
    wanted = {"description", "check_name", "fingerprint", "severity", "location"}
    assert all(set(one) == wanted for one in entries)
    assert {one["severity"] for one in entries} == {"major", "minor", "info", "blocker"}
    row = next(one for one in entries if one["check_name"] == "A201")
    assert row["location"] == {"path": "fouten-per-familie.xlsx", "lines": {"begin": 10}}


def test_an_exception_leaves_the_other_fingerprints_alone_and_keeps_its_own() -> None:
    plain, taken = all_samples(), excepted()
    before = {one.fingerprint for file, one in findings(plain) if file.path == "fouten-per-familie.xlsx"}
    after = {one.fingerprint for _, one in findings(taken)}
    hidden = {one.finding.fingerprint for one in taken.judged[0].excepted}
    assert (len(before), len(after), len(hidden)) == (12, 10, 2)
    assert after | hidden == before


@pytest.mark.parametrize("name", ["csv", "html", "md", "console", "sarif", "junit", "xlsx", "json"])
def test_the_reason_of_an_exception_is_in_the_report(name: str) -> None:
    assert "Afgesproken, zie" in written(name, excepted())


def test_every_format_has_its_words() -> None:
    for language in texts.LANGUAGES:
        assert list(texts.texts(language)["formats"]) == list(FORMATS)


def test_a_path_is_written_as_each_system_wants_it() -> None:
    run = poisoned("plannen/regio é #1, 100%.xlsx")
    assert '"uri": "plannen/regio%20%C3%A9%20%231%2C%20100%25.xlsx"' in written("sarif", run)
    assert '"path": "plannen/regio é #1, 100%.xlsx"' in written("gitlab", run)
    assert "::error file=plannen/regio é #1%2C 100%25.xlsx,title=" in written("github", run)
    absolute = poisoned(str(Path("/plannen/a b.xlsx")))
    assert '"uri": "file:///plannen/a%20b.xlsx"' in written("sarif", absolute)
