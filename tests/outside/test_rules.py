"""The first set of rules: one fault, one finding at its cell; and what must be left alone."""

import datetime as dt
from pathlib import Path

import pytest

from . import changes as ch
from .cases import Case, batch, fault, fine, hit, judge
from .ledger import FIRST_SET
from .workbooks import (
    AGREES,
    DIFFERS,
    EFFORT,
    EXPLANATION,
    RESULT,
    Formula,
    Plan,
    Row,
    Value,
    amounts,
    loose_regional,
    regional,
    spread,
    start_contribution,
    typed,
    unstored,
)

DAY = dt.date


def gone(*cells: str) -> dict[str, Value]:
    return dict.fromkeys(cells)


def answer(text: Value) -> dict[str, Value]:
    return {"Algemene gegevens!B6": text}


def smart(text: str) -> dict[str, Value]:
    return {"B4": text}


def no_amounts(plan: Plan) -> None:
    for row in plan.table.rows:
        row.cells.update({"kassier": 0, "party1": 0, "party2": 0, "party3": 0, "explanation": None})
    del plan.sheets["Begroting"]
    general = plan.sheets["Algemene gegevens"]
    del general["A7"], general["B7"]


REGIONAL_NOISE = "T101@A14 T104@F14 G100"
TYPED_NOISE = "T104@F1 T104@H1 T108"

FILLED_IN = [
    fault("f101-name-blank", gone("A4"), hit("F101@A4", severity="error")),
    fault("f101-name-spaces", {"A4": "   "}, "F101@A4"),
    fault("f102-smart-blank", gone("B4"), "F102@B4"),
    fault("f103-date-blank", gone("C4"), "F103@C4"),
    fault("f104-type-blank", gone("D4"), "F104@D4"),
    fault("f105-evidence-blank", gone("E4"), "F105@E4"),
    fault("f105-evidence-nbsp", {"E4": "\u00a0"}, "F105@E4"),
    fault("f106-amount-blank", gone("F4", "H4", "I4", "J4", "K4", "L4"), "F106@F4", allow="T105 A301 A302"),
    fault("f-two-blanks-two-findings", gone("C4", "E7"), "F103@C4", "F105@E7"),
    fault(
        "f107-start-contribution",
        {},
        hit("F107@A20", severity="error"),
        base=loose_regional,
        change=ch.inserted(20, start_contribution("Startbijdrage KPI 2.0", (10_000, 5_000))),
        allow=f"{REGIONAL_NOISE} N101 A206 P102",
        rows={"start_contribution": 1, "section": 2, "kpi": 6},
        plan={"untyped": "15000", "effort": "180000", "total": "315000"},
    ),
    fault(
        "f107-in-official-layout",
        {},
        "F107@A10",
        change=ch.below(Row({"name": "Startbijdrage Zelfzorg", "total": 20_000, **ch.parts_of(20_000)})),
        allow="T104 T105 N101 A301 P101",
    ),
    fine(
        "f-blank-bordered-row",
        change=lambda p: p.bordered.update({"Mijlpalen": ["A10", "B10", "F10", "L12"]}),
        kpis=8,
    ),
    fine("f-template-rows", change=ch.below(*ch.template_rows(6)), kpis=8, rows={"kpi": 8}),
    fine("f-template-rows-unstored", base=unstored, change=ch.below(*ch.template_rows(6)), kpis=8),
    fine("f-blank-row-between", change=ch.inserted(6, Row({}, counted=False)), kpis=8),
]

GENERAL = [
    fault(
        "g100-no-general-sheet",
        {},
        hit("G100@", severity="warning"),
        change=ch.without_sheet("Algemene gegevens"),
        unchecked="G101 G102 G103 G104 G105 A202",
    ),
    fault(
        "g101-plan-name",
        gone("Algemene gegevens!B2"),
        hit("G101@B2", related=("A2",), sheet="Algemene gegevens"),
    ),
    fault(
        "g102-submitter",
        gone("Algemene gegevens!B3"),
        hit("G102@B3", related=("A3",), sheet="Algemene gegevens"),
    ),
    fault(
        "g103-contact",
        gone("Algemene gegevens!B4"),
        hit("G103@B4", related=("A4",), sheet="Algemene gegevens"),
    ),
    fault("g104-kassier-blank", answer(None), hit("G104@B6", related=("A6",))),
    fault("g104-kassier-perhaps", answer("wordt nog besproken"), "G104@B6"),
    fault("g105-yes-without-name", answer("ja"), "G105@B6"),
    fault("g105-yes-without-column", {}, "G105@B6", change=ch.without("kassier")),
    fault("g105-yes-without-amounts", {f"I{r}": 0 for r in range(2, 10)}, "G105@B6", allow="K105"),
    fault("g105-no-with-amounts", answer("nee"), hit("G105@B6", severity="error")),
    fine("g-no-kassier-and-no-column", answer("Nee"), change=ch.without("kassier"), kpis=8),
    fine(
        "g-no-kassier-empty-column",
        answer("nee"),
        change=lambda p: [r.cells.update(kassier=0) for r in p.table.rows],
        allow="K105",
    ),
    fine("g-answer-in-capitals", answer("JA - Stichting Maasoever")),
    fine("g-answer-with-colon", answer("Ja: Stichting Maasoever neemt de kassiersrol op zich")),
    fine("g-kassier-by-name-only", {"I1": "Stichting Maasoever 53530101"}),
    fine(
        "g-other-sheet-name",
        change=lambda p: p.sheets.update(Blad2=p.sheets.pop("Algemene gegevens")),
    ),
    fine(
        "g-labels-with-colon-and-case",
        {"Algemene gegevens!A2": "Naam transformatieplan:", "Algemene gegevens!A3": "GEGEVENS INDIENER "},
    ),
]

