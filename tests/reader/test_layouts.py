"""The milestone overview and the help document's table: what is judged, what is T101, what is not checked."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from kpicheck import ruleset as rulesets
from kpicheck import texts
from kpicheck.finding import Finding, Report
from kpicheck.job import Stated, check_bytes
from kpicheck.model import Gap, Plan

RULESET = rulesets.load("landelijk", also_off=True)
OVERVIEW = {
    "year": "Jaar",
    "number": "Mijlpaal #",
    "smart": "Mijlpaal",
    "evidence": "Deliverable",
    "type": "Type mijlpaal",
    "date": "Datum",
    "total": "Bedrag in €",
    "part": "Waarvan bestemd voor gemeente/SD",
}
HELP = {
    "number": "Nr",
    "smart": "KPI (smart omschrijving)",
    "evidence": "Deliverable",
    "date": "Geplande opleveringsdatum",
    "type": "Type KPI",
    "total": "Gekoppeld aan uitbetaling (ja/nee) incl. totaal bedrag",
    "split": "Verdeling bedrag per deelnemer",
}
DAYS = [date(2026, 6, 30), date(2026, 12, 31), date(2027, 6, 30), date(2027, 12, 31)]
SHOWN = ["30 juni 2026", "31 december 2026", "30 juni 2027", "31 december 2027"]
SPLIT = "Zorghuis Noord 01234567: € 6.000\nZorghuis Zuid 07654321: € 4.000"

Row = dict[str, Any]


def milestones(**also: Any) -> list[Row]:  # noqa: ANN401 - whatever a cell can hold
    """Four rows without a fault of their own."""
    return [
        {
            "year": day.year,
            "number": number,
            "smart": f"Uiterlijk {shown} hebben 40 inwoners de training van wijk {number} afgerond.",
            "evidence": f"Ondertekend verslag van de projectgroep over wijk {number}.",
            "type": "Resultaat" if number > 2 else "Inspanning",
            "date": day,
            **also,
        }
        for number, (day, shown) in enumerate(zip(DAYS, SHOWN, strict=True), start=1)
    ]


def overview(**also: Any) -> list[Row]:  # noqa: ANN401 - whatever a cell can hold
    return milestones(total=10_000, part=4_000, **also)


def help_document(total: object = "Ja, € 10.000", split: object = SPLIT) -> list[Row]:
    return milestones(total=total, split=split)


def workbook(headings: Mapping[str, str], rows: list[Row], top: int = 0) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    day = book.add_format({"num_format": "d-m-yyyy"})
    sheet = book.add_worksheet("Blad1")
    for column, (name, heading) in enumerate(headings.items()):
        sheet.write_string(top, column, heading)
        for line, row in enumerate(rows, start=top + 1):
            value = row.get(name)
            if isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            elif value is not None:
                sheet.write(line, column, value)
    book.close()
    return target.getvalue()


def judged(headings: Mapping[str, str], rows: list[Row], top: int = 0) -> Report:
    report = check_bytes(workbook(headings, rows, top), "plan.xlsx", RULESET, Stated())
    assert report.failure is None
    return report


def plan_of(headings: Mapping[str, str], rows: list[Row]) -> Plan:
    plan = judged(headings, rows).plan
    assert plan is not None
    return plan


def found(report: Report, *codes: str) -> list[tuple[str, str]]:
    return [(one.rule, one.cell) for one in report.findings if one.rule in codes]


def one(report: Report, code: str) -> Finding:
    (finding,) = [found for found in report.findings if found.rule == code]
    return finding


def missing(report: Report) -> list[object]:
    return [one.facts["column"] for one in report.findings if one.rule == "T101"]


def errors(report: Report) -> set[str]:
    return {one.rule for one in report.findings if one.severity.value == "error"}


def absent(report: Report) -> dict[str, object]:
    """The rules not checked because a column is not there."""
    return {one.rule: one.facts["field"] for one in report.not_checked if one.reason == Gap.ABSENT}


# The milestone overview


def test_overview_lacks_columns_and_nothing_else() -> None:
    report = judged(OVERVIEW, overview(), top=2)
    assert missing(report) == ["Naam", "Toelichting bedrag.", "Controle cel", "Zorgaanbieder 1 + code"]
    assert {cell for _, cell in found(report, "T101")} == {"A3"}
    assert errors(report) == {"T101"}


def test_overview_rules_without_their_column_are_not_checked() -> None:
    lacking = absent(judged(OVERVIEW, overview()))
    assert lacking["F101"] == "name"
    assert lacking["T105"] == "control"
    assert lacking["A302"] == "explanation"
    assert lacking["A201"] == "shares"


def test_overview_text_is_the_description_and_its_number_the_kpi() -> None:
    rows = overview()
    rows[1] |= {"smart": "Uiterlijk 31 december 2026 is de training in [aantal] wijken afgerond."}
    report = judged(OVERVIEW, rows)
    finding = one(report, "S101")
    assert (finding.cell, finding.field, finding.kpi) == ("C3", "smart", "2")


def test_overview_money_for_the_municipality_is_part_of_the_amount() -> None:
    rows = overview()
    rows[0]["part"] = "€ xxx"
    report = judged(OVERVIEW, rows)
    assert report.plan is not None
    assert report.plan.layout == "milestone-overview"
    assert report.plan.parties == ()
    assert sum(row.euros for row in report.plan.payments) == 40_000
    assert not [one for one in report.findings if one.cell.startswith("H")]


def test_overview_totals_row_without_a_label_is_no_milestone() -> None:
    plan = plan_of(OVERVIEW, [*overview(), {"total": 40_000, "part": 16_000}])
    assert (len(plan.kpis), len(plan.totals)) == (4, 1)
    report = judged(OVERVIEW, [*overview(), {"smart": "Totaal", "total": 41_000}])
    assert found(report, "A205") == [("A205", "G6")]


def test_overview_faults_stand_at_their_cells() -> None:
    rows = overview()
    rows[0] |= {"evidence": None}
    rows[1] |= {"type": "Proces"}
    rows[2] |= {"date": "31-6-2027"}
    rows[3] |= {"total": "€ xxx"}
    report = judged(OVERVIEW, rows)
    assert found(report, "F105", "E102", "D101", "A101") == [
        ("F105", "D2"),
        ("E102", "E3"),
        ("D101", "F4"),
        ("A101", "G5"),
    ]


def test_overview_number_twice_in_a_year_stands_at_the_number() -> None:
    rows = overview()
    rows[1]["number"] = 1
    finding = one(judged(OVERVIEW, rows), "N102")
    assert (finding.cell, finding.related) == ("B3", ("B2",))
    for row in rows:
        row["number"] = 1 if row["date"].month == 6 else 2
    assert not found(judged(OVERVIEW, rows), "N102")


def test_overview_without_its_text_or_with_too_little_else_is_not_an_overview() -> None:
    few = {name: OVERVIEW[name] for name in ("number", "smart", "date", "total")}
    report = check_bytes(workbook(few, overview()), "plan.xlsx", RULESET, Stated())
    assert report.failure is not None
    assert report.failure.code == "no-milestone-table"


@pytest.mark.parametrize("gone", ["year", "number", "part", "evidence", "type"])
def test_overview_with_a_column_less_is_still_read(gone: str) -> None:
    headings = {name: heading for name, heading in OVERVIEW.items() if name != gone}
    plan = plan_of(headings, overview())
    assert (plan.layout, len(plan.kpis)) == ("milestone-overview", 4)


# The help document


def test_help_document_lacks_columns_and_nothing_else() -> None:
    report = judged(HELP, help_document(), top=2)
    assert report.plan is not None
    assert report.plan.layout == "zorg-en-zekerheid"
    assert missing(report) == ["Naam", "Toelichting bedrag.", "Controle cel"]
    assert errors(report) == {"T101"}
    assert not found(report, "T104", "T108")


def test_help_document_parties_in_one_cell() -> None:
    plan = plan_of(HELP, help_document())
    parties = [(party.heading, party.name, party.code, party.amount) for party in plan.parties]
    assert parties == [
        ("Zorghuis Noord 01234567", "Zorghuis Noord", "01234567", Decimal(24_000)),
        ("Zorghuis Zuid 07654321", "Zorghuis Zuid", "07654321", Decimal(16_000)),
    ]
    assert sum(row.euros for row in plan.payments) == 40_000


def test_help_document_parties_without_name_or_code() -> None:
    split = "Indiener 1: € 5.000\nIndiener 2: € 3.000\nZorghuis Noord: € 2.000"
    report = judged(HELP, help_document(split=split))
    names = [one.facts["typed"] for one in report.findings if one.rule == "K101"]
    assert names == ["Indiener 1", "Indiener 2"]
    assert one(report, "K102").facts["party"] == "Zorghuis Noord"
    assert set(found(report, "K101", "K102")) == {("K101", "G2"), ("K102", "G2")}
    said = [texts.message(one, "nl") + texts.fix(one, "nl") for one in report.findings if one.rule[0] == "K"]
    assert not [one for one in said if "kop" in one or "kolom" in one]


@pytest.mark.parametrize(
    ("split", "amounts"),
    [
        ("Indiener 1: € 4.000\nIndiener 2: € 6.000", [4000, 6000]),
        ("Indiener 1: € 4.000; Indiener 2: 6.000,-", [4000, 6000]),
        ("Indiener 1: € 4.000, Indiener 2: € 6.000", [4000, 6000]),
        ("- Indiener 1 € 4.000\n- Indiener 2 (€ 6.000)", [4000, 6000]),
        ("Indiener 1:\n€ 4.000\nIndiener 2:\n€ 6.000", [4000, 6000]),
        ("Indiener 1: € 4.000\nIndiener 2: € 6.000\nTotaal: € 10.000", [4000, 6000]),
        ("Indiener 1: € 4.000\nIndiener 1: € 6.000", [10_000]),
        ("Indiener 1: € 10.000\nIndiener 2: -\n(onder voorbehoud)", [10_000, 0]),
        ("Indiener 1: € 10.000\nIndiener 2:", [10_000]),
        (10_000, [10_000]),
    ],
)
def test_help_document_ways_to_list_parties(split: object, amounts: list[int]) -> None:
    report = judged(HELP, help_document(split=split))
    assert report.plan is not None
    shares = report.plan.kpis[0].shares.value or ()
    assert [share.amount.value for share in shares] == amounts
    assert not found(report, "A101", "A201")


@pytest.mark.parametrize(
    ("label", "name", "code"),
    [
        ("Indiener 1", "", ""),
        ("Zorghuis Noord (AGB: 01234567)", "Zorghuis Noord", "01234567"),
        ("Indiener 1 - Zorghuis Noord", "Zorghuis Noord", ""),
        ("Indiener 1 (Zorghuis Noord 01234567)", "Zorghuis Noord", "01234567"),
        ("Gemeente Oever GM0123", "Gemeente Oever", "GM0123"),
    ],
)
def test_help_document_name_and_code_of_a_listed_party(label: str, name: str, code: str) -> None:
    (party,) = plan_of(HELP, help_document(split=f"{label}: € 10.000")).parties
    assert (party.heading, party.name, party.code, party.amount) == (label, name, code, Decimal(40_000))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("Ja, € 10.000", 10_000),
        ("ja € 10.000,-", 10_000),
        ("Ja\n€ 10.000", 10_000),
        ("Ja - € 10.000", 10_000),
        ("JA (EUR 10.000,50)", Decimal("10000.50")),
        ("Ja, totaal bedrag: € 10.000", 10_000),
        ("€ 10.000", 10_000),
        (10_000, 10_000),
        ("Nee", 0),
        ("Nee, n.v.t.", 0),
        ("Nee, € 0", 0),
        ("Ja", None),
        ("Ja, € xxx", None),
        ("Ja, € 10.000 bij oplevering", None),
        ("Nee, € 500", None),
        ("Januari", None),
    ],
)
def test_help_document_amount_behind_yes_or_no(typed: object, amount: Decimal | None) -> None:
    rows = help_document()
    rows[1]["total"] = typed
    report = judged(HELP, rows)
    assert report.plan is not None
    assert report.plan.kpis[1].total.value == amount
    assert found(report, "A101") == ([("A101", "F3")] if amount is None else [])


def test_help_document_not_linked_to_a_payment() -> None:
    rows = help_document()
    rows[1] |= {"total": "Nee", "split": None}
    report = judged(HELP, rows)
    assert found(report, "A103", "A201", "F106", "K106") == [("A103", "F3")]


def test_help_document_unreadable_amounts_are_told_once_a_cell() -> None:
    rows = help_document("Ja, € xxx", "Indiener 1: € xxx\nIndiener 2: € xxx\nIndiener 3: € xxx")
    report = judged(HELP, rows)
    cells = [f"{column}{row}" for row in range(2, 6) for column in "FG"]
    assert [cell for _, cell in found(report, "A101")] == cells
    unread = {one.rule for one in report.not_checked if one.reason == Gap.UNREADABLE}
    assert {"A201", "E101", "K108"} <= unread


def test_help_document_words_where_amounts_belong_name_no_party() -> None:
    rows = help_document()
    rows[2]["split"] = "nog te verdelen"
    report = judged(HELP, rows)
    assert found(report, "A101", "K101", "A201") == [("A101", "G4")]


def test_help_document_row_that_does_not_add_up() -> None:
    rows = help_document()
    rows[3]["split"] = SPLIT.replace("4.000", "3.999")
    rows[1]["split"] = None
    report = judged(HELP, rows)
    finding = one(report, "A201")
    assert (finding.cell, finding.related, finding.facts["difference"]) == ("F5", ("G5",), 1)
    assert "SOM" not in texts.fix(finding, "nl")
    assert found(report, "K106") == [("K106", "F3")]


def test_help_document_totals_row_per_party() -> None:
    total = {"number": "Totaal", "total": "€ 40.000", "split": SPLIT.replace("6.000", "24.000")}
    report = judged(HELP, [*help_document(), total])
    finding = one(report, "A205")
    assert (finding.cell, finding.facts["column"], finding.facts["sum"]) == (
        "G6",
        "Zorghuis Zuid 07654321",
        16_000,
    )


def test_help_document_prepared_rows_are_blank_and_remarks_are_not() -> None:
    blank = {"number": 5, "split": "Indiener 1: €\nIndiener 2: €"}
    assert len(plan_of(HELP, [*help_document(), blank]).payments) == 4
    remark = {"number": "Alle bedragen zijn inclusief btw"}
    assert found(judged(HELP, [*help_document(), remark]), "T109") == [("T109", "A6")]


def test_help_document_hidden_amounts_are_told() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Blad1")
    for line, row in enumerate([HELP, *help_document()]):
        sheet.write_row(line, 0, [str(row.get(name)) for name in HELP])
    sheet.set_column("F:G", None, None, {"hidden": True})
    book.close()
    report = check_bytes(target.getvalue(), "plan.xlsx", RULESET, Stated())
    assert found(report, "T107") == [("T107", "F1"), ("T107", "G1")]


# Between the layouts


@pytest.mark.parametrize(
    ("headings", "rows", "layout"),
    [(OVERVIEW, overview(), "milestone-overview"), (HELP, help_document(), "zorg-en-zekerheid")],
)
def test_a_missing_column_may_be_added(headings: Mapping[str, str], rows: list[Row], layout: str) -> None:
    named = [
        row | {"name": f"Wijkzorg - Training - KPI {number}"} for number, row in enumerate(rows, start=5)
    ]
    report = judged({**headings, "name": "Naam"}, named)
    assert "Naam" not in missing(report)
    assert report.plan is not None
    assert (report.plan.layout, report.plan.kpis[0].number) == (layout, "5")


@pytest.mark.parametrize(
    "more",
    [(), ("Nr",), ("Jaar", "Nr", "Mijlpaal"), ("Nr", "Deliverable", "Type KPI")],
)
def test_an_official_table_with_more_columns_stays_official(more: tuple[str, ...]) -> None:
    official = {
        "name": "Naam",
        "smart": "SMART omschrijving",
        "date": "(streef)datum",
        "type": "Resultaat- of inspanningsverplichting",
        "evidence": "Bewijsvoering",
        "total": "(totaal)Bedrag",
    }
    headings = official | {f"more{number}": heading for number, heading in enumerate(more)}
    assert plan_of(headings, overview(name="Wijkzorg - Training - KPI 1")).layout == "regional"
    without_name = {name: heading for name, heading in headings.items() if name != "name"}
    assert plan_of(without_name, overview()).layout == "regional"
    headings |= {"explanation": "Toelichting bedrag.", "control": "Controle cel"}
    assert plan_of(headings, overview(name="Wijkzorg - Training - KPI 1")).layout == "official"
