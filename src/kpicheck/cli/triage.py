"""`kpicheck triage`: many plans in one table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpicheck.cli import terms
from kpicheck.usage import UsageError, nearest

SORTS = ("attention", "path", "plan", "total", "effort", "errors", "next")
GROUPS = ("folder", "ruleset", "status", "changed")


def triage(
    paths: terms.Paths,
    *,
    sort: Annotated[str, typer.Option(help=f"One of {', '.join(SORTS)}.")] = "attention",
    group: Annotated[str | None, typer.Option(help=f"Totals per {', '.join(GROUPS)}.")] = None,
    output: Annotated[
        list[str] | None, typer.Option(help="FORMAT[=FILE], repeatable: console, csv, html, json, xlsx.")
    ] = None,
    details: Annotated[
        Path | None, typer.Option(help="Write a page for each plan in this folder; the html points at them.")
    ] = None,
    ruleset: terms.RulesetName = None,
    select: terms.Words = None,
    ignore: terms.Words = None,
    fail_on: terms.FailOn = None,
    today: terms.Today = None,
    lang: terms.Lang = None,
    config: terms.ConfigFile = None,
    jobs: terms.Jobs = terms.AUTO,
    no_cache: terms.NoCache = False,
    no_progress: terms.NoProgress = False,
    isolated: terms.Isolated = False,
) -> int:
    """Put many plans in one table: what needs attention first."""
    from kpicheck.cli.judge import How, calls, exit_code, jobs_option, judged
    from kpicheck.cli.options import words
    from kpicheck.cli.output import Outputs, found_for, targets
    from kpicheck.cli.pages import refuse_without_page, write_page
    from kpicheck.cli.settings import Options
    from kpicheck.cli.stated import judgement_day
    from kpicheck.report.run import Run
    from kpicheck.report.triage import Changed
    from kpicheck.report.triage_formats import formats
    from kpicheck.seen import Seen

    for word, known in ((sort, SORTS), (group, GROUPS)):
        if word is not None and word not in known:
            raise UsageError("unknown-word", word=word, known=", ".join(known), nearest=nearest(word, known))
    options = Options(ruleset, lang, fail_on, words(select), words(ignore))
    judged_on = judgement_day(today)
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
