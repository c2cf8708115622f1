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
from concurrent.futures import BrokenExecutor, Executor, Future, InvalidStateError, ProcessPoolExecutor
from contextlib import suppress
from functools import cache, partial
from multiprocessing.connection import wait
from threading import RLock, Thread
from typing import Any, ParamSpec, TypeVar

from kpicheck.batch import NoProcesses

LONGEST = 120.0  # seconds; far beyond what any file may take, only for a process that hangs
_GRACE = 1.0  # seconds that a process lives on after we stopped waiting for it
_BETWEEN_LOOKS = 1.0  # seconds; more processes may have begun since
PAYS_FROM_FORKED, PAYS_FROM_SPAWNED = 5, 50
_LEAST_ROOM = 1 << 30  # bytes of addresses: each of our three threads takes an eighth of that or more
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


def _has_room() -> bool:
    """Whether no limit to this process is so low that a thread may stop halfway, and all with it."""
    try:
        import resource
    except ImportError:  # Windows
        return True
    limits = [resource.getrlimit(one)[0] for one in (resource.RLIMIT_AS, resource.RLIMIT_DATA)]
    return all(one == resource.RLIM_INFINITY or one >= _LEAST_ROOM for one in limits)


class WorkerPool(Executor):
    """An Executor of that many processes, in which a task that takes longer than so many seconds is lost.

    With a process all that was handed out is lost (BrokenExecutor). The pool is begun anew for what comes
    next; what was lost is done `alone`, one after the other, which shows which of them it was.
    """

    def __init__(self, jobs: int, *, longest: float = LONGEST) -> None:
        """Start that many processes when there is work for them."""
        self.workers = min(jobs, _MOST)
        self._longest = longest
        self._processes: _Processes | None = None
        self._has_room = _has_room()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a worker call the function. Raises NoProcesses."""
        if not self._has_room:
            raise NoProcesses
        call = partial(_in_time, self._longest, fn, *args, **kwargs)
        if self._processes:
            try:
                return self._processes.submit(call)
            except BrokenExecutor:
                self._processes.shutdown(wait=True)
        try:
            self._processes = _Processes(self.workers)
            return self._processes.submit(call)
        except NoProcesses:
            self._has_room = False  # each try would take of what little there is
            raise

    def alone(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Have a process of its own call the function: what becomes of that is the function's doing.

        Raises TimeoutError where it takes too long, BrokenExecutor where the process dies, and NoProcesses.
        """
        apart = WorkerPool(1, longest=self._longest + _GRACE)
        try:
            return apart.submit(fn, *args, **kwargs).result(self._longest)
        finally:
            apart.shutdown(cancel_futures=True)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as in Executor
        """End the workers; at once where what is left need not be done."""
        if self._processes is None:
            return
        if cancel_futures:
            self._processes.kill()
        self._processes.shutdown(wait=wait, cancel_futures=cancel_futures)


class _Processes:
    """Processes of `concurrent.futures` until the first of them ends: then all end, and nothing is left open.

    A process that dies while it hands over a result leaves the others waiting for their turn, and us for the
    rest; and what is handed out at the moment in which one dies may be forgotten. So somebody watches.
    """

    def __init__(self, number: int) -> None:
        try:
            self._pool = ProcessPoolExecutor(number, _context(), _start_worker)
        except OSError as error:
            raise NoProcesses from error
        self._pool._pending_work_items = _Steady()  # noqa: SLF001 - see there
        self._results: Any = self._pool._result_queue  # noqa: SLF001 - there is no other way to its end
        self._begun: Any = self._pool._processes  # noqa: SLF001 - by their numbers, as they begin and end
        self._handed_out: set[Future[Any]] = set()
        self._lock = RLock()
        self._over = False
        self._watcher: Thread | None = None

    def submit(self, call: Callable[[], T]) -> Future[T]:
        """Have one of them make the call. Raises BrokenExecutor where they ended, and NoProcesses."""
        with self._lock:
            if self._over:
                raise BrokenExecutor
            try:
                future = self._pool.submit(call)
                if not self._watcher:
                    manager: Any = self._pool._executor_manager_thread  # noqa: SLF001 - it ends with them
                    watcher = Thread(target=self._watch, args=(manager,), daemon=True)
                    watcher.start()
                    self._watcher = watcher
            except BrokenExecutor:
                raise
            except (OSError, RuntimeError) as error:  # also where a thread cannot begin
                self._over = True
                self.kill()
                raise NoProcesses from error
            self._handed_out.add(future)
        future.add_done_callback(self._handed_out.discard)
        return future

    def kill(self) -> None:
        """End them in the middle of what they do; who waits for a result of theirs finds the end of it."""
        with self._lock:
            for process in [*self._begun.values()]:
                process.kill()
            self._results._writer.close()  # noqa: SLF001 - while ours is open, a result may still come

    def shutdown(self, *, wait: bool, cancel_futures: bool = False) -> None:
        """End them when they are done; who watches them closes what they wrote to, and nobody else."""
        self._pool.shutdown(wait=False, cancel_futures=cancel_futures)
        if wait and self._watcher:
            self._watcher.join()

    def _watch(self, manager: Thread) -> None:
        """Wait until one of them ends: of its own accord they only do when all work is done."""
        while living := [*self._begun.values()]:
            if wait([one.sentinel for one in living], _BETWEEN_LOOKS):
                break
        self.kill()
        manager.join()
        with self._lock:
            self._over = True
            self._results.close()
            forgotten = [one for one in self._handed_out if not one.done()]
        for one in forgotten:
            with suppress(InvalidStateError):  # nobody waits for it any more
                one.set_exception(BrokenExecutor())


class _Steady(dict[int, Any]):
    """What is handed out, which may be added to while it is gone through.

    When a process dies, a thread of `concurrent.futures` goes through it, unguarded from who hands out more,
    to say of each that it is lost; of what was cancelled before that cannot be said.
    """

    def items(self) -> Any:  # noqa: ANN401 - as dict has it
        """All there was at one moment and is not done."""
        return [(number, one) for number, one in [*super().items()] if not one.future.done()]


def _start_worker() -> None:
    """Ctrl-C is for the parent process, which ends its workers; they end too where it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # which ends the process
    with suppress(RuntimeError):  # there is no room for a thread: the work matters more
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
