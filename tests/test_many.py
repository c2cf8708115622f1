"""Many plans from Python: order, worker processes that die or hang, other executors."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import kpicheck
from kpicheck import pool, reader
from kpicheck.batch import carried_out
from kpicheck.judging import Asked, Work, small_ones
from kpicheck.model import Plan
from kpicheck.task import Task

SAMPLES = Path(__file__).parent.parent / "samples"
TODAY = dt.date(2026, 11, 22)
DEADLY, ENDLESS = "deadly.xlsx", "endless.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(8):
        sample = "goed-plan" if number % 2 else "fouten-per-familie"
        shutil.copy(SAMPLES / f"{sample}.xlsx", tmp_path / f"plan-{number}.xlsx")
    return tmp_path


@pytest.fixture
def treacherous(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that a file of a certain name kills, and another keeps busy for ever."""
    honest = reader.read

    def read(data: bytes, name: str = "", *more: Any, **named: Any) -> Plan:  # noqa: ANN401 - passed on
        if name == DEADLY:
            os._exit(9)
        while name == ENDLESS:
            time.sleep(1)
        return honest(data, name, *more, **named)

    monkeypatch.setattr(reader, "read", read)


def plans(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.xlsx"))


def codes(reports: Iterator[kpicheck.Report]) -> list[str]:
    return [one.failure.code if one.failure else f"{len(one.findings)} findings" for one in reports]


def test_one_plan_as_path_bytes_or_file() -> None:
    path = SAMPLES / "fouten-per-familie.xlsx"
    by_path = kpicheck.validate(path, today=TODAY)
    by_bytes = kpicheck.validate(path.read_bytes(), today=TODAY)
    with path.open("rb") as handle:
        by_file = kpicheck.validate(handle, today=TODAY)
    by_memory = kpicheck.validate(io.BytesIO(path.read_bytes()), today=TODAY)
    assert by_path.findings == by_bytes.findings == by_file.findings == by_memory.findings
    assert by_path.findings
    assert (by_path.path, by_bytes.path, by_file.path) == (str(path), "", str(path))


def test_terms_count(folder: Path) -> None:
    plan = folder / "plan-0.xlsx"
    every = kpicheck.validate(plan, today=TODAY)
    only = kpicheck.validate(plan, today=TODAY, select=["E101"])
    assert {one.rule for one in only.findings} == {"E101"} < {one.rule for one in every.findings}


@pytest.mark.parametrize("terms", [{"ruleset": "bestaat-niet"}, {"select": ["ZZZ"]}])
def test_terms_that_cannot_be_meant_are_told_at_once(terms: kpicheck.api.Terms) -> None:
    with pytest.raises(kpicheck.UsageError):
        kpicheck.validate("plan.xlsx", **terms)
    with pytest.raises(kpicheck.UsageError):
        kpicheck.validate_many([], **terms)


def test_a_report_travels_between_processes() -> None:
    report = kpicheck.validate(SAMPLES / "midden-limburg-west.xlsx", today=TODAY)
    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301 - our own bytes


@pytest.mark.parametrize("jobs", [1, 2])
def test_reports_come_in_the_order_of_the_plans(folder: Path, jobs: int) -> None:
    wanted = plans(folder)[::-1]
    reports = list(kpicheck.validate_many(wanted, jobs=jobs, today=TODAY))
    assert [one.path for one in reports] == list(map(str, wanted))
    assert [bool(one.findings) for one in reports] == [False, True] * 4


@pytest.mark.usefixtures("treacherous")
def test_a_worker_that_dies_costs_one_file(folder: Path) -> None:
    (folder / "plan-3.xlsx").rename(folder / DEADLY)
    found = codes(kpicheck.validate_many(plans(folder), jobs=2, today=TODAY))
    assert found.count("worker-lost") == 1
    assert found[0] == "worker-lost"
    assert sum(one.endswith("findings") for one in found) == 7


@pytest.mark.usefixtures("treacherous")
def test_a_worker_that_hangs_costs_one_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "plan-3.xlsx").rename(folder / ENDLESS)
    monkeypatch.setattr(pool.WorkerPool.__init__, "__kwdefaults__", {"longest": 3.0})
    found = codes(kpicheck.validate_many(plans(folder), jobs=2, today=TODAY))
    assert [one for one in found if not one.endswith("findings")] == ["took-too-long"]


