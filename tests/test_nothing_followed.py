"""No network, no other program, no other file: whatever a workbook points at stays where it is."""

from __future__ import annotations

import json
import mimetypes
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from samples.expected import FOLDER

import kpicheck
from kpicheck import ruleset as rulesets
from kpicheck.job import Stated, check_bytes
from kpicheck.reader.archive import Archive
from kpicheck.resources import rules_folder

from .pointing import pointing

SOURCE = Path(kpicheck.__file__).resolve().parents[1]
ENCRYPTED = Path(__file__).parent / "data" / "libreoffice-wachtwoord.xlsx"
WATCHED = """
import json, sys
FAMILIES = {"socket", "subprocess", "urllib", "http", "ftplib", "smtplib", "imaplib", "poplib", "webbrowser"}
CALLS = {"os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile"}
seen = []
def watch(event, told):
    if event == "open" or event.split(".")[0] in FAMILIES or event in CALLS:
        seen.append([event, str(told[0]), str(told[1]) if len(told) > 1 else ""])
target = sys.argv.pop(1)
sys.addaudithook(watch)
try:
    from kpicheck.cli import main
    main()
finally:
    with open(target, "w", encoding="utf-8") as file:
        json.dump(seen[:-1], file)
"""


def watched(told: Path, *arguments: str | Path) -> tuple[int, list[tuple[str, str, str]]]:
    """Run the tool in a fresh process; give its exit code and each file, socket and process it asked for."""
    start = f"import sys; sys.path.insert(0, {str(SOURCE)!r})\n{WATCHED}"
    done = subprocess.run(
        [sys.executable, "-c", start, str(told), *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"},
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, [tuple(one) for one in json.loads(told.read_text(encoding="utf-8"))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Plans of every kind, with the files beside them that may and may not be looked at."""
    folder = tmp_path / "plannen"
    folder.mkdir()
    for name in ("geheim.txt", "kpicheck.toml", "kpicheck-exceptions.toml", ".env", "plan.csv"):
        (folder / name).write_text("", encoding="utf-8")
    for sample in (*FOLDER.glob("*.xlsx"), ENCRYPTED):
        (folder / sample.name).write_bytes(sample.read_bytes())
    (folder / "wijst.xlsm").write_bytes(pointing(folder / "geheim.txt"))
    return folder


def test_nothing_is_opened_but_what_is_named(folder: Path, tmp_path: Path) -> None:
    plans = set(folder.glob("*.xls*"))
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in plans}
    told, report = tmp_path / "gezien.json", tmp_path / "verslag.json"
    formats = ("--output", "console", "--output", f"json={report}")
    code, seen = watched(told, "validate", folder, *formats, "--jobs", "1", "--no-cache")
    assert code == 3
    assert {event for event, *_ in seen} == {"open"}
    opened = {(Path(path), mode) for _, path, mode in seen if not path.isdigit()}
    named = plans | {folder / "kpicheck.toml", folder / "kpicheck-exceptions.toml"}
    assert named <= {path for path, _ in opened}
    others = {path for path, _ in opened} - named
    assert {path.parent for path in others if not belongs_to_python(path)} == {tmp_path}
    assert all(path.name.startswith(".verslag.json.") for path in others if path.parent == tmp_path)
    written = {path for path, mode in opened if set(mode) & set("wax+")}
    assert {path.parent for path in written} <= {tmp_path}
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in plans} == before
    checked = json.loads(report.read_text(encoding="utf-8"))["summary"]
    assert (checked["files"], checked["not_checked"]) == (len(plans), 1)


def belongs_to_python(path: Path) -> bool:
    """Whether a file is of the installation (Python, packages, kpicheck, rules) or a table of the system."""
    homes = [*map(Path, sysconfig.get_paths().values()), Path(sys.base_prefix), Path(sys.prefix)]
    homes += [SOURCE, rules_folder()]
    homes += map(Path, ("/usr/share/zoneinfo", "/etc/localtime", "/usr/lib/locale", "/proc/self/statm"))
    homes += map(Path, mimetypes.knownfiles)  # openpyxl asks for the kinds of files there are
    return any(path.is_relative_to(home) or path.resolve().is_relative_to(home.resolve()) for home in homes)


def test_the_watch_sees_what_it_must(tmp_path: Path) -> None:
    told = tmp_path / "gezien.json"
    other = FOLDER / "README.md"
    for config in ((), ("--config", other)):
        _, seen = watched(told, "validate", FOLDER / "goed-plan.xlsx", *config)
        assert (str(other) in {path for _, path, _ in seen}) is bool(config)


def test_of_a_workbook_with_macros_only_the_cells_are_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked = []
    inflate = Archive.inflate

    def watch(self: Archive, name: str) -> bytes:
        unpacked.append(name)
        return inflate(self, name)

    monkeypatch.setattr(Archive, "inflate", watch)
    data = pointing(tmp_path / "geheim.txt")
    report = check_bytes(data, "plan.xlsm", rulesets.load("landelijk"), Stated())
    assert report.failure is None
    assert report.plan is not None
    assert len(report.plan.kpis) == 12
    needed = ("workbook.xml", ".rels", "sharedStrings.xml", "styles.xml")
    others = [name for name in unpacked if not name.endswith(needed)]
    assert all(name.startswith("xl/worksheets/sheet") for name in others)
