"""Which cells a formula names, also where it cannot be worked out."""

from __future__ import annotations

import pytest

from kpicheck.reader.formula_reads import areas_read, within_rows
from kpicheck.reader.formula_text import in_dutch, moved

NAMES = {"bedrag": "Blad2!$F$4", "alles": "bedrag+Blad1!A1", "rond": "rond", "tabel1": "'Mijn blad'!A1:L13"}


@pytest.mark.parametrize(
    ("formula", "areas"),
    [
        ("=SUM(I4:L4)", {("Blad1", 4, 9, 4, 12)}),
        ("=$F$4+Blad2!b2", {("Blad1", 4, 6, 4, 6), ("Blad2", 2, 2, 2, 2)}),
        ("='Het ''blad'''!A1:B2", {("Het 'blad'", 1, 1, 2, 2)}),
        ("=SUM(F:F)", {("Blad1", 1, 6, 1048576, 6)}),
        ("=SUM($2:3)", {("Blad1", 2, 1, 3, 16384)}),
        ("=VLOOKUP(A1,Blad2!$A$1:$C$9,2,FALSE)", {("Blad1", 1, 1, 1, 1), ("Blad2", 1, 1, 9, 3)}),
        ("=bedrag*2", {("Blad2", 4, 6, 4, 6)}),
        ("=alles", {("Blad2", 4, 6, 4, 6), ("Blad1", 1, 1, 1, 1)}),
        ("=SUM(Tabel1[[#This Row],[Bedrag]])", {("Mijn blad", 1, 1, 13, 12)}),
        ("=[1]Blad1!A1+'C:\\x\\[2]Blad 1'!A1", set()),
        ('="F4"&TODAY()', set()),
    ],
)
def test_what_is_read(formula: str, areas: set[tuple[str, int, int, int, int]]) -> None:
    found = areas_read(formula, "Blad1", NAMES)
    assert found is not None
    assert {(one.sheet, one.top, one.left, one.bottom, one.right) for one in found} == areas


@pytest.mark.parametrize(
    "formula",
    [
        '=INDIRECT("F4")',
        "=SUM(OFFSET(A1,1,1))",
        "=SUM(A1:INDEX(A:A,5))",
        "=SUM(Blad1:Blad3!A1)",
        "=onbekend",
        "=rond",
        "=SUM(Tabel2[Bedrag])",
        "=?",
        "=XFE1",
        "=A1048577",
        "",
        "=" + "1+" * 5000 + "1",
    ],
)
def test_what_cannot_be_told(formula: str) -> None:
    assert areas_read(formula, "Blad1", NAMES) is None


@pytest.mark.parametrize(
    ("formula", "cut"),
    [
        ("=SUM(F:F)", "=SUM(F1:F20)"),
        ("=SUMIF('Blad 2'!$D:$D,\"x\",'Blad 2'!$F:$F)", "=SUMIF('Blad 2'!$D1:$D20,\"x\",'Blad 2'!$F1:$F20)"),
        ("=SUM(F2:F9)", "=SUM(F2:F9)"),
        ("=COUNTBLANK(F:F)", "=COUNTBLANK(F:F)"),
        ("=SUM(3:3)", "=SUM(3:3)"),
    ],
)
def test_whole_columns_as_far_as_the_sheet_goes(formula: str, cut: str) -> None:
    assert within_rows(formula, 20) == cut


@pytest.mark.parametrize(
    ("formula", "dutch"),
    [
        ("=SUM(I4:L4)", "=SOM(I4:L4)"),
        ('=IF(F4=SUM(I4:L4),"ja, nee",1.5)', '=ALS(F4=SOM(I4:L4);"ja, nee";1,5)'),
        ("=I4+J4", "=I4+J4"),
        ("=FOO(A1", "=FOO(A1"),
    ],
)
def test_as_a_dutch_excel_shows_it(formula: str, dutch: str) -> None:
    assert in_dutch(formula) == dutch


def test_the_same_formula_elsewhere() -> None:
    assert moved("=SUM(I3:$L$3)", (3, 6), (5, 6)) == "=SUM(I5:$L$3)"
    assert moved("=SUM(I1:L1)", (2, 6), (1, 6)) != "=SUM(I1:L1)"
