"""How far a run is, on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kpicheck import texts
from kpicheck.cli.streams import tell

_SECONDS_BETWEEN_LINES = 30.0


@contextmanager
def progress(total: int, language: str, *, shown: bool) -> Iterator[Callable[[], None]]:
    """Give what is to be called after each file; one file, or a short run elsewhere, shows nothing."""
    if not shown or total < 2:  # noqa: PLR2004 - one file needs no progress
        yield lambda: None
    elif sys.stderr.isatty():
        yield from _bar(total, language)
    else:
        yield _lines(total, language)


def _bar(total: int, language: str) -> Iterator[Callable[[], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(texts.text("report", "checking", language), total=total)
        yield lambda: bar.advance(task)


def _lines(total: int, language: str) -> Callable[[], None]:
    done = 0
    told = time.monotonic()

    def step() -> None:
        nonlocal done, told
        done += 1
        if time.monotonic() - told >= _SECONDS_BETWEEN_LINES:
            told = time.monotonic()
            tell(texts.text("report", "so_far", language, {"done": done, "total": total}))

    return step
