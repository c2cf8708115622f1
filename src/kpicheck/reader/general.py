"""The general sheet ("Algemene gegevens") and other labelled cells, found by their labels."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from kpicheck.dutch.notation import day
from kpicheck.dutch.sought import Sought
from kpicheck.model import Answer, Cell, Field, Gap, General, Period, normalised
from kpicheck.reader.fields import amount_field, as_text, date_field
from kpicheck.reader.layout import Layout, fingerprint, like, official
from kpicheck.reader.sheet import Sheet
from kpicheck.reader.tables import Table
from kpicheck.reader.workbook import Book

_LABELS = ("plan_name", "submitter", "insurer_contact", "kassier")
_FEWEST_LABELS = 2
_LONGEST_LABEL = 80
_YEARS = Sought(r"^\s*(20\d\d)\s*(?:-|–|t/m|tot en met)\s*(20\d\d)\s*$")
_BETWEEN_DAYS = r"\s*(?:t/m|tot en met|tot|–|\s-\s)\s*"

Labelled = tuple[Cell, Cell, str]


class _LabelText(NamedTuple):
    """A text that may be a label: where it stands, in plain letters, and what stands behind its colon."""

    row: int
    column: int
    plain: str
    inline: str


class Labels:
    """The texts of each sheet, above its tables, that are a label or begin with one."""

    def __init__(self, book: Book, tables: list[Table]) -> None:
        """Take the sheets and their tables; a sheet is looked through when it is first asked for."""
        self.book, self.tables = book, tables
        self._known: dict[str, list[_LabelText]] = {}

    def on(self, sheet: Sheet) -> list[_LabelText]:
        """Those of one sheet."""
        if sheet.name not in self._known:
            known = _known_labels()
            short = _short_texts(self.book, sheet, self.tables)
            found = [one for one in short if one.plain in known or like(one.plain, known) is not None]
            self._known[sheet.name] = found
        return self._known[sheet.name]


def read_general(labels: Labels) -> General | None:
    """The sheet with at least two of the format's four labels, or None."""
    layout, book = official(), labels.book
    for sheet in book.sheets:
        above = labels.on(sheet)
        found = {
            name: Answer(label=label, answer=answer, text=_answer_text(answer, text, layout))
            for name in _LABELS
            for label, answer, text in _labelled(book, sheet, layout.plain_texts("general", name), above)
        }
        if len(found) >= _FEWEST_LABELS:
            first = min((one.label for one in found.values()), key=lambda cell: (cell.row, cell.column))
            return General(sheet=sheet.name, cell=first, **{name: found.get(name) for name in _LABELS})
    return None


def _answer_text(answer: Cell, text: str, layout: Layout) -> str:
    """The answer; a dash, dots or the format's own hint beside the question is none."""
    if text:
        return text
    typed = "" if answer.blank else as_text(answer.value)
    is_answer = bool(normalised(typed)) and fingerprint(typed) not in _hints(layout)
    return typed if is_answer else ""


@cache
def _hints(layout: Layout) -> frozenset[str]:
    return frozenset(map(fingerprint, layout.texts("general", "kassier_hint")))


def read_requested(labels: Labels, general: General | None) -> Field[Decimal]:
    """The requested total in euro from a labelled cell; absent where no label says so."""
    layout, book = official(), labels.book
    for sheet in book.sheets:
        wanted = layout.plain_texts("general", "requested")
        if general is not None and sheet.name == general.sheet:
            wanted += layout.plain_texts("general", "requested_on_general")
        above = labels.on(sheet)
        for _, answer, _ in _labelled(book, sheet, wanted, above):
            found = amount_field(answer)
            if found.gap is not Gap.BLANK:
                return found
    return Field(gap=Gap.ABSENT)


def read_period(labels: Labels) -> Period | None:
    """Start and end of the plan from labelled cells (Startdatum, Einddatum, Looptijd)."""
    layout, book = official(), labels.book
    start: dt.date | None = None
    end: dt.date | None = None
    for sheet in book.sheets:
        above = labels.on(sheet)
        for _, answer, _ in _labelled(book, sheet, layout.plain_texts("general", "start"), above):
            start = start or date_field(answer, book.day).value
        for _, answer, _ in _labelled(book, sheet, layout.plain_texts("general", "end"), above):
            end = end or date_field(answer, book.day).value
        for _, answer, text in _labelled(book, sheet, layout.plain_texts("general", "duration"), above):
            both = span(text or as_text(answer.value))
            start, end = (start or both[0], end or both[1]) if both else (start, end)
    return Period(start=start, end=end, stated=True) if start and end and start <= end else None


def span(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a text such as "2025-2027" or "1-1-2025 t/m 31-12-2027"."""
    if years := _YEARS.match(text):
        return dt.date(int(years[1]), 1, 1), dt.date(int(years[2]), 12, 31)
    parts = re.split(_BETWEEN_DAYS, text.strip())
    days = [day(part) for part in parts]
    return (days[0], days[1]) if len(days) == 2 and days[0] and days[1] else None  # noqa: PLR2004 - start and end


@cache
def _known_labels() -> frozenset[str]:
    """Every label that is looked for, in plain letters."""
    wanted = (*_LABELS, "requested", "requested_on_general", "start", "end", "duration")
    return frozenset(plain for name in wanted for plain in official().plain_texts("general", name))


def _short_texts(book: Book, sheet: Sheet, tables: list[Table]) -> Iterator[_LabelText]:
    first_table = min((table.row for table in tables if table.sheet.name == sheet.name), default=None)
    for row, columns in sheet.columns_by_row.items():
        if first_table is not None and row >= first_table:
            return
        found = sheet.stored.row(row)
        book.step(len(columns))
        for column, one in zip(found.at, found.cells, strict=True):
            value = one.value
            if not isinstance(value, str):
                continue
            label, _, inline = value.strip().partition(":")
            if len(label) <= _LONGEST_LABEL:
                yield _LabelText(row, column, normalised(label), inline.strip())


def _labelled(
    book: Book, sheet: Sheet, labels: tuple[str, ...], above: list[_LabelText]
) -> Iterator[Labelled]:
    """Label, answer cell and the answer's text where it stands in the label's own cell, behind a colon."""
    known = list(labels)
    for row, column, plain, inline in above:
        if plain not in known and like(plain, known) is None:
            continue
        cell = book.cell(sheet, row, column)
        yield cell, cell if inline else _answer_cell(book, sheet, row, column), inline
        known = [one for one in known if one != plain]


def _answer_cell(book: Book, sheet: Sheet, row: int, column: int) -> Cell:
    """The cell beside the label: the next one, behind a merged label; else the first filled one nearby."""
    for first_row, first, last_row, last in sheet.merged:
        if first_row <= row <= last_row and first <= column <= last:
            column = last
    beside = book.cell(sheet, row, column + 1)
    further = book.cell(sheet, row, column + 2)
    return further if beside.blank and not further.blank else beside
