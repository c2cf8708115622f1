"""Runs one rule on a plan: picks its subjects, fills its inputs in, ties its word to cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import compress, islice
from typing import Any, cast

from kpicheck.allowance import Allowance
from kpicheck.columns import BLANK, Column, Skip, column
from kpicheck.finding import Finding, NotChecked, Problem, Unjudged
from kpicheck.model import UNUSABLE, Cell, Gap, Party, Payment, Plan
from kpicheck.registry import Input
from kpicheck.ruleset import Rule
from kpicheck.subjects import Part

_BETWEEN_TICKS = 64
_SEVERAL = (list, tuple)
_SAID_AS_IT_IS = (str, int, Decimal, dt.date)


_Answered = tuple[object, Iterable[Problem | Unjudged | Skip]]


class Bench:
    """A part of a plan that rules are tried on; what several of them ask of it is looked up once."""

    def __init__(self, part: Part, allowance: Allowance) -> None:
        """Take the part of a plan, and what judging it may cost."""
        self._part = part
        self._plan = part.plan
        self._allowance = allowance
        self._subjects: dict[type[object], Sequence[object] | None] = {}
        self._unread: dict[str, list[Skip]] = {}
        self._columns: dict[type[object], dict[Input, Column]] = {}

    def run(self, rule: Rule) -> Iterable[Finding | NotChecked]:
        """What a rule says about this part: its findings, and where it could not judge. Raises Exceeded."""
        check = rule.check
        if check.per not in self._subjects:
            self._subjects[check.per] = self._part.subjects(check.per)
        subjects = self._subjects[check.per]
        if subjects is None:
            return (_not_checked(rule, Skip(f"missing-{check.per.__name__.lower()}"), self._plan),)
        if not subjects:
            return ()
        if check.reads and (unread := [skip for name in check.reads for skip in self._unreadable(name)]):
            return (_not_checked(rule, skip, self._plan) for skip in unread)
        return self.judged(rule, subjects)

    def judged(self, rule: Rule, subjects: Sequence[object]) -> Iterator[Finding | NotChecked]:
        """Call the check on each subject whose inputs are there. Raises Exceeded."""
        answers = self._answers(rule, subjects)
        for some in (
            (answers,) if len(subjects) <= _BETWEEN_TICKS else _some_at_a_time(answers, len(subjects))
        ):
            self._allowance.tick()
            for subject, outcomes in some:
                for outcome in outcomes:
                    yield _outcome(rule, outcome, subject, self._plan)

    def _answers(self, rule: Rule, subjects: Sequence[object]) -> Iterator[_Answered]:
        """What a check answers of the subjects it is asked of, and why it is not asked of the others."""
        check = rule.check
        known = self._columns.setdefault(check.per, {})  # subjects of one kind are always the same
        gaps: Mapping[int, Skip] = {}
        taken: list[Iterable[object]] = []
        for one in check.inputs:
            if one not in known:
                known[one] = column(one, subjects, self._plan)
            values, missing = known[one]
            taken.append(values)
            if missing:
                gaps = {**missing, **gaps}  # the first input that is not there says why
        ask = partial(check.function, **rule.thresholds) if rule.thresholds else check.function
        there = _there(check.only, taken[0], gaps, len(subjects)) if gaps or check.only else None
        if there is None:
            return zip(subjects, map(ask, *taken), strict=False)
        told = any(gap is not BLANK for gap in gaps.values()) if gaps else False
        if not told and not any(there):
            return iter(())
        asked = map(ask, *[compress(one, there) for one in taken])
        answers = zip(compress(subjects, there), asked, strict=False)
        return _with_gaps(answers, gaps, subjects, there) if told else answers

    def _unreadable(self, name: str) -> list[Skip]:
        """The cells of a field that hold no usable value for a plan-level check."""
        if name not in self._unread:
            fields = [row.field(name) for row in self._plan.payments]
            absent = bool(fields) and all(one.gap is Gap.ABSENT for one in fields)
            skips = [Skip(Gap.ABSENT.value, None, {"field": name})] if absent else []
            skips += [Skip(one.gap.value, one.cell) for one in fields if one.gap in UNUSABLE]
            self._unread[name] = skips
        return self._unread[name]


def _some_at_a_time(answers: Iterator[_Answered], number: int) -> Iterator[Iterator[_Answered]]:
    for _ in range(0, number, _BETWEEN_TICKS):
        yield islice(answers, _BETWEEN_TICKS)


def _there(
    only: Callable[[Any], object] | None, values: Iterable[object], gaps: Mapping[int, Skip], number: int
) -> list[object]:
    """Of which subjects a check is asked."""
    if only and not gaps:
        return [*map(only, islice(values, number))]
    if only:
        return [nth not in gaps and only(value) for nth, value in zip(range(number), values, strict=False)]
    return [nth not in gaps for nth in range(number)]


def _with_gaps(
    answers: Iterator[_Answered],
    gaps: Mapping[int, Skip],
    subjects: Sequence[object],
    there: Sequence[object],
) -> Iterator[_Answered]:
    """The answers of a check in the order of its subjects; where it was not asked, why, said once."""
    told = {BLANK}
    for nth, subject in enumerate(subjects):
        if there[nth]:
            yield next(answers)
        elif nth in gaps and (gap := gaps[nth]) not in told:
            told.add(gap)
            yield subject, (gap,)


def _outcome(
    rule: Rule, outcome: Problem | Unjudged | Skip, subject: object, plan: Plan
) -> Finding | NotChecked:
    if isinstance(outcome, Problem):
        return _finding(rule, outcome, subject, plan)
    if isinstance(outcome, Skip):
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
    if isinstance(value, _SAID_AS_IT_IS):
        return value
    if isinstance(value, _SEVERAL):
        return [_plain(one, sheet) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(one, sheet) for key, one in value.items()}
    if isinstance(value, Cell):
        return _ref(value, sheet)
    cell = getattr(value, "cell", None)
    return _ref(cell, sheet) if isinstance(cell, Cell) else value


def _unjudged(rule: Rule, word: Unjudged, subject: object, plan: Plan) -> NotChecked:
    cell = None if word.at is None else _place(word.at, subject, plan)
    return _not_checked(rule, Skip(word.reason, cell, word.facts), plan)


def _not_checked(rule: Rule, skip: Skip, plan: Plan) -> NotChecked:
    return NotChecked(
        rule=rule.code,
        slug=rule.check.slug,
        cell=_ref(skip.cell, plan.sheet) if skip.cell else None,
        reason=str(skip.reason),
        facts=skip.facts,
    )
