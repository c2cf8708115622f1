"""Judges a plan by a ruleset. Pure: same plan and ruleset in, same report out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from kpicheck.finding import Failure, Finding, NotChecked, Problem, Report, Unjudged, fingerprint
from kpicheck.model import (
    Cell,
    ColumnFormulas,
    Example,
    Field,
    Gap,
    General,
    MissingColumn,
    Model,
    Money,
    Party,
    Payment,
    Plan,
    Section,
    Summary,
    Suppression,
    Text,
    TotalRow,
)
from kpicheck.registry import Check, Input
from kpicheck.ruleset import Rule, Ruleset

_DEPENDENT = (Gap.UNREADABLE, Gap.ERROR, Gap.UNCALCULATED)
_ONCE = (Gap.ABSENT, Gap.CUT_OFF)

_COLLECTIONS: dict[type[Model], str] = {
    Text: "texts",
    Money: "amounts",
    Party: "parties",
    Section: "sections",
    TotalRow: "totals",
    Summary: "summaries",
    Example: "examples",
    MissingColumn: "missing_columns",
    ColumnFormulas: "column_formulas",
}


@dataclass(frozen=True, slots=True)
class _Skip:
    """Do not call the check; `reason` None means that nothing need be said."""

    reason: str | None = None
    cell: Cell | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def judge(
    plan: Plan,
    ruleset: Ruleset,
    *,
    path: str = "",
    sha256: str | None = None,
    today: dt.date = dt.date.max,
) -> Report:
    """Run every rule of the set on the plan.

    Returns the findings in sheet order, what was not checked, and a failure where a check crashed. An
    exception takes its findings away and lists them as not checked; one that expired before `today` does not.
    """
    outcomes = _Outcomes()
    housekeeping = [rule for rule in ruleset.rules if rule.check.per is Suppression]
    others = [rule for rule in ruleset.rules if rule.check.per is not Suppression]
    for rule in sorted(others, key=lambda one: (one.code, -one.severity.rank)):
        outcomes.take(rule, _run(rule, plan))
    states = outcomes.suppress(plan.suppressions, ruleset, today)
    for rule in housekeeping:
        outcomes.take(rule, _judged(rule, plan, states))
    silent = {one.rule for one in outcomes.not_checked.values() if one.cell is None}
    return Report(
        path=path,
        sha256=sha256,
        plan=plan,
        findings=_in_sheet_order(outcomes.findings.values(), plan),
        not_checked=tuple(outcomes.not_checked.values()),
        checked=tuple(dict.fromkeys(rule.code for rule in ruleset.rules if rule.code not in silent)),
        failure=outcomes.failure,
        agreements=tuple((rule.code, rule.limits, rule.agreed) for rule in ruleset.rules if rule.agreed),
    )


class _Outcomes:
    """What the rules said so far."""

    def __init__(self) -> None:
        self.findings: dict[tuple[str, str, str, str | None], Finding] = {}
        self.not_checked: dict[tuple[object, ...], NotChecked] = {}
        self.failure: Failure | None = None

    def take(self, rule: Rule, outcomes: Iterable[Finding | NotChecked]) -> None:
        """Take down what one rule says; of rules that share a check the severest speaks at a cell."""
        try:
            for outcome in outcomes:
                if isinstance(outcome, Finding):
                    place = (outcome.rule, outcome.sheet, outcome.cell, _key(rule, outcome))
                    self.findings.setdefault(place, outcome)
                else:
                    key = (outcome.rule, outcome.cell, outcome.reason, str(outcome.facts))
                    self.not_checked.setdefault(key, outcome)
        except Exception as error:  # noqa: BLE001 - a crashing check is loud: it becomes exit code 3
            self.failure = Failure("check-crashed", {"rule": rule.code, "kind": type(error).__name__})

    def suppress(
        self, suppressions: Sequence[Suppression], ruleset: Ruleset, today: dt.date
    ) -> list[Suppression]:
        """Move suppressed findings to what was not checked; say of each exception what became of it."""
        states = []
        for one in suppressions:
            code = ruleset.code_of(one.rule)
            met = [
                place
                for place, finding in self.findings.items()
                if finding.rule == code and one.kpi in (None, finding.kpi, finding.name)
            ]
            expired = one.expires is not None and one.expires < today
            for place in () if expired else met:
                finding = self.findings.pop(place)
                facts = {"why": one.reason, "who": one.who or "", "expires": one.expires or ""}
                word = NotChecked(finding.rule, finding.slug, finding.cell, "suppressed", facts)
                self.not_checked[finding.rule, finding.sheet, finding.cell, "suppressed"] = word
            state = "expired" if expired else "active" if met else "unused"
            states.append(one.model_copy(update={"state": state}))
        return states


def _key(rule: Rule, finding: Finding) -> str | None:
    """What tells two findings of one rule at one cell apart: the check's key, or the party it is about."""
    facts = finding.facts
    found = facts.get("key", facts.get("party", facts if rule.check.per is Party else None))
    return None if found is None else str(found)


def _in_sheet_order(findings: Iterable[Finding], plan: Plan) -> tuple[Finding, ...]:
    order = {name: index for index, name in enumerate(plan.sheets)}
    placed = sorted(
        findings, key=lambda one: (order.get(one.sheet, len(order)), one.row, one.column, one.rule)
    )
    seen: Counter[str] = Counter()
    numbered = []
    for one in placed:
        same = fingerprint(one.rule, one.name or one.heading, one.field, one.facts.get("key", ""))
        seen[same] += 1
        numbered.append(replace(one, fingerprint=fingerprint(same, seen[same])))
    return tuple(numbered)


