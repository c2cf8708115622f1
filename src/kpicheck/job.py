"""One file from bytes to report: read, add what the user stated, judge. Knows no terminal."""

from __future__ import annotations

import datetime as dt
import hashlib
import stat
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kpicheck.allowance import Allowance, Exceeded, bytes_of_row, ran_out
from kpicheck.engine import judge
from kpicheck.finding import Failure, Report
from kpicheck.memory import without_collecting
from kpicheck.model import AgreedParty, Budget, Field, Period, Plan, Suppression, Typed
from kpicheck.ruleset import Ruleset
from kpicheck.usage import UsageError

LIMITS_EXCEEDED = "limits-exceeded"
EXAMPLE_LEFT = "T106"  # a table of examples is judged by this rule alone; without it nothing was judged


class Stated(NamedTuple):
    """What the user says about a plan beside the workbook; None leaves it to the workbook. Money in euro."""

    requested: Decimal | None = None
    max_total: Decimal | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    budget: Budget | None = None
    party_agreements: tuple[AgreedParty, ...] | None = None
    suppressions: tuple[Suppression, ...] | None = None

    def over(self, other: Stated) -> Stated:
        """What is stated here, completed with what another says."""
        return other._replace(**{name: value for name, value in self._asdict().items() if value is not None})

    def added_to(self, plan: Plan) -> Plan:
        """The plan with what was stated; a stated value goes before one in the workbook."""
        names = ("max_total", "budget", "party_agreements", "suppressions")
        update: dict[str, object] = {
            name: value for name in names if (value := getattr(self, name)) is not None
        }
        if self.requested is not None:
            update["requested"] = Field(value=self.requested)
        if self.start or self.end:
            update["period"] = self._period(plan.period)
        return plan.model_copy(update=update) if update else plan

    def _period(self, known: Period | None) -> Period | None:
        """Start and end with what was stated; None where that leaves no start before an end."""
        start = self.start or (known.start if known else None)
        end = self.end or (known.end if known else None)
        if start is None or end is None or start > end:
            return None
        stated = (self.start is not None and self.end is not None) or (known is not None and known.stated)
        return Period(start=start, end=end, stated=stated)


def check_file(  # noqa: PLR0913 - seven plain choices read better than an options object
    path: Path,
    ruleset: Ruleset,
    stated: Stated,
    *,
    shown_as: str | None = None,
    today: dt.date = dt.date.max,
    ask_password: Callable[[str], str | None] | None = None,
    typed: Sequence[Typed] = (),
    by_openpyxl: bool = False,
) -> Report:
    """Judge the plan in a file. Never raises on what the file holds: the report says why it could not.

    `ask_password` is called with the name of an encrypted file; without it such a file is refused.
    With `typed` it is the plan as it would be after somebody typed that in its cells.
    """
    from kpicheck.reader.archive import MEBIBYTE
    from kpicheck.reader.package import MAX_FILE

    name = shown_as or str(path)
    try:
        found = path.stat()
        size = found.st_size
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):  # a pipe would keep us waiting
            return Report(path=name, sha256=None, plan=None, failure=Failure("not-a-file"))
        if size > MAX_FILE:
            facts = {"megabytes": -(-size // MEBIBYTE), "limit": MAX_FILE // MEBIBYTE}
            return Report(path=name, sha256=None, plan=None, failure=Failure("too-large", facts))
        data = path.read_bytes()
    except OSError as error:
        return Report(
            path=name, sha256=None, plan=None, failure=Failure("unreadable", {"why": error.strerror or ""})
        )
    return check_bytes(
        data,
        name,
        ruleset,
        stated,
        today=today,
        ask_password=ask_password,
        typed=typed,
        by_openpyxl=by_openpyxl,
    )


def check_bytes(  # noqa: PLR0913 - as above
    data: bytes,
    name: str,
    ruleset: Ruleset,
    stated: Stated,
    *,
    today: dt.date = dt.date.max,
    ask_password: Callable[[str], str | None] | None = None,
    typed: Sequence[Typed] = (),
    by_openpyxl: bool = False,
) -> Report:
    """Judge the plan in the bytes of a workbook."""
    from kpicheck.reader import Refusal, read, unlocked

    sha256 = hashlib.sha256(data).hexdigest()
    failure: Failure
    try:
        ask = partial(ask_password, name) if ask_password else None
        opened = unlocked(data, ask)
        allowance = Allowance()
        with without_collecting():
            plan = stated.added_to(read(opened, Path(name).name, allowance, typed, by_openpyxl=by_openpyxl))
            allowance.begin_judging(len(plan.payments) * bytes_of_row(len(plan.parties)))
            report = judge(plan, ruleset, path=name, today=today, allowance=allowance)
        report = replace(report, sha256=sha256)
    except UsageError:
        raise
    except Refusal as refusal:
        failure = Failure(refusal.code, refusal.facts)
    except (Exceeded, MemoryError, RecursionError) as error:
        failure = Failure(LIMITS_EXCEEDED, {"what": ran_out(error)})
    except Exception as error:  # noqa: BLE001 - whatever a stranger's file does, it costs one file
        failure = Failure("reader-crashed", {"kind": type(error).__name__})
    else:
        if plan.payments or any(one.rule == EXAMPLE_LEFT for one in report.findings):
            return report if report.failure else replace(report, failure=_other_versions(plan))
        failure = Failure("no-milestones")
    return Report(path=name, sha256=sha256, plan=None, failure=failure)


def _other_versions(plan: Plan) -> Failure | None:
    """A workbook with several versions of its plan was not fully checked: one version was."""
    judged, other = (
        list(dict.fromkeys(one.cell.sheet for one in plan.tables if one.role == role))
        for role in ("part", "version")
    )
    if not other:
        return None
    return Failure("several-versions", {"judged": ", ".join(judged), "others": ", ".join(other)})
