"""Stray spaces and mixed labels (E105): the words stay, and nothing that reads them gives anything else."""

from __future__ import annotations

import re

import pytest

from kpicheck.repair.spaces import tidy

from .plans import (
    GENERAL,
    SHEET,
    cell_xml,
    check,
    edited,
    left,
    made,
    plan,
    repaired,
    rules_found,
    with_cell,
    with_formula,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
EFFORT = "Inspanningsverplichting"
NAME = "Wijkteams - Inrichting - KPI 3"
MIXED = ("KPI 3", "type", "Inspanning")


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        (" a", "a"),
        ("a ", "a"),
        ("a  b", "a b"),
        ("a\u00a0b", "a b"),
        ("a\u2009\u202fb", "a b"),
        ("a \u200bb", "a b"),
        ("\ufeffa", "a"),
        ("a\n  - b", "a\n  - b"),
        ("a\n\nb", "a\n\nb"),
        ("a\tb", "a\tb"),
        ("a b", "a b"),
    ],
)
def test_tidy(typed: str, better: str) -> None:
    assert tidy(typed) == better
    assert tidy(better) == better


@pytest.mark.parametrize(
    "typed", [f"{NAME} ", f" {NAME}", NAME.replace(" - ", "  - ", 1), NAME.replace(" KPI", "\u00a0KPI")]
)
def test_a_name_with_stray_spaces(typed: str) -> None:
    data = plan(("KPI 3", "name", typed))
    found = repaired(data)
    assert made(found) == {"A4": NAME}
    assert rules_found(found.file) == rules_found(check(data))


@pytest.mark.parametrize("typed", [NAME, NAME.replace(" - ", "\n- ", 1), NAME.replace("t", "\u200bt", 1)])
def test_a_name_that_stays(typed: str) -> None:
    assert repaired(plan(("KPI 3", "name", typed))).repairs == ()


def test_a_party_and_an_answer() -> None:
    data = plan(
        ("parties", 1, "Stichting  Thuiszorg De Linde\u00a099000102"),  # type: ignore[arg-type]
        ("general", "Gegevens indiener", "Merenzorg  "),
    )
    found = repaired(data)
    assert made(found) == {"J1": "Stichting Thuiszorg De Linde 99000102", "B3": "Merenzorg"}
    assert 't="inlineStr"><is><t xml:space="preserve">Merenzorg</t></is>' in cell_xml(
        found.data, "B3", GENERAL
    )


def test_only_the_rules_that_were_asked() -> None:
    data = plan(("KPI 3", "name", f"{NAME} "), ("KPI 3", "total", "120.000"))
    assert list(made(repaired(data, ["T108"], spaces=False))) == ["F4"]
    assert made(repaired(data, [], spaces=True)) == {"A4": NAME}


def test_never_in_rich_text() -> None:
    bold = "<r><rPr><b/></rPr><t>Wijkteams </t></r>"
    runs = f'<is>{bold}<r><t xml:space="preserve"> - Inrichting - KPI 3</t></r></is>'
    found = repaired(with_cell(plan(), "A4", runs, t="inlineStr"))
    assert left(found) == {("", "A4"): "rich"}


def test_never_in_rich_text_that_cells_share() -> None:
    data = plan(("KPI 3", "name", f"{NAME} "))
    rich = edited(
        data,
        "xl/sharedStrings.xml",
        lambda xml: re.sub(
            rf'<si><t xml:space="preserve">{NAME} </t></si>',
            f'<si><r><rPr><b/></rPr><t>{NAME}</t></r><r><t xml:space="preserve"> </t></r></si>',
            xml,
        ),
    )
    assert left(repaired(rich)) == {("", "A4"): "rich"}


def test_never_in_the_heading_of_an_excel_table() -> None:
    data = plan(("parties", 1, "Stichting  Thuiszorg De Linde 99000102"))  # type: ignore[arg-type]
    assert list(made(repaired(data))) == ["J1"]
    assert left(repaired(with_table(data, "A1:L13"))) == {("", "J1"): "table-heading"}
    assert list(made(repaired(with_table(data, "A1:H13")))) == ["J1"]
    assert list(made(repaired(with_table(data, "A1:L13", headerRowCount="0")))) == ["J1"]


def with_table(data: bytes, ref: str, **told: str) -> bytes:
    said = "".join(f' {name}="{value}"' for name, value in told.items())
    kind, target = f"{OFFICE}/table", "../tables/table1.xml"
    relation = f'<Relationship Id="rId9" Type="{kind}" Target="{target}"/>'
    data = edited(
        data,
        "xl/worksheets/_rels/sheet3.xml.rels",
        lambda _: f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>',
    )
    table = f'<table xmlns="{MAIN}" id="1" displayName="Tabel1" ref="{ref}"{said}/>'
    return edited(data, "xl/tables/table1.xml", lambda _: table)


def test_mixed_labels_become_the_formats_own_words() -> None:
    data = plan(MIXED, ("KPI 4", "type", f"{EFFORT} "))
    assert rules_found(check(data)) == {("E105", "D1")}
    found = repaired(data)
    assert made(found) == {"D4": EFFORT, "D5": EFFORT}
    assert found.file.findings == ()


def test_labels_of_one_spelling_stay() -> None:
    results = [("KPI 6", "type"), ("KPI 8", "type"), ("KPI 10", "type"), ("KPI 12", "type")]
    data = plan(*((*at, "Resultaat") for at in results), MIXED)
    assert made(repaired(data)) == {"D4": EFFORT}


