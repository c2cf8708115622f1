"""Plain formulas are cut and moved as openpyxl does it; what is not plain goes to openpyxl itself."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.formula.tokenizer import Tokenizer, TokenizerError  # noqa: TID251 - the second opinion
from openpyxl.formula.translate import Translator, TranslatorError  # noqa: TID251 - same
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format  # noqa: TID251 - same
from openpyxl.utils import get_column_letter  # noqa: TID251 - same
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel  # noqa: TID251 - same
from samples.expected import FOLDER

from kpicheck.reader.formula_tokens import NoFormula, moved, plain_tokens, tokens
from kpicheck.reader.places import column_number
from kpicheck.reader.serials import SINCE_1900, SINCE_1904, day, shows_a_day

PLAIN = (
    "=SUM(I12:L12)",
    '=IF(F12=SUM(I12:L12),"Bedragen komen overeen","Bedragen komen niet overeen")',
    "=-F2+ +G$3*50%-(H4^2)",
    "='Blad 2'!$A$1&Blad_3!B2",
    "='It''s'!AB10/2.5E+3",
    "=ROUND(SUM(A1:A3)/3;0)",
    "=TRUE",
    "=totaal*_x",
    "=IF(A1>=1,A2,)",
    "=(A1,B1)",
    "=SUM( A1 , B1 )",
    "=_xlfn.CONCAT(A1)",
    "=LOG10(A1)",
    "=A1()",
    '="""aanhaling"""',
)
NOT_PLAIN = (
    "=SUM(A:A)",
    "=1:3",
    "={1,2}",
    "=Tabel[Bedrag]",
    "=#REF!+1",
    "=A1:INDEX(B:B,3)",
    "=[1]Blad!A1",
    "=SUM(A1",
    "=31e-3",
    "=Blad!A1(2)",
    "=1()",
    '="x"(1)',
    "=A1:B2(3)",
)
BROKEN = ("=A1)", '="open', "=" + "[" * 30)


def theirs(formula: str) -> list[tuple[str, str, str]]:
    return [(one.value, one.type, one.subtype or "") for one in Tokenizer(formula).items]


@pytest.mark.parametrize("formula", PLAIN)
def test_a_plain_formula_is_cut_as_openpyxl_cuts_it(formula: str) -> None:
    assert plain_tokens(formula) == theirs(formula)


@pytest.mark.parametrize("formula", NOT_PLAIN)
def test_what_is_not_plain_goes_to_openpyxl(formula: str) -> None:
    assert plain_tokens(formula) is None
    assert tokens(formula) == theirs(formula)


@pytest.mark.parametrize("formula", BROKEN)
def test_what_is_no_formula_is_said_to_be_none(formula: str) -> None:
    with pytest.raises(NoFormula):
        tokens(formula)


PIECES = st.sampled_from(
    [
        *(
            "A1",
            "$B$2",
            "AB12:AC$14",
            "'Blad 1'!C3",
            "Blad!D4:E5",
            "XFD1048576",
            "ZZZ1",
            "1",
            "2.5",
            ".5",
            "1E5",
        ),
        *(
            "1e-3",
            "3.",
            '"tekst"',
            '"a""b"',
            "TRUE",
            "false",
            "naam",
            "_x.y",
            "A1B",
            "R1C1",
            "SUM(",
            "IF(",
            "(",
        ),
        *(")", ",", ";", "+", "-", "*", "/", "^", "&", "=", "<", ">", "<=", ">=", "<>", "%", " ", "  ", "\n"),
        *(
            "{",
            "}",
            "#N/A",
            "#REF!",
            "A:A",
            "1:2",
            "[1]Blad!A1",
            "Tabel[x]",
            "!",
            ":",
            "@",
            "é",
            "€",
            "'",
            '"',
            "$",
        ),
    ]
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12).map(lambda pieces: "=" + "".join(pieces)))
def test_any_formula_is_cut_as_openpyxl_cuts_it_or_left_to_it(formula: str) -> None:
    found = plain_tokens(formula)
    if found is not None:
        assert found == theirs(formula)
    try:
        expected: object = theirs(formula)
    except (TokenizerError, IndexError, AssertionError):
        expected = None
    try:
        assert tokens(formula) == expected
    except NoFormula:
        assert expected is None or formula.count("[") > 20


PLACES = st.tuples(st.integers(1, 200), st.integers(1, 200))


@settings(max_examples=800, deadline=None)
@given(
    st.one_of(
        st.sampled_from(PLAIN + NOT_PLAIN),
        st.lists(PIECES, min_size=1, max_size=8).map(lambda pieces: "=" + "".join(pieces)),
    ),
    PLACES,
    PLACES,
)
def test_a_formula_is_moved_as_openpyxl_moves_it(
    formula: str, origin: tuple[int, int], target: tuple[int, int]
) -> None:
    names = [f"{get_column_letter(column)}{row}" for row, column in (origin, target)]
    try:
        expected = Translator(formula, names[0]).translate_formula(names[1])
    except (TokenizerError, TranslatorError, IndexError, AssertionError):
        expected = None
    try:
        assert moved(formula, origin, target) == expected
    except NoFormula:
        assert expected is None


def test_columns() -> None:
    assert [column_number(get_column_letter(one)) for one in range(1, 18_279)] == list(range(1, 18_279))
    assert column_number("xfd") == 16_384


@given(
    st.one_of(st.integers(-10, 3_000_000), st.floats(-5, 3_000_000, allow_nan=False)).map(
        lambda one: Decimal(repr(one))
    )
)
def test_a_serial_number_is_the_day_that_openpyxl_makes_of_it(serial: Decimal) -> None:
    for epoch, known in ((SINCE_1900, CALENDAR_WINDOWS_1900), (SINCE_1904, CALENDAR_MAC_1904)):
        try:
            found = from_excel(float(serial), known)
        except (OverflowError, ValueError):
            found = None
        assert day(serial, epoch) == (found.date() if isinstance(found, dt.datetime) else None)


@pytest.mark.parametrize("number", range(80))
def test_built_in_formats_show_days_as_openpyxl_says(number: int) -> None:
    assert shows_a_day(number, None) == bool(is_date_format(BUILTIN_FORMATS.get(number)))


@given(st.text(alphabet='dmyhs0#.,;"[]\\_ -/@%E+', max_size=14))
def test_formats_show_days_as_openpyxl_says(code: str) -> None:
    assert shows_a_day(200, code) == bool(is_date_format(code))


def test_an_ordinary_plan_is_judged_without_openpyxl() -> None:
    """Loading it takes longer than all that is done with it."""
    code = (
        "import sys; from kpicheck.cli.app import run;"
        f"run(['validate', {str(FOLDER / 'goed-plan.xlsx')!r}, '--isolated', '--quiet']);"
        "print('openpyxl' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == "False\n"
