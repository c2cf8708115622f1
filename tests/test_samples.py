"""The samples: rebuilt byte for byte, and each with its expected report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from samples import build, expected

from kpicheck import ruleset as rulesets
from kpicheck.finding import Severity
from kpicheck.job import Stated, check_bytes, check_file

RULESET = rulesets.load("landelijk")
SAMPLES = sorted(expected.FOLDER.glob("*.xlsx"))
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "mlw_v1_may2025.json"


def test_samples_are_what_the_script_builds(tmp_path: Path) -> None:
    for rebuilt in build.build_all(tmp_path):
        assert rebuilt.read_bytes() == (expected.FOLDER / rebuilt.name).read_bytes(), rebuilt.name


@pytest.mark.parametrize("workbook", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_gives_its_expected_report(workbook: Path) -> None:
    stored = (expected.EXPECTED / f"{workbook.stem}.json").read_text(encoding="utf-8")
    assert json.loads(expected.report_of(workbook)) == json.loads(stored)


def test_the_good_plan_has_no_finding_at_all() -> None:
    report = check_file(expected.FOLDER / "goed-plan.xlsx", RULESET, Stated())
    assert report.failure is None
    assert report.findings == ()


def found(report_path: Path) -> set[tuple[str, str]]:
    return {(one.rule, one.cell) for one in check_file(report_path, RULESET, Stated()).findings}


def test_one_fault_per_family_is_found_where_it_was_put() -> None:
    plan = build.load_plan("fouten-per-familie")
    intended = {(rule, cell) for rule, cell in plan["expected"]}
    assert intended <= found(expected.FOLDER / "fouten-per-familie.xlsx")


def test_one_euro_less_for_a_party_is_a_row_that_does_not_add_up(tmp_path: Path) -> None:
    plan = build.load_plan("goed-plan")
    name = plan["rows"][0]["name"].rsplit(" - ", 1)[1]
    parties = list(plan["rows"][0]["parties"])
    parties[1] += 1
    total = build.Formula(f"=SUM(I2:{'IJKLMNOP'[len(parties) - 1]}2)", sum(plan["rows"][0]["parties"]))
    changed = build.changed(
        plan, [{"at": [name, "parties"], "to": parties}, {"at": [name, "total"], "to": total}]
    )
    report = check_file(build.write_plan(tmp_path / "plan.xlsx", changed), RULESET, Stated())
    (mismatch,) = [one for one in report.findings if one.rule == "A201"]
    assert (mismatch.cell, mismatch.facts["difference"]) == ("F2", 1)
    assert {one.rule for one in report.findings} <= {"A201", "T105", "T111"}


def test_moved_table_without_stored_results_has_the_same_verdict(tmp_path: Path) -> None:
    for name in ("goed-plan", "fouten-per-familie"):
        plan = build.load_plan(name)
        moved = build.write_plan(tmp_path / f"{name}.xlsx", plan, stored=False, top=8, left=3, sheet="Blad3")
        here = check_file(build.write_plan(tmp_path / f"{name}-here.xlsx", plan), RULESET, Stated())
        there = check_file(moved, RULESET, Stated())
        assert there.failure is None
        shifted = [(one.rule, one.row + (8 if one.sheet == "Mijlpalen" else 0)) for one in here.findings]
        assert sorted(shifted) == sorted((one.rule, one.row) for one in there.findings)
        assert there.not_checked == here.not_checked


@pytest.mark.skipif(not SHARED.is_file(), reason="the transcribed plan stands beside the checkout only")
def test_the_original_plan_gives_the_same_findings_as_the_sample(tmp_path: Path) -> None:
    original = build.mlw_from_shared(SHARED, tmp_path / "origineel.xlsx")
    assert found(original) == found(expected.FOLDER / "midden-limburg-west.xlsx")


def test_the_same_bytes_give_the_same_report() -> None:
    data = (expected.FOLDER / "midden-limburg-west.xlsx").read_bytes()
    first, second = (check_bytes(data, "plan.xlsx", RULESET, Stated()) for _ in range(2))
    assert first.findings == second.findings
    assert first.count(Severity.ERROR) > 0
