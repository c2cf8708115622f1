"""Ctrl-C, where something is to be done as a whole."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def held_back() -> Iterator[None]:
    """Let an interruption wait until this is done; a second one does not wait: it may never be done."""
    at_once = signal.getsignal(signal.SIGINT)
    if not callable(at_once) or threading.current_thread() is not threading.main_thread():
        yield  # nobody interrupts here
        return
    waiting: list[tuple[int, FrameType | None]] = []

    def wait(number: int, frame: FrameType | None) -> None:
        if waiting:
            at_once(number, frame)
        waiting.append((number, frame))

    signal.signal(signal.SIGINT, wait)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, at_once)
    if waiting:
        at_once(*waiting[0])
