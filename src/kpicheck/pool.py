"""Worker processes behind the standard Executor interface, begun anew after one of them dies.

They are those of `concurrent.futures`, with what these lack: a limit to the time of each task, workers that
end with the program that began them, and a second try for what was lost.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from functools import cache, partial
from threading import Thread
from typing import ParamSpec, TypeVar

LONGEST = 120.0  # seconds; far beyond what any file may take, only for a process that hangs
_GRACE = 1.0  # seconds that a process lives on after we stopped waiting for it
PAYS_FROM_FORKED, PAYS_FROM_SPAWNED = 5, 50
_MOST = 61 if sys.platform == "win32" else 1_000  # what Windows can wait for at once
P = ParamSpec("P")
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
    """An Executor of that many processes, in which a task that takes longer than so many seconds is lost.

    With a process all that was handed out is lost (BrokenExecutor). The pool is begun anew for what comes
    next; what was lost is done `alone`, one after the other, which shows which of them it was.
    """

    def __init__(self, jobs: int, *, longest: float = LONGEST) -> None:
        """Start that many processes when there is work for them."""
        self.workers = min(jobs, _MOST)
        self._longest = longest
        self._processes = self._begun()

    def _begun(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.workers, _context(), _start_worker)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a worker call the function."""
        call = partial(_in_time, self._longest, fn, *args, **kwargs)
        try:
            return self._processes.submit(call)
        except BrokenExecutor:
            self._processes.shutdown()
            self._processes = self._begun()
            return self._processes.submit(call)

    def alone(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Have a process of its own call the function: what becomes of that is the function's doing.

        Raises TimeoutError where it takes too long, and BrokenExecutor where the process dies.
        """
        apart = WorkerPool(1, longest=self._longest + _GRACE)
        try:
            return apart.submit(fn, *args, **kwargs).result(self._longest)
        finally:
            apart.shutdown(cancel_futures=True)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as in Executor
        """End the workers; at once where what is left need not be done."""
        if cancel_futures:
            _kill(self._processes)
        self._processes.shutdown(wait, cancel_futures=cancel_futures)


def _kill(processes: ProcessPoolExecutor) -> None:
    """End them in the middle of what they do."""
    if sys.version_info >= (3, 14):
        processes.kill_workers()
    else:  # these versions of Python have no other way, and change no more
        for process in [*(processes._processes or {}).values()]:  # noqa: SLF001 - as said
            process.kill()


def _start_worker() -> None:
    """Ctrl-C is for the parent process, which ends its workers; they end too where it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # which ends the process
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _in_time(longest: float, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    _end_after(longest)
    try:
        return fn(*args, **kwargs)
    finally:
        _end_after(0)


def _end_after(seconds: float) -> None:
    """End this process when so many seconds have passed, even in the middle of one long call; 0 is never."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
    elif seconds:
        faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())
    else:
        faulthandler.cancel_dump_traceback_later()


@cache
def _nowhere() -> int:
    return os.open(os.devnull, os.O_WRONLY)
