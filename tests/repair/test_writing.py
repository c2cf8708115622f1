"""What is written in the package: the cell, its format, and nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import pytest

from kpicheck.model import Value
from kpicheck.reader import read
from kpicheck.reader.package import open_package
from kpicheck.reader.parts import read_book
from kpicheck.repair.rounds import RULES
from kpicheck.writer.cells import Calculation, Content, Number, Result, Words
from kpicheck.writer.repaired import repaired as written
from kpicheck.writer.splicing import Unpatchable
from tests.libreoffice.strict import strict

from .plans import GENERAL, SHEET, cell_xml, changed_parts, edited, made, plan, repaired, with_cell

TEXT_TOTAL = ("KPI 3", "total", "€ 120.000")
STYLES = "xl/styles.xml"


def value(data: bytes, place: tuple[int, int], sheet: str = "Mijlpalen") -> tuple[Value, str | None]:
    book = read_book(open_package(data))
    stored = next(one for one in book.sheets if one.name == sheet).stored[place]
    return stored.value, stored.formula


@pytest.mark.parametrize(
    "inside",
    [
        ("<v>1</v>", {}),
        ("<v>0</v>", {"t": "s"}),
        ("<v>tekst</v>", {"t": "str"}),
        ("<is><t>tekst</t></is>", {"t": "inlineStr"}),
        ("<v>1</v>", {"t": "b"}),
        ("<f>1+1</f><v>2</v>", {"vm": "1"}),
    ],
)
@pytest.mark.parametrize(
    ("content", "stored"),
    [
        (Number(Decimal("12.50")), (Decimal("12.5"), None)),
        (Number(Decimal(-3)), (Decimal(-3), None)),
        (Words('a & <b> "c" ë _x000A_ \n d '), ('a & <b> "c" ë _x000A_ \n d ', None)),
        (Calculation('=IF(A1<"&",1,2)', Decimal(1)), (Decimal(1), '=IF(A1<"&",1,2)')),
        (Calculation("=A1", "tekst"), ("tekst", "=A1")),
    ],
)
def test_any_cell_can_hold_anything(
    inside: tuple[str, dict[str, str]], content: Content, stored: tuple[Value, str | None]
) -> None:
    data = with_cell(plan(), "E4", inside[0], **inside[1])
    style = re.search(r' s="\d+"', cell_xml(data, "E4"))
    after = written(data, {("Mijlpalen", (4, 5)): content})
    assert value(after, (4, 5)) == stored
    assert style
    assert style[0] in cell_xml(after, "E4")
    assert "vm=" not in cell_xml(after, "E4")


def test_another_result_leaves_the_formula_as_it_was_written() -> None:
    data = with_cell(plan(), "F4", '<f t="shared" ref="F4:F5" si="3">SUM(I4:L4)</f><v>1</v>', cm="1")
    after = written(data, {("Mijlpalen", (4, 6)): Result(Decimal(7))})
    assert '<f t="shared" ref="F4:F5" si="3">SUM(I4:L4)</f><v>7</v>' in cell_xml(after, "F4")
    assert 'cm="1"' in cell_xml(after, "F4")


def test_a_cell_without_an_address_keeps_having_none() -> None:
    data = edited(plan(TEXT_TOTAL), SHEET, lambda xml: re.sub(r'<c r="[A-Z]+\d+"', "<c", xml))
    found = repaired(data, ["T108"])
    assert made(found) == {"F4": Decimal(120000)}
    with zipfile.ZipFile(io.BytesIO(found.data)) as package:
        assert b'<c r="' not in package.read(SHEET)
    assert read(found.data).payments[2].total.value == 120000


def test_strict_open_xml() -> None:
    data = strict(plan(TEXT_TOTAL, ("KPI 2", "date", "30-6-2026"), ("KPI 5", "total", 130000)))
    found = repaired(data)
    assert made(found) == {"C3": Decimal(46203), "F4": "=SUM(I4:L4)", "F6": "=SUM(I6:L6)"}
    assert found.file.findings == ()


def test_a_prefix_on_every_element() -> None:
    def prefixed(xml: str) -> str:
        named = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", xml)
        return named.replace("xmlns=", "xmlns:x=")

    data = plan(TEXT_TOTAL, ("KPI 2", "date", "30-6-2026"))
    for part in (SHEET, STYLES):
        data = edited(data, part, prefixed)
    found = repaired(data)
    assert found.file.findings == ()
    assert list(made(found)) == ["C3", "F4"]


def not_calculating(data: bytes) -> bytes:
    return edited(data, "xl/workbook.xml", lambda xml: xml.replace(' fullCalcOnLoad="1"', ""))


def test_all_other_parts_are_the_same_by_crc() -> None:
    data = not_calculating(plan(TEXT_TOTAL, ("KPI 3", "name", "Wijkteams - Inrichting - KPI 3 ")))
    assert changed_parts(data, repaired(data).data) == {SHEET, "xl/workbook.xml"}


def test_a_date_needs_another_format_as_well() -> None:
    data = with_format(plan(("KPI 3", "date", "31-12-2026")), "C4", "49")
    assert changed_parts(data, repaired(data).data) == {SHEET, STYLES}


def test_excel_works_everything_out_again() -> None:
    with zipfile.ZipFile(io.BytesIO(repaired(not_calculating(plan(TEXT_TOTAL))).data)) as package:
        assert re.search(rb'<calcPr[^>]* fullCalcOnLoad="1"', package.read("xl/workbook.xml"))
    without = edited(plan(TEXT_TOTAL), "xl/workbook.xml", lambda xml: re.sub("<calcPr[^>]*/>", "", xml))
    with zipfile.ZipFile(io.BytesIO(repaired(without).data)) as package:
        assert b'</sheets><calcPr fullCalcOnLoad="1"/></workbook>' in package.read("xl/workbook.xml")


def format_of(data: bytes, cell: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        styles = package.read(STYLES).decode()
    number = re.search(r' s="(\d+)"', cell_xml(data, cell))
    assert number
    formats = styles[styles.index("<cellXfs") : styles.index("</cellXfs>")]
    return str(re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", formats)[int(number[1])])


def with_format(data: bytes, cell: str, number: str, code: str = "", **told: str) -> bytes:
    """The cell with a format of its own: red, and with that number format."""
    said = "".join(f' {name}="{value}"' for name, value in told.items())
    look = f'<xf numFmtId="{number}" fontId="1" fillId="0" borderId="1" xfId="0"{said}>'
    look += '<alignment wrapText="1"/></xf>'

    def change(xml: str) -> str:
        if code:
            known = re.search("<numFmts[^>]*>", xml)
            entry = f'<numFmt numFmtId="{number}" formatCode="{code}"/>'
            xml = xml.replace(known[0], known[0] + entry) if known else xml
        return xml.replace("</cellXfs>", f"{look}</cellXfs>")

    styled = edited(data, STYLES, change)
    with zipfile.ZipFile(io.BytesIO(styled)) as package:
        styles = package.read(STYLES).decode()
    formats = styles[styles.index("<cellXfs") : styles.index("</cellXfs>")]
    index = formats.count("<xf ") - 1
    return edited(
        styled, SHEET, lambda xml: re.sub(rf'(<c r="{cell}") s="\d+"', rf'\1 s="{index}"', xml, count=1)
    )


@pytest.mark.parametrize(
    ("number", "code", "becomes"),
    [
        ("0", "", "0"),
        ("3", "", "3"),
        ("44", "", "44"),
        ("49", "", "3"),
        ("9", "", "3"),
        ("14", "", "3"),
        ("200", "&quot;€ &quot;#,##0", "200"),
        ("201", "#,##0;-#,##0;;@", "201"),
        ("202", "@", "3"),
        ("203", "0.0%", "3"),
        ("204", "d-m-yyyy", "3"),
        ("205", "[$€-413] #,##0.00", "205"),
    ],
)
def test_the_format_of_an_amount(number: str, code: str, becomes: str) -> None:
    found = repaired(with_format(plan(TEXT_TOTAL), "F4", number, code), ["T108"])
    look = format_of(found.data, "F4")
    assert f'numFmtId="{becomes}"' in look
    assert 'fontId="1"' in look
    assert '<alignment wrapText="1"/>' in look


def test_an_amount_with_cents() -> None:
    data = with_format(plan(("KPI 3", "total", "€ 120.000,05")), "F4", "49")
    assert 'numFmtId="4"' in format_of(repaired(data, ["T108"]).data, "F4")


@pytest.mark.parametrize(
    ("number", "code", "becomes"),
    [
        ("0", "", "14"),
        ("3", "", "14"),
        ("49", "", "14"),
        ("18", "", "14"),
        ("15", "", "15"),
        ("200", "d mmmm yyyy", "200"),
        ("201", "[$-413]d mmm yy;@", "201"),
        ("202", "&quot;dag &quot;0", "14"),
        ("203", "h:mm", "14"),
    ],
)
def test_the_format_of_a_date(number: str, code: str, becomes: str) -> None:
    found = repaired(with_format(plan(("KPI 3", "date", "31-12-2026")), "C4", number, code), ["T108"])
    assert f'numFmtId="{becomes}"' in format_of(found.data, "C4")


def test_a_quote_before_the_text_goes() -> None:
    found = repaired(with_format(plan(TEXT_TOTAL), "F4", "3", quotePrefix="1"), ["T108"])
    assert "quotePrefix" not in format_of(found.data, "F4")
    assert 'numFmtId="3"' in format_of(found.data, "F4")


def test_what_cannot_be_changed_is_refused() -> None:
    signed = edited(plan(TEXT_TOTAL), "_xmlsignatures/origin.sigs", lambda _: " ")
    with pytest.raises(Unpatchable) as caught:
        repaired(signed, RULES)
    assert caught.value.reason == "signed"


def test_a_cell_with_more_in_it_is_left_alone() -> None:
    more = '<v>€ 120.000</v><extLst><ext uri="x"/></extLst>'
    data = with_cell(plan(TEXT_TOTAL), "F4", more, t="str")
    assert [one.reason.kind for one in repaired(data, ["T108"]).left] == ["unpatchable"]


def test_the_general_sheet_is_written_too() -> None:
    data = plan(("general", "Gegevens indiener", "Merenzorg "))
    assert changed_parts(data, repaired(data).data) == {GENERAL}
