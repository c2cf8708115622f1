"""Rows and columns of a milestone table: payments, sections, totals, parties and their shares."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from kpicheck.model.cells import ZERO, Cell, Field, Gap, Kind
from kpicheck.model.lasting import lasting
from kpicheck.model.parts import Line, Model, Part, line


class Heading(Model):
    """A heading of a table: the field it stands for, its text as typed and its cell."""

    field: str
    text: str
    cell: Cell


class Party(Model):
    """A column of money for one party (care provider, municipality or kassier).

    `listed` where it has no column of its own but stands in a cell with the others.
    """

    heading: str
    name: str
    code: str
    kind: str
    kassier: bool
    cell: Cell
    named: bool
    amount: Decimal = ZERO
    paid_rows: int = 0
    listed: bool = False


@lasting()
class Share(Part):
    """What one party gets of one row, in euro; a blank cell counts as zero."""

    party: str
    kassier: bool
    amount: Field[Decimal]
    listed: bool = False

    @property
    def cell(self) -> Cell | None:
        """The cell the amount stands in."""
        return self.amount.cell

    @property
    def column(self) -> int | None:
        """The column of that cell, without making the cell."""
        return self.amount.column

    @property
    def euros(self) -> Decimal:
        """The amount, with blank as zero."""
        return self.amount.value or ZERO


@line
class Payment(Line):
    """A row that carries money: a KPI or a start contribution."""

    sheet: str
    row: int
    section: str | None
    section_row: int | None
    name: Field[str]
    smart: Field[str]
    date: Field[dt.date]
    type: Field[Kind]
    evidence: Field[str]
    total: Field[Decimal]
    explanation: Field[str]
    control: Field[bool]
    shares: Field[tuple[Share, ...]]
    number: str | None
    subproject: str

    @property
    def label(self) -> str:
        """How the row is called in a report: its name as typed, else its number."""
        return str(self.name.value or self.number or "")

    @property
    def paid(self) -> bool:
        """A row is paid unless its amount is blank or 0; an unreadable amount counts as paid."""
        return self.total.filled and self.total.value != 0

    @property
    def euros(self) -> Decimal:
        """The amount of the row, with blank as zero."""
        return self.total.value or ZERO

    def field(self, name: str) -> Field[object]:
        """The field of that name."""
        found: Field[object] = getattr(self, name)
        return found


class Kpi(Payment):
    """A milestone row."""

    __slots__ = ()


class StartContribution(Payment):
    """A start contribution ("Startbijdrage"): money before the first milestone."""

    __slots__ = ()


@lasting()
class Text(Part):
    """One free text of a row: the field it stands in, where that is, and the row it belongs to."""

    field: str
    text: str
    at: Cell | Field[object]
    owner: Payment | None

    @property
    def cell(self) -> Cell:
        """The cell the text stands in."""
        found = self.at if isinstance(self.at, Cell) else self.at.cell
        assert found is not None, "a text stands in a cell"  # noqa: S101 - whoever made it asked
        return found


class Section(Model):
    """A "(n) TITLE" row with its subtotal; of a part such as "(2.1) TITLE" only `part` has the number."""

    number: str
    part: str = ""
    title: str
    cell: Cell
    subtotal: Field[Decimal]


class TotalRow(Model):
    """A total or subtotal row: its label and its amount per column."""

    kind: str
    label: str
    cell: Cell
    sheet: str
    row: int
    amounts: tuple[tuple[str, Field[Decimal]], ...]


class ColumnFormulas(Model):
    """Which KPI rows hold a formula in (totaal)Bedrag or Controle cel, and which a typed value."""

    field: str
    cell: Cell
    formulas: int
    typed: tuple[tuple[Payment, Cell], ...]


class TableRead(Model):
    """A milestone table, and what it is to the plan: a part of it, a copy of a part, or another version."""

    role: Literal["part", "copy", "version"]
    cell: Cell
    kpis: int


class MissingColumn(Model):
    """A column of the format that a table lacks, and the first cell of its heading row."""

    heading: str
    cell: Cell


class Example(Model):
    """An example or instruction row of the format that is still in the table."""

    cell: Cell
    text: str
    kind: str


def is_within(part: str, whole: str) -> bool:
    """Whether a numbered part is a part of another: (2.1.1) and (2.1a) are within (2.1), (2.10) is not."""
    rest = part.removeprefix(whole)
    return bool(rest) and rest != part and not rest[0].isdecimal()


def row_shares(row: Payment) -> tuple[Share, ...]:
    """The party cells of a row, also where their sum may not be judged."""
    return row.shares.value or ()


def amounts_of(row: Payment) -> list[Field[Decimal]]:
    """The amount cells of a row: its (totaal)Bedrag, where there is that column, and those of its parties."""
    amounts = [one.amount for one in row_shares(row)]
    return amounts if row.total.gap is Gap.ABSENT else [row.total, *amounts]


def sum_of(shares: Sequence[Share]) -> Decimal:
    """The money of kassier and parties together, in euro."""
    return sum([one.amount.value or ZERO for one in shares], ZERO)


def euros(rows: Sequence[Payment]) -> Decimal:
    """The money of those rows, in euro."""
    return sum([row.total.value or ZERO for row in rows], ZERO)
