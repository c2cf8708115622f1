"""`kpicheck rules`: the register of the active ruleset."""

from __future__ import annotations

from typing import Annotated

import typer

from kpicheck.cli import terms
from kpicheck.cli.streams import say
from kpicheck.usage import UsageError, nearest

FORMATS = ("table", "json", "md")


def rules(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[A B]", help="With --compare: two rulesets.")
    ] = None,
    *,
    comparing: Annotated[bool, typer.Option("--compare", help="Show where rulesets A and B differ.")] = False,
    output: Annotated[str, typer.Option(help=f"One of {', '.join(FORMATS)}.")] = "table",
    ruleset: terms.RulesetName = None,
    lang: terms.Lang = None,
    isolated: terms.IsolatedFromVariables = False,
) -> int:
    """List every rule: code, slug, level, title, source."""
    from kpicheck import ruleset as rulesets
    from kpicheck.cli.options import environment, language
    from kpicheck.report.register import compare, register

    if output not in FORMATS:
        raise UsageError(
            "unknown-format", word=output, known=", ".join(FORMATS), nearest=nearest(output, FORMATS)
        )
    spoken = language(lang, isolated=isolated)
    if comparing or names:
        if not comparing or names is None or len(names) != 2:  # noqa: PLR2004 - one and the other
            raise UsageError("compare-two")
        left, right = (rulesets.load(name, also_off=True) for name in names)
        say(compare(left, right, output, spoken))
        return 0
    chosen = rulesets.load(ruleset or environment("RULESET", isolated=isolated) or "landelijk", also_off=True)
    say(register(chosen, output, spoken))
    return 0
