"""One file from bytes to report: read, add what the user stated, judge. Knows no terminal."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from pathlib import Path

from kpicheck.engine import judge
from kpicheck.finding import Failure, Report
from kpicheck.model import AgreedParty, Budget, Field, Period, Plan, Suppression
from kpicheck.ruleset import Ruleset

EXAMPLE_LEFT = "T106"  # a table of examples is judged by this rule alone; without it nothing was judged
LARGEST_FILE = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stated:
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
        known = {one.name: getattr(self, one.name) for one in fields(self)}
        return replace(other, **{name: value for name, value in known.items() if value is not None})

    def added_to(self, plan: Plan) -> Plan:
        """The plan with what was stated; a stated value goes before one in the workbook."""
        update: dict[str, object] = {}
        if self.requested is not None:
            update["requested"] = Field[Decimal](value=self.requested)
        if self.max_total is not None:
            update["max_total"] = self.max_total
        if self.budget is not None:
            update["budget"] = self.budget
        if self.party_agreements is not None:
            update["party_agreements"] = self.party_agreements
        if self.suppressions is not None:
            update["suppressions"] = self.suppressions
        known = plan.period
        start, end = self.start or (known and known.start), self.end or (known and known.end)
        if (self.start or self.end) and start and end:
            whole = (self.start is not None and self.end is not None) or (known is not None and known.stated)
            update["period"] = Period(start=start, end=end, stated=whole)
        return plan.model_copy(update=update) if update else plan


def check_file(
    path: Path,
    ruleset: Ruleset,
    stated: Stated,
    *,
    shown_as: str | None = None,
    today: dt.date = dt.date.max,
) -> Report:
    """Judge the plan in a file. Never raises on what the file holds: the report says why it could not."""
    name = shown_as or str(path)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            facts = {"megabytes": -(-size // 1024**2), "limit": LARGEST_FILE // 1024**2}
            return Report(path=name, sha256=None, plan=None, failure=Failure("too-large", facts))
        data = path.read_bytes()
    except OSError as error:
        return Report(
            path=name, sha256=None, plan=None, failure=Failure("unreadable", {"why": error.strerror or ""})
        )
    return check_bytes(data, name, ruleset, stated, today=today)


def check_bytes(
    data: bytes,
    name: str,
    ruleset: Ruleset,
    stated: Stated,
    *,
    today: dt.date = dt.date.max,
) -> Report:
    """Judge the plan in the bytes of a workbook."""
    from kpicheck.reader import Refusal, read

    sha256 = hashlib.sha256(data).hexdigest()
    failure: Failure
    try:
        plan = stated.added_to(read(data, Path(name).name))
    except Refusal as refusal:
        failure = Failure(refusal.code, refusal.facts)
    except Exception as error:  # noqa: BLE001 - whatever a stranger's file does, it costs one file
        failure = Failure("reader-crashed", {"kind": type(error).__name__})
    else:
        report = judge(plan, ruleset, path=name, sha256=sha256, today=today)
        if plan.payments or any(one.rule == EXAMPLE_LEFT for one in report.findings):
            return report
        failure = Failure("no-milestones")
    return Report(path=name, sha256=sha256, plan=None, failure=failure)
