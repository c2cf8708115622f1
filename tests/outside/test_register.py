"""The rest of the register: one fault, one finding at its cell; and what must be left alone."""

import datetime as dt
from pathlib import Path

import pytest

from . import changes as ch
from .cases import Case, batch, fault, fine, hit, judge, listed, readable
from .workbooks import (
    EFFORT,
    RESULT,
    Formula,
    Plan,
    Row,
    Value,
    amounts,
    good,
    loose_regional,
    regional,
    start_contribution,
    typed,
    unstored,
)

pytestmark = pytest.mark.register

DAY = dt.date
NOISE = "T101@A14 T104@F14 G100"
TYPED_NOISE = "T104@F1 T104@H1"
HELD = "houden twee huisartsen elke week spreekuur in de wijk Noord van Oeverdam"
PERIOD = "In de periode {van} t/m {datum}"


def gone(*cells: str) -> dict[str, Value]:
    return dict.fromkeys(cells)


def smart(text: str) -> dict[str, Value]:
    return {"B4": text}


def people(text: str) -> dict[str, Value]:
    """A text for the result row about inhabitants (row 8)."""
    return {"B8": text}


def referrals(text: str) -> dict[str, Value]:
    """A text for the result row about referrals (row 9)."""
    return {"B9": text}


TEMPLATE = [
    fault(
        "t102-typed-error", {"J4": "#VERW!"}, hit("T102@J4", severity="error"), base=typed, allow=TYPED_NOISE
    ),
    fault("t102-stored-error", {"E4": Formula("=Bewijs!A1", "#REF!")}, "T102@E4"),
    fault(
        "t102-date-error",
        {"C4": "#N/A", "B4": f"Met ingang van het nieuwe jaar {HELD}."},
        "T102@C4",
        allow="S111",
    ),
    fault("t102-party-of-section-row", {"H15": "#N/B"}, "T102@H15", base=loose_regional, allow=NOISE),
    fine("t102-hash-in-text", smart("Uiterlijk {datum} " + HELD + " (zie #spreekuur).")),
    fault(
        "t107-hidden-row",
        {},
        hit("T107@", severity="warning"),
        change=lambda p: p.hidden_rows.add(("Mijlpalen", 5)),
        kpis=8,
    ),
    fault("t107-hidden-column", {}, "T107@", change=lambda p: p.hidden_columns.add(("Mijlpalen", "K"))),
    fault("t107-hidden-sheet", {}, "T107@", change=lambda p: p.hidden_sheets.add("Mijlpalen"), kpis=8),
    fine("t107-hidden-instruction", change=lambda p: p.hidden_sheets.add("Mijlpaal format")),
    fine("t107-hidden-blank-row", change=lambda p: p.hidden_rows.add(("Mijlpalen", 14))),
    fault("t108-date-as-text", {"C4": "31-12-2025"}, hit("T108@C4", severity="warning")),
    fault("t108-amount-as-text", {"J4": "€ 18.000,00"}, "T108@J4", base=typed, allow=TYPED_NOISE),
    fault("t108-total-dash", {"J4": "18.000,-"}, "T108@J4", base=typed, allow=TYPED_NOISE),
    fine("t108-dash-is-zero", {"L4": "-", "K4": 22_500}, base=typed, allow=TYPED_NOISE),
    fault(
        "t109-note-below",
        {"A12": "Alle bedragen zijn inclusief btw en afgestemd."},
        hit("T109@A12", severity="warning"),
        kpis=8,
    ),
    fine("t109-bordered-row", change=lambda p: p.bordered.update({"Mijlpalen": ["A12", "F12"]})),
    fine("t109-template-rows", change=ch.below(*ch.template_rows(3))),
    fine(
        "t109-line-above-the-table",
        {"D3": "Versiebeheer ligt bij de stuurgroep"},
        change=ch.moved("Blad3", 9, 4),
    ),
    fine(
        "t109-other-sheet",
        change=ch.with_sheet("Notities", {"A1": "Nog te bespreken met [naam]", "B4": "n.v.t."}),
    ),
    fault(
        "t110-title",
        {"A1": "CONCEPT Mijlpalenplanning Rivierenland"},
        hit("T110@", severity="info"),
        base=loose_regional,
        allow=NOISE,
    ),
    fault("t110-version", {"A2": "Versie 2 - mei 2025"}, "T110@", base=loose_regional, allow=NOISE),
    fault("t110-sheet", {}, "T110@", change=ch.moved("Mijlpalen concept", 1, 1)),
    fine(
        "t110-word-in-a-text",
        smart("Uiterlijk {datum} " + HELD + " volgens het concept van de buurtpraktijk."),
    ),
    fault(
        "t111-stale-total",
        {"F4": Formula("=SUM(I4:L4)", 44_000)},
        hit("T111@F4", severity="warning"),
        allow="A201 T105",
    ),
    fine("t111-float-noise", {"F4": Formula("=SUM(I4:L4)", 45000.00000000001)}),
]

