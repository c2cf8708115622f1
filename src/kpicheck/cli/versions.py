"""What diff and whatif share: two judgements with their plans, what they differ in, and the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kpicheck.cli import NOT_CHECKED
from kpicheck.cli.judge import Calls, refusal_line
from kpicheck.cli.output import Outputs, Target
from kpicheck.cli.password import asks
from kpicheck.cli.paths import Found, find
from kpicheck.cli.streams import tell
from kpicheck.comparison import Comparison, compared
from kpicheck.finding import Report
from kpicheck.judging import Work
from kpicheck.memory import bounded_memory
from kpicheck.task import judged
from kpicheck.usage import UsageError

SAME, DIFFERENT = 0, 1


def one_file(word: str) -> Path:
    """The one file that a word means. Raises UsageError."""
    plans = list(find([word]).plans)
    if len(plans) != 1:
        raise UsageError("one-plan", number=len(plans))
    return plans[0]


def found(*files: Path) -> Found:
    """These files as the plans of a call."""
    return Found(plans=dict.fromkeys(files))


def asking(run: Calls) -> Calls:
    """The same, with the password of a file asked once."""
    return run.asking(cache(asks(run.basis.language)))


def report_of(work: Work) -> Report:
    """The judgement of one plan, with the plan.

    Objects in circles are not searched for: the search would walk through the plans, which stay to the end.
    """
    with bounded_memory():
        return judged(work.task)


@dataclass(slots=True)
class Compared:
    """Takes what two plans differ in, for formats that are made before the plans are judged."""

    comparison: Comparison | None = None


def tell_versions(
    run: Calls, works: Sequence[Work], reports: Sequence[Report], asked: Sequence[Target], into: Compared
) -> str:
    """Write what two plans differ in to every output; gives same, different or not_checked."""
    into.comparison = compared(reports[0], reports[1])
    failed = any(one.failure for one in reports)
    told: set[str] = set()
    with Outputs(asked, run.basis, quiet=False) as outputs:
        for work, report in zip(works, reports, strict=True):
            one = work.in_words(report)
            if one.file.error and (line := refusal_line(one.file)) not in told:
                told.add(line)
                tell(line)
            outputs.add(one)
    if into.comparison is None or failed:
        return "not_checked"
    return "different" if into.comparison.number else "same"


def code_of(state: str) -> int:
    """The exit code of a comparison."""
    return {"same": SAME, "different": DIFFERENT}.get(state, NOT_CHECKED)
