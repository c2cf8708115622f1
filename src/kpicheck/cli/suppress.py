"""`kpicheck suppress`: add an exception, with its reason, to the file beside the plans."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpicheck.cli import terms
from kpicheck.cli.streams import say
from kpicheck.usage import UsageError, nearest


def suppress(
    rule: Annotated[str, typer.Argument(help="Code or slug of the rule that need not hold.")],
    plan: Annotated[
        Path, typer.Argument(help="The plan it is about, or a folder for all plans in it.")
    ] = Path(),
    *,
    reason: Annotated[str, typer.Option(help="Why; mandatory.")] = "",
    kpi: Annotated[str | None, typer.Option(help="Only for the KPI of that number.")] = None,
    who: Annotated[str | None, typer.Option(help="Who decided.")] = None,
    expires: Annotated[str | None, typer.Option(help="Last day it holds.")] = None,
    ruleset: terms.RulesetName = None,
    lang: terms.Lang = None,
    isolated: terms.IsolatedFromVariables = False,
) -> int:
    """Add an exception from a rule to kpicheck-exceptions.toml, beside the plan."""
    from kpicheck import exceptions, texts
    from kpicheck import ruleset as rulesets
    from kpicheck.clean import shown
    from kpicheck.cli.options import environment, language
    from kpicheck.cli.stated import day_option

    spoken = language(lang, isolated=isolated)
    known = rulesets.load(ruleset or environment("RULESET", isolated=isolated) or "landelijk", also_off=True)
    found = next(
        (one for one in known.rules if rule.casefold() in (one.code.casefold(), one.check.slug)), None
    )
    if found is None:
        names = [name for one in known.rules for name in (one.code, one.check.slug)]
        raise UsageError("unknown-rule", word=rule, nearest=nearest(rule, names))
    if not reason.strip():
        raise UsageError("suppress-reason", rule=found.code)
    if not plan.exists():
        raise UsageError("no-such-path", path=str(plan))
    file = (plan if plan.is_dir() else plan.parent) / exceptions.NAME
    entry = {
        "rule": found.code,
        "kpi": kpi,
        "file": None if plan.is_dir() else plan.name,
        "reason": reason.strip(),
        "who": who,
        "expires": day_option(expires, "--expires"),
    }
    exceptions.add(file, entry)
    facts = {"rule": found.code, "file": shown(str(file))}
    say(f"{texts.text('report', 'suppressed', spoken, facts)}\n")
    return 0