NAMES = [
    fault("n101-two-parts", {"A4": "Spreekuur gestart - KPI 1"}, hit("N101@A4", severity="warning")),
    fault("n101-no-number", {"A4": "Wijkzorg - Spreekuur gestart"}, "N101@A4"),
    fault("n101-one-part", {"A4": "Spreekuur in de wijk gestart"}, "N101@A4"),
    *(
        fine(f"n101-{name}", {"A4": text})
        for name, text in {
            "en-dash": "Wijkzorg – Spreekuur gestart – KPI 1",
            "hyphen-inside": "Wijk-zorg - Spreekuur huisartsen-praktijk - KPI 1",
            "letter": "Wijkzorg - Spreekuur gestart - KPI 1a",
        }.items()
    ),
    fault("n103-two-x", {"A4": "Wijkzorg - Spreekuur gestart - KPI 2.X"}, hit("N103@A4", severity="error")),
    fine("n103-dotted", {"A4": "Wijkzorg - Spreekuur gestart - KPI 2.1"}),
    fault(
        "n104-other-section",
        {"A16": "Algemeen - Programma ingericht - KPI 3.1"},
        hit("N104@A16", severity="warning"),
        base=loose_regional,
        allow=NOISE,
    ),
    fault(
        "n104-start-contribution",
        {},
        "N104@A20",
        "F107@A20",
        base=loose_regional,
        change=ch.inserted(20, start_contribution("Startbijdrage KPI 3.0", (10_000, 5_000))),
        allow=f"{NOISE} N101",
    ),
    fine("n104-in-its-section", base=loose_regional, allow=NOISE),
    fault(
        "n105-unknown",
        smart("Uiterlijk {datum} " + HELD + ", zoals beschreven in KPI 9."),
        hit("N105@B4", severity="warning"),
    ),
    fault(
        "n105-later",
        {"B16": "Uiterlijk {datum} is het programma ingericht dat in KPI 2.3 wordt gemeten."},
        "N105@B16",
        base=loose_regional,
        allow=NOISE,
    ),
    fine(
        "n105-earlier",
        {
            "B22": PERIOD
            + " is het aantal verwijzingen na KPI 1.1 met 10% afgenomen ten opzichte van peiljaar 2024."
        },
        base=loose_regional,
        allow=NOISE,
    ),
]

