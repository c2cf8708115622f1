"""The Python interface: judge one plan, or many.

Configuration files, exceptions, the cache and KPICHECK_* variables belong to the command line: here
everything that counts is an argument.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from decimal import Decimal
from functools import partial
from os import PathLike
from pathlib import Path
from typing import BinaryIO, TypedDict, Unpack

from kpicheck.finding import Report
from kpicheck.job import Stated, check_bytes
from kpicheck.model import Budget
from kpicheck.pool import WorkerPool
from kpicheck.task import Task, all_judged, judged


class Terms(TypedDict, total=False):
    """On which terms plans are judged. Amounts are exact euros; days are calendar days.

    `ruleset` is the name of a ruleset or the path of a .toml file; `select` and `ignore` are rule codes,
    slugs or their beginnings. `requested` is the requested total, `max_total` the maximum of the quick scan,
    `budget` the euros per calendar year; `today` is the day of judgement, by default the day it is.
    """

    ruleset: str
    select: Iterable[str]
    ignore: Iterable[str]
    requested: Decimal
    max_total: Decimal
    start: dt.date
    end: dt.date
    budget: dict[int, Decimal]
    today: dt.date


def validate(plan: str | PathLike[str] | bytes | BinaryIO, /, **terms: Unpack[Terms]) -> Report:
    """Judge one plan: a path, the bytes of a workbook, or an open binary file.

    Never raises on what the workbook holds: `Report.failure` says why it could not be (fully) judged.
    Raises `kpicheck.UsageError` on terms that cannot be meant, such as an unknown ruleset.
    """
    if isinstance(plan, str | PathLike):
        return judged(_task(Path(plan), terms))
    data = plan if isinstance(plan, bytes) else plan.read()
    name = str(getattr(plan, "name", ""))
    task = _task(Path(name), terms)
    return check_bytes(data, name, task.rules, task.stated, today=task.today)


def validate_many(
    plans: Iterable[str | PathLike[str]],
    /,
    *,
    jobs: int = 1,
    executor: Executor | None = None,
    **terms: Unpack[Terms],
) -> Iterator[Report]:
    """Judge many plans and give their reports in the same order, each as soon as it is there.

    The work is done here (`jobs=1`), in that many processes, or by any `concurrent.futures.Executor`, such as
    that of a Dask or Ray client. With `jobs`, a process that dies costs one file; with an executor of your
    own, what a dead process costs is up to that executor. Raises `kpicheck.UsageError` as `validate` does.
    """
    make = partial(_task, terms=terms)
    tasks = (make(Path(one)) for one in plans)
    make(Path()).rules  # noqa: B018 - terms that cannot be meant are told before the first file
    if executor is not None or jobs <= 1:
        return all_judged(tasks, executor)
    return _in_processes(tasks, jobs)


def _in_processes(tasks: Iterable[Task], jobs: int) -> Iterator[Report]:
    pool = WorkerPool(jobs)
    try:
        yield from all_judged(tasks, pool, pool.alone)
    finally:
        pool.shutdown(cancel_futures=True)


def _task(file: Path, terms: Terms) -> Task:
    budget = terms.get("budget")
    stated = Stated(
        requested=terms.get("requested"),
        max_total=terms.get("max_total"),
        start=terms.get("start"),
        end=terms.get("end"),
        budget=Budget(years=tuple(sorted(budget.items())), origin="budget") if budget else None,
    )
    return Task(
        file=file,
        today=terms.get("today") or dt.date.today(),  # noqa: DTZ011, TID251 - the caller's day
        ruleset=terms.get("ruleset", "landelijk"),
        select=tuple(terms.get("select", ())),
        ignore=tuple(terms.get("ignore", ())),
        stated=stated,
    )
