"""Many tasks, one function: results in the order of the tasks, and a task that is lost is told apart."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 64


def carried_out(
    work: Callable[[T], R],
    tasks: Iterable[T],
    *,
    executor: Executor | None,
    lost: Callable[[T, BaseException], R],
) -> Iterator[R]:
    """Give the result of each task, in order; `lost` answers for a task whose worker did not.

    Without an executor the work is done here. With one, a limited number of tasks is handed out ahead, so
    that a run over very many files keeps little in hand; what is left is cancelled when nobody reads on.
    """
    if executor is None:
        yield from map(work, tasks)
        return
    waiting: deque[tuple[T, Future[R]]] = deque()
    rest = iter(tasks)
    try:
        for task in rest:
            waiting.append((task, executor.submit(work, task)))
            if len(waiting) >= _AHEAD:
                yield _answer(*waiting.popleft(), lost)
        while waiting:
            yield _answer(*waiting.popleft(), lost)
    finally:
        for _, future in waiting:
            future.cancel()


def _answer(task: T, future: Future[R], lost: Callable[[T, BaseException], R]) -> R:
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001 - whatever became of a worker, it costs one task
        return lost(task, error)
