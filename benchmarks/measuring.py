"""Commands measured side by side: run in turn, so that a busy moment falls on all of them alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Prepare = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor and of wall clock, with all processes it started; most memory of one of them."""

    cpu: float
    wall: float
    mebibytes: float


@dataclass(frozen=True, slots=True)
class Work:
    """A command, and what must be done before each run of it."""

    call: Sequence[str]
    prepare: Prepare | None = None
    codes: frozenset[int] = frozenset({0})


def measured(works: Mapping[str, Work], rounds: int) -> dict[str, Cost]:
    """The median cost of each, run in turn after one round that does not count. Raises RuntimeError."""
    costs: dict[str, list[Cost]] = {name: [] for name in works}
    for nth in range(rounds + 1):
        for name, work in works.items():
            if work.prepare:
                work.prepare()
            cost = _run(name, work)
            if nth:
                costs[name].append(cost)
    return {name: _median(found) for name, found in costs.items()}


def _run(name: str, work: Work) -> Cost:
    began = time.monotonic()
    with subprocess.Popen(work.call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        told = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - began
    if process.returncode not in work.codes:
        message = f"{name} ended with {process.returncode}: {told.decode(errors='replace')[-500:]}"
        raise RuntimeError(message)
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(one.cpu for one in costs),
        statistics.median(one.wall for one in costs),
        statistics.median(one.mebibytes for one in costs),
    )