def _subjects(rule: Rule, plan: Plan) -> Sequence[Model] | None:
    """The things of the plan that the check looks at, one by one; None where they are missing."""
    per = rule.check.per
    if per is Plan:
        return (plan,)
    if per is General:
        return None if plan.general is None else (plan.general,)
    if issubclass(per, Payment):
        return tuple(row for row in plan.payments if isinstance(row, per))
    return cast("Sequence[Model]", getattr(plan, _COLLECTIONS[per]))


def _run(rule: Rule, plan: Plan) -> Iterator[Finding | NotChecked]:
    subjects = _subjects(rule, plan)
    if subjects is None:
        yield _not_checked(rule, _Skip(f"missing-{rule.check.per.__name__.lower()}"), plan)
        return
    unread = list(_unreadable(rule.check, plan))
    if unread:
        yield from (_not_checked(rule, skip, plan) for skip in unread)
        return
    yield from _judged(rule, plan, subjects)


def _judged(rule: Rule, plan: Plan, subjects: Sequence[Model]) -> Iterator[Finding | NotChecked]:
    """Call the check on each subject whose inputs are there."""
    for subject in subjects:
        arguments: list[object] = []
        for one in rule.check.inputs:
            value = _input(one, subject, plan)
            if isinstance(value, _Skip):
                if value.reason is not None:
                    yield _not_checked(rule, value, plan)
                break
            arguments.append(value)
        else:
            for outcome in rule.check.function(*arguments, **rule.thresholds):
                if isinstance(outcome, Problem):
                    yield _finding(rule, outcome, subject, plan)
                else:
                    yield _unjudged(rule, outcome, subject, plan)


def _unreadable(check: Check, plan: Plan) -> Iterator[_Skip]:
    """The cells a plan-level check says it reads and that hold no usable value."""
    for name in check.reads:
        fields = [row.field(name) for row in plan.payments]
        if fields and all(one.gap is Gap.ABSENT for one in fields):
            yield _Skip("absent", None, {"field": name})
        for one in fields:
            if one.gap in _DEPENDENT:
                yield _Skip(str(one.gap), one.cell)


def _input(one: Input, subject: Model, plan: Plan) -> object:
    if one.subject or one.name == "plan":
        return subject if one.subject else plan
    of_subject = hasattr(subject, one.name)
    value = getattr(subject if of_subject else plan, one.name)
    by_plan = isinstance(subject, Plan) or not of_subject
    missing = f"missing-{one.name.replace('_', '-')}" if by_plan else None
    lacking = isinstance(value, Field) and value.gap is Gap.ABSENT and one.first and not by_plan
    if isinstance(value, Field) and (lacking or not one.raw):
        if value.gap in _DEPENDENT:
            return _Skip(str(value.gap), value.cell)
        if value.gap is Gap.ABSENT and missing:
            return _Skip(missing)
        if value.gap in _ONCE:
            return _Skip(str(value.gap), None, {"field": one.name})
        value = value.value
    if value is None and not one.optional:
        return _Skip(missing)
    return value


def _place(at: object, subject: Model, plan: Plan) -> Cell:
    """The cell a check means by a field's name or by a thing of the plan."""
    if isinstance(at, Cell):
        return at
    if isinstance(at, str):
        if isinstance(subject, Payment):
            return subject.field(at).cell or plan.heading(at)
        if isinstance(subject, Plan):
            return plan.heading(at)
        at = getattr(subject, at)
        if isinstance(at, Cell):
            return at
    return cast("Cell", getattr(at, "cell", None) or plan.heading_row)


def _owner(problem: Problem, subject: Model) -> Payment | None:
    if problem.on is not None:
        return problem.on
    if isinstance(subject, Payment):
        return subject
    found = getattr(subject, "owner", None)
    return found if isinstance(found, Payment) else None


def _finding(rule: Rule, problem: Problem, subject: Model, plan: Plan) -> Finding:
    cell = _place(problem.at, subject, plan)
    owner = _owner(problem, subject)
    related = [_place(one, subject, plan) for one in problem.related]
    facts = {name: _plain(value, cell.sheet) for name, value in problem.facts.items()}
    return Finding(
        rule=rule.code,
        slug=rule.check.slug,
        severity=rule.severity,
        sheet=cell.sheet,
        cell=cell.ref,
        row=cell.row,
        column=cell.column,
        related=tuple(dict.fromkeys(_ref(one, cell.sheet) for one in related)),
        field=problem.at if isinstance(problem.at, str) else plan.field_of(cell),
        heading=plan.heading_text(cell),
        kpi=owner.number if owner else None,
        name=(owner.label or None) if owner else None,
        facts=facts,
        source=rule.source,
    )


def _ref(cell: Cell, sheet: str) -> str:
    if cell.sheet == sheet:
        return cell.ref
    return f"'{cell.sheet.replace(chr(39), chr(39) * 2)}'!{cell.ref}"


def _plain(value: object, sheet: str) -> object:
    """Facts may hold things that stand in cells: those become addresses."""
    if isinstance(value, list | tuple):
        return [_plain(one, sheet) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(one, sheet) for key, one in value.items()}
    if isinstance(value, Cell):
        return _ref(value, sheet)
    cell = getattr(value, "cell", None)
    return _ref(cell, sheet) if isinstance(cell, Cell) else value


def _unjudged(rule: Rule, word: Unjudged, subject: Model, plan: Plan) -> NotChecked:
    cell = None if word.at is None else _place(word.at, subject, plan)
    return _not_checked(rule, _Skip(word.reason, cell, word.facts), plan)


def _not_checked(rule: Rule, skip: _Skip, plan: Plan) -> NotChecked:
    return NotChecked(
        rule=rule.code,
        slug=rule.check.slug,
        cell=_ref(skip.cell, plan.sheet) if skip.cell else None,
        reason=str(skip.reason),
        facts=skip.facts,
    )
