"""Many plans on the command line: damaged files, lost workers, interruption, the cache, what is skipped."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from kpicheck import atomic, judging, reader
from kpicheck.cache import Cache
from kpicheck.cli.app import run
from kpicheck.cli.interruption import held_back
from kpicheck.cli.paths import Found, leave_out_reports
from kpicheck.judging import Asked, Work
from kpicheck.model import Plan
from kpicheck.task import Task
from tests.outside.running import Ran, environment, kpicheck

SAMPLES = Path(__file__).parent.parent / "samples"
TODAY = ("--today", "2026-11-22")
DEADLY = "dodelijk.xlsx"
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of Unix")


def filled(folder: Path, number: int, damaged: int) -> Path:
    """A folder of plans, every so many of which is damaged in one of three ways."""
    folder.mkdir()
    good, faulty = ((SAMPLES / f"{name}.xlsx").read_bytes() for name in ("goed-plan", "fouten-per-familie"))
    every = number // damaged
    for index in range(number):
        whole = good if index % 2 else faulty
        broken = (whole[: len(whole) // 2], b"", b"<html>")[index // every % 3]
        content = broken if index % every == every - 1 else whole
        (folder / f"plan-{index:03}.xlsx").write_bytes(content)
    return folder


@pytest.fixture
def deadly_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that takes its process along when it meets a certain file."""
    honest = reader.read

    def read(data: bytes, name: str = "", *more: Any, **named: Any) -> Plan:  # noqa: ANN401 - passed on
        if name == DEADLY:
            os._exit(9)
        return honest(data, name, *more, **named)

    monkeypatch.setattr(reader, "read", read)


def states(report: dict[str, Any]) -> dict[str, str]:
    return {Path(one["path"]).name: one["status"] for one in report["files"]}


@pytest.mark.usefixtures("deadly_reader")
def test_damaged_files_and_a_dead_worker_cost_only_themselves(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = filled(tmp_path / "in", 60, 6)
    (folder / "plan-001.xlsx").rename(folder / DEADLY)
    call = ["validate", str(folder), *TODAY, "--isolated", "--jobs", "2", "--output", "json"]
    assert run(call) == 3
    out, err = capfd.readouterr()
    found = states(json.loads(out))
    assert list(found) == sorted(found)
    assert len(found) == 60
    lost = {name for name, state in found.items() if state == "not_checked"}
    assert lost == {DEADLY, *(f"plan-{index:03}.xlsx" for index in range(9, 60, 10))}
    assert sorted(Path(line.split(": ")[0]).name for line in err.splitlines()) == sorted(lost)
    assert "het programma dat het las, viel uit" in next(one for one in err.splitlines() if DEADLY in one)


def test_neither_order_nor_jobs_change_what_is_found(tmp_path: Path) -> None:
    folder = filled(tmp_path / "in", 12, 3)
    plans = sorted(map(str, folder.iterdir()))
    asked = ("--isolated", *TODAY, "--output", "json")
    forward = kpicheck("validate", *plans, *asked, "--jobs", "1")
    backward = kpicheck("validate", *reversed(plans), *asked, "--jobs", "2")
    assert forward.code == backward.code == 3
    assert json.loads(forward.out)["files"] == json.loads(backward.out)["files"][::-1]


def test_processes_write_the_same_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SAMPLES, tmp_path / "in")
    alone = cached(tmp_path, "--jobs", "1", "--no-cache", again=0).out
    assert cached(tmp_path, "--jobs", "2", again=1).out == alone
    assert not any(b"\\n   \\" in one.read_bytes() for one in entries(tmp_path))  # JSON within JSON
    assert cached(tmp_path, "--jobs", "2", again=2).out == alone
    plan = Work(Task(tmp_path / "in" / "fouten-per-familie.xlsx", dt.date(2026, 11, 22)), "nl", None)
    whole = judging.in_words(plan)
    found = judging.answered(None, Asked(plan), only_json=True)
    assert [one["rule"] for one in json.loads(found.json)["findings"]] == [
        one.rule for one in whole.file.findings
    ]
    assert (found.file.findings, [*found.levels]) == ((), [one.severity for one in whole.file.findings])
    assert judging.answered(None, Asked(plan), only_json=False) == whole
    monkeypatch.setattr(judging, "_FEW", len(whole.file.findings) - 1)
    assert judging.answered(None, Asked(plan), only_json=True) == whole


