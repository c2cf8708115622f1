"""What a page shows of one file: its findings by row and by rule, with what stands in those rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kpicheck import texts
from kpicheck.clean import flat, name
from kpicheck.report.figures import Figure, Words, figures
from kpicheck.report.html.grids import Grid, grid
from kpicheck.report.html.pictures import drawings
from kpicheck.report.html.pictures.drawing import Drawing
from kpicheck.report.run import Judged, Run
from kpicheck.report.shape import FileView, FindingView
from kpicheck.report.telling import SEVERITIES, about, agreed, by_reason, counted, counts, outcome, verdict

_FIRST_STEPS = 5
_ROW = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding with its place on the page."""

    id: str
    finding: FindingView
    level: str
    title: str
    why: str
    also: str


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one row, and the row."""

    id: str
    title: str
    typed: bool
    place: str
    grid: Grid | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class RuleEntries:
    """The findings of one rule, and what to do about all of them."""

    entries: tuple[Entry, ...]
    fix: str

    @property
    def first(self) -> Entry:
        """The first of them."""
        return self.entries[0]


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Rules that were not checked for one reason."""

    rules: str
    reason: str
    cells: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Section:
    """One file as a page shows it; `id` sets its anchors apart from those of other files."""

    id: str
    judged: Judged
    name: str
    verdict: str
    state: str
    outcome: str
    about: str
    told: tuple[str, ...]
    counts: Mapping[str, int]
    groups: tuple[Group, ...]
    rules: tuple[RuleEntries, ...]
    unchecked: tuple[Unchecked, ...]
    figures: tuple[tuple[Figure, list[Drawing]], ...]
    checked: tuple[str, ...]

    @property
    def steps(self) -> Sequence[RuleEntries]:
        """What to do first: the rules of the worst level, those that are broken most often in front."""
        levels = [one.first.finding.severity for one in self.rules]
        worst = next((one for one in SEVERITIES[:2] if one in levels), None)
        found = [one for one in self.rules if one.first.finding.severity == worst]
        return sorted(found, key=lambda one: -len(one.entries))[:_FIRST_STEPS]


def section(run: Run, judged: Judged, number: int) -> Section:
    """One file of a run, the how many-th it is."""
    file, mark = judged.file, f"p{number}"
    entries = [_entry(run, one, f"{mark}-f{index}") for index, one in enumerate(file.findings, 1)]
    words = Words(run.basis.language)
    drawn = drawings(judged.glance, words) if judged.glance else {}
    facts = figures(judged.glance, words) if judged.glance else ()
    return Section(
        id=mark,
        judged=judged,
        name=name(file.path.replace("\\", "/").rsplit("/", 1)[-1]),
        verdict=verdict(run, file),
        state=_state(file),
        outcome=outcome(run, file),
        about=about(run, file),
        told=tuple(_told(run, judged)),
        counts=counts(file),
        groups=tuple(_groups(run, judged, entries, mark)),
        rules=tuple(_rules(entries, run.basis.language)),
        unchecked=tuple(_unchecked(file, run.basis.language)),
        figures=tuple((one, drawn[one.key]) for one in facts),
        checked=tuple(_checked(run, judged)),
    )


def _state(file: FileView) -> str:
    numbers = counts(file)
    return "error" if file.error or numbers["error"] else "warning" if numbers["warning"] else "clean"


def _told(run: Run, judged: Judged) -> Iterator[str]:
    yield from judged.notes
    if judged.file.error and judged.file.plan:
        yield f"{judged.file.error.message} {judged.file.error.fix}"
    yield from agreed(run, judged)


def _entry(run: Run, one: FindingView, mark: str) -> Entry:
    language = run.basis.language
    return Entry(
        id=mark,
        finding=one,
        level=run.say(one.severity),
        title=texts.title(one.rule, language),
        why=texts.text(one.rule, "why", language),
        also=texts.cells([ref for ref in one.related if ref != one.cell], language),
    )


def _groups(run: Run, judged: Judged, entries: Sequence[Entry], mark: str) -> Iterator[Group]:
    """In sheet order, a group for each row; findings are in that order already."""
    rows = {(one.sheet, one.row): one for one in judged.glance.rows} if judged.glance else {}
    placed: dict[tuple[str, int], list[Entry]] = {}
    for one in entries:
        placed.setdefault((one.finding.sheet, _row(one.finding)), []).append(one)
    for number, (place, here) in enumerate(placed.items(), 1):
        row = rows.get(place)
        first = here[0].finding
        facts = {"sheet": name(place[0]), "row": place[1]}
        label = flat(first.name or "") or (_say(run, "kpi", kpi=first.kpi) if first.kpi else "")
        general = "whole_plan" if row and row.headings else "row"
        yield Group(
            id=f"{mark}-r{number}",
            title=label or _say(run, general, **facts),
            typed=bool(label),
            place=_say(run, "place" if label or general == "whole_plan" else "place_only", **facts),
            grid=grid(row, here, f"{mark}-r{number}", run.basis.language) if row else None,
            entries=tuple(here),
        )


def _row(one: FindingView) -> int:
    found = _ROW.search(one.cell)
    return int(found[0]) if found else 0


def _rules(entries: Sequence[Entry], language: str) -> Iterator[RuleEntries]:
    """Errors first, then in the order of the codes."""
    ordered = sorted(entries, key=lambda one: (SEVERITIES.index(one.finding.severity), one.finding.rule))
    for (_, code), same in groupby(ordered, key=lambda one: (one.finding.severity, one.finding.rule)):
        found = tuple(same)
        fix = found[0].finding.fix if len(found) == 1 else texts.advice(code, language)
        yield RuleEntries(found, fix)


def _unchecked(file: FileView, language: str) -> Iterator[Unchecked]:
    for (reason, remedy), (rules, cells) in by_reason(file.not_checked).items():
        yield Unchecked(", ".join(rules), reason, texts.cells(cells, language), remedy or "")


def _checked(run: Run, judged: Judged) -> Iterator[str]:
    if not judged.checked:
        return
    facts = {"ruleset": judged.ruleset.name, "rules": ", ".join(judged.checked)}
    yield run.say("checked_rules", number=len(judged.checked), **facts)
    skipped = len({one.rule for one in judged.file.not_checked} - set(judged.checked))
    yield run.say("counts", skipped=skipped, **counted(run, judged.file))


def _say(run: Run, key: str, **facts: object) -> str:
    return texts.text("page", key, run.basis.language, facts)
