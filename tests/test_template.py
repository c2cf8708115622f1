"""`kpicheck template`: an empty workbook that is read as the official format and passes once filled in."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kpicheck import ruleset as rulesets
from kpicheck.finding import Finding, Report
from kpicheck.job import Stated, check_bytes
from kpicheck.reader.layout import official
from kpicheck.template import Wanted, build
from tests.filling import filled, good_plan, opened, saved
from tests.outside.running import Ran, kpicheck

TODAY = dt.date(2026, 11, 22)
USUAL = Wanted(parties=3, kassier=True, first_year=2026, last_year=2028, rows=40)
ALONE = Wanted(parties=1, kassier=False, first_year=2026, last_year=2026, rows=1)
SMALL = Wanted(parties=2, kassier=False, first_year=2026, last_year=2028, rows=5)
MOST = Wanted(parties=50, kassier=True, first_year=2026, last_year=2035, rows=1000)
SHEETS = ["Algemene gegevens", "Toelichting", "Mijlpalen", "Verdeling", "Begroting"]


def judged(data: bytes) -> Report:
    return check_bytes(data, "plan.xlsx", rulesets.load("landelijk"), Stated(), today=TODAY)


def found(data: bytes) -> list[Finding]:
    report = judged(data)
    assert report.failure is None
    return list(report.findings)


def codes(data: bytes) -> set[str]:
    return {one.rule for one in found(data)}


def changed(change: Callable[[Any], None]) -> bytes:
    book = opened(filled(build(USUAL), good_plan()))
    change(book)
    return saved(book)


def validations(data: bytes, sheet: str) -> dict[str, Any]:
    found_there = opened(data)[sheet].data_validations.dataValidation
    return {str(one.sqref): one for one in found_there}


@pytest.mark.parametrize("wanted", [ALONE, USUAL, MOST])
def test_untouched_is_still_empty(wanted: Wanted) -> None:
    report = judged(build(wanted))
    assert report.failure is not None
    assert report.failure.code == "no-milestones"


@pytest.mark.parametrize("wanted", [ALONE, USUAL, MOST])
def test_untouched_is_still_empty_where_no_result_is_stored(wanted: Wanted) -> None:
    report = judged(saved(opened(build(wanted))))
    assert report.failure is not None
    assert report.failure.code == "no-milestones"


def test_headings_alone_are_no_plan() -> None:
    plan = {**good_plan(), "rows": []}
    report = judged(filled(build(USUAL), plan))
    assert report.failure is not None
    assert report.failure.code == "no-milestones"


def test_filled_in_it_passes_without_a_finding() -> None:
    report = judged(filled(build(USUAL), good_plan()))
    assert report.failure is None
    assert report.findings == ()
    plan = report.plan
    assert plan is not None
    assert (plan.layout, plan.sheet, len(plan.kpis)) == ("official", "Mijlpalen", 12)
    assert plan.missing_columns == ()
    assert plan.requested.value == 1_200_000
    assert plan.budget is not None
    assert dict(plan.budget.years) == {2026: 430_000, 2027: 390_000, 2028: 380_000}
    assert plan.period is not None
    assert (plan.period.start, plan.period.end) == (dt.date(2026, 1, 1), dt.date(2028, 12, 31))
    assert {one.rule for one in report.not_checked} == {"A207", "K108"}


def test_the_rest_of_the_workbook_is_no_data() -> None:
    """What was left empty is not known: no sheet of the template stands in for it."""
    plan = good_plan()
    for label in ("Aangevraagd bedrag", "Startdatum", "Einddatum"):
        del plan["general"]["Extra gegevens"][label]
    report = judged(filled(build(USUAL), {**plan, "budget": {}}))
    assert report.findings == ()
    assert {one.rule for one in report.not_checked} >= {"A202", "P101", "P107", "P109", "D104"}


def test_one_party_one_row_and_one_year() -> None:
    plan = good_plan()
    plan["parties"] = ["Stichting Thuiszorg De Linde 99000102"]
    plan["rows"] = [{**plan["rows"][0], "parties": [90_000]}]
    plan["budget"] = {2026: 90_000}
    plan["general"]["Extra gegevens"] |= {
        "Wordt er gewerkt met een kassiersfunctie?": "nee",
        "Aangevraagd bedrag": 90_000,
        "Einddatum": dt.date(2026, 12, 31),
    }
    data = filled(build(ALONE), plan)
    assert codes(data) <= {"E101", "E103", "P108", "P109"}
    read = judged(data).plan
    assert read is not None
    assert read.budget is not None
    assert dict(read.budget.years) == {2026: 90_000}


def test_an_empty_budget_of_one_year_is_none() -> None:
    plan = good_plan()
    plan["parties"] = ["Stichting Thuiszorg De Linde 99000102"]
    plan["rows"] = [{**plan["rows"][0], "parties": [90_000]}]
    read = judged(filled(build(ALONE), {**plan, "budget": {}})).plan
    assert read is not None
    assert read.budget is None


def test_the_last_of_most_rows_and_parties_is_read() -> None:
    book = opened(build(MOST))
    sheet = book["Mijlpalen"]
    row = good_plan()["rows"][0]
    values = {1: row["name"], 2: row["smart"], 3: row["date"], 4: row["type"], 5: row["evidence"], 59: 70_000}
    for column, value in values.items():
        sheet.cell(1001, column).value = value
    sheet.cell(1, 59).value = "Gemeente Merenland 9901"
    plan = judged(saved(book)).plan
    assert plan is not None
    assert [one.row for one in plan.kpis] == [1001]
    assert plan.kpis[0].total.value == 70_000
    assert {one.heading: one.amount for one in plan.parties}["Gemeente Merenland 9901"] == 70_000


@pytest.mark.parametrize(
    ("place", "value", "wanted"),
    [
        ("F4", 99_999, {("A201", "F4"), ("T104", "F4")}),
        ("H4", "Bedragen komen overeen", {("T104", "H4")}),
        ("D4", None, {("F104", "D4")}),
        ("C4", "medio 2026", {("D101", "C4")}),
        ("J4", "n.v.t.", {("A101", "J4")}),
        ("A4", None, {("F101", "A4")}),
    ],
)
def test_a_row_that_is_changed_is_found(place: str, value: object, wanted: set[tuple[str, str]]) -> None:
    def change(book: Any) -> None:  # noqa: ANN401 - openpyxl's book
        book["Mijlpalen"][place] = value

    told = {(one.rule, one.cell) for one in found(changed(change))}
    assert wanted <= told
    assert not {code for code, _ in told} & {"T101", "T109", "A204", "A205"}


def test_a_started_row_is_no_longer_empty() -> None:
    def change(book: Any) -> None:  # noqa: ANN401 - openpyxl's book
        book["Mijlpalen"]["A14"] = "Wijkteams - Afronding - KPI 13"

    told = {(one.rule, one.cell) for one in found(changed(change))}
    assert {("F102", "B14"), ("F103", "C14"), ("F104", "D14"), ("F105", "E14")} <= told
    assert "T105" not in {code for code, _ in told}


def test_a_party_column_left_over_is_no_error() -> None:
    plan = good_plan()
    data = filled(build(replace(USUAL, parties=4, rows=12)), plan)
    assert [(one.rule, one.cell) for one in found(data)] == [("K105", "M1")]


def test_a_name_that_keeps_the_words_of_the_format_is_found() -> None:
    def change(book: Any) -> None:  # noqa: ANN401 - openpyxl's book
        book["Mijlpalen"]["J1"] = "Zorgaanbieder 1 + code"
        book["Mijlpalen"]["K1"] = "Huisartsengroep Het Baken + code"

    told = {(one.rule, one.cell) for one in found(changed(change))}
    assert {("K101", "J1"), ("K102", "K1")} <= told


def test_headings_are_those_of_the_format() -> None:
    row = [cell.value for cell in opened(build(USUAL))["Mijlpalen"][1]]
    assert row == [
        *official().demanded.values(),
        "Kassier Naam + code",
        "Zorgaanbieder 1 + code",
        "Zorgaanbieder 2 + code",
        "Zorgaanbieder 3 + code",
    ]
    assert [cell.value for cell in opened(build(ALONE))["Mijlpalen"][1]][8:] == ["Zorgaanbieder 1 + code"]
    assert opened(build(MOST))["Mijlpalen"]["BG1"].value == "Zorgaanbieder 50 + code"


@pytest.mark.parametrize(
    ("wanted", "last", "money", "counted"),
    [(ALONE, 2, "I{0}:I{0}", "I{0}"), (USUAL, 41, "I{0}:L{0}", "I{0}:L{0}")],
)
def test_every_row_has_its_formulas(wanted: Wanted, last: int, money: str, counted: str) -> None:
    sheet = opened(build(wanted))["Mijlpalen"]
    for row in range(2, last + 1):
        cells = money.format(row)
        assert sheet[f"F{row}"].value == f"=SUM({cells})"
        assert sheet[f"H{row}"].value == (
            f'=IF(AND(COUNTA(A{row}:E{row},G{row},{counted.format(row)})=0,F{row}=0),"",'
            f'IF(F{row}=SUM({cells}),"Bedragen komen overeen","Bedragen komen niet overeen"))'
        )
    assert sheet[f"F{last + 1}"].value is None


def test_every_formula_has_its_result() -> None:
    with zipfile.ZipFile(io.BytesIO(build(USUAL))) as package:
        for number in range(1, 6):
            xml = package.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert xml.count("<f>") == len(re.findall(r"</f><v>[^<]*</v>", xml))


@pytest.mark.parametrize(("wanted", "last", "money"), [(ALONE, 2, "I2"), (USUAL, 41, "I2:L41")])
def test_what_may_be_typed(wanted: Wanted, last: int, money: str) -> None:
    rules = validations(build(wanted), "Mijlpalen")
    assert set(rules) == {one if last > 2 else one[:2] for one in (f"D2:D{last}", f"C2:C{last}", money)}
    kinds = {one.type: one for one in rules.values()}
    assert kinds["list"].formula1 == '"Inspanningsverplichting,Resultaatsverplichting"'
    first, until = (dt.date(1899, 12, 30) + dt.timedelta(int(day)) for day in days(kinds["date"]))
    assert (first, until) == (dt.date(wanted.first_year, 1, 1), dt.date(wanted.last_year, 12, 31))
    assert (kinds["whole"].operator, kinds["whole"].formula1) == ("greaterThanOrEqual", "0")
    assert all(one.errorTitle and one.error and one.showErrorMessage for one in rules.values())
    assert {one.errorStyle for one in rules.values()} == {None}


def days(rule: Any) -> tuple[str, str]:  # noqa: ANN401 - openpyxl's validation
    return rule.formula1, rule.formula2


def test_the_types_of_the_list_are_types_that_are_read() -> None:
    effort, result = validations(build(USUAL), "Mijlpalen")["D2:D41"].formula1.strip('"').split(",")
    assert effort in official().texts("types", "effort")
    assert result in official().texts("types", "result")


def test_the_kassier_question_offers_answers_and_takes_a_name() -> None:
    rule = validations(build(USUAL), "Algemene gegevens")["B9"]
    assert rule.formula1 == '"nee,ja"'
    assert not rule.showErrorMessage


def test_every_heading_has_a_note_of_its_own_words() -> None:
    notes = [cell.comment for cell in opened(build(USUAL))["Mijlpalen"][1]]
    assert all(note and len(note.text) > 60 for note in notes)
    told = [note.text for note in notes if note]
    assert len(set(told)) == len(told) - 2
    listed = {row[1].value for row in opened(build(USUAL))["Toelichting"].iter_rows(max_col=2)}
    assert listed >= set(told)


def test_no_text_is_a_text_of_the_format() -> None:
    from kpicheck.reader.layout import fingerprint

    known = {*official().texts("examples", "rows"), *official().texts("examples", "instructions")}
    book = opened(build(USUAL))
    told = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    told += [str(cell.comment.text) for cell in book["Mijlpalen"][1] if cell.comment]
    assert not known & set(map(fingerprint, told))


def test_sheets_stay_readable_and_print_on_a4() -> None:
    book = opened(build(USUAL))
    assert book.sheetnames == SHEETS
    assert book.active is not None
    assert book.active.title == SHEETS[0]
    assert {(one.page_setup.orientation, str(one.page_setup.paperSize)) for one in book} == {
        ("landscape", "9")
    }
    sheet = book["Mijlpalen"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.print_title_cols) == ("B2", "$1:$1", "$A:$A")
    assert sheet.print_area == "'Mijlpalen'!$A$1:$L$41"


def test_no_validation_text_is_cut() -> None:
    rules = [one for name in SHEETS for one in opened(build(MOST))[name].data_validations.dataValidation]
    assert len(rules) == 8
    for rule in rules:
        assert len(rule.errorTitle or rule.promptTitle) <= 32
        assert len(rule.error or rule.prompt) <= 255


def test_the_same_wishes_give_the_same_bytes() -> None:
    data = build(USUAL)
    assert build(USUAL) == data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-01-01T00:00:00Z"}
    assert "kpicheck" not in core


def template(folder: Path, *words: str) -> Ran:
    return kpicheck("template", *words, cwd=folder, again=len(list(folder.iterdir())))


def test_the_command_writes_and_says_so(tmp_path: Path) -> None:
    ran = template(tmp_path, "-o", "plan.xlsx", "--parties", "2", "--years", "2026-2028", "--rows", "5")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Lege werkmap gemaakt: plan.xlsx (2 partijkolommen, 5 rijen, 2026-2028). "
        "Vul haar in en kijk haar na met kpicheck validate.\n"
    )
    assert (tmp_path / "plan.xlsx").read_bytes() == build(SMALL)
    empty = kpicheck("validate", "plan.xlsx", "--isolated", cwd=tmp_path)
    assert (empty.code, empty.out) == (3, "")
    assert "nog leeg" in empty.err


def test_english_words_and_a_single_year(tmp_path: Path) -> None:
    ran = template(tmp_path, "--output", "PLAN.XLSX", "--years", "2026", "--kassier", "--lang", "en")
    assert ran.code == 0
    assert ran.out.startswith("Empty workbook made: PLAN.XLSX (3 columns for parties, 40 rows, 2026).")
    assert (tmp_path / "PLAN.XLSX").read_bytes() == build(replace(USUAL, last_year=2026))


def test_without_years_the_plan_begins_this_year(tmp_path: Path) -> None:
    year = dt.date.today().year  # noqa: DTZ011, TID251 - the day of the user who calls it
    assert template(tmp_path, "-o", "plan.xlsx").code == 0
    sheet = opened((tmp_path / "plan.xlsx").read_bytes())["Begroting"]
    assert [sheet.cell(row, 1).value for row in range(2, 5)] == [year, year + 1, year + 2]


def test_a_file_that_is_there_stays_unless_forced(tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(b"weken werk")
    ran = template(tmp_path, "-o", "plan.xlsx")
    assert (ran.code, ran.out, file.read_bytes()) == (2, "", b"weken werk")
    assert ran.err == (
        "kpicheck: plan.xlsx bestaat al en blijft zoals het is; kies een andere naam, "
        "of zet --force erachter om het te vervangen.\n"
    )
    assert kpicheck("template", "-o", "plan.xlsx", "--force", cwd=tmp_path).code == 0
    assert file.read_bytes()[:2] == b"PK"
    assert [one.name for one in tmp_path.iterdir()] == ["plan.xlsx"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Zeg met -o waar de lege werkmap moet komen, zoals: kpicheck template -o plan.xlsx."),
        (("-o", "plan.xls"), "De naam plan.xls moet eindigen op .xlsx."),
        (("-o", "-"), "De naam - moet eindigen op .xlsx."),
        (("-o", ".xlsx"), "De naam .xlsx moet eindigen op .xlsx."),
        (("--parties", "0"), "--parties is een heel getal van 1 tot en met 50, niet 0."),
        (("--parties", "51"), "--parties is een heel getal van 1 tot en met 50, niet 51."),
        (("--parties", "twee"), "--parties is een heel getal van 1 tot en met 50, niet twee."),
        (("--parties", "-1"), "--parties is een heel getal van 1 tot en met 50, niet -1."),
        (("--rows", "0"), "--rows is een heel getal van 1 tot en met 1000, niet 0."),
        (("--rows", "1001"), "--rows is een heel getal van 1 tot en met 1000, niet 1001."),
        (("--rows", "²"), "--rows is een heel getal van 1 tot en met 1000, niet ²."),
        (("--years", "2028-2026"), "niet 2028-2026."),
        (("--years", "2026-2036"), "van hoogstens 10 jaar, zoals 2026 of 2026-2028, niet 2026-2036."),
        (("--years", "26-28"), "niet 26-28."),
        (("--lang", "de"), "De taal de bestaat niet; bekend zijn: nl, en."),
        (("-o", "nergens/plan.xlsx"), "nergens/plan.xlsx is niet te schrijven (No such file or directory)."),
    ],
)
def test_wrong_usage_is_one_sentence_and_writes_nothing(
    tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    named = () if not words or "-o" in words else ("-o", "plan.xlsx")
    ran = template(tmp_path, *words, *named)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("kpicheck: ")
    assert ran.err.endswith(f"{sentence}\n")
    assert ran.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("years", ["2026-2035", "2000", "2099", "2026 – 2028"])
def test_years_at_their_edges(tmp_path: Path, years: str) -> None:
    assert template(tmp_path, "-o", "plan.xlsx", "--years", years, "--parties", "1", "--rows", "1").code == 0
