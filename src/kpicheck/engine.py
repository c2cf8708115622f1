"""Judges a plan by a ruleset. Pure: same plan and ruleset in, same report out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from sys import getsizeof

from kpicheck.allowance import BYTES_OF_FINDING, Allowance, Exceeded
from kpicheck.finding import Failure, Finding, NotChecked, Report, fingerprint
from kpicheck.model import Plan, Suppression
from kpicheck.ruleset import Rule, Ruleset
from kpicheck.run_rule import Bench


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
    bench = Bench(plan, allowance)
    for rule in ruleset.about_plans:
        outcomes.take(rule, bench.run(rule))
    states = outcomes.suppress(plan.suppressions, ruleset, today)
    for rule in ruleset.about_exceptions:
        outcomes.take(rule, bench.judged(rule, states))
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
        checked=tuple(dict.fromkeys(rule.code for rule in ruleset.rules if rule.code not in silent)),
        failure=outcomes.failure,
        agreements=tuple((rule.code, rule.limits, rule.agreed) for rule in ruleset.rules if rule.agreed),
    )


class _Outcomes:
    """What the rules said so far."""

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        self.findings: dict[tuple[str, str, str, str], Finding] = {}
        self.not_checked: dict[tuple[object, ...], NotChecked] = {}
        self.failure: Failure | None = None

    def take(self, rule: Rule, outcomes: Iterable[Finding | NotChecked]) -> None:
        """Take down what one rule says; of rules that share a check the severest speaks at a cell."""
        try:
            for outcome in outcomes:
                self.allowance.tick()
                if isinstance(outcome, Finding):
                    self.allowance.spend("findings")
                    self.allowance.spend("memory", BYTES_OF_FINDING + getsizeof(outcome.related))
                    self.findings.setdefault(_place(outcome), outcome)
                else:
                    key = (outcome.rule, outcome.cell, outcome.reason, str(outcome.facts))
                    self.not_checked.setdefault(key, outcome)
        except (Exceeded, MemoryError, RecursionError):
            raise
        except Exception as error:  # noqa: BLE001 - a crashing check is loud: it becomes exit code 3
            facts = {"rule": rule.code, "kind": type(error).__name__}
            self.failure = Failure("check-crashed", facts)
            word = NotChecked(rule.code, rule.check.slug, None, "crashed", facts)
            self.not_checked[rule.code, None, "crashed"] = word

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


def _place(one: Finding) -> tuple[str, str, str, str]:
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