TEMPLATE = [
    *(
        fault(
            f"t101-without-{key}", {}, hit("T101@A1", severity="error"), change=ch.without(key), allow=allow
        )
        for key, allow in {
            "name": "",
            "smart": "",
            "date": "",
            "type": "",
            "evidence": "",
            "explanation": "A301",
            "control": "",
        }.items()
    ),
    fault(
        "t101-without-total",
        {"Algemene gegevens!B7": 500_000, "Begroting!B4": 80_000},
        "T101@A1",
        change=ch.without("total"),
        allow="T104 T105",
    ),
    fault("t101-two-missing", {}, "T101@A1", "T101@A1", change=ch.without("evidence", "control")),
    fine("t101-extra-column", change=ch.own_column("own", "Portefeuillehouder", "total", "M. Jansen")),
    fine(
        "t101-extra-column-last",
        change=ch.own_column("own", "Opmerkingen", None, "besproken in de stuurgroep"),
    ),
    fine(
        "t101-typo-headings",
        {
            "B1": "SMART omschrijvng",
            "E1": "Bewijsvoerring",
            "C1": "(Streef) datum",
            "G1": "Toelichting bedrag...",
        },
    ),
    fine(
        "t101-nbsp-and-breaks",
        {
            "A1": "\u00a0Naam ",
            "D1": "Resultaat- of\ninspanningsverplichting",
            "F1": "(totaal)\u00a0Bedrag",
            "H1": "CONTROLE\nCEL",
        },
    ),
    fault(
        "t103-lookup-never-calculated",
        {"F4": Formula("=VLOOKUP(A4,Prijzen!A:B,2,FALSE)"), "H4": AGREES},
        hit("T103@F4", severity="warning"),
        base=unstored,
        change=ch.with_sheet("Prijzen", {"A1": "Wijkzorg - Spreekuur gestart - KPI 1", "B1": 45_000}),
        allow="T104 A301",
    ),
    fine(
        "t103-plain-formulas-worked-out",
        {
            "J4": Formula("=9000*2", 18_000),
            "K4": Formula("=13000+500", 13_500),
            "L4": Formula("=20%*45000", 9_000),
            "J5": Formula("=J2-2000", 14_000),
            "K5": Formula("=SUM(K2,K2)/2-1500", 10_500),
            "L5": Formula("=IF(K5>10000,7000,0)", 7_000),
        },
        base=unstored,
        plan={"total": "500000", "effort_share": "0.6"},
    ),
    fine(
        "t103-own-column-not-needed",
        base=unstored,
        change=ch.after(
            ch.with_sheet("Prijzen", {"A1": 1, "B1": "noord"}),
            ch.own_column("own", "Wijk", "total", Formula("=VLOOKUP(1,Prijzen!A:B,2,FALSE)")),
        ),
    ),
    fault("t104-total-typed", {"F4": 45_000}, hit("T104@F4", severity="warning")),
    fault("t104-control-typed", {"H4": AGREES}, "T104@H4"),
    fault("t104-no-formulas-at-all", {}, "T104@F1", base=typed, allow="T104@H1"),
    fine("t104-formula-in-party-cell", {"J4": Formula("=9000*2", 18_000)}),
    fine("t104-sections-typed", change=ch.in_sections, kpis=8),
    fine("t104-totals-row-typed", change=ch.totals_row("Totaal", formula=False), kpis=8),
    fine("t104-other-formula", {"F4": Formula("=I4+J4+K4+L4", 45_000)}),
    fault(
        "t105-says-differs",
        {"H4": Formula(f'=IF(F4=SUM(I4:L4),"{AGREES}","{DIFFERS}")', DIFFERS)},
        "T105@H4",
        allow="T111",
    ),
    fault(
        "t105-says-agrees",
        {
            "F4": Formula("=SUM(I4:K4)", 36_000),
            "H4": Formula(f'=IF(F4=SUM(I4:L4),"{AGREES}","{DIFFERS}")', AGREES),
        },
        "T105@H4",
        "A201@F4",
        allow="T111",
    ),
    fault(
        "t105-third-text",
        {"H4": Formula('=IF(F4=SUM(I4:L4),"OK","FOUT")', "OK")},
        hit("T105@H4", severity="error"),
    ),
    fine("t105-agrees-unstored", base=unstored),
    fault(
        "t105-honest-about-a-difference",
        {"F4": Formula("=SUM(I4:K4)", 36_000)},
        "A201@F4",
    ),
    fault(
        "t106-example-name",
        {},
        hit("T106@A2", severity="error"),
        change=ch.inserted(
            2,
            Row(
                {
                    "name": "Fase 1 - Digitale onboarding nieuwe patiënten - KPI 1",
                    "smart": "Hier komt de tekst van onze eigen eerste mijlpaal nog te staan.",
                    "date": DAY(2024, 1, 1),
                    "type": RESULT,
                    "evidence": "Uitdraai",
                    "total": 19_000,
                    "control": "[niet invullen]",
                    "kassier": 10_000,
                    "party1": 5_000,
                    "party2": 1_000,
                    "party3": 3_000,
                },
                counted=False,
            ),
        ),
        kpis=8,
        plan={"total": "500000"},
    ),
    fine("t106-alike-is-not-equal", {"A4": "Fase 1 - Digitale intake nieuwe inwoners - KPI 1"}),
    fine("t106-one-word-shared", {"A4": "Personeel - Inzet in de wijk - KPI 1"}),
]

