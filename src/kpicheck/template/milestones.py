"""The milestone table: headings with notes, formulas, drop-downs and validations, ready to be filled in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kpicheck.template.book import Book, lines_of, refusing
from kpicheck.template.front import instruction
from kpicheck.template.table import CALCULATED, FIRST_ROW, Column, Table, official
from kpicheck.template.words import most_effort, words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = {
    "name": 30,
    "smart": 48,
    "date": 14,
    "type": 24,
    "evidence": 32,
    "total": 14,
    "explanation": 34,
    "control": 16,
}
_PARTY_WIDTH = 18
_LOOKS = {"date": "date", "total": "calculated-quiet", "control": "calculated-text"}
_HEADING_HEIGHT = 54
_PRINT_SCALE = 77
_NOTE_WIDTH, _NOTE_LINE, _NOTE_SIGNS = 300, 17, 42


def write_milestones(book: Book, table: Table) -> None:
    """Write the sheet."""
    sheet = book.sheet("milestones")
    for place, column in enumerate(table.columns):
        look = book.look("euro" if column.money else _LOOKS.get(column.field, "text"))
        sheet.set_column(place, place, _WIDTHS.get(column.field, _PARTY_WIDTH))
        _head(book, sheet, table, column)
        for row in table.rows:
            if column.field not in CALCULATED:
                sheet.write_blank(f"{column.letter}{row}", None, look)
    sheet.set_row(0, _HEADING_HEIGHT)
    for row in table.rows:
        _calculate(book, sheet, table, row)
    _validate(sheet, table)
    _colour(book, sheet, table)
    _print(sheet, table)


def _head(book: Book, sheet: Worksheet, table: Table, column: Column) -> None:
    """The heading, with a note that says what the column asks for."""
    kind = "-party" if column.money else "-calculated" if column.field in CALCULATED else ""
    sheet.write_string(f"{column.letter}1", column.heading, book.look(f"heading{kind}"))
    text = instruction(column.field, table)
    lines = lines_of(text, _NOTE_SIGNS) + 1
    size = {"width": _NOTE_WIDTH, "height": lines * _NOTE_LINE, "font_name": "Calibri", "font_size": 10}
    sheet.write_comment(f"{column.letter}1", text, size)


def _calculate(book: Book, sheet: Worksheet, table: Table, row: int) -> None:
    """The row total, and the control cell that stays empty as long as the row is."""
    total, control = (f"{table.letter(field)}{row}" for field in CALCULATED)
    added = f"SUM({table.shares(row)})"
    agrees, differs = (official().texts("control", key)[0] for key in ("agrees", "disagrees"))
    compared = f'IF({total}={added},"{agrees}","{differs}")'
    blank = f"AND(COUNTA({table.typed(row)})=0,{total}=0)"
    sheet.write_formula(total, f"={added}", book.look(_LOOKS["total"]), 0)
    sheet.write_formula(control, f'=IF({blank},"",{compared})', book.look(_LOOKS["control"]), "")


def _validate(sheet: Worksheet, table: Table) -> None:
    """The drop-down of the types, dates within the years of the plan, and whole euros."""
    first, last = table.wanted.first_year, table.wanted.last_year
    types = words("types")
    sheet.data_validation(
        table.down(table.letter("type")),
        {"validate": "list", "source": [types["effort"], types["result"]], **refusing("type")},
    )
    sheet.data_validation(
        table.down(table.letter("date")),
        {
            "validate": "date",
            "criteria": "between",
            "minimum": dt.date(first, 1, 1),
            "maximum": dt.date(last, 12, 31),
            **refusing("date", first=first, last=last),
        },
    )
    money = [one.letter for one in table.columns if one.money]
    sheet.data_validation(
        table.down(money[0], money[-1]),
        {"validate": "integer", "criteria": ">=", "value": 0, **refusing("euros")},
    )


def _colour(book: Book, sheet: Worksheet, table: Table) -> None:
    """What a row still lacks, what its control cell says, and a heading that turns at too much effort."""
    differs = official().texts("control", "disagrees")[0]
    control, first, last = table.letter("control"), table.letter("name"), table.letter("evidence")
    said = {"type": "cell", "criteria": "=="}
    sheet.conditional_format(
        table.down(control), {**said, "value": f'"{differs}"', "format": book.look("on-alert")}
    )
    agrees = official().texts("control", "agrees")[0]
    sheet.conditional_format(
        table.down(control), {**said, "value": f'"{agrees}"', "format": book.look("on-good")}
    )
    started = f"COUNTA({table.typed(FIRST_ROW, fixed=True)})>0"
    sheet.conditional_format(
        table.down(first, last),
        {
            "type": "formula",
            "criteria": f"=AND({started},ISBLANK({first}{FIRST_ROW}))",
            "format": book.look("on-missing"),
        },
    )
    money = f"SUM({table.whole('total', sheet=False)})"
    effort = f"{money}-{table.money_of('result', sheet=False)}"
    over = f"=ROUND(({effort})*100-{money}*{most_effort()},2)>0"
    heading = {"type": "formula", "criteria": over, "format": book.look("on-alert")}
    sheet.conditional_format(f"{table.letter('type')}1", heading)


def _print(sheet: Worksheet, table: Table) -> None:
    """What is to be reached on one page, the money beside it on the next; names and headings on each."""
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_print_scale(_PRINT_SCALE)
    sheet.set_v_pagebreaks([len(_WIDTHS) - 3])
    sheet.print_across()
    sheet.print_area(f"A1:{table.columns[-1].letter}{table.last_row}")
