"""Which files of a folder are judged, and which are passed over and why."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from kpicheck.scan import IGNORE_FILE, Scan, scan

NO_LINKS = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need rights on Windows")


def files(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def seen(found: Scan, root: Path) -> tuple[list[str], dict[str, str]]:
    return (
        [path.relative_to(root).as_posix() for path in found.plans],
        {one.path.relative_to(root).as_posix(): one.why.value for one in found.skipped},
    )


def test_workbooks_in_every_folder_by_name(tmp_path: Path) -> None:
    files(tmp_path, "b.xlsx", "a/z.XLSM", "a/b/c.xlsx", "notes.docx", "budget.csv", "kpicheck.toml")
    assert seen(scan(tmp_path), tmp_path) == (["a/b/c.xlsx", "a/z.XLSM", "b.xlsx"], {})


def test_other_spreadsheets_are_given_too_so_that_they_are_told_to_be_unreadable(tmp_path: Path) -> None:
    files(tmp_path, "old.xls", "binary.xlsb", "open.ods")
    assert seen(scan(tmp_path), tmp_path)[0] == ["binary.xlsb", "old.xls", "open.ods"]


def test_lock_files_and_hidden_ones_are_skipped_and_said(tmp_path: Path) -> None:
    files(tmp_path, "plan.xlsx", "~$plan.xlsx", ".plan.xlsx", ".git/plan.xlsx")
    assert seen(scan(tmp_path), tmp_path) == (
        ["plan.xlsx"],
        {"~$plan.xlsx": "lock", ".plan.xlsx": "hidden", ".git": "hidden"},
    )


@NO_LINKS
def test_a_pipe_in_the_place_of_patterns_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / IGNORE_FILE)
    with pytest.raises(ValueError, match=IGNORE_FILE):
        scan(tmp_path)


@NO_LINKS
def test_links_loops_and_pipes_are_skipped_and_said(tmp_path: Path) -> None:
    files(tmp_path, "sub/plan.xlsx")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "sub/plan.xlsx")
    (tmp_path / "gone.xlsx").symlink_to(tmp_path / "nowhere.xlsx")
    os.mkfifo(tmp_path / "pipe.xlsx")
    os.mkfifo(tmp_path / "pipe")
    links = dict.fromkeys(("loop", "link.xlsx", "gone.xlsx"), "link")
    pipes = dict.fromkeys(("pipe.xlsx", "pipe"), "special")
    assert seen(scan(tmp_path), tmp_path) == (["sub/plan.xlsx"], links | pipes)


@pytest.mark.parametrize(
    ("patterns", "judged", "ignored"),
    [
        ("old/", ["a.xlsx", "sub/a.xlsx"], ["old"]),
        ("a.xlsx", ["old/b.xlsx"], ["a.xlsx", "sub/a.xlsx"]),
        ("/a.xlsx", ["old/b.xlsx", "sub/a.xlsx"], ["a.xlsx"]),
        ("# a note\n\n*.xlsx\n!old/*.xlsx", ["old/b.xlsx"], ["a.xlsx", "sub/a.xlsx"]),
    ],
)
def test_an_ignore_file_says_what_is_left_out(
    tmp_path: Path, patterns: str, judged: list[str], ignored: list[str]
) -> None:
    files(tmp_path, "a.xlsx", "old/b.xlsx", "sub/a.xlsx")
    (tmp_path / ".kpicheckignore").write_text(patterns, encoding="utf-8")
    assert seen(scan(tmp_path), tmp_path) == (judged, dict.fromkeys(ignored, "ignored"))


def test_the_nearest_ignore_file_has_the_last_word(tmp_path: Path) -> None:
    files(tmp_path, "a.xlsx", "sub/a.xlsx", "sub/b.xlsx")
    (tmp_path / ".kpicheckignore").write_text("a.xlsx", encoding="utf-8")
    (tmp_path / "sub/.kpicheckignore").write_text("!a.xlsx\nb.xlsx", encoding="utf-8")
    assert seen(scan(tmp_path), tmp_path) == (
        ["sub/a.xlsx"],
        {"a.xlsx": "ignored", "sub/b.xlsx": "ignored"},
    )


def test_an_ignore_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / ".kpicheckignore").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="kpicheckignore"):
        scan(tmp_path)


def test_a_folder_that_cannot_be_looked_into_is_given_to_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files(tmp_path, "a.xlsx", "shut/b.xlsx")
    look = os.scandir

    def scandir(path: Path) -> object:
        if path == tmp_path / "shut":
            raise PermissionError
        return look(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert seen(scan(tmp_path), tmp_path)[0] == ["a.xlsx", "shut"]
