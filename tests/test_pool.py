"""Worker processes that die, hang, are interrupted, or outlive the program that began them."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from kpicheck import pool
from kpicheck.batch import NoProcesses, carried_out
from kpicheck.pool import WorkerPool, worthwhile_jobs

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix, and processes that are forked")
DEADLY, ENDLESS = "deadly", "endless"


def length(word: str) -> int:
    """A task: a word that takes its process along, one that keeps it busy in one long call, or any other."""
    if word == DEADLY:
        os._exit(9)
    if word == ENDLESS:
        re.match("(a+)+$", "a" * 60 + "b")
    return len(word)


HALF: Any = None  # where workers write their results


def results_of(workers: WorkerPool) -> object:
    """Where the processes of a pool will write their results."""
    workers._processes = pool._Processes(2)  # noqa: SLF001 - nobody else need know
    return workers._processes._results  # noqa: SLF001 - same


def half_a_result(word: str) -> int:
    """A task that begins to write a result past its pool, and dies or goes on for ever."""
    if word in (DEADLY, ENDLESS):
        if HALF._wlock.acquire(block=False):  # noqa: SLF001 - as a worker does
            os.write(HALF._writer.fileno(), b"\0\0\1\0half")  # noqa: SLF001 - same
        if word == DEADLY:
            os._exit(9)
        time.sleep(60)
    return len(word)


def told(_word: str, error: BaseException) -> int:
    """What stands in the place of a lost result."""
    return -2 if isinstance(error, TimeoutError) else -1


def test_workers_only_where_they_pay() -> None:
    assert worthwhile_jobs(1) == 1
    assert worthwhile_jobs(1000) >= 1


def test_a_pool_is_an_executor() -> None:
    with WorkerPool(1) as one:
        assert list(one.map(len, ["a", "bc"])) == [1, 2]


def test_with_a_process_what_was_handed_out_is_lost_and_what_comes_next_is_not() -> None:
    with WorkerPool(2) as workers:
        assert isinstance(workers.submit(length, DEADLY).exception(), BrokenExecutor)
        assert workers.submit(length, "abc").result() == 3


def test_the_one_that_is_lost_is_told_from_its_neighbours() -> None:
    words = ["a", "bb", DEADLY, "dddd", *["eeeee"] * 100, DEADLY, "fffffff"]
    with WorkerPool(2) as workers:
        found = carried_out(length, words, executor=workers, lost=told, alone=workers.alone)
        assert [*found] == [1, 2, -1, 4, *[5] * 100, -1, 7]


@UNIX
def test_a_process_that_dies_while_it_hands_over_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others wait for their turn to write, and we for the rest of what it wrote."""
    with WorkerPool(2) as workers:
        monkeypatch.setattr(sys.modules[__name__], "HALF", results_of(workers))
        found = carried_out(
            half_a_result, ["a", DEADLY, "b"], executor=workers, lost=told, alone=workers.alone
        )
        assert [*found] == [1, -1, 1]


@UNIX
def test_an_end_while_a_result_is_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = WorkerPool(2)
    monkeypatch.setattr(sys.modules[__name__], "HALF", results_of(workers))
    workers.submit(half_a_result, ENDLESS)
    time.sleep(0.5)
    began = time.monotonic()
    workers.shutdown(cancel_futures=True)
    assert time.monotonic() - began < 5


def test_what_was_forgotten_when_a_process_died_is_lost_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with WorkerPool(2) as workers:
        dying = workers.submit(length, DEADLY)
        monkeypatch.setattr(ProcessPoolExecutor, "submit", lambda *_: Future())
        forgotten = workers.submit(length, "abc")
        monkeypatch.undo()
        for one in (dying, forgotten):
            assert isinstance(one.exception(timeout=30), BrokenExecutor)


def test_work_may_be_handed_out_while_a_pool_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    fallen: list[object] = []
    monkeypatch.setattr(threading, "excepthook", fallen.append)
    late = SimpleNamespace(future=Future())
    with WorkerPool(1) as workers:
        dying = workers.submit(length, DEADLY)
        processes = workers._processes  # noqa: SLF001 - nobody else need know
        assert processes
        handed_out: dict[int, Any] = processes._pool._pending_work_items  # noqa: SLF001 - same
        dying.add_done_callback(lambda _: handed_out.update({1_000: late}))
        others = [workers.submit(length, "abc") for _ in range(3)]
        for one in others:
            assert isinstance(one.exception(timeout=30), BrokenExecutor)
    assert fallen == []


def test_what_was_cancelled_is_not_told_that_it_is_lost() -> None:
    with WorkerPool(1) as workers:
        workers.submit(length, "abc").result(timeout=30)
        processes = workers._processes  # noqa: SLF001 - nobody else need know
        assert processes
        handed_out: dict[int, Any] = type(processes._pool._pending_work_items)()  # noqa: SLF001 - same
    waiting: Any = SimpleNamespace(future=Future())
    cancelled: Any = SimpleNamespace(future=Future())
    handed_out.update({1: waiting, 2: cancelled})
    assert cancelled.future.cancel()
    assert [*handed_out.items()] == [(1, waiting)]


