"""More shapes: hidden and merged parts, texts, errors, links, and what else stands in a workbook."""

from __future__ import annotations

from .shapes import (
    AGREE,
    CONTROL,
    DATE,
    EVIDENCE,
    FIRST,
    HEADINGS,
    NAME,
    ROWS,
    SECOND,
    SHAPES,
    SMART,
    THIRD,
    TOTAL,
    TYPE,
    Book,
    Sheet,
    patched,
    plan,
    shape,
    workbook,
)


@shape
def hidden(book: Book, sheet: Sheet) -> None:
    """Hidden rows and columns, a filtered row, a folded group, and hidden sheets."""
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_row(4, None, None, {"level": 1, "hidden": True})
    sheet.set_row(5, None, None, {"collapsed": True})
    sheet.set_column(SECOND, SECOND, 12, None, {"hidden": True})
    sheet.set_column(THIRD + 2, 40, 12, None, {"hidden": True})
    sheet.autofilter(0, 0, ROWS, THIRD)
    for name, hide in (("Verborgen", "hide"), ("Heel verborgen", "very_hidden")):
        other = book.add_worksheet(name)
        plan(book, other)
        getattr(other, hide)()


@shape
def filtered(_book: Book, sheet: Sheet) -> None:
    """A filter that leaves out three rows."""
    sheet.autofilter(0, 0, ROWS, THIRD)
    sheet.filter_column(TYPE, "x == Inspanningsverplichting")
    for row in (2, 4, 6):
        sheet.set_row(row, None, None, {"hidden": True})


def draw_merged(book: Book, sheet: Sheet) -> None:
    look = book.add_format({"bold": True})
    sheet.merge_range(0, 0, 0, THIRD, "Plan Samen Gezond, CONCEPT", look)
    sheet.merge_range(1, FIRST, 1, THIRD, "Verdeling over kassier en partijen", look)
    for column in range(FIRST):
        sheet.merge_range(1, column, 2, column, HEADINGS[column], look)
    sheet.merge_range(ROWS + 4, NAME, ROWS + 4, TYPE, "Opmerking onder de tabel")


SHAPES["merged"] = lambda: workbook(draw_merged, top=2)
SHAPES["offset"] = lambda: workbook(lambda *_: None, top=23)
SHAPES["mac_dates"] = lambda: workbook(lambda *_: None, date_1904=True)


@shape
def rich_text(book: Book, sheet: Sheet) -> None:
    """Formatted runs in headings, names and descriptions, and a text of many lines."""
    bold, red = book.add_format({"bold": True}), book.add_format({"color": "red", "italic": True})
    sheet.write_rich_string(0, NAME, bold, "Na", "am")
    sheet.write_rich_string(0, FIRST, bold, "Kassier - ", red, "Zorghuis Noord ", "01234567")
    sheet.write_rich_string(2, NAME, "Wijkzorg 2 - ", bold, "Uitvoeren", " - KPI 2")
    sheet.write_rich_string(
        2, SMART, "Op ", bold, "30-12-2026", " is het aantal ", red, "[aantal]", " gehaald."
    )
    sheet.write_string(
        3, SMART, "Eerste regel\nTweede regel\n\n- punt één\n- punt twee", book.add_format({"text_wrap": 1})
    )


@shape
def texts(book: Book, sheet: Sheet) -> None:
    """Texts that look like something else, with spaces, tabs, escapes, emoji and signs of other scripts."""
    quoted = book.add_format({"quote_prefix": True})
    sheet.write_string(1, NAME, "  Wijkzorg 1  -  Uitvoeren - KPI 1 ")
    sheet.write_string(2, NAME, "Wijkzorg\u00a02 – Uitvoeren – KPI\u00a02")
    sheet.write_string(1, EVIDENCE, "=SOM(I2:K2)", quoted)
    sheet.write_string(
        2, EVIDENCE, "\tVerslag\tmet tabs \U0001f469\u200d\U0001f680 en _x0041_ en \u202eomgekeerd\u202c"
    )
    sheet.write_string(3, EVIDENCE, "<b>&amp; \"aanhaling\" 'enkel' ]]> " + "lang " * 6000)
    sheet.write_string(4, FIRST, "0012", quoted)
    sheet.write_string(5, TOTAL, "30000", quoted)
    sheet.write_string(6, DATE, "46203", quoted)
    sheet.write_string(ROWS + 1, NAME, " ")


@shape
def errors(_book: Book, sheet: Sheet) -> None:
    """Excel errors as typed values and as results, truth values, and a control cell that lies."""
    sheet.write_formula(1, FIRST, "=1/0", None, "#DIV/0!")
    sheet.write_formula(2, SECOND, "=NA()", None, "#N/A")
    sheet.write_formula(2, TOTAL, "=SUM(I3:K3)", None, "#N/A")
    sheet.write_string(3, EVIDENCE, "#VERW!")
    sheet.write_boolean(4, FIRST, True)  # noqa: FBT003 - XlsxWriter's way
    sheet.write_formula(5, CONTROL, '=IF(F6=SUM(I6:K6),"Bedragen komen overeen","niet")', None, AGREE)
    sheet.write_number(5, TOTAL, 1)


@shape
def around(book: Book, sheet: Sheet) -> None:
    """Validations, conditional formats, notes, links, protection, frozen panes, a print area, a chart."""
    sheet.data_validation(1, TYPE, ROWS, TYPE, {"validate": "list", "source": ["Inspanning", "Resultaat"]})
    sheet.data_validation(
        1, DATE, ROWS, DATE, {"validate": "date", "criteria": ">", "value": "=DATE(2025,1,1)"}
    )
    sheet.conditional_format(1, TOTAL, ROWS, TOTAL, {"type": "data_bar"})
    sheet.write_comment(1, NAME, "Let op: dit is een notitie bij de cel")
    sheet.write_url(2, EVIDENCE, "https://example.org/verslag", string="Verslag op example.org met cijfers")
    sheet.write_url(3, EVIDENCE, "internal:'Algemene gegevens'!A1", string="Zie het blad algemene gegevens")
    sheet.protect("geheim")
    sheet.freeze_panes(1, 1)
    sheet.print_area(0, 0, 3, 3)
    sheet.repeat_rows(0)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Mijlpalen!$F$2:$F$7"})
    sheet.insert_chart("N2", chart)


def shared_formulas() -> bytes:
    """Totals and control cells as Excel writes a column that was filled down: one formula for all."""
    data = workbook(lambda *_: None)
    for letter, number in (("F", 0), ("H", 1)):
        first = rf'(<c r="{letter}2"[^>]*>)<f>'
        data = patched(data, first, rf'\1<f t="shared" ref="{letter}2:{letter}7" si="{number}">')
        others = rf'(<c r="{letter}[3-7]"[^>]*>)<f>[^<]*</f>'
        data = patched(data, others, rf'\1<f t="shared" si="{number}"/>')
    return data


def table_object() -> bytes:
    """The milestone table as an Excel table, with structured references in its totals."""

    def draw(_book: Book, sheet: Sheet) -> None:
        sheet.add_table(0, 0, ROWS, THIRD, {"columns": [{"header": one} for one in HEADINGS], "name": "KPI"})
        for row in range(1, ROWS + 1):
            text = f"=SUM(KPI[[#This Row],[{HEADINGS[FIRST]}]:[{HEADINGS[THIRD]}]])"
            sheet.write_formula(row, TOTAL, text, None, 5000 * row + 5000)

    return workbook(draw)


SHAPES["shared_formulas"] = shared_formulas
SHAPES["table_object"] = table_object