TEXTS = [
    *(
        fault(f"s102-{name}", {"E4": text}, hit("S102@E4", severity="warning"))
        for name, text in {
            "complete-later": "Rooster van de spreekuren, nog aanvullen met de namen",
            "to-be-decided": "Rooster van de spreekuren, vorm nader te bepalen",
            "still-to-be-decided": "Rooster van de spreekuren met nog te bepalen namen",
            "ntb": "Rooster van de spreekuren, vorm n.t.b.",
            "follows": "Rooster van de spreekuren, handtekening volgt nog",
            "waits": "Rooster van de spreekuren, wacht op akkoord van de praktijk",
            "discuss": "Rooster van de spreekuren, ter bespreking in de stuurgroep",
        }.items()
    ),
    fault(
        "s102-section-title",
        {"A15": "(1) ALGEMENE ACTIVITEITEN (mogelijk nog een deel naar de gemeente)"},
        "S102@A15",
        base=loose_regional,
        allow=NOISE,
    ),
    fine("s102-plain-nog", {"E4": "Rooster waaruit blijkt dat het spreekuur nog steeds elke week is"}),
    fault(
        "s103-five-words", smart("Spreekuur gestart uiterlijk op {datum}"), hit("S103@B4", severity="warning")
    ),
    fine("s103-six-words", smart("Het spreekuur is gestart op {datum}")),
    *(
        fault(f"s104-{name}", smart(text), hit("S104@B4", severity="warning"))
        for name, text in {
            "can": "Uiterlijk {datum} kan elke huisarts in de wijk Noord een wekelijks spreekuur houden.",
            "may": "Uiterlijk {datum} kunnen de huisartsen in de wijk Noord elke week spreekuur houden.",
            "strive": "Uiterlijk {datum} streven de huisartsen in Noord naar een wekelijks spreekuur.",
            "as-much": "Uiterlijk {datum} houden de huisartsen zo veel mogelijk spreekuren in de wijk Noord.",
            "possibly": "Uiterlijk {datum} houden de huisartsen in Noord eventueel elke week spreekuur.",
        }.items()
    ),
    *(
        fine(f"s104-{name}", smart(text))
        for name, text in {
            "compare": "Uiterlijk {datum} is er een lijst die zij met elkaar kunnen vergelijken.",
            "qualify": "Uiterlijk {datum} is er een lijst van wie voor het spreekuur in aanmerking komen.",
            "possibility": "Uiterlijk {datum} hebben zij in Noord de mogelijkheid van een spreekuur.",
        }.items()
    ),
    fault(
        "s105-vague",
        smart("Uiterlijk {datum} " + HELD + " voor kwetsbare ouderen."),
        hit("S105@B4", severity="info"),
    ),
    fault(
        "s106-no-number",
        people(PERIOD + " is het aantal inwoners dat het programma afrondt bijgehouden en besproken."),
        hit("S106@B8", severity="warning"),
    ),
    fault(
        "s106-number-word",
        people(PERIOD + " hebben twintig inwoners van Oeverdam het zelfzorgprogramma afgerond."),
        "S106@B8",
    ),
    fault(
        "s106-age-is-no-target",
        people(PERIOD + " hebben inwoners van 75 jaar en ouder het programma van KPI 1 afgerond."),
        "S106@B8",
        allow="N105",
    ),
    fine(
        "s106-percentage",
        referrals(PERIOD + " is het aantal verwijzingen met 4% gedaald ten opzichte van peiljaar 2024."),
    ),
    fault(
        "s107-relative-without",
        referrals(PERIOD + " is het aantal verwijzingen naar de polikliniek met 10% afgenomen."),
        hit("S107@B9", severity="warning"),
    ),
    *(
        fine(
            f"s107-{name}",
            referrals(
                PERIOD + f" is het aantal verwijzingen naar de polikliniek met 10% afgenomen {words} 2024."
            ),
        )
        for name, words in {
            "tov": "tov",
            "t-ov": "t.ov.",
            "t-o-v": "t.o.v.",
            "compared": "vergeleken met",
            "base-year": "met basisjaar",
            "control": "vergeleken met het controlegebied in",
        }.items()
    ),
    fine(
        "s107-absolute",
        people(PERIOD + " zijn 100 consulten van het zelfzorgprogramma in Oeverdam uitgevoerd."),
    ),
    fault(
        "s108-no-period",
        people("Minimaal 120 inwoners van Oeverdam hebben het zelfzorgprogramma met goed gevolg afgerond."),
        hit("S108@B8", severity="warning"),
        allow="S111",
    ),
    fine(
        "s108-year",
        people("In 2026 hebben minimaal 120 inwoners van Oeverdam het zelfzorgprogramma afgerond."),
    ),
    fine(
        "s108-months",
        people("Op {datum} hebben over 12 maanden minimaal 120 inwoners het programma afgerond."),
    ),
    fault(
        "s109-range",
        referrals(
            PERIOD + " is er 10-20% daling van het aantal verwijzingen ten opzichte van peiljaar 2024."
        ),
        hit("S109@B9", severity="warning"),
    ),
    fine(
        "s109-minimum",
        referrals(PERIOD + " is er minimaal 10-20% daling van verwijzingen ten opzichte van peiljaar 2024."),
    ),
    fault(
        "s110-upper-bound",
        {"B7": "Uiterlijk {datum} is de werkwijze overgedragen aan maximaal 10 wijken in Oeverdam."},
        hit("S110@B7", severity="warning"),
    ),
    fault(
        "s110-minimum-of-another-noun",
        {"B7": "Uiterlijk {datum} zijn in maximaal 10 wijken minimaal vijf lessen gegeven."},
        "S110@B7",
    ),
    fault(
        "s110-number-word",
        {"B7": "Uiterlijk {datum} is de werkwijze overgedragen aan maximaal tien wijken in Oeverdam."},
        "S110@B7",
    ),
    fine(
        "s110-both-bounds",
        {"B7": "Uiterlijk {datum} is de werkwijze overgedragen aan minimaal 5 wijken en maximaal 10 wijken."},
    ),
    fault(
        "s111-no-date",
        smart("Twee huisartsen houden elke week spreekuur in de wijk Noord van Oeverdam."),
        hit("S111@B4", severity="info"),
    ),
    fault("s112-one-word", {"E4": "Notitie"}, hit("S112@E4", severity="warning")),
    fault("s112-two-words", {"E4": "Ondertekende notitie"}, "S112@E4"),
    fine("s112-three-words", {"E4": "Ondertekende notitie governance"}),
    fault(
        "s113-bullets",
        smart(
            "Uiterlijk {datum}:\n- organiseren van spreekuren\n- opstellen van roosters\n- werven van artsen"
        ),
        hit("S113@B4", severity="info"),
        allow="S103",
    ),
    fault(
        "s101-silences-the-target",
        people(PERIOD + " hebben [aantal] inwoners van Oeverdam het zelfzorgprogramma afgerond."),
        "S101@B8",
    ),
]

