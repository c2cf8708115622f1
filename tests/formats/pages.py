"""Runs for pages: a plan of sixty KPIs, and one whose cells hold everything that should stay text."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache

import xlsxwriter

from kpicheck.examples import examples
from kpicheck.job import Stated, check_bytes
from kpicheck.report.run import Run
from tests.building import build

from .runs import RULESET, basis

KPIS = 60
SIXTY_PARTIES = (
    *(
        "Kassier Stichting Merenzorg 53530101",
        "Ziekenhuis Veldzicht 06010101",
        "Huisartsen Oeverdam 01012345",
    ),
    *("Thuiszorg De Linde 22334455", "GGZ Lage Landen 06290001", "Apotheken Oeverdam 02012345"),
    *("Gemeente Oeverdam 0345", "Gemeente Baken 0456"),
)
_SMART = (
    "Uiterlijk {deadline} werken alle huisartsen, de thuiszorg en het ziekenhuis volgens de afspraken over "
    "{topic}; ten minste {number} inwoners hebben een gesprek gehad en de uitkomsten zijn met alle partijen "
    "besproken en vastgelegd, zodat de stuurgroep de stappen voor het volgende half jaar kan kiezen."
)
_TOPICS = (
    "digitale zorg",
    "samenwerking in de wijk",
    "de overdracht na ontslag",
    "passende zorg",
    "valpreventie",
)

HOSTILE = (
    "<script>document.title='run'</script>",
    "<img src=http://127.0.0.1:9/x.png onerror=document.title='run'>",
    "[red]rood[/] [link=http://x.nl]klik[/link]",
    "=cmd|' /C calc'!A0",
    "\u202eomgekeerd \u2066los",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "</style><style>*{display:none}</style>",
    '" onmouseover="document.title=\'run\'" x="',
    "</title></svg><script>document.title='run'</script>",
    "javascript:document.title='run'",
)


@cache
def sixty(language: str = "nl") -> Run:
    """Sixty KPIs over four years with eight parties; every few rows something is wrong."""
    headings = ("Naam", "SMART omschrijving", "(streef)datum", "Resultaat- of inspanningsverplichting",
                "Bewijsvoering", "(totaal)Bedrag", "Toelichting bedrag.", *SIXTY_PARTIES)  # fmt: skip
    lines = [_line(headings), *(_line(_row(number)) for number in range(KPIS))]
    budget = ["[Begroting]", "| Jaar | Begroting |"]
    budget += [
        f"| {year} | {amount} |"
        for year, amount in ((2026, 500000), (2027, 700000), (2028, 900000), (2029, 700000))
    ]
    text = "\nBad:\n" + "\n".join(f"    {line}" for line in [*budget, "[Mijlpalen]", *lines]) + "\n"
    built = build(examples(text)[0])
    return basis(language).run(
        [check_bytes(built.data, "zestig-kpis.xlsx", RULESET, built.stated)], glance=True
    )


def _row(number: int) -> tuple[str, ...]:
    topic = _TOPICS[number % len(_TOPICS)]
    date = dt.date(2026 + number // 15, 6 if number % 15 < 8 else 12, 30)
    deadline = date + dt.timedelta(days=62 if number % 7 == 0 else 0)
    total = 40_000 + 1_000 * number
    kind = "Resultaatsverplichting" if number % 4 == 3 else "Inspanningsverplichting"
    parts = [total // 8] * 8
    if number % 9 == 0:
        parts[2] += 1_000
    return (
        f"Programma {topic} - Stap {number + 1} - KPI {number // 10 + 1}.{number % 10 + 1}",
        _SMART.format(deadline=_day(deadline), topic=topic, number=20 + number),
        _day(date),
        "" if number % 13 == 5 else kind,
        "Notitie" if number % 5 == 2 else f"Ondertekend verslag over {topic} met alle cijfers",
        str(total),
        "- Uitvoering: € xxx" if number % 8 == 3 else f"- Uitvoering: € {total}",
        *map(str, parts),
    )  # fmt: skip


def _day(day: dt.date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


@cache
def hostile(language: str = "nl") -> Run:
    """A plan whose every text tries to be markup, a formula or a command."""

    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("<b>&'blad")
    headings = ("Naam", "SMART omschrijving", "(streef)datum", "Resultaat- of inspanningsverplichting",
                "Bewijsvoering", "(totaal)Bedrag", "Toelichting bedrag.", "Controle cel",
                "<script>document.title='run'</script> 01234567")  # fmt: skip
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading)
    for row, text in enumerate(HOSTILE, 1):
        for column in range(9):
            sheet.write_string(row, column, f"{text} - KPI {row}" if column == 0 else text)
        sheet.write_number(row, 5, 1000 * row)
    book.close()
    name = "<script>document.title='run'<script>.xlsx"
    return basis(language).run([check_bytes(target.getvalue(), name, RULESET, Stated())], glance=True)
