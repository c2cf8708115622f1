"""Runs one rule on a plan: picks its subjects, fills its inputs in, ties its word to cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from kpicheck.allowance import Allowance
from kpicheck.finding import Finding, NotChecked, Problem, Unjudged
from kpicheck.model import (
    Cell,
    ColumnFormulas,
    Example,
    Field,
    Gap,
    General,
    MissingColumn,
    Money,
    Party,
    Payment,
    Plan,
    Section,
    Summary,
    Text,
    TotalRow,
)
from kpicheck.registry import Check, Input
from kpicheck.ruleset import Rule

_DEPENDENT = (Gap.UNREADABLE, Gap.ERROR, Gap.UNCALCULATED)
_ONCE = (Gap.ABSENT, Gap.CUT_OFF)

_COLLECTIONS: dict[type[object], str] = {
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


def run(rule: Rule, plan: Plan, allowance: Allowance) -> Iterator[Finding | NotChecked]:
    """What a rule says about a plan: its findings, and where it could not judge. Raises Exceeded."""
    subjects = _subjects(rule, plan)
    if subjects is None:
        yield _not_checked(rule, _Skip(f"missing-{rule.check.per.__name__.lower()}"), plan)
        return
    unread = list(_unreadable(rule.check, plan))
    if unread:
        yield from (_not_checked(rule, skip, plan) for skip in unread)
        return
    yield from judged(rule, plan, subjects, allowance)


def judged(
    rule: Rule, plan: Plan, subjects: Sequence[object], allowance: Allowance
) -> Iterator[Finding | NotChecked]:
    """Call the check on each subject whose inputs are there. Raises Exceeded."""
    for subject in subjects:
        allowance.tick()
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


def _subjects(rule: Rule, plan: Plan) -> Sequence[object] | None:
    """The things of the plan that the check looks at, one by one; None where they are missing."""
    per = rule.check.per
    if per is Plan:
        return (plan,)
    if per is General:
        return None if plan.general is None else (plan.general,)
    if issubclass(per, Payment):
        return tuple(row for row in plan.payments if isinstance(row, per))
    return cast("Sequence[object]", getattr(plan, _COLLECTIONS[per]))


def _unreadable(check: Check, plan: Plan) -> Iterator[_Skip]:
    """The cells a plan-level check says it reads and that hold no usable value."""
    for name in check.reads:
        fields = [row.field(name) for row in plan.payments]
        if fields and all(one.gap is Gap.ABSENT for one in fields):
            yield _Skip("absent", None, {"field": name})
        for one in fields:
            if one.gap in _DEPENDENT:
                yield _Skip(str(one.gap), one.cell)


def _input(one: Input, subject: object, plan: Plan) -> object:
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


def _place(at: object, subject: object, plan: Plan) -> Cell:
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


def _owner(problem: Problem, subject: object) -> Payment | None:
    if problem.on is not None:
        return problem.on
    if isinstance(subject, Payment):
        return subject
    found = getattr(subject, "owner", None)
    return found if isinstance(found, Payment) else None


def _finding(rule: Rule, problem: Problem, subject: object, plan: Plan) -> Finding:
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
        key=problem.key or (subject.heading if isinstance(subject, Party) else ""),
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


def _unjudged(rule: Rule, word: Unjudged, subject: object, plan: Plan) -> NotChecked:
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
