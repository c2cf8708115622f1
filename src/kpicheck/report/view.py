"""The report as the contract spells it: plain values, words included, foreign text cleaned."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from kpicheck import __version__
from kpicheck import texts as words
from kpicheck.clean import masked
from kpicheck.finding import Finding, NotChecked, Report, Severity, Source
from kpicheck.model import ZERO, Kind, Party, Plan, StartContribution
from kpicheck.report.shape import (
    VERSION,
    ErrorView,
    FileView,
    FindingView,
    ManualView,
    NotCheckedView,
    PartyView,
    PaymentView,
    PlanView,
    RowsView,
    RulesetView,
    RunView,
    SourceView,
    SummaryView,
)
from kpicheck.ruleset import Ruleset

_SHARE = Decimal("0.0001")
_SEVERAL = (list, tuple)


def status(report: Report, fail_on: Severity | None) -> str:
    """passed, failed or not_checked: the status follows the exit code."""
    if report.failure is not None:
        return "not_checked"
    if fail_on and any(one.severity.rank >= fail_on.rank for one in report.findings):
        return "failed"
    return "passed"


def run_view(
    reports: Sequence[Report], ruleset: Ruleset, *, today: dt.date, language: str, fail_on: Severity | None
) -> RunView:
    """The reports of one run in the words and the shape of the contract."""
    return whole([file_view(one, language, fail_on) for one in reports], ruleset, today, language)


def whole(
    files: Sequence[FileView], ruleset: Ruleset, today: dt.date, language: str, more: Iterable[str] = ()
) -> RunView:
    """The report of the whole run, from what was said of each file.

    `more` are the levels of findings that stand elsewhere, not in the files.
    """
    states = [one.status for one in files]
    levels = Counter(finding.severity for one in files for finding in one.findings)
    levels.update(more)
    return RunView(
        schema=VERSION,
        kpicheck=__version__,
        ruleset=RulesetView(name=ruleset.name, sha256=ruleset.sha256),
        today=today.isoformat(),
        files=tuple(files),
        manual=tuple(
            ManualView(
                slug=one.slug,
                text=words.text("manual", one.slug, language),
                source=_source(one.source),
            )
            for one in ruleset.manual
        ),
        summary=SummaryView(
            files=len(files),
            passed=states.count("passed"),
            failed=states.count("failed"),
            not_checked=states.count("not_checked"),
            errors=levels[Severity.ERROR],
            warnings=levels[Severity.WARNING],
            infos=levels[Severity.INFO],
        ),
    )


def file_view(report: Report, language: str, fail_on: Severity | None) -> FileView:
    """One file's judgement."""
    return with_findings(about_file(report, language, fail_on), report, language)


def about_file(report: Report, language: str, fail_on: Severity | None) -> FileView:
    """One file's judgement and its plan, still without findings and what was not checked."""
    plan = report.plan
    return FileView(
        path=masked(report.path),
        sha256=report.sha256,
        status=status(report, fail_on),
        error=error_view(report, language),
        layout=plan.layout if plan else None,
        sheet=masked(plan.sheet) if plan else None,
        plan=plan_view(plan) if plan else None,
        findings=(),
        not_checked=(),
        rows=rows_view(plan) if plan else None,
    )


def with_findings(file: FileView, report: Report, language: str) -> FileView:
    """The same with findings and what was not checked; that needs no plan."""
    return file._replace(
        findings=tuple(finding_view(one, language) for one in report.findings),
        not_checked=tuple(dict.fromkeys(not_checked_view(one, language) for one in report.not_checked)),
    )


def error_view(report: Report, language: str) -> ErrorView | None:
    """Why the file was not (fully) checked, in one sentence and what to do."""
    failure = report.failure
    if failure is None:
        return None
    return ErrorView(
        code=failure.code,
        message=masked(words.nested("refused", failure.code, "message", language, failure.facts)),
        fix=words.nested("refused", failure.code, "fix", language, failure.facts),
    )


