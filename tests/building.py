"""Workbooks from the tables of docstring examples, written with XlsxWriter as real files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from kpicheck.dutch.notation import amount, day
from kpicheck.examples import Example, Line
from kpicheck.job import Stated
from kpicheck.model import AgreedParty, Suppression

OFFICIAL = (
    "Naam",
    "SMART omschrijving",
    "(streef)datum",
    "Resultaat- of inspanningsverplichting",
    "Bewijsvoering",
    "(totaal)Bedrag",
    "Toelichting bedrag.",
    "Controle cel",
)
PARTY = "Zorghuis Noord 01234567"
MILESTONES, GENERAL, ABOVE = "Mijlpalen", "Algemene gegevens", "boven"
DATES = [date(2026 + index // 2, *((6, 30) if index % 2 == 0 else (12, 31))) for index in range(80)]
NOT_STORED = "#niet-opgeslagen#"
NO_KPI = re.compile(r"\(\d[\w.]*\) |(?:sub)?totaal|startbijdrage", re.IGNORECASE)
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)

Mark = tuple[str, str]


@dataclass(frozen=True)
class Formula:
    text: str
    result: Any = NOT_STORED


@dataclass
class Built:
    """A workbook, what was stated beside it, and the cells that must be found."""

    data: bytes
    stated: Stated
    marked: set[Mark]


@dataclass
class Blocks:
    blocks: dict[str, list[Line]] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)


def parsed(example: Example) -> Blocks:
    found = Blocks()
    current = MILESTONES
    for line in example.lines:
        if line.sheet:
            current = line.sheet
        elif line.options:
            found.options |= {
                one[0]: one[1] for one in re.findall(r"(--[\w-]+) (.+?)(?= --|$)", line.options)
            }
        else:
            found.blocks.setdefault(current, []).append(line)
    return found


def value_of(text: str) -> Any:  # noqa: ANN401, PLR0911 - whatever a cell can hold
    """A cell of an example: a number, date, formula, quoted text or plain text."""
    if not text:
        return None
    if text.startswith("="):
        formula, arrow, result = text.partition("->")
        stored = value_of(result.strip()) if result.strip() else NOT_STORED
        return Formula(formula.strip(), stored if arrow else NOT_STORED)
    if text.startswith('"') and text.endswith('"'):
        return text[1:-1]
    if re.fullmatch(r"\d{1,2}-\d{1,2}-\d{4}", text):
        return day(text) or text
    if re.fullmatch(r"-?\d+(,\d+)?", text):
        return Decimal(text.replace(",", "."))
    if re.fullmatch(r"\d+(,\d+)?%", text):
        return Decimal(text[:-1].replace(",", ".")) / 100
    return text


def build(example: Example) -> Built:
    """The workbook of an example: what it does not say is taken from a row that has no faults.

    Sections, start contributions and totals, known by their name, hold what is said and nothing else.
    """
    said = parsed(example)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    writer = _Writer(book)
    without = said.options.pop("--without", "")
    if GENERAL in said.blocks:
        writer.raw(GENERAL, said.blocks[GENERAL])
    elif without != GENERAL:
        writer.raw(GENERAL, [Line(one, ()) for one in GENERAL_ANSWERS])
    for name, lines in said.blocks.items():
        if name not in (GENERAL, MILESTONES, ABOVE):
            writer.raw(name, lines)
    above = said.blocks.get(ABOVE, [])
    writer.raw(MILESTONES, above)
    missing = said.options.pop("--without-column", "").split("; ")
    writer.table(
        said.blocks.get(MILESTONES, [Line(("Naam",), ()), Line(("Zorgpad - Bouwen - KPI 1",), ())]), missing
    )
    options = said.options
    if "--hide-row" in options:
        writer.sheet(MILESTONES).set_row(int(options["--hide-row"]) - 1, None, None, {"hidden": True})
    expires = day(options.get("--expires", ""))
    suppressions = tuple(
        Suppression(rule=options[name], reason="afgesproken", expires=expires)
        for name in ("--exception",)
        if name in options
    )
    stated = Stated(
        suppressions=suppressions or None,
        requested=amount(options["--requested"]) if "--requested" in options else None,
        max_total=amount(options["--max-total"]) if "--max-total" in options else None,
        start=day(options["--start"]) if "--start" in options else None,
        end=day(options["--end"]) if "--end" in options else None,
        party_agreements=tuple(_agreements(options)) or None,
    )
    book.close()
    return Built(without_sentinels(target.getvalue()), stated, writer.marked)


def _agreements(options: dict[str, str]) -> Iterator[AgreedParty]:
    for agreed in options.get("--party", "").split("; "):
        name, equals, total = agreed.rpartition("=")
        if equals:
            yield AgreedParty(party=name, total=amount(total))
    if "--party-in" in options:
        name, _, places = options["--party-in"].rpartition("=")
        yield AgreedParty(party=name, subprojects=tuple(places.split("; ")))


GENERAL_ANSWERS = (
    ("Naam TransformatiePlan", "Samen Gezond in de regio"),
    ("Gegevens indiener", "Zorghuis Noord, J. de Vries"),
    ("Gegevens contactpersoon verzekeraar", "Inkoop regio Noord"),
    ("Wordt er gewerkt met een kassiersfunctie?", "Nee"),
)


def without_sentinels(data: bytes) -> bytes:
    """Take the stored result out of formulas that were never calculated."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            xml = old.read(name)
            if name.startswith("xl/worksheets/"):
                xml = re.sub(rb' t="str"(><f>[^<]*</f>)<v>' + NOT_STORED.encode() + rb"</v>", rb"\1", xml)
            new.writestr(name, xml)
    return target.getvalue()


