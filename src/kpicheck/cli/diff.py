"""`kpicheck diff OLD NEW`: what changed between two versions of a plan."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from kpicheck.cli.judge import calls
from kpicheck.cli.options import day_option, words
from kpicheck.cli.output import targets
from kpicheck.cli.pages import shared
from kpicheck.cli.settings import Options
from kpicheck.cli.versions import Compared, asking, code_of, found, one_file, report_of, stated, tell_versions
from kpicheck.report.differences.formats import NAMES, formats
from kpicheck.report.differences.versions import Versions

Words = Annotated[list[str] | None, typer.Option(help="Rule code or its beginning; repeatable.")]


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The old version.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new version.")],
    *,
    output: Annotated[
        list[str] | None, typer.Option(help=f"FORMAT[=FILE], repeatable: {', '.join(NAMES)}.")
    ] = None,
    ruleset: Annotated[str | None, typer.Option(help="Name of a ruleset, or a .toml file.")] = None,
    select: Words = None,
    ignore: Words = None,
    budget: Annotated[Path | None, typer.Option(help="Budget per year: .xlsx, .csv or .toml.")] = None,
    requested: Annotated[str | None, typer.Option(help="Requested total in euro.")] = None,
    max_total: Annotated[str | None, typer.Option(help="Maximum agreed in the quick scan, in euro.")] = None,
    start: Annotated[str | None, typer.Option(help="Start of the plan.")] = None,
    end: Annotated[str | None, typer.Option(help="End of the plan.")] = None,
    today: Annotated[str | None, typer.Option(help="Date of judgement.")] = None,
    lang: Annotated[str | None, typer.Option(help="nl or en.")] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file instead of the nearest one.")] = None,
    ask_password: Annotated[
        bool, typer.Option("--ask-password", help="Ask for the password of an encrypted workbook.")
    ] = False,
    hide_values: Annotated[
        bool, typer.Option("--hide-values", help="Leave amounts and texts out of the html page, to share it.")
    ] = False,
    isolated: Annotated[
        bool, typer.Option("--isolated", help="Ignore configuration and KPICHECK_* variables.")
    ] = False,
) -> int:
    """Show what changed between two versions of a plan: KPIs, parties and money."""
    options = Options(
        ruleset,
        lang,
        select=words(select),
        ignore=words(ignore),
        stated=stated(budget, requested, max_total, start, end),
    )
    judged_on = day_option(today, "--today") or dt.date.today()  # noqa: DTZ011 - the one clock: the user's day
    files = one_file(old), one_file(new)
    run = calls(found(*files), options, config, judged_on, isolated=isolated)
    run = asking(run) if ask_password else run
    into = Compared()
    asked = targets(
        output or ["console"], run.plans, formats(lambda judged: Versions(judged, into.comparison))
    )
    asked = shared(asked) if hide_values else asked
    by_file = {work.task.file: work for work in run.works}
    works = [by_file[one] for one in files]
    reports = [report_of(one) for one in works]
    return code_of(tell_versions(run, works, reports, asked, into))
