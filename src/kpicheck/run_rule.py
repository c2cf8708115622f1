"""Runs one rule on a plan: picks its subjects, fills its inputs in, ties its word to cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import compress, repeat
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
from kpicheck.registry import Input
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


_NO_FACTS: Mapping[str, object] = {}


class _Skip:
    """Do not call the check, and why; nothing need be said of an input that is blank."""

    __slots__ = ("cell", "facts", "reason")

    def __init__(
        self, reason: str, cell: Cell | None = None, facts: Mapping[str, object] = _NO_FACTS
    ) -> None:
        self.reason = reason
        self.cell = cell
        self.facts = facts


_BLANK = _Skip("")
_BETWEEN_TICKS = 64


# What the subjects of a check say for one of its inputs; those that say nothing by their place, and why.
_Column = tuple[Iterable[object], Mapping[int, _Skip]]


_Answer = Iterable[Problem | Unjudged | _Skip]


class Bench:
    """A plan that rules are tried on; what several of them ask of it is looked up once."""

    def __init__(self, plan: Plan, allowance: Allowance) -> None:
        """Take the plan, and what judging it may cost."""
        self._plan = plan
        self._allowance = allowance
        self._payments: dict[type[Payment], Sequence[Payment]] = {}
        self._unread: dict[str, list[_Skip]] = {}
        self._columns: dict[tuple[type[object], Input], _Column] = {}

    def run(self, rule: Rule) -> Iterator[Finding | NotChecked]:
        """What a rule says about the plan: its findings, and where it could not judge. Raises Exceeded."""
        subjects = self._subjects(rule.check.per)
        if subjects is None:
            yield _not_checked(rule, _Skip(f"missing-{rule.check.per.__name__.lower()}"), self._plan)
        elif unread := [skip for name in rule.check.reads for skip in self._unreadable(name)]:
            yield from (_not_checked(rule, skip, self._plan) for skip in unread)
        else:
            yield from self.judged(rule, subjects)

    def judged(self, rule: Rule, subjects: Sequence[object]) -> Iterator[Finding | NotChecked]:
        """Call the check on each subject whose inputs are there. Raises Exceeded."""
        if not subjects:
            return
        plan, gaps = self._plan, dict[int, _Skip]()
        columns = [self._column(rule.check.per, one, subjects) for one in rule.check.inputs]
        for _, missing in reversed(columns):
            gaps.update(missing)  # the first input that is not there says why
        there = [nth not in gaps for nth in range(len(subjects))] if gaps else None
        inputs = [compress(values, there) if there else values for values, _ in columns]
        answers: Iterator[_Answer] = map(partial(rule.check.function, **rule.thresholds), *inputs)
        if gaps:
            answers = _with_gaps(answers, gaps, len(subjects))
        for begin in range(0, len(subjects), _BETWEEN_TICKS):
            self._allowance.tick()
            for subject, outcomes in zip(subjects[begin : begin + _BETWEEN_TICKS], answers, strict=False):
                for outcome in outcomes:
                    yield _outcome(rule, outcome, subject, plan)

    def _column(self, per: type[object], one: Input, subjects: Sequence[object]) -> _Column:
        """What the subjects say for one input; those of one kind are always the same."""
        found = self._columns.get((per, one))
        if found is None:
            found = self._columns[per, one] = _column(one, subjects, self._plan)
        return found

    def _subjects(self, per: type[object]) -> Sequence[object] | None:
        """The things of the plan that a check looks at, one by one; None where they are missing."""
        plan = self._plan
        if per is Plan:
            return (plan,)
        if per is General:
            return None if plan.general is None else (plan.general,)
        if not issubclass(per, Payment):
            return cast("Sequence[object]", getattr(plan, _COLLECTIONS[per]))
        if per not in self._payments:
            self._payments[per] = tuple(row for row in plan.payments if isinstance(row, per))
        return self._payments[per]

    def _unreadable(self, name: str) -> list[_Skip]:
        """The cells of a field that hold no usable value for a plan-level check."""
        if name not in self._unread:
            fields = [row.field(name) for row in self._plan.payments]
            absent = bool(fields) and all(one.gap is Gap.ABSENT for one in fields)
            skips = [_Skip(Gap.ABSENT.value, None, {"field": name})] if absent else []
            skips += [_Skip(one.gap.value, one.cell) for one in fields if one.gap in _DEPENDENT]
            self._unread[name] = skips
        return self._unread[name]


def _column(one: Input, subjects: Sequence[object], plan: Plan) -> _Column:
    """Where an input of a check comes from: what each subject says, or the plan for all of them."""
    if one.subject:
        return subjects, {}
    first = subjects[0]
    of_subject = one.name != "plan" and hasattr(first, one.name)
    if of_subject and not isinstance(first, Plan):
        found = [getattr(subject, one.name) for subject in subjects]
        return _of_fields(one, found) if isinstance(found[0], Field) else _varying(one, found)
    value = plan if one.name == "plan" else _of_plan(one, getattr(first if of_subject else plan, one.name))
    gaps = dict.fromkeys(range(len(subjects)), value) if isinstance(value, _Skip) else {}
    return repeat(value), gaps


def _varying(one: Input, found: list[object]) -> _Column:
    """What the subjects say; nothing where it is None."""
    gaps = {} if one.optional else {nth: _BLANK for nth, value in enumerate(found) if value is None}
    return found, gaps


def _of_fields(one: Input, fields: list[Field[object]]) -> _Column:
    """The values of a field of the rows, or why there is none; for some checks the fields themselves."""
    if one.raw:
        asked = enumerate(fields) if one.first else ()
        missing = [nth for nth, field in asked if field.gap is Gap.ABSENT]
    else:
        missing = [nth for nth, field in enumerate(fields) if field.gap is not None or field.value is None]
    gaps = {nth: gap for nth in missing if (gap := _gap(one, fields[nth]))}
    return fields if one.raw else [field.value for field in fields], gaps


def _of_plan(one: Input, value: object) -> object:
    """What the plan says, or that this input of it is missing."""
    missing = _Skip(f"missing-{one.name.replace('_', '-')}")
    if isinstance(value, Field) and not one.raw:
        gap = _gap(one, value)
        value = missing if value.gap is Gap.ABSENT else gap if gap and gap is not _BLANK else value.value
    return missing if value is None and not one.optional else value


def _gap(one: Input, field: Field[object]) -> _Skip | None:
    """Why a field has no value to hand over."""
    if field.gap in _DEPENDENT:
        return _Skip(field.gap.value, field.cell)
    if field.gap in _ONCE:
        return _Skip(field.gap.value, None, {"field": one.name})
    return None if one.optional or field.value is not None else _BLANK


def _with_gaps(answers: Iterator[_Answer], gaps: Mapping[int, _Skip], subjects: int) -> Iterator[_Answer]:
    """The answers of a check in the order of its subjects; where it was not asked, why, said once."""
    told = {_BLANK}
    for nth in range(subjects):
        if nth not in gaps:
            yield next(answers)
        elif (gap := gaps[nth]) in told:
            yield ()
        else:
            told.add(gap)
            yield (gap,)


def _outcome(
    rule: Rule, outcome: Problem | Unjudged | _Skip, subject: object, plan: Plan
) -> Finding | NotChecked:
    if isinstance(outcome, Problem):
        return _finding(rule, outcome, subject, plan)
    if isinstance(outcome, _Skip):
        return _not_checked(rule, outcome, plan)
    return _unjudged(rule, outcome, subject, plan)


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