def plan_view(plan: Plan) -> PlanView:
    """Totals, shares, payments and parties of the plan."""
    by_type: dict[Kind | None, Decimal] = dict.fromkeys((*Kind, None), ZERO)
    for row in plan.payments:
        by_type[row.type.value] += row.euros
    effort, result, untyped = by_type[Kind.EFFORT], by_type[Kind.RESULT], by_type[None]
    total = effort + result + untyped
    return PlanView(
        name=masked(plan.name),
        kpis=len(plan.kpis),
        total=money(total),
        effort=money(effort),
        result=money(result),
        untyped=money(untyped),
        effort_share=_share((effort + untyped) / total) if total else None,
        share_without_untyped=_share(effort / total) if total else None,
        start=plan.period.start.isoformat() if plan.period else None,
        end=plan.period.end.isoformat() if plan.period else None,
        payments=tuple(_payments(plan)),
        parties=tuple(_party(one) for one in plan.parties),
    )


def _payments(plan: Plan) -> list[PaymentView]:
    amounts: dict[dt.date, Decimal] = {}
    kpis: Counter[dt.date] = Counter()
    for row in plan.payments:
        if day := row.date.value:
            amounts[day] = amounts.get(day, ZERO) + row.euros
            kpis[day] += not isinstance(row, StartContribution)
    return [
        PaymentView(date=day.isoformat(), amount=money(amounts[day]), kpis=kpis[day])
        for day in sorted(amounts)
    ]


def _party(party: Party) -> PartyView:
    return PartyView(
        heading=masked(party.heading),
        name=masked(party.name),
        code=masked(party.code),
        kind=party.kind,
        amount=money(party.amount),
        kassier=party.kassier,
    )


def finding_view(one: Finding, language: str) -> FindingView:
    """A finding with its words."""
    return FindingView(
        rule=one.rule,
        slug=one.slug,
        severity=one.severity.value,
        sheet=masked(one.sheet),
        cell=one.cell,
        related=tuple(map(masked, one.related)),
        field=one.field,
        heading=masked(one.heading),
        kpi=masked(one.kpi) if one.kpi else None,
        name=masked(one.name) if one.name else None,
        message=words.message(one, language),
        fix=words.fix(one, language),
        facts={key: _fact(value) for key, value in one.facts.items()},
        source=_source(one.source),
        fingerprint=one.fingerprint,
    )


def not_checked_view(one: NotChecked, language: str) -> NotCheckedView:
    """A rule that was not checked, with the reason in words."""
    return NotCheckedView(
        rule=one.rule,
        slug=one.slug,
        cell=masked(one.cell) if one.cell else None,
        reason=words.reason(one, language),
        remedy=words.remedy(one, language),
    )


def rows_view(plan: Plan) -> RowsView:
    """How many rows of each kind there are."""
    kinds = [one.kind for one in plan.totals]
    return RowsView(
        kpi=len(plan.kpis),
        section=len(plan.sections),
        start_contribution=sum(isinstance(row, StartContribution) for row in plan.payments),
        subtotal=kinds.count("subtotal"),
        total=kinds.count("total"),
        instruction=len(plan.examples),
        unrecognised=len(plan.unrecognised),
    )


def money(amount: Decimal) -> str:
    """An exact amount as text, without exponent or needless zeros."""
    plain = amount.normalize() + ZERO
    return f"{plain:f}"


def _share(value: Decimal) -> str:
    return f"{value.quantize(_SHARE):f}"


def _fact(value: object) -> object:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, _SEVERAL):
        return [_fact(one) for one in value]
    if isinstance(value, dict):
        return {masked(str(key)): _fact(one) for key, one in value.items()}
    return value


@cache
def _source(source: Source) -> SourceView:
    return SourceView(doc=source.doc, at=source.at, quote=source.quote)
