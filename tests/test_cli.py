"""The command as a process: exit codes, one sentence on stderr, nothing lost."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from samples.expected import FOLDER

GOOD, FAULTY, EXAMPLE = (
    FOLDER / f"{name}.xlsx" for name in ("goed-plan", "fouten-per-familie", "officieel-voorbeeld")
)


def kpicheck(*arguments: object, text: str = "", shell: str = "") -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "kpicheck", *map(str, arguments)]
    if shell:
        call = ["bash", "-c", f'"$@" {shell}; exit ${{PIPESTATUS[0]}}', "bash", *call]
    return subprocess.run(call, input=text, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    ("arguments", "text", "code"),
    [
        (("validate", "-"), "", 2),
        (("validate", GOOD, "--output", "json", "--output", "console"), "", 2),
        (("validate", GOOD, "--start", "1-1-2028", "--end", "1-1-2026"), "", 2),
        (("validate", GOOD, "--requested", "10,000"), "", 2),
        (("validate", GOOD, "--requested", "-5"), "", 2),
        (("validate", GOOD, "--select", "E101", "--ignore", "E"), "", 2),
        (("validate", GOOD, "--config", os.devnull), "", 2),
        (("validate", EXAMPLE), "", 1),
        (("validate", EXAMPLE, "--ignore", "T106"), "", 3),
        (("validate", EXAMPLE, "--select", "A201"), "", 3),
        (("validate", "-"), f"{GOOD}\n", 0),
    ],
    ids=str,
)
def test_exit_codes(arguments: tuple[object, ...], text: str, code: int) -> None:
    done = kpicheck(*arguments, text=text)
    assert done.returncode == code, done.stderr
    assert len(done.stderr.splitlines()) == (1 if code in (2, 3) else 0)
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes and /dev/full of a Unix shell")
@pytest.mark.parametrize("shell", ["| head -1", "> /dev/full", ">&-", "| cat"])
@pytest.mark.parametrize(("plan", "code"), [(GOOD, 0), (FAULTY, 1)])
@pytest.mark.parametrize("output", ["console", "json"])
def test_a_lost_output_leaves_the_exit_code_alone(shell: str, plan: Path, code: int, output: str) -> None:
    done = kpicheck("validate", plan, "--output", output, shell=shell)
    assert done.returncode == code, done.stderr
    if shell == "> /dev/full":
        assert len(done.stderr.splitlines()) == 1
        assert "not written in full" in done.stderr
    else:
        assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="file modes of Unix")
def test_a_report_file_is_whole_and_readable_by_others(tmp_path: Path) -> None:
    target = tmp_path / "verslag.json"
    done = kpicheck("validate", GOOD, "--output", f"json={target}")
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads(target.read_text(encoding="utf-8"))["summary"]["passed"] == 1
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~umask
    assert sorted(path.name for path in tmp_path.iterdir()) == ["verslag.json"]


def test_openpyxl_as_the_engine_gives_the_same_report() -> None:
    own, other = (
        kpicheck("validate", FAULTY, "--isolated", "--engine", engine, "--output", "json")
        for engine in ("own", "openpyxl")
    )
    assert (own.returncode, own.stdout, own.stderr) == (other.returncode, other.stdout, other.stderr)
    assert own.returncode == 1


def test_an_engine_nobody_knows() -> None:
    found = kpicheck("validate", GOOD, "--engine", "calamine")
    assert found.returncode == 2
    assert found.stderr == "kpicheck: De lezer calamine bestaat niet; bekend zijn: own, openpyxl.\n"
