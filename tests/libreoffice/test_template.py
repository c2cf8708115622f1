"""The empty workbook after LibreOffice: what helps to fill it in is still there, and it is read as before."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl  # noqa: TID251 - reads what LibreOffice has written
import pytest

from kpicheck.template import Wanted, build
from tests.filling import filled, good_plan, opened, saved

from .cases import judged
from .saving import WORKBOOK, once, save

pytestmark = pytest.mark.libreoffice

WANTED = Wanted(parties=3, kassier=True, first_year=2026, last_year=2028, rows=40)
CHECKED = {"Algemene gegevens": 4, "Mijlpalen": 3, "Begroting": 1}


def too_much_effort() -> bytes:
    """The good plan with one milestone of another type, and one row that no longer adds up."""
    book = opened(filled(build(WANTED), good_plan()))
    sheet = book["Mijlpalen"]
    sheet["D13"] = "Inspanningsverplichting"
    sheet["F4"] = 99
    book["Begroting"]["B2"] = 1
    return saved(book)


def all_that_effort_may_have() -> bytes:
    """The good plan with 30.000 moved from a result to an effort: exactly 70%."""
    book = opened(filled(build(WANTED), good_plan()))
    sheet = book["Mijlpalen"]
    assert (sheet["D2"].value, sheet["D13"].value) == ("Inspanningsverplichting", "Resultaatsverplichting")
    sheet["J2"], sheet["J13"] = 45_000, 20_000
    return saved(book)


@pytest.fixture(scope="module")
def after(shared: Path, profile: Path) -> dict[str, bytes]:
    """The workbooks as LibreOffice saves them."""
    folder = shared / "template"
    built = {
        "leeg": build(WANTED),
        "ingevuld": filled(build(WANTED), good_plan()),
        "fout": too_much_effort(),
        "grens": all_that_effort_may_have(),
    }

    def make() -> None:
        for name, data in built.items():
            (folder / f"{name}.xlsx").write_bytes(data)
        save([folder / f"{name}.xlsx" for name in built], WORKBOOK, folder / "saved", profile)

    once(folder, make)
    return {name: (folder / "saved" / f"{name}.xlsx").read_bytes() for name in built}


def allowed(data: bytes) -> dict[tuple[str, str], tuple[object, ...]]:
    """What may be typed where, by sheet and range."""
    return {
        (sheet.title, str(rule.sqref)): (
            rule.type,
            None if rule.type == "list" else rule.operator or "between",
            rule.formula1,
            rule.formula2 if rule.operator in (None, "between") and rule.type != "list" else None,
            rule.showErrorMessage,
            rule.error or "",
            rule.prompt or "",
        )
        for sheet in opened(data)
        for rule in sheet.data_validations.dataValidation
    }


def results(data: bytes, sheet: str) -> Any:  # noqa: ANN401 - openpyxl's sheet may be a chart
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)[sheet]


@pytest.mark.parametrize("name", ["leeg", "ingevuld"])
def test_drop_downs_and_validations_are_kept(after: dict[str, bytes], name: str) -> None:
    before = allowed(build(WANTED))
    assert allowed(after[name]) == before
    assert {sheet: sum(1 for title, _ in before if title == sheet) for sheet in CHECKED} == CHECKED


@pytest.mark.parametrize("name", ["leeg", "ingevuld"])
def test_notes_and_colours_are_kept(after: dict[str, bytes], name: str) -> None:
    before, later = opened(build(WANTED)), opened(after[name])
    notes = [[cell.comment.text for cell in book["Mijlpalen"][1] if cell.comment] for book in (before, later)]
    assert notes[0] == notes[1]
    assert len(notes[0]) == 12
    for sheet in ("Mijlpalen", "Verdeling", "Begroting"):
        rules = [
            sum(len(one.rules) for one in book[sheet].conditional_formatting) for book in (before, later)
        ]
        assert rules[0] == rules[1] > 0


def test_the_untouched_workbook_is_still_empty(after: dict[str, bytes]) -> None:
    assert judged(after["leeg"], "leeg")["error"]["code"] == "no-milestones"


def test_the_filled_in_workbook_still_passes(after: dict[str, bytes]) -> None:
    file = judged(after["ingevuld"], "ingevuld")
    assert (file["status"], file["findings"]) == ("passed", [])
    assert file["plan"]["effort_share"] == "0.6750"


def test_filled_in_after_libreoffice_it_passes_too(after: dict[str, bytes]) -> None:
    file = judged(filled(after["leeg"], good_plan()), "ingevuld")
    assert (file["status"], file["findings"]) == ("passed", [])


def test_its_formulas_say_what_kpicheck_says(after: dict[str, bytes]) -> None:
    shares = results(after["ingevuld"], "Verdeling")
    assert [shares[f"B{row}"].value for row in range(5, 10)] == [810_000, 0, 810_000, 390_000, 1_200_000]
    assert [shares[f"C{row}"].value for row in (7, 8)] == [0.675, 0.325]
    assert [shares[f"B{row}"].value for row in range(11, 15)] == [
        "Niet meer dan 70% hangt aan inspanning.",
        0,
        1_200_000,
        0,
    ]
    budget = results(after["ingevuld"], "Begroting")
    assert [[cell.value for cell in row] for row in budget["A2:F4"]] == [
        [2026, 430_000, 400_000, 430_000, 400_000, "Past binnen wat begroot is"],
        [2027, 390_000, 380_000, 820_000, 780_000, "Past binnen wat begroot is"],
        [2028, 380_000, 420_000, 1_200_000, 1_200_000, "Past binnen wat begroot is"],
    ]
    sheet = results(after["ingevuld"], "Mijlpalen")
    assert {sheet[f"H{row}"].value for row in range(2, 14)} == {"Bedragen komen overeen"}


def test_its_formulas_find_the_same_faults(after: dict[str, bytes]) -> None:
    told = {one["rule"] for one in judged(after["fout"], "fout")["findings"]}
    assert {"E101", "A201", "T104", "A202", "P101", "P107"} <= told
    shares = results(after["fout"], "Verdeling")
    assert shares["B11"].value == "Te veel inspanning: hooguit 70% mag."
    assert shares["B12"].value == pytest.approx(84_029.7)
    assert shares["B14"].value == 99 - 120_000
    assert results(after["fout"], "Begroting")["F2"].value == "Te vroeg: meer dan begroot"
    assert results(after["fout"], "Mijlpalen")["H4"].value == "Bedragen komen niet overeen"


def test_exactly_what_effort_may_have_is_fine(after: dict[str, bytes]) -> None:
    file = judged(after["grens"], "grens")
    assert file["plan"]["effort_share"] == "0.7000"
    assert "E101" not in {one["rule"] for one in file["findings"]}
    shares = results(after["grens"], "Verdeling")
    assert [shares[f"B{row}"].value for row in (7, 11, 12)] == [
        840_000,
        "Niet meer dan 70% hangt aan inspanning.",
        0,
    ]


def test_an_untouched_row_shows_no_words(after: dict[str, bytes]) -> None:
    sheet = results(after["leeg"], "Mijlpalen")
    assert {sheet[f"H{row}"].value for row in range(2, 42)} <= {None, ""}
    assert {sheet[f"F{row}"].value for row in range(2, 42)} == {0}
