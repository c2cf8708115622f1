"""The workbook as its author sees it: cells, rows, parties and the plan they form.

Money is `Decimal` euro, dates are `date`; nothing here knows Excel files or rules.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

Value = Decimal | str | bool | dt.date | None

T = TypeVar("T")

ZERO = Decimal(0)


class Gap(StrEnum):
    """Why a field has no value."""

    BLANK = "blank"
    UNREADABLE = "unreadable"
    ERROR = "error"
    UNCALCULATED = "uncalculated"
    ABSENT = "absent"
    CUT_OFF = "cut-off"


class Kind(StrEnum):
    """The two types of KPI of the format."""

    EFFORT = "effort"
    RESULT = "result"


class Model(BaseModel):
    """Frozen and strict; a wrong type is a fault in the reader, and its values stay out of messages."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", hide_input_in_errors=True, arbitrary_types_allowed=True
    )


def column_letters(column: int) -> str:
    """Excel's name of a column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it stands in the sheet.

    `value` is the stored value, or what the formula gives where nothing was stored. `given` is what the
    formula gives on the stored parts (None where there is no formula or it could not be worked out).
    `unworkable` says why a formula without stored result could not be worked out.
    """

    sheet: str
    row: int
    column: int
    value: Value = None
    formula: str | None = None
    given: Value = None
    dated: bool = False
    unworkable: str = ""
    hidden: bool = False

    @property
    def ref(self) -> str:
        """The address as Excel writes it, without the sheet."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def uncalculated(self) -> bool:
        """Whether a formula has no stored result and could not be worked out."""
        return bool(self.unworkable)

    @property
    def stale(self) -> bool:
        """Whether the stored result is not what the formula gives on the stored parts."""
        return self.given is not None and not self.error and self.value != self.given

    @property
    def error(self) -> bool:
        """Whether the cell shows an Excel error such as #REF! or #VERW!."""
        return isinstance(self.value, str) and is_excel_error(self.value)

    @property
    def blank(self) -> bool:
        """Whether a reader of the sheet sees nothing here."""
        return not self.uncalculated and (
            self.value is None or (isinstance(self.value, str) and not self.value.strip())
        )


EXCEL_ERRORS = frozenset(
    {
        *("#REF!", "#VERW!", "#N/A", "#N/B", "#VALUE!", "#WAARDE!", "#NAME?", "#NAAM?"),
        *("#DIV/0!", "#DEEL/0!", "#NUM!", "#GETAL!", "#NULL!", "#LEEG!", "#SPILL!", "#OVERLOOP!"),
        *("#CALC!", "#BEREKENING!", "#FIELD!", "#VELD!", "#BLOCKED!", "#GEBLOKKEERD!", "#CONNECT!"),
        *("#UNKNOWN!", "#ONBEKEND!", "#BUSY!", "#GETTING_DATA", "#GEGEVENS_OPHALEN", "#PYTHON!"),
    }
)


def is_excel_error(text: str) -> bool:
    """Whether a text is one of Excel's error values, in English or Dutch."""
    return text.startswith("#") and text.strip().upper() in EXCEL_ERRORS


class Field(Model, Generic[T]):
    """What one cell says about one field of a row: a value, or the reason why there is none."""

    value: T | None = None
    gap: Gap | None = None
    cell: Cell | None = None
    from_text: bool = False

    @property
    def blank(self) -> bool:
        """The column is there and nothing is filled in."""
        return self.gap is Gap.BLANK

    @property
    def filled(self) -> bool:
        """Something stands in the cell, readable or not."""
        return self.gap not in (Gap.BLANK, Gap.ABSENT)


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


class Share(Model):
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
    def euros(self) -> Decimal:
        """The amount, with blank as zero."""
        return self.amount.value or ZERO


class Payment(Model):
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


class StartContribution(Payment):
    """A start contribution ("Startbijdrage"): money before the first milestone."""


