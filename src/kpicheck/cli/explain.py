"""`kpicheck explain CODE`: what a rule demands, why, from where, and what to do."""

from __future__ import annotations

from typing import Annotated

import typer

from kpicheck.cli import terms
from kpicheck.cli.streams import say
from kpicheck.usage import UsageError, nearest


def explain(
    code: Annotated[str, typer.Argument(help="A rule's code or slug.")],
    *,
    ruleset: terms.RulesetName = None,
    lang: terms.Lang = None,
    isolated: terms.IsolatedFromVariables = False,
) -> int:
    """Explain one rule: what, why, source, a bad and a good example, what to do."""
    from kpicheck import ruleset as rulesets
    from kpicheck.cli.options import environment, language
    from kpicheck.report.rule_page import rule_page

    spoken = language(lang, isolated=isolated)
    chosen = rulesets.load(ruleset or environment("RULESET", isolated=isolated) or "landelijk", also_off=True)
    found = [one for one in chosen.rules if code.upper() == one.code or code.lower() == one.check.slug]
    if not found:
        known = [name for one in chosen.rules for name in (one.code, one.check.slug)]
        raise UsageError("unknown-rule", word=code, nearest=nearest(code, known))
    say(rule_page(found, spoken))
    return 0
