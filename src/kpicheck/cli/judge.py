"""What validate and triage share: which plans, on which terms, in how many processes, and the exit code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kpicheck import baseline
from kpicheck import ruleset as rulesets
from kpicheck.cache import Cache
from kpicheck.clean import one_line, shown
from kpicheck.cli import NOT_CHECKED
from kpicheck.cli.options import language
from kpicheck.cli.paths import Found
from kpicheck.cli.progress import progress
from kpicheck.cli.settings import Options, Settings
from kpicheck.cli.streams import tell
from kpicheck.cli.terms import AUTO, ENGINES, OWN_ENGINE
from kpicheck.judging import Work, all_in_words
from kpicheck.report.run import Basis, Judged
from kpicheck.report.shape import FileView
from kpicheck.ruleset import Ruleset
from kpicheck.scan import Skipped, Why
from kpicheck.task import Task
from kpicheck.usage import UsageError

if TYPE_CHECKING:  # it brings logging along
    from kpicheck.pool import WorkerPool

PASSED, FAILED = 0, 1
OWN_REPORT = "own-report"
_LONGEST_LINE = 300
_CODES = {"passed": PASSED, "failed": FAILED, "not_checked": NOT_CHECKED}


class How(NamedTuple):
    """How the work is done; it never changes what is found.

    One by one is for questions in between: nothing is kept of what a password opened. With `only_json` the
    judgements are for the JSON report and nothing else.
    """

    jobs: int | None = None
    cache: bool = True
    progress: bool = True
    only_json: bool = False


ONE_BY_ONE = How(jobs=1, cache=False, progress=False)


class Calls(NamedTuple):
    """The plans of a call with the terms of each, and what the run as a whole is judged by."""

    found: Found
    works: tuple[Work, ...]
    basis: Basis

    @property
    def plans(self) -> list[Path]:
        """The files, in the order they were given."""
        return [work.task.file for work in self.works]

    def asking(self, password: Callable[[str], str | None]) -> Calls:
        """The same, with somebody to ask for the password of an encrypted workbook."""
        works = (one._replace(task=one.task._replace(ask_password=password)) for one in self.works)
        return self._replace(works=tuple(works))

    def read_by(self, engine: str) -> Calls:
        """The same, with the cells read by us or by openpyxl. Raises UsageError."""
        if engine not in ENGINES:
            raise UsageError("unknown-engine", word=engine, known=", ".join(ENGINES))
        if engine == OWN_ENGINE:
            return self
        works = (one._replace(task=one.task._replace(by_openpyxl=True)) for one in self.works)
        return self._replace(works=tuple(works))

    def glancing(self) -> Calls:
        """The same, with each plan at a glance."""
        return self._replace(works=tuple(one._replace(glance=True) for one in self.works))


def calls(found: Found, options: Options, config: Path | None, today: dt.date, *, isolated: bool) -> Calls:
    """Find the terms of each plan. Raises UsageError before any of them is judged."""
    plans = list(found.plans)
    if not plans:
        raise UsageError("no-plans")
    settings = Settings(options, config, isolated=isolated)
    run = settings.for_run(plans)
    spoken = language(run.lang.value, isolated=True)
    works = []
    for plan in plans:
        terms = settings.for_plan(plan)
        task = Task(
            file=plan,
            today=today,
            ruleset=terms.ruleset.value,
            select=terms.select.value,
            ignore=terms.ignore.value,
            agreements=terms.agreements,
            stated=terms.stated,
        )
        for one in task.stated.suppressions or ():
            _whole(task.ruleset).code_of(one.rule)
        works.append(Work(task, spoken, terms.threshold))
    together = rulesets.together([work.task.rules for work in works])
    return Calls(found, tuple(works), Basis(together, today, spoken, run.threshold))


@cache
def _whole(ruleset: str) -> Ruleset:
    """The ruleset with the rules that are off, by which an exception may be named."""
    return rulesets.load(ruleset, also_off=True)


def judged(run: Calls, how: How) -> Iterator[tuple[Work, Judged]]:
    """The judgements in order, each as soon as it is there; what cannot be checked is told on stderr.

    A report that kpicheck wrote itself and that a folder gave is no plan: it is counted as skipped.
    """
    cache = Cache() if how.cache else None
    with (
        progress(len(run.works), run.basis.language, shown=how.progress) as step,
        closing(
            all_in_words(run.works, partial(_workers, how.jobs), cache, only_json=how.only_json)
        ) as results,
    ):
        for work, one in zip(run.works, results, strict=True):
            step()
            error = one.file.error
            if error and error.code == OWN_REPORT and work.task.file in run.found.from_folders:
                run.found.skipped[work.task.file] = Skipped(work.task.file, Why.OWN)
                continue
            if error:
                tell(refusal_line(one.file))
            yield work, one
    if cache is not None:
        cache.tidy()


def exit_code(states: Iterable[str]) -> int:
    """The worst file decides; a file that could not be (fully) checked outranks findings."""
    return max((_CODES[state] for state in states), default=NOT_CHECKED)


def since(run: Calls, file: Path | None) -> Calls:
    """The same, with the findings that a baseline knows set aside. Raises UsageError."""
    if file is None:
        return run
    known = baseline.Baseline(file)
    works = (one._replace(known=tuple(sorted(known.known(one.task.file)))) for one in run.works)
    return run._replace(works=tuple(works))


def write_baseline(file: Path, found: Iterable[tuple[Work, Judged]]) -> None:
    """Write what was found as a baseline, with what is still there of the one before. Raises UsageError."""
    baseline.write(file, ((work.task.file, _still_there(work, one)) for work, one in found if one.file.plan))


def _still_there(work: Work, one: Judged) -> list[tuple[str, str, str]]:
    known = [taken.finding for taken in one.excepted if taken.finding.fingerprint in work.known]
    return [(finding.fingerprint, finding.rule, finding.cell) for finding in (*one.file.findings, *known)]


@contextmanager
def _workers(jobs: int | None, tasks: int) -> Iterator[WorkerPool | None]:
    """A pool of processes where one was asked or pays; it is stopped at once when the work is broken off."""
    if min(jobs or tasks, tasks) <= 1:
        yield None
        return
    from kpicheck.pool import WorkerPool, worthwhile_jobs

    number = worthwhile_jobs(tasks) if jobs is None else jobs
    if number <= 1:
        yield None
        return
    pool = WorkerPool(min(number, tasks))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def jobs_option(word: str) -> int | None:
    """The number of processes; None for auto. Raises UsageError on what is no number above nought."""
    if word == AUTO:
        return None
    if not word.isdecimal() or int(word) < 1:
        raise UsageError("bad-jobs", word=word)
    return int(word)


def refusal_line(file: FileView) -> str:
    """File, reason and what to do on one line of at most 300 characters."""
    said = f"{file.error.message} {file.error.fix}" if file.error else ""
    room = _LONGEST_LINE - len(said) - 2
    name = shown(file.path)
    name = name if len(name) <= room else f"…{name[len(name) - max(room, 20) + 1 :]}"
    return one_line(f"{name}: {said}", _LONGEST_LINE)