AMOUNTS = [
    *(
        fault(
            f"a101-party-{name}",
            {"J4": text},
            hit("A101@J4", severity="error"),
            base=typed,
            allow=TYPED_NOISE,
        )
        for name, text in {
            "placeholder": "€ xxx",
            "not-applicable": "n.v.t.",
            "ambiguous-comma": "10,000",
            "words": "achttienduizend",
            "two-amounts": "18.000 / 20.000",
        }.items()
    ),
    *(
        fault(f"a101-total-{name}", {"F4": text}, "A101@F4", base=typed, allow=TYPED_NOISE)
        for name, text in {"placeholder": "€ xxx", "not-applicable": "n.v.t.", "to-follow": "volgt"}.items()
    ),
    *(
        fine(f"a101-reads-{name}", {"J4": text}, base=typed, allow=TYPED_NOISE, plan={"total": "500000"})
        for name, text in {
            "dots": "18.000",
            "euro-and-cents": "€ 18.000,00",
            "dash-after-comma": "€ 18.000,-",
            "no-sign-dash": "18.000,-",
            "eur": "EUR 18000",
            "nbsp": "€\u00a018.000,00",
        }.items()
    ),
    fine(
        "a101-text-total",
        {
            "F4": "€ 45.000,-",
            "G4": "Projectleiding (2025): € 45.000",
            "Algemene gegevens!B7": 500_000,
            "Begroting!B4": 80_000,
        },
        base=typed,
        allow=TYPED_NOISE,
        plan={"total": "500000"},
    ),
    fine(
        "a101-dash-is-zero",
        {"L4": "-", "K4": 22_500},
        base=typed,
        allow="T104@F1 T104@H1",
        plan={"total": "500000"},
    ),
    fault("a102-negative-party", {"J4": -2_000, "K4": 33_500}, hit("A102@J4", severity="error")),
    fault("a102-two-negatives", {"J4": -2_000, "K4": 33_500, "L5": -100, "K5": 17_600}, "A102@J4", "A102@L5"),
    fine("a102-zero-party", {"J4": 0, "K4": 31_500}),
    fault(
        "a103-zero",
        {**amounts(5, 0), "G5": None},
        hit("A103@F5", severity="error"),
    ),
    fault(
        "a103-dash",
        {**gone("I5", "J5", "K5", "L5", "G5"), "F5": "-"},
        "A103@F5",
        base=typed,
        allow="T104@F1 T104@H1",
    ),
    fault(
        "a103-euro-zero", {**amounts(5, 0), "G5": None, "F5": "€ 0"}, "A103@F5", base=typed, allow=TYPED_NOISE
    ),
    fault(
        "a103-two-rows",
        {**amounts(4, 0), **amounts(7, 0), **gone("G4", "G7"), "Begroting!B3": 180_000},
        "A103@F4",
        "A103@F7",
    ),
    fault("a103-whole-plan-once", {}, "A103@F1", change=no_amounts, allow="G105 K105"),
    fine("a103-one-euro", {**amounts(5, 0), "L5": 1}),
    fault(
        "a104-party-cents", {"J4": 17_999.5, "K4": 13_500.5}, hit("A104@J4", severity="warning"), "A104@K4"
    ),
    fault("a104-hidden-by-display", {"J4": 17_999.99, "K4": 13_500.01}, "A104@J4", "A104@K4"),
    fine("a104-shown-with-cents", change=lambda p: setattr(p, "amount_format", '"€" #,##0.00')),
    fine("a104-whole-as-text", {"J4": "€ 18.000,00"}, base=typed, allow=TYPED_NOISE),
    fault(
        "a201-party-forgotten",
        {"F4": Formula("=SUM(I4:K4)", 36_000)},
        hit("A201@F4", facts={"total": "36000", "sum": "45000", "difference": "9000"}, severity="error"),
        plan={"total": "491000"},
    ),
    fault(
        "a201-one-euro",
        {"F4": 45_001},
        hit("A201@F4", facts={"difference": "1"}),
        base=typed,
        allow="T104@F1 T104@H1 T105",
    ),
    fault(
        "a201-one-cent",
        {"F4": 45_000.01},
        hit("A201@F4", facts={"difference": "0.01"}),
        base=typed,
        allow="T104@F1 T104@H1 T105 A104",
    ),
    fault(
        "a201-party-changed",
        {"J4": 18_001, "F4": Formula("=SUM(I4:L4)", 45_000)},
        "A201@F4",
        allow="T105 T111",
    ),
    fault(
        "a201-two-rows",
        {"F4": 44_000, "F7": 71_000},
        "A201@F4",
        "A201@F7",
        base=typed,
        allow="T104@F1 T104@H1 T105",
    ),
    fault(
        "a201-kassier-counts",
        {"F4": Formula("=SUM(J4:L4)", 40_500)},
        hit("A201@F4", facts={"difference": "4500"}),
    ),
    fine(
        "a201-float-noise",
        {
            "I4": 4_500.1,
            "J4": 18_000.2,
            "K4": 13_500.7,
            "L4": 8_999.0,
            "F4": Formula("=SUM(I4:L4)", 45000.00000000001),
        },
        allow="A104",
    ),
    fine(
        "a201-columns-cut-off",
        {"H16": 1_000, "I16": 1_000, "H17": 5_000, "H18": 2_000, "I18": 100, "H20": 500, "H21": 10_000},
        base=loose_regional,
        allow=REGIONAL_NOISE,
        unchecked="A201 K106",
    ),
    fault(
        "a201-one-row-above-so-judged",
        {"H16": 1_000, "I16": 1_000, "H17": 5_000, "H18": 2_000, "I18": 100, "H20": 500, "H21": 80_000},
        "A201@F16",
        "A201@F17",
        "A201@F18",
        "A201@F20",
        "A201@F21",
        base=loose_regional,
        allow=REGIONAL_NOISE,
    ),
    fault("a201-one-row-below", {"H17": 5_000}, "A201@F17", base=loose_regional, allow=REGIONAL_NOISE),
    fault(
        "a201-many-below-with-control-column",
        {
            f"F{r}": Formula(f"=SUM(I{r}:L{r})+1000", sum(spread(t)) + 1_000)
            for r, t in enumerate((40_000, 50_000, 45_000, 35_000, 60_000, 70_000), 2)
        },
        *(f"A201@F{r}" for r in range(2, 8)),
        allow="T111 P101 E101",
    ),
    fault(
        "a202-requested-differs",
        {"Algemene gegevens!B7": 510_000},
        hit("A202@F1", severity="error"),
        allow="P107",
    ),
    fault(
        "a202-other-label",
        {"Algemene gegevens!A7": "Totaalbedrag", "Algemene gegevens!B7": 499_999},
        "A202@F1",
        allow="P107",
    ),
    fault("a202-option", {}, "A202@F1", args=("--requested", "499000"), allow="P107"),
    fine("a202-option-agrees", args=("--requested", "500000")),
    fine("a202-option-wins", {"Algemene gegevens!B7": 510_000}, args=("--requested", "500000"), allow="P107"),
    fine(
        "a202-totals-row-not-summed",
        change=ch.totals_row("Totaal"),
        kpis=8,
        plan={"total": "500000"},
        rows={"total": 1},
    ),
    fine("a202-unlabelled-totals-row", change=ch.totals_row(None), kpis=8, plan={"total": "500000"}),
    fine(
        "a202-subtotals-not-summed",
        change=ch.in_sections,
        kpis=8,
        plan={"total": "500000"},
        rows={"section": 2},
    ),
    fine(
        "a202-sum-of-another-column",
        {"Algemene gegevens!A7": "Totaalbedrag kassier", "Algemene gegevens!B7": 50_000},
        unchecked="A202",
    ),
    fine("a202-not-known", gone("Algemene gegevens!A7", "Algemene gegevens!B7"), unchecked="A202"),
    fine(
        "a204-right-summary",
        base=regional,
        allow=REGIONAL_NOISE,
        kpis=6,
        plan={"total": "300000"},
        rows={"section": 2},
    ),
    fine(
        "a204-percent-as-text",
        {"D5": "60%", "D6": "40%"},
        base=regional,
        allow=f"{REGIONAL_NOISE} T108",
    ),
    fine("a204-norm-column-is-no-data", {"E5": 0.5, "E6": 0.5}, base=regional, allow=REGIONAL_NOISE),
    fault(
        "a204-section-count",
        {"H5": 4},
        hit("A204@H5", severity="error"),
        base=regional,
        allow=f"{REGIONAL_NOISE} A204",
    ),
    fault("a204-type-budget", {"C5": 190_000}, "A204@C5", base=regional, allow=f"{REGIONAL_NOISE} A204"),
    fault("a204-section-effort", {"J6": 40_000}, "A204@J6", base=regional, allow=f"{REGIONAL_NOISE} A204"),
    fault("a204-type-percent", {"D5": 0.5}, "A204@D5", base=regional, allow=f"{REGIONAL_NOISE} A204"),
    fault("a204-total", {"C7": 310_000}, "A204@C7", base=regional, allow=f"{REGIONAL_NOISE} A204"),
]

