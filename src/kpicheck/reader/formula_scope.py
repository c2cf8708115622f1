"""Where a formula stands and what it can see from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpicheck.model.lasting import lasting
from kpicheck.reader.formula_tree import Area, Node, Unworkable
from kpicheck.reader.formula_values import Value, is_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@lasting()
class Scope:
    """Where a formula stands, and how it reaches cells and works out its parts.

    What was read is `down` rows higher than what it stands for. With `block` many cells are fetched at once.
    """

    sheet: str
    lookup: Callable[[str, int, int], Value]
    left_out: Callable[[int, str, int, int], bool]
    work: Callable[[Node, Scope], Value]
    down: int = 0
    block: Callable[[str, range, range], list[Value]] | None = None

    def value(self, node: Node) -> Value:
        """Work out a part. Raises Unworkable, for Excel errors too."""
        return self.work(node, self)

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        """Fetch one cell. Raises Unworkable where it holds an error."""
        value = self.lookup(sheet or self.sheet, row + self.down, column)
        if isinstance(value, str) and is_error(value):
            raise Unworkable(reason="error", detail=value)
        return value

    def cells(self, area: Area) -> list[Value]:
        """Fetch the cells of a block, row by row. Raises Unworkable where one holds an error."""
        sheet = area.sheet or self.sheet
        rows = range(area.top + self.down, area.bottom + self.down + 1)
        columns = range(area.left, area.right + 1)
        if self.block:
            return self.block(sheet, rows, columns)
        found = []
        for row in rows:
            for column in columns:
                value = self.lookup(sheet, row, column)
                if isinstance(value, str) and is_error(value):
                    raise Unworkable(reason="error", detail=value)
                found.append(value)
        return found

    def glance(self, area: Area) -> Iterator[Value]:
        """Fetch the cells of a block; an error comes out as its own text."""
        for row, column in places(area):
            try:
                yield self.cell(area.sheet, row, column)
            except Unworkable as problem:
                if problem.reason != "error":
                    raise
                yield problem.detail


def places(area: Area) -> Iterator[tuple[int, int]]:
    """List the rows and columns of a block, row by row."""
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column