def test_capitals_are_no_other_label() -> None:
    assert made(repaired(plan(MIXED, ("KPI 4", "type", EFFORT.lower())))) == {"D4": EFFORT}


def test_labels_are_repaired_together_or_not_at_all() -> None:
    data = with_cell(
        plan(MIXED, ("KPI 4", "type", "x")), "D5", '<f>"Inspanning"</f><v>Inspanning</v>', t="str"
    )
    assert left(repaired(data)) == {("E105", "D1"): "label-is-formula"}


LISTS = {
    '"Inspanning,Resultaat"': False,
    f'"{EFFORT},Resultaatsverplichting"': True,
    f'"Inspanning, {EFFORT}"': True,
    "$Z$1:$Z$2": False,
    "INDIRECT($Z$1)": False,
    "'Algemene gegevens'!$A$2:$A$3": False,
    "$D$2:$D$3": True,
}


@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("extension", [False, True])
def test_only_words_that_the_choice_list_has(listed: str, *, extension: bool) -> None:
    quoted = listed.replace('"', "&quot;")
    plain = f'<dataValidation type="list" sqref="D2:D13"><formula1>{quoted}</formula1></dataValidation>'
    plain = f"<dataValidations>{plain}</dataValidations>"
    x14 = (
        f'<extLst><ext uri="x" xmlns:x14="{X14}"><x14:dataValidations xmlns:xm="{XM}">'
        f'<x14:dataValidation type="list"><x14:formula1><xm:f>{quoted}</xm:f></x14:formula1>'
        "<xm:sqref>D2:D13</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )

    def change(xml: str) -> str:
        if extension:
            return xml.replace("</worksheet>", f"{x14}</worksheet>")
        return xml.replace("</sheetData>", f"</sheetData>{plain}")

    found = repaired(edited(plan(MIXED), SHEET, change))
    assert made(found) == ({"D4": EFFORT} if LISTS[listed] else {})
    assert left(found) == ({} if LISTS[listed] else {("E105", "D1"): "choice-list"})


@pytest.mark.parametrize(("word", "stays"), [("inspanning", True), ("Resultaat", False)])
def test_not_where_a_colour_depends_on_the_word(word: str, *, stays: bool) -> None:
    rule = f'<cfRule type="expression" priority="1"><formula>$D2=&quot;{word}&quot;</formula></cfRule>'
    rules = f'<conditionalFormatting sqref="A2:L13">{rule}</conditionalFormatting>'
    data = edited(plan(MIXED), SHEET, lambda xml: xml.replace("</sheetData>", f"</sheetData>{rules}"))
    assert left(repaired(data)) == ({("E105", "D1"): "colour-rule"} if stays else {})


@pytest.mark.parametrize("first", ["I", "&#73;", "&#x49;"])
def test_a_letter_written_as_its_number_is_that_letter(first: str) -> None:
    """In XML it is the same text; the word that a colour depends on was missed, and a list not read."""
    rule = f'<cfRule type="expression" priority="1"><formula>$D2="{first}nspanning"</formula></cfRule>'
    rules = f'<conditionalFormatting sqref="A2:L13">{rule}</conditionalFormatting>'
    data = edited(plan(MIXED), SHEET, lambda xml: xml.replace("</sheetData>", f"</sheetData>{rules}"))
    assert left(repaired(data)) == {("E105", "D1"): "colour-rule"}
    words = f'"{first}nspanningsverplichting,Resultaatverplichting"'
    rule = f'<dataValidation type="list" sqref="D2:D13"><formula1>{words}</formula1></dataValidation>'
    rules = f"<dataValidations>{rule}</dataValidations>"
    data = edited(plan(MIXED), SHEET, lambda xml: xml.replace("</sheetData>", f"</sheetData>{rules}"))
    assert made(repaired(data)) == {"D4": EFFORT}


def test_a_list_of_other_cells_does_not_matter() -> None:
    rule = '<dataValidation type="list" sqref="D5:D13 E2"><formula1>"a"</formula1></dataValidation>'
    rule = f"<dataValidations>{rule}</dataValidations>"
    data = edited(plan(MIXED), SHEET, lambda xml: xml.replace("</sheetData>", f"</sheetData>{rule}"))
    assert made(repaired(data)) == {"D4": EFFORT}


@pytest.mark.parametrize(
    "formula",
    [
        "SUMIF(Mijlpalen!D2:D13,&quot;Inspanningsverplichting&quot;,Mijlpalen!F2:F13)",
        "SUMIF(Mijlpalen!D:D,&quot;Inspanning&quot;,Mijlpalen!F:F)",
    ],
)
def test_not_where_a_sum_by_label_would_change(formula: str) -> None:
    found = repaired(with_formula(plan(MIXED), "H60", formula, "1"))
    assert left(found) == {("E105", "D1"): "result-changes"}


@pytest.mark.parametrize(
    "formula",
    ["MATCH(&quot;Inspanning&quot;,Mijlpalen!D2:D13,0)", "COUNTIF(Mijlpalen!D2:D13,&quot;Insp*&quot;)"],
)
def test_not_where_it_is_unknown_what_reads_the_label(formula: str) -> None:
    assert left(repaired(with_formula(plan(MIXED), "H60", formula, "1"))) == {
        ("E105", "D1"): "unknown-formula"
    }


def test_a_count_of_labels_stays_as_it_is() -> None:
    data = with_formula(plan(MIXED), "H60", "COUNTA(Mijlpalen!D2:D13)", "12")
    assert made(repaired(data)) == {"D4": EFFORT}
