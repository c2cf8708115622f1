"""The register of a ruleset as a table for the terminal, as JSON or as Markdown."""

from __future__ import annotations

import io
import json
from decimal import Decimal

from rich import box
from rich.console import Console
from rich.table import Table

from kpicheck import texts
from kpicheck.ruleset import Rule, Ruleset

FORMATS = ("table", "json", "md")


def register(ruleset: Ruleset, output: str, language: str) -> str:
    """Every rule with code, slug, level, title and source."""
    if output == "json":
        return (
            json.dumps(
                {
                    "ruleset": {"name": ruleset.name, "title": ruleset.title, "sha256": ruleset.sha256},
                    "rules": [_plain(rule, language) for rule in ruleset.rules],
                    "manual": [
                        {"slug": one.slug, "text": texts.text("manual", one.slug, language)}
                        for one in ruleset.manual
                    ],
                },
                ensure_ascii=False,
                indent=1,
            )
            + "\n"
        )
    rows = [_row(rule, language) for rule in ruleset.rules]
    header = [
        texts.text("report", f"column_{name}", language) for name in ("code", "level", "title", "source")
    ]
    if output == "md":
        lines = [header, ["---"] * len(header), *rows]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)
    table = Table(*header, box=box.SIMPLE, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    target = io.StringIO()
    Console(file=target, width=100, highlight=False, emoji=False, markup=False).print(table)
    return "\n".join(line.rstrip() for line in target.getvalue().splitlines()).strip("\n") + "\n"


def _row(rule: Rule, language: str) -> list[str]:
    return [
        rule.code,
        texts.text("report", rule.severity.value, language),
        texts.title(rule.code, language),
        f"{rule.source.doc}, {rule.source.at}",
    ]


def _plain(rule: Rule, language: str) -> dict[str, object]:
    return {
        "code": rule.code,
        "slug": rule.check.slug,
        "severity": rule.severity.value,
        "title": texts.title(rule.code, language),
        "why": texts.text(rule.code, "why", language),
        "thresholds": {
            name: str(value) if isinstance(value, Decimal) else value
            for name, value in rule.thresholds.items()
        },
        "source": {"doc": rule.source.doc, "at": rule.source.at, "quote": rule.source.quote},
    }