SEVENTY: dict[str, Value] = {**amounts(7, 120_000), **amounts(9, 50_000), "Begroting!B3": 260_000}
TO_EFFORT: dict[str, Value] = {"D8": EFFORT}

EFFORT_AND_RESULT = [
    fault(
        "e101-eighty-percent",
        TO_EFFORT,
        hit(
            "E101@D1|F1",
            severity="error",
            facts={
                "share": "0.8",
                "max_share": "0.7",
                "effort": "400000",
                "total": "500000",
                "excess": "50000",
            },
        ),
        plan={"effort_share": "0.8", "effort": "400000", "result": "100000", "untyped": "0"},
        allow="D103",
    ),
    fault(
        "e101-one-euro-over",
        {**SEVENTY, "J7": 48_001, "J9": 19_999},
        hit("E101@D1|F1", facts={"excess": "1"}),
    ),
    fine("e101-exactly-seventy", SEVENTY, plan={"effort_share": "0.7", "total": "500000"}),
    fine("e101-one-euro-under", {**SEVENTY, "J7": 47_999, "J9": 20_001}),
    fault(
        "e101-untyped-counts",
        {**SEVENTY, "D9": None},
        "F104@D9",
        hit("E101@D1|F1", facts={"share": "0.8", "share_without_untyped": "0.7", "excess": "50000"}),
        plan={"untyped": "50000"},
    ),
    fault(
        "e101-unreadable-type-is-untyped",
        {**SEVENTY, "D9": "Onbekend"},
        "E102@D9",
        hit("E101@D1|F1", facts={"share": "0.8"}),
        plan={"untyped": "50000"},
    ),
    fault(
        "e101-start-contribution-included",
        {},
        "F107@A20",
        hit("E101@D14|F14", facts={"share": "0.714286", "total": "420000"}),
        base=loose_regional,
        change=ch.inserted(20, start_contribution("Startbijdrage KPI 2.0", (100_000, 20_000))),
        allow=f"{REGIONAL_NOISE} N101 A206 A203 P102",
    ),
    fine(
        "e101-from-rows-not-summary",
        {"C5": 290_000, "C6": 10_000, "D5": 0.97, "D6": 0.03},
        base=regional,
        allow=f"{REGIONAL_NOISE} A204",
    ),
    fine("e101-totals-row-untouched", change=ch.totals_row("Totaal"), plan={"effort_share": "0.6"}),
    *(
        fault(f"e102-{name}", {"D4": text}, hit("E102@D4", severity="error"))
        for name, text in {
            "both": "Inspanning/Resultaat",
            "both-words": "Resultaat- en inspanningsverplichting",
            "other": "Proces",
            "question": "?",
        }.items()
    ),
    fine(
        "e102-all-effort-labels",
        {
            "D2": "Inspanning",
            "D3": "inspanningsverplichting ",
            "D4": "INSPANNING",
            "D5": "Inspannings verplichting",
            "D6": "Inspaning",
            "D7": "Inspanning-KPI",
        },
        allow="E105",
        plan={"effort": "300000", "untyped": "0"},
    ),
    fine(
        "e102-all-result-labels",
        {"D8": "Resultaat", "D9": "Resultaatverplichting"},
        allow="E105",
        plan={"result": "200000"},
    ),
    fine("e102-result-kpi-and-indicator", {"D8": "Resultaat-KPI", "D9": "Resultaatindicator"}, allow="E105"),
    fine("e102-result-typo", {"D8": "Resutaatsverplichting", "D9": "resultaats verplichting"}, allow="E105"),
    fault(
        "e103-only-result",
        {f"D{r}": RESULT for r in range(2, 8)},
        hit("E103@D1", severity="warning"),
        allow="S106 S107 S108 D103 E104",
    ),
    fault("e103-only-effort", {"D8": EFFORT, "D9": EFFORT}, "E103@D1", "E101@D1|F1"),
    fine(
        "e103-one-result-is-enough", {**TO_EFFORT, **amounts(8, 20_000), **amounts(9, 180_000)}, allow="P101"
    ),
]

