"""`kpicheck diff OLD NEW`: what changed between two versions of a plan."""

from __future__ import annotations

from typing import Annotated

import typer

from kpicheck.cli import terms


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The old version.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new version.")],
    *,
    output: terms.OutputOfVersions = None,
    ruleset: terms.RulesetName = None,
    select: terms.Words = None,
    ignore: terms.Words = None,
    budget: terms.BudgetFile = None,
    requested: terms.Requested = None,
    max_total: terms.MaxTotal = None,
    start: terms.Start = None,
    end: terms.End = None,
    today: terms.Today = None,
    lang: terms.Lang = None,
    config: terms.ConfigFile = None,
    ask_password: terms.AskPassword = False,
    hide_values: terms.HideValues = False,
    isolated: terms.Isolated = False,
) -> int:
    """Show what changed between two versions of a plan: KPIs, parties and money."""
    from kpicheck.cli.judge import calls
    from kpicheck.cli.options import words
    from kpicheck.cli.output import targets
    from kpicheck.cli.pages import shared
    from kpicheck.cli.settings import Options
    from kpicheck.cli.stated import judgement_day, stated_by
    from kpicheck.cli.versions import Compared, asking, code_of, found, one_file, report_of, tell_versions
    from kpicheck.report.differences.formats import formats
    from kpicheck.report.differences.versions import Versions

    options = Options(
        ruleset,
        lang,
        select=words(select),
        ignore=words(ignore),
        stated=stated_by(requested, max_total, start, end, budget),
    )
    judged_on = judgement_day(today)
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
