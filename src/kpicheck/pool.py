"""Worker processes behind the standard Executor interface; a worker that dies or hangs costs one task.

The work of processes, time limits and restarts is pebble's.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import TypeVar

from pebble import CONSTS, ProcessPool

LONGEST = 120.0  # seconds; far beyond what any file may take, only for a process that hangs
PAYS_FROM_FORKED, PAYS_FROM_SPAWNED = 5, 50
_LOOKS_EVERY = 0.01  # seconds between looks at the processes, for which the end of a run waits
T = TypeVar("T")


def worthwhile_jobs(tasks: int) -> int:
    """How many workers pay for that many files: one below the number where starting them costs more."""
    forks = _context().get_start_method() == "fork"
    return _cores() if tasks >= (PAYS_FROM_FORKED if forks else PAYS_FROM_SPAWNED) else 1


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _context() -> multiprocessing.context.BaseContext:
    """Forked where that is safe and cheap, else what the system does by itself."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else None)


class WorkerPool(Executor):
    """An Executor whose futures fail one by one: the loss of a process is an error of its own task only."""

    def __init__(self, jobs: int, *, longest: float = LONGEST) -> None:
        """Start up to that many processes, each task limited to that many seconds."""
        CONSTS.sleep_unit = _LOOKS_EVERY
        self._pool = ProcessPool(max_workers=jobs, context=_context(), initializer=_start_worker)
        self.workers = jobs
        self._longest = longest

    def submit(self, fn: Callable[..., T], /, *args: object, **kwargs: object) -> Future[T]:
        """Have a worker call the function."""
        future: Future[T] = self._pool.schedule(fn, args=list(args), kwargs=kwargs, timeout=self._longest)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as in Executor
        """End the workers; at once where what is left need not be done."""
        if cancel_futures:
            self._pool.stop()  # type: ignore[no-untyped-call] # pebble has no types here
        else:
            self._pool.close()  # type: ignore[no-untyped-call] # same
        if wait:
            self._pool.join()


def _start_worker() -> None:
    """Ctrl-C is for the parent process, which stops its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
