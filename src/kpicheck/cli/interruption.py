"""Ctrl-C, and the word of a build server to stop: where something is to be done as a whole, it waits."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_STOPS: tuple[int, ...] = (signal.SIGINT, signal.SIGTERM)


def stop_as_interrupted() -> None:
    """Take SIGTERM for Ctrl-C: reports hold what was finished, and nothing half is left beside them."""
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, signal.default_int_handler)


@contextmanager
def held_back() -> Iterator[None]:
    """Let an interruption wait until this is done; a second one does not wait: it may never be done."""
    known = {number: signal.getsignal(number) for number in _STOPS}
    at_once = {number: one for number, one in known.items() if callable(one)}
    if not at_once or threading.current_thread() is not threading.main_thread():
        yield  # nobody interrupts here
        return
    waiting: list[tuple[int, FrameType | None]] = []

    def wait(number: int, frame: FrameType | None) -> None:
        if waiting:
            at_once[number](number, frame)
        waiting.append((number, frame))

    for number in at_once:
        signal.signal(number, wait)
    try:
        yield
    finally:
        for number, one in at_once.items():
            signal.signal(number, one)
    if waiting:
        number, frame = waiting[0]
        at_once[number](number, frame)
