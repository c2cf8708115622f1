"""The repairs of one plan, and all that is told about them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kpicheck import texts
from kpicheck.clean import name as shown_name
from kpicheck.cli.one_plan import OnePlan
from kpicheck.repair.rounds import RULES, Repaired, repaired_plan
from kpicheck.report.repairs import RepairReport
from kpicheck.report.run import Judged, Run
from kpicheck.report.telling import verdict
from kpicheck.writer.annotate import is_marked


def repaired(one: OnePlan) -> Repaired:
    """The repairs of the findings that were asked for, proven by all rules."""
    task = one.work.task
    every = replace(one, work=one.work._replace(task=task._replace(select=(), ignore=())))
    whole = every.check(one.data).file if task.select or task.ignore else one.judged.file
    asked = {rule.code for rule in task.rules.rules}.intersection(RULES)
    return repaired_plan(one.data, whole, lambda data: every.check(data).file, asked, spaces=not task.select)


def report(one: OnePlan, found: Repaired, after: Judged, write: Path | None) -> RepairReport:
    """All that is told about the repairs."""
    spoken = one.calls.basis.language
    run = Run(one.calls.basis, (after,))

    def told(key: str, **facts: object) -> str:
        return texts.text("fix", key, spoken, facts)

    sheet = one.judged.file.sheet or ""
    if not found.repairs:
        closing = [told("no_copy")] if write else []
        return RepairReport(found, sheet, spoken, [told("nothing")], [*closing, verdict(run, after.file)])
    cells = len({(at.sheet, at.place) for repair in found.repairs for at in repair.changes})
    done = "fixed" if write else "found"
    number = f"{done}_{'one' if cells == 1 else 'many'}"
    numbers = {"before": len(one.judged.file.findings), "after": len(after.file.findings)}
    opening = [f"{told(number, cells=cells)} {told(f'fewer_{done}', **numbers)}"]
    closing = [told("after", verdict=verdict(run, after.file))]
    if write:
        closing += [told("written", path=shown_name(str(write))), told("original")]
        closing += [told("marked_before")] if is_marked(one.data) else []
    else:
        closing += [f"{told('nothing_changed')} {told('how', suffix=one.file.suffix)}"]
    return RepairReport(found, sheet, spoken, opening, closing)
