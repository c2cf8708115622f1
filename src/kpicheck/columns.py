"""Where the inputs of a check come from: what each subject says, or the plan for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from operator import attrgetter

from kpicheck.model import UNUSABLE, Cell, Field, Gap, Plan
from kpicheck.registry import Input

_ONCE = (Gap.ABSENT, Gap.CUT_OFF)
_VALUE, _GAP = attrgetter("value"), attrgetter("gap")
_NO_FACTS: Mapping[str, object] = {}


class Skip:
    """Do not call the check, and why; nothing need be said of an input that is blank."""

    __slots__ = ("cell", "facts", "reason")

    def __init__(
        self, reason: str, cell: Cell | None = None, facts: Mapping[str, object] = _NO_FACTS
    ) -> None:
        """Take down the reason and the place, if there is one."""
        self.reason = reason
        self.cell = cell
        self.facts = facts


BLANK = Skip("")
_NO_GAPS: Mapping[int, Skip] = {}
Column = tuple[Iterable[object], Mapping[int, Skip]]


def column(one: Input, subjects: Sequence[object], plan: Plan) -> Column:
    """What the subjects say for one input; those that say nothing by their place, and why."""
    if one.subject:
        return subjects, _NO_GAPS
    first = subjects[0]
    of_subject = one.name != "plan" and hasattr(first, one.name)
    if of_subject and not isinstance(first, Plan):
        found = [*map(attrgetter(one.name), subjects)]
        return _of_fields(one, found) if isinstance(found[0], Field) else _varying(one, found)
    value = plan if one.name == "plan" else _of_plan(one, getattr(first if of_subject else plan, one.name))
    if isinstance(value, Skip):
        return repeat(value), dict.fromkeys(range(len(subjects)), value)
    return repeat(value), _NO_GAPS


def _varying(one: Input, found: list[object]) -> Column:
    """What the subjects say; nothing where it is None."""
    gaps = {} if one.optional else {nth: BLANK for nth, value in enumerate(found) if value is None}
    return found, gaps


def _of_fields(one: Input, fields: list[Field[object]]) -> Column:
    """The values of a field of the rows, or why there is none; for some checks the fields themselves."""
    if one.raw:
        asked = enumerate(fields) if one.first else ()
        missing = [nth for nth, field in asked if field.gap is Gap.ABSENT]
        return fields, {nth: gap for nth in missing if (gap := _gap(one, fields[nth]))}
    values = [*map(_VALUE, fields)]
    if None not in values and not any(map(_GAP, fields)):
        return values, _NO_GAPS
    return values, {nth: gap for nth, field in enumerate(fields) if (gap := _gap(one, field))}


def _of_plan(one: Input, value: object) -> object:
    """What the plan says, or that this input of it is missing."""
    if isinstance(value, Field) and not one.raw:
        gap = _gap(one, value)
        if value.gap is Gap.ABSENT:
            return _missing(one)
        value = gap if gap and gap is not BLANK else value.value
    return _missing(one) if value is None and not one.optional else value


def _missing(one: Input) -> Skip:
    return Skip(f"missing-{one.name.replace('_', '-')}")


def _gap(one: Input, field: Field[object]) -> Skip | None:
    """Why a field has no value to hand over."""
    if field.gap in UNUSABLE:
        return Skip(field.gap.value, field.cell)
    if field.gap in _ONCE:
        return _of_whole_column(field.gap, one.name)
    return None if one.optional or field.value is not None else BLANK


@cache
def _of_whole_column(gap: Gap, name: str) -> Skip:
    """A word that all rows share, so that it is said once."""
    return Skip(gap.value, None, {"field": name})
