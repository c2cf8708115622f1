"""`kpicheck suppress`: an exception with its reason, appended; what stood there stays."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kpicheck import exceptions
from kpicheck.resources import load_toml
from tests.outside.running import Ran, kpicheck

SAMPLE = Path(__file__).parent.parent / "samples" / "fouten-per-familie.xlsx"
OWN = '# afspraken van de regio\n[[exception]]\nrule = "S112"   # blijft zo\nreason = "Kan"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(SAMPLE, tmp_path / "plan.xlsx")
    return tmp_path


def suppress(folder: Path, *words: str) -> Ran:
    return kpicheck("suppress", *words, cwd=folder, again=len(list(folder.iterdir())))


def report(folder: Path) -> dict[str, object]:
    ran = kpicheck("validate", "plan.xlsx", "--output", "json", "--today", "2026-11-22", cwd=folder)
    file: dict[str, object] = json.loads(ran.out)["files"][0]
    return file


def test_an_exception_is_added_and_holds(folder: Path) -> None:
    ran = suppress(
        folder, "effort-share-too-high", "plan.xlsx", "--reason", "Afgesproken", "--expires", "31-12-2026"
    )
    assert (ran.code, ran.out) == (0, "Uitzondering op E101 toegevoegd aan kpicheck-exceptions.toml.\n")
    said = str(report(folder))
    assert "'rule': 'E101', 'slug': 'effort-share-too-high', 'severity'" not in said
    assert "uitgezonderd: Afgesproken" in said


def test_what_stood_there_stays(folder: Path) -> None:
    file = folder / "kpicheck-exceptions.toml"
    file.write_text(OWN, encoding="utf-8")
    assert suppress(folder, "E101", "--reason", "Omdat", "--who", "J. Jansen", "--kpi", "1.2").code == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith(OWN)
    added = [line for line in text[len(OWN) :].splitlines() if line]
    assert added == ["[[exception]]", 'rule = "E101"', 'kpi = "1.2"', 'reason = "Omdat"', 'who = "J. Jansen"']


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("E101",), 'Een uitzondering op E101 heeft een reden nodig: --reason "…".'),
        (("E101", "--reason", " "), 'Een uitzondering op E101 heeft een reden nodig: --reason "…".'),
        (("E999", "--reason", "x"), "Er is geen regel E999."),
        (("E101", "nergens", "--reason", "x"), "nergens bestaat niet."),
        (("E101", "--reason", "x", "--expires", "morgen"), "Achter --expires staat geen datum: morgen."),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    folder: Path, words: tuple[str, ...], sentence: str
) -> None:
    ran = suppress(folder, *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"kpicheck: {sentence}")
    assert not (folder / "kpicheck-exceptions.toml").exists()


@pytest.mark.skipif(os.name == "nt", reason="pipes of Unix")
@pytest.mark.parametrize("kind", ["pipe", "folder", "link to nowhere"])
def test_exceptions_that_are_no_file_are_not_passed_by(folder: Path, kind: str) -> None:
    file = folder / exceptions.NAME
    make: dict[str, Callable[[], None]] = {
        "pipe": lambda: os.mkfifo(file),
        "folder": file.mkdir,
        "link to nowhere": lambda: file.symlink_to("weg.toml"),
    }
    make[kind]()
    for words in (("suppress", "A201", "plan.xlsx", "--reason", "x"), ("validate", "plan.xlsx")):
        ran = kpicheck(*words, cwd=folder)
        assert (ran.code, ran.out) == (2, "")
        assert "kpicheck-exceptions.toml is geen gewoon bestand" in ran.err


def test_an_exception_with_a_blank_reason_is_told_as_one(folder: Path) -> None:
    text = '[[exception]]\nrule = "A201"\nreason = " "\n'
    (folder / exceptions.NAME).write_text(text, encoding="utf-8")
    said = "kpicheck: In kpicheck-exceptions.toml:1 ontbreekt de reden van de uitzondering (reason)."
    assert kpicheck("validate", "plan.xlsx", cwd=folder).err.strip() == said


def test_the_same_exception_twice_is_refused(folder: Path) -> None:
    assert suppress(folder, "E101", "--reason", "x").code == 0
    ran = suppress(folder, "E101", "--reason", "x")
    assert (ran.code, ran.err) == (
        2,
        "kpicheck: In kpicheck-exceptions.toml staat deze uitzondering op E101 al.\n",
    )


def test_an_exception_without_a_reason_is_told_with_its_line(folder: Path) -> None:
    (folder / "kpicheck-exceptions.toml").write_text(
        f'{OWN}\n[[ exception ]]\nrule = "E101"\n', encoding="utf-8"
    )
    ran = kpicheck("validate", "plan.xlsx", cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "kpicheck: In kpicheck-exceptions.toml:6 ontbreekt de reden van de uitzondering (reason).\n"
    )
    assert suppress(folder, "E102", "--reason", "x").code == 2


def test_the_exceptions_of_a_folder_are_read_once_and_again_when_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / exceptions.NAME
    file.write_text(OWN, encoding="utf-8")
    read = []

    def counted(one: Path) -> dict[str, object]:
        read.append(one)
        return load_toml(one)

    monkeypatch.setattr(exceptions, "load_toml", counted)
    for name in ("a.xlsx", "b.xlsx"):
        assert [one.rule for one in exceptions.beside(tmp_path, name)] == ["S112"]
    assert read == [file]
    file.write_text(OWN.replace("S112", "S113"), encoding="utf-8")
    os.utime(file, (1, 1))
    assert [one.rule for one in exceptions.beside(tmp_path, "a.xlsx")] == ["S113"]
