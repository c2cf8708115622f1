"""One plan to judge and on which terms: small enough to send to another process."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kpicheck import ruleset as rulesets
from kpicheck.batch import carried_out
from kpicheck.config import Agreement
from kpicheck.finding import Failure, Report
from kpicheck.job import Stated, check_file
from kpicheck.model import Typed
from kpicheck.ruleset import Ruleset

if TYPE_CHECKING:
    from concurrent.futures import Executor


class Task(NamedTuple):
    """A plan's file, the rules with what was agreed about them, and what is stated about the plan.

    `typed` is what somebody would type in its cells; nothing of it is written.
    Its cells are read by us, or `by_openpyxl` for a second opinion.
    """

    file: Path
    today: dt.date
    ruleset: str = "landelijk"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    stated: Stated = Stated()
    ask_password: Callable[[str], str | None] | None = None
    typed: tuple[Typed, ...] = ()
    by_openpyxl: bool = False

    @property
    def rules(self) -> Ruleset:
        """The ruleset, with the thresholds that were agreed for this plan. Raises UsageError."""
        if not self.agreements:
            return _chosen(self.ruleset, self.select, self.ignore)
        found = _chosen(self.ruleset)
        for one in self.agreements:
            found = found.agreeing(one.rule, one.thresholds, one.reason, "agreed")
        return found.choose(self.select, self.ignore)


@lru_cache(maxsize=32)
def _chosen(name: str, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Ruleset:
    return rulesets.load(name).choose(select, ignore)


def forget_rules() -> None:
    """Read rulesets anew: somebody may have changed them."""
    _chosen.cache_clear()


def judged(task: Task) -> Report:
    """Judge one plan. Never raises on what its file holds."""
    return check_file(
        task.file,
        task.rules,
        task.stated,
        today=task.today,
        ask_password=task.ask_password,
        typed=task.typed,
        by_openpyxl=task.by_openpyxl,
    )


def lost(task: Task, error: BaseException) -> Report:
    """The report on a plan whose worker process did not answer."""
    code = "took-too-long" if isinstance(error, TimeoutError) else "worker-lost"
    return Report(path=str(task.file), sha256=None, plan=None, failure=Failure(code))


def all_judged(
    tasks: Iterable[Task],
    executor: Executor | None,
    alone: Callable[[Callable[[Task], Report], Task], Report] | None = None,
) -> Iterator[Report]:
    """The reports in the order of the tasks; a lost worker costs one of them."""
    return carried_out(judged, tasks, executor=executor, lost=lost, alone=alone)