def test_the_way_back_is_closed_by_one_thread_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the second of them closes what another part of the program has opened since."""
    fallen: list[object] = []
    monkeypatch.setattr(threading, "excepthook", fallen.append)
    with WorkerPool(2) as workers:
        results: Any = results_of(workers)
        workers.submit(length, "abc").result(timeout=30)
        real, closing = results._writer.close, threading.Lock()  # noqa: SLF001 - nobody else need know

        def close() -> None:
            assert closing.acquire(blocking=False)
            time.sleep(0.5)
            real()
            closing.release()

        monkeypatch.setattr(results._writer, "close", close)  # noqa: SLF001 - same
    assert results._writer.closed  # noqa: SLF001 - same
    assert fallen == []


@pytest.mark.parametrize("step", ["__init__", "submit"])
@pytest.mark.parametrize("error", [OSError(24, "Too many open files"), BlockingIOError(11, "no process")])
def test_where_there_is_no_room_for_processes_the_work_is_done_here(
    monkeypatch: pytest.MonkeyPatch, step: str, error: OSError
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(ProcessPoolExecutor, step, refuse)
    with WorkerPool(2) as workers:
        found = carried_out(length, ["a", "bb"], executor=workers, lost=told, alone=workers.alone)
        assert [*found] == [1, 2]


def test_where_there_was_no_room_once_none_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def refuse(*_: object, **__: object) -> None:
        asked.append(_)
        raise BlockingIOError

    monkeypatch.setattr(ProcessPoolExecutor, "submit", refuse)
    with WorkerPool(2) as workers:
        for _ in range(3):
            with pytest.raises(NoProcesses):
                workers.submit(length, "abc")
    assert len(asked) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of a process on Windows")
@pytest.mark.parametrize(("limit", "fits"), [((1 << 30) - 1, False), (1 << 30, True), (-1, True)])
@pytest.mark.parametrize("name", ["RLIMIT_AS", "RLIMIT_DATA"])
def test_no_processes_where_memory_is_limited(
    monkeypatch: pytest.MonkeyPatch, name: str, limit: int, *, fits: bool
) -> None:
    import resource

    limited = getattr(resource, name)
    monkeypatch.setattr(resource, "getrlimit", lambda one: (limit if one == limited else -1, -1))
    with WorkerPool(1) as workers:
        monkeypatch.undo()
        if fits:
            assert workers.submit(length, "abc").result(timeout=30) == 3
        else:
            with pytest.raises(NoProcesses):
                workers.submit(length, "abc")


@UNIX
@pytest.mark.parametrize("platform", [sys.platform, "win32"])
def test_one_long_call_is_ended_too(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], platform: str
) -> None:
    """Nothing else of Python runs in that process meanwhile; on Windows there is no alarm."""
    own = SimpleNamespace(platform=platform, version_info=sys.version_info)
    monkeypatch.setattr(pool, "sys", own)
    monkeypatch.setattr(pool, "_context", lambda: multiprocessing.get_context("fork"))
    monkeypatch.setattr(pool, "_GRACE", 0.1)
    began = time.monotonic()
    with WorkerPool(2, longest=0.5) as workers:
        found = carried_out(length, ["a", ENDLESS, "ccc"], executor=workers, lost=told, alone=workers.alone)
        assert [*found] == [1, -2, 3]
    assert time.monotonic() - began < 30
    assert capfd.readouterr() == ("", "")


@UNIX
def test_time_is_counted_anew_for_each_task() -> None:
    with WorkerPool(1, longest=0.5) as workers:
        assert [*workers.map(time.sleep, [0.2] * 5)] == [None] * 5
        time.sleep(0.6)
        assert workers.submit(length, "abc").result() == 3


@UNIX
def test_work_that_need_not_be_done_is_broken_off_at_once() -> None:
    workers = WorkerPool(1)
    running = workers.submit(length, ENDLESS)
    while not running.running():
        time.sleep(0.01)
    began = time.monotonic()
    workers.shutdown(cancel_futures=True)
    assert time.monotonic() - began < 10
    assert isinstance(running.exception(), BrokenExecutor)


_HANDS_OUT = """
import time
from kpicheck.pool import WorkerPool
workers = WorkerPool(2)
print(workers.submit(len, "abc").result(), flush=True)
workers.submit(time.sleep, 100)
time.sleep(100)
"""


@UNIX
def test_workers_end_with_the_program_that_began_them() -> None:
    with subprocess.Popen([sys.executable, "-c", _HANDS_OUT], stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"3\n"
        program.send_signal(signal.SIGKILL)
        rest, _ = program.communicate(timeout=30)  # which waits for all that could still write
        assert rest == b""
