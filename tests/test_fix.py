"""`kpicheck fix`: the preview, the copy, the exit code, and that the plan itself is never touched."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from samples.expected import FOLDER

from kpicheck.cli.app import run

from .repair.plans import edited, plan, repaired

SLOPPY = FOLDER / "slordig-plan.xlsx"
ONE_CELL = ("KPI 3", "total", 120000)  # the total of F4 as a number instead of a formula


@pytest.fixture
def sloppy(tmp_path: Path) -> Path:
    return Path(shutil.copy(SLOPPY, tmp_path / "plan.xlsx"))


def fix(*arguments: str | Path) -> int:
    return run(["fix", *map(str, arguments), "--isolated", "--today", "2026-11-22"])


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def written(folder: Path, *changes: tuple[str, str, object]) -> Path:
    file = folder / "plan.xlsx"
    file.write_bytes(plan(*changes))
    return file


def test_the_preview_is_a_table(capsys: pytest.CaptureFixture[str], sloppy: Path) -> None:
    assert fix(sloppy) == 1
    said = capsys.readouterr().out
    lines = said.splitlines()
    assert lines[0] == "10 cellen zijn veilig te herstellen. Aantal bevindingen: nu 16, daarna 8."
    assert lines[2].split() == ["cel", "was", "wordt", "regel", "waarom", "veilig"]
    assert any(line.startswith('C3   "30-6-2026"') and " T108 " in line for line in lines)
    assert any(line.startswith("F6   € 130.000") and "=SOM(I6:L6)" in line for line in lines)
    assert any('1·"' in line for line in lines)
    assert "Blad Algemene gegevens:" in lines
    flat = " ".join(said.split())
    assert (
        "F12 · T104: er staat € 61.000, de formule zou € 60.000 geven. Doe nu: Kijk welke van de twee" in flat
    )
    assert "J9 · T108: de waarde in F9 zou dan van € 55.000 in € 70.000 veranderen." in flat
    assert (
        "Er is nog niets gewijzigd. Met --write KOPIE.xlsx zet kpicheck deze herstellingen in een kopie."
        in flat
    )
    assert max(map(len, lines)) <= 80
    assert all(line == line.rstrip() for line in lines)


def test_in_english(capsys: pytest.CaptureFixture[str], sloppy: Path) -> None:
    assert fix(sloppy, "--lang", "en") == 1
    said = capsys.readouterr().out
    assert said.startswith("10 cells can be repaired safely. Findings: 16 now, 8 afterwards.")
    assert "=SUM(I6:L6)" in said


def test_nothing_is_written_without_a_name(sloppy: Path) -> None:
    before = sloppy.read_bytes(), sloppy.stat().st_mtime_ns
    fix(sloppy)
    assert (sloppy.read_bytes(), sloppy.stat().st_mtime_ns) == before
    assert names(sloppy.parent) == [sloppy.name]


def test_the_copy(capsys: pytest.CaptureFixture[str], sloppy: Path, tmp_path: Path) -> None:
    before = sloppy.read_bytes(), sloppy.stat().st_mtime_ns
    copy = tmp_path / "hersteld.xlsx"
    assert fix(sloppy, "--write", copy) == 1
    said = capsys.readouterr().out
    assert said.startswith("10 cellen zijn hersteld. Aantal bevindingen: eerst 16, nu 8.")
    assert "Uw eigen bestand is niet gewijzigd." in said
    assert copy.read_bytes() == repaired(SLOPPY.read_bytes()).data
    assert (sloppy.read_bytes(), sloppy.stat().st_mtime_ns) == before
    assert names(tmp_path) == ["hersteld.xlsx", "plan.xlsx"]


def test_a_repaired_copy_has_nothing_left_to_repair(
    capsys: pytest.CaptureFixture[str], sloppy: Path, tmp_path: Path
) -> None:
    copy, again = tmp_path / "hersteld.xlsx", tmp_path / "nogmaals.xlsx"
    fix(sloppy, "--write", copy)
    capsys.readouterr()
    assert fix(copy, "--write", again) == 1
    said = capsys.readouterr().out
    assert said.startswith("Er is niets dat kpicheck veilig kan herstellen.")
    assert "Er is geen kopie gemaakt." in said
    assert not again.exists()


def test_the_exit_code_is_that_of_what_remains(tmp_path: Path) -> None:
    assert fix(written(tmp_path)) == 0
    file = written(tmp_path, ONE_CELL)
    assert run(["validate", str(file), "--isolated", "--fail-on", "warning"]) == 1
    assert fix(file, "--fail-on", "warning") == 0
    assert fix(written(tmp_path, ("KPI 3", "total", 1)), "--fail-on", "warning") == 1


def test_one_cell(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert fix(written(tmp_path, ONE_CELL)) == 0
    said = capsys.readouterr().out
    assert said.startswith("1 cel is veilig te herstellen. Aantal bevindingen: nu 1, daarna 0.")
    assert "Niet hersteld" not in said


def test_only_what_was_asked(capsys: pytest.CaptureFixture[str], sloppy: Path) -> None:
    assert fix(sloppy, "--select", "T108") == 0
    said = capsys.readouterr().out
    assert "3 cellen" in said
    assert "E105" not in said
    assert "F12" not in said
    fix(sloppy, "--ignore", "T108", "--ignore", "T104")
    said = capsys.readouterr().out
    assert "E105" in said
    assert "T108" not in said


def test_the_proof_is_by_all_rules_whatever_was_asked(tmp_path: Path) -> None:
    """As a number the text would be in the way of the formula: T111, which was not asked."""
    file = written(tmp_path, ("KPI 3", "parties", [10000, 40000, "40.000", 30000]), ("KPI 3", "total", 80000))
    copy = tmp_path / "kopie.xlsx"
    fix(file, "--select", "T108", "--select", "T104", "--write", copy)
    assert copy.read_bytes() == repaired(file.read_bytes(), spaces=False).data


def test_an_exception_leaves_the_cell_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = written(tmp_path, ONE_CELL)
    exceptions = '[[exception]]\nrule = "T104"\nreason = "afgesproken"\n'
    (tmp_path / "kpicheck-exceptions.toml").write_text(exceptions, encoding="utf-8")
    assert run(["fix", str(file), "--today", "2026-11-22"]) == 0
    assert capsys.readouterr().out.startswith("Er is niets dat kpicheck veilig kan herstellen.")


@pytest.mark.parametrize("name", ["plan.xlsx", "kopie.xlsm", "kopie", "weg/kopie.xlsx"])
def test_a_name_that_cannot_be(name: str, sloppy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sloppy.read_bytes()
    assert fix(sloppy, "--write", sloppy.parent / name) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert sloppy.read_bytes() == before
    assert names(sloppy.parent) == [sloppy.name]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_the_plan_is_the_plan(sloppy: Path) -> None:
    link = sloppy.parent / "kopie.xlsx"
    link.symlink_to(sloppy)
    before = sloppy.read_bytes()
    assert fix(sloppy, "--write", link) == 2
    assert sloppy.read_bytes() == before


def test_quiet(sloppy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fix(sloppy, "--quiet", "--write", sloppy.parent / "kopie.xlsx") == 1
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")
    assert (sloppy.parent / "kopie.xlsx").exists()


def test_a_file_that_is_no_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "kapot.xlsx"
    broken.write_bytes(b"geen werkmap")
    assert fix(broken, "--write", tmp_path / "kopie.xlsx") == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert not (tmp_path / "kopie.xlsx").exists()


def test_a_workbook_that_cannot_be_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(edited(plan(ONE_CELL), "_xmlsignatures/origin.sigs", lambda _: " "))
    assert fix(file, "--write", tmp_path / "kopie.xlsx", "--fail-on", "warning") == 1
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("In dit bestand kan kpicheck niets herstellen: het is digitaal ondertekend")
    assert line.endswith("Er is geen kopie gemaakt.")
    assert not (tmp_path / "kopie.xlsx").exists()


def test_what_a_plan_says_is_shown_safely(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "Wijk\u202eteams - [bold]Inrichting[/] 123456782 - KPI 3 "
    fix(written(tmp_path, ("KPI 3", "name", name)))
    said = capsys.readouterr().out
    assert "\u202e" not in said
    assert "123456782" not in said
    assert "[bold]" in said.replace("\n", "")
