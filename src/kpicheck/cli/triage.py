"""`kpicheck triage`: many plans in one table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from kpicheck.cli.judge import AUTO, How, calls, exit_code, jobs_option, judged
from kpicheck.cli.options import day_option, words
from kpicheck.cli.output import Outputs, found_for, targets
from kpicheck.cli.pages import refuse_without_page, write_page
from kpicheck.cli.settings import Options
from kpicheck.report.run import Run
from kpicheck.report.triage import GROUPS, SORTS, Changed
from kpicheck.report.triage_formats import formats
from kpicheck.seen import Seen
from kpicheck.usage import UsageError, nearest

Words = Annotated[list[str] | None, typer.Option(help="Rule code or its beginning; repeatable.")]


def triage(
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders, globs, @list.txt, or - for a list on stdin.")
    ],
    *,
    sort: Annotated[str, typer.Option(help=f"One of {', '.join(SORTS)}.")] = "attention",
    group: Annotated[str | None, typer.Option(help=f"Totals per {', '.join(GROUPS)}.")] = None,
    output: Annotated[
        list[str] | None, typer.Option(help="FORMAT[=FILE], repeatable: console, csv, html, json, xlsx.")
    ] = None,
    details: Annotated[
        Path | None, typer.Option(help="Write a page for each plan in this folder; the html points at them.")
    ] = None,
    ruleset: Annotated[str | None, typer.Option(help="Name of a ruleset, or a .toml file.")] = None,
    select: Words = None,
    ignore: Words = None,
    fail_on: Annotated[str | None, typer.Option(help="error (default), warning, info or never.")] = None,
    today: Annotated[str | None, typer.Option(help="Date of judgement.")] = None,
    lang: Annotated[str | None, typer.Option(help="nl or en.")] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file instead of the nearest one.")] = None,
    jobs: Annotated[str, typer.Option(help="How many processes: a number, or auto.")] = AUTO,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Judge unchanged files again.")] = False,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="Never show progress.")] = False,
    isolated: Annotated[
        bool, typer.Option("--isolated", help="Ignore configuration and KPICHECK_* variables.")
    ] = False,
) -> int:
    """Put many plans in one table: what needs attention first."""
    for word, known in ((sort, SORTS), (group, GROUPS)):
        if word is not None and word not in known:
            raise UsageError("unknown-word", word=word, known=", ".join(known), nearest=nearest(word, known))
    options = Options(ruleset, lang, fail_on, words(select), words(ignore))
    judged_on = day_option(today, "--today") or dt.date.today()  # noqa: DTZ011 - the one clock: the user's day
    run = calls(found_for(paths, output or []), options, config, judged_on, isolated=isolated)
    remembers = not (no_cache or isolated)
    seen = Seen() if remembers else None
    changes: dict[str, Changed | None] = {}
    pages: dict[str, Path] = {}
    asked = targets(
        output or ["console"], run.plans, formats(sort, group, lambda one: changes.get(one.file.path), pages)
    )
    if details is not None:
        refuse_without_page(asked)
        run = run.glancing()
    states = []
    with Outputs(asked, run.basis, quiet=False) as outputs:
        for work, one in judged(run, How(jobs_option(jobs), cache=remembers, progress=not no_progress)):
            changes[one.file.path] = seen.state(work.task.file, one.file.sha256) if seen else None
            if details is not None:
                pages[one.file.path] = write_page(details, len(pages) + 1, Run(run.basis, (one,)))
            outputs.add(one)
            states.append(one.file.status)
        outputs.skipped = run.found.skips
    if seen:
        seen.keep()
    return exit_code(states)
