"""Where everything stands in the milestone table: row 1 holds the headings, the milestones begin in row 2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kpicheck.model import column_letters
from kpicheck.template.wanted import MOST_ROWS, Wanted
from kpicheck.template.words import words

if TYPE_CHECKING:
    from kpicheck.reader.layout import Layout

FIRST_ROW = 2
LAST_ROW = FIRST_ROW + MOST_ROWS - 1  # as far as sums over the whole table look: rows may be added
KASSIER, PARTY = "kassier", "party"
CALCULATED = ("total", "control")


def official() -> Layout:
    """The layout as the reader knows it."""
    from kpicheck.reader.layout import official as known

    return known()


@dataclass(frozen=True)
class Column:
    """A column of the table: the field it holds and its heading."""

    field: str
    heading: str
    letter: str

    @property
    def money(self) -> bool:
        """Whether it holds the money of the kassier or of a party."""
        return self.field in (KASSIER, PARTY)


@dataclass(frozen=True)
class Table:
    """The table that is wanted."""

    wanted: Wanted

    @cached_property
    def columns(self) -> Sequence[Column]:
        """Those of the format, then the kassier, then the parties."""
        layout = official()
        found = list(layout.demanded.items())
        if self.wanted.kassier:
            found.append((KASSIER, words("headings")["kassier"]))
        first_party = layout.texts("parties", "heading")[0]
        numbers = range(1, self.wanted.parties + 1)
        found += [(PARTY, first_party.replace("1", str(number))) for number in numbers]
        return [Column(*one, column_letters(place)) for place, one in enumerate(found, 1)]

    @property
    def last_row(self) -> int:
        """The last row that is made ready for a milestone."""
        return FIRST_ROW + self.wanted.rows - 1

    @property
    def rows(self) -> Iterable[int]:
        """The rows that are made ready."""
        return range(FIRST_ROW, self.last_row + 1)

    def letter(self, field: str) -> str:
        """The column of a field; the first one of several."""
        return next(one.letter for one in self.columns if one.field == field)

    def down(self, first: str, last: str | None = None) -> str:
        """The rows made ready in those columns, such as A2:E41."""
        return f"{first}{FIRST_ROW}:{last or first}{self.last_row}"

    def whole(self, field: str, *, sheet: bool) -> str:
        """The whole column of a field, rows to come included, with or without the name of its sheet."""
        letter = self.letter(field)
        area = f"${letter}${FIRST_ROW}:${letter}${LAST_ROW}"
        return f"{words('sheets')['milestones']}!{area}" if sheet else area

    def money_of(self, kind: str, *, sheet: bool) -> str:
        """The money of all milestones of a type, however its word ends, as a formula."""
        types, totals = (self.whole(field, sheet=sheet) for field in ("type", "total"))
        return f'SUMIF({types},"{words("types")[f"{kind}_begins"]}",{totals})'

    def shares(self, row: int) -> str:
        """The cells of kassier and parties in a row, such as I2:L2."""
        letters = [one.letter for one in self.columns if one.money]
        return f"{letters[0]}{row}:{letters[-1]}{row}"

    def typed(self, row: int, *, fixed: bool = False) -> str:
        """The cells of a row that are there to be filled in, as arguments of a function."""
        mark = "$" if fixed else ""
        runs: list[list[str]] = [[]]
        for column in self.columns:
            if column.field in CALCULATED:
                runs.append([])
            else:
                runs[-1].append(f"{mark}{column.letter}{row}")
        return ",".join(run[0] if len(run) == 1 else f"{run[0]}:{run[-1]}" for run in runs if run)
