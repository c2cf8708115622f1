"""Which findings were solved, are new or are left. A finding moves along with its KPI and its party."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

from kpicheck.finding import Finding, NotChecked, Report

RowKey = tuple[str, int]
_ELSEWHERE = -1


@dataclass(frozen=True, slots=True)
class Unsure:
    """A finding of one version whose rule was not checked there in the other, or is excepted there."""

    finding: Finding
    in_old: bool
    excepted: bool


@dataclass(frozen=True, slots=True)
class FindingChanges:
    """The findings of both versions: solved, new, left (as they are now), and what cannot be compared."""

    solved: tuple[Finding, ...]
    new: tuple[Finding, ...]
    left: tuple[Finding, ...]
    unsure: tuple[Unsure, ...]


class Places:
    """Where the findings of one version stand: in which row that both have, or at which party."""

    def __init__(
        self, report: Report, rows: Mapping[RowKey, int], party: Callable[[str], int | None]
    ) -> None:
        """Take the rows by sheet and number, each with the number that both versions know it by."""
        self._rows, self._party = rows, party
        self._by_row = {row: known for (_, row), known in rows.items()}
        self._words: dict[tuple[str, int | None], NotChecked] = {}
        self._of_plan: dict[str, NotChecked] = {}
        self._first_row = report.plan.heading_row.row if report.plan else 0
        self.findings = report.findings
        for word in report.not_checked:
            self._words.setdefault((word.rule, self._row_of(word)), word)
            if word.excepted is None:
                self._of_plan.setdefault(word.rule, word)

    def key(self, finding: Finding) -> Hashable:
        """What makes findings of two versions the same: all but the words of a row and of a party."""
        row = self.row_of(finding)
        heading = finding.heading if finding.row >= self._first_row else ""
        party = self._party(heading) if heading and finding.field in ("party", "cell", "heading") else None
        where = row if row is not None else finding.name or ("" if party is not None else heading)
        about_party = party is not None and finding.key == finding.heading
        return finding.rule, where, finding.field, party, "" if about_party else finding.key

    def row_of(self, finding: Finding) -> int | None:
        """The row that both versions have and the finding stands in."""
        return self._rows.get((finding.sheet, finding.row))

    def silence(self, finding: Finding, row: int | None) -> NotChecked | None:
        """Why this version has no such finding, where it is not that all is in order or the row is gone."""
        of_plan = row is None and finding.name is None
        whole = self._words.get((finding.rule, None))
        if whole is not None and (whole.excepted is None or of_plan):
            return whole
        if of_plan:
            return self._of_plan.get(finding.rule)
        return None if row is None else self._words.get((finding.rule, row))

    def _row_of(self, word: NotChecked) -> int | None:
        """The row a word is about; None where it is about the plan, or about a row of one version."""
        if word.excepted is not None:
            here = self.row_of(word.excepted)
            return _ELSEWHERE if here is None and word.excepted.name is not None else here
        found = re.search(r"\d+$", word.cell or "")
        return self._by_row.get(int(found[0]), _ELSEWHERE) if found else None


def finding_changes(old: Places, new: Places) -> FindingChanges:
    """Solved, new and left: as many as both versions have at the same place are left."""
    before, after = _by_key(old), _by_key(new)
    left = [one for key, found in after.items() for one in found[: len(before.get(key, ()))]]
    gone = [one for key, found in before.items() for one in found[len(after.get(key, ())) :]]
    come = [one for key, found in after.items() for one in found[len(before.get(key, ())) :]]
    unsure = [
        Unsure(one, in_old, word.excepted is not None)
        for found, own, other, in_old in ((gone, old, new, True), (come, new, old, False))
        for one in found
        if (word := other.silence(one, own.row_of(one)))
    ]
    aside = {id(one.finding) for one in unsure}
    return FindingChanges(
        solved=_kept(gone, aside, old),
        new=_kept(come, aside, new),
        left=_kept(left, aside, new),
        unsure=tuple(unsure),
    )


def _kept(found: Iterable[Finding], aside: set[int], places: Places) -> tuple[Finding, ...]:
    """Those that are not set aside, in sheet order."""
    wanted = {id(one) for one in found} - aside
    return tuple(one for one in places.findings if id(one) in wanted)


def _by_key(places: Places) -> dict[Hashable, list[Finding]]:
    found: dict[Hashable, list[Finding]] = {}
    for one in places.findings:
        found.setdefault(places.key(one), []).append(one)
    return found
