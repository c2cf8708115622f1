"""CSV: what a Dutch Excel makes of it, and what it must never make of it."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpicheck.report.as_csv import as_text, to_csv
from kpicheck.report.run import Run

from .runs import all_samples, excepted, findings, poisoned, trapped

HEADINGS = (
    "Bestand;Uitslag;Niveau;Code;Regel;Blad;Cel;KPI;Naam;Bevinding;Doe nu;Verschil in euro;Bron;Vingerafdruk"
)
LIVE = re.compile(r"[\s\"]*[=+\-@＝＋－＠\t\r]")


def rows(run: Run, delimiter: str = ";") -> list[list[str]]:
    text = to_csv(run).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def table(run: Run) -> list[dict[str, str]]:
    head, *lines = rows(run)
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_it_starts_with_a_byte_order_mark_and_ends_its_lines_as_windows_does() -> None:
    data = to_csv(all_samples()).encode()
    assert data.startswith(b"\xef\xbb\xbf" + HEADINGS.encode() + b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_every_file_has_a_row_and_each_finding_one() -> None:
    run = all_samples()
    said = table(run)
    assert {one["Bestand"] for one in said} == {one.file.path for one in run.judged}
    assert sum(bool(one["Vingerafdruk"]) for one in said) == len(findings(run))
    clean = next(one for one in said if one["Bestand"] == "goed-plan.xlsx")
    assert (clean["Uitslag"], clean["Niveau"]) == ("geen fouten", "")
    assert "Dit is geen goedkeuring" in clean["Bevinding"]
    refused = [one for one in said if one["Bestand"] == "kapot.xlsx"]
    assert [(one["Uitslag"], one["Niveau"], one["Code"]) for one in refused] == [
        ("niet gecontroleerd", "Niet gecontroleerd", "text-file")
    ]


def test_a_difference_is_a_number_with_a_comma_and_shares_and_counts_are_left_out() -> None:
    said = table(all_samples())
    regional = [one for one in said if one["Bestand"] == "midden-limburg-west.xlsx"]
    amounts = {one["Cel"]: one["Verschil in euro"] for one in regional if one["Verschil in euro"]}
    assert amounts["D14"] == "248808,8"
    assert amounts["C7"] == "142770,32"
    assert "B7" not in amounts
    assert all(re.fullmatch(r"-?\d+(,\d+)?", one) for one in amounts.values())


def test_codes_cells_and_words_stay_as_they_are() -> None:
    effort = next(one for one in table(all_samples()) if one["Code"] == "E101")
    assert (effort["Cel"], effort["Blad"], effort["Regel"]) == ("D1", "Mijlpalen", "effort-share-too-high")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "  '=1+1"),
        ('"=1+1', "\"'=1+1"),
        ("+31 6", "'+31 6"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("a;=1+1", "a;'=1+1"),
        ("a, =1+1", "a, '=1+1"),
        ("zet terug: =SOM(I10:L10)", "zet terug: =SOM(I10:L10)"),
        ("1-2", "'1-2"),
        ("1.3", "'1.3"),
        ("1234567890123456", "'1234567890123456"),
        ("12345678901234e5", "'12345678901234e5"),
        ("12e45f7890123456", "12e45f7890123456"),
        ("E101", "E101"),
        ("KPI 1.3", "KPI 1.3"),
        ("", ""),
        ("(excl. btw)", "(excl. btw)"),
    ],
)
def test_what_a_spreadsheet_would_calculate_or_convert_is_text(typed: str, written: str) -> None:
    assert as_text(typed) == written


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@settings(max_examples=40, deadline=None)
@given(text=st.text(st.sampled_from(list("=+-@ \t\r\n\"';,|a1.\x00\u2028＝")), max_size=12))
@example("=cmd|' /C calc'!A0")
@example('x,=1+1,"=2')
@example('";=1+1;"')
@example("\t=1")
@example("a\n=1")
def test_no_cell_is_live_whatever_separator_the_reader_uses(delimiter: str, text: str) -> None:
    run = poisoned(text)
    for row in rows(run, delimiter):
        assert not [cell for cell in row if LIVE.match(cell)]
    if delimiter == ";":
        assert {len(row) for row in rows(run)} == {len(HEADINGS.split(";"))}


def test_a_trapped_plan_is_only_text() -> None:
    said = table(trapped())
    assert {one["Bestand"] for one in said} == {"'=1+1 111***333, #1.xlsx"}
    assert '\'=HYPERLINK("x") - @SUM(1) - KPI 2.X' in {one["Naam"] for one in said}


def test_exceptions_and_agreements_are_rows_too() -> None:
    reasons = [one["Bevinding"] for one in table(excepted()) if one["Niveau"] == "Niet gecontroleerd"]
    assert any(one.startswith("uitgezonderd: Afgesproken") for one in reasons)
    agreed = [one for one in table(poisoned("met reden")) if one["Niveau"] == "Afspraak"]
    assert [(one["Code"], "met reden" in one["Bevinding"]) for one in agreed] == [("E101", True)]


def test_every_amount_comes_back_exactly() -> None:
    run = all_samples()
    sums = [
        Decimal(str(one.facts[key]))
        for _, one in findings(run)
        for key in ("difference", "excess")
        if key in one.facts
        and "share" not in str(one.facts.get("figure"))
        and one.facts.get("figure") != "count"
    ]
    written = [
        Decimal(one["Verschil in euro"].replace(",", ".")) for one in table(run) if one["Verschil in euro"]
    ]
    assert sorted(written) == sorted(sums)
