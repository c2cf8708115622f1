"""The marked copy of a plan and where it goes; the report with links where there can be no copy."""

from __future__ import annotations

import os.path
from dataclasses import replace
from pathlib import Path

from kpicheck import texts
from kpicheck.atomic import write_file
from kpicheck.clean import name as shown_name
from kpicheck.cli.one_plan import OnePlan
from kpicheck.cli.output import refuse_inputs
from kpicheck.memory import bounded_memory
from kpicheck.reader import is_own_report
from kpicheck.report.formats import FORMATS
from kpicheck.usage import UsageError
from kpicheck.writer.marked import marked
from kpicheck.writer.splicing import Unpatchable


def beside(plan: Path, spoken: str) -> Path:
    """A name beside the plan that is not taken. Raises UsageError."""
    copy = plan.with_stem(f"{plan.stem} - {texts.text('annotate', 'suffix_copy', spoken)}")
    if os.path.exists(copy):  # noqa: PTH110 - Path.exists raises on a name that is too long
        raise UsageError("copy-exists", path=str(copy))
    return copy


def _report_beside(file: Path, spoken: str) -> Path:
    """The place of the report: a name that is free, or that of an earlier report. Raises UsageError."""
    report = file.with_name(f"{file.stem} - {texts.text('annotate', 'suffix_report', spoken)}.xlsx")
    if os.path.exists(report) and not is_own_report(report.read_bytes()):  # noqa: PTH110 - a name may be too long
        raise UsageError("copy-exists", path=str(report))
    return report


def write_marked(one: OnePlan, copy: Path, spoken: str, *, asked: bool) -> str:
    """Write the copy or, where there can be none, the report with links; say which, in a sentence."""
    try:
        with bounded_memory():
            data = marked(one.data, one.run, lambda data: one.check(data).file)
    except Unpatchable as error:
        report = _report_beside(copy if asked else one.file, spoken)
        refuse_inputs(report, [one.file])
        written = FORMATS["xlsx"].write(replace(one.run, target=report))
        write_file(report, written if isinstance(written, bytes) else written.encode())
        reason = texts.text("annotate", "reason", spoken, {"kind": error.reason})
        facts = {"reason": reason, "path": shown_name(str(report))}
        return texts.text("annotate", "separate", spoken, facts)
    write_file(copy, data)
    return texts.text("annotate", "copied", spoken, {"path": shown_name(str(copy))})
