"""The shape of the JSON of a comparison, version 1: the classes its published schema is made from."""

from __future__ import annotations

from typing import NamedTuple

from kpicheck.report.shape import ErrorView, FindingView, PlanView, RulesetView


class VersionView(NamedTuple):
    """One of the two versions."""

    path: str
    sha256: str | None
    status: str
    error: ErrorView | None
    layout: str | None
    sheet: str | None
    plan: PlanView | None


class RowView(NamedTuple):
    """A row as it stands in one version: a kpi or a start_contribution. Money is an exact decimal in text."""

    kind: str
    kpi: str | None
    name: str | None
    sheet: str
    row: int
    amount: str | None
    type: str | None
    date: str | None


class ReadingView(NamedTuple):
    """What a field says: `value` is null where nothing is filled in, or where `typed` cannot be read."""

    value: str | None
    typed: str
    cell: str
    readable: bool


class WordsView(NamedTuple):
    """Words that both versions have (same), or only the old or the new one."""

    kind: str
    text: str


class PartyChangeView(NamedTuple):
    """What a party gets of a row; `party` is its place in `parties`."""

    party: int
    old: ReadingView
    new: ReadingView


class ChangeView(NamedTuple):
    """One change in a row: number, name, smart, evidence, explanation, date, type or money."""

    field: str
    old: ReadingView
    new: ReadingView
    comparable: bool
    days: int | None = None
    other_period: bool | None = None
    difference: str | None = None
    parties: tuple[PartyChangeView, ...] = ()
    words: tuple[WordsView, ...] = ()


class ChangedView(NamedTuple):
    """A row in both versions, with what changed in it."""

    old: RowView
    new: RowView
    changes: tuple[ChangeView, ...]


class DividedView(NamedTuple):
    """A KPI that was split (whole is old) or merged (whole is new), beside each of its parts.

    `parties` are those that get something else of the parts together than of the whole.
    """

    kind: str
    whole: RowView
    parts: tuple[ChangedView, ...]
    parties: tuple[PartyChangeView, ...]


class UnclearView(NamedTuple):
    """Rows that cannot be compared: `reason` is ambiguous, number or unlike."""

    old: tuple[RowView, ...]
    new: tuple[RowView, ...]
    reason: str
    likeness: str
    message: str


class LeftOutView(NamedTuple):
    """A column that only one version has, and in how many of its rows something stands there."""

    field: str
    missing_in: str
    rows: int


class PlanChangeView(NamedTuple):
    """Something said of the plan as a whole: plan (its name), requested, budget, or budgets together."""

    field: str
    year: int | None
    old: str | None
    new: str | None


class PartyNameView(NamedTuple):
    """What a party is called in one version."""

    heading: str
    name: str
    code: str


class PartyBesideView(NamedTuple):
    """A party in both versions, or in one."""

    old: PartyNameView | None
    new: PartyNameView | None
    before: str
    after: str
    difference: str


class HalfView(NamedTuple):
    """What both versions pay in half a calendar year; year and half are null for money without a date."""

    year: int | None
    half: int | None
    old: str
    new: str


class EarlierKpiView(NamedTuple):
    """A KPI that is paid earlier than before."""

    old: RowView
    new: RowView
    amount: str
    days: int


class AheadView(NamedTuple):
    """The most that the new version has paid above the old one on any day."""

    date: str
    amount: str


class EarlierView(NamedTuple):
    """Money that comes earlier than before."""

    amount: str
    kpis: tuple[EarlierKpiView, ...]
    ahead: AheadView | None


class UnsureView(NamedTuple):
    """A finding of one version that cannot be compared: not_checked or excepted in the other."""

    version: str
    reason: str
    finding: FindingView


class FindingsView(NamedTuple):
    """What became of the findings; those that are left are as they are in the new version."""

    solved: tuple[FindingView, ...]
    new: tuple[FindingView, ...]
    left: tuple[FindingView, ...]
    not_comparable: tuple[UnsureView, ...]


class UnreadView(NamedTuple):
    """Amounts of one version (old or new) that cannot be read and count nowhere: field is total or shares."""

    version: str
    field: str
    cells: tuple[str, ...]


class ComparisonView(NamedTuple):
    """What two versions that could be read differ in; `texts_compared` is false where there were too many."""

    changes: int
    changed: tuple[ChangedView, ...]
    divided: tuple[DividedView, ...]
    added: tuple[RowView, ...]
    dropped: tuple[RowView, ...]
    unclear: tuple[UnclearView, ...]
    left_out: tuple[LeftOutView, ...]
    plan: tuple[PlanChangeView, ...]
    parties: tuple[PartyBesideView, ...]
    halves: tuple[HalfView, ...]
    earlier: EarlierView
    unread: tuple[UnreadView, ...]
    findings: FindingsView
    texts_compared: bool


class DifferencesView(NamedTuple):
    """Two versions compared, or a plan with what it would be: then `asked` says by which changes."""

    schema: int
    kpicheck: str
    ruleset: RulesetView
    today: str
    status: str
    asked: tuple[str, ...]
    old: VersionView
    new: VersionView
    differences: ComparisonView | None
