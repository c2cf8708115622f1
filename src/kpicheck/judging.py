"""Plans judged and put into words, here or in other processes; what was judged before is not judged again."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kpicheck import texts
from kpicheck.baseline import without_known
from kpicheck.batch import carried_out
from kpicheck.cache import Cache, key_of
from kpicheck.clean import masked
from kpicheck.finding import Report, Severity
from kpicheck.memory import begin_collecting, bounded_memory, without_collecting
from kpicheck.report.run import Basis, Judged
from kpicheck.task import Task, judged, lost

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from kpicheck.pool import WorkerPool

Workers = Callable[[int], "AbstractContextManager[WorkerPool | None]"]
_IN_THE_BYTES = ("several-versions", "no-milestones")
_LARGEST = 50 << 20  # what is larger is refused
_SMALL = 512 << 10  # bytes of the files that a worker takes together
_FEW = 500  # findings: some 500 kB of JSON
_MOST_TOGETHER, _MORE_THAN_ONCE = 8, 4


class Work(NamedTuple):
    """A plan to judge, and in which words: the language, the level from which it fails, a glance or not.

    `known` are the fingerprints of findings that a baseline sets aside.
    """

    task: Task
    language: str
    fail_on: Severity | None
    known: tuple[str, ...] = ()
    glance: bool = False

    def in_words(self, report: Report) -> Judged:
        """The report of this plan in words. The plan is let go before its findings are put into words."""
        report = without_known(report, frozenset(self.known))
        basis = Basis(self.task.rules, self.task.today, self.language, self.fail_on)
        about = basis.about_plan(report, glance=self.glance)
        report = replace(report, plan=None)
        return basis.with_findings(about, report)


class Asked(NamedTuple):
    """A plan that nothing is known of, and the key to keep its judgement under; "" where none is kept."""

    work: Work
    key: str = ""


def in_words(work: Work) -> Judged:
    """Judge one plan. Never raises on what its file holds, nor takes more memory than any plan needs.

    Objects in circles are searched for when the plan is let go: the search would walk through all of it.
    """
    with bounded_memory(), without_collecting():
        return work.in_words(judged(work.task))


def all_in_words(
    works: Sequence[Work], workers: Workers, cache: Cache | None, *, only_json: bool = False
) -> Generator[Judged]:
    """The judgements in order. With a cache, only files that changed since are judged: workers are for those.

    Where only JSON is asked they are put into it as they come, and hold little else.
    """
    keys = [_key(work) if cache else "" for work in works]
    known = [_recalled(cache, key, work) for key, work in zip(keys, works, strict=True)]
    unknown = [Asked(work, key) for work, key, one in zip(works, keys, known, strict=True) if one is None]
    with workers(len(unknown)) as pool:
        if pool:
            _load_for(unknown[0].work)
        begin_collecting()  # all that processes will share is loaded: a search would copy it in each of them
        fresh = _fresh(unknown, pool, partial(answered, cache, only_json=only_json))
        for one in known:
            yield next(fresh) if one is None else one


def _fresh(
    asked: Sequence[Asked], pool: WorkerPool | None, answer: Callable[[Asked], Judged]
) -> Iterator[Judged]:
    """The judgements of plans that nothing is known of yet."""
    if pool is None:
        return map(answer, asked)
    together = partial(small_ones, workers=pool.workers)
    return carried_out(answer, asked, executor=pool, lost=_lost, together=together, alone=pool.alone)


def answered(cache: Cache | None, asked: Asked, *, only_json: bool) -> Judged:
    """Judge one plan and keep the judgement; all that a worker process does for it."""
    found = in_words(asked.work)
    if cache and asked.key and _lasts(found):
        _remember(cache, asked.key, found)
    return _in_json(found) if only_json and len(found.file.findings) <= _FEW else found


def _in_json(found: Judged) -> Judged:
    """The judgement in JSON: of the rest a run needs where it is, how it ended and the levels."""
    from kpicheck.report.as_json import file_in_run

    levels = tuple(one.severity for one in found.file.findings)
    left = found.file._replace(plan=None, findings=(), not_checked=(), rows=None)
    return Judged(left, found.ruleset, found.fail_on, json=file_in_run(found.file), levels=levels)


def _load_for(work: Work) -> None:
    """Load what judging needs: a process that is forked has it then, where each would load it itself."""
    import kpicheck.reader  # noqa: F401 - it is there when it is asked

    texts.texts(work.language)
    work.task.rules  # noqa: B018 - same


def small_ones(works: Iterable[Asked], workers: int) -> Iterator[list[Asked]]:
    """Small files that go to a worker together: handing one over takes a tenth as long as judging it.

    Towards the end they are fewer, so that no worker has much to do when the others are done.
    """
    rest = deque((work, _size(work)) for work in works)
    while rest:
        most = min(_MOST_TOGETHER, max(1, len(rest) // (workers * _MORE_THAN_ONCE)))
        work, size = rest.popleft()
        some = [work]
        while len(some) < most and size + rest[0][1] <= _SMALL:
            work, more = rest.popleft()
            some.append(work)
            size += more
        yield some


def _size(asked: Asked) -> int:
    """How many bytes a file has; of what cannot be asked, as many as a large one."""
    try:
        return asked.work.task.file.stat().st_size
    except (OSError, ValueError):
        return _LARGEST


def _lost(asked: Asked, error: BaseException) -> Judged:
    return asked.work.in_words(lost(asked.work.task, error))


def _lasts(found: Judged) -> bool:
    """Whether the bytes of a file alone decide what is said of it.

    Time, memory, a password and what is installed decide with them why a file is refused: those are asked
    again, which costs little. That a plan was read, and has other versions or no milestones, is in its bytes.
    """
    return found.file.error is None or found.file.error.code in _IN_THE_BYTES


def _key(work: Work) -> str:
    """All that makes the judgement what it is, but for the folder; "" where the file cannot be read."""
    file = work.task.file
    try:
        if not file.is_file() or file.stat().st_size > _LARGEST:
            return ""
        data = file.read_bytes()
    except OSError:
        return ""
    anywhere = work._replace(task=work.task._replace(file=Path(file.name)))
    return key_of(hashlib.sha256(data).hexdigest(), work.task.rules.sha256, repr(anywhere))


def _remember(kept: Cache, key: str, found: Judged) -> None:
    """Keep a judgement without its place, which may be no text at all; what JSON cannot hold is not kept."""
    anywhere = found._replace(file=found.file._replace(path=""))
    with suppress(ValueError):
        kept.put(key, adapter().dump_json(anywhere))


def _recalled(kept: Cache | None, key: str, work: Work) -> Judged | None:
    content = kept.get(key) if kept and key else None
    if content is None:
        return None
    try:
        found = adapter().validate_json(content)
    except ValueError:  # of pydantic
        return None
    path = masked(str(work.task.file))
    return found._replace(file=found.file._replace(path=path))


@cache
def adapter() -> TypeAdapter[Judged]:
    """Writes a judgement as JSON, and reads it back."""
    from pydantic import TypeAdapter

    from kpicheck.report.glance import Glance  # noqa: F401 - a name in Judged, which pydantic looks for here

    return TypeAdapter(Judged)
