"""The register of a ruleset, and what differs between two, for the terminal, as JSON or as Markdown."""

from __future__ import annotations

import io
import json
from decimal import Decimal

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kpicheck import texts
from kpicheck.ruleset import Rule, Ruleset


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
    return _printed(header, rows)


def compare(left: Ruleset, right: Ruleset, output: str, language: str) -> str:
    """Every rule that is not the same in both rulesets, with what differs and the source of each side."""
    sides = [{rule.key: rule for rule in one.rules} for one in (left, right)]
    differences = [
        (key, name, *("–" if key not in side else _aspect(side[key], name, language) for side in sides))
        for key in sorted({*sides[0], *sides[1]})
        for name in _aspects(*(side[key] for side in sides if key in side))
    ]
    differences = [one for one in differences if one[2] != one[3]]
    if output == "json":
        plain = [{"rule": key, "what": name, left.name: a, right.name: b} for key, name, a, b in differences]
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
    header = [texts.text("report", f"column_{name}", language) for name in ("code", "what")]
    header += [left.name, right.name]
    rows = [list(one) for one in differences]
    if output == "md":
        return "".join(f"| {' | '.join(line)} |\n" for line in [header, ["---"] * len(header), *rows])
    return _printed(header, rows)


def _aspects(*rules: Rule) -> list[str]:
    return ["severity", *dict.fromkeys(name for rule in rules for name in rule.thresholds), "source"]


def _aspect(rule: Rule, name: str, language: str) -> str:
    if name == "severity":
        return level(rule, language)
    if name == "source":
        return f"{rule.source.doc}, {rule.source.at}"
    return str(rule.thresholds.get(name, "–"))


def _printed(header: list[str], rows: list[list[str]]) -> str:
    table = Table(*header, box=box.SIMPLE, pad_edge=False)
    for row in rows:
        table.add_row(*map(Text, row))
    target = io.StringIO()
    Console(file=target, width=100, highlight=False, emoji=False, markup=False).print(table)
    return "\n".join(line.rstrip() for line in target.getvalue().splitlines()).strip("\n") + "\n"


def level(rule: Rule, language: str) -> str:
    """Fout, Let op or Tip, and whether the rule is off in this ruleset."""
    said = texts.text("report", rule.severity.value, language)
    return said if rule.enabled else f"{said} ({texts.text('report', 'off', language)})"


def _row(rule: Rule, language: str) -> list[str]:
    return [
        rule.code,
        level(rule, language),
        texts.title(rule.code, language),
        f"{rule.source.doc}, {rule.source.at}",
    ]


def _plain(rule: Rule, language: str) -> dict[str, object]:
    return {
        "code": rule.code,
        "slug": rule.check.slug,
        "severity": rule.severity.value,
        "enabled": rule.enabled,
        "title": texts.title(rule.code, language),
        "why": texts.text(rule.code, "why", language),
        "thresholds": {
            name: str(value) if isinstance(value, Decimal) else value
            for name, value in rule.thresholds.items()
        },
        "source": {"doc": rule.source.doc, "at": rule.source.at, "quote": rule.source.quote},
    }