def test_any_executor_will_do(folder: Path) -> None:
    with ThreadPoolExecutor(2) as threads:
        found = list(kpicheck.validate_many(plans(folder), executor=threads, today=TODAY))
    assert found == list(kpicheck.validate_many(plans(folder), today=TODAY))


@pytest.mark.cluster
@pytest.mark.filterwarnings("default")
def test_the_executor_of_a_dask_cluster(folder: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        executor: Executor = client.get_executor()
        found = list(kpicheck.validate_many(plans(folder), executor=executor, today=TODAY))
    assert found == list(kpicheck.validate_many(plans(folder), today=TODAY))


def test_no_more_is_handed_out_than_needed_ahead() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    with ThreadPoolExecutor(1) as threads:
        results = carried_out(str, tasks(), executor=threads, lost=lambda task, _error: f"lost {task}")
        assert [next(results) for _ in range(3)] == ["0", "1", "2"]
        results.close()  # type: ignore[attr-defined] # a generator
    assert len(taken) < 100


def test_what_is_lost_with_others_is_done_again_alone() -> None:
    def inverse(number: int) -> str:
        return f"{1 / number:.1f}"

    def by_threes(numbers: Iterable[int]) -> Iterator[list[int]]:
        given = iter(numbers)
        while some := [*islice(given, 3)]:
            yield some

    with ThreadPoolExecutor(2) as threads:
        results = carried_out(
            inverse,
            (1, 2, 0, 4, 5, 10, 0),
            executor=threads,
            lost=lambda number, error: f"{number}: {type(error).__name__}",
            together=by_threes,
        )
        lost = "0: ZeroDivisionError"
        assert [*results] == ["1.0", "0.5", lost, "0.2", "0.2", "0.1", lost]


@pytest.mark.parametrize("workers", [1, 2, 16])
def test_small_files_go_to_a_worker_together_and_fewer_towards_the_end(tmp_path: Path, workers: int) -> None:
    plans = [_asked(tmp_path / f"{nth}.xlsx", size=10) for nth in range(200)]
    shares = [*small_ones(plans, workers=workers)]
    assert [one for share in shares for one in share] == plans
    sizes = [*map(len, shares)]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (min(8, 200 // (workers * 4)), 1)


def test_large_files_and_those_that_are_not_there_go_alone(tmp_path: Path) -> None:
    sizes = [10, 10, 600 << 10, 10, 10, 300 << 10, 300 << 10, None, 10, 10]
    plans = [_asked(tmp_path / f"{nth}.xlsx", size=size) for nth, size in enumerate([*sizes, *[10] * 200])]
    shares = [len(share) for share in small_ones(plans, workers=1)]
    assert shares[:6] == [2, 1, 3, 1, 1, 8]


def _asked(file: Path, *, size: int | None) -> Asked:
    if size is not None:
        file.write_bytes(bytes(size))
    return Asked(Work(Task(file=file, today=TODAY), "nl", None))


def test_what_is_remembered_of_other_plans_changes_nothing() -> None:
    """All samples in one process, in both orders, and each as the first of a process."""
    files = sorted(SAMPLES.glob("*.xlsx"))
    alone = [_judged(file)[0] for file in files]
    assert _judged(*files) == alone
    assert _judged(*files[::-1]) == alone[::-1]


def _judged(*files: Path) -> list[dict[str, Any]]:
    terms = ("--isolated", "--jobs", "1", "--no-progress", "--output", "json", "--today", TODAY.isoformat())
    call = [sys.executable, "-m", "kpicheck", "validate", *map(str, files), *terms]
    told = subprocess.run(call, capture_output=True, check=False).stdout
    found: list[dict[str, Any]] = json.loads(told)["files"]
    return sorted(found, key=lambda one: [str(file) for file in files].index(one["path"]))
