"""Many tasks, one function: results in the order of the tasks, and a task that is lost is told apart."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 64


class NoProcesses(Exception):  # noqa: N818 - a word to who hands work out, not an error
    """The system has no room for a process, or for what it needs."""


def carried_out(  # noqa: PLR0913 - each has a name, and most may be left out
    work: Callable[[T], R],
    tasks: Iterable[T],
    *,
    executor: Executor | None,
    lost: Callable[[T, BaseException], R],
    together: Callable[[Iterable[T]], Iterable[Sequence[T]]] | None = None,
    alone: Callable[[Callable[[T], R], T], R] | None = None,
) -> Iterator[R]:
    """Give the result of each task, in order; `lost` answers for a task whose worker did not.

    Without an executor the work is done here. With one, a limited number of tasks is handed out ahead, so
    that a run over very many files keeps little in hand; what is left is cancelled when nobody reads on.
    `together` says which tasks are handed out as one. What is lost is done again alone, where and as `alone`
    does that: the loss of a process is no mistake of all that was handed out to it and its neighbours.
    """
    if executor is None:
        yield from map(work, tasks)
        return
    hands = _Hands(work, executor, alone or partial(_by_itself, executor), lost)
    waiting: deque[tuple[Sequence[T], Future[list[R]]]] = deque()
    ahead = 0
    try:
        for some in together(tasks) if together else ([one] for one in tasks):
            waiting.append((some, hands.out(some)))
            ahead += len(some)
            while ahead >= _AHEAD:
                ahead -= len(waiting[0][0])
                yield from hands.back(*waiting.popleft())
        while waiting:
            yield from hands.back(*waiting.popleft())
    finally:
        for _, future in waiting:
            future.cancel()


class _Hands(NamedTuple, Generic[T, R]):
    """Hands tasks to an executor, and takes the results back."""

    work: Callable[[T], R]
    executor: Executor
    alone: Callable[[Callable[[T], R], T], R]
    lost: Callable[[T, BaseException], R]

    def out(self, tasks: Sequence[T]) -> Future[list[R]]:
        """Have a worker do these, one after the other; where there is room for none they are done here."""
        try:
            return self.executor.submit(_done, self.work, tasks)
        except NoProcesses:
            from concurrent.futures import Future

            here: Future[list[R]] = Future()
            here.set_result(_done(self.work, tasks))
            return here

    def back(self, tasks: Sequence[T], future: Future[list[R]]) -> list[R]:
        """What came of them; which of them was lost shows when each is done alone."""
        try:
            return future.result()
        except Exception:  # noqa: BLE001 - whatever became of a worker, it costs one task
            return [self._again(task) for task in tasks]

    def _again(self, task: T) -> R:
        try:
            return self.alone(self.work, task)
        except NoProcesses:
            return self.work(task)
        except Exception as error:  # noqa: BLE001 - same
            return self.lost(task, error)


def _done(work: Callable[[T], R], tasks: Sequence[T]) -> list[R]:
    return [work(one) for one in tasks]


def _by_itself(executor: Executor, work: Callable[[T], R], task: T) -> R:
    return executor.submit(work, task).result()
