"""The same plan in other shapes: the verdict does not depend on where and how the table stands."""

from pathlib import Path
from typing import Any

import pytest

from . import changes as ch
from .cases import Case, batch, codes, fault, fine, hit, judge, listed, readable
from .workbooks import (
    AGREES,
    EFFORT,
    Formula,
    Plan,
    Row,
    amounts,
    loose_regional,
    regional,
    start_contribution,
    unstored,
)

GOOD_FIGURES = {
    "total": "500000",
    "effort": "300000",
    "result": "200000",
    "untyped": "0",
    "effort_share": "0.6",
}
NOISE = "T101@A14 T104@F14 G100"
LINE_BREAKS = {
    "A1": "Naam\n",
    "B1": "SMART\nomschrijving",
    "C1": "(streef)\ndatum",
    "D1": "Resultaat- of\ninspannings-\nverplichting",
    "F1": "(totaal)\nBedrag",
    "G1": "Toelichting\nbedrag.",
    "H1": "Controle\ncel",
}


def four_faults(plan: Plan) -> None:
    table = plan.table
    table.rows[2].cells["evidence"] = None
    table.rows[3].cells["date"] = "medio 2026"
    table.rows[3].cells["smart"] = (
        "Met ingang van het nieuwe jaar hebben alle partijen de afspraken ondertekend."
    )
    table.rows[4].cells["party1"] = -1_000
    table.rows[5].cells["type"] = "Proces"


FAULTS_IN_PLACE = ("F105@E4", "D101@C5", "A102@J6", "E102@D7")
FAULTS_MOVED = ("F105@H12", "D101@F13", "A102@M14", "E102@G15")

