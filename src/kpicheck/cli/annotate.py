"""`kpicheck annotate PLAN -o COPY`: the workbook back, with what was found in it."""

from __future__ import annotations

import os.path
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kpicheck import texts
from kpicheck.atomic import write_file
from kpicheck.clean import name as shown_name
from kpicheck.cli import terms
from kpicheck.cli.judge import exit_code
from kpicheck.cli.options import words
from kpicheck.cli.output import refuse_inputs
from kpicheck.cli.settings import Options
from kpicheck.cli.streams import say
from kpicheck.memory import bounded_memory
from kpicheck.report.formats import FORMATS
from kpicheck.report.telling import verdict
from kpicheck.usage import UsageError


def annotate(
    plan: terms.PlanFile,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The copy; without it a name beside the plan.")
    ] = None,
    ruleset: terms.RulesetName = None,
    select: terms.Words = None,
    ignore: terms.Words = None,
    fail_on: terms.FailOn = None,
    budget: terms.BudgetFile = None,
    requested: terms.Requested = None,
    max_total: terms.MaxTotal = None,
    start: terms.Start = None,
    end: terms.End = None,
    today: terms.Today = None,
    lang: terms.Lang = None,
    config: terms.ConfigFile = None,
    ask_password: terms.AskPassword = False,
    quiet: terms.Quiet = False,
    isolated: terms.Isolated = False,
) -> int:
    """Copy the workbook, with a note and a frame at each failing cell and a sheet that leads to them."""
    stated = terms.stated(requested, max_total, start, end, budget)
    options = Options(ruleset, lang, fail_on, words(select), words(ignore), stated)
    day = terms.judgement_day(today)
    one = terms.one_plan(plan, options, config, day, isolated=isolated, ask_password=ask_password)
    spoken = one.calls.basis.language
    copy = output or _beside(one.file, spoken)
    if copy.suffix.casefold() != one.file.suffix.casefold():
        raise UsageError("copy-suffix", suffix=one.file.suffix, path=str(copy))
    refuse_inputs(copy, [one.file])
    if one.judged.file.plan is not None:
        lines = [verdict(one.run, one.judged.file), _write(one, copy, spoken, asked=output is not None)]
        if not quiet:
            say("".join(f"{line}\n" for line in lines))
    return exit_code([one.judged.file.status])


def _beside(plan: Path, spoken: str) -> Path:
    """A name beside the plan that is not taken. Raises UsageError."""
    copy = plan.with_stem(f"{plan.stem} - {texts.text('annotate', 'suffix_copy', spoken)}")
    if os.path.exists(copy):  # noqa: PTH110 - Path.exists raises on a name that is too long
        raise UsageError("copy-exists", path=str(copy))
    return copy


def _report_beside(file: Path, spoken: str) -> Path:
    """The place of the report: a name that is free, or that of an earlier report. Raises UsageError."""
    from kpicheck.reader import is_own_report

    report = file.with_name(f"{file.stem} - {texts.text('annotate', 'suffix_report', spoken)}.xlsx")
    if os.path.exists(report) and not is_own_report(report.read_bytes()):  # noqa: PTH110 - a name may be too long
        raise UsageError("copy-exists", path=str(report))
    return report


def _write(one: terms.OnePlan, copy: Path, spoken: str, *, asked: bool) -> str:
    """Write the copy or, where there can be none, the report with links; say which, in a sentence."""
    from kpicheck.writer.marked import marked
    from kpicheck.writer.splicing import Unpatchable

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