DATES = [
    fault(
        "d103-year-after-date",
        people("In 2027 hebben minimaal 120 inwoners van Oeverdam het zelfzorgprogramma afgerond."),
        hit("D103@C8", severity="error"),
    ),
    fault(
        "d103-period-after-date",
        people("In de periode 1-7-2026 t/m 31-3-2027 hebben minimaal 120 inwoners het programma afgerond."),
        hit("D103@C8", severity="error"),
    ),
    fault(
        "d103-quarter",
        people("In het eerste kwartaal van 2027 hebben minimaal 120 inwoners het programma afgerond."),
        "D103@C8",
        allow="D102",
    ),
    fine(
        "d103-same-year",
        people("In 2026 hebben minimaal 120 inwoners van Oeverdam het zelfzorgprogramma afgerond."),
    ),
    fine(
        "d103-effort-any-day-of-its-year",
        {
            "C4": DAY(2025, 12, 1),
            "C5": DAY(2025, 12, 1),
            **smart("In 2025 is er een spreekuur van twee huisartsen in de wijk Noord opgezet."),
        },
    ),
    fine(
        "d103-reference-period",
        referrals(
            PERIOD + " zijn er 10% minder verwijzingen ten opzichte van de periode 1-1-2024 t/m 30-6-2024."
        ),
    ),
    fault("d104-after-end", {"C9": DAY(2027, 7, 31)}, hit("D104@C9", severity="warning")),
    fault("d104-before-start", {"Algemene gegevens!B8": DAY(2025, 7, 1)}, "D104@C2", "D104@C3", allow="P103"),
    fine("d104-on-the-end"),
    fine(
        "d104-unknown",
        gone(*(f"Algemene gegevens!{c}" for c in ("A8", "B8", "A9", "B9"))),
        unchecked="D104 P103 P109",
    ),
    fault("d104-option", {}, "D104@C9", args=("--end", "2027-06-29"), allow="P109"),
    fault("d105-out-of-order", {"C5": DAY(2025, 6, 30)}, hit("D105@", severity="info")),
    fine("d105-order-within-sections", change=ch.in_sections),
]