CASES: list[Case] = [
    fine("moved", change=ch.moved("Blad3", 9, 4), kpis=8, plan=GOOD_FIGURES),
    fine("moved-unstored", base=unstored, change=ch.moved("Blad3", 9, 4), kpis=8, plan=GOOD_FIGURES),
    fault("faults-in-place", {}, *FAULTS_IN_PLACE, change=four_faults, allow="S111"),
    fault(
        "faults-moved-unstored",
        {},
        *FAULTS_MOVED,
        base=unstored,
        change=ch.after(four_faults, ch.moved("Blad3", 9, 4)),
        allow="S111",
    ),
    fault(
        "moved-one-euro",
        {"I12": Formula("=SUM(L12:O12)+1", 45_001)},
        hit("A201@I12", sheet="Blad3", facts={"difference": "1"}),
        change=ch.moved("Blad3", 9, 4),
        allow="T105 T111",
    ),
    fine(
        "table-on-first-sheet",
        change=lambda p: p.sheets.clear(),
        allow="G100",
        kpis=8,
        unchecked="P101 A202 G101",
    ),
    fine("thirty-parties", change=ch.thirty_parties, kpis=8, plan=GOOD_FIGURES),
    fault(
        "thirty-parties-last-one-forgotten",
        {"F4": Formula("=SUM(I4:AL4)", 44_900)},
        hit("A201@F4", facts={"difference": "100"}),
        change=ch.thirty_parties,
        allow="T105 T111",
    ),
    fine(
        "one-party",
        {"Begroting!B2": 100_000, "Begroting!B3": 110_000},
        change=ch.without("party2", "party3"),
        kpis=8,
        plan={"total": "250000"},
    ),
    fine(
        "no-kassier",
        {"Algemene gegevens!B6": "nee"},
        change=ch.without("kassier"),
        kpis=8,
        plan={"total": "450000"},
    ),
    fine("sections", change=ch.in_sections, kpis=8, plan=GOOD_FIGURES, rows={"section": 2, "kpi": 8}),
    fine(
        "sections-and-totals",
        change=ch.after(ch.in_sections, ch.below(Row({"name": "Totaal", "total": 500_000}, counted=False))),
        kpis=8,
        plan=GOOD_FIGURES,
        rows={"section": 2, "total": 1},
    ),
    fine(
        "subtotal-rows",
        change=ch.after(
            ch.inserted(6, Row({"name": "Subtotaal", "total": 170_000}, counted=False)),
            ch.below(Row({"name": "Subtotaal", "total": 330_000}, counted=False)),
            ch.below(Row({"name": "Totaal", "total": 500_000}, counted=False)),
        ),
        kpis=8,
        plan=GOOD_FIGURES,
        rows={"subtotal": 2, "total": 1},
    ),
    fine("totals-row", change=ch.totals_row("TOTAAL"), kpis=8, plan=GOOD_FIGURES, rows={"total": 1}),
    fine("totals-row-unlabelled", change=ch.totals_row(None), kpis=8, plan=GOOD_FIGURES),
    fine("totals-row-unstored", base=unstored, change=ch.totals_row("Totaal"), kpis=8, plan=GOOD_FIGURES),
    fine(
        "short-labels",
        {**{f"D{row}": "Inspanning" for row in range(2, 8)}, "D8": "Resultaat", "D9": "Resultaat"},
        kpis=8,
        plan=GOOD_FIGURES,
    ),
    fine("formula-in-party-cell", {"J4": Formula("=9000*2", 18_000)}, plan=GOOD_FIGURES),
    fine(
        "hidden-row-is-read",
        change=lambda p: p.hidden_rows.add(("Mijlpalen", 5)),
        allow="T107",
        kpis=8,
        plan=GOOD_FIGURES,
    ),
    fault(
        "hidden-row-is-judged",
        {"E5": None},
        "F105@E5",
        change=lambda p: p.hidden_rows.add(("Mijlpalen", 5)),
        allow="T107",
    ),
    fine(
        "hidden-column-is-read",
        change=lambda p: p.hidden_columns.add(("Mijlpalen", "K")),
        allow="T107",
        plan=GOOD_FIGURES,
    ),
    fine("headings-with-breaks", LINE_BREAKS, kpis=8, plan=GOOD_FIGURES),
    fine(
        "headings-in-capitals",
        {
            f"{cell}1": text
            for cell, text in zip(
                "ABCDEFGH",
                (
                    "NAAM",
                    "SMART OMSCHRIJVING",
                    "(STREEF)DATUM",
                    "RESULTAAT- OF INSPANNINGSVERPLICHTING",
                    "BEWIJSVOERING",
                    "(TOTAAL)BEDRAG",
                    "TOELICHTING BEDRAG",
                    "CONTROLE CEL",
                ),
                strict=True,
            )
        },
        kpis=8,
        plan=GOOD_FIGURES,
    ),
    fine(
        "headings-with-dots-and-typos",
        {
            "A1": "Naam.",
            "B1": "SMART omschrijivng",
            "E1": "Bewijsvoering..",
            "F1": "(totaal) Bedrag",
            "H1": "Controlecel",
        },
        kpis=8,
        plan=GOOD_FIGURES,
    ),
    fine(
        "headings-with-nbsp",
        {
            "B1": "SMART\u00a0omschrijving",
            "G1": "Toelichting\u00a0bedrag.",
            "H1": "\u00a0Controle\u00a0cel\u00a0",
        },
        kpis=8,
        plan=GOOD_FIGURES,
    ),
    fine(
        "extra-column-in-front",
        change=ch.own_column("own", "Portefeuillehouder", "name", "M. Jansen"),
        kpis=8,
        plan=GOOD_FIGURES,
    ),
    fine(
        "extra-column-between",
        change=ch.own_column("own", "Status", "total", "besproken"),
        kpis=8,
        plan=GOOD_FIGURES,
    ),
    fine(
        "extra-column-last",
        change=ch.own_column("own", "Opmerkingen", None, "besproken"),
        kpis=8,
        plan=GOOD_FIGURES,
    ),
    fault(
        "extra-column-shifts-the-cell",
        {"F4": None},
        "F105@F4",
        change=ch.own_column("own", "Portefeuillehouder", "name", "M. Jansen"),
    ),
    fine("two-tables", change=ch.two_tables, kpis=8, plan=GOOD_FIGURES),
    fault(
        "two-tables-fault-on-the-second",
        {"Mijlpalen 2027!E3": None},
        hit("F105@E3", sheet="Mijlpalen 2027"),
        change=ch.two_tables,
        kpis=8,
    ),
    fault(
        "two-tables-share-over-both",
        {"Mijlpalen 2027!D4": EFFORT},
        hit("E101@D1|F1", facts={"share": "0.8"}),
        change=ch.two_tables,
    ),
    fault(
        "two-tables-same-name",
        {"Mijlpalen 2027!A2": "Zelfzorg - Programma ingericht - KPI 1"},
        hit("N102@A2", sheet="Mijlpalen 2027"),
        change=ch.two_tables,
    ),
    fine(
        "note-below",
        {"A12": "Alle bedragen zijn inclusief btw en afgestemd met de stuurgroep."},
        allow="T109",
        kpis=8,
        plan=GOOD_FIGURES,
    ),
    fine(
        "template-rows-below",
        change=ch.below(*ch.template_rows(20)),
        kpis=8,
        rows={"kpi": 8},
        plan=GOOD_FIGURES,
    ),
    fine(
        "regional",
        base=regional,
        allow=NOISE,
        kpis=6,
        plan={"total": "300000", "effort": "180000", "untyped": "0"},
        rows={"kpi": 6, "section": 2, "start_contribution": 0},
    ),
    fine("regional-without-summary", base=loose_regional, allow=NOISE, kpis=6, rows={"kpi": 6, "section": 2}),
    fault(
        "regional-two-starts",
        {},
        "F107@A16",
        "F107@A21",
        base=loose_regional,
        change=ch.after(
            ch.inserted(20, start_contribution("Startbijdrage KPI 2.0", (10_000, 5_000))),
            ch.inserted(16, start_contribution("Startbijdrage KPI 1.0", (5_000, 1_000))),
        ),
        allow=f"{NOISE} N101 P102",
        kpis=6,
        rows={"start_contribution": 2},
        plan={"total": "321000", "untyped": "21000"},
    ),
    fine(
        "regional-section-formula",
        {"F15": Formula("=SUM(F16:F18)", 150_000)},
        base=loose_regional,
        allow=NOISE,
        kpis=6,
    ),
    fine(
        "regional-section-with-note",
        {"A15": "(1) ALGEMENE ACTIVITEITEN (verdeling afgestemd met beide gemeenten)"},
        base=loose_regional,
        allow=NOISE,
        rows={"section": 2},
    ),
    fine("regional-party-zeros-in-section", {"H15": 0, "I15": 0}, base=loose_regional, allow=NOISE, kpis=6),
    fault(
        "regional-fault",
        {"E17": None},
        hit("F105@E17", sheet="Planning", kpi="1.2"),
        base=loose_regional,
        allow=NOISE,
    ),
    fault(
        "exactly-four-fifths-either-way",
        {"D8": EFFORT},
        hit("E101@D1|F1", facts={"excess": "50000"}),
        base=unstored,
    ),
    fine("control-typed-everywhere", {f"H{row}": AGREES for row in range(2, 10)}, allow="T104@H1"),
    fault("zero-amount-unstored", {**amounts(5, 0), "G5": None}, "A103@F5", base=unstored),
]
BATCH = batch("layouts", CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_layout(case: Case, shared_root: Path) -> None:
    judge(case, BATCH.report(case.id, shared_root))


def test_same_verdict_after_the_move(shared_root: Path) -> None:
    here = BATCH.report("faults-in-place", shared_root)
    there = BATCH.report("faults-moved-unstored", shared_root)
    assert codes(here) == codes(there), f"{listed(here)}\n{listed(there)}"
    assert here["plan"] == there["plan"]
    assert [n["rule"] for n in here["not_checked"]] == [n["rule"] for n in there["not_checked"]]


def test_layout_and_sheet_are_named(shared_root: Path) -> None:
    file = BATCH.report("moved", shared_root)
    readable(file)
    assert (file["layout"], file["sheet"]) == ("official", "Blad3")


def party(file: dict[str, Any], name: str) -> dict[str, Any]:
    readable(file)
    found: list[dict[str, Any]] = [p for p in file["plan"]["parties"] if name in p["heading"]]
    assert len(found) == 1, file["plan"]["parties"]
    return found[0]


def test_parties_of_the_plan(shared_root: Path) -> None:
    file = BATCH.report("moved", shared_root)
    hospital = party(file, "Ziekenhuis Veldzicht")
    assert (hospital["name"], hospital["code"], hospital["kassier"]) == (
        "Ziekenhuis Veldzicht",
        "06010101",
        False,
    )
    assert hospital["kind"] in {"agb_or_kvk", "agb", "kvk"}
    assert float(hospital["amount"]) == 200_000
    town = party(file, "Gemeente Oeverdam")
    assert (town["code"], town["kind"]) == ("1234", "gemeente")
    assert party(file, "Kassier")["kassier"] is True
    assert len(file["plan"]["parties"]) == 4


def test_thirty_one_party_columns(shared_root: Path) -> None:
    file = BATCH.report("thirty-parties", shared_root)
    readable(file)
    assert len(file["plan"]["parties"]) == 31


def test_payments_of_the_plan(shared_root: Path) -> None:
    file = BATCH.report("moved", shared_root)
    readable(file)
    paid = [(p["date"], float(p["amount"]), p["kpis"]) for p in file["plan"]["payments"]]
    assert paid == [
        ("2025-06-30", 90_000, 2),
        ("2025-12-31", 80_000, 2),
        ("2026-06-30", 60_000, 1),
        ("2026-12-31", 170_000, 2),
        ("2027-06-30", 100_000, 1),
    ]
