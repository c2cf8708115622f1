"""--output as a process: files moved in place, streams, interruptions, and what is refused."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from samples.expected import FOLDER

from kpicheck.cli.output import Outputs, Target
from kpicheck.report.formats import FORMATS
from kpicheck.report.schema import schema
from kpicheck.report.shape import LineView
from kpicheck.usage import UsageError

from .runs import basis, reports

GOOD, FAULTY = FOLDER / "goed-plan.xlsx", FOLDER / "fouten-per-familie.xlsx"
COMMAND = [sys.executable, "-m", "kpicheck"]


def kpicheck(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    call = [*COMMAND, *map(str, arguments)]
    return subprocess.run(call, capture_output=True, check=False, cwd=cwd)


def outputs(*words: str) -> Outputs:
    return Outputs([Target.parse(one) for one in words], basis(), quiet=True)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def test_all_formats_from_one_run(tmp_path: Path) -> None:
    broken = tmp_path / "kapot.xlsx"
    broken.write_bytes(b"geen werkmap")
    asked = [word for name in FORMATS for word in ("--output", f"{name}={tmp_path / name}")]
    done = kpicheck("validate", GOOD, FAULTY, broken, *asked, "--isolated")
    assert (done.returncode, done.stdout) == (3, b"")
    assert len(done.stderr.splitlines()) == 1
    assert {one.name for one in tmp_path.iterdir()} == {*FORMATS, "kapot.xlsx"}
    assert zipfile.is_zipfile(tmp_path / "xlsx")
    for name in FORMATS:
        if name != "xlsx":
            assert (tmp_path / name).read_bytes().decode("utf-8").strip()


@pytest.mark.parametrize(
    "name", [name for name, one in FORMATS.items() if not one.binary and name != "console"]
)
def test_stdout_has_the_same_bytes_as_a_file(name: str, tmp_path: Path) -> None:
    common = ("validate", GOOD, FAULTY, "--isolated", "--today", "2026-11-22", "--output")
    shown, kept = kpicheck(*common, name), kpicheck(*common, f"{name}={tmp_path / 'report'}")
    assert (shown.returncode, shown.stderr) == (kept.returncode, kept.stderr) == (1, b"")
    assert shown.stdout == (tmp_path / "report").read_bytes()


def test_each_line_of_jsonl_follows_its_published_schema() -> None:
    published = kpicheck("schema", "--format", "jsonl")
    assert published.stdout.decode() == schema(LineView)
    done = kpicheck("validate", GOOD, FAULTY, FOLDER / "README.md", "--output", "jsonl")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    for one in told:
        jsonschema.validate(one, json.loads(published.stdout))
    assert [one["status"] for one in told] == ["passed", "failed", "not_checked"]
    assert list(told[0])[:5] == ["schema", "kpicheck", "ruleset", "today", "path"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            ["xlsx"],
            "xlsx is geen tekst voor op het scherm; geef een bestand, zoals --output xlsx=verslag.xlsx.",
        ),
        (["json", "short"], "Twee uitvoeren naar het scherm"),
        (["json=uit", "csv=./uit"], "Twee uitvoeren gaan naar hetzelfde bestand: uit."),
        (["jsn"], "De uitvoer jsn bestaat niet"),
        (["csv=geen/map/uit.csv"], "geen/map/uit.csv is niet te schrijven"),
        (["md=."], ". is niet te schrijven"),
        (["json=uit", "csv=geen/map/uit.csv"], "geen/map/uit.csv is niet te schrijven"),
    ],
    ids=str,
)
def test_what_cannot_be_written_is_said_before_anything_is_judged(
    asked: list[str], words: str, tmp_path: Path
) -> None:
    done = kpicheck("validate", GOOD, *(word for one in asked for word in ("--output", one)), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_plan_is_never_an_output(tmp_path: Path) -> None:
    plan = tmp_path / "plan.xlsx"
    plan.write_bytes(GOOD.read_bytes())
    assert kpicheck("validate", plan, "--output", f"xlsx={plan}").returncode == 2
    assert plan.read_bytes() == GOOD.read_bytes()


def test_an_unknown_schema_is_refused_with_the_nearest() -> None:
    done = kpicheck("schema", "--format", "jsonll")
    assert done.returncode == 2
    assert "Bedoelde u jsonl?" in done.stderr.decode()


def test_a_line_is_out_as_soon_as_its_file_is_judged(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with outputs("jsonl") as opened:
        for number, report in enumerate(reports(), start=1):
            opened.add(basis().judged(report))
            told = capfdbinary.readouterr().out
            assert (told.count(b"\n"), json.loads(told)["path"]) == (1, report.path), number


def stopped_by(what: Callable[[], object], *words: str) -> None:
    """Two judgements are taken; then something else happens before the end."""
    with outputs(*words) as opened:
        opened.add(basis().judged(reports()[0]))
        opened.add(basis().judged(reports()[1]))
        what()


def interrupt() -> None:
    raise KeyboardInterrupt


def fail() -> None:
    raise ZeroDivisionError


def test_an_interruption_keeps_what_was_finished_in_every_quick_report(tmp_path: Path) -> None:
    asked = [tmp_path / name for name in ("a.jsonl", "b.short", "c.json", "d.xlsx")]
    asked[3].write_bytes(b"van gisteren")
    with pytest.raises(KeyboardInterrupt):
        stopped_by(interrupt, *(f"{one.suffix[1:]}={one}" for one in asked))
    finished = [one.path for one in reports()[:2]]
    assert [one["path"] for one in lines(asked[0])] == finished
    assert len(asked[1].read_text(encoding="utf-8").splitlines()) == len(reports()[0].findings)
    assert [one["path"] for one in json.loads(asked[2].read_bytes())["files"]] == finished
    assert asked[3].read_bytes() == b"van gisteren"
    assert {one.name for one in tmp_path.iterdir()} == {"a.jsonl", "b.short", "c.json", "d.xlsx"}


def test_a_fault_of_the_tool_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        stopped_by(fail, f"jsonl={tmp_path / 'a'}", f"csv={tmp_path / 'b'}")
    assert not list(tmp_path.iterdir())


def test_a_report_that_cannot_be_moved_in_place_costs_no_other(tmp_path: Path) -> None:
    target = tmp_path / "weg"
    with pytest.raises(UsageError) as refused:
        stopped_by(target.mkdir, f"csv={target}", f"md={tmp_path / 'm'}")
    assert refused.value.code == "cannot-write"
    assert "## fouten-per-familie.xlsx" in (tmp_path / "m").read_text(encoding="utf-8")
    assert {one.name for one in tmp_path.iterdir()} == {"weg", "m"}


def test_a_report_that_memory_has_no_room_for_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(_: object) -> bytes:
        raise MemoryError

    for name in ("html", "csv"):
        monkeypatch.setitem(FORMATS, name, FORMATS[name]._replace(write=ended))
    with pytest.raises(UsageError) as refused:
        stopped_by(lambda: None, *(f"{name}={tmp_path / name}" for name in ("html", "csv", "md")))
    assert (refused.value.code, refused.value.facts) == ("report-too-large", {"formats": "html, csv"})
    assert [one.name for one in tmp_path.iterdir()] == ["md"]


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C of a Unix terminal")
def test_ctrl_c_ends_with_130_and_whole_lines(tmp_path: Path) -> None:
    target = tmp_path / "uit.jsonl"
    plans = [FAULTY, GOOD]
    many = tmp_path / "lijst.txt"
    for number in range(400):
        (tmp_path / f"{number}.xlsx").write_bytes(plans[number % 2].read_bytes())
    many.write_text("\n".join(str(tmp_path / f"{number}.xlsx") for number in range(400)), encoding="utf-8")
    call = [*COMMAND, "validate", f"@{many}", "--isolated", "--output", f"jsonl={target}"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        written = _beside(tmp_path)
        stopped = time.monotonic()
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=30)
        waited = time.monotonic() - stopped
    assert written
    assert (running.returncode, said) == (130, b"")
    assert waited < 5
    told = lines(target)
    assert 0 < len(told) < 400
    assert [Path(one["path"]).stem for one in told] == [str(number) for number in range(len(told))]


def _beside(folder: Path) -> bool:
    """Wait until something is written in the file that will become the report."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if any(one.stat().st_size for one in folder.glob(".uit.jsonl.*")):
            return True
        time.sleep(0.01)
    return False


@pytest.mark.skipif(os.name == "nt", reason="devices of Unix")
def test_a_device_is_written_to_and_never_replaced() -> None:
    done = kpicheck("validate", GOOD, "--output", "json=/dev/null", "--output", "short=/dev/stdout")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert not Path("/dev/null").is_file()
