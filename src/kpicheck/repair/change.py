"""What a repair is: the cells it changes, the finding it is about, and why another is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpicheck.clean import masked
from kpicheck.model import Cell, Value, column_letters
from kpicheck.reader.places import Place
from kpicheck.writer.cells import Calculation, Content, Words

Address = tuple[str, int, int]
Target = tuple[str, str, str]
NO_RULE = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a repair is not made: a key of rules/texts, and the facts in it."""

    kind: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that gets other contents."""

    sheet: str
    place: Place
    was: Value
    content: Content

    @property
    def address(self) -> Address:
        """The cell, as formulas name it."""
        return (self.sheet.casefold(), *self.place)

    @property
    def ref(self) -> str:
        """The address as Excel writes it."""
        return f"{column_letters(self.place[1])}{self.place[0]}"

    @property
    def value(self) -> Value:
        """The value that the cell has then."""
        return self.content.value

    @property
    def retyped(self) -> bool:
        """Whether a text stays a text: nothing may come of it anywhere."""
        return isinstance(self.content, Words)

    @property
    def same_value(self) -> bool:
        """Whether the value is the one that was there."""
        return isinstance(self.content, Calculation) and self.was == self.value


@dataclass(frozen=True, slots=True)
class Repair:
    """Cells that are changed together or not at all, and the finding that goes by it, if any."""

    kind: str
    target: Target | None
    changes: tuple[Change, ...]

    @property
    def rule(self) -> str:
        """The rule of the finding that goes."""
        return self.target[0] if self.target else NO_RULE


@dataclass(frozen=True, slots=True)
class Left:
    """What is not repaired, and why."""

    rule: str
    sheet: str
    cell: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Proposals:
    """What may be repaired, and what cannot be, before anything is proven."""

    repairs: tuple[Repair, ...]
    left: tuple[Left, ...] = ()

    def __add__(self, other: Proposals) -> Proposals:
        """Both together."""
        return Proposals(self.repairs + other.repairs, self.left + other.left)


def target(rule: str, cell: Cell) -> Target:
    """A rule's finding at a cell, named as reports name it."""
    return rule, masked(cell.sheet), cell.ref


def change(cell: Cell, content: Content) -> Change:
    """Other contents for a cell."""
    return Change(cell.sheet, (cell.row, cell.column), cell.value, content)


def left(at: Target, kind: str, **facts: object) -> Left:
    """A finding that stays, and why."""
    return Left(*at, Reason(kind, facts))
