"""--baseline: what was there on a certain day no longer fails; what is new does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.outside.running import Ran, kpicheck

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "zuid").mkdir(parents=True)
    shutil.copy(SAMPLES / "fouten-per-familie.xlsx", tmp_path / "in" / "zuid" / "a.xlsx")
    return tmp_path


def validate(folder: Path, *words: str, again: int = 0) -> Ran:
    asked = ("--today", "2026-11-22", "--no-cache", "--output", "json")
    return kpicheck("validate", "in", *asked, *words, cwd=folder, again=again)


def first(ran: Ran) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ran.out)["files"][0]
    return found


def test_only_new_findings_fail(folder: Path) -> None:
    before = validate(folder, "--write-baseline", "nul.json")
    assert before.code == 1
    after = validate(folder, "--baseline", "nul.json", again=1)
    assert (after.code, first(after)["findings"], first(after)["status"]) == (0, [], "passed")
    aside = [one for one in first(after)["not_checked"] if "nulmeting" in one["reason"]]
    assert {(one["rule"], one["cell"]) for one in aside} == {
        (one["rule"], one["cell"]) for one in first(before)["findings"]
    }
    known = json.loads((folder / "nul.json").read_text(encoding="utf-8"))
    gone = known["plans"]["in/zuid/a.xlsx"].pop()
    (folder / "nul.json").write_text(json.dumps(known), encoding="utf-8")
    again = validate(folder, "--baseline", "nul.json", again=2)
    assert [one["fingerprint"] for one in first(again)["findings"]] == [gone["fingerprint"]]


def test_a_baseline_is_about_one_plan(folder: Path) -> None:
    validate(folder, "--write-baseline", "nul.json")
    shutil.copy(folder / "in" / "zuid" / "a.xlsx", folder / "in" / "zuid" / "b.xlsx")
    ran = validate(folder, "--baseline", "nul.json", again=1)
    assert ran.code == 1
    assert [one["status"] for one in json.loads(ran.out)["files"]] == ["passed", "failed"]


def test_a_baseline_written_over_itself_keeps_what_is_still_there(folder: Path) -> None:
    validate(folder, "--write-baseline", "nul.json")
    before = (folder / "nul.json").read_bytes()
    validate(folder, "--baseline", "nul.json", "--write-baseline", "nul.json", again=1)
    assert (folder / "nul.json").read_bytes() == before


def test_it_holds_from_any_folder(folder: Path) -> None:
    validate(folder, "--write-baseline", "nul.json")
    asked = ("--today", "2026-11-22", "--no-cache", "--baseline", "../../nul.json")
    assert kpicheck("validate", "a.xlsx", *asked, cwd=folder / "in" / "zuid").code == 0


def test_an_exception_is_not_taken_into_a_baseline(folder: Path) -> None:
    exceptions = folder / "in" / "zuid" / "kpicheck-exceptions.toml"
    exceptions.write_text('[[exception]]\nrule = "E101"\nreason = "Nu even"\n', encoding="utf-8")
    validate(folder, "--write-baseline", "nul.json")
    exceptions.unlink()
    ran = validate(folder, "--baseline", "nul.json", again=1)
    assert {one["rule"] for one in first(ran)["findings"]} == {"E101"}


def test_only_a_baseline_is_written_over(folder: Path) -> None:
    other = folder / "ander.xlsx"
    shutil.copy(SAMPLES / "goed-plan.xlsx", other)
    before = other.read_bytes()
    ran = validate(folder, "--write-baseline", "ander.xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("kpicheck: ander.xlsx bestaat al en is geen nulmeting van kpicheck")
    assert other.read_bytes() == before
    (folder / "nul.json").touch()
    for again in (1, 2):
        assert validate(folder, "--write-baseline", "nul.json", again=again).code == 1


@pytest.mark.parametrize("text", ["", "[]", '{"plans": {"a": 1}}', '{"schema": 2, "plans": {}}', None])
def test_what_is_no_baseline_is_refused(folder: Path, text: str | None) -> None:
    if text is not None:
        (folder / "nul.json").write_text(text, encoding="utf-8")
    ran = validate(folder, "--baseline", "nul.json")
    assert (ran.code, ran.out) == (2, "")
    sentence = "nul.json bestaat niet." if text is None else "nul.json is geen nulmeting van kpicheck."
    assert ran.err.strip() == f"kpicheck: {sentence}"
