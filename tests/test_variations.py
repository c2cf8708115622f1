"""The good plan in five other legal shapes stays without an error or a warning."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samples import build

from kpicheck import ruleset as rulesets
from kpicheck.finding import Severity
from kpicheck.job import Stated, check_file

Plan = dict[str, Any]
LETTERS = "IJKLMNOPQRSTUVWXYZ"


def thirty_parties(plan: Plan) -> None:
    """Twenty-six more parties; each row's first share is spread over them."""
    more = [f"Praktijk Meerzicht {number} {70000000 + number}" for number in range(1, 27)]
    plan["parties"] += more
    for row in plan["rows"]:
        row["parties"][1] -= len(more)
        row["parties"] += [1] * len(more)


def no_kassier(plan: Plan) -> None:
    """The kassier's money goes to the first party, and the answer is no."""
    del plan["parties"][0]
    plan["general"] = _answered(plan["general"], "Nee")
    for row in plan["rows"]:
        kassier, first, *rest = row["parties"]
        row["parties"] = [kassier + first, *rest]


def _answered(general: dict[str, Any], answer: str) -> dict[str, Any]:
    return {
        label: _answered(value, answer)
        if isinstance(value, dict)
        else answer
        if "kassier" in label
        else value
        for label, value in general.items()
    }


def sections_and_totals(plan: Plan) -> None:
    """Two sections with their subtotals, and a totals row."""
    rows = plan["rows"]
    half = len(rows) // 2
    sums = [sum(sum(row["parties"]) for row in part) for part in (rows[:half], rows[half:])]
    titles = [
        {"kind": "section", "name": f"({number}) DEEL {number}", "total": total}
        for number, total in enumerate(sums, start=1)
    ]
    parties = [sum(row["parties"][index] for row in rows) for index in range(len(plan["parties"]))]
    total = {"kind": "section", "name": "Totaal", "total": sum(sums), "parties": parties}
    plan["rows"] = [titles[0], *rows[:half], titles[1], *rows[half:], total]


def short_labels(plan: Plan) -> None:
    """Inspanning and Resultaat instead of the long words."""
    for row in plan["rows"]:
        row["type"] = "Inspanning" if row["type"].startswith("Insp") else "Resultaat"


def formula_in_a_party_cell(plan: Plan) -> None:
    """A share that is worked out."""
    first = plan["rows"][0]["parties"][1]
    plan["rows"][0]["parties"][1] = build.Formula(f"={first - 500}+500", first)


VARIATIONS: list[Callable[[Plan], None]] = [
    thirty_parties,
    no_kassier,
    sections_and_totals,
    short_labels,
    formula_in_a_party_cell,
]


@pytest.mark.parametrize("vary", VARIATIONS, ids=lambda vary: vary.__name__)
@pytest.mark.parametrize("stored", [True, False])
def test_a_legal_variation_has_no_error_and_no_warning(
    vary: Callable[[Plan], None], tmp_path: Path, *, stored: bool
) -> None:
    plan = copy.deepcopy(build.load_plan("goed-plan"))
    vary(plan)
    report = check_file(
        build.write_plan(tmp_path / "plan.xlsx", plan, stored=stored), rulesets.load("landelijk"), Stated()
    )
    assert report.failure is None
    assert [(one.rule, one.cell) for one in report.findings if one.severity is not Severity.INFO] == []
    assert report.plan is not None
    assert len(report.plan.kpis) == 12
