"""What a file may ask: counts, processor time, memory, and how they grow with the rows of a plan."""

from __future__ import annotations

import datetime as dt
import gc
import subprocess
import sys
from pathlib import Path

import pytest
from samples.build import load_plan, write_plan

from kpicheck import job, ruleset, texts
from kpicheck.allowance import BYTES_OF_FINDING, LIMITS, Allowance, Exceeded, Limit, bytes_of_row
from kpicheck.finding import Report
from kpicheck.job import Stated, check_bytes
from kpicheck.judging import Work, in_words
from kpicheck.memory import bounded_memory, without_collecting
from kpicheck.model import Payment
from kpicheck.reader import read
from kpicheck.reader.parts import SharedStrings
from kpicheck.reader.sheet import Sheet, Stored
from kpicheck.report import run
from kpicheck.report.shape import FileView
from kpicheck.report.view import with_findings
from kpicheck.task import Task

GOOD, FAULTY = (
    Path(__file__).parents[1] / "samples" / f"{name}.xlsx" for name in ("goed-plan", "fouten-per-familie")
)


def test_every_limit_has_its_words() -> None:
    for lang in texts.LANGUAGES:
        words = texts.texts(lang)["words"]
        told = {key.removeprefix("limit-") for key in words if key.startswith("limit-")}
        assert told == {*LIMITS, "text", "depth"}


def test_a_count_is_refused_beyond_its_limit_and_not_at_it() -> None:
    allowance = Allowance({"cells": Limit(10)})
    allowance.spend("cells", 10)
    with pytest.raises(Exceeded) as caught:
        allowance.spend("cells")
    assert caught.value.what == "cells"


def test_what_has_no_limit_is_free() -> None:
    allowance = Allowance({})
    allowance.spend("cells", 10**9)
    allowance.tick()


def test_a_limit_grows_with_the_rows_that_were_read() -> None:
    allowance = Allowance({"cells": Limit(10, 5)})
    rows = [2]
    allowance.rows_so_far = lambda: rows[0]
    allowance.spend("cells", 20)
    with pytest.raises(Exceeded):
        allowance.spend("cells")
    rows[0] = 3
    allowance.spend("cells", 4)


def test_time_is_processor_time_and_looked_at_no_more_than_needed() -> None:
    wall, cpu, looked = [0.0], [0.0], [0]

    def clock() -> float:
        looked[0] += 1
        return cpu[0]

    allowance = Allowance({"seconds": Limit(2)}, clock, lambda: wall[0])
    for _ in range(1_000):
        allowance.tick()
    assert looked[0] == 2
    wall[0] = 60
    allowance.tick()
    wall[0], cpu[0] = 120, 2.5
    with pytest.raises(Exceeded) as caught:
        allowance.tick()
    assert caught.value.what == "seconds"


def test_judging_has_time_of_its_own() -> None:
    wall = [0.0]
    allowance = Allowance({"seconds": Limit(2)}, lambda: wall[0], lambda: wall[0])
    wall[0] = 2.5
    allowance.begin_judging(0)
    allowance.tick()


@pytest.mark.parametrize(("error", "what"), [(MemoryError(), "memory"), (RecursionError(), "depth")])
@pytest.mark.parametrize("name", ["read", "judge"])
def test_memory_and_depth_that_run_out_are_refusals(
    error: Exception, what: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run_out(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("kpicheck.reader.read" if name == "read" else "kpicheck.job.judge", run_out)
    report = check_bytes(GOOD.read_bytes(), "plan.xlsx", ruleset.load("landelijk"), Stated())
    assert report.failure
    assert (report.failure.code, report.failure.facts) == (job.LIMITS_EXCEEDED, {"what": what})
    assert report.plan is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its data")
def test_memory_is_bounded_while_a_file_is_read_and_free_again_after_it() -> None:
    program = (
        "from kpicheck.memory import bounded_memory\n"
        "def ask():\n"
        "    try:\n"
        "        return len([bytes(1 << 20) for _ in range(300)])\n"
        "    except MemoryError:\n"
        "        return 0\n"
        "with bounded_memory(200 << 20):\n"
        "    within = ask()\n"
        "print(within, ask())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "300"]


def test_a_ceiling_that_is_already_lower_stays() -> None:
    with bounded_memory(1 << 40), bounded_memory(1 << 41):
        assert len(bytes(1 << 20)) == 1 << 20


def large_plan(rows: int, folder: Path) -> bytes:
    plan = load_plan("goed-plan")
    known = plan["rows"]
    plan["rows"] = [
        {**known[number % len(known)], "name": f"Deel {number} - start - KPI {number + 1}"}
        for number in range(rows)
    ]
    return write_plan(folder / "plan.xlsx", plan).read_bytes()


def test_a_plan_of_3_000_rows_is_judged_whatever_time_and_cells_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "cells", Limit(1_000, 20))
    monkeypatch.setitem(LIMITS, "characters", Limit(1_000, 2_000))
    monkeypatch.setitem(LIMITS, "steps", Limit(1_000, 200))
    report = check_bytes(large_plan(3_000, tmp_path), "plan.xlsx", ruleset.load("landelijk"), Stated())
    assert report.failure is None
    assert report.plan
    assert len(report.plan.kpis) == 3_000


def test_a_table_with_more_rows_than_may_be_read_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "cells", Limit(1_000, 20))
    monkeypatch.setitem(LIMITS, "rows", Limit(800))
    rules = ruleset.load("landelijk")
    report = check_bytes(large_plan(1_000, tmp_path), "plan.xlsx", rules, Stated(), today=dt.date(2026, 1, 1))
    assert report.failure
    assert report.failure.facts == {"what": "rows"}


def test_what_was_read_is_let_go_before_the_plan_is_judged(tmp_path: Path) -> None:
    data = large_plan(5, tmp_path)
    gc.collect()
    with without_collecting():
        plan = read(data)
        kept = [one for one in gc.get_objects() if isinstance(one, Sheet | Stored | SharedStrings)]
    assert plan.payments
    assert not kept


def test_judging_a_plan_leaves_no_circles_behind() -> None:
    work = Work(Task(FAULTY, dt.date(2026, 11, 22)), "nl", None)
    kept = [in_words(work)]
    gc.collect()
    gc.disable()
    try:
        kept.append(in_words(work))
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_plan_is_let_go_before_its_findings_are_put_into_words(monkeypatch: pytest.MonkeyPatch) -> None:
    states = []

    def looking(file: FileView, report: Report, language: str) -> FileView:
        rows = sum(isinstance(one, Payment) for one in gc.get_objects())
        states.append((gc.isenabled(), rows))
        return with_findings(file, report, language)

    monkeypatch.setattr(run, "with_findings", looking)
    gc.collect()
    known = sum(isinstance(one, Payment) for one in gc.get_objects())
    found = in_words(Work(Task(FAULTY, dt.date(2026, 11, 22)), "nl", None))
    assert found.file.plan
    assert found.file.findings
    assert states == [(False, known)], "rows that the plan had are still there, or circles are searched for"
    assert gc.isenabled()


def test_a_plan_of_50_000_rows_has_room_for_more_findings_than_rows() -> None:
    allowance = Allowance()
    allowance.begin_judging(50_000 * bytes_of_row(parties=4))
    allowance.spend("memory", 65_000 * (BYTES_OF_FINDING + sys.getsizeof((1, 2))))
    with pytest.raises(Exceeded):
        allowance.spend("memory", LIMITS["memory"].base)