AMOUNTS = [
    fault(
        "a203-subtotal", {"F15": 151_000}, hit("A203@F15", severity="error"), base=loose_regional, allow=NOISE
    ),
    fine("a203-right", base=loose_regional, allow=NOISE),
    *(
        fault(
            f"a203-start-{name}",
            {"F19": subtotal},
            "F107@A20",
            base=loose_regional,
            change=ch.inserted(20, start_contribution("Startbijdrage KPI 2.0", (10_000, 5_000))),
            allow=f"{NOISE} N101",
        )
        for name, subtotal in {"included": 165_000, "left-out": 150_000}.items()
    ),
    fault(
        "a205-totals-row",
        {"F10": 510_000},
        hit("A205@F10", severity="error"),
        change=ch.totals_row("Totaal", formula=False),
    ),
    fault(
        "a205-party-total",
        {"J10": 200_001},
        "A205@J10|F10",
        change=ch.totals_row("Totaal", formula=False),
        allow="A205@F10",
    ),
    fine("a205-right", change=ch.totals_row("Totaal", formula=False)),
    fault(
        "a206-one-in-one-out",
        {"F15": 156_000},
        hit("A206@", severity="warning"),
        "F107@A16",
        "F107@A21",
        base=loose_regional,
        change=ch.after(
            ch.inserted(20, start_contribution("Startbijdrage KPI 2.0", (10_000, 5_000))),
            ch.inserted(16, start_contribution("Startbijdrage KPI 1.0", (5_000, 1_000))),
        ),
        allow=f"{NOISE} N101",
    ),
    fault("a207-above", {}, hit("A207@F1", severity="error"), args=("--max-total", "499999")),
    fine("a207-exactly", args=("--max-total", "500000")),
    fault("a301-one-row", gone("G4"), hit("A301@G4", severity="warning")),
    fault("a301-none-at-all", gone(*(f"G{r}" for r in range(2, 10))), "A301@G1"),
    fine("a301-zero-row", {**amounts(5, 0), "G5": None}, allow="A103"),
    fault("a302-too-little", {"G4": "Spreekuur (2025): € 40.000"}, hit("A302@G4", severity="error")),
    fault("a302-just-over-a-euro", {"G4": "Spreekuur (2025): € 44.998,99"}, "A302@G4"),
    fine("a302-one-euro", {"G4": "Spreekuur (2025): € 44.999"}),
    fine(
        "a302-lines-add-up",
        {"G4": "• Spreekuur (2025): €30.000,-\n• Huur (2025 - deel 1): 14.500,50\n• Materiaal: €499,50"},
    ),
    fault(
        "a303-line-without",
        {"G4": "Projectleiding (2025): € 45.000\nHuur van de ruimte (2025):"},
        hit("A303@G4", severity="warning"),
    ),
    fault(
        "a303-and-already-too-much",
        {"G4": "Projectleiding (2025): € 50.000\nHuur van de ruimte (2025):"},
        "A302@G4",
        allow="A303",
    ),
]


def results_first(plan: Plan) -> None:
    for row, total in zip(
        plan.table.rows, (100_000, 100_000, 45_000, 35_000, 60_000, 70_000, 40_000, 40_000), strict=True
    ):
        row.cells.update(ch.parts_of(total))
    for row in plan.table.rows[:2]:
        row.cells["type"] = RESULT
        row.cells["smart"] = (
            "In de periode {van} t/m {datum} hebben minimaal 120 inwoners het programma afgerond."
        )
    for row in plan.table.rows[6:]:
        row.cells["type"] = EFFORT
        row.cells["smart"] = (
            "Uiterlijk {datum} is de werkwijze van de wijk Noord overgedragen aan vijf andere wijken."
        )
    plan.sheets["Begroting"].update(B2=300_000, B3=150_000)


def all_at_once(plan: Plan) -> None:
    for row in plan.table.rows[:5]:
        row.cells["date"] = DAY(2025, 6, 30)
    plan.sheets["Begroting"].update(B2=300_000, B3=150_000)


BUDGET_BY_PARTY: dict[str, Value] = {
    "A1": "Partij", "B1": 2025, "C1": 2026, "D1": 2027,
    "A2": "Ziekenhuis Veldzicht", "B2": 150_000, "C2": 160_000, "D2": 50_000,
    "A3": "Huisartsen Oeverdam", "B3": 50_000, "C3": 60_000, "D3": 30_000,
}  # fmt: skip

