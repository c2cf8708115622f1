"""A comparison as a workbook: overview, changes, findings, parties, half-years, what comes earlier."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpicheck.comparison.shape import Comparison
from kpicheck.report.differences.document import Document, document
from kpicheck.report.differences.tables import half_name, in_short
from kpicheck.report.differences.text import sentences
from kpicheck.report.differences.versions import Versions
from kpicheck.report.xlsx_sheet import Book, Put

_OVERVIEW = {"what": 44, "old": 30, "new": 30, "beside": 22}
_CHANGES = {"kind": 22, "kpi": 48, "place": 24, "change": 100}
_FINDINGS = {"fate": 18, "level": 10, "code": 8, "title": 34, "where": 30, "message": 90}
_EARLIER = {"kpi": 48, "from": 14, "to": 14, "days": 14, "amount": 18}
_MONEY = {"whose": 48, "amount_old": 18, "amount_new": 18, "difference": 18}


def to_xlsx(versions: Versions) -> bytes:
    """The workbook; amounts are numbers, and no text is ever a formula."""
    told = document(versions)
    book = Book(
        f"kpicheck: {versions.say('heading_differences')}", versions.run.basis.today, versions.language
    )
    _overview(book, told, versions)
    if versions.comparison is None:
        return book.data()
    changes = book.sheet("changes", _CHANGES)
    for group in told.groups:
        for item in group.items:
            changes.add([Put(group.title), Put(item.title), Put(item.place), Put(sentences(item.lines))])
    changes.finish()
    findings = book.sheet("findings", _FINDINGS)
    for fate in told.findings:
        for one in fate.findings:
            said = f"{one.message} ({one.why})" if one.why else one.message
            findings.add(
                [
                    Put(fate.title),
                    Put(one.level, one.severity),
                    *map(Put, (one.code, one.title, one.place, said)),
                ]
            )
    findings.finish()
    for key, rows in (
        ("parties", _parties(versions, versions.comparison)),
        ("halves", _halves(versions, versions.comparison)),
    ):
        sheet = book.sheet(key, _MONEY)
        for name, old, new in rows:
            sheet.add([Put(name), Put(old, "euro"), Put(new, "euro"), Put(new - old, "euro")])
        sheet.finish()
    _earlier(book, versions, versions.comparison)
    return book.data()


def _overview(book: Book, told: Document, versions: Versions) -> None:
    sheet = book.sheet("overview", _OVERVIEW)
    sheet.add([Put(told.title, "title"), Put(None), Put(None), Put(None)])
    for line in (
        f"{told.verdict} {told.counts}".strip(),
        *told.sides,
        *told.told,
        *told.asked,
        told.findings_said,
        *(one.said for one in told.tables if one.key in ("short", "parties", "earlier")),
    ):
        if line:
            sheet.add([Put(line), Put(None), Put(None), Put(None)])
    if versions.comparison:
        for one in in_short(versions, versions.comparison):
            more = None if one.old is None or one.new is None else one.new - one.old
            sheet.add([Put(one.name), *(Put(value, one.look) for value in (one.old, one.new, more))])
    sheet.add([Put(told.judged_by, "note"), Put(None), Put(None), Put(None)])
    sheet.finish()


def _earlier(book: Book, versions: Versions, found: Comparison) -> None:
    sheet = book.sheet("earlier", _EARLIER)
    for one in found.earlier:
        days = (Put(versions.day(row.date.value)) for row in (one.old, one.new))
        sheet.add([Put(versions.row(one.new)), *days, Put(one.days, "number"), Put(one.amount, "euro")])
    sheet.finish()


def _parties(versions: Versions, found: Comparison) -> Iterator[tuple[str, Decimal, Decimal]]:
    for pair in found.parties:
        yield versions.party((pair.new or pair.old)[0]), pair.before, pair.after


def _halves(versions: Versions, found: Comparison) -> Iterator[tuple[str, Decimal, Decimal]]:
    for half in found.halves:
        yield half_name(versions, half), half.old, half.new
