"""The plan: everything the checks may ask about one workbook."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any, Final

from kpicheck.model.around import (
    AgreedParty,
    Budget,
    General,
    Hidden,
    Period,
    Summary,
    Suppression,
)
from kpicheck.model.cells import Cell, Field
from kpicheck.model.parts import Model
from kpicheck.model.rows import (
    ColumnFormulas,
    Example,
    Heading,
    Kpi,
    MissingColumn,
    Party,
    Payment,
    Section,
    TableRead,
    Text,
    TotalRow,
    is_within,
)


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
    tables: tuple[TableRead, ...]
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

    def rows_of(self, section: Section) -> tuple[Payment, ...]:
        """The rows of a "(n) TITLE" row, up to the next; titles without a number in between are its parts.

        Of a numbered part the rows up to the next title that is not within it.
        """
        sheet, first = section.cell.sheet, section.cell.row
        heads = self._heads[sheet]
        found: list[Payment] = []
        for row, number, part in heads[bisect_left(heads, (first, "", "")) :]:
            beyond = number or (section.part and not is_within(part, section.part))
            if beyond and row > first:
                break
            found += self._rows_by_head.get((sheet, row), ())
        return tuple(found)

    @cached_property
    def _heads(self) -> dict[str, list[tuple[int, str, str]]]:
        """The rows of the sections by sheet, and their numbers."""
        found: dict[str, list[tuple[int, str, str]]] = {}
        for one in self.sections:
            found.setdefault(one.cell.sheet, []).append((one.cell.row, one.number, one.part))
        return {sheet: sorted(heads) for sheet, heads in found.items()}

    @cached_property
    def _rows_by_head(self) -> dict[tuple[str, int | None], list[Payment]]:
        found: dict[tuple[str, int | None], list[Payment]] = {}
        for row in self.payments:
            found.setdefault((row.sheet, row.section_row), []).append(row)
        return found

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


FREE_TEXTS: Final = ("name", "smart", "evidence", "explanation")


def texts_of(rows: Iterable[Payment], fields: Sequence[str] = FREE_TEXTS) -> list[Text]:
    """The free texts of rows that the S rules read: Naam, SMART, Bewijsvoering and Toelichting."""
    read: Callable[[Payment], tuple[Field[Any], ...]] = attrgetter(*fields)
    return [
        Text(name, field.value, field, row)
        for row in rows
        for name, field in zip(fields, read(row), strict=True)
        if field.value is not None
    ]


def titles_of(plan: Plan) -> Iterator[Text]:
    """The titles of the sections, which the S rules read as well."""
    for one in plan.sections:
        yield Text(field="name", text=one.title, at=one.cell, owner=None)
