"""`kpicheck validate`: the main job."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from kpicheck.cli.judge import (
    AUTO,
    ONE_BY_ONE,
    How,
    calls,
    exit_code,
    jobs_option,
    judged,
    since,
    write_baseline,
)
from kpicheck.cli.options import budget_option, day_option, language, money_option, words
from kpicheck.cli.output import Outputs, found_for, refuse_inputs, targets
from kpicheck.cli.pages import page, shared, show_page
from kpicheck.cli.password import asks
from kpicheck.cli.settings import Options
from kpicheck.cli.watching import whenever_changed
from kpicheck.job import Stated
from kpicheck.report.formats import FORMATS
from kpicheck.ruleset import UsageError

Paths = Annotated[
    list[str], typer.Argument(help="Files, folders, globs, @list.txt, or - for a list on stdin.")
]
Words = Annotated[list[str] | None, typer.Option(help="Rule code or its beginning; repeatable.")]


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
    jobs: Annotated[str, typer.Option(help="How many processes: a number, or auto.")] = AUTO,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Judge unchanged files again.")] = False,
    ask_password: Annotated[
        bool, typer.Option("--ask-password", help="Ask for the password of an encrypted workbook.")
    ] = False,
    baseline: Annotated[Path | None, typer.Option(help="Findings in this file no longer count.")] = None,
    new_baseline: Annotated[
        Path | None, typer.Option("--write-baseline", help="Write the findings to this file, as a baseline.")
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Judge again whenever a plan changes.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No console report.")] = False,
    hide_values: Annotated[
        bool, typer.Option("--hide-values", help="Leave amounts and texts out of the html page, to share it.")
    ] = False,
    open_page: Annotated[
        bool, typer.Option("--open", help="Open the html page in the browser afterwards.")
    ] = False,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="Never show progress.")] = False,
    isolated: Annotated[
        bool, typer.Option("--isolated", help="Ignore configuration and KPICHECK_* variables.")
    ] = False,
) -> int:
    """Check milestone plans and say per cell what is wrong and what to do."""
    stated = Stated(
        requested=money_option(requested, "--requested"),
        max_total=money_option(max_total, "--max-total"),
        start=day_option(start, "--start"),
        end=day_option(end, "--end"),
        budget=budget_option(budget),
    )
    if stated.start and stated.end and stated.start > stated.end:
        raise UsageError("start-after-end")
    options = Options(ruleset, lang, fail_on, words(select), words(ignore), stated)
    judged_on = day_option(today, "--today") or dt.date.today()  # noqa: DTZ011 - the one clock: the user's day
    how = How(jobs_option(jobs), cache=not (no_cache or isolated), progress=not no_progress)
    how = ONE_BY_ONE if ask_password else how

    def once() -> int:
        run = since(
            calls(found_for(paths, output or []), options, config, judged_on, isolated=isolated), baseline
        )
        if ask_password:
            run = run.asking(asks(run.basis.language))
        asked = targets(output or ["console"], run.plans)
        asked = shared(asked) if hide_values else asked
        to_show = page(asked) if open_page else None
        if any(one.format.glance for one in asked):
            run = run.glancing()
        if new_baseline:
            refuse_inputs(new_baseline, run.plans)
        found = []
        with Outputs(asked, run.basis, quiet=quiet) as outputs:
            for work, one in judged(run, how):
                outputs.add(one)
                found.append((work, one))
            outputs.skipped = run.found.skips
        if new_baseline:
            write_baseline(new_baseline, found)
        if to_show:
            show_page(to_show)
        return exit_code(one.file.status for _, one in found)

    if watch:
        reports = [Path(one.partition("=")[2]) for one in output or [] if "=" in one]
        return whenever_changed(paths, reports, once, language(lang, isolated=isolated))
    return once()