class Text(Model):
    """One free text of a row: the field it stands in, and the row it belongs to."""

    field: str
    text: str
    cell: Cell
    owner: Payment | None


class Money(Model):
    """One amount cell of a row: its (totaal)Bedrag or the share of a party."""

    field: str
    amount: Field[Decimal]
    owner: Payment | None

    @property
    def cell(self) -> Cell | None:
        """The cell the amount stands in."""
        return self.amount.cell


class Section(Model):
    """A "(n) TITLE" row with its subtotal."""

    number: str
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


class SummaryLine(Model):
    """One line of a summary block; a figure that is not there is None."""

    label: str
    kind: str
    section: str | None
    cell: Cell
    figures: tuple[tuple[str, Field[Decimal]], ...]

    def figure(self, name: str) -> Field[Decimal] | None:
        """The figure of that name (count, total, effort, result, share, effort_share, result_share)."""
        return next((found for key, found in self.figures if key == name), None)


class Summary(Model):
    """A summary block: lines by type or by section, with their totals line."""

    by: str
    cell: Cell
    lines: tuple[SummaryLine, ...]


class Answer(Model):
    """A label of the general sheet and the answer beside it."""

    label: Cell
    answer: Cell
    text: str


class General(Model):
    """The general sheet ("Algemene gegevens"): answers by field; a label that is not there is None."""

    sheet: str
    cell: Cell
    plan_name: Answer | None
    submitter: Answer | None
    insurer_contact: Answer | None
    kassier: Answer | None

    @property
    def kassier_word(self) -> str | None:
        """The answer's first word where it is ja or nee."""
        words = (self.kassier.text if self.kassier else "").casefold().split(None, 1)
        first = words[0].strip(",.;:-–()/") if words else ""
        return first if first in ("ja", "nee") else None

    @property
    def kassier_name(self) -> str:
        """Who takes the kassier role, as answered after "ja"."""
        text = self.kassier.text.strip() if self.kassier else ""
        return text[len(self.kassier_word) :].strip(" ,.;:-–()/\n") if self.kassier_word else ""


class Budget(Model):
    """The budget per calendar year in euro, and where it was read."""

    years: tuple[tuple[int, Decimal], ...]
    origin: str
    cell: Cell | None = None


class Period(Model):
    """Start and end of the plan, counted inclusively; `stated` is False where KPI dates had to serve."""

    start: dt.date
    end: dt.date
    stated: bool


class ColumnFormulas(Model):
    """Which KPI rows hold a formula in (totaal)Bedrag or Controle cel, and which a typed value."""

    field: str
    cell: Cell
    formulas: int
    typed: tuple[tuple[Payment, Cell], ...]


class MissingColumn(Model):
    """A column of the format that a table lacks, and the first cell of its heading row."""

    heading: str
    cell: Cell


class Example(Model):
    """An example or instruction row of the format that is still in the table."""

    cell: Cell
    text: str
    kind: str


class Hidden(Model):
    """A hidden row, column or sheet with amounts in it, and the cell it is shown at."""

    kind: str
    cell: Cell


class Suppression(Model):
    """An exception from a rule: for one KPI or the whole plan, always with a reason.

    `state` is set by the engine: active, unused (nothing to suppress) or expired.
    """

    rule: str
    reason: str
    kpi: str | None = None
    who: str | None = None
    expires: dt.date | None = None
    state: str = "active"


class AgreedParty(Model):
    """What was agreed for a party: its total in euro, and the subprojects it may have money in."""

    party: str
    total: Decimal | None = None
    subprojects: tuple[str, ...] = ()


