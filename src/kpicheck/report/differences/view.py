"""A comparison in its published shape: plain values, foreign text masked."""

from __future__ import annotations

from collections.abc import Iterable

from kpicheck.clean import masked
from kpicheck.comparison.findings import FindingChanges
from kpicheck.comparison.parties import PartyPair
from kpicheck.comparison.shape import Comparison
from kpicheck.finding import Finding
from kpicheck.model import Party
from kpicheck.report.as_json import strict
from kpicheck.report.differences import shape
from kpicheck.report.differences.row_view import changed_view, divided_view, plain, row_view, unclear_view
from kpicheck.report.differences.versions import Versions
from kpicheck.report.run import Judged
from kpicheck.report.shape import VERSION, FindingView
from kpicheck.report.view import finding_view, money


def to_json(versions: Versions) -> str:
    """The comparison for programs."""
    return strict(view(versions), indent=1)


def view(versions: Versions) -> shape.DifferencesView:
    """The comparison in its published shape."""
    run = versions.run.view
    found = versions.comparison
    return shape.DifferencesView(
        schema=VERSION,
        kpicheck=run.kpicheck,
        ruleset=run.ruleset,
        today=run.today,
        status=versions.state,
        asked=versions.asked_lines,
        old=_version(versions.sides[0]),
        new=_version(versions.sides[1]),
        differences=_comparison(versions, found) if found else None,
    )


def _version(one: Judged) -> shape.VersionView:
    file = one.file
    return shape.VersionView(
        path=file.path,
        sha256=file.sha256,
        status=file.status,
        error=file.error,
        layout=file.layout,
        sheet=file.sheet,
        plan=file.plan,
    )


def _comparison(versions: Versions, found: Comparison) -> shape.ComparisonView:
    return shape.ComparisonView(
        changes=found.number,
        changed=tuple(map(changed_view, found.rows)),
        divided=tuple(map(divided_view, found.splits)),
        added=tuple(map(row_view, found.added)),
        dropped=tuple(map(row_view, found.dropped)),
        unclear=tuple(unclear_view(versions, one) for one in found.unclear),
        left_out=tuple(
            shape.LeftOutView(field=one.field, missing_in="new" if one.in_old else "old", rows=one.rows)
            for one in found.left_out
        ),
        plan=tuple(
            shape.PlanChangeView(
                field=one.field, year=one.year, old=plain(one.old.value), new=plain(one.new.value)
            )
            for one in found.plan
        ),
        parties=tuple(map(_party, found.parties)),
        halves=tuple(
            shape.HalfView(year=one.year, half=one.half or None, old=money(one.old), new=money(one.new))
            for one in found.halves
        ),
        earlier=_earlier(found),
        unread=tuple(
            shape.UnreadView(version="old" if one.in_old else "new", field=one.field, cells=one.cells)
            for one in found.unread
        ),
        findings=_findings(found.findings, versions.language),
        texts_compared=not found.texts_skipped,
    )


def _party(pair: PartyPair) -> shape.PartyBesideView:
    return shape.PartyBesideView(
        old=_called(pair.old),
        new=_called(pair.new),
        before=money(pair.before),
        after=money(pair.after),
        difference=money(pair.after - pair.before),
    )


def _called(parties: tuple[Party, ...]) -> shape.PartyNameView | None:
    if not parties:
        return None
    one = parties[0]
    return shape.PartyNameView(heading=masked(one.heading), name=masked(one.name), code=masked(one.code))


def _earlier(found: Comparison) -> shape.EarlierView:
    return shape.EarlierView(
        amount=money(found.earlier_amount),
        kpis=tuple(
            shape.EarlierKpiView(
                old=row_view(one.old), new=row_view(one.new), amount=money(one.amount), days=one.days
            )
            for one in found.earlier
        ),
        ahead=shape.AheadView(date=found.ahead.day.isoformat(), amount=money(found.ahead.amount))
        if found.ahead
        else None,
    )


def _findings(found: FindingChanges, language: str) -> shape.FindingsView:
    def views(findings: Iterable[Finding]) -> tuple[FindingView, ...]:
        return tuple(finding_view(one, language) for one in findings)

    return shape.FindingsView(
        solved=views(found.solved),
        new=views(found.new),
        left=views(found.left),
        not_comparable=tuple(
            shape.UnsureView(
                version="old" if one.in_old else "new",
                reason="excepted" if one.excepted else "not_checked",
                finding=finding_view(one.finding, language),
            )
            for one in found.unsure
        ),
    )
