"""A run without its amounts and typed texts, to share: where and what is wrong stays."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kpicheck import texts
from kpicheck.report.glance import Glance, GridCell, GridRow, Money
from kpicheck.report.run import Judged, Run
from kpicheck.report.shape import ErrorView, FileView, FindingView, NotCheckedView, PlanView

_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_HERE = re.compile(r"[A-Z]{1,3}\d+")
_ELSEWHERE = re.compile(r"^'?(.+?)'?!(\$?[A-Z]+\$?\d+)$", re.DOTALL)


def hidden(run: Run) -> Run:
    """The run as others may see it."""
    judged = [_Hider(run.basis.language, number).judged(one) for number, one in enumerate(run.judged, 1)]
    return replace(run, judged=tuple(judged))


class _Hider:
    """Hides one file; its sheets get numbers in the order in which they are met."""

    def __init__(self, language: str, number: int) -> None:
        self.language = language
        self.number = number
        self.sheets: dict[str, str] = {}

    def say(self, key: str, **facts: object) -> str:
        return texts.text("page", key, self.language, facts)

    def judged(self, judged: Judged) -> Judged:
        why = self.say("hidden_reason")
        reasons = {one.reason for one in judged.excepted}
        return judged._replace(
            file=self.file(judged.file, reasons),
            agreements=tuple((rule, limits, why) for rule, limits, _ in judged.agreements),
            excepted=(),
            notes=(),
            glance=self.glance(judged.glance) if judged.glance else None,
        )

    def file(self, file: FileView, reasons: set[str]) -> FileView:
        update: dict[str, Any] = {
            "path": self.say("hidden_plan", number=self.number),
            "sheet": self.sheet(file.sheet) if file.sheet else None,
            "error": self.error(file.error) if file.error else None,
            "plan": _plan(file.plan) if file.plan else None,
            "findings": tuple(map(self.finding, file.findings)),
            "not_checked": tuple(self.unchecked(one, reasons) for one in file.not_checked),
        }
        return file._replace(**update)

    def finding(self, one: FindingView) -> FindingView:
        update: dict[str, Any] = {
            "sheet": self.sheet(one.sheet),
            "related": tuple(map(self.ref, one.related)),
            "heading": "",
            "kpi": one.kpi if one.kpi and _PLAIN_NUMBER.fullmatch(one.kpi) else None,
            "name": None,
            "message": f"{texts.title(one.rule, self.language)}.",
            "fix": texts.advice(one.rule, self.language),
            "facts": {},
        }
        return one._replace(**update)

    def unchecked(self, one: NotCheckedView, reasons: set[str]) -> NotCheckedView:
        update: dict[str, Any] = {"cell": self.ref(one.cell) if one.cell else None}
        if one.reason in reasons or '"' in one.reason:
            update["reason"] = self.say("hidden_reason")
        return one._replace(**update)

    def error(self, error: ErrorView) -> ErrorView:
        nothing: dict[str, object] = defaultdict(lambda: "…", kind="…")
        message = texts.nested("refused", error.code, "message", self.language, nothing)
        fix = texts.nested("refused", error.code, "fix", self.language, nothing)
        return error._replace(message=message, fix=fix)

    def sheet(self, title: str) -> str:
        return self.sheets.setdefault(title, self.say("hidden_sheet", number=len(self.sheets) + 1))

    def ref(self, ref: str) -> str:
        """A cell; one on another sheet with that sheet's number."""
        found = _ELSEWHERE.match(ref)
        if found is None:
            return ref if _HERE.fullmatch(ref) else self.say("hidden_reason")
        sheet = self.sheet(found[1].replace("''", "'"))
        return self.say("hidden_ref", cell=found[2], sheet=sheet)

    def glance(self, glance: Glance) -> Glance:
        """Only the rows are left, with the kind of value in each cell."""
        return Glance(
            money=Money(),
            max_share=glance.max_share,
            halves=(),
            undated=Money(),
            payments=(),
            years=(),
            parties=(),
            milestones=(),
            rows=tuple(map(self.row, glance.rows)),
        )

    def row(self, row: GridRow) -> GridRow:
        return replace(row, sheet=self.sheet(row.sheet), cells=tuple(self.cells(row)))

    def cells(self, row: GridRow) -> Iterator[GridCell]:
        known = texts.texts(self.language)["fields"]
        for one in row.cells:
            heading = str(known.get(one.field, ""))
            kind, value = ("blank", "") if one.kind == "blank" else ("text", self.say(f"hidden_{one.kind}"))
            yield replace(one, heading=heading, kind=kind, value=value)


def _plan(plan: PlanView) -> PlanView:
    """The numbers of KPIs, payment moments and parties; nothing of what they are."""
    payments = tuple(one._replace(date="", amount="0") for one in plan.payments)
    parties = tuple(one._replace(heading="", name="", code="", amount="0") for one in plan.parties)
    nothing = dict.fromkeys(("total", "effort", "result", "untyped"), "0")
    unknown = dict.fromkeys(("effort_share", "share_without_untyped", "start", "end"))
    hidden: dict[str, Any] = {**nothing, **unknown}
    return plan._replace(name="", payments=payments, parties=parties, **hidden)
