"""The report as rows, for spreadsheets: findings, rules not checked, files not read, agreements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kpicheck.clean import flat, name
from kpicheck.report.run import Judged, Run
from kpicheck.report.shape import FileView, FindingView
from kpicheck.report.telling import agreed, outcome, verdict

COLUMNS = (
    "path",
    "status",
    "level",
    "code",
    "slug",
    "sheet",
    "cell",
    "kpi",
    "name",
    "message",
    "fix",
    "difference",
    "source",
    "fingerprint",
)


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in the columns, in that order; all text is safe to show and on one line."""

    path: str
    status: str
    level: str
    code: str = ""
    slug: str = ""
    sheet: str = ""
    cell: str = ""
    kpi: str = ""
    name: str = ""
    message: str = ""
    fix: str = ""
    difference: Decimal | None = None
    source: str = ""
    fingerprint: str = ""


def finding_rows(file: FileView, run: Run) -> Iterator[Row]:
    """A row for each finding."""
    for one in file.findings:
        yield Row(
            path=name(file.path),
            status=outcome(run, file),
            level=run.say(one.severity),
            code=one.rule,
            slug=one.slug,
            sheet=name(one.sheet),
            cell=one.cell,
            kpi=flat(f"KPI {one.kpi}") if one.kpi else "",
            name=flat(one.name or ""),
            message=flat(one.message),
            fix=flat(one.fix),
            difference=_euros(one),
            source=flat(f"{one.source.doc}, {one.source.at}"),
            fingerprint=one.fingerprint,
        )


def unchecked_rows(file: FileView, run: Run) -> Iterator[Row]:
    """A row for each rule that was not checked, and one where the file itself was not (fully) read."""
    told = name(file.path), outcome(run, file), run.say("heading_not_checked")
    if file.error:
        yield Row(*told, file.error.code, message=flat(file.error.message), fix=flat(file.error.fix))
    for one in file.not_checked:
        cell, reason, remedy = (flat(said or "") for said in (one.cell, one.reason, one.remedy))
        yield Row(*told, one.rule, one.slug, cell=cell, message=reason, fix=remedy)


def agreement_rows(judged: Judged, run: Run) -> Iterator[Row]:
    """A row for each rule that judged with thresholds agreed with the insurer."""
    path, level = name(judged.file.path), run.say("agreement")
    for (code, *_), said in zip(judged.agreements, agreed(run, judged), strict=True):
        yield Row(path, outcome(run, judged.file), level, code=code, message=flat(said))


def clean_row(file: FileView, run: Run) -> Row:
    """What stands for a file without findings, so that it is seen."""
    return Row(name(file.path), outcome(run, file), "", message=verdict(run, file))


def _euros(one: FindingView) -> Decimal | None:
    """The money a finding is about: a difference or an excess, but not one of counts or shares."""
    figure = str(one.facts.get("figure", ""))
    amount = one.facts.get("difference", one.facts.get("excess"))
    if not isinstance(amount, str) or figure == "count" or "share" in figure:
        return None
    return Decimal(amount)
