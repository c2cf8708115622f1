"""`kpicheck validate`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpicheck.cli import terms

FORMATS = "console, short, json, jsonl, csv, xlsx, html, md, sarif, junit, github, gitlab"


def validate(
    paths: terms.Paths,
    *,
    ruleset: terms.RulesetName = None,
    select: terms.Words = None,
    ignore: terms.Words = None,
    fail_on: terms.FailOn = None,
    output: Annotated[list[str] | None, typer.Option(help=f"FORMAT[=FILE], repeatable: {FORMATS}.")] = None,
    budget: terms.BudgetFile = None,
    requested: terms.Requested = None,
    max_total: terms.MaxTotal = None,
    start: terms.Start = None,
    end: terms.End = None,
    today: terms.Today = None,
    lang: terms.Lang = None,
    config: terms.ConfigFile = None,
    jobs: terms.Jobs = terms.AUTO,
    no_cache: terms.NoCache = False,
    ask_password: terms.AskPassword = False,
    baseline: Annotated[Path | None, typer.Option(help="Findings in this file no longer count.")] = None,
    new_baseline: Annotated[
        Path | None, typer.Option("--write-baseline", help="Write the findings to this file, as a baseline.")
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Judge again whenever a plan changes (needs kpicheck[watch]).")
    ] = False,
    engine: Annotated[
        str, typer.Option(help="Who reads the cells: own, or openpyxl for a second opinion (slower).")
    ] = terms.OWN_ENGINE,
    quiet: Annotated[bool, typer.Option("--quiet", help="No console report.")] = False,
    hide_values: terms.HideValues = False,
    open_page: Annotated[
        bool, typer.Option("--open", help="Open the html page in the browser afterwards.")
    ] = False,
    no_progress: terms.NoProgress = False,
    isolated: terms.Isolated = False,
) -> int:
    """Check milestone plans and say per cell what is wrong and what to do."""
    from kpicheck.baseline import refuse_other
    from kpicheck.cli.judge import (
        ONE_BY_ONE,
        How,
        calls,
        exit_code,
        jobs_option,
        judged,
        since,
        write_baseline,
    )
    from kpicheck.cli.options import language, words
    from kpicheck.cli.output import Outputs, found_for, refuse_inputs, targets
    from kpicheck.cli.pages import page, shared, show_page
    from kpicheck.cli.password import asks
    from kpicheck.cli.settings import Options
    from kpicheck.cli.stated import judgement_day, stated_by
    from kpicheck.cli.watching import whenever_changed

    stated = stated_by(requested, max_total, start, end, budget)
    options = Options(ruleset, lang, fail_on, words(select), words(ignore), stated)
    judged_on = judgement_day(today)
    how = How(jobs_option(jobs), cache=not (no_cache or isolated), progress=not no_progress)
    how = ONE_BY_ONE if ask_password else how

    def once() -> int:
        run = calls(found_for(paths, output or []), options, config, judged_on, isolated=isolated)
        run = since(run, baseline).read_by(engine)
        if ask_password:
            run = run.asking(asks(run.basis.language))
        asked = targets(output or ["console"], run.plans)
        asked = shared(asked) if hide_values else asked
        to_show = page(asked) if open_page else None
        only_json = [one.format.name for one in asked] == ["json"] and not new_baseline
        if any(one.format.glance for one in asked):
            run = run.glancing()
        if new_baseline:
            refuse_inputs(new_baseline, run.plans)
            refuse_other(new_baseline)
        found = []
        with Outputs(asked, run.basis, quiet=quiet) as outputs:
            for work, one in judged(run, how._replace(only_json=only_json)):
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
