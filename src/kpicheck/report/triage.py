"""Many plans in one table: a row for each, no score and no verdict on quality."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath
from typing import Literal, NamedTuple

from kpicheck.report.run import Judged
from kpicheck.report.shape import FileView, PaymentView
from kpicheck.report.telling import counts
from kpicheck.report.view import money

Changed = Literal["new", "changed", "same"]

_DRAFT = "T110"
_VERSION = re.compile(r"(?:^|[\s_.(-])(v(?:ersie)?[\s_.-]?\d+(?:\.\d+)*)", re.IGNORECASE)
_ATTENTION = {"not_checked": 0, "failed": 1, "passed": 2}


class TriageRow(NamedTuple):
    """One plan at a glance. Money and shares are exact decimals in strings; what is unknown is null."""

    path: str
    plan: str
    version: str
    ruleset: str
    status: str
    kpis: int | None
    total: str | None
    effort_share: str | None
    errors: int
    warnings: int
    infos: int
    not_checked: int
    first: str
    next_date: str | None
    next_amount: str | None
    changed: Changed | None


class TriageGroup(NamedTuple):
    """What the rows of a group have together."""

    name: str
    files: int
    passed: int
    failed: int
    not_checked: int
    errors: int
    warnings: int
    total: str


class TriageView(NamedTuple):
    """The table of a triage, version 1."""

    schema: int
    kpicheck: str
    today: str
    rows: tuple[TriageRow, ...]
    groups: tuple[TriageGroup, ...]


@dataclass(frozen=True, slots=True)
class Triage:
    """The rows in the order asked, the groups they fall in, and the totals over all."""

    rows: tuple[TriageRow, ...]
    groups: tuple[TriageGroup, ...]
    every: TriageGroup


def triage_row(one: Judged, today: str, changed: Changed | None) -> TriageRow:
    """The row of a plan; a file that could not be read says why in `first`."""
    file, plan = one.file, one.file.plan
    number = counts(file)
    following = _next(plan.payments if plan else (), today)
    return TriageRow(
        path=file.path,
        plan=plan.name if plan else "",
        version=_version(file),
        ruleset=one.ruleset.name,
        status=file.status,
        kpis=plan.kpis if plan else None,
        total=plan.total if plan else None,
        effort_share=plan.effort_share if plan else None,
        errors=number["error"],
        warnings=number["warning"],
        infos=number["info"],
        not_checked=len({rule.rule for rule in file.not_checked}),
        first=_first(file),
        next_date=following.date if following else None,
        next_amount=following.amount if following else None,
        changed=changed,
    )


def _version(file: FileView) -> str:
    """What the title or a sheet's name says of the version, else what the file's name says."""
    said = [str(one.facts.get("words", "")) for one in file.findings if one.rule == _DRAFT]
    if not said:
        said = [found[1] for found in [_VERSION.search(PurePath(file.path).stem)] if found]
    return ", ".join(dict.fromkeys(filter(None, said)))


def _first(file: FileView) -> str:
    """The first error in words, else the first warning."""
    if file.error:
        return file.error.message
    for level in ("error", "warning"):
        for one in file.findings:
            if one.severity == level:
                return f"{one.cell}: {one.message}"
    return ""


def _next(payments: Sequence[PaymentView], today: str) -> PaymentView | None:
    """The first payment on or after the day of judgement; its dates are written year first."""
    return min((one for one in payments if one.date >= today), key=lambda one: one.date, default=None)


def _attention(row: TriageRow) -> tuple[object, ...]:
    """What could not be checked first, then the most errors, then the most warnings."""
    return _ATTENTION[row.status], -row.errors, -row.warnings, row.path


SORTS: Mapping[str, Callable[[TriageRow], tuple[object, ...]]] = {
    "attention": _attention,
    "path": lambda row: (row.path,),
    "plan": lambda row: (row.plan.casefold(), row.path),
    "total": lambda row: (-Decimal(row.total or 0), row.path),
    "effort": lambda row: (-Decimal(row.effort_share or 0), row.path),
    "errors": lambda row: (-row.errors, -row.warnings, row.path),
    "next": lambda row: (row.next_date or "9999", row.path),
}
GROUPS: Mapping[str, Callable[[TriageRow], str]] = {
    "folder": lambda row: str(PurePath(row.path).parent),
    "ruleset": lambda row: row.ruleset,
    "status": lambda row: row.status,
    "changed": lambda row: row.changed or "",
}


def arranged(rows: Iterable[TriageRow], sort: str, group: str | None) -> Triage:
    """The rows sorted, and the totals of each group in the order of its first row."""
    ordered = sorted(rows, key=SORTS[sort])
    by_group: dict[str, list[TriageRow]] = {}
    for row in ordered if group else ():
        by_group.setdefault(GROUPS[group or ""](row), []).append(row)
    kept = [row for same in by_group.values() for row in same] if group else ordered
    groups = tuple(_together(name, same) for name, same in by_group.items())
    return Triage(tuple(kept), groups, _together("", ordered))


def _together(name: str, rows: Sequence[TriageRow]) -> TriageGroup:
    states = [row.status for row in rows]
    return TriageGroup(
        name=name,
        files=len(rows),
        passed=states.count("passed"),
        failed=states.count("failed"),
        not_checked=states.count("not_checked"),
        errors=sum(row.errors for row in rows),
        warnings=sum(row.warnings for row in rows),
        total=money(sum((Decimal(row.total or 0) for row in rows), Decimal(0))),
    )
