"""What a check says (Problem), and what the engine makes of it (Finding, NotChecked, Report)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple, Protocol

from kpicheck.model import Cell, Payment, Plan


class Severity(StrEnum):
    """How strong the demand is: the format says must, should, or we give a hint."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Higher is worse."""
        return {"info": 1, "warning": 2, "error": 3}[self.value]


class HasCell(Protocol):
    """Anything that stands in a cell."""

    @property
    def cell(self) -> Cell | None:
        """The cell it stands in."""


class Problem:
    """What a check saw: where (a field's name or a thing of the plan), and the facts behind it.

    `on` names the row when the subject of the check is not the row itself; `related` are the other
    fields or things that take part; `key` tells two problems at one cell apart.
    """

    __slots__ = ("at", "facts", "key", "on", "related")

    def __init__(
        self,
        at: str | Cell | HasCell,
        *,
        on: Payment | None = None,
        related: tuple[str | Cell | HasCell, ...] = (),
        key: str = "",
        **facts: object,
    ) -> None:
        """Take down the place and the facts."""
        self.at = at
        self.key = key
        self.on = on
        self.related = related
        self.facts = facts


class Unjudged:
    """A check's own word that it could not judge its subject, with the reason's key in the texts."""

    __slots__ = ("at", "facts", "reason")

    def __init__(self, reason: str, *, at: str | Cell | HasCell | None = None, **facts: object) -> None:
        """Take down the reason and the place, if there is one."""
        self.reason = reason
        self.at = at
        self.facts = facts


Problems = Iterator[Problem | Unjudged]
_NO_FACTS: Final[Mapping[str, object]] = {}


class Source(NamedTuple):
    """Where a rule comes from: document, place, a few words of it."""

    doc: str
    at: str
    quote: str


class Finding(NamedTuple):
    """A rule broken at a cell. Facts are typed values; the words are made by the reporters."""

    rule: str
    slug: str
    severity: Severity
    sheet: str
    cell: str
    row: int
    column: int
    related: tuple[str, ...]
    field: str
    heading: str
    kpi: str | None
    name: str | None
    facts: Mapping[str, object]
    source: Source
    key: str = ""
    fingerprint: str = ""


class NotChecked(NamedTuple):
    """A rule that lacked its data, at a cell or for the whole plan; or the finding that was excepted."""

    rule: str
    slug: str
    cell: str | None
    reason: str
    facts: Mapping[str, object] = _NO_FACTS
    excepted: Finding | None = None


class Failure(NamedTuple):
    """Why a file could not be (fully) checked."""

    code: str
    facts: Mapping[str, object] = _NO_FACTS


@dataclass(frozen=True, slots=True)
class Report:
    """The judgement of one file: findings, what was not checked, and the plan it is about.

    `agreements` are rules that judged with agreed thresholds: code, thresholds, reason.
    """

    path: str
    sha256: str | None
    plan: Plan | None
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    checked: tuple[str, ...] = ()
    failure: Failure | None = None
    agreements: tuple[tuple[str, str, str], ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings of that severity there are."""
        return sum(1 for one in self.findings if one.severity is severity)


def fingerprint(*parts: object) -> str:
    """A short stable name for a finding that survives moved rows and columns."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:16]