@UNIX
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interruption_ends_within_a_second_and_keeps_what_was_finished(
    tmp_path: Path, jobs: str, stop: signal.Signals
) -> None:
    folder = filled(tmp_path / "in", 300, 3)
    target, lines = tmp_path / "verslag.json", tmp_path / "verslag.jsonl"
    asked = ["--isolated", "--jobs", jobs, "--output", f"json={target}", "--output", f"jsonl={lines}"]
    words = {name: tmp_path / f"verslag.{name}" for name in ("md", "sarif", "junit")}
    asked += [word for name, file in words.items() for word in ("--output", f"{name}={file}")]
    call = [sys.executable, "-m", "kpicheck", "validate", str(folder), *asked]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        waiting_for_first(tmp_path)
        began = time.monotonic()
        running.send_signal(stop)
        out, err = running.communicate(timeout=30)
        waited = time.monotonic() - began
    assert (running.returncode, out) == (130, b"")
    assert {one.name for one in tmp_path.iterdir()} == {
        *("in", target.name, lines.name),
        *(one.name for one in words.values()),
    }
    assert b"Traceback" not in err
    assert waited < 3  # a second on a machine with nothing else to do
    finished = json.loads(target.read_text(encoding="utf-8"))["files"]
    assert 0 < len(finished) < 300
    assert [json.loads(line)["path"] for line in lines.read_text(encoding="utf-8").splitlines()] == [
        one["path"] for one in finished
    ]
    for file in words.values():
        assert file.read_text(encoding="utf-8").count("Afgebroken: ") == 1


@UNIX
def test_a_judgement_stands_in_every_report_or_in_none(tmp_path: Path) -> None:
    lines, whole = tmp_path / "verslag.jsonl", tmp_path / "verslag.json"
    call = ["validate", str(SAMPLES), "--isolated", "--jobs", "1", "--output", f"json={whole}"]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(atomic.Draft, "write", _interrupted_after_three(atomic.Draft.write))
        assert run([*call, "--output", f"jsonl={lines}"]) == 130
    finished = [one["path"] for one in json.loads(whole.read_text(encoding="utf-8"))["files"]]
    assert len(finished) == 3
    assert [json.loads(line)["path"] for line in lines.read_text(encoding="utf-8").splitlines()] == finished


def _interrupted_after_three(honest: Callable[[atomic.Draft, bytes], None]) -> Callable[..., None]:
    written = count(1)

    def write(draft: atomic.Draft, piece: bytes) -> None:
        nth = next(written)
        if nth == 3:
            signal.raise_signal(signal.SIGINT)
        honest(draft, piece)

    return write