class Plan(Model):
    """One milestone plan, with everything the checks may ask about it."""

    name: str
    layout: str
    sheet: str
    headings: tuple[Heading, ...]
    heading_row: Cell
    missing_columns: tuple[MissingColumn, ...]
    parties: tuple[Party, ...]
    payments: tuple[Payment, ...]
    sections: tuple[Section, ...]
    totals: tuple[TotalRow, ...]
    summaries: tuple[Summary, ...]
    examples: tuple[Example, ...]
    unrecognised: tuple[Text, ...]
    error_cells: tuple[Cell, ...]
    uncalculated: tuple[Cell, ...]
    stale_cells: tuple[Cell, ...]
    citizen_cells: tuple[Cell, ...]
    hidden: tuple[Hidden, ...]
    titles: tuple[Cell, ...]
    column_formulas: tuple[ColumnFormulas, ...]
    general: General | None
    requested: Field[Decimal]
    budget: Budget | None
    period: Period | None
    max_total: Decimal | None = None
    party_agreements: tuple[AgreedParty, ...] | None = None
    suppressions: tuple[Suppression, ...] = ()
    sheets: tuple[str, ...]

    def heading(self, field: str) -> Cell:
        """The heading cell of a field; the first heading where the column is missing."""
        return next((found.cell for found in self.headings if found.field == field), self.heading_row)

    def heading_text(self, cell: Cell) -> str:
        """The heading above a cell of the table, as typed."""
        return self._heading_by_column.get((cell.sheet, cell.column), "")

    def field_of(self, cell: Cell) -> str:
        """The field a cell stands for, by its column in a table; empty elsewhere."""
        return self._field_by_column.get((cell.sheet, cell.column), "")

    @cached_property
    def _field_by_column(self) -> dict[tuple[str, int], str]:
        return {(found.cell.sheet, found.cell.column): found.field for found in self.headings}

    @cached_property
    def _heading_by_column(self) -> dict[tuple[str, int], str]:
        return {(found.cell.sheet, found.cell.column): found.text for found in self.headings}

    @cached_property
    def kpis(self) -> tuple[Kpi, ...]:
        """The milestone rows, without start contributions."""
        return tuple(row for row in self.payments if isinstance(row, Kpi))

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every free text the S rules read: Naam, SMART, Bewijsvoering, Toelichting and section titles."""
        found = [
            Text(field=name, text=field.value, cell=field.cell, owner=row)
            for row in self.payments
            for name in ("name", "smart", "evidence", "explanation")
            if isinstance((field := row.field(name)).value, str) and field.cell is not None
        ]
        found += [Text(field="name", text=one.title, cell=one.cell, owner=None) for one in self.sections]
        return tuple(found)

    @cached_property
    def amounts(self) -> tuple[Money, ...]:
        """Every amount cell of the payment rows: totals and party cells."""
        found: list[Money] = []
        for row in self.payments:
            if row.total.gap is not Gap.ABSENT:
                found.append(Money(field="total", amount=row.total, owner=row))
            found += [Money(field="party", amount=one.amount, owner=row) for one in row_shares(row)]
        return tuple(found)

    @property
    def stated_period(self) -> Period | None:
        """Start and end of the plan where somebody stated them; never derived from KPI dates."""
        return self.period if self.period and self.period.stated else None

    @property
    def split_elsewhere(self) -> bool:
        """Whether any row of the plan is split over parties."""
        return any(one.paid_rows for one in self.parties)

    @property
    def untyped_payments(self) -> tuple[Payment, ...]:
        """Paid rows whose type is blank or unreadable."""
        return tuple(row for row in self.payments if row.type.value is None)


def normalised(text: str) -> str:
    """Letters and digits in lower case, with single spaces between words: how names are compared."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def row_shares(row: Payment) -> tuple[Share, ...]:
    """The party cells of a row, also where their sum may not be judged."""
    return row.shares.value or ()


def sum_of(shares: Sequence[Share]) -> Decimal:
    """The money of kassier and parties together, in euro."""
    return sum((one.euros for one in shares), ZERO)


def euros(rows: Sequence[Payment]) -> Decimal:
    """The money of those rows, in euro."""
    return sum((row.euros for row in rows), ZERO)