QUARTERS_2025 = [DAY(2025, 3, 31), DAY(2025, 6, 30), DAY(2025, 9, 30), DAY(2025, 12, 31)]
HALF_YEARS = [DAY(2025, 6, 30), DAY(2025, 12, 31), DAY(2026, 6, 30), DAY(2026, 12, 31)]
BUDGET_DOWN_WITH_TOTAL: dict[str, Value] = {
    "A1": "Jaar", "B1": "Bedrag", "A2": 2025, "B2": 200_000, "A3": 2026, "B3": 220_000,
    "A4": 2027, "B4": 80_000, "A5": "Totaal", "B5": 500_000,
}  # fmt: skip
BUDGET_ACROSS: dict[str, Value] = {
    "A1": "Jaar", "B1": 2025, "C1": 2026, "D1": 2027,
    "A2": "Begroting", "B2": 200_000, "C2": 220_000, "D2": 80_000,
}  # fmt: skip

PAYMENTS = [
    fault(
        "p101-first-year",
        {"Begroting!B2": 160_000, "Begroting!B3": 260_000},
        hit("P101@C1|F1", severity="error"),
    ),
    fault("p101-one-euro", {"Begroting!B2": 169_999, "Begroting!B3": 250_001}, "P101@C1|F1"),
    fault("p101-second-year-only", {"Begroting!B3": 199_000}, "P101@C1|F1"),
    fine("p101-exactly", {"Begroting!B2": 170_000, "Begroting!B3": 230_000}),
    fine("p101-without-budget", change=ch.without_sheet("Begroting"), unchecked="P101"),
    fine("p101-budget-with-total", change=ch.with_sheet("Begroting", BUDGET_DOWN_WITH_TOTAL)),
    fine("p101-budget-across", change=ch.with_sheet("Begroting", BUDGET_ACROSS)),
    fault(
        "p101-across",
        {"Begroting!B2": 160_000, "Begroting!C2": 260_000},
        "P101@C1|F1",
        change=ch.with_sheet("Begroting", BUDGET_ACROSS),
    ),
    fault(
        "p102-later-cost-year", {"G4": "Projectleiding (2026): € 45.000"}, hit("P102@G4", severity="warning")
    ),
    fault(
        "p102-one-of-two-lines", {"G4": "Projectleiding (2025): € 15.000\nHuur (2026): € 30.000"}, "P102@G4"
    ),
    fault("p102-word", {"G4": "Voorfinanciering van het spreekuur (2025): € 45.000"}, "P102@G4"),
    fault(
        "p102-first-of-january",
        {"C4": DAY(2026, 1, 1), "G4": "Projectleiding (2026): € 45.000"},
        "P102@G4",
        allow="D105",
    ),
    fine("p102-same-year", {"G4": "Projectleiding (2025): € 45.000"}),
    fine("p102-earlier-year", {"G4": "Projectleiding (2024): € 45.000"}),
    fine("p102-amount-is-no-year", {"G4": "Projectleiding (2025): € 42.974\nHuur (2025): € 2.026"}),
    fine(
        "p102-january-with-last-years-costs",
        {"C4": DAY(2026, 1, 1), "C5": DAY(2026, 1, 1), "G4": "Projectleiding (2025): € 45.000"},
    ),
    fine("p102-mid-year", {"G6": "Projectleiding (2026): € 60.000"}),
    fault(
        "p104-three-months", dict(ch.dated([(4, DAY(2025, 9, 30))])), hit("P104@C1|F1", severity="warning")
    ),
    fault(
        "p104-just-under-four-months",
        dict(
            ch.dated([(2, DAY(2025, 9, 2)), (3, DAY(2025, 9, 2)), (4, DAY(2026, 1, 1)), (5, DAY(2026, 1, 1))])
        ),
        "P104@C1|F1",
    ),
    fine(
        "p104-exactly-four-months",
        dict(
            ch.dated([(2, DAY(2025, 9, 1)), (3, DAY(2025, 9, 1)), (4, DAY(2026, 1, 1)), (5, DAY(2026, 1, 1))])
        ),
    ),
    fine("p104-within-a-week-is-one", dict(ch.dated([(3, DAY(2025, 7, 7)), (5, DAY(2026, 1, 1))]))),
    fault("p104-eight-days-is-two", dict(ch.dated([(3, DAY(2025, 7, 8))])), "P104@C1|F1"),
    fine("p104-half-yearly"),
    fault(
        "p104-unpaid-row-is-no-moment",
        {**amounts(5, 0), "G5": None, "C5": DAY(2025, 9, 30)},
        "A103@F5",
        allow="D105",
    ),
    fault(
        "p105-eight-months",
        dict(ch.dated([(6, DAY(2026, 8, 31))])),
        hit("P105@C1|F1", severity="warning"),
    ),
    fault("p105-a-year", dict(ch.dated([(6, DAY(2026, 12, 31))])), "P105@C1|F1", allow="P109"),
    fine("p105-exactly-seven-months", dict(ch.dated([(6, DAY(2026, 7, 31))]))),
    fine(
        "p-exactly-two-years-is-half-yearly",
        base=ch.short_plan(DAY(2025, 1, 1), DAY(2026, 12, 31), [d for d in HALF_YEARS for _ in (0, 1)]),
    ),
    fault(
        "p105-just-under-two-years-is-quarterly",
        {},
        "P105@C1|F1",
        base=ch.short_plan(DAY(2025, 1, 2), DAY(2026, 12, 31), [d for d in HALF_YEARS for _ in (0, 1)]),
        allow="P109",
    ),
    fine(
        "p-quarterly-in-one-year",
        base=ch.short_plan(DAY(2025, 1, 1), DAY(2025, 12, 31), [d for d in QUARTERS_2025 for _ in (0, 1)]),
    ),
    fault(
        "p104-monthly-in-one-year",
        {"C3": DAY(2025, 4, 30)},
        "P104@C1|F1",
        base=ch.short_plan(DAY(2025, 1, 1), DAY(2025, 12, 31), [d for d in QUARTERS_2025 for _ in (0, 1)]),
    ),
    fine("p-duration-derived", gone(*(f"Algemene gegevens!{c}" for c in ("A8", "B8", "A9", "B9")))),
]

