"""The official example rows and instructions left standing, where their transcription stands near."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from .cases import Case, batch, fault, fine, judge, listed
from .workbooks import Plan, Row, Table, good

SOURCE = Path(__file__).resolve().parents[3] / "shared" / "data" / "template.json"
pytestmark = pytest.mark.skipif(not SOURCE.is_file(), reason="the transcription is not here")

FIELDS = ("name", "smart", "date", "type", "evidence", "total", "explanation", "control")
PARTIES = ("kassier", "party1", "party2", "party3")


def template() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(SOURCE.read_text(encoding="utf-8"))
    return data


def example_rows() -> list[Row]:
    rows = []
    for line in template()["example_rows"]:
        paid = [party["amount"] for party in line["parties"].values()]
        texts = (
            line["name"],
            line["smart"],
            dt.date.fromisoformat(line["date_iso"]),
            line["type"],
            line["evidence"],
        )
        tail = (line["amount"], line["explanation"], line["control_cell"])
        cells = dict(zip((*FIELDS, *PARTIES), (*texts, *tail, *paid), strict=True))
        rows.append(Row(cells, counted=False))
    return rows


def instruction_row() -> Row:
    texts = ["\n".join(column["instruction"]) for column in template()["columns"]]
    return Row(dict(zip((*FIELDS, *PARTIES), texts, strict=True)), counted=False)


def headings() -> dict[str, str | None]:
    return dict(
        zip((*FIELDS, *PARTIES), (column["heading"] for column in template()["columns"]), strict=True)
    )


def as_shipped() -> Plan:
    plan = good()
    plan.tables = [Table(headings(), example_rows())]
    del plan.sheets["Begroting"]
    plan.sheets["Algemene gegevens"]["B6"] = "nee"
    return plan


def left_above(plan: Plan) -> None:
    plan.table.rows = [*example_rows(), *plan.table.rows]


def instruction_above(plan: Plan) -> None:
    plan.table.rows.insert(0, instruction_row())


def only_the_text(plan: Plan) -> None:
    """An own name above the example's own text."""
    row = example_rows()[3]
    row.cells["name"] = "Zorgpaden - Eigen naam gegeven - KPI 5"
    plan.table.rows.insert(0, row)


FIGURES = {"total": "500000", "effort_share": "0.6"}
EXAMPLES = tuple(f"T106@A{row}" for row in range(2, 7))
CASES: list[Case] = (
    [
        fault("examples-above", {}, *EXAMPLES, change=left_above, kpis=8, plan=FIGURES),
        fault("example-text", {}, "T106@A2", change=only_the_text, kpis=8, plan=FIGURES),
        fine("instruction-row", change=instruction_above, allow="T106@A2", kpis=8, plan=FIGURES),
        fine("as-shipped", base=as_shipped),
    ]
    if SOURCE.is_file()
    else []
)
BATCH = batch("official-example", CASES)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.id != "as-shipped"], ids=lambda case: case.id
)
def test_example_left(case: Case, shared_root: Path) -> None:
    judge(case, BATCH.report(case.id, shared_root))


def test_example_as_it_ships(shared_root: Path) -> None:
    file = BATCH.report("as-shipped", shared_root)
    left = [finding["cell"] for finding in file["findings"] if finding["rule"] == "T106"]
    assert left == ["A2", "A3", "A4", "A5", "A6"], listed(file)
    beside = [f for f in file["findings"] if f["rule"] != "T106" and f["sheet"] == "Mijlpalen"]
    assert not [f for f in beside if f["cell"][-1] in "23456"], listed(file)