class _Writer:
    def __init__(self, book: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self.book = book
        self.day = book.add_format({"num_format": "d-m-yyyy"})
        self.top: dict[str, int] = {}
        self.marked: set[Mark] = set()

    def sheet(self, name: str) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        return self.book.get_worksheet_by_name(name) or self.book.add_worksheet(name)

    def put(self, sheet: str, row: int, column: int, value: Any) -> None:  # noqa: ANN401
        target = self.sheet(sheet)
        if value is None:
            return
        if isinstance(value, Formula):
            result = float(value.result) if isinstance(value.result, Decimal) else value.result
            target.write_formula(row, column, value.text, None, result)
        elif isinstance(value, date):
            target.write_datetime(row, column, value, self.day)
        elif isinstance(value, Decimal):
            target.write_number(row, column, float(value))
        else:
            target.write_string(row, column, str(value))

    def mark(self, sheet: str, row: int, column: int) -> None:
        self.marked.add((sheet, f"{xl_col_to_name(column)}{row + 1}"))

    def raw(self, sheet: str, lines: list[Line]) -> None:
        """A block written as it stands; a mark names a column letter or the text of a cell."""
        self.sheet(sheet)
        for row, line in enumerate(lines):
            for column, text in enumerate(line.cells):
                self.put(sheet, row, column, value_of(text))
                if text and text in line.marks:
                    self.mark(sheet, row, column)
            for mark in line.marks:
                if re.fullmatch("[A-Z]", mark):
                    self.mark(sheet, row, ord(mark) - ord("A"))
        self.top[sheet] = len(lines) + (1 if lines else 0)

    def table(self, lines: list[Line], missing: list[str]) -> None:
        """The milestone table: columns that are not named get values without a fault."""
        top = self.top.get(MILESTONES, 0)
        head, *rows = lines
        given = list(head.cells)
        others = [one for one in given if one not in OFFICIAL]
        if not any(re.search(r"\d{4}|code", one) for one in others):
            others.append(PARTY)
        headings = [one for one in OFFICIAL if one not in missing] + others
        for column, heading in enumerate(headings):
            self.put(MILESTONES, top, column, None if heading == "(leeg)" else heading)
            if heading in head.marks:
                self.mark(MILESTONES, top, column)
        money = [column for column, one in enumerate(headings) if re.search(r"\d{4}|code|leeg", one)]
        for index, line in enumerate(rows):
            row = top + 1 + index
            cells = dict(zip(given, line.cells, strict=False))
            values = {name: value_of(text) for name, text in cells.items()}
            if not NO_KPI.match(cells.get("Naam", "")):
                values = _filled(values, index, row, money)
            for column, heading in enumerate(headings):
                self.put(MILESTONES, row, column, values.get(heading))
                if heading in line.marks:
                    self.mark(MILESTONES, row, column)


def _filled(given: dict[str, Any], index: int, row: int, money: list[int]) -> dict[str, Any]:
    """The row with what was given, completed to a row without faults."""
    number = index + 1
    when = given.get("(streef)datum", DATES[index])
    shown = (
        f"{when.day} {MONTHS[when.month - 1]} {when.year}" if isinstance(when, date) else "31 december 2026"
    )
    total = given.get("(totaal)Bedrag", Decimal(1000 * number))
    parties = {
        name: value
        for name, value in given.items()
        if name not in OFFICIAL and re.search(r"\d{4}|code|leeg", name)
    }
    first, last = xl_col_to_name(money[0]), xl_col_to_name(money[-1])
    span = f"{first}{row + 1}:{last}{row + 1}"
    if parties and "(totaal)Bedrag" not in given:
        numbers = [one for one in parties.values() if isinstance(one, Decimal)]
        total = Formula(f"=SUM({span})", sum(numbers, Decimal(0)))
    known = total.result if isinstance(total, Formula) else total
    spoken = f"{known:f}".replace(".", ",") if isinstance(known, Decimal) else "1000"
    filled = {
        "Naam": f"Onderdeel {number} - Uitvoeren in de wijk - KPI {number}",
        "SMART omschrijving": (
            f"Uiterlijk {shown} hebben 40 inwoners van de gemeente "
            f"de training van onderdeel {number} afgerond."
        ),
        "(streef)datum": when,
        "Resultaat- of inspanningsverplichting": "Inspanningsverplichting"
        if index % 2 == 0
        else "Resultaatsverplichting",
        "Bewijsvoering": f"Ondertekend verslag van de projectgroep over onderdeel {number}.",
        "(totaal)Bedrag": total,
        "Toelichting bedrag.": f"- Projectleider en materiaal: € {spoken}",
        "Controle cel": Formula(
            f'=IF(F{row + 1}=SUM({span}),"Bedragen komen overeen","Bedragen komen niet overeen")'
        ),
    }
    if not parties:
        filled[PARTY] = known if isinstance(known, Decimal) else None
    return filled | given
