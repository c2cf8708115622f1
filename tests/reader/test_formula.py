"""Formulas without a stored result: what they give, and which are left alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicheck.reader.formula import Unworkable, Value, evaluate
from kpicheck.reader.formula_parser import MAX_DEPTH

CELLS: dict[tuple[str, str], Value] = {
    ("Plan", "A1"): Decimal(25000),
    ("Plan", "A2"): Decimal(20000),
    ("Plan", "A3"): None,
    ("Plan", "A4"): "n.v.t.",
    ("Plan", "A5"): Decimal("0.5"),
    ("Plan", "A6"): True,
    ("Plan", "A7"): Decimal(7),
    ("Plan", "B1"): "Resultaat",
    ("Plan", "B2"): "inspanning",
    ("Plan", "B3"): "RESULTAAT",
    ("Plan", "B4"): "3",
    ("Plan", "B5"): Decimal(3),
    ("Plan", "B6"): "#N/B",
    ("Plan", "C1"): date(2026, 1, 1),
    ("Plan", "C2"): date(2026, 7, 1),
    ("Plan", "C3"): "#VERW!",
    ("Plan", "C4"): "",
    ("Plan", "C5"): "#1 van de lijst",
    ("Blad 1", "A1"): Decimal(12),
    ("Jan's blad", "B2"): Decimal(34),
    ("Bedragen", "A1"): Decimal("0.1"),
    ("Bedragen", "A2"): Decimal("0.2"),
}


def look(sheet: str, row: int, column: int) -> Value:
    return CELLS.get((sheet, f"{chr(64 + column)}{row}"))


def give(formula: str) -> Value:
    return evaluate(formula, "Plan", look)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=1+2*3", "7"),
        ("1+2*3", "7"),
        ("=(1+2)*3", "9"),
        ("=2^3^2", "64"),
        ("=-2^2", "4"),
        ("=2^-1", "0.5"),
        ("=10-4-3", "3"),
        ("=100/10/5", "2"),
        ("=50%", "0.5"),
        ("=200*10%%", "0.2"),
        ("=--5", "5"),
        ("=+A1", "25000"),
        ("=1E3+.5", "1000.5"),
        ("=2.5E+2", "250"),
        ("= A1 + A2 ", "45000"),
        ("=A1+\nA2", "45000"),
        ("=A1+A3", "25000"),
        ("=A3", "0"),
        ("=A6+1", "2"),
        ("=1/3*3", "1"),
        ("=0.1+0.2-0.3", "0"),
        ("=$A$1+A$2", "45000"),
        ("='Blad 1'!A1", "12"),
        ("='Jan''s blad'!$B$2*2", "68"),
        ("=SUM('Blad 1'!A1:A9,1)", "13"),
        ("=SUM('Blad 1'!A1:'Blad 1'!A9)", "12"),
        ("=SUM(A1:A4)", "45000"),
        ("=SUM(A4:A1)", "45000"),
        ("=sum(A1,A2,5)", "45005"),
        ("=SUM(A1:A2)*A5", "22500"),
        ("=SUM(A6,A1)", "25000"),
        ("=SUM(TRUE,1)", "2"),
        ("=SUM(B4)", "0"),
        ("=SUM(A1:A2,)", "45000"),
        ("=ROUND(2.5,0)", "3"),
        ("=ROUND(-2.5,0)", "-3"),
        ("=ROUND(1.005,2)", "1.01"),
        ("=ROUND(12345,-2)", "12300"),
        ("=ROUND(1234.5678,2.9)", "1234.57"),
        ("=ROUND(5,300)", "5"),
        ("=ROUND(2/3,4)", "0.6667"),
        ("=ROUNDDOWN(1/3*3,0)", "1"),
        ("=ROUNDDOWN(-2.9,0)", "-2"),
        ("=ROUNDUP(2.1,0)", "3"),
        ("=ROUNDUP(-2.1,0)", "-3"),
        ("=ABS(-4)", "4"),
        ("=MIN(A1:A7)", "0.5"),
        ("=MAX(A1:A7)", "25000"),
        ("=MAX(A3)", "0"),
        ("=COUNT(A1:A7)", "4"),
        ("=COUNT(B5:B6)", "1"),
        ("=COUNT(C1:C5)", "2"),
        ("=COUNTA(A1:A7)", "6"),
        ("=COUNTA(B6,C4)", "2"),
        ("=COUNTBLANK(A1:A7)", "1"),
        ("=COUNTBLANK(C4)", "1"),
        ("=SUBTOTAL(9,A1:A3)", "45000"),
        ("=SUBTOTAL(109,A1:A2,A7)", "45007"),
        ('=SUMIF(B1:B3,"resultaat",A1:A3)', "25000"),
        ("=SUMIF(B1:B3,B2,A1)", "20000"),
        ('=SUMIF(B1:B3,"<>Resultaat",A1:A3)', "20000"),
        ("=SUMIF(B4:B5,3,A1:A2)", "45000"),
        ('=SUMIF(A1:A7,">5")', "45007"),
        ('=SUMIF(A1:A7,"<=7")', "7.5"),
        ('=SUMIF(B1:B6,"inspanning",A1:A6)', "20000"),
        ("=IF(A1>A2,1,2)", "1"),
        ("=IF(A1<A2,1,2)", "2"),
        ("=IF(A3,1,2)", "2"),
        ("=IF(A1>0,,2)", "0"),
        ("=IF(A1>0,A1,C3)", "25000"),
        ("=IF(A1>0,A1,VLOOKUP(1,2,3))", "25000"),
        ("=IFERROR(1/0,9)", "9"),
        ("=IFERROR(C3,9)", "9"),
        ("=IFERROR(#REF!,9)", "9"),
        ("=IFERROR(5,1/0)", "5"),
        ("=SOM(A1:A2)", "45000"),
        ("=SOM(A1;A2)", "45000"),
        ("=ALS(A1>A2;ROUND(A5;0);2)", "1"),
        ("=AFRONDEN(A5/3;2)", "0.17"),
        ("=SUM(A1;A2)", "45000"),
        ("=Bedragen!A1+Bedragen!A2", "0.3"),
        ("=SUM(I12:L12)", "0"),
    ],
)
def test_numbers(formula: str, expected: str) -> None:
    assert give(formula) == Decimal(expected)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ('="a""b"', 'a"b'),
        ("=B1", "Resultaat"),
        ('=B1&" "&A7', "Resultaat 7"),
        ('=A3&"x"', "x"),
        ('="x"&C4', "x"),
        (
            '=IF(SUM(A1:A2)=45000,"Bedragen komen overeen","Bedragen komen niet overeen")',
            "Bedragen komen overeen",
        ),
        ('=IF(A1=SUM(A2:A3),"gelijk","anders")', "anders"),
        ('=IF(A3="","leeg",A3)', "leeg"),
        ('=IFERROR(1/0,"")', ""),
        ("=C5", "#1 van de lijst"),
        ("=TRUE", True),
        ("=TRUE()", True),
        ("=WAAR", True),
        ("=A1=25000", True),
        ("=B1=B3", True),
        ("=B1<>B2", True),
        ("=B2<B1", True),
        ("=A1<B1", True),
        ("=B1<TRUE", True),
        ('=A4="N.V.T."', True),
        ("=A3=0", True),
        ('=A3=""', True),
        ("=A3=FALSE", True),
        ("=A3<>0", False),
        ("=0.1+0.2=0.3", True),
        ("=1/3*3=1", True),
        ("=1>=1", True),
        ("=2<=1", False),
        ("=1<2<3", False),
        ("=C1<C2", True),
        ("=C1=C1", True),
        ('=C1=""', False),
        ("=C1>A3", True),
        ("=C1<B1", True),
        ("=AND(A1>0,A2>0)", True),
        ("=AND(A1>0,A3>0)", False),
        ("=OR(A1=0,A2>0)", True),
        ("=AND(A1:A4)", True),
        ("=NOT(A1>0)", False),
        ("=ISBLANK(A3)", True),
        ("=ISBLANK(C4)", False),
        ("=ISBLANK(C3)", False),
        ("=IF(A1<0,1)", False),
        ("=C1", date(2026, 1, 1)),
        ("=IF(A1>0,C1,C2)", date(2026, 1, 1)),
        ("=MIN(C1:C2)", date(2026, 1, 1)),
        ("=MAX(C1:C2)", date(2026, 7, 1)),
    ],
)
def test_text_truth_and_dates(formula: str, expected: Value) -> None:
    assert give(formula) == expected


@pytest.mark.parametrize(
    ("formula", "reason", "detail"),
    [
        ("=1/0", "error", "#DIV/0!"),
        ("=0^-1", "error", "#DIV/0!"),
        ("=0^0", "error", "#NUM!"),
        ("=(-1)^0.5", "error", "#NUM!"),
        ("=10^999", "error", "#NUM!"),
        ("=1E999999999999999999999", "error", "#NUM!"),
        ("=10^10^10^10", "error", "#NUM!"),
        ("=C3+1", "error", "#VERW!"),
        ("=SUM(B1:B6)", "error", "#N/B"),
        ("=#REF!+1", "error", "#REF!"),
        ("=SUM(Blad1!#REF!)", "error", "#REF!"),
        ("=AND(A3)", "error", "#VALUE!"),
        ("=A4+1", "type", "n.v.t."),
        ("=-A4", "type", "n.v.t."),
        ('=IFERROR(A4+1,"")', "type", "n.v.t."),
        ('=SUM("5")', "type", "5"),
        ("=C1+30", "type", "2026-01-01"),
        ("=SUM(C1:C2)", "type", "2026-01-01"),
        ("=C1=46023", "type", "2026-01-01 = 46023"),
        ("=MAX(C1,5)", "type", "2026-01-01"),
        ('=A5&" jaar"', "type", "0.5"),
        ('=C1&""', "type", "2026-01-01"),
        ('=IF("x",1,2)', "type", "x"),
        ("=ROUND(5,-999)", "type", "ROUND -999"),
        ("=COUNT(5)", "type", "COUNT"),
        ("=VLOOKUP(A1,B1:C9,2)", "function", "VLOOKUP"),
        ('=TEXT(A1,"0")', "function", "TEXT"),
        ("=_xlfn.CONCAT(A1)", "function", "CONCAT"),
        ("=TODAY()", "function", "TODAY"),
        ("=SUBTOTAL(1,A1:A3)", "function", "SUBTOTAL"),
        ('=SUMIF(B1:B3,"res*",A1:A3)', "function", "SUMIF res*"),
        ('=SUMIF(A1:A3,">0.5")', "function", "SUMIF >0.5"),
        ('=SUMIF(C1:C2,"1-1-2026",A1:A2)', "function", "SUMIF 1-1-2026"),
        ("=A:A", "reference", "A:A"),
        ("=SUM(A:A)", "reference", "A:A"),
        ("=SUM(1:1)", "reference", "1:1"),
        ("=SUM(A1:Z9999)", "reference", "A1:Z9999"),
        ("=SUM(A1:J9999,A1:J9999)", "reference", "A1:J9999"),
        ("=XFE1", "reference", "XFE1"),
        ("=A1048577", "reference", "A1048577"),
        ("=A0", "reference", "A0"),
        ("=[1]Blad1!A1", "reference", "[1]Blad1!A1"),
        ("='[plan.xlsx]Blad 1'!A1", "reference", "'[plan.xlsx]Blad 1'!A1"),
        ("=SUM(Blad1:Blad3!A1)", "reference", "Blad1:Blad3!A1"),
        ("=SUM(Blad1!A1:Blad2!A3)", "reference", "Blad1!A1:Blad2!A3"),
        ("=Totaal", "reference", "Totaal"),
        ("=Tabel1[Bedrag]", "reference", "Tabel1[Bedrag]"),
        ("=" + "[]" * 4000, "reference", "["),
        ("=nan", "reference", "nan"),
        ("=1_000", "reference", "1_000"),
        ("=A1:A2+1", "reference", "range"),
        ("=A1:A3", "reference", "range"),
        ("=ISBLANK(A1:A2)", "reference", "ISBLANK"),
        ('=SUMIF("x","x",A1)', "reference", "SUMIF"),
    ],
)
def test_unworkable(formula: str, reason: str, detail: str) -> None:
    with pytest.raises(Unworkable) as caught:
        give(formula)
    assert (caught.value.reason, caught.value.detail) == (reason, detail)


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "=",
        "=)",
        "=(",
        "=(1",
        "=1)",
        "=1 2",
        "=A1 A2",
        "=1+",
        "=*1",
        "=SUM(",
        "=SUM(1",
        "=SUM(1,2}",
        '="open',
        "='open",
        "=[open",
        "={1,2}",
        "=SUM({1;2})",
        "=#ONBEKEND!",
        "=A1#",
        "=1,2",
        "=(A1,A2)",
        "=A1*0,5",
        "=SUM(1,5;2)",
        "=ALS(A1>0,5;1;0)",
        "=SOM(1,5)",
        "=1;2",
        "=IF()",
        "=IF(1)",
        "=ROUND(1)",
        "=ABS(1,2)",
        "=SUM(" + "1," * 9000 + "1)",
        "=" + "(" * 2000 + "1" + ")" * 2000,
        "=" + "(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1),
        "=" + "SUM(" * 500 + "1" + ")" * 500,
    ],
)
def test_syntax(formula: str) -> None:
    with pytest.raises(Unworkable) as caught:
        give(formula)
    assert caught.value.reason == "syntax"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=" + "+".join(["1"] * 3000), 3000),
        ("=" + "-" * 4000 + "1", 1),
        ("=" + "(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH, 1),
        ("=SUM(Leeg!A1:J9999)", 0),
    ],
)
def test_long_but_plain(formula: str, expected: int) -> None:
    assert give(formula) == pytest.approx(expected, abs=3)


def test_the_other_branch_is_never_looked_up() -> None:
    asked = []

    def note(_: str, row: int, column: int) -> Value:
        asked.append((row, column))
        return Decimal(1)

    assert evaluate("=IF(A1=1,B1,C1)", "Plan", note) == 1
    assert asked == [(1, 1), (1, 2)]


def test_subtotal_leaves_out_what_its_owner_says() -> None:
    def hidden(function: int, sheet: str, row: int, _: int) -> bool:
        return function == 109 and sheet == "Plan" and row == 2

    assert evaluate("=SUBTOTAL(109,A1:A2)", "Plan", look, hidden) == 25000
    assert evaluate("=SUBTOTAL(9,A1:A2)", "Plan", look, hidden) == 45000


@pytest.mark.parametrize(("reason", "caught"), [("error", True), ("cycle", False), ("function", False)])
def test_iferror_catches_excel_errors_only(reason: str, *, caught: bool) -> None:
    def fail(sheet: str, row: int, column: int) -> Value:
        raise Unworkable(reason, f"{sheet}{row}{column}")

    if caught:
        assert evaluate('=IFERROR(A1,"op")', "Plan", fail) == "op"
    else:
        with pytest.raises(Unworkable, match=reason):
            evaluate('=IFERROR(A1,"op")', "Plan", fail)


def test_another_exception_from_the_owner_passes_through() -> None:
    def stop(sheet: str, row: int, column: int) -> Value:
        raise LookupError(sheet, row, column)

    with pytest.raises(LookupError):
        evaluate("=IFERROR(SUM(A1:A3),COUNT(A1))", "Plan", stop)


class _Needed(Exception):  # noqa: N818
    pass


def test_an_owner_can_work_out_a_long_chain_without_recursion() -> None:
    known = {1: Decimal(1)}

    def chained(_: str, row: int, _column: int) -> Value:
        if row not in known:
            raise _Needed(row)
        return known[row]

    waiting = [3000]
    while waiting:
        try:
            known[waiting[-1]] = Decimal(str(evaluate(f"=SUM(A{waiting[-1] - 1},1)", "Plan", chained)))
            waiting.pop()
        except _Needed as needed:
            waiting.append(needed.args[0])
    assert known[3000] == 3000


@pytest.mark.parametrize("formula", ["=SUM(A1:A3)/3", "=A2/3*2"])
def test_results_have_the_figures_excel_keeps(formula: str) -> None:
    value = give(formula)
    assert isinstance(value, Decimal)
    assert len(value.as_tuple().digits) <= 15


PIECES = (
    "= + - * / ^ & < > <> % ( ) { } , ; : ! ' # [ ] @ $ 1 0 0,5 1E9 .5 A1 $A$2 A3 A4 B6 C3 A1:A4 A:A Plan! "
    "SUM( SOM( IF( ALS( ROUND( ABS( MIN( MAX( AND( OR( NOT( COUNT( COUNTA( SUBTOTAL( SUMIF( IFERROR( "
    "TRUE #REF! #N/A naam"
)
STICKS = ['"', '"x"', '">5"', "'Blad 1'!", " ", "\t", "\n"]


@settings(derandomize=True, max_examples=2000, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split() + STICKS), max_size=14).map("".join) | st.text(max_size=30))
def test_any_text_gives_a_value_or_is_unworkable(formula: str) -> None:
    try:
        value = give(formula)
    except Unworkable as problem:
        assert problem.reason in {"error", "reference", "syntax", "type", "function"}  # noqa: PT017
    else:
        assert isinstance(value, Decimal | str | bool | date)
