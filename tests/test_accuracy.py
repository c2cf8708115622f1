"""kpicheck against a careful reviewer's list for a real plan. `just accuracy` prints the table."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from samples import build

from kpicheck import ruleset as rulesets
from kpicheck.finding import Finding
from kpicheck.job import Stated, check_file

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
ENOUGH = 0.8

# The reviewer's own names, and the rules of the register that say the same. No rule: a person must see it.
RULES: dict[str, tuple[str, ...]] = {
    "effort-share-over-70": ("E101",),
    "summary-block-mismatch": ("A204",),
    "section-subtotal-mismatch": ("A203", "A206"),
    "section-without-budget": ("A204",),
    "party-code-missing": ("K102",),
    "amount-not-whole": ("A104",),
    "draft-marker": ("T110",),
    "working-note-left": ("S102",),
    "text-date-conflict": ("D102",),
    "explanation-line-without-amount": ("A303",),
    "payment-line-without-kpi": ("F107",),
    "kpi-number-section-mismatch": ("N104",),
    "name-structure": ("N101",),
    "prefinancing-suspected": ("P102",),
    "explanation-sum-mismatch": ("A302",),
    "smart-no-time-bound": ("S111",),
    "measurement-period-after-date": ("D103",),
    "upper-bound-only": ("S110",),
    "amount-zero": ("A103",),
    "result-no-target": ("S106",),
    "open-item-left": ("S102",),
    "explanation-not-a-basis": (),
    "evidence-inconsistent": (),
}
FORBIDDEN: dict[str, tuple[str, ...]] = {
    "explanation-sum-mismatch": ("A302",),
    "section-subtotal-mismatch": ("A203",),
    "text-date-conflict": ("D102",),
    "text-date-conflict / measurement-period-after-date": ("D102", "D103"),
    "result-no-target": ("S106",),
    "result-no-reference": ("S107",),
    "payment-frequency": ("P104", "P105"),
    "too-many-kpis-per-moment": ("P106",),
    "kpi-number-duplicate": ("N102",),
    "parties-sum-mismatch": ("A201", "K106"),
    "noncommittal-wording": ("S104",),
}

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the reviewer's list stands beside the checkout only"
)


# Where the section titles stand in the workbook that is built from the transcription.
SECTION_TITLES = {"1": "A15", "2": "A22", "4": "A28", "7": "-"}


@dataclass(frozen=True)
class Line:
    detect: str
    row: str
    rule: str
    found: bool


@cache
def expected() -> Any:  # noqa: ANN401 - read from JSON
    return json.loads((SHARED / "expected_mlw_v1_may2025.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    plan = build.mlw_from_shared(SHARED / "mlw_v1_may2025.json", tmp_path_factory.mktemp("mlw") / "plan.xlsx")
    return list(check_file(plan, rulesets.load("landelijk"), Stated()).findings)


def stands_in(finding: Finding, row: str) -> bool:
    """Whether a finding is about the row the reviewer names."""
    if row in ("plan", "all"):
        return True
    if section := re.fullmatch(r"section (\d)", row):
        named = " ".join(str(value) for value in finding.facts.values())
        return (
            f"({section[1]})" in named or finding.rule == "A206" or finding.cell == SECTION_TITLES[section[1]]
        )
    if start := re.fullmatch(r"start-(\d)", row):
        number = {"2": "3.0", "4": "4.0"}[start[1]]
        return finding.kpi == number
    return finding.kpi == row


def lines(findings: list[Finding]) -> list[Line]:
    return [
        Line(
            one["detect"],
            one["row"],
            one["rule"],
            any(
                found.rule in RULES.get(one["rule"], ()) and stands_in(found, one["row"])
                for found in findings
            ),
        )
        for one in expected()["findings"]
        if one["detect"] != "human"
    ]


def test_everything_a_program_must_find_is_found(findings: list[Finding]) -> None:
    assert [line for line in lines(findings) if line.detect == "auto" and not line.found] == []


def test_most_of_what_a_pattern_can_see_is_found(findings: list[Finding]) -> None:
    table = [line for line in lines(findings) if line.detect == "heuristic"]
    for line in lines(findings):
        print(f"{line.detect:10} {line.row:10} {line.rule:32} {'found' if line.found else 'MISSED'}")  # noqa: T201
    found = sum(line.found for line in table)
    print(f"heuristic: {found} of {len(table)}")  # noqa: T201
    assert found >= ENOUGH * len(table)


@pytest.mark.parametrize("number", range(len(expected()["must_not_report"]) if SHARED.is_dir() else 0))
def test_nothing_a_reviewer_would_reject_is_reported(findings: list[Finding], number: int) -> None:
    one = expected()["must_not_report"][number]
    rows = one["row"].split(",")
    wrong = [
        (found.rule, found.cell)
        for found in findings
        for row in rows
        if found.rule in FORBIDDEN[one["rule"]] and stands_in(found, row.strip())
    ]
    assert wrong == []
