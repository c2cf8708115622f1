"""What is read is never written over, and a link is followed, not replaced."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from samples.expected import FOLDER

from kpicheck.cli.app import run

GOOD = FOLDER / "goed-plan.xlsx"
COMMANDS = (
    ("validate", "plan.xlsx", "--output", "md={}"),
    ("summary", "plan.xlsx", "--output", "md={}"),
    ("triage", "plan.xlsx", "--output", "csv={}"),
    ("diff", "plan.xlsx", "plan.xlsx", "--output", "md={}"),
    ("whatif", "plan.xlsx", "--set", "rij3.datum=1-1-2027", "--output", "md={}"),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(GOOD, tmp_path / "plan.xlsx")
    (tmp_path / "begroting.csv").write_text("jaar;bedrag\n2026;400000\n2027;400000\n2028;400000\n")
    (tmp_path / "kpicheck.toml").write_text('lang = "nl"\n')
    (tmp_path / "kpicheck-exceptions.toml").write_text("")
    (tmp_path / "lijst.txt").write_text("plan.xlsx\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one[0])
@pytest.mark.parametrize("taken", ["begroting.csv", "kpicheck.toml", "kpicheck-exceptions.toml"])
def test_settings_budget_and_exceptions_are_never_written_over(
    command: tuple[str, ...], taken: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / taken).read_bytes()
    budget = ("--budget", "begroting.csv") if command[0] != "triage" else ()
    if taken == "begroting.csv" and not budget:
        pytest.skip("triage takes no budget")
    assert run([*(one.format(taken) for one in command), *budget]) == 2
    assert capsys.readouterr().err == (
        f"kpicheck: {taken} is zelf invoer van deze opdracht; kies een andere naam voor de uitvoer.\n"
    )
    assert (folder / taken).read_bytes() == before


def test_a_list_is_never_written_over(folder: Path) -> None:
    assert run(["validate", "@lijst.txt", "--output", "md=lijst.txt"]) == 2
    assert (folder / "lijst.txt").read_text() == "plan.xlsx\n"


@pytest.mark.skipif(os.name == "nt", reason="links of Unix")
def test_a_link_is_followed(folder: Path) -> None:
    (folder / "verslag.md").write_text("oud")
    (folder / "link.md").symlink_to("verslag.md")
    (folder / "nieuw.md").symlink_to("er-is-nog-niets.md")
    for name, target in (("link.md", "verslag.md"), ("nieuw.md", "er-is-nog-niets.md")):
        assert run(["validate", "plan.xlsx", "--output", f"md={name}"]) == 0
        assert (folder / name).is_symlink()
        assert (folder / target).read_text().startswith("#")


@pytest.mark.skipif(os.name == "nt", reason="links of Unix")
def test_links_that_go_round_are_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.md").symlink_to("b.md")
    (folder / "b.md").symlink_to("a.md")
    assert run(["validate", "plan.xlsx", "--output", "md=a.md"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
