"""A workbook: what is the matter with which plan, every finding, and what was not checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kpicheck.clean import flat, name
from kpicheck.report.plan_link import plan_link
from kpicheck.report.run import Judged, Run
from kpicheck.report.shape import FileView
from kpicheck.report.table import finding_rows, unchecked_rows
from kpicheck.report.telling import SEVERITIES, agreed, counts, judged_by, outcome, verdict
from kpicheck.report.xlsx_sheet import Book, Put, Sheet

_FINDINGS = {
    "path": 28,
    "level": 9,
    "code": 7,
    "sheet": 16,
    "cell": 7,
    "kpi": 9,
    "name": 26,
    "message": 50,
    "fix": 42,
    "difference": 14,
    "source": 22,
    "fingerprint": 18,
}
_NOT_CHECKED = {"path": 28, "code": 12, "slug": 26, "cell": 10, "reason": 60, "remedy": 50}
_OVERVIEW = {
    "path": 32,
    "plan": 32,
    "status": 16,
    "errors": 8,
    "warnings": 8,
    "infos": 8,
    "not_checked": 14,
    "kpis": 7,
    "total": 16,
    "effort_share": 12,
    "explanation": 70,
}
_TOP = 4  # the row of the overview's headings, below the sentences about the whole run

Links = list[str | None]


def to_xlsx(run: Run) -> bytes:
    """The workbook, with links between its sheets and to the cells of the plans."""
    summary = run.say("all_files", **run.view.summary._asdict())
    book = Book(f"kpicheck: {summary}", run.basis.today, run.basis.language)
    overview = book.sheet("overview", _OVERVIEW, _TOP)
    findings, unchecked = book.sheet("findings", _FINDINGS), book.sheet("not_checked", _NOT_CHECKED)
    about_run = (summary, "title"), (judged_by(run), "note"), (run.say("no_approval"), "note")
    for row, (said, look) in enumerate(about_run):
        overview.put(row, 0, Put(said, look))
    for number, one in enumerate(run.judged):
        back = f"internal:'{overview.title}'!A{_TOP + 2 + number}"
        found = [findings.add(cells) for cells in _findings(one.file, run, back)]
        missed = [unchecked.add(cells) for cells in _unchecked(one.file, run, back)]
        overview.add(_overview(one, run, found, missed))
    for sheet, empty in ((findings, "no_findings"), (unchecked, "all_checked")):
        if sheet.next == 1:
            sheet.put(1, 0, Put(run.say(empty), "note"))
    for sheet in (overview, findings, unchecked):
        sheet.finish()
    _by_hand(overview, run)
    return book.data()


def _findings(file: FileView, run: Run, back: str) -> Iterator[Sequence[Put]]:
    for row, one in zip(finding_rows(file, run), file.findings, strict=True):
        link = plan_link(file.path, run.target, one.sheet, one.cell)
        special = {
            "path": Put(row.path, "link", back),
            "level": Put(row.level, one.severity),
            "cell": Put(row.cell, "link" if link else "text", link),
            "difference": Put(row.difference, "euro"),
        }
        yield [special.get(key, Put(getattr(row, key))) for key in _FINDINGS]


def _unchecked(file: FileView, run: Run, back: str) -> Iterator[Sequence[Put]]:
    for row in unchecked_rows(file, run):
        told = row.code, row.slug, row.cell, row.message, row.fix
        yield [Put(row.path, "link", back), *map(Put, told)]


def _overview(judged: Judged, run: Run, found: Links, missed: Links) -> Sequence[Put]:
    """A file at a glance; its counts lead to its first row on the other sheets."""
    file, plan = judged.file, judged.file.plan
    link = plan_link(file.path, run.target)
    cells = {
        "path": Put(name(file.path), "link" if link else "text", link),
        "status": Put(outcome(run, file), _look(file)),
        "not_checked": _count(len(missed), missed),
        "explanation": Put(" ".join([verdict(run, file), *map(flat, agreed(run, judged))])),
    }
    if plan:
        cells |= {f"{level}s": _count(number, found) for level, number in counts(file).items()}
        share = None if plan.effort_share is None else Decimal(plan.effort_share)
        cells |= {
            "plan": Put(flat(plan.name)),
            "kpis": Put(plan.kpis, "number"),
            "total": Put(Decimal(plan.total), "euro"),
            "effort_share": Put(share, "share"),
        }
    return [cells.get(key, Put(None)) for key in _OVERVIEW]


def _count(number: int, rows: Links) -> Put:
    link = rows[0] if number and rows else None
    return Put(number, "number-link" if link else "number", link)


def _look(file: FileView) -> str:
    numbers = counts(file)
    worst = next((level for level in SEVERITIES if numbers[level]), "text")
    return "error" if file.error else worst


def _by_hand(overview: Sheet, run: Run) -> None:
    """Below the files: what only a person can judge."""
    row = overview.next + 1
    overview.put(row, 0, Put(run.say("heading_manual"), "title"))
    for number, one in enumerate(run.view.manual, start=1):
        overview.put(row + number, 0, Put(one.text, "note"))
