"""Judges a plan by a ruleset. Pure: same plan and ruleset in, same report out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from sys import getsizeof
from typing import TypeVar

from kpicheck.allowance import BYTES_OF_FINDING, Allowance, Exceeded
from kpicheck.finding import Failure, Finding, NotChecked, Report, fingerprint
from kpicheck.model import Plan, Suppression
from kpicheck.ruleset import Rule, Ruleset
from kpicheck.run_rule import Bench
from kpicheck.subjects import Part, parts


def judge(
    plan: Plan,
    ruleset: Ruleset,
    *,
    path: str = "",
    today: dt.date = dt.date.max,
    allowance: Allowance | None = None,
) -> Report:
    """Run every rule of the set on the plan.

    Returns the findings in sheet order, what was not checked, and a failure where a check crashed. An
    exception takes its findings away and lists them as not checked; one that expired before `today` does not.
    Raises Exceeded where the plan asks more than the allowance, if one is given.
    """
    allowance = allowance or Allowance({})
    outcomes = _Outcomes(allowance)
    for part in parts(plan):
        bench = Bench(part, allowance)
        for rule in ruleset.about_plans:
            outcomes.take(rule, bench.run)
    outcomes.put_together(ruleset.about_plans)
    states = outcomes.suppress(plan.suppressions, ruleset, today)
    for rule in ruleset.about_exceptions if states else ():
        outcomes.take(rule, partial(Bench(Part(plan, ()), allowance).judged, subjects=states))
    outcomes.put_together(ruleset.about_exceptions)
    silent = {one.rule for one in outcomes.not_checked.values() if one.cell is None}
    words = outcomes.not_checked.values()
    excepted = [one.excepted for one in words if one.excepted]
    placed = {_place(one): one for one in _in_sheet_order([*outcomes.findings.values(), *excepted], plan)}
    return Report(
        path=path,
        sha256=None,
        plan=plan,
        findings=tuple(one for place, one in placed.items() if place in outcomes.findings),
        not_checked=tuple(
            one._replace(excepted=placed[_place(one.excepted)]) if one.excepted else one for one in words
        ),
        checked=tuple(code for code in ruleset.codes if code not in silent),
        failure=outcomes.failure,
        agreements=ruleset.agreements,
    )


K = TypeVar("K")
V = TypeVar("V")
_Place = tuple[str, str, str, str]


class _Said:
    """What one rule said, part by part."""

    def __init__(self) -> None:
        self.findings: dict[_Place, Finding] = {}
        self.not_checked: dict[tuple[object, ...], NotChecked] = {}
        self.failure: Failure | None = None


class _Outcomes:
    """What the rules said so far."""

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        self.findings: dict[_Place, Finding] = {}
        self.not_checked: dict[tuple[object, ...], NotChecked] = {}
        self.failure: Failure | None = None
        self._by_rule: dict[str, _Said] = {}

    def take(self, rule: Rule, ask: Callable[[Rule], Iterable[Finding | NotChecked]]) -> None:
        """Let one rule judge a part, and take down what it says; one that crashed is not asked again."""
        said = self._by_rule.get(rule.key)
        if said and said.failure:
            return
        try:
            for outcome in ask(rule):
                said = said or self._by_rule.setdefault(rule.key, _Said())
                self.allowance.tick()
                if isinstance(outcome, Finding):
                    self.allowance.spend("findings")
                    self.allowance.spend("memory", BYTES_OF_FINDING + getsizeof(outcome.related))
                    said.findings.setdefault(_place(outcome), outcome)
                else:
                    key = (outcome.rule, outcome.cell, outcome.reason, str(outcome.facts))
                    said.not_checked.setdefault(key, outcome)
        except (Exceeded, MemoryError, RecursionError):
            raise
        except Exception as error:  # noqa: BLE001 - a crashing check is loud: it becomes exit code 3
            facts = {"rule": rule.code, "kind": type(error).__name__}
            said = said or self._by_rule.setdefault(rule.key, _Said())
            said.failure = Failure("check-crashed", facts)
            word = NotChecked(rule.code, rule.check.slug, None, "crashed", facts)
            said.not_checked[rule.code, None, "crashed"] = word

    def put_together(self, rules: Iterable[Rule]) -> None:
        """Put what was said in the order of the rules; of two with one check the severest goes first."""
        for rule in rules:
            if said := self._by_rule.pop(rule.key, None):
                _add(self.findings, said.findings)
                _add(self.not_checked, said.not_checked)
                self.failure = said.failure or self.failure

    def suppress(
        self, suppressions: Sequence[Suppression], ruleset: Ruleset, today: dt.date
    ) -> list[Suppression]:
        """Move suppressed findings to what was not checked; say of each exception what became of it."""
        states = []
        for one in suppressions:
            code = ruleset.chosen_code(one.rule)
            if code is None:  # a rule that this run left out: nothing can be said of its exceptions
                states.append(one)
                continue
            met = [
                place
                for place, finding in self.findings.items()
                if finding.rule == code and one.kpi in (None, finding.kpi, finding.name)
            ]
            expired = one.expires is not None and one.expires < today
            for place in () if expired else met:
                finding = self.findings.pop(place)
                facts = {"why": one.reason, "who": one.who or "", "expires": one.expires or ""}
                word = NotChecked(finding.rule, finding.slug, finding.cell, "suppressed", facts, finding)
                self.not_checked[(*place, "suppressed")] = word
            state = "expired" if expired else "active" if met else "unused"
            states.append(one.model_copy(update={"state": state}))
        return states


def _add(known: dict[K, V], new: dict[K, V]) -> None:
    """What is not known yet, behind what is."""
    for key, value in new.items():
        known.setdefault(key, value)


def _place(one: Finding) -> _Place:
    """What tells one finding of a plan from the others."""
    return one.rule, one.sheet, one.cell, one.key


def _in_sheet_order(findings: Iterable[Finding], plan: Plan) -> tuple[Finding, ...]:
    order = {name: index for index, name in enumerate(plan.sheets)}
    placed = sorted(
        findings, key=lambda one: (order.get(one.sheet, len(order)), one.row, one.column, one.rule)
    )
    seen: Counter[str] = Counter()
    numbered = []
    for one in placed:
        same = fingerprint(one.rule, one.name or one.heading, one.field, one.key)
        seen[same] += 1
        numbered.append(one._replace(fingerprint=fingerprint(same, seen[same])))
    return tuple(numbered)
