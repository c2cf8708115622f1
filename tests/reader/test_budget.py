"""The budget per year: a sheet with years down or across, by party or not, or a file beside the plan."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from kpicheck.reader.budget import read_budget
from kpicheck.reader.budget_file import read_budget_file
from kpicheck.reader.package import open_package
from kpicheck.reader.parts import read_book
from kpicheck.usage import UsageError

Rows = list[list[str | int | float | None]]

EXPECTED = {2026: Decimal(400_000), 2027: Decimal(350_000)}


def write(path: Path, sheets: dict[str, Rows]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def on_sheet(path: Path, rows: Rows, name: str = "Begroting") -> dict[int, Decimal] | None:
    file = write(path / "plan.xlsx", {"Mijlpalen": [["Naam"], ["Zorg - Start - KPI 1"]], name: rows})
    found = read_budget(read_book(open_package(file.read_bytes())))
    return dict(found.years) if found else None


SHAPES: dict[str, Rows] = {
    "down": [["Jaar", "Bedrag"], [2026, 400_000], [2027, 350_000]],
    "down without headings": [[2026, 400_000], [2027, 350_000]],
    "down with a total row": [["Jaar", "Bedrag"], [2026, 400_000], [2027, 350_000], ["Totaal", 750_000]],
    "down below a title": [["Begroting 2026"], [], ["Jaar", "Bedrag"], [2026, 400_000], [2027, 350_000]],
    "down with words": [["Jaar", "Bedrag"], ["Jaar 2026", "€ 400.000"], ["Jaar 2027", "€ 350.000,-"]],
    "down with a note": [
        ["Jaar", "Bedrag", "Opmerking"],
        [2026, 400_000, "voorlopig"],
        [2027, 350_000, None],
    ],
    "down with parties": [
        ["Jaar", "Zorghuis Noord", "Gemeente Zuid"],
        [2026, 300_000, 100_000],
        [2027, 350_000, None],
    ],
    "down with parties and a total": [
        ["Jaar", "Zorghuis Noord", "Gemeente Zuid", "Totaal"],
        [2026, 300_000, 100_000, 400_000],
        [2027, 300_000, 50_000, 350_000],
    ],
    "down with what was spent": [["Jaar", "Begroting", "Realisatie"], [2026, 400_000, 1], [2027, 350_000, 2]],
    "down with parties and percentages": [
        ["Jaar", "Zorghuis Noord", "Gemeente Zuid", "Percentage"],
        [2026, 300_000, 100_000, 0.53],
        [2027, 300_000, 50_000, 0.47],
    ],
    "down with parties and a total left empty": [
        ["Jaar", "Zorghuis Noord", "Gemeente Zuid", "Totaal"],
        [2026, 300_000, 100_000],
        [2027, 300_000, 50_000],
    ],
    "a line for every party and year": [
        ["Partij", "Jaar", "Bedrag"],
        ["Zorghuis Noord", 2026, 300_000],
        ["Zorghuis Noord", 2027, 300_000],
        ["Gemeente Zuid", 2026, 100_000],
        ["Gemeente Zuid", 2027, 50_000],
    ],
    "a line for every party and year, with totals": [
        ["Partij", "Jaar", "Bedrag"],
        ["Zorghuis Noord", 2026, 300_000],
        ["Zorghuis Noord", 2027, 300_000],
        ["Gemeente Zuid", 2026, 100_000],
        ["Gemeente Zuid", 2027, 50_000],
        ["Totaal", 2026, 400_000],
        ["Totaal", 2027, 350_000],
    ],
    "across": [["", 2026, 2027], ["Begroting", 400_000, 350_000]],
    "across with a total column": [["", 2026, 2027, "Totaal"], ["Kosten", 400_000, 350_000, 750_000]],
    "across with parties": [
        ["Partij", 2026, 2027],
        ["Zorghuis Noord", 300_000, 300_000],
        ["Gemeente Zuid", 100_000, 50_000],
    ],
    "across with parties and a total": [
        ["Partij", "Begroting 2026", "Begroting 2027"],
        ["Zorghuis Noord", 300_000, 300_000],
        ["Gemeente Zuid", 100_000, 50_000],
        [],
        ["Totaal", 400_000, 350_000],
    ],
    "across with costs and a subtotal": [
        ["Kosten", 2026, 2027],
        ["Personeel"],
        ["Projectleider", 300_000, 300_000],
        ["Trainers", 50_000, 25_000],
        ["Subtotaal", 350_000, 325_000],
        ["Materiaal", 50_000, 25_000],
    ],
    "across with another table below": [
        ["Partij", 2026, 2027],
        ["Zorghuis Noord", 300_000, 300_000],
        ["Gemeente Zuid", 100_000, 50_000],
        [],
        ["Uren", 1_000, 900],
    ],
    "moved": [[], [], ["", "", "Jaar", "Bedrag"], ["", "", 2026, 400_000], ["", "", 2027, 350_000]],
}


@pytest.mark.parametrize("rows", SHAPES.values(), ids=SHAPES.keys())
def test_shapes_of_a_sheet(rows: Rows, tmp_path: Path) -> None:
    assert on_sheet(tmp_path, rows) == EXPECTED


@pytest.mark.parametrize("name", ["Begroting", "begroting 2026-2027", "Budget per jaar"])
def test_the_sheet_is_found_by_its_name(name: str, tmp_path: Path) -> None:
    assert on_sheet(tmp_path, SHAPES["down"], name) == EXPECTED


def test_another_sheet_is_no_budget(tmp_path: Path) -> None:
    assert on_sheet(tmp_path, SHAPES["down"], "Planning") is None


@pytest.mark.parametrize(
    "rows",
    [
        [["Jaar", "Bedrag"], [2026, 400_000], [2027, "nog bepalen"]],
        [["Jaar", "Bedrag"], [2026, "10,000"], [2027, 350_000]],
        [["Begroting"], ["zie bijlage"]],
        [["Jaar", "Bedrag"], [2026, None]],
        [["Jaar", "Begroting", "Uitbetaald"], [2026, None, 1], [2027, None, 2]],
        [["Noord"], [2026, 1], [2027, 2], [], ["Zuid"], [2026, 3], [2027, 4]],
        [["", 2026, 2027, 2026, 2027], ["Kosten", 1, 2, 3, 4]],
    ],
    ids=[
        "words",
        "two ways to read",
        "no years",
        "no amounts",
        "budget left empty",
        "two tables down",
        "two tables across",
    ],
)
def test_a_budget_is_not_guessed(rows: Rows, tmp_path: Path) -> None:
    assert on_sheet(tmp_path, rows) is None


def test_one_year(tmp_path: Path) -> None:
    assert on_sheet(tmp_path, [["Jaar", "Bedrag"], [2026, 400_000]]) == {2026: Decimal(400_000)}
    assert on_sheet(tmp_path, [["", 2026], ["Noord", 1], ["Zuid", 2]]) == {2026: Decimal(3)}


TEXTS = {
    "semicolon.csv": "Jaar;Bedrag\n2026;400.000\n2027;€ 350.000,00\n",
    "plain.csv": "2026;400000\n2027;350000\n",
    "comma.csv": "jaar,bedrag\n2026,400000\n2027,350000\n",
    "quoted.csv": 'Jaar,Bedrag\n2026,"400.000,00"\n2027,"350.000,00"\n',
    "tab.csv": "Jaar\tBedrag\n2026\t400000\n2027\t350000\n",
    "across.csv": "Partij;2026;2027\nNoord;300000;300000\nZuid;100000;50000\nTotaal;400000;350000\n",
    "parties.csv": "Jaar;Noord;Zuid\n2026;300000;100000\n2027;300000;50000\nTotaal;600000;150000\n",
    "top.toml": "2026 = 400000\n2027 = 350000\n",
    "table.toml": '[budget]\n2026 = 400000\n2027 = "350.000"\n',
    "parties.toml": (
        "[budget.Noord]\n2026 = 300000\n2027 = 300000\n[budget.Zuid]\n2026 = 100000\n2027 = 50000.0\n"
    ),
}


@pytest.mark.parametrize(("name", "text"), TEXTS.items(), ids=TEXTS.keys())
def test_files_beside_the_plan(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = read_budget_file(path)
    assert dict(found.years) == EXPECTED
    assert (found.origin, found.cell) == (name, None)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_csv_as_excel_saves_it(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "begroting.csv"
    path.write_bytes("Jaar;Begroting (€)\r\n2026;400000\r\n2027;350000\r\n".encode(encoding))
    assert dict(read_budget_file(path).years) == EXPECTED


def test_a_workbook_beside_the_plan(tmp_path: Path) -> None:
    alone = write(tmp_path / "los.xlsx", {"Blad1": SHAPES["across"]})
    assert dict(read_budget_file(alone).years) == EXPECTED
    both = write(tmp_path / "beide.xlsx", {"Uren": [[2026, 10], [2027, 20]], "Begroting": SHAPES["down"]})
    assert dict(read_budget_file(both).years) == EXPECTED


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("leeg.csv", ""),
        ("zonder.csv", "Noord;Zuid\n1;2\n"),
        ("cents.csv", "2026,400000\n2027,350000,50\n"),
        ("twice.csv", "2026;1\n2027;2\n2026;3\n"),
        ("words.toml", 'budget = "veel"\n'),
        ("year.toml", "26 = 400000\n"),
        ("true.toml", "2026 = true\n"),
        *((f"{word}.toml", f"2026 = {word}\n") for word in ("nan", "inf", "-1")),
        ("late.toml", "20255 = 1\n"),
        ("broken.toml", "2026 =\n"),
        ("broken.xlsx", "geen werkmap"),
        ("other.txt", "2026;400000\n"),
    ],
)
def test_what_gives_no_budget_is_wrong_usage(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as wrong:
        read_budget_file(path)
    assert wrong.value.code == "bad-budget"


def test_what_is_no_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as wrong:
        read_budget_file(tmp_path)
    assert wrong.value.code == "config-no-file"


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as wrong:
        read_budget_file(tmp_path / "weg.csv")
    assert wrong.value.code == "no-such-path"
