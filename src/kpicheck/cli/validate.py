"""`kpicheck validate`: the main job."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from kpicheck import exceptions, texts
from kpicheck import ruleset as rulesets
from kpicheck.clean import one_line, shown
from kpicheck.cli.options import day_option, environment, language, money_option, words
from kpicheck.cli.output import FORMATS, Target, write
from kpicheck.cli.paths import plans
from kpicheck.cli.settings import Settings, with_agreements
from kpicheck.finding import Report, Severity
from kpicheck.job import Stated, check_file
from kpicheck.memory import bounded_memory
from kpicheck.model import Budget
from kpicheck.ruleset import UsageError

PASSED, FAILED, NOT_CHECKED = 0, 1, 3
_LONGEST_LINE = 300
_exit_code = [PASSED]

Paths = Annotated[
    list[str], typer.Argument(help="Files, folders, globs, @list.txt, or - for a list on stdin.")
]
Words = Annotated[list[str] | None, typer.Option(help="Rule code or its beginning; repeatable.")]


def last_exit_code() -> int:
    """The exit code of the judgement, for when the output itself was lost."""
    return _exit_code[0]


def validate(
    paths: Paths,
    *,
    ruleset: Annotated[str | None, typer.Option(help="Name of a ruleset, or a .toml file.")] = None,
    select: Words = None,
    ignore: Words = None,
    fail_on: Annotated[str | None, typer.Option(help="error (default), warning, info or never.")] = None,
    output: Annotated[
        list[str] | None, typer.Option(help=f"FORMAT[=FILE], repeatable: {', '.join(FORMATS)}.")
    ] = None,
    budget: Annotated[Path | None, typer.Option(help="Budget per year: .xlsx, .csv or .toml.")] = None,
    requested: Annotated[str | None, typer.Option(help="Requested total in euro.")] = None,
    max_total: Annotated[str | None, typer.Option(help="Maximum agreed in the quick scan, in euro.")] = None,
    start: Annotated[str | None, typer.Option(help="Start of the plan.")] = None,
    end: Annotated[str | None, typer.Option(help="End of the plan.")] = None,
    today: Annotated[str | None, typer.Option(help="Date of judgement.")] = None,
    lang: Annotated[str | None, typer.Option(help="nl or en.")] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file instead of the nearest one.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No console report.")] = False,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="Never show progress.")] = False,  # noqa: ARG001 - one file is judged at a time, without progress
    isolated: Annotated[
        bool, typer.Option("--isolated", help="Ignore configuration and KPICHECK_* variables.")
    ] = False,
) -> int:
    """Check milestone plans and say per cell what is wrong and what to do."""
    found = plans(paths)
    if not found:
        raise UsageError("no-plans")
    settings = Settings.of(found, config, isolated=isolated)
    spoken = language(lang, isolated=isolated, configured=settings.run.lang)
    name = ruleset or environment("RULESET", isolated=isolated) or settings.run.ruleset or "landelijk"
    chosen = rulesets.load(name).choose(
        words(select) or settings.run.select, words(ignore) or settings.run.ignore
    )
    targets = [Target.parse(one) for one in output or ["console"]]
    if sum(one.file is None for one in targets) > 1:
        raise UsageError("two-on-stdout")
    stated = Stated(
        requested=money_option(requested, "--requested"),
        max_total=money_option(max_total, "--max-total"),
        start=day_option(start, "--start"),
        end=day_option(end, "--end"),
        budget=_budget(budget),
    )
    if stated.start and stated.end and stated.start > stated.end:
        raise UsageError("start-after-end")
    judged_on = day_option(today, "--today") or dt.date.today()  # noqa: DTZ011 - the one clock: the user's day
    threshold = _fail_on(fail_on or settings.run.fail_on or "error")
    for target in targets:
        target.refuse_inputs(found)
    reports = []
    for path in found:
        known = settings.for_plan(path)
        excepted = () if isolated else exceptions.beside(path)
        with bounded_memory():
            report = check_file(
                path,
                with_agreements(chosen, known),
                stated.over(known.stated).over(Stated(suppressions=excepted)),
                today=judged_on,
            )
        reports.append(report)
        if reports[-1].failure:
            sys.stderr.write(f"{_refusal_line(reports[-1], spoken)}\n")
    _exit_code[0] = exit_code(reports, threshold)
    write(targets, reports, chosen, today=judged_on, language=spoken, fail_on=threshold, quiet=quiet)
    return _exit_code[0]


def exit_code(reports: list[Report], fail_on: Severity | None) -> int:
    """The worst file decides; a file that could not be (fully) checked outranks findings."""
    if any(one.failure for one in reports):
        return NOT_CHECKED
    ranks = [finding.severity.rank for one in reports for finding in one.findings]
    return FAILED if fail_on and any(rank >= fail_on.rank for rank in ranks) else PASSED


def _fail_on(word: str) -> Severity | None:
    if word == "never":
        return None
    try:
        return Severity(word)
    except ValueError:
        raise UsageError("bad-fail-on", word=word) from None


def _budget(path: Path | None) -> Budget | None:
    from kpicheck.reader.budget_file import read_budget_file

    return None if path is None else read_budget_file(path)


def _refusal_line(report: Report, spoken: str) -> str:
    """File, reason and what to do on one line of at most 300 characters."""
    if report.failure is None:
        return ""
    said = " ".join(
        texts.nested("refused", report.failure.code, part, spoken, report.failure.facts)
        for part in ("message", "fix")
    )
    room = _LONGEST_LINE - len(said) - 2
    name = shown(report.path)
    name = name if len(name) <= room else f"…{name[len(name) - max(room, 20) + 1 :]}"
    return one_line(f"{name}: {said}", _LONGEST_LINE)
