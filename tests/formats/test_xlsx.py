"""The workbook: read back with another library, links that lead somewhere, nothing lost in silence."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl  # noqa: TID251 - the second opinion on what was written
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpicheck.report import xlsx_sheet
from kpicheck.report.plan_link import plan_link
from kpicheck.report.run import Run
from kpicheck.report.xlsx import to_xlsx

from .runs import SHEET, all_samples, findings, poisoned, trapped

SHEETS = ["Overzicht", "Bevindingen", "Niet gecontroleerd"]
Row = dict[str, Any]


def opened(run: Run, target: Path | None = Path("uit/verslag.xlsx")) -> Any:  # noqa: ANN401 - a book as openpyxl has it
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(Run(run.basis, run.judged, target))))


def rows(book: Any, sheet: str) -> list[Row]:  # noqa: ANN401 - same
    top = 5 if sheet == "Overzicht" else 1
    head, *lines = book[sheet].iter_rows(min_row=top)
    names = [cell.value for cell in head]
    return [dict(zip(names, line, strict=True)) for line in lines if line[1].value or line[2].value]


def test_the_overview_has_a_row_for_each_file() -> None:
    said = {one["Bestand"].value: one for one in rows(opened(all_samples()), "Overzicht")}
    assert len(said) == len(all_samples().judged)
    faulty = said["fouten-per-familie.xlsx"]
    names = ("Uitslag", "Fouten", "Let op", "Tips", "KPI's", "Totaal in euro", "Inspanning")
    assert [faulty[name].value for name in names] == ["niet in orde", 10, 2, 0, 12, 1_200_000, 0.7042]
    assert said["goed-plan.xlsx"]["Uitslag"].value == "geen fouten"
    refused = said["kapot.xlsx"]
    assert (refused["Uitslag"].value, refused["Fouten"].value) == ("niet gecontroleerd", None)
    assert "Dit is een tekstbestand" in refused["Toelichting"].value


def test_every_finding_and_every_rule_not_checked_has_a_row() -> None:
    run = all_samples()
    book = opened(run)
    assert book.sheetnames == SHEETS
    told = [(one["Bestand"].value, one["Code"].value, one["Cel"].value) for one in rows(book, SHEETS[1])]
    assert told == [(file.path, one.rule, one.cell) for file, one in findings(run)]
    unchecked = [(one["Bestand"].value, one["Code"].value) for one in rows(book, SHEETS[2])]
    wanted = [(one.file.path, word.rule) for one in run.judged for word in one.file.not_checked]
    assert sorted(unchecked) == sorted([*wanted, ("kapot.xlsx", "text-file")])


def test_the_workbook_says_what_it_is_and_has_the_day_of_judgement() -> None:
    book = opened(all_samples())
    assert book.properties.creator == "kpicheck"
    assert book.properties.created.isoformat() == "2026-11-22T00:00:00"


def test_headings_stay_in_sight_and_filter_their_rows() -> None:
    book = opened(all_samples())
    for name, top in zip(SHEETS, (5, 1, 1), strict=True):
        sheet = book[name]
        assert sheet.freeze_panes == f"B{top + 1}"
        assert sheet.auto_filter.ref.startswith(f"A{top}:")
        assert int(sheet.auto_filter.ref.rsplit(":")[1].lstrip("ABCDEFGHIJKL")) == top + len(rows(book, name))


def test_links_lead_from_counts_to_findings_and_back() -> None:
    book = opened(all_samples())
    overview, found = book["Overzicht"], book["Bevindingen"]
    for one in rows(book, "Overzicht"):
        number = one["Let op"]
        if not number.value:
            assert number.hyperlink is None
            continue
        sheet, cell = number.hyperlink.location.split("!")
        assert sheet == "'Bevindingen'"
        back = found[cell]
        assert back.value == one["Bestand"].value
        assert overview[back.hyperlink.location.split("!")[1]].value == back.value


def test_links_lead_to_the_cell_in_the_plan() -> None:
    book = opened(all_samples())
    one = next(row for row in rows(book, "Bevindingen") if row["Code"].value == "E101")
    assert one["Cel"].hyperlink.target == "..\\fouten-per-familie.xlsx"
    assert one["Cel"].hyperlink.location == "'Mijlpalen'!D1"


def test_no_links_to_plans_where_the_report_is_no_file() -> None:
    book = opened(all_samples(), None)
    assert not [one for one in rows(book, "Bevindingen") if one["Cel"].hyperlink]


@pytest.mark.parametrize(
    ("path", "sheet", "link"),
    [
        ("plannen/a.xlsx", "KPI's", "external:../plannen/a.xlsx#'KPI''s'!F15"),
        ("plannen/a #1, 100%.xlsx", "S", "external:../plannen/a%20%231,%20100%25.xlsx#'S'!F15"),
        ("plannen/é[x].xlsx", "S", "external:../plannen/é%5Bx%5D.xlsx#'S'!F15"),
        ("plannen/a.xlsx", "S\u202e", "external:../plannen/a.xlsx"),
        ("plannen/a.xlsx", "111***333", "external:../plannen/a.xlsx"),
        ("plannen/111***333.xlsx", "S", None),
        ("plannen/a\u202e.xlsx", "S", None),
        ("plannen/" + "a" * 2100, "S", None),
    ],
)
def test_a_link_names_the_plan_from_where_the_report_stands(path: str, sheet: str, link: str | None) -> None:
    assert plan_link(path, Path("uit/verslag.xlsx"), sheet, "F15") == link


@settings(max_examples=10, deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=30))
@example("=1+1")
@example("{=1+1}")
@example("http://x.nl")
@example("internal:'Overzicht'!A1")
@example("_x0041_")
@example("1.3")
@example("x" * 40_000)
@example("€" * 20_000 + "\U0001f600" * 20_000)
def test_any_text_is_text(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(poisoned(text))))
    for sheet in book:
        for line in sheet.iter_rows():
            assert not [cell for cell in line if cell.data_type == "f"]
    for name in SHEETS[1:]:
        links = [one["Cel"].hyperlink for one in rows(book, name)]
        assert not [one for one in links if one and str(one.target).startswith("http")]


def test_a_trapped_plan_keeps_its_words_and_its_link() -> None:
    one = next(row for row in rows(opened(trapped()), "Bevindingen") if row["Code"].value == "N103")
    assert one["Naam"].value == '=HYPERLINK("x") - @SUM(1) - KPI 2.X'
    assert one["Naam"].data_type == "s"
    assert one["Blad"].value == SHEET
    assert one["Cel"].hyperlink is None  # the file's name holds a citizen number, so it is not shown


def test_what_does_not_fit_in_a_cell_says_so() -> None:
    said = {row["Naam"].value for row in rows(opened(poisoned("x" * 40_000)), "Bevindingen")}
    assert said == {"x" * 16_383 + "… [23617 tekens weggelaten]"}


def test_what_does_not_fit_on_a_sheet_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheet, "MAX_ROWS", 12)
    book = opened(all_samples())
    total = len(findings(all_samples()))
    assert book["Bevindingen"].max_row == 12
    assert book["Bevindingen"]["A12"].value.startswith(f"Er passen {total - 10} rijen niet op dit blad.")
    regional = next(
        one for one in rows(book, "Overzicht") if one["Bestand"].value == "midden-limburg-west.xlsx"
    )
    assert (regional["Fouten"].value, regional["Fouten"].hyperlink) == (18, None)


def test_more_links_than_excel_takes_leave_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheet, "MAX_LINKS", 3)
    said = rows(opened(all_samples()), "Bevindingen")
    assert sum(bool(one[name].hyperlink) for one in said for name in ("Bestand", "Cel")) == 3
    assert len(said) == len(findings(all_samples()))


def test_a_run_without_findings_says_so() -> None:
    run = all_samples()
    good = next(one for one in run.judged if one.file.path == "goed-plan.xlsx")
    assert opened(Run(run.basis, (good,)))["Bevindingen"]["A2"].value == "Geen bevindingen."
