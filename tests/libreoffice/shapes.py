"""Plans that use what Excel offers: dates, formulas, formats, hidden parts. Each is one small workbook."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

Book = Any  # XlsxWriter has no types
Sheet = Any

HEADINGS = (
    *(
        "Naam",
        "SMART omschrijving",
        "(streef)datum",
        "Resultaat- of inspanningsverplichting",
        "Bewijsvoering",
    ),
    *("(totaal)Bedrag", "Toelichting bedrag.", "Controle cel"),
    *("Kassier - Zorghuis Noord 01234567", "Praktijk Zuid 07654321", "Gemeente Oever 0363"),
)
NAME, SMART, DATE, TYPE, EVIDENCE, TOTAL, EXPLANATION, CONTROL, FIRST, SECOND, THIRD = range(11)
ROWS = 6
DAYS = [dt.date(2026 + row // 2, 6 if row % 2 == 0 else 12, 30) for row in range(ROWS)]
AGREE, DIFFER = "Bedragen komen overeen", "Bedragen komen niet overeen"
GENERAL = {
    "Naam TransformatiePlan": "Samen Gezond in de regio",
    "Gegevens indiener": "Zorghuis Noord, J. de Vries",
    "Gegevens contactpersoon verzekeraar": "Inkoop regio Noord",
    "Wordt er gewerkt met een kassiersfunctie?": "Ja - Zorghuis Noord",
}

SHAPES: dict[str, Callable[[], bytes]] = {}


def shape(draw: Callable[[Book, Sheet], None]) -> Callable[[Book, Sheet], None]:
    """Keep a workbook under the name of the function that adds something to an ordinary plan."""
    SHAPES[draw.__name__] = lambda: workbook(draw)
    return draw


def workbook(draw: Callable[[Book, Sheet], None], top: int = 0, **options: object) -> bytes:
    """An ordinary plan with what `draw` adds."""
    target = io.BytesIO()
    kept = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, {**kept, **options})
    general = book.add_worksheet("Algemene gegevens")
    for row, (label, answer) in enumerate(GENERAL.items()):
        general.write_row(row, 0, [label, answer])
    sheet = book.add_worksheet("Mijlpalen")
    plan(book, sheet, top)
    draw(book, sheet)
    book.close()
    return target.getvalue()


def plan(book: Book, sheet: Sheet, top: int = 0) -> None:
    """The milestone table: six rows with formulas and their results."""
    day = book.add_format({"num_format": "d-m-yyyy"})
    euro = book.add_format({"num_format": '"€ "#,##0'})
    sheet.write_row(top, 0, HEADINGS)
    for index, date in enumerate(DAYS):
        row, number = top + 1 + index, index + 1
        kind = "Inspanningsverplichting" if index % 2 == 0 else "Resultaatsverplichting"
        when = f"{date.day}-{date.month}-{date.year}"
        sheet.write_row(row, NAME, [f"Wijkzorg {number} - Uitvoeren - KPI {number}"])
        sheet.write(
            row, SMART, f"Uiterlijk {when} hebben 40 inwoners de training van onderdeel {number} afgerond."
        )
        sheet.write_datetime(row, DATE, dt.datetime.combine(date, dt.time()), day)
        sheet.write_row(
            row, TYPE, [kind, f"Ondertekend verslag van de projectgroep over onderdeel {number}."]
        )
        sheet.write_row(row, FIRST, [5000 * number, 3000, 2000], euro)
        total = 5000 * number + 5000
        parts = f"SUM({cell(row, FIRST)}:{cell(row, THIRD)})"
        sheet.write_formula(row, TOTAL, f"={parts}", euro, total)
        sheet.write(row, EXPLANATION, f"- Projectleider en materiaal: € {total}")
        sheet.write_formula(
            row, CONTROL, f'=IF({cell(row, TOTAL)}={parts},"{AGREE}","{DIFFER}")', None, AGREE
        )


def cell(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column))


def patched(data: bytes, pattern: str, new: str, part: str = "xl/worksheets/sheet2.xml") -> bytes:
    """The workbook with the XML of one part changed; the pattern must be there."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in old.namelist():
            content = old.read(name).decode() if name.endswith((".xml", ".rels")) else old.read(name)
            if name == part:
                assert isinstance(content, str)
                content, count = re.subn(pattern, new, content)
                assert count, pattern
            package.writestr(name, content)
    return target.getvalue()


@shape
def ordinary(_book: Book, _sheet: Sheet) -> None:
    """Nothing added."""


