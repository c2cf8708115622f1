"""The two sheets before the table: general information to fill in, and how to fill in the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kpicheck.template.book import Book, lines_of, refusing
from kpicheck.template.table import KASSIER, PARTY, Table, official
from kpicheck.template.words import words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_FIRST_DAY, _LAST_DAY = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
_ASKED = ("plan_name", "submitter", "insurer_contact")
_EXTRA = ("kassier", "requested", "start", "end")
_LOOKS = {"requested": "answer-euro", "start": "answer-date", "end": "answer-date"}
_TALL = {"submitter": 48, "insurer_contact": 48}
_PRINT_SCALE = 85
_TEXT_WIDTH, _TEXT_SIGNS, _LINE, _AIR = 105, 112, 15, 4


def write_general(book: Book) -> dict[str, str]:
    """Write the labels of the format with empty answers; give the cell of each answer."""
    said = words("general")
    sheet = book.sheet("general")
    sheet.set_column("A:A", 44)
    sheet.set_column("B:B", 52)
    sheet.set_column("C:C", 2)
    sheet.set_column("D:D", 58)
    sheet.fit_to_pages(1, 0)
    book.entitle(sheet, said["title"])
    sheet.write_string("A2", said["intro"], book.look("intro"))
    places = _questions(book, sheet, _ASKED, 4)
    group = 4 + len(_ASKED) + 1
    for letter in "AB":
        sheet.write_string(f"{letter}{group}", said["extra"] if letter == "A" else "", book.look("part"))
    places |= _questions(book, sheet, _EXTRA, group + 1)
    last = group + len(_EXTRA) + 2
    sheet.merge_range(f"A{last}:B{last}", said["own"], book.look("hint"))
    sheet.set_row(last - 1, 34)
    for key, rule in _validations().items():
        sheet.data_validation(places[key], {**rule})
    book.open_at(sheet)
    return places


def _questions(book: Book, sheet: Worksheet, keys: tuple[str, ...], row: int) -> dict[str, str]:
    """A line for each question, from that row on."""
    places = {}
    for line, key in enumerate(keys, row):
        sheet.write_string(f"A{line}", official().texts("general", key)[0], book.look("label"))
        sheet.write_blank(f"B{line}", None, book.look(_LOOKS.get(key, "answer")))
        sheet.write_string(f"D{line}", words("general")["hints"][key], book.look("hint"))
        sheet.set_row(line - 1, _TALL.get(key, 32))
        places[key] = f"B{line}"
    return places


def _validations() -> Mapping[str, Mapping[str, object]]:
    title, message = words("asked")["kassier"]
    day = {
        "validate": "date",
        "criteria": "between",
        "minimum": _FIRST_DAY,
        "maximum": _LAST_DAY,
        **refusing("date", first=_FIRST_DAY.year, last=_LAST_DAY.year),
    }
    return {
        "kassier": {
            "validate": "list",
            "source": ["nee", "ja"],
            "show_error": False,
            "input_title": title,
            "input_message": message,
        },
        "requested": {"validate": "decimal", "criteria": ">=", "value": 0, **refusing("budget")},
        "start": day,
        "end": day,
    }


def write_guidance(book: Book, table: Table) -> None:
    """Write how the workbook is filled in."""
    said = words("guidance")
    sheet = book.sheet("guidance")
    sheet.set_column("A:A", 40)
    sheet.set_column("B:B", _TEXT_WIDTH)
    sheet.set_print_scale(_PRINT_SCALE)
    book.entitle(sheet, said["title"])
    row, begins = 3, 0
    for part in (*said["parts"], _columns(table)):
        sheet.write_string(f"A{row}", part["heading"], book.look("part"))
        sheet.write_blank(f"B{row}", None, book.look("part"))
        for line, (label, text) in enumerate(part["lines"], row + 1):
            sheet.write_string(f"A{line}", label, book.look("label"))
            sheet.write_string(f"B{line}", text, book.look("told"))
            sheet.set_row(line - 1, _LINE * lines_of(text, _TEXT_SIGNS) + _AIR)
        begins, row = row - 1, row + len(part["lines"]) + 2
    sheet.set_h_pagebreaks([begins])


def _columns(table: Table) -> dict[str, Any]:
    """What each column asks for; the parties all ask the same."""
    told = {one.field: one.heading for one in reversed(table.columns)}
    fields = [*official().demanded, *([KASSIER] if KASSIER in told else []), PARTY]
    return {
        "heading": words("columns")["heading"],
        "lines": [(told[field], instruction(field, table)) for field in fields],
    }


def instruction(field: str, table: Table) -> str:
    """What the column of a field asks for."""
    text: str = words("columns")[field].format(last=table.wanted.last_year)
    return text