PARTIES = [
    fault("k101-template-heading", {"K1": "Zorgaanbieder 2 + code"}, hit("K101@K1", severity="error")),
    fault("k101-empty-heading", {"K1": None}, "K101@K1"),
    fine(
        "k101-unused-template-column",
        {"L1": "Zorgaanbieder 3 + code", **{f"L{r}": None for r in range(2, 10)}, "Begroting!B3": 150_000},
        allow="K105",
    ),
    fine(
        "k101-unused-empty-column",
        {"L1": None, **{f"L{r}": None for r in range(2, 10)}, "Begroting!B3": 150_000},
    ),
    fault("k102-plus-code", {"K1": "Huisartsen Oeverdam + code"}, hit("K102@K1", severity="error")),
    fault("k102-no-digits", {"K1": "Huisartsen Oeverdam"}, "K102@K1"),
    fault("k102-kassier-too", {"I1": "Kassier Stichting Maasoever + code"}, "K102@I1"),
    fault("k102-two", {"J1": "Ziekenhuis Veldzicht + code", "L1": "Gemeenten + code"}, "K102@J1", "K102@L1"),
    fine("k102-code-after-plus", {"K1": "Huisartsen Oeverdam + 01012345"}),
    fine("k102-code-on-next-line", {"K1": "Huisartsen Oeverdam\n01012345"}),
    fine("k102-agb-written-out", {"K1": "Huisartsen Oeverdam (AGB 01012345)"}),
    fine("k102-municipality", {"L1": "Gemeente Oeverdam GM1234"}),
    fault(
        "k106-blank-parties",
        gone("I4", "J4", "K4", "L4"),
        hit("K106@", severity="error"),
        base=typed,
        allow="T104@F1 T104@H1 T105",
    ),
    fine(
        "k106-unpaid-row",
        {**gone("I5", "J5", "K5", "L5", "G5"), "F5": 0},
        base=typed,
        allow="T104@F1 T104@H1 T105 A103",
    ),
    fine("k106-one-party-is-enough", {**gone("I4", "K4", "L4"), "J4": 45_000}),
]