@UNIX
def test_a_second_interruption_does_not_wait() -> None:
    done = []

    def twice() -> None:
        with held_back():
            for nth in range(3):
                done.append(nth)
                signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        twice()
    assert done == [0, 1]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_who_handles_interruptions_otherwise_is_left_alone() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with held_back():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def waiting_for_first(folder: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and not any(one.stat().st_size for one in folder.glob(".verslag.jsonl.*")):
        time.sleep(0.01)


def cached(folder: Path, *words: str, again: int) -> Ran:
    kept = {"XDG_CACHE_HOME": str(folder / "cache")}
    return kpicheck("validate", "in", *TODAY, "--output", "json", *words, cwd=folder, env=kept, again=again)


def entries(folder: Path) -> list[Path]:
    return sorted(one for one in (folder / "cache").rglob("*") if one.is_file())


def test_a_second_run_gives_the_same_bytes_without_judging(tmp_path: Path) -> None:
    filled(tmp_path / "in", 6, 3)
    first = cached(tmp_path, again=1)
    kept = entries(tmp_path)
    assert len(kept) == 3  # the others are damaged
    second = cached(tmp_path, again=2)
    assert (second.code, second.out, second.err) == (first.code, first.out, first.err)
    assert entries(tmp_path) == kept
    for one in kept:
        key, cache = one.parent.name + one.name, Cache(one.parent.parent)
        content = cache.get(key)
        assert content
        cache.put(key, content.replace(b'",12,"', b'",99,"'))
    assert cached(tmp_path, again=3).out == first.out.replace('"kpis": 12', '"kpis": 99')
    assert cached(tmp_path, "--no-cache", again=4).out == first.out


def test_an_empty_table_is_remembered_and_a_damaged_file_is_asked_again(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert kpicheck("template", "-o", "in/leeg.xlsx", cwd=tmp_path).code == 0
    (tmp_path / "in" / "kapot.xlsx").write_bytes((SAMPLES / "goed-plan.xlsx").read_bytes()[:999])
    first = cached(tmp_path, again=1)
    codes = {Path(one["path"]).name: one["error"]["code"] for one in json.loads(first.out)["files"]}
    assert codes == {"leeg.xlsx": "no-milestones", "kapot.xlsx": "truncated"}
    assert len(entries(tmp_path)) == 1
    second = cached(tmp_path, again=2)
    assert (second.code, second.out, second.err) == (3, first.out, first.err)


def test_a_damaged_cache_changes_nothing(tmp_path: Path) -> None:
    filled(tmp_path / "in", 6, 3)
    first = cached(tmp_path, again=1)
    for one, damage in zip(entries(tmp_path), (b"", b"{}", b"kpicheck 2 \n{}"), strict=True):
        one.write_bytes(damage)
    assert cached(tmp_path, again=2).out == first.out


@pytest.mark.parametrize(
    "words",
    [
        ("--ruleset", "zorg-en-zekerheid"),
        ("--lang", "en"),
        ("--today", "2026-11-23"),
        ("--requested", "1.000.000"),
        ("--ignore", "E101"),
        ("--fail-on", "warning"),
    ],
)
def test_other_options_are_other_answers(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(SAMPLES / "fouten-per-familie.xlsx", tmp_path / "in")
    cached(tmp_path, again=1)
    with_words = cached(tmp_path, *words, again=2)
    assert len(entries(tmp_path)) == 2
    fresh = kpicheck("validate", "in", *TODAY, "--output", "json", *words, "--no-cache", cwd=tmp_path)
    assert with_words.out == fresh.out


def test_exceptions_and_settings_are_other_answers(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(SAMPLES / "fouten-per-familie.xlsx", tmp_path / "in" / "plan.xlsx")
    before = cached(tmp_path, again=1)
    (tmp_path / "in" / "kpicheck-exceptions.toml").write_text(
        '[[exception]]\nrule = "E101"\nreason = "Zo is het"\n', encoding="utf-8"
    )
    after = cached(tmp_path, again=2)
    assert before.out != after.out
    assert "Zo is het" in after.out
    (tmp_path / "in" / "kpicheck.toml").write_text(
        '[plans."*".agreed.E101]\nmax_share = "0.9"\nreason = "Zo ook"\n', encoding="utf-8"
    )
    assert cached(tmp_path, again=3).out != after.out


def test_an_isolated_run_neither_reads_nor_writes_the_cache(tmp_path: Path) -> None:
    filled(tmp_path / "in", 6, 3)
    cached(tmp_path, "--isolated", again=1)
    assert not (tmp_path / "cache").exists()


def test_every_plan_is_judged_by_the_settings_nearest_to_it(tmp_path: Path) -> None:
    for name in ("noord", "zuid"):
        (tmp_path / "in" / name).mkdir(parents=True)
        shutil.copy(SAMPLES / "fouten-per-familie.xlsx", tmp_path / "in" / name / "plan.xlsx")
    (tmp_path / "in" / "zuid" / "kpicheck.toml").write_text(
        'ruleset = "zorg-en-zekerheid"\nfail_on = "never"\n', encoding="utf-8"
    )
    ran = kpicheck("validate", "in", *TODAY, "--output", "json", "--no-cache", cwd=tmp_path)
    report = json.loads(ran.out)
    assert report["ruleset"]["name"] == "landelijk + zorg-en-zekerheid"
    assert [one["status"] for one in report["files"]] == ["failed", "passed"]
    assert ran.code == 1
    lines = kpicheck("validate", "in", *TODAY, "--output", "jsonl", "--no-cache", cwd=tmp_path).out
    assert [json.loads(one)["ruleset"]["name"] for one in lines.splitlines()] == [
        "landelijk",
        "zorg-en-zekerheid",
    ]


def test_what_a_folder_skips_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(SAMPLES / "goed-plan.xlsx", folder / "plan.xlsx")
    for name in ("~$plan.xlsx", ".plan.xlsx", "oud.xlsx"):
        (folder / name).write_bytes(b"x")
    (folder / ".kpicheckignore").write_text("oud*\n", encoding="utf-8")
    ran = kpicheck("validate", "in", *TODAY, cwd=tmp_path)
    assert ran.code == 0
    assert (
        "Overgeslagen in mappen: 1x verborgen, 1x volgens .kpicheckignore, 1x hulpbestand van Excel (~$)."
        in " ".join(ran.out.split())
    )


def test_a_report_in_the_folder_itself_is_written_over_but_a_plan_never(tmp_path: Path) -> None:
    filled(tmp_path / "in", 6, 3)
    call = ("validate", "in", *TODAY, "--isolated", "--output")
    first = kpicheck(*call, "xlsx=in/verslag.xlsx", cwd=tmp_path, again=1)
    second = kpicheck(*call, "xlsx=in/verslag.xlsx", cwd=tmp_path, again=2)
    assert first.code == second.code == 3
    assert first.err == second.err
    before = (tmp_path / "in" / "plan-000.xlsx").read_bytes()
    refused = kpicheck(*call, "xlsx=in/plan-000.xlsx", cwd=tmp_path)
    assert (refused.code, (tmp_path / "in" / "plan-000.xlsx").read_bytes()) == (2, before)


def test_a_plan_that_is_gone_since_it_was_found_says_so_when_it_is_read(tmp_path: Path) -> None:
    gone, report = tmp_path / "weg.xlsx", tmp_path / "verslag.xlsx"
    report.write_bytes(b"x")
    found = Found(plans={gone: None}, from_folders={gone})
    leave_out_reports(found, [report])
    assert list(found.plans) == [gone]


@UNIX
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.xlsx")
    ran = kpicheck("validate", "pijp.xlsx", cwd=tmp_path)
    assert ran.code == 3
    assert ran.err.startswith("pijp.xlsx: Dit is geen gewoon bestand")


@UNIX
def test_progress_on_a_terminal_only(tmp_path: Path) -> None:
    filled(tmp_path / "in", 6, 3)
    quiet = kpicheck("validate", "in", *TODAY, "--output", "json", "--isolated", cwd=tmp_path)
    assert len(quiet.err.splitlines()) == 3
    seen = on_a_terminal(tmp_path, "validate", "in", *TODAY, "--isolated", "--output", "json=x.json")
    assert "6/6" in seen
    calm = on_a_terminal(
        tmp_path, "validate", "in", *TODAY, "--isolated", "--no-progress", "--output", "json=y.json"
    )
    assert "6/6" not in calm


def on_a_terminal(folder: Path, *words: str) -> str:
    """What stderr shows where it is a terminal."""
    import pty

    ours, theirs = pty.openpty()
    call = [sys.executable, "-m", "kpicheck", *words]
    with subprocess.Popen(
        call, cwd=folder, stderr=theirs, stdout=subprocess.DEVNULL, env=environment()
    ) as running:
        os.close(theirs)
        seen = b""
        try:
            while piece := os.read(ours, 65536):
                seen += piece
        except OSError:  # the terminal is gone when the process ends
            pass
        running.wait()
    os.close(ours)
    return seen.decode()


@UNIX
def test_a_name_that_is_no_text_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(SAMPLES / "goed-plan.xlsx", tmp_path / "in" / "goed.xlsx")
    (tmp_path / "in" / os.fsdecode(b"slecht\xff.xlsx")).write_bytes((SAMPLES / "goed-plan.xlsx").read_bytes())
    first, second = (cached(tmp_path, again=number) for number in (1, 2))
    assert (first.code, first.err, second.out) == (0, "", first.out)
    assert len(json.loads(first.out)["files"]) == 2


def test_what_a_pattern_names_is_passed_over_as_in_a_folder(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "goed-plan.xlsx", tmp_path / "goed.xlsx")
    (tmp_path / "~$goed.xlsx").write_bytes(b"x")
    (tmp_path / "map.xlsx").mkdir()
    ran = kpicheck("validate", "*.xlsx", *TODAY, "--isolated", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "Overgeslagen in mappen: 1x hulpbestand van Excel (~$)." in " ".join(ran.out.split())
    assert kpicheck("validate", "~$goed.xlsx", *TODAY, cwd=tmp_path).code == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_as_notepad_and_powershell_write_it(tmp_path: Path, encoding: str) -> None:
    shutil.copy(SAMPLES / "goed-plan.xlsx", tmp_path / "zuid.xlsx")
    (tmp_path / "lijst.txt").write_bytes("zuid.xlsx\r\n".encode(encoding))
    assert kpicheck("validate", "@lijst.txt", *TODAY, "--isolated", cwd=tmp_path).code == 0


@pytest.mark.parametrize(("first", "second"), [("@a.txt", "x.xlsx"), ("@b.txt", "@./a.txt")])
def test_a_list_that_names_itself_is_refused(tmp_path: Path, first: str, second: str) -> None:
    (tmp_path / "a.txt").write_text(f"{first}\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"{second}\n", encoding="utf-8")
    done = kpicheck("validate", "@a.txt", *TODAY, "--isolated", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "a.txt noemt zichzelf" in done.err


@pytest.mark.parametrize("word", ["", " "])
def test_no_name_is_not_the_current_folder(tmp_path: Path, word: str) -> None:
    shutil.copy(SAMPLES / "goed-plan.xlsx", tmp_path / "plan.xlsx")
    ran = kpicheck("validate", word, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")


def test_an_exception_from_a_rule_that_does_not_exist_is_a_mistake_in_the_settings(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "fouten-per-familie.xlsx", tmp_path / "plan.xlsx")
    file = tmp_path / "kpicheck-exceptions.toml"
    file.write_text('[[exception]]\nrule = "E999"\nreason = "x"\n', encoding="utf-8")
    ran = kpicheck("validate", "plan.xlsx", *TODAY, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("kpicheck: Er is geen regel E999.")


def test_an_exception_from_a_rule_that_was_not_selected_says_nothing(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "fouten-per-familie.xlsx", tmp_path / "plan.xlsx")
    file = tmp_path / "kpicheck-exceptions.toml"
    file.write_text('[[exception]]\nrule = "S112"\nreason = "x"\n', encoding="utf-8")
    asked = ("--select", "E101", "--output", "json", "--no-cache")
    ran = kpicheck("validate", "plan.xlsx", *TODAY, *asked, cwd=tmp_path)
    assert [one["rule"] for one in json.loads(ran.out)["files"][0]["findings"]] == ["E101"]


def test_a_ruleset_file_is_looked_for_from_the_settings_that_name_it(tmp_path: Path) -> None:
    (tmp_path / "regio").mkdir()
    shutil.copy(SAMPLES / "goed-plan.xlsx", tmp_path / "regio" / "plan.xlsx")
    (tmp_path / "regio" / "kpicheck.toml").write_text('ruleset = "eigen.toml"\n', encoding="utf-8")
    (tmp_path / "regio" / "eigen.toml").write_text(
        'name = "eigen"\ntitle = "Eigen"\nextends = "landelijk"\n', encoding="utf-8"
    )
    ran = kpicheck("validate", "regio", *TODAY, "--output", "json", "--no-cache", cwd=tmp_path)
    assert (ran.code, json.loads(ran.out)["ruleset"]["name"]) == (0, "eigen")


def test_all_patterns_that_fit_a_plan_count(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "fouten-per-familie.xlsx", tmp_path / "plan.xlsx")
    (tmp_path / "kpicheck.toml").write_text(
        '[plans."pl*"]\nrequested = 1000\n[plans."*.xlsx"]\nrequested = 2000\n'
        '[plans."*.xlsx".agreed.E101]\nmax_share = "0.9"\nreason = "Zo"\n',
        encoding="utf-8",
    )
    ran = kpicheck("config", "plan.xlsx", "--output", "json", cwd=tmp_path)
    said = {one["setting"]: one["value"] for one in json.loads(ran.out)}
    assert (said["requested"], said["agreed"]["E101"]["reason"]) == ("1000", "Zo")
