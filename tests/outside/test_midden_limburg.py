"""A real regional plan against what a careful reviewer reports, where its transcription stands near."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from .cases import listed, readable
from .running import Batch, Job
from .workbooks import REGIONAL_HEADINGS, Cells, Plan, Row, Table, Value

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
SOURCE = SHARED / "mlw_v1_may2025.json"
pytestmark = pytest.mark.skipif(not SOURCE.is_file(), reason="the transcription is not here")

TOP = 14
SUMMARY_KEYS = ("label", "count", "total", "effort", "effort_pct", "result", "result_pct")
TYPE_KEYS = ("label", "count", "budget", "percent", "norm_percent")
PLACES = {
    "section 1": 15, "1.1": 16, "1.2": 17, "1.3": 18, "1.4": 19, "1.5": 20, "1.6": 21,
    "section 2": 22, "start-2": 23, "2.1": 24, "2.2": 25, "2.5": 26, "2.6": 27,
    "section 4": 28, "start-4": 29, "4.1": 30, "4.2": 31, "4.3": 32,
}  # fmt: skip


def summary_cell(key: str, value: str | float | None) -> Value:
    return value / 100 if key.endswith(("pct", "percent")) and isinstance(value, (int, float)) else value


def above(source: dict[str, Any]) -> Cells:
    cells: Cells = {"A1": source["title"], "A2": source["version"]}
    cells.update(zip(("A4", "B4", "C4", "D4"), ("KPI's", "Aantal", "Budget", "Procent"), strict=True))
    titles = ("KPI's", "Aantal", "Totaal budget", "Inspanningbudget", "Procent", "Resultaatbudget", "Procent")
    cells.update(zip((f"{letter}4" for letter in "GHIJKLM"), titles, strict=True))
    for letters, keys, lines in (
        ("ABCDE", TYPE_KEYS, source["summary"]["by_type"]),
        ("GHIJKLM", SUMMARY_KEYS, source["summary"]["by_section"]),
    ):
        for row, line in enumerate(lines, 5):
            for letter, key in zip(letters, keys, strict=True):
                cells[f"{letter}{row}"] = summary_cell(key, line.get(key))
    return cells


def payment_row(line: dict[str, Any]) -> Row:
    cells: Cells = {
        "name": line["name"],
        "smart": line["smart"],
        "date": dt.date.fromisoformat(line["date_iso"]) if line["date_iso"] else None,
        "type": line["type"],
        "evidence": line["evidence"],
        "total": line["amount"],
        "explanation": "\n".join(part["raw"] for part in line["explanation"]),
        "party1": line["synthese"],
        "party2": line["gemeenten"],
    }
    return Row(cells)


def build() -> Plan:
    source = json.loads(SOURCE.read_text(encoding="utf-8"))
    rows: list[Row] = []
    for part in source["sections"]:
        note = f" {part['header_note']}" if part["header_note"] else ""
        title = f"({part['number']}) {part['title']}{note}"
        rows.append(Row({"name": title, "total": part["subtotal"]}, counted=False))
        rows += [payment_row(line) for line in source["rows"] if line["section"] == part["number"]]
    headings = dict(REGIONAL_HEADINGS) | {"party1": "Synthese + code", "party2": "Gemeenten + code"}
    return Plan([Table(headings, rows, sheet="Mijlpalen", top=TOP)], {"Mijlpalen": above(source)})


BATCH = Batch("midden-limburg", [Job("midden-limburg", build)])


@pytest.fixture(scope="session")
def report(shared_root: Path) -> dict[str, Any]:
    file = BATCH.report("midden-limburg", shared_root)
    readable(file)
    return file


def at(file: dict[str, Any], rule: str, cell: str) -> list[dict[str, Any]]:
    return [f for f in file["findings"] if f["rule"] == rule and f["cell"] == cell]


def test_rows_are_told_apart(report: dict[str, Any]) -> None:
    rows = report["rows"]
    assert (rows["kpi"], rows["section"], rows["start_contribution"]) == (13, 3, 2)


def test_effort_share_counts_the_start_contributions(report: dict[str, Any]) -> None:
    found = [f for f in report["findings"] if f["rule"] == "E101"]
    assert len(found) == 1, listed(report)
    facts = found[0]["facts"]
    assert float(facts["share"]) == pytest.approx(0.77459, abs=0.00005)
    assert float(facts["share_without_untyped"]) == pytest.approx(0.74252, abs=0.00005)
    assert float(facts["excess"]) == pytest.approx(248_808.80, abs=1)
    assert float(report["plan"]["untyped"]) == 106_975


@pytest.mark.parametrize(
    ("rule", "cell", "severity"),
    [
        ("F107", "A23", "error"),
        ("F107", "A29", "error"),
        ("D102", "C18", "error"),
        ("D102", "C30", "warning"),
        ("D102", "C20", ""),
        ("D102", "C17", "warning"),
        ("D102", "C16", "warning"),
        ("K102", "H14", "error"),
        ("K102", "I14", "error"),
        ("A103", "F32", "error"),
        ("P102", "G23", "warning"),
        ("P102", "G24", "warning"),
        ("P102", "G26", "warning"),
        ("P102", "G30", "warning"),
        ("P102", "G31", "warning"),
    ],
)
def test_first_set_finds(report: dict[str, Any], rule: str, cell: str, severity: str) -> None:
    found = at(report, rule, cell)
    assert len(found) == 1, listed(report)
    assert severity in {"", found[0]["severity"]}, found[0]


def test_summary_contradicts_itself(report: dict[str, Any]) -> None:
    cells = {f["cell"] for f in report["findings"] if f["rule"] == "A204"}
    assert len(cells) >= 2, listed(report)
    assert all(int("".join(filter(str.isdigit, cell))) < TOP for cell in cells), listed(report)


def test_cents_of_the_summary_are_reported_once(report: dict[str, Any]) -> None:
    assert len([f for f in report["findings"] if f["rule"] == "A104"]) == 1, listed(report)


def test_what_is_not_known_is_not_judged(report: dict[str, Any]) -> None:
    skipped = {n["rule"] for n in report["not_checked"]}
    assert {"A201", "K106", "A202", "P101"} <= skipped, sorted(skipped)


NEVER_ANYWHERE = ("A201", "K106", "A202", "N102", "P104", "P105", "P106", "S101", "F101", "F106")
NEVER_AT = [
    *(
        (rule, f"C{PLACES[name]}")
        for rule in ("D102",)
        for name in ("2.2", "4.2", "4.3", "1.4", "2.6", "1.6")
    ),
    ("D103", f"C{PLACES['2.6']}"),
    *(
        ("A302", f"G{PLACES[name]}")
        for name in (
            "1.1",
            "1.2",
            "1.3",
            "1.4",
            "1.5",
            "1.6",
            "2.2",
            "2.6",
            "start-2",
            "2.5",
            "start-4",
            "4.1",
        )
    ),
    ("A203", f"F{PLACES['section 1']}"),
    ("A203", f"F{PLACES['section 4']}"),
    ("S106", f"B{PLACES['2.6']}"),
    ("S107", f"B{PLACES['2.6']}"),
    ("S107", f"B{PLACES['2.5']}"),
    ("S104", f"B{PLACES['1.3']}"),
]


@pytest.mark.parametrize("rule", NEVER_ANYWHERE)
def test_must_not_report(report: dict[str, Any], rule: str) -> None:
    assert rule not in {f["rule"] for f in report["findings"]}, listed(report)


@pytest.mark.parametrize(("rule", "cell"), NEVER_AT)
def test_must_not_report_there(report: dict[str, Any], rule: str, cell: str) -> None:
    assert not at(report, rule, cell), listed(report)


@pytest.mark.register
@pytest.mark.parametrize(
    ("rule", "cell"),
    [
        ("A302", "G24"),
        ("A302", "G31"),
        ("A302", "G32"),
        ("A303", "G16"),
        ("A303", "G19"),
        ("A303", "G20"),
        ("D103", "C26"),
        ("N101", "A23"),
        ("N101", "A29"),
        ("N104", "A23"),
        ("S102", "A15"),
        ("S102", "E32"),
        ("S106", "B32"),
        ("S110", "B31"),
        ("S111", "B24"),
    ],
)
def test_register_finds(report: dict[str, Any], rule: str, cell: str) -> None:
    assert len(at(report, rule, cell)) == 1, listed(report)


@pytest.mark.register
def test_start_contributions_are_counted_unevenly(report: dict[str, Any]) -> None:
    assert "A206" in {f["rule"] for f in report["findings"]}, listed(report)


@pytest.mark.register
def test_draft_is_seen(report: dict[str, Any]) -> None:
    assert "T110" in {f["rule"] for f in report["findings"]}, listed(report)