PLAN_WIDE = [
    fault("e104-results-first", {}, hit("E104@D1|F1", severity="warning"), change=results_first),
    fine("e104-results-last"),
    fault("e105-two-spellings", {"D2": "Inspanning"}, hit("E105@", severity="info")),
    fine("e105-one-spelling-each"),
    fault(
        "p103-before-start",
        {"Algemene gegevens!B8": DAY(2025, 7, 1)},
        hit("P103@", severity="warning"),
        allow="P103 D104",
    ),
    fine("p103-on-the-start", {"Algemene gegevens!B8": DAY(2025, 6, 30)}),
    fault(
        "p106-five-on-a-day", {}, hit("P106@C1|F1", severity="info"), change=all_at_once, allow="P105 P109"
    ),
    fine(
        "p106-four-on-a-day",
        {**dict.fromkeys(("C4", "C5"), DAY(2025, 6, 30)), "C6": DAY(2025, 12, 31)},
        allow="P105 P109 P101",
    ),
    fault("p107-budget", {"Begroting!B4": 90_000}, hit("P107@", severity="error")),
    fine("p107-without-budget", change=ch.without_sheet("Begroting"), unchecked="P107"),
    fine("p101-budget-by-party", change=ch.with_sheet("Begroting", BUDGET_BY_PARTY)),
    fault(
        "p101-by-party",
        {"Begroting!B2": 100_000, "Begroting!C2": 210_000},
        "P101@C1|F1",
        change=ch.with_sheet("Begroting", BUDGET_BY_PARTY),
    ),
    fine("p108-off-nationally", {"C8": DAY(2026, 11, 30), "C7": DAY(2026, 11, 30)}),
    fault("p109-long-tail", {"Algemene gegevens!B9": DAY(2028, 12, 31)}, hit("P109@", severity="warning")),
    fine("p109-just-covered", {"Algemene gegevens!B9": DAY(2027, 12, 30)}),
]

PARTIES = [
    fault("k103-five-digits", {"K1": "Huisartsen Oeverdam 12345"}, hit("K103@K1", severity="warning")),
    fine("k103-wlz", {"K1": "Zorghuis Oeverdam Wlz 12345"}),
    fine("k103-gm", {"L1": "Gemeente Oeverdam GM1234"}),
    fine("k103-number-in-name", {"K1": "Buurtpraktijk 2 Oeverdam 01012345"}),
    fault("k104-same-code", {"K1": "Huisartsen Oeverdam 06010101"}, hit("K104@J1|K1", severity="error")),
    fault("k104-same-name", {"K1": "Ziekenhuis Veldzicht 01012345"}, "K104@J1|K1"),
    fine("k104-names-alike", {"K1": "Ziekenhuis Veldzicht Noord 01012345"}),
    fault(
        "k105-no-amounts",
        {f"L{r}": None for r in range(2, 10)} | {"Begroting!B3": 150_000},
        hit("K105@L1", severity="info"),
    ),
    fault(
        "k107-in-evidence",
        {"E4": "Verslag van het spreekuur van inwoner 111222333 met datum"},
        hit("K107@E4", severity="warning"),
    ),
    fine("k107-fails-the-test", {"E4": "Verslag van het spreekuur met dossier 123456789 en datum"}),
    fine("k107-longer-number", {"E4": "Verslag van het spreekuur met dossier 1112223330 en datum"}),
    fine("k107-heading", {"K1": "Huisartsen Oeverdam 111222333"}, allow="K103"),
    fine("k107-eight-digits", {"E4": "Verslag van het spreekuur van praktijk 01234567 met datum"}),
]

# Layout 3: the milestone overview; every row one milestone, a totals row without a label.
OVERVIEW_HEADINGS = {
    "year": "Jaar",
    "number": "Mijlpaal #",
    "name": "Mijlpaal",
    "evidence": "Deliverable",
    "type": "Type mijlpaal",
    "date": "Datum",
    "total": "Bedrag in €",
    "part": "Waarvan bestemd voor gemeente/SD",
}


