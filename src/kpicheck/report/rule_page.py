"""One rule as a page of Markdown: the explanation on the command line and the pages in docs/."""

from __future__ import annotations

from collections.abc import Sequence

from kpicheck import texts
from kpicheck.examples import examples
from kpicheck.ruleset import Rule


def rule_page(rules: Sequence[Rule], language: str) -> str:
    """What the rule finds, why, its source, examples and what to do. Several rules may share a check."""
    first = rules[0]

    def say(key: str, **facts: object) -> str:
        return texts.text("report", key, language, facts)

    lines = [f"# {first.code} {first.check.slug}", "", f"**{texts.title(first.code, language)}**", ""]
    for rule in rules:
        level = say(rule.severity.value) + ("" if rule.enabled else f" ({say('off')})")
        lines.append(
            f"- {say('level')}: {level} ({rule.severity.value})"
            + (f" · {rule.limits}" if rule.limits else "")
        )
    lines += ["", texts.text(first.code, "why", language), ""]
    shown = dict.fromkeys(rule.source for rule in rules)
    lines += [say("source", doc=one.doc, at=one.at, quote=one.quote) for one in shown]
    for one in examples(first.check.doc):
        label = say("good_example" if one.good else "bad_example")
        lines += ["", f"{label}:", "", *(f"    {line}" for line in one.text.splitlines())]
    lines += ["", f"{say('do_now')} {texts.advice(first.code, language)}", ""]
    return "\n".join(lines)
