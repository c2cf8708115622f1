"""Milestone plans as data, written as real workbooks.

A plan is laid out as a grid of cells; a fault is an edit by address ("C4": "medio 2026"). Totals, control
texts, the requested total and the last budget year follow the cells unless an edit says otherwise,
so that one fault stays one.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import openpyxl  # noqa: TID251  (the writer of files without stored formula results)
import xlsxwriter
from openpyxl.utils import get_column_letter  # noqa: TID251  (same)

CENT = Decimal("0.01")
AGREES = "Bedragen komen overeen"
DIFFERS = "Bedragen komen niet overeen"
EFFORT = "Inspanningsverplichting"
RESULT = "Resultaatsverplichting"


class Auto(Enum):
    """A cell that follows the others."""

    TOTAL = "sum of the parties, as a formula"
    CONTROL = "the control text, as a formula"
    REQUESTED = "sum of all counted rows"
    REST = "what the budget lacks towards the sum of all counted rows"


@dataclass(frozen=True)
class Formula:
    text: str
    stored: str | float | None = None


Scalar = str | int | float | dt.date | None
Value = Scalar | Auto | Formula
Cells = dict[str, Value]


@dataclass
class Row:
    cells: Cells
    when: dt.date = dt.date(2025, 12, 31)
    counted: bool = True


@dataclass
class Table:
    headings: dict[str, str | None]
    rows: list[Row]
    sheet: str = "Mijlpalen"
    top: int = 1
    left: int = 1

    def address(self, key: str, row: int) -> str:
        return f"{get_column_letter(self.left + list(self.headings).index(key))}{row}"

    def parties(self) -> list[str]:
        return [key for key in self.headings if key.startswith("party") or key == "kassier"]


@dataclass
class Plan:
    tables: list[Table]
    sheets: dict[str, Cells]
    edits: dict[str, Value] = field(default_factory=dict)
    stored: bool = True
    epoch_1904: bool = False
    hidden_rows: set[tuple[str, int]] = field(default_factory=set)
    hidden_columns: set[tuple[str, str]] = field(default_factory=set)
    hidden_sheets: set[str] = field(default_factory=set)
    bordered: dict[str, list[str]] = field(default_factory=dict)
    amount_format: str = '"€" #,##0'

    @property
    def table(self) -> Table:
        return self.tables[0]

    def cells(self) -> dict[str, Cells]:
        return Settled(self).grid


def spread(total: int) -> list[int]:
    """Return the shares of kassier and three parties: 10, 40, 30 and 20 percent."""
    return [total // 10, total * 4 // 10, total * 3 // 10, total * 2 // 10]


def amounts(row: int, total: int) -> dict[str, Value]:
    """Edits that give a row of the good plan another total."""
    return {f"{letter}{row}": part for letter, part in zip("IJKL", spread(total), strict=True)}


def dutch(day: dt.date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def euros(value: Decimal) -> str:
    whole, _, cents = f"{value:,.2f}".partition(".")
    return whole.replace(",", ".") + ("" if cents == "00" else f",{cents}")


OFFICIAL: dict[str, str | None] = {
    "name": "Naam",
    "smart": "SMART omschrijving",
    "date": "(streef)datum",
    "type": "Resultaat- of inspanningsverplichting",
    "evidence": "Bewijsvoering",
    "total": "(totaal)Bedrag",
    "explanation": "Toelichting bedrag.",
    "control": "Controle cel",
    "kassier": "Kassier Stichting Maasoever 53530101",
    "party1": "Ziekenhuis Veldzicht 06010101",
    "party2": "Huisartsen Oeverdam 01012345",
    "party3": "Gemeente Oeverdam 1234",
}
EXPLANATION = "Projectleiding en uitvoering ({jaar}): € {bedrag}"
KPIS: list[tuple[str, str, dt.date, str, str, int]] = [
    (
        "Zelfzorg - Programma ingericht - KPI 1",
        "Uiterlijk {datum} is het zelfzorgprogramma van Oeverdam ingericht en door allen ondertekend.",
        dt.date(2025, 6, 30),
        EFFORT,
        "Ondertekend programma met de namen van alle partijen",
        40_000,
    ),
    (
        "Zelfzorg - Trainers opgeleid - KPI 2",
        "Uiterlijk {datum} zijn 12 trainers opgeleid die de lessen van het zelfzorgprogramma geven.",
        dt.date(2025, 6, 30),
        EFFORT,
        "Lijst met de twaalf getekende diploma's",
        50_000,
    ),
    (
        "Wijkzorg - Spreekuur gestart - KPI 1",
        "Uiterlijk {datum} houden twee huisartsen elke week spreekuur in de wijk Noord van Oeverdam.",
        dt.date(2025, 12, 31),
        EFFORT,
        "Rooster van de spreekuren met bevestiging van beide huisartsen",
        45_000,
    ),
    (
        "Wijkzorg - Afspraken vastgelegd - KPI 2",
        "Uiterlijk {datum} hebben alle partijen de verwijsafspraken voor de wijk Noord ondertekend.",
        dt.date(2025, 12, 31),
        EFFORT,
        "Ondertekende verwijsafspraken van alle partijen",
        35_000,
    ),
    (
        "Zelfzorg - Lessen gegeven - KPI 3",
        "Uiterlijk {datum} zijn 40 lessen van het zelfzorgprogramma in vier wijken gegeven.",
        dt.date(2026, 6, 30),
        EFFORT,
        "Overzicht van de lessen met datum en presentielijst",
        60_000,
    ),
    (
        "Wijkzorg - Werkwijze overgedragen - KPI 3",
        "Uiterlijk {datum} is de werkwijze van de wijk Noord overgedragen aan vijf andere wijken.",
        dt.date(2026, 12, 31),
        EFFORT,
        "Overdrachtsdocument met handtekening van de vijf wijken",
        70_000,
    ),
    (
        "Zelfzorg - Deelname van inwoners - KPI 4",
        "In de periode {van} t/m {datum} hebben minimaal 120 inwoners van Oeverdam het programma afgerond.",
        dt.date(2026, 12, 31),
        RESULT,
        "Uitdraai van het aantal inwoners uit de cursusadministratie",
        100_000,
    ),
    (
        "Wijkzorg - Minder verwijzingen - KPI 4",
        "In de periode {van} t/m {datum} zijn verwijzingen met 10% afgenomen ten opzichte van peiljaar 2024.",
        dt.date(2027, 6, 30),
        RESULT,
        "Uitdraai van het aantal verwijzingen uit de eigen administratie",
        100_000,
    ),
]
GENERAL: Cells = {
    "A1": "Algemene gegevens",
    "A2": "Naam TransformatiePlan",
    "B2": "Zorg dichtbij in Oeverdam",
    "A3": "Gegevens indiener",
    "B3": "Zorggroep Maasoever, indiener@voorbeeld.nl",
    "A4": "Gegevens contactpersoon verzekeraar",
    "B4": "Verzekeraar Rijnland, inkoop@voorbeeld.nl",
    "A5": "Extra gegevens",
    "A6": "Wordt er gewerkt met een kassiersfunctie?",
    "B6": "ja, Stichting Maasoever",
    "A7": "Aangevraagd bedrag",
    "B7": Auto.REQUESTED,
    "A8": "Startdatum",
    "B8": dt.date(2025, 1, 1),
    "A9": "Einddatum",
    "B9": dt.date(2027, 6, 30),
}
BUDGET: Cells = {
    "A1": "Jaar",
    "B1": "Bedrag",
    "A2": 2025,
    "B2": 200_000,
    "A3": 2026,
    "B3": 220_000,
    "A4": 2027,
    "B4": Auto.REST,
}
INSTRUCTION: Cells = {
    "A1": "Mijlpaal format",
    "A3": "Zo vult u de tabel in:",
    "A4": "Schrijf elke mijlpaal in hele zinnen, bijvoorbeeld: xx% meer inwoners in 202X dan eerst.",
    "A5": "70% budget is inspanningsverplichting",
    "A6": "30% budget is resultaatverplichting",
}


def kpi_row(texts: tuple[str, str, dt.date, str, str], parts: Mapping[str, Value]) -> Row:
    name, smart, when, kind, evidence = texts
    cells: Cells = {
        "name": name,
        "smart": smart,
        "date": when,
        "type": kind,
        "evidence": evidence,
        "total": Auto.TOTAL,
        "explanation": EXPLANATION,
        "control": Auto.CONTROL,
        **parts,
    }
    return Row(cells, when)


def good() -> Plan:
    """Return an official-format plan without fault: rows 2-9, kassier in I, parties in J-L."""
    keys = ("kassier", "party1", "party2", "party3")
    rows = [
        kpi_row((name, smart, when, kind, evidence), dict(zip(keys, spread(total), strict=True)))
        for name, smart, when, kind, evidence, total in KPIS
    ]
    sheets = {
        "Algemene gegevens": dict(GENERAL),
        "Mijlpaal format": dict(INSTRUCTION),
        "Begroting": dict(BUDGET),
    }
    return Plan([Table(dict(OFFICIAL), rows)], sheets)


def typed() -> Plan:
    """Return the good plan with typed totals and control texts: T104 once a column, nothing else."""
    plan = good()
    for row, kpi in zip(plan.table.rows, KPIS, strict=True):
        row.cells["total"] = kpi[5]
        row.cells["control"] = AGREES
    return plan


def unstored() -> Plan:
    """Return the good plan as a web tool exports it: no formula has a stored result."""
    return replace(good(), stored=False)


REGIONAL_KPIS: list[tuple[str, str, dt.date, str, str, tuple[int, int]]] = [
    (
        "Algemeen - Programma ingericht - KPI 1.1",
        KPIS[0][1],
        dt.date(2025, 6, 30),
        "Inspanning",
        KPIS[0][4],
        (30_000, 10_000),
    ),
    (
        "Algemeen - Trainers opgeleid - KPI 1.2",
        KPIS[1][1],
        dt.date(2025, 12, 31),
        "Inspanning",
        KPIS[1][4],
        (30_000, 20_000),
    ),
    (
        "Algemeen - Lessen gegeven - KPI 1.3",
        KPIS[4][1],
        dt.date(2026, 6, 30),
        "Inspanning",
        KPIS[4][4],
        (40_000, 20_000),
    ),
    (
        "Wijkzorg - Spreekuur gestart - KPI 2.1",
        KPIS[2][1],
        dt.date(2025, 12, 31),
        "Inspanning",
        KPIS[2][4],
        (20_000, 10_000),
    ),
    (
        "Wijkzorg - Deelname van inwoners - KPI 2.2",
        KPIS[6][1],
        dt.date(2026, 12, 31),
        "Resultaat",
        KPIS[6][4],
        (50_000, 20_000),
    ),
    (
        "Wijkzorg - Minder verwijzingen - KPI 2.3",
        KPIS[7][1],
        dt.date(2027, 6, 30),
        "Resultaat",
        KPIS[7][4],
        (30_000, 20_000),
    ),
]
REGIONAL_HEADINGS: dict[str, str | None] = {
    **{
        key: heading
        for key, heading in OFFICIAL.items()
        if key not in {"control", "kassier", "party1", "party2", "party3"}
    },
    "party1": "Welzijn Rivierenland 41234567",
    "party2": "Gemeente Oeverdam 1234",
}
SUMMARY: Cells = {
    "A4": "KPI's",
    "B4": "Aantal",
    "C4": "Budget",
    "D4": "Procent",
    "A5": "Inspanningsverplichting",
    "B5": 4,
    "C5": 180_000,
    "D5": 0.6,
    "E5": 0.7,
    "A6": "Resultaatverplichting",
    "B6": 2,
    "C6": 120_000,
    "D6": 0.4,
    "E6": 0.3,
    "A7": "Totaal",
    "B7": 6,
    "C7": 300_000,
    "G4": "KPI's",
    "H4": "Aantal",
    "I4": "Totaal budget",
    "J4": "Inspanningbudget",
    "K4": "Procent",
    "L4": "Resultaatbudget",
    "M4": "Procent",
    "G5": "(1) Algemeen",
    "H5": 3,
    "I5": 150_000,
    "J5": 150_000,
    "K5": 1.0,
    "G6": "(2) Wijkzorg",
    "H6": 3,
    "I6": 150_000,
    "J6": 30_000,
    "K6": 0.2,
    "L6": 120_000,
    "M6": 0.8,
    "G7": "Totaal",
    "H7": 6,
}
PERCENT_CELLS = {"D5", "D6", "E5", "E6", "K5", "K6", "M6"}


def section(title: str, subtotal: Value) -> Row:
    return Row({"name": title, "total": subtotal}, counted=False)


def start_contribution(name: str, parts: tuple[int, int]) -> Row:
    total = sum(parts)
    return Row(
        {
            "name": name,
            "total": total,
            "explanation": f"Inrichting (2025): € {euros(Decimal(total))}",
            "party1": parts[0],
            "party2": parts[1],
        },
    )


def regional(*, summary: bool = True) -> Plan:
    """Return a regional export: title rows, summary block, headings in row 14, sections in rows 15 and 19."""
    rows: list[Row] = []
    for number, (name, smart, when, kind, evidence, parts) in enumerate(REGIONAL_KPIS):
        if number % 3 == 0:
            title = "(1) ALGEMENE ACTIVITEITEN" if number == 0 else "(2) WIJKZORG IN OEVERDAM"
            rows.append(section(title, 150_000))
        row = kpi_row((name, smart, when, kind, evidence), {"party1": parts[0], "party2": parts[1]})
        row.cells["total"] = sum(parts)
        del row.cells["control"]
        rows.append(row)
    table = Table(dict(REGIONAL_HEADINGS), rows, sheet="Planning", top=14)
    above: Cells = {"A1": "Mijlpalenplanning Transformatieplan Rivierenland", **(SUMMARY if summary else {})}
    return Plan([table], {"Planning": above})


def loose_regional() -> Plan:
    """Return the regional export without its summary block."""
    return regional(summary=False)


def number(value: Value) -> Decimal | None:
    if isinstance(value, Formula):
        return number(value.stored)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Decimal(str(value))
    return None


def plain(value: Decimal) -> float:
    """Return a number as Excel stores it: 40000, not 40000.0."""
    return int(value) if value == value.to_integral_value() else float(value)


class Settled:
    """The plan's cells after its edits, with every following cell filled in."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.grid: dict[str, Cells] = {name: dict(cells) for name, cells in plan.sheets.items()}
        self.counted: list[tuple[str, str]] = []
        for table in plan.tables:
            self.lay_out(table)
        for address, value in plan.edits.items():
            sheet, _, cell = address.rpartition("!")
            self.grid[sheet or plan.table.sheet][cell] = value
        for table in plan.tables:
            self.settle(table)
        self.follow()

    def lay_out(self, table: Table) -> None:
        cells = self.grid.setdefault(table.sheet, {})
        for key, heading in table.headings.items():
            cells[table.address(key, table.top)] = heading
        for at, row in enumerate(table.rows, table.top + 1):
            cells.update(
                {table.address(key, at): value for key, value in row.cells.items() if key in table.headings}
            )

    def settle(self, table: Table) -> None:
        cells = self.grid[table.sheet]
        parties = table.parties()
        for at, row in enumerate(table.rows, table.top + 1):
            paid = [cells.get(table.address(key, at)) for key in parties]
            parts = sum((part for part in map(number, paid) if part is not None), Decimal(0))
            total = None
            if "total" in table.headings:
                cell = table.address("total", at)
                reach = (
                    f"{table.address(parties[0], at)}:{table.address(parties[-1], at)}" if parties else cell
                )
                if cells.get(cell) is Auto.TOTAL:
                    cells[cell] = Formula(f"=SUM({reach})", plain(parts))
                total = number(cells.get(cell))
                if row.counted:
                    self.counted.append((table.sheet, cell))
                self.settle_control(
                    table, at, reach, agrees=total is not None and abs(total - parts) < CENT / 2
                )
            self.fill_in(table, at, row, total)

    def settle_control(self, table: Table, at: int, reach: str, *, agrees: bool) -> None:
        if "control" not in table.headings:
            return
        cells, cell = self.grid[table.sheet], table.address("control", at)
        if cells.get(cell) is Auto.CONTROL:
            text = f'=IF({table.address("total", at)}=SUM({reach}),"{AGREES}","{DIFFERS}")'
            cells[cell] = Formula(text, AGREES if agrees else DIFFERS)

    def fill_in(self, table: Table, at: int, row: Row, total: Decimal | None) -> None:
        cells = self.grid[table.sheet]
        day = cells.get(table.address("date", at)) if "date" in table.headings else None
        when = day if isinstance(day, dt.date) else row.when
        words = {
            "{datum}": dutch(when),
            "{van}": dutch(when.replace(day=1)),
            "{jaar}": str((when - dt.timedelta(days=1)).year),
            "{bedrag}": euros(total or Decimal(0)),
        }
        for key in table.headings:
            text = cells.get(table.address(key, at))
            if isinstance(text, str):
                for mark, word in words.items():
                    text = text.replace(mark, word)
                cells[table.address(key, at)] = text

    def follow(self) -> None:
        sums = [number(self.grid[sheet].get(cell)) for sheet, cell in self.counted]
        asked = sum((part for part in sums if part is not None), Decimal(0))
        for cells in self.grid.values():
            known = sum(
                (n for c, v in cells.items() if c[0] == "B" and (n := number(v)) is not None), Decimal(0)
            )
            for cell, value in cells.items():
                if value is Auto.REQUESTED:
                    cells[cell] = plain(asked)
                elif value is Auto.REST:
                    cells[cell] = plain(asked - known)


