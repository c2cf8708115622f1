"""The published plan, format and examples, read where they stand beside the checkout."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpicheck.dutch.costs import cost_lines, prefinancing_words
from kpicheck.dutch.deadlines import deadlines
from kpicheck.dutch.periods import has_date, has_period, has_reference, measuring_periods
from kpicheck.dutch.placeholders import placeholders
from kpicheck.dutch.wording import (
    is_relative_change,
    is_telegram,
    noncommittal,
    open_items,
    ranges_without_minimum,
    targets,
    upper_bounds_only,
    work_bullets,
)

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the published texts do not stand beside the checkout"
)

Row = dict[str, Any]


def load(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return content


def plan_rows() -> dict[str, Row]:
    return {row["id"]: row for row in load("mlw_v1_may2025.json")["rows"]}


def explanation(row: Row, joiner: str = "\n") -> str:
    return joiner.join(line["raw"] for line in row["explanation"])


def smart(row_id: str) -> str:
    return str(plan_rows()[row_id]["smart"])


@pytest.mark.parametrize("joiner", ["\n", "\r\n", "\n\n", " "])
def test_every_cost_line_of_the_plan_is_read(joiner: str) -> None:
    for row in plan_rows().values():
        expected = [
            (
                None if line["amount_raw"] is None else Decimal(str(line["amount"])),
                () if line["year"] is None else (line["year"],),
                line["part"],
            )
            for line in row["explanation"]
        ]
        found = cost_lines(explanation(row, joiner))
        assert [(line.amount, line.years, line.part) for line in found] == expected


def test_only_one_row_of_the_plan_speaks_of_prefinancing() -> None:
    assert [row_id for row_id, row in plan_rows().items() if prefinancing_words(explanation(row))] == [
        "start-2"
    ]


@pytest.mark.parametrize(
    ("row_id", "expected"),
    [
        ("1.1", ["2025-09-30"]),
        ("1.2", ["2025-12-31"]),
        ("1.3", ["2026-09-01"]),
        ("1.4", ["2026-07-01"]),
        ("1.5", ["2026-12-31"]),
        ("1.6", ["2027-12-31"]),
        ("2.1", []),
        ("2.2", ["2026-07-01"]),
        ("2.5", []),
        ("2.6", []),
        ("4.1", ["2025-12-31"]),
        ("4.2", ["2027-01-01"]),
        ("4.3", ["2027-07-01"]),
    ],
)
def test_the_deadlines_of_the_plan(row_id: str, expected: list[str]) -> None:
    assert [found.day.isoformat() for found in deadlines(smart(row_id))] == expected


def test_the_measuring_periods_of_the_plan() -> None:
    found = {
        row_id: [period.end.isoformat() for period in measuring_periods(row["smart"])]
        for row_id, row in plan_rows().items()
        if row["smart"]
    }
    assert {row_id: ends for row_id, ends in found.items() if ends} == {
        "1.5": ["2026-12-31"],
        "1.6": ["2027-12-31"],
        "2.5": ["2027-12-31"],
        "2.6": ["2027-12-31"],
    }


def test_the_findings_on_wording_in_the_plan() -> None:
    rows = plan_rows()
    texts = {
        (row_id, field): str(row[field])
        for row_id, row in rows.items()
        for field in ("name", "smart", "evidence")
        if row[field]
    }
    assert {place for place, text in texts.items() if placeholders(text)} == set()
    assert {place for place, text in texts.items() if noncommittal(text)} == set()
    assert {place for place, text in texts.items() if work_bullets(text)} == set()
    assert {place for place, text in texts.items() if ranges_without_minimum(text)} == set()
    assert {place for place, text in texts.items() if open_items(text)} == {("4.3", "evidence")}
    assert {place for place, text in texts.items() if upper_bounds_only(text)} == {("4.2", "smart")}
    assert {place for place, text in texts.items() if place[1] == "smart" and is_telegram(text, 6)} == set()
    assert {place for place, text in texts.items() if place[1] == "smart" and not has_date(text)} == {
        ("2.1", "smart")
    }
    for row in rows.values():
        assert placeholders(explanation(row)) == []


def test_the_results_of_the_plan() -> None:
    assert targets(smart("2.5")) == ["3%"]
    assert targets(smart("2.6")) == ["50"]
    assert targets(smart("4.3")) == []
    assert is_relative_change(smart("2.5"))
    assert has_reference(smart("2.5"))
    assert not is_relative_change(smart("2.6"))
    assert has_period(smart("2.6"))


def test_the_section_note_of_the_plan_is_an_open_item() -> None:
    notes = [section["header_note"] for section in load("mlw_v1_may2025.json")["sections"]]
    assert [open_items(note) for note in notes if note] == [["mogelijk nog"]]


def test_the_placeholders_of_the_official_example_rows() -> None:
    rows = load("template.json")["example_rows"]
    assert [placeholders(row["smart"]) for row in rows] == [
        ["patiënten van X"],
        ["xx-xx-xxxx"],
        ["X%", "product x, y en z"],
        [],
        ["202X", "xx%", "202X-1"],
    ]
    assert [placeholders(row["evidence"]) for row in rows] == [[], ["xx-xx-xxxx"], [], [], []]
    assert [row["name"] for row in rows if placeholders(row["name"])] == []
    assert placeholders(rows[0]["control_cell"]) == ["[niet invullen]"]
    for row in rows:
        assert noncommittal(row["smart"]) == []
        assert noncommittal(row["evidence"]) == []


def test_the_advisory_example_rows() -> None:
    rows = {row["number"]: row for row in load("zz_example.json")["rows"]}
    assert {number for number, row in rows.items() if placeholders(row["text"])} == {12}
    assert placeholders(rows[12]["text"]) == ["x,y,z", "XXX"]
    assert {tuple(placeholders(row["payment_raw"])) for row in rows.values()} == {("€ xxx",)}
    assert {
        number: [found.day.isoformat() for found in deadlines(row["text"])] for number, row in rows.items()
    } == {
        **{number: [] for number in rows},
        5: ["2024-12-31"],
        6: ["2025-12-31"],
        9: ["2025-12-31"],
    }
    assert {
        number: [period.end.isoformat() for period in measuring_periods(row["text"])]
        for number, row in rows.items()
        if measuring_periods(row["text"])
    } == {
        4: ["2024-12-31"],
        7: ["2025-12-31"],
        8: ["2025-12-31"],
        10: ["2026-12-31"],
        11: ["2026-12-31"],
        12: ["2026-12-31"],
    }
    assert {number for number, row in rows.items() if is_relative_change(row["text"])} == {8, 11, 12}
    assert all(has_reference(rows[number]["text"]) for number in (8, 11, 12))
    assert {
        number for number, row in rows.items() if row["type"] == "Resultaat" and not targets(row["text"])
    } == {12}


def test_every_advisory_example_result_holds_a_placeholder_or_figures() -> None:
    goals = load("zz_example.json")["example_result_kpis"]["goals"]
    blanks = [text for goal in goals for text in goal["examples"] if "202X" in text]
    assert blanks
    assert all("202X" in placeholders(text) for text in blanks)
