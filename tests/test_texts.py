"""How amounts and shares are written: as Babel writes them, without loading it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from kpicheck.texts import euro, share, text

LOCALES = {"nl": "nl_NL", "en": "en_GB"}
AMOUNTS = st.decimals(min_value=-(10**14), max_value=10**14, places=4) | st.decimals(
    min_value=-(10**9), max_value=10**9, places=14
)


@pytest.mark.parametrize(
    ("amount", "language", "written"),
    [
        ("1000", "nl", "€ 1.000"),
        ("1000.5", "nl", "€ 1.000,50"),
        ("-1234567.125", "nl", "€ -1.234.567,125"),
        ("0.00000000001", "nl", "€ 0"),
        ("-999.90", "en", "-€999.90"),
        ("1E+6", "en", "€1,000,000"),
        ("9E+307", "nl", "€ 9E+307"),
    ],
)
def test_euros(amount: str, language: str, written: str) -> None:
    assert euro(Decimal(amount), language) == written


@pytest.mark.parametrize("language", LOCALES)
@given(amount=AMOUNTS)
def test_euros_are_written_as_babel_does(language: str, amount: Decimal) -> None:
    rounded = abs(round(amount, 10))
    pattern = "#,##0" if rounded == rounded.to_integral_value() else "#,##0.00"
    number = format_decimal(rounded, pattern, locale=LOCALES[language], decimal_quantization=False)
    assert euro(amount, language).replace("€", "").replace("-", "").strip() == number
    assert ("-" in euro(amount, language)) == (amount < 0)


@pytest.mark.parametrize("language", LOCALES)
@given(value=st.decimals(min_value=0, max_value=20, places=8))
def test_shares_are_written_as_babel_does(language: str, value: Decimal) -> None:
    assert share(value, language) == format_decimal(value * 100, "0.0", locale=LOCALES[language]) + "%"


@pytest.mark.parametrize(
    ("key", "language", "number", "told"),
    [
        (("S103", "short", "words"), "nl", 1, "telt maar 1 woord;"),
        (("S103", "short", "words"), "nl", 2, "telt maar 2 woorden;"),
        (("S103", "short", "words"), "en", 1, "has only 1 word;"),
        (("T104", "column", "rows"), "nl", 1, "(1 rij)"),
        (("T104", "column", "rows"), "en", 1, "(1 row)"),
        (("T104", "column", "rows"), "en", 12, "(12 rows)"),
    ],
)
def test_one_is_told_as_one(key: tuple[str, str, str], language: str, number: int, told: str) -> None:
    code, form, fact = key
    assert told in text(code, "message", language, {"kind": form, fact: number})