DECEMBER: dict[str, Value] = {"C4": DAY(2025, 12, 1), "C5": DAY(2025, 12, 1)}
JANUARY: dict[str, Value] = {"C4": DAY(2026, 1, 1), "C5": DAY(2026, 1, 1)}
HELD = "houden twee huisartsen elke week spreekuur in de wijk Noord van Oeverdam."

D102_FINE: dict[str, dict[str, Value]] = {
    "end-of-year-equal": smart(f"Eind 2025 {HELD}"),
    "month-name": smart(f"Uiterlijk 31 december 2025 {HELD}"),
    "zero-padded": {
        "B6": "Uiterlijk 30-06-2026 zijn 40 lessen van het zelfzorgprogramma in vier wijken gegeven."
    },
    "in-month": smart(f"In december 2025 {HELD}"),
    "quarter-equal": {
        "B6": "Uiterlijk Q2 2026 zijn 40 lessen van het zelfzorgprogramma in vier wijken gegeven."
    },
    "first-half": {
        "C6": DAY(2026, 7, 1),
        "B6": "Half 2026 zijn 40 lessen van het programma in vier wijken gegeven.",
    },
    "latest-of-two": smart(f"Uiterlijk 30-9-2025 is de ruimte gehuurd en uiterlijk 31-12-2025 {HELD}"),
    "reference-ignored": smart(
        "Uiterlijk 31-12-2025 is het aantal spreekuren met 20% gestegen ten opzichte van 31-12-2024.",
    ),
    "since-ignored": smart(
        f"Uiterlijk 31-12-2025 {HELD[:-1]}, zoals zij dat sinds 1-1-2024 in de wijk Zuid doen."
    ),
    "period-ignored": smart(
        f"Uiterlijk 31-12-2025 {HELD[:-1]}, geteld in de periode 1-7-2025 t/m 30-9-2025."
    ),
}
BAD_DATES: dict[str, Value] = {
    "thirty-first-of-june": "31-6-2025",
    "mid-year": "medio 2026",
    "number-three": 3,
    "no-year": "31 december",
    "word": "zomer",
}

DATES = [
    *(
        fault(
            f"d101-{name}",
            {"C4": value, "B4": f"Met ingang van het nieuwe jaar {HELD}"},
            hit("D101@C4", severity="error"),
            allow="S111",
        )
        for name, value in BAD_DATES.items()
    ),
    *(
        fine(f"d101-reads-{name}", {"C4": value}, allow="T108", kpis=8)
        for name, value in {"short": "31-12-2025", "iso": "2025-12-31", "spaces": " 31-12-2025 "}.items()
    ),
    fine("d101-reads-padded", {"C6": "30-06-2026"}, allow="T108"),
    fine("d101-serial-number", {"C4": 46_022}),
    fine(
        "d101-1904-workbook",
        change=lambda p: setattr(p, "epoch_1904", True),
        plan={"start": "2025-01-01", "end": "2027-06-30"},
    ),
    fault(
        "d102-thirty-one-days",
        smart(f"Uiterlijk 30-11-2025 {HELD}"),
        hit("D102@C4", severity="warning", related=("B4",)),
    ),
    fault(
        "d102-thirty-two-days",
        smart(f"Uiterlijk 29-11-2025 {HELD}"),
        hit("D102@C4", severity="error", related=("B4",)),
    ),
    fault("d102-text-later", smart(f"Uiterlijk 31-3-2026 {HELD}"), hit("D102@C4", severity="error")),
    fault("d102-end-of-year", smart(f"Eind 2026 {HELD}"), "D102@C4"),
    fault("d102-half-year", smart(f"Half 2025 {HELD}"), "D102@C4"),
    fault(
        "d102-month-not-over",
        {**DECEMBER, **smart(f"In december 2025 {HELD}")},
        hit("D102@C4", severity="warning"),
    ),
    fault("d102-quarter", smart(f"In Q1 2026 {HELD}"), "D102@C4", allow="D103"),
    fault(
        "d102-first-of-january-against-last-day",
        {**JANUARY, **smart(f"Uiterlijk 31-12-2025 {HELD}")},
        hit("D102@C4", severity="warning"),
    ),
    fault(
        "d102-only-a-warning-for-end-of-year",
        {**JANUARY, **smart(f"Uiterlijk eind 2025 {HELD}")},
        hit("D102@C4", severity="warning"),
    ),
    fault(
        "d102-latest-deadline-counts",
        smart(f"Uiterlijk 30-9-2025 is de ruimte gehuurd en uiterlijk 31-3-2026 {HELD}"),
        hit("D102@C4", severity="error"),
    ),
    *(fine(f"d102-{name}", edits) for name, edits in D102_FINE.items()),
]


