"""Worker processes that die, hang, are interrupted, or outlive the program that began them."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor
from types import SimpleNamespace

import pytest

from kpicheck import pool
from kpicheck.batch import carried_out
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
