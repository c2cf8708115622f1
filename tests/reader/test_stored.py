"""One cell of a worksheet's XML: addresses, numbers, texts and formulas, and what no workbook can hold."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from kpicheck.allowance import Allowance, Exceeded
from kpicheck.reader import Refusal
from kpicheck.reader.markup import read
from kpicheck.reader.parts import SharedStrings
from kpicheck.reader.shape import MAIN, SHEET, STRINGS
from kpicheck.reader.sheet import Sheet, SheetReader
from kpicheck.reader.stored import Stored, Unreadable, number, place_of

TEXTS = ["nul", "een"]


def sheet_with(rows: str) -> Sheet:
    sheet = Sheet("Blad")
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    allowance = Allowance()
    read("blad.xml", xml, allowance, SHEET, SheetReader(sheet, TEXTS, frozenset({4}), allowance))
    return sheet


def cell(xml: str) -> Stored | None:
    placed = xml.replace("<c", '<c r="B8"', 1)
    return sheet_with(f'<row r="8">{placed}</row>').stored.get((8, 2))


def problem(xml: str) -> object:
    with pytest.raises(Refusal) as caught:
        cell(xml)
    return caught.value.facts["problem"]


def text_of(inner: str) -> str:
    wanted = SharedStrings(Allowance())
    xml = f'<sst xmlns="{MAIN}"><si>{inner}</si></sst>'.encode()
    read("teksten.xml", xml, Allowance(), STRINGS, wanted)
    return wanted.found[0]


@pytest.mark.parametrize(
    ("ref", "place"), [("A1", (1, 1)), ("b8", (8, 2)), ("XFD1048576", (1_048_576, 16_384))]
)
def test_addresses(ref: str, place: tuple[int, int]) -> None:
    assert place_of(ref) == place


@pytest.mark.parametrize("ref", ["", "A", "A0", "A1048577", "XFE1", "$A$1", "A1:B2", "A٨", " A1", "1A"])
def test_what_is_no_address(ref: str) -> None:
    with pytest.raises(Unreadable):
        place_of(ref)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("5000", "5000"),
        (" 5000.50 ", "5000.5"),
        ("5e3", "5000"),
        ("0.1000000000000000055", "0.1"),
        ("123456789012345678", "1.23456789012346E+17"),
        ("-0", "0"),
        ("1e-999999", "0"),
        ("9.99999999999999E+307", "9.99999999999999E+307"),
    ],
)
def test_numbers_as_excel_shows_them(raw: str, value: str) -> None:
    assert str(number(raw)) == value


@pytest.mark.parametrize("raw", ["", "x", "NaN", "INF", "1e309", "1e999999999", "٥", "5_0", "5,0", "9" * 401])
def test_what_is_no_number(raw: str) -> None:
    with pytest.raises(Unreadable):
        number(raw)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<t>plan</t>", "plan"),
        ("<r><rPr/><t>pl</t></r><r><t>an</t></r><rPh><t>lezing</t></rPh>", "plan"),
        ("<t>een_x000D_\ntwee_x000D_</t>", "een\ntwee\n"),
        ("<t>_x0041_ _x005F_x0041_ _xD83D__xDE00_</t>", "A _x0041_ 😀"),
        ("<t>_x001B_[31m</t>", "\x1b[31m"),
        ("<t>_xD800_</t>", "\ud800"),
        ("<t/>", ""),
        ("", ""),
    ],
)
def test_texts(inner: str, text: str) -> None:
    assert text_of(inner) == text


def test_a_text_of_32_767_characters_and_one_more() -> None:
    assert len(text_of(f"<t>{'x' * 32_767}</t>")) == 32_767
    with pytest.raises(Exceeded):
        text_of(f"<t>{'x' * 32_768}</t>")


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        ('<c t="s"><v>1</v></c>', "een"),
        ("<c><v>5</v></c>", Decimal(5)),
        ('<c t="b"><v>TRUE</v></c>', True),
        ('<c t="d"><v>2026-07-01T12:00:00Z</v></c>', dt.date(2026, 7, 1)),
        ('<c t="d"><v>2026-13-01</v></c>', "2026-13-01"),
        ('<c t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c t="inlineStr"><is><t>plan</t></is></c>', "plan"),
        ('<c t="str"><f>A1</f><v/></c>', ""),
    ],
)
def test_values(xml: str, value: object) -> None:
    found = cell(xml)
    assert found
    assert found.value == value


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c t="s"><v>2</v></c>', "shared-string"),
        ('<c t="s"><v>-1</v></c>', "shared-string"),
        (f'<c t="s"><v>{"1" * 5_000}</v></c>', "shared-string"),
        ('<c t="q"><v>1</v></c>', "type"),
        ("<c><is><t>1</t></is></c>", "type"),
        ('<c t="inlineStr"><v>1</v></c>', "type"),
        ("<c><v>1</v><v>2</v></c>", "content"),
        ('<c t="inlineStr"><is><t>1</t><t>2</t></is></c>', "content"),
        ('<c t="b"><v>2</v></c>', "truth"),
        ('<c s="x"><v>1</v></c>', "style"),
    ],
)
def test_what_no_workbook_holds(xml: str, expected: str) -> None:
    assert problem(xml) == expected


def test_a_shared_formula_is_written_out_for_cells_without_an_address() -> None:
    first = '<c r="F2"><f t="shared" si="0" ref="F2:F9">SUM(I2:L2)</f></c>'
    without, there = '<c><f t="shared" si="0"/></c>', '<c r="F9"><f t="shared" si="0"/></c>'
    sheet = sheet_with(f'<row r="2">{first}{without}</row><row r="9">{without}{there}</row>')
    assert {place: one.formula for place, one in sheet.stored.items()} == {
        (2, 6): "=SUM(I2:L2)",
        (2, 7): "=SUM(J2:M2)",
        (9, 1): "=SUM(D9:G9)",
        (9, 6): "=SUM(I9:L9)",
    }


@pytest.mark.parametrize("formula", ["[" * 8_000, "A1+" * 3_000, "A1", ""])
def test_a_shared_formula_that_cannot_be_written_out_is_unknown(formula: str) -> None:
    sheet = sheet_with(
        f'<row r="2"><c r="B2"><f t="shared" si="0">{formula}</f></c></row>'
        '<row r="3"><c r="A1"><f t="shared" si="0"/></c></row>'
    )
    found = sheet.stored[1, 1]
    assert found.formula == "=?"
    assert not found.has_result
