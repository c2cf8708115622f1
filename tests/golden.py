"""What every example says, word for word, with its facts: `python -m tests.golden` writes it anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from kpicheck import ruleset as rulesets
from kpicheck.engine import judge
from kpicheck.model import Plan
from kpicheck.reader import read
from kpicheck.registry import checks
from kpicheck.report.view import finding_view
from kpicheck.ruleset import Ruleset

from .building import build
from .extra_examples import all_examples

TODAY = date(2026, 11, 22)
FILE = Path(__file__).with_name("golden.txt")


def plans(code: str) -> list[Plan]:
    """The plans of a check's examples, read from real bytes."""
    built = [build(example) for example in all_examples(code)]
    return [one.stated.added_to(read(one.data)) for one in built]


def told(code: str, read_plans: list[Plan], ruleset: Ruleset) -> Iterator[str]:
    """One line a finding or unjudged rule: severity, cell, related cells, key, words and facts."""
    only = ruleset.only(code)
    for number, plan in enumerate(read_plans, start=1):
        report = judge(plan, only, today=TODAY)
        if report.failure is not None:
            yield f"{code} {number} crashed {report.failure.facts}"
        for finding in (one for one in report.findings if one.rule == code):
            view = finding_view(finding, "nl")
            place = f"{view.cell} {','.join(view.related) or '-'} {finding.key or '-'}"
            yield (
                f"{code} {number} {view.severity} {place} "
                f"{view.field or '-'} {view.kpi or '-'} | {view.message} | {_json(view.facts)}"
            )
        for word in (one for one in report.not_checked if one.rule == code):
            yield f"{code} {number} not-checked {word.cell or '-'} {word.reason} | {_json(word.facts)}"


def _json(facts: Mapping[str, object]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)


def current() -> str:
    """The whole file as it should be now."""
    ruleset = rulesets.load("landelijk", also_off=True)
    return "".join(f"{line}\n" for code in checks() for line in told(code, plans(code), ruleset))


if __name__ == "__main__":
    FILE.write_text(current(), encoding="utf-8")
