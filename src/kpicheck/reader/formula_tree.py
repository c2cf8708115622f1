"""What a formula is made of once it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal


class Unworkable(Exception):  # noqa: N818  an answer about a formula, not an error of the program
    """A formula that cannot be worked out here: cycle, function, error, reference, syntax or type."""

    def __init__(self, reason: str, detail: str = "") -> None:
        """Take the reason, and the piece of the formula or the Excel error it is about."""
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class Constant(NamedTuple):
    """A number, text or truth value written in the formula; None for an argument left out."""

    value: Decimal | str | bool | None


class Fault(NamedTuple):
    """An Excel error written in the formula, such as #REF!."""

    code: str


class Area(NamedTuple):
    """A cell or a block of cells; no sheet means the formula's own."""

    sheet: str | None
    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> int:
        """Count the cells."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


class Signed(NamedTuple):
    """An operand behind minus signs."""

    minuses: int
    operand: Node


class Percent(NamedTuple):
    """An operand before percent signs."""

    signs: int
    operand: Node


class Chain(NamedTuple):
    """Operators of one precedence, worked out from left to right."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


class Call(NamedTuple):
    """A function with its arguments, by its English name."""

    name: str
    arguments: tuple[Node, ...]


Node = Constant | Fault | Area | Signed | Percent | Chain | Call
