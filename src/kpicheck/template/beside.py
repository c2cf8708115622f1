"""The sheets that look at the table from aside: 70/30 with its bar, and the budget against the payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpicheck.template.book import Book, refusing
from kpicheck.template.table import Table
from kpicheck.template.words import most_effort, words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_PIECES = 20  # of the bar, each 5% of the money
_BAR_COLUMN, _BAR_ROW = 4, 7
_TOO_MUCH = "ROUND($B$7*100-$B$9*{percent},2)>0"


def write_shares(book: Book, table: Table, requested: str) -> None:
    """Write what hangs on effort and on result; `requested` is the cell on the general sheet."""
    said = words("shares")
    sheet = book.sheet("shares")
    sheet.set_column("A:A", 46)
    sheet.set_column("B:C", 20)
    sheet.set_column("D:D", 2)
    sheet.fit_to_pages(1, 0)
    book.entitle(sheet, said["title"])
    sheet.write_string("A2", said["intro"], book.look("intro"))
    for letter, key in zip("ABC", ("part", "amount", "share"), strict=True):
        sheet.write_string(
            f"{letter}4", said[key], book.look("heading" if letter == "A" else "heading-right")
        )
    formulas = {
        "effort": f"={table.money_of('effort', sheet=True)}",
        "untyped": "=B9-B5-B8",
        "both": "=B5+B6",
        "result": f"={table.money_of('result', sheet=True)}",
        "all": f"=SUM({table.whole('total', sheet=True)})",
    }
    for row, (key, formula) in enumerate(formulas.items(), 5):
        last = key == "all"
        sheet.write_string(f"A{row}", said[key], book.look("total-label" if last else "label-plain"))
        sheet.write_formula(f"B{row}", formula, book.look("total" if last else "calculated-euro"), 0)
        share = book.look("total-share" if last else "calculated-share")
        sheet.write_formula(f"C{row}", f"=IF($B$9=0,0,B{row}/$B$9)", share, 0)
    _bar(book, sheet)
    _outcome(book, sheet, requested)


def _bar(book: Book, sheet: Worksheet) -> None:
    """Pieces that fill up with the share of effort; beyond what effort may have the whole bar turns."""
    first, last = _BAR_COLUMN, _BAR_COLUMN + _PIECES - 1
    limit = first + _PIECES * most_effort() // 100 - 1
    sheet.set_column(first, last, 2.2)
    for column in range(first, last + 1):
        look = book.look("bar-limit" if column == limit else "bar")
        sheet.write_blank(_BAR_ROW - 1, column, None, look)
    sheet.write_string(_BAR_ROW - 2, first, "0%", book.look("scale"))
    sheet.write_string(_BAR_ROW - 2, limit, f"{most_effort()}%", book.look("scale-right"))
    sheet.write_string(_BAR_ROW - 2, last, "100%", book.look("scale-right"))
    filled = f"$B${_BAR_ROW}*{_PIECES}>(COLUMNS($E${_BAR_ROW}:E{_BAR_ROW})-1)*$B$9"
    over = _TOO_MUCH.format(percent=most_effort())
    area = (_BAR_ROW - 1, first, _BAR_ROW - 1, last)
    for condition, look in ((f"AND({filled},{over})", "on-bar-alert"), (filled, "on-bar")):
        rule = {"type": "formula", "criteria": f"={condition}", "format": book.look(look)}
        sheet.conditional_format(*area, {**rule, "stop_if_true": True})


def _outcome(book: Book, sheet: Worksheet, requested: str) -> None:
    said = words("shares")
    asked = f"'{words('sheets')['general']}'!{requested}"
    over = _TOO_MUCH.format(percent=most_effort())
    verdict = f'IF($B$9=0,"{said["empty"]}",IF({over},"{said["exceeds"]}","{said["fits"]}"))'
    lines = (
        ("verdict", f"={verdict}", said["empty"]),
        ("excess", f"=MAX(0,B{_BAR_ROW}-B9*{most_effort()}/100)", 0),
        ("asked", f"={asked}", 0),
        ("difference", f'=IF({asked}="","",B9-{asked})', ""),
    )
    for row, (key, formula, result) in enumerate(lines, 11):
        sheet.write_string(f"A{row}", said[key], book.look("label-plain"))
        if key == "verdict":
            sheet.merge_range(f"B{row}:C{row}", "", book.look("verdict"))
            sheet.set_row(row - 1, 34)
        look = book.look("verdict" if key == "verdict" else "calculated-euro")
        sheet.write_formula(f"B{row}", formula, look, result)
    alert = {"type": "formula", "criteria": f"={over}", "format": book.look("on-alert")}
    sheet.conditional_format("B11:C11", alert)
    differs = {"type": "formula", "criteria": '=AND($B$14<>"",$B$14<>0)', "format": book.look("on-alert")}
    sheet.conditional_format("B14", differs)


def write_budget(book: Book, table: Table) -> None:
    """Write a line for each year: what is budgeted, and what the milestones pay up to then."""
    said = words("budget")
    sheet = book.sheet("budget")
    sheet.set_column("A:A", 12)
    sheet.set_column("B:E", 22)
    sheet.set_column("F:F", 34)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, 34)
    keys = ("year", "budget", "paid", "budget_so_far", "paid_so_far", "verdict")
    for letter, key in zip("ABCDEF", keys, strict=True):
        kind = "" if key == "year" else "-party" if key == "budget" else "-calculated"
        sheet.write_string(f"{letter}1", said[key], book.look(f"heading{kind}"))
    last = table.wanted.last_year - table.wanted.first_year + 2
    for row in range(2, last + 1):
        _year(book, sheet, table, row, last)
    sheet.data_validation(
        f"B2:B{last}", {"validate": "decimal", "criteria": ">=", "value": 0, **refusing("budget")}
    )
    sheet.write_string(f"A{last + 2}", said["total"], book.look("total-label"))
    for letter in "BC":
        sheet.write_formula(f"{letter}{last + 2}", f"=SUM({letter}2:{letter}{last})", book.look("total"), 0)
    early = {"type": "formula", "criteria": f"=AND(SUM($B$2:$B${last})>0,$E2>$D2)"}
    sheet.conditional_format(f"F2:F{last}", {**early, "format": book.look("on-alert")})


def _year(book: Book, sheet: Worksheet, table: Table, row: int, last: int) -> None:
    said = words("budget")
    date, total = table.whole("date", sheet=True), table.whole("total", sheet=True)
    until = f'{date},"<="&DATE($A{row},12,31)'
    sheet.write_number(f"A{row}", table.wanted.first_year + row - 2, book.look("year"))
    sheet.write_blank(f"B{row}", None, book.look("budget"))
    amounts = {
        "C": f'=SUMIFS({total},{date},">="&DATE($A{row},1,1),{until})',
        "D": f"=SUM(B$2:B{row})",
        "E": f"=SUMIFS({total},{until})",
    }
    for letter, formula in amounts.items():
        sheet.write_formula(f"{letter}{row}", formula, book.look("calculated-euro"), 0)
    verdict = f'=IF(SUM(B$2:B${last})=0,"",IF(E{row}>D{row},"{said["exceeds"]}","{said["fits"]}"))'
    sheet.write_formula(f"F{row}", verdict, book.look("verdict"), "")