@shape
def date_formats(book: Book, sheet: Sheet) -> None:
    """The same days in six other formats."""
    formats = ("[$-413]d mmmm yyyy", "yyyy\\-mm\\-dd", "mmm-yy", "[$-F800]dddd", "m/d/yyyy h:mm", "d/m;@")
    for row, (date, code) in enumerate(zip(DAYS, formats, strict=True), start=1):
        sheet.write_number(row, DATE, serial(date), book.add_format({"num_format": code}))


@shape
def dates(book: Book, sheet: Sheet) -> None:
    """With a time, worked out, as text, too early, and as a bare number."""
    look = book.add_format({"num_format": "d-m-yyyy"})
    sheet.write_number(2, DATE, serial(DAYS[1]) + 0.75, look)
    sheet.write_formula(3, DATE, "=DATE(2027,6,30)", look, serial(DAYS[2]))
    sheet.write_string(4, DATE, "30-12-2027")
    sheet.write_number(5, DATE, serial(dt.date(2025, 6, 30)), look)
    sheet.write_number(6, DATE, serial(dt.date(2028, 12, 30)))
    sheet.write_number(6, THIRD + 1, 0.4375, book.add_format({"num_format": "h:mm"}))


def serial(day: dt.date) -> int:
    """The number under which Excel keeps a day."""
    return (day - dt.date(1899, 12, 30)).days


@shape
def amounts(book: Book, sheet: Sheet) -> None:
    """Cents, binary noise, thirds, percentages, minus, text, and numbers too large or small to be meant."""
    share = book.add_format({"num_format": "0.00%"})
    sheet.write_row(1, FIRST, [0.1 + 0.2, 1e-7, 333.333333333333])
    sheet.write_row(2, FIRST, [-500, "€ 3.000,00", "3000,-"])
    sheet.write_row(3, FIRST, [123456789012345, 0, 1e15])
    sheet.write_number(4, FIRST, 0.125, share)
    sheet.write_formula(4, SECOND, "=20000*15%", share, 3000)
    sheet.write_formula(5, THIRD, "=10000/3", None, 3333.3333333333335)
    sheet.write_number(6, TOTAL, 12345.67)


@shape
def formulas(book: Book, sheet: Sheet) -> None:
    """References to other sheets, whole columns, names and functions, each with its stored result."""
    other = book.add_worksheet("Bedragen per 'partij' & jaar")
    other.write_column(0, 1, [1000, 2000, "tekst", 4000])
    book.define_name("Uurtarief", "='Bedragen per ''partij'' & jaar'!$B$2")
    where = "'Bedragen per ''partij'' & jaar'!"
    texts = {
        (1, FIRST): (f"={where}B1", 1000),
        (1, SECOND): (f"=SUM({where}B:B)", 7000),
        (1, THIRD): ("=ROUND(1234.5678,2)", 1234.57),
        (2, FIRST): ("=Uurtarief*2", 4000),
        (2, SECOND): ("=IFERROR(1/0,250)", 250),
        (2, THIRD): ('=SUMIF(D2:D7,"Inspanningsverplichting",J5:J7)', 4000),
        (3, FIRST): ("=IF(AND(1<2,NOT(FALSE)),100,200)", 100),
        (3, SECOND): ("=SUBTOTAL(109,J5:J7)", 7000),
        (3, THIRD): ("=SUMPRODUCT(I5:I6,J5:J6)", 95_000_000),
        (4, SECOND): ("=-(2^3)+1008", 1000),
    }
    for (row, column), (text, result) in texts.items():
        sheet.write_formula(row, column, text, None, result)
    for row, total in enumerate((9234.57, 8250, 95_007_100, 23_000), start=1):
        sheet.write_formula(row, TOTAL, f"=SUM(I{row + 1}:K{row + 1})", None, total)
    sheet.write_formula(
        5, NAME, '="Wijkzorg"&" 5 - Uitvoeren - KPI 5"', None, "Wijkzorg 5 - Uitvoeren - KPI 5"
    )
    sheet.write_formula(6, EVIDENCE, '=IF(1=2,"x","")', None, "")


@shape
def arrays(_book: Book, sheet: Sheet) -> None:
    """An array formula in one cell, one over several cells, and one that spills."""
    sheet.write_array_formula("F2:F2", "{=SUM(I2:K2)}", None, 10000)
    sheet.write_array_formula("F3:F4", "{=I3:I4+J3:J4+K3:K4}", None, 15000)
    sheet.write_number("F4", 20000)
    sheet.write_dynamic_array_formula("F5", "=SUM(I5:K5*1)", None, 25000)