NAMES = [
    fault(
        "n102-same-full-name",
        {"A5": "Wijkzorg - Spreekuur gestart - KPI 1"},
        hit("N102@A5", severity="error", related=("A4",)),
    ),
    fault(
        "n102-same-project-and-number",
        {"A5": "Wijkzorg - Afspraken vastgelegd - KPI 1"},
        hit("N102@A5", related=("A4",)),
    ),
    fault(
        "n102-dotted-twice",
        {"A2": "Zelfzorg - Programma ingericht - KPI 7.1", "A9": "Wijkzorg - Minder verwijzingen - KPI 7.1"},
        hit("N102@A9", related=("A2",)),
        allow="N104",
    ),
    fine("n102-same-number-other-project"),
    fine(
        "n102-letters",
        {"A4": "Wijkzorg - Spreekuur gestart - KPI 1a", "A5": "Wijkzorg - Afspraken vastgelegd - KPI 1b"},
    ),
    fine(
        "n102-dotted-distinct",
        {"A4": "Wijkzorg - Spreekuur gestart - KPI 2.1", "A5": "Wijkzorg - Afspraken vastgelegd - KPI 2.10"},
    ),
]

PLACEHOLDERS = {
    "count": "Uiterlijk {datum} zijn [aantal] huisartsen gestart met het spreekuur in Oeverdam.",
    "period": "In [periode] houden twee huisartsen spreekuur, uiterlijk {datum} elke week.",
    "dots-percent": "Uiterlijk {datum} bezoekt …% van de inwoners van Noord het spreekuur.",
    "xx-percent": "Uiterlijk {datum} bezoekt xx% van de inwoners van Noord het spreekuur.",
    "x-percent": "Uiterlijk {datum} bezoekt X% van de inwoners van Noord het spreekuur.",
    "euro-xxx": "Uiterlijk {datum} is voor € xxx aan materiaal gekocht voor het spreekuur in Noord.",
    "year-202x": "Uiterlijk {datum} houden twee huisartsen spreekuur, zoals afgesproken in 202X.",
    "year-x": "Uiterlijk {datum} houden twee huisartsen spreekuur, zoals begroot in jaar X van het plan.",
    "hospital": "Uiterlijk {datum} houden twee artsen van ziekenhuis XXX elke week spreekuur in Noord.",
    "codes": "Uiterlijk {datum} houden twee huisartsen spreekuur met zorgactiviteitcodes x,y,z in Noord.",
    "x-number": "Uiterlijk {datum} houdt X aantal huisartsen elke week spreekuur in de wijk Noord.",
    "plus-code": "Uiterlijk {datum} houden de huisartsen van Praktijk Noord + code elke week spreekuur.",
}
INNOCENT = {
    "numbered": "Uiterlijk {datum} is (1) het spreekuur gestart en (2) het rooster aan allen gestuurd.",
    "wel-niet": "Uiterlijk {datum} is vastgelegd welke artsen wel/niet elke week spreekuur houden.",
    "roman": "Uiterlijk {datum} is fase II van het spreekuur in de wijk Noord van Oeverdam gestart.",
    "an-activity": "Uiterlijk {datum} is in elke buurt van Noord een activiteit van het spreekuur gehouden.",
    "mdt-x": "Uiterlijk {datum} is het MDT-X overleg van de huisartsen elke week in de wijk Noord gehouden.",
    "x-ray": "Uiterlijk {datum} houden twee huisartsen elke week spreekuur in het gebouw van Xenia in Noord.",
    "percentage": "Uiterlijk {datum} bezoekt 5% van de inwoners van Noord het spreekuur van Oeverdam.",
}

PLACEHOLDER = [
    *(
        fault(f"s101-{name}", smart(text), hit("S101@B4", severity="error"), allow="S111")
        for name, text in PLACEHOLDERS.items()
    ),
    *(fine(f"s101-not-{name}", smart(text), allow="S11 N105") for name, text in INNOCENT.items()),
    fault("s101-in-name", {"A4": "Wijkzorg - Spreekuur met [aantal] artsen - KPI 1"}, "S101@A4"),
    fault("s101-in-evidence", {"E4": "Rooster van de spreekuren in 202X met bevestiging"}, "S101@E4"),
    fault(
        "s101-in-explanation",
        {"G4": f"{EXPLANATION} volgens offerte van ziekenhuis XXX"},
        "S101@G4",
        allow="A30",
    ),
    fine("s101-heading-is-not-read", {"K1": "Huisartsen Oeverdam + 01012345"}),
    fault("s101-not-beside-k102", {"K1": "Huisartsen Oeverdam + code"}, "K102@K1"),
    fine(
        "s101-instruction-sheet-is-not-read",
        {"Mijlpaal format!A8": "Vul in: [aantal] en xx% in 202X bij ziekenhuis XXX."},
    ),
]

CASES: list[Case] = [
    fine("good", kpis=8, plan={"total": "500000", "effort": "300000", "result": "200000", "untyped": "0"}),
    fine("good-unstored", base=unstored, kpis=8, plan={"total": "500000"}),
    *FILLED_IN,
    *GENERAL,
    *TEMPLATE,
    *AMOUNTS,
    *EFFORT_AND_RESULT,
    *PAYMENTS,
    *PARTIES,
    *DATES,
    *NAMES,
    *PLACEHOLDER,
]
BATCH = batch("rules", CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_rule(case: Case, shared_root: Path) -> None:
    judge(case, BATCH.report(case.id, shared_root))


def test_every_rule_of_the_first_set_has_a_fault() -> None:
    assert {wanted.code for case in CASES for wanted in case.hits} >= FIRST_SET