def write(plan: Plan, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if plan.stored:
        write_with_results(plan, path)
    else:
        write_without_results(plan, path)
    return path


def write_with_results(plan: Plan, path: Path) -> None:
    options: dict[str, Any] = {"strings_to_formulas": False, "strings_to_urls": False}
    if plan.epoch_1904:
        options["date_1904"] = True
    with xlsxwriter.Workbook(str(path), options) as book:
        names = {name: book.add_format({"num_format": name}) for name in ("General", "d-m-yyyy", "0%")}
        names["money"] = book.add_format({"num_format": plan.amount_format})
        border = book.add_format({"border": 1})
        for name, cells in plan.cells().items():
            sheet = book.add_worksheet(name)
            for cell in plan.bordered.get(name, []):
                sheet.write_blank(cell, None, border)
            for cell, value in cells.items():
                if isinstance(value, Formula):
                    stored = "" if value.stored is None else value.stored
                    sheet.write_formula(cell, value.text, names["money"], stored)
                elif isinstance(value, str):
                    sheet.write_string(cell, value)
                elif value is not None and not isinstance(value, Auto):
                    sheet.write(cell, value, names[number_format(plan, name, cell, value)])
            hide(plan, name, sheet)


def number_format(plan: Plan, sheet: str, cell: str, value: Value) -> str:
    if isinstance(value, dt.date):
        return "d-m-yyyy"
    homes = [table for table in plan.tables if table.sheet == sheet]
    if any("date" in home.headings and cell.startswith(home.address("date", 0)[:-1]) for home in homes[:1]):
        return "General" if homes[0].top == 1 else "money"
    if sheet == "Begroting" and isinstance(value, int) and 1900 < value < 2100:
        return "General"
    return "0%" if homes and homes[0].top > 4 and cell in PERCENT_CELLS else "money"


def hide(plan: Plan, name: str, sheet: Any) -> None:  # noqa: ANN401  (XlsxWriter has no types)
    for _, row in (found for found in plan.hidden_rows if found[0] == name):
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for _, letters in (found for found in plan.hidden_columns if found[0] == name):
        sheet.set_column(f"{letters}:{letters}", None, None, {"hidden": True})
    if name in plan.hidden_sheets:
        sheet.hide()


def write_without_results(plan: Plan, path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, cells in plan.cells().items():
        sheet = book.create_sheet(name)
        for address, value in cells.items():
            if value is None or isinstance(value, Auto):
                continue
            cell = sheet[address]
            cell.value = value.text if isinstance(value, Formula) else value
            if isinstance(value, dt.date):
                cell.number_format = "d-m-yyyy"
            elif isinstance(value, Formula):
                cell.number_format = plan.amount_format
    book.save(path)
