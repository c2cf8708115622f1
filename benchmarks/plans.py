"""Plans of any size in the official layout, the same bytes each time, with faults here and there.

Run: python -m benchmarks.plans FOLDER (it writes 200 varied plans, and plans of 40, 1,000 and 50,000 rows).
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter

CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
HEADINGS = (
    "Naam",
    "SMART omschrijving",
    "(streef)datum",
    "Resultaat- of inspanningsverplichting",
    "Bewijsvoering",
    "(totaal)Bedrag",
    "Toelichting bedrag.",
    "Controle cel",
)
AGREE, DIFFER = "Bedragen komen overeen", "Bedragen komen niet overeen"
EFFORT, RESULT = "Inspanningsverplichting", "Resultaatverplichting"
PLACES = ("Wijkteams", "Digitale zorg", "Huisartsenpost", "Ouderenzorg", "Leefstijl", "Ketenzorg")
DEEPER = ("Inrichting", "Opleiding", "Monitoring", "Borging", "Samenwerking")
WORK = (
    (
        "Uiterlijk {day} is het zorgpad voor {place} vastgesteld door alle deelnemende organisaties en werken"
        " minimaal {number} medewerkers volgens de beschreven werkwijze. Met deelnemers bedoelen wij inwoners"
        " van 75 jaar en ouder met twee of meer aandoeningen."
    ),
    "Uiterlijk {day} volgen {number} verpleegkundigen van {place} de opleiding en slaagt 80% van hen.",
)
CHANGE = (
    (
        "In de periode 1 januari {year} t/m 31 december {year} daalt het aantal verwijzingen voor {place} met"
        " minimaal {number}% ten opzichte van het basisjaar 2024."
    ),
    "In {year} zijn minimaal {number} inwoners begeleid door {place}, gemeten over 12 maanden.",
)
EVIDENCE = "Ondertekend verslag van de stuurgroep met de lijst van deelnemers en de uitdraai van het systeem."
LABELS = (
    "Naam TransformatiePlan",
    "Gegevens indiener",
    "Gegevens contactpersoon verzekeraar",
    "Wordt er gewerkt met een kassiersfunctie?",
)
YEARS = (2026, 2027, 2028)
PERIOD = {"Startdatum": dt.datetime(2026, 1, 1), "Einddatum": dt.datetime(2028, 12, 31)}  # noqa: DTZ001 - days in a sheet
SECTIONS = 3
SIZES = (40, 1_000, 50_000)
PLANS = 200


def write(  # noqa: PLR0913 - what plans differ in
    file: Path, rows: int, seed: int, *, parties: int = 4, formatted: bool = True, whole: bool = False
) -> None:
    """Write a plan with that many rows; a whole one has sections, totals and the other sheets too."""
    chance = random.Random(seed)  # noqa: S311 - no secret: the same plan each time
    book: Any = xlsxwriter.Workbook(str(file), {"constant_memory": rows > max(SIZES[:2])})
    book.set_properties({"title": "Transformatieplan", "author": "Zorgregio", "created": CREATED})
    general = book.add_worksheet("Algemene gegevens")
    answers = ("Beter Thuis", "Zorghuis Noord, mw. De Wit", "Zorgverzekeraar Delta, dhr. Bos", "nee")
    for row, told in enumerate(zip(LABELS, answers, strict=True)):
        general.write_row(row, 0, told)
    looks = {
        "text": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
        "day": book.add_format({"num_format": "d-m-yyyy", "border": 1}),
        "euro": book.add_format({"num_format": "#,##0", "border": 1}),
    }
    if formatted:
        for colour in range(60):
            book.add_format({"bg_color": f"#{colour * 4:02X}C0C0", "border": 1, "num_format": "0.00"})
    sheet = book.add_worksheet("KPI's")
    sheet.write_row(
        0, 0, [*HEADINGS, *(f"Zorghuis {nth} 0{1_234_560 + nth}" for nth in range(1, parties + 1))]
    )
    milestone = partial(_row, sheet, rows=rows, parties=parties, looks=looks, chance=chance)
    if whole:
        _in_sections(sheet, milestone, rows)
        _beside(book, general, looks)
    else:
        for nth in range(1, rows + 1):
            milestone(nth, line=nth)
    book.close()


def _in_sections(sheet: Any, milestone: Callable[..., list[int]], rows: int) -> None:  # noqa: ANN401 - as below
    """Milestones under the titles of their sections, with subtotals and a total."""
    line, titles, money = 1, [], []
    for nth in range(SECTIONS):
        first, last = rows * nth // SECTIONS + 1, rows * (nth + 1) // SECTIONS
        paid = [milestone(one, line=line + 1 + one - first) for one in range(first, last + 1)]
        titles.append(f"{{0}}{line + 1}")
        money.append([sum(column) for column in zip(*paid, strict=True)])
        among = f"{{0}}{line + 2}:{{0}}{line + 1 + len(paid)}"
        _sums(sheet, line, f"({nth + 1}) {PLACES[nth].upper()}", among, money[-1])
        line += 1 + len(paid)
    _sums(sheet, line, "Totaal", ",".join(titles), [sum(column) for column in zip(*money, strict=True)])


def _sums(sheet: Any, line: int, label: str, among: str, money: list[int]) -> None:  # noqa: ANN401 - as below
    """A title or total with the sums of (totaal)Bedrag and of each party, among cells named by column."""
    sheet.write_string(line, 0, label)
    for column, sum_of_cells in zip((5, *range(8, 8 + len(money))), money, strict=False):
        sheet.write_formula(line, column, f"=SUM({among.format(chr(ord('A') + column))})", None, sum_of_cells)


def _beside(book: Any, general: Any, looks: Any) -> None:  # noqa: ANN401 - as below
    """What stands around the table: when the plan begins and ends, its budget, how to fill it in."""
    for row, (label, day) in enumerate(PERIOD.items(), start=len(LABELS)):
        general.write_string(row, 0, label)
        general.write_datetime(row, 1, day, looks["day"])
    budget = book.add_worksheet("Begroting")
    budget.write_row(0, 0, ("Jaar", "Begroting"))
    for row, year in enumerate(YEARS, start=1):
        budget.write_row(row, 0, (year, 5_000_000))
    explained = book.add_worksheet("Toelichting")
    explained.write_row(0, 0, ("Kolom", "Toelichting"))
    for row, heading in enumerate(HEADINGS * 2, start=1):
        explained.write_row(row, 0, (heading, f"Vul bij {heading} in wat het format daar vraagt. {EVIDENCE}"))


def _row(  # noqa: PLR0913 - what rows differ in
    sheet: Any,  # noqa: ANN401 - xlsxwriter has no types
    row: int,
    *,
    line: int,
    rows: int,
    parties: int,
    looks: Any,  # noqa: ANN401 - as above
    chance: random.Random,
) -> list[int]:
    """One milestone, on that line; about one in ten has a fault. Gives its amount and that of each party."""
    result = row > rows * 0.55
    half = min(5, (row - 1) * 6 // rows)
    day = dt.datetime(2026 + half // 2, *((6, 30) if half % 2 == 0 else (12, 31)))  # noqa: DTZ001 - a day in a sheet
    place = chance.choice(PLACES)
    facts = {"day": f"{day.day}-{day.month}-{day.year}", "place": place.lower(), "year": day.year}
    text = chance.choice(CHANGE if result else WORK).format(**facts, number=chance.randrange(5, 60))
    shares = [chance.randrange(1, 40) * 500 for _ in range(parties)]
    fault = chance.random()
    if fault < 0.03:  # noqa: PLR2004 - one in about thirty each
        text = text.replace("minimaal", "maximaal [aantal]")
    total = sum(shares) + (1_000 if 0.03 <= fault < 0.06 else 0)  # noqa: PLR2004 - as above
    last = chr(ord("H") + parties)
    at = line + 1
    sheet.write_string(line, 0, f"{place} {row // 50} - {chance.choice(DEEPER)} - KPI {row}", looks["text"])
    sheet.write_string(line, 1, text, looks["text"])
    sheet.write_datetime(line, 2, day, looks["day"])
    sheet.write_string(line, 3, RESULT if result else EFFORT, looks["text"])
    sheet.write_string(line, 4, "Notitie" if 0.06 <= fault < 0.09 else EVIDENCE, looks["text"])  # noqa: PLR2004 - as above
    if total == sum(shares):
        sheet.write_formula(line, 5, f"=SUM(I{at}:{last}{at})", looks["euro"], total)
    else:
        sheet.write_number(line, 5, total, looks["euro"])
    costs = f"Personeel ({day.year}): € {total - 500}\nLocatie ({day.year}): € 500"
    sheet.write_string(line, 6, costs, looks["text"])
    control = f'=IF(F{at}=SUM(I{at}:{last}{at}),"{AGREE}","{DIFFER}")'
    sheet.write_formula(line, 7, control, looks["text"], AGREE if total == sum(shares) else DIFFER)
    for nth, share in enumerate(shares):
        sheet.write_number(line, 8 + nth, share, looks["euro"])
    return [total, *shares]


def varied(folder: Path, number: int = PLANS) -> None:
    """That many whole plans of 8 to 80 rows with one to eight parties."""
    folder.mkdir(parents=True, exist_ok=True)
    for nth in range(number):
        write(
            folder / f"plan-{nth + 1:03}.xlsx",
            8 + nth * 37 % 73,
            nth,
            parties=1 + nth % 8,
            formatted=nth % 3 > 0,
            whole=True,
        )


def stray(file: Path, rows: int, seed: int) -> None:
    """A plan with a cell at the far end of its sheet, and 5,000 rows that only have a format."""
    import openpyxl  # noqa: TID251 - it adds to a workbook that is there

    write(file, rows, seed)
    book = openpyxl.load_workbook(file)
    sheet = book["KPI's"]
    for row in range(rows + 2, rows + 5_002):
        for column in range(1, 13):
            sheet.cell(row, column).number_format = "#,##0"
    sheet["XFD1048576"] = "x"
    book.save(file)


def main(folder: Path) -> None:
    """Write every plan that is measured."""
    varied(folder / "varied")
    for rows in SIZES:
        write(folder / f"plan-{rows}.xlsx", rows, rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
