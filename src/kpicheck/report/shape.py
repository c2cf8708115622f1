"""The shape of the JSON report, version 1: the classes its published schema is made from (contract)."""

from __future__ import annotations

from typing import Any, NamedTuple

VERSION = 1


class RulesetView(NamedTuple):
    """Which ruleset judged."""

    name: str
    sha256: str


class ErrorView(NamedTuple):
    """Why a file was not (fully) checked."""

    code: str
    message: str
    fix: str


class PaymentView(NamedTuple):
    """One payment moment: its date, the money in euro and the number of KPIs."""

    date: str
    amount: str
    kpis: int


class PartyView(NamedTuple):
    """One party column."""

    heading: str
    name: str
    code: str
    kind: str
    amount: str
    kassier: bool


class PlanView(NamedTuple):
    """The plan at a glance; money and shares are exact decimals in text."""

    name: str
    kpis: int
    total: str
    effort: str
    result: str
    untyped: str
    effort_share: str | None
    share_without_untyped: str | None
    start: str | None
    end: str | None
    payments: tuple[PaymentView, ...]
    parties: tuple[PartyView, ...]


class SourceView(NamedTuple):
    """Document, place and a few words."""

    doc: str
    at: str
    quote: str


class FindingView(NamedTuple):
    """A rule broken at a cell."""

    rule: str
    slug: str
    severity: str
    sheet: str
    cell: str
    related: tuple[str, ...]
    field: str
    heading: str
    kpi: str | None
    name: str | None
    message: str
    fix: str
    facts: dict[str, Any]
    source: SourceView
    fingerprint: str


class NotCheckedView(NamedTuple):
    """A rule that lacked its data."""

    rule: str
    slug: str
    cell: str | None
    reason: str
    remedy: str | None


class RowsView(NamedTuple):
    """How many rows of each kind were read."""

    kpi: int
    section: int
    start_contribution: int
    subtotal: int
    total: int
    instruction: int
    unrecognised: int


class FileView(NamedTuple):
    """The judgement of one file."""

    path: str
    sha256: str | None
    status: str
    error: ErrorView | None
    layout: str | None
    sheet: str | None
    plan: PlanView | None
    findings: tuple[FindingView, ...]
    not_checked: tuple[NotCheckedView, ...]
    rows: RowsView | None


class ManualView(NamedTuple):
    """Something only a person can judge."""

    slug: str
    text: str
    source: SourceView


class SummaryView(NamedTuple):
    """Counts over all files."""

    files: int
    passed: int
    failed: int
    not_checked: int
    errors: int
    warnings: int
    infos: int


class RunView(NamedTuple):
    """The whole report of one run."""

    schema: int
    kpicheck: str
    ruleset: RulesetView
    today: str
    files: tuple[FileView, ...]
    manual: tuple[ManualView, ...]
    summary: SummaryView


class LineView(NamedTuple):
    """One line of the JSON Lines report: the judgement of one file, to be read on its own."""

    schema: int
    kpicheck: str
    ruleset: RulesetView
    today: str
    path: str
    sha256: str | None
    status: str
    error: ErrorView | None
    layout: str | None
    sheet: str | None
    plan: PlanView | None
    findings: tuple[FindingView, ...]
    not_checked: tuple[NotCheckedView, ...]
    rows: RowsView | None
