"""A comparison as a document: verdict, what was asked, changes, tables and findings, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kpicheck import texts
from kpicheck.clean import flat, name
from kpicheck.comparison.shape import Comparison
from kpicheck.finding import Finding
from kpicheck.report.differences.tables import tables
from kpicheck.report.differences.telling import Group, counted, groups
from kpicheck.report.differences.versions import Versions
from kpicheck.report.figures import Figure
from kpicheck.report.run import Judged
from kpicheck.report.telling import about, judged_by, where
from kpicheck.report.view import finding_view


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding in a list: its level, rule, place and message; `why` where it cannot be compared."""

    severity: str
    level: str
    code: str
    title: str
    cell: str
    place: str
    message: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings that had the same fate; of those that are left a terminal and a mail only say how many."""

    key: str
    title: str
    findings: tuple[Noted, ...]

    @property
    def news(self) -> bool:
        """Whether these findings tell two versions apart."""
        return self.key != "left"


@dataclass(frozen=True, slots=True)
class Document:
    """What is told, in order. Of two versions that cannot be compared there is only title and verdict."""

    title: str
    state: str
    verdict: str
    counts: str
    sides: tuple[str, ...]
    told: tuple[str, ...]
    asked: tuple[str, ...]
    groups: tuple[Group, ...]
    tables: tuple[Figure, ...]
    findings_title: str
    findings_said: str
    findings: tuple[FindingGroup, ...]
    judged_by: str


def document(versions: Versions) -> Document:
    """The comparison in words."""
    found = versions.comparison
    told = groups(versions, found) if found else ()
    return Document(
        title=_title(versions),
        state=versions.state,
        verdict=_verdict(versions),
        counts=versions.say("counted", counts=counted(versions, found, told)) if found and told else "",
        sides=tuple(_sides(versions)) if found else (),
        told=tuple(_told(versions)),
        asked=versions.asked_lines,
        groups=told,
        tables=tables(versions, found) if found else (),
        findings_title=versions.say("heading_findings"),
        findings_said=_findings_said(versions, found) if found else "",
        findings=tuple(_findings(versions, found)) if found else (),
        judged_by=judged_by(versions.run),
    )


def _title(versions: Versions) -> str:
    old, new = (versions.file(one) for one in versions.sides)
    return (
        versions.say("title_whatif", plan=old)
        if versions.what_if
        else versions.say("title", old=old, new=new)
    )


def _verdict(versions: Versions) -> str:
    found = versions.comparison
    if found is None:
        return " ".join(dict.fromkeys(_refused(versions, one) for one in versions.sides if not one.file.plan))
    if found.number:
        return versions.count("different", found.number)
    if versions.state == "not_checked":
        return versions.say("same_incomplete")
    changed = found.findings.solved or found.findings.new
    return versions.say("same_but_findings" if changed else "same")


def _refused(versions: Versions, one: Judged) -> str:
    error = one.file.error
    why = f"{error.message} {error.fix}" if error else ""
    return flat(versions.say("refused", file=versions.file(one), why=why))


def _sides(versions: Versions) -> Iterator[str]:
    for key, one in zip(("old", "new"), versions.sides, strict=True):
        facts = {"file": versions.file(one), "about": about(versions.run, one.file)}
        yield flat(versions.say("version", side=versions.side(key), **facts))


def _told(versions: Versions) -> Iterator[str]:
    """What a reader must know before the changes."""
    if versions.comparison is None:
        return
    for one in versions.sides:
        if one.file.error:
            why = f"{one.file.error.message} {one.file.error.fix}"
            yield flat(versions.say("incomplete", file=versions.file(one), why=why))
    if versions.comparison.texts_skipped:
        yield versions.say("texts_skipped")
    if versions.what_if:
        yield versions.say("nothing_written")


def _findings_said(versions: Versions, found: Comparison) -> str:
    one = found.findings
    numbers = {"solved": len(one.solved), "new": len(one.new), "left": len(one.left)}
    said = versions.say("findings_said", **numbers)
    return f"{said} {versions.say('findings_unsure', number=len(one.unsure))}" if one.unsure else said


def _findings(versions: Versions, found: Comparison) -> Iterator[FindingGroup]:
    unsure = [(one.finding, _why(versions, one.in_old, one.excepted)) for one in found.findings.unsure]
    fates: dict[str, Iterable[tuple[Finding, str]]] = {
        "new": [(one, "") for one in found.findings.new],
        "solved": [(one, "") for one in found.findings.solved],
        "unsure": unsure,
        "left": [(one, "") for one in found.findings.left],
    }
    for key, findings in fates.items():
        noted = tuple(_noted(versions, one, why) for one, why in findings)
        if noted:
            title = versions.say(f"heading_{key}", version=versions.side("version_old"))
            yield FindingGroup(key, title, noted)


def _why(versions: Versions, in_old: bool, excepted: bool) -> str:  # noqa: FBT001 - two facts of one finding
    version = versions.side("version_new" if in_old else "version_old")
    return versions.say("unsure_excepted" if excepted else "unsure_not_checked", version=version)


def _noted(versions: Versions, finding: Finding, why: str) -> Noted:
    one = finding_view(finding, versions.language)
    kpi = f" · {versions.say('kpi', number=one.kpi)}" if one.kpi else ""
    return Noted(
        severity=one.severity,
        level=versions.run.say(one.severity),
        code=one.rule,
        title=texts.title(one.rule, versions.language),
        cell=one.cell,
        place=flat(f"{where(name(one.sheet), one.cell)}{kpi}"),
        message=flat(one.message),
        why=why,
    )