def overview() -> Plan:
    plan = good()
    table = plan.table
    table.headings = dict(OVERVIEW_HEADINGS)
    for number, row in enumerate(table.rows, 1):
        total = sum(
            part
            for key in ("kassier", "party1", "party2", "party3")
            if isinstance(part := row.cells[key], int)
        )
        row.cells = {
            "year": row.when.year,
            "number": number,
            "name": row.cells["smart"],
            "evidence": row.cells["evidence"],
            "type": row.cells["type"],
            "date": row.when,
            "total": total,
            "part": total // 5,
        }
    table.rows.append(Row({"total": 500_000, "part": 100_000}, counted=False))
    table.sheet = "Mijlpalenoverzicht"
    plan.sheets.clear()
    return plan


# Layout 4: the help document's example; several parties in one cell.
HELP_HEADINGS = {
    "number": "Nr",
    "smart": "KPI (smart omschrijving)",
    "evidence": "Deliverable",
    "date": "Geplande opleveringsdatum",
    "type": "Type KPI",
    "total": "Gekoppeld aan uitbetaling (ja/nee) incl. totaal bedrag",
    "split": "Verdeling bedrag per deelnemer",
}


def help_document(amount: str, split: str) -> Plan:
    plan = good()
    table = plan.table
    table.headings = dict(HELP_HEADINGS)
    for number, row in enumerate(table.rows, 1):
        row.cells = {
            "number": number,
            "smart": row.cells["smart"],
            "evidence": row.cells["evidence"],
            "date": row.when,
            "type": "Resultaat" if row.cells["type"] == RESULT else "Inspanning",
            "total": amount,
            "split": split,
        }
    table.sheet = "KPI-overzicht"
    plan.sheets.clear()
    return plan


def help_filled() -> Plan:
    return help_document("Ja, € 10.000", "Indiener 1: € 4.000\nIndiener 2: € 3.000\nIndiener 3: € 3.000")


OTHER_LAYOUTS = [
    fine(
        "overview",
        base=overview,
        allow="T101 T104 G100 N101 N102 A301 S111",
        kpis=8,
        plan={"total": "500000", "effort": "300000"},
    ),
    fault(
        "overview-date",
        {"F4": "31-6-2025"},
        "D101@F4",
        base=overview,
        allow="T101 T104 G100 N101 N102 A301 S111",
    ),
    fault(
        "overview-no-deliverable",
        {"D4": None},
        "F105@D4",
        base=overview,
        allow="T101 T104 G100 N101 N102 A301",
    ),
    fine(
        "help-document",
        base=help_filled,
        allow="T101 T104 T108 G100 N101 A301 K101 K102 E101",
        kpis=8,
        plan={"total": "80000"},
    ),
    fault(
        "help-document-placeholder",
        {"F4": "Ja, € xxx"},
        "A101@F4",
        base=help_filled,
        allow="T101 T104 T108 G100 N101 A301 K101 K102 E101",
    ),
    fault(
        "help-document-thirty-first-of-june",
        {
            "D4": "31-6-2025",
            "B4": "Uiterlijk 31 juni 2025 houden twee huisartsen elke week spreekuur in Noord.",
        },
        "D101@D4",
        base=help_filled,
        allow="T101 T104 T108 G100 N101 A301 K101 K102 E101",
    ),
]

CASES: list[Case] = [
    fine("good-in-full"),
    fine("good-in-full-unstored", base=unstored),
    fine("regional-in-full", base=regional, allow=NOISE),
    *TEMPLATE,
    *NAMES,
    *TEXTS,
    *DATES,
    *AMOUNTS,
    *PLAN_WIDE,
    *PARTIES,
    *OTHER_LAYOUTS,
]
BATCH = batch("register", CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_rule(case: Case, shared_root: Path) -> None:
    judge(case, BATCH.report(case.id, shared_root))


def test_part_of_an_amount_is_no_party(shared_root: Path) -> None:
    file = BATCH.report("overview", shared_root)
    readable(file)
    assert not [f for f in file["findings"] if f["cell"].startswith("H") or f["rule"].startswith("K10")], (
        listed(file)
    )


def test_citizen_number_is_masked_everywhere(shared_root: Path) -> None:
    file = BATCH.report("k107-in-evidence", shared_root)
    readable(file)
    assert "111222333" not in str(file)
    assert "111***333" in str(file)
