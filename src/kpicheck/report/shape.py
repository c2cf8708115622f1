"""The shape of the JSON report, version 1: the classes its published schema is made from (contract)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

_STRICT = ConfigDict(frozen=True, extra="forbid")


class View(BaseModel):
    """A part of the JSON report; its schema is published."""

    model_config = _STRICT


class RulesetView(View):
    """Which ruleset judged."""

    name: str
    sha256: str


class ErrorView(View):
    """Why a file was not (fully) checked."""

    code: str
    message: str
    fix: str


class PaymentView(View):
    """One payment moment: its date, the money in euro and the number of KPIs."""

    date: str
    amount: str
    kpis: int


class PartyView(View):
    """One party column."""

    heading: str
    name: str
    code: str
    kind: str
    amount: str
    kassier: bool


class PlanView(View):
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


@dataclass(frozen=True, slots=True)
class SourceView:
    """Document, place and a few words."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    doc: str
    at: str
    quote: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A rule broken at a cell."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

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


@dataclass(frozen=True, slots=True)
class NotCheckedView:
    """A rule that lacked its data."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    rule: str
    slug: str
    cell: str | None
    reason: str
    remedy: str | None


class RowsView(View):
    """How many rows of each kind were read."""

    kpi: int
    section: int
    start_contribution: int
    subtotal: int
    total: int
    instruction: int
    unrecognised: int


class FileView(View):
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


class ManualView(View):
    """Something only a person can judge."""

    slug: str
    text: str
    source: SourceView


class SummaryView(View):
    """Counts over all files."""

    files: int
    passed: int
    failed: int
    not_checked: int
    errors: int
    warnings: int
    infos: int


class OriginView(View):
    """What judged, and for which day."""

    schema_: int = Field(1, alias="schema")
    kpicheck: str
    ruleset: RulesetView
    today: str


class LineView(FileView, OriginView):
    """One line of the JSON Lines report: the judgement of one file, to be read on its own."""


class RunView(OriginView):
    """The whole report of one run."""

    files: tuple[FileView, ...]
    manual: tuple[ManualView, ...]
    summary: SummaryView
