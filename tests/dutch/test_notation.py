from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicheck.dutch.notation import amount, day

EUROS = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=2)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("typed", "euros"),
    [
        ("10.000", "10000"),
        ("€ 10.000,00", "10000"),
        ("€10.000", "10000"),
        ("€ 80.000,-", "80000"),
        ("€ 80.000,–", "80000"),
        ("€ 80.000,--", "80000"),
        ("€ 80.000,=", "80000"),
        ("10.164,-", "10164"),
        ("EUR 500", "500"),
        ("eur 500", "500"),
        ("500 euro", "500"),
        ("500 EUR", "500"),
        ("10000", "10000"),
        ("10000,5", "10000.5"),
        ("10000,50", "10000.50"),
        ("1.234.567,89", "1234567.89"),
        ("-", "0"),
        ("–", "0"),
        ("€ -", "0"),
        ("- €", "0"),
        ("€ 0", "0"),
        ("0,00", "0"),
        ("-500", "-500"),
        ("−500", "-500"),
        ("€ -500", "-500"),
        ("€ - 500", "-500"),
        ("- € 500", "-500"),
        ("-€ 500,25", "-500.25"),
        ("€\xa010.000", "10000"),
        ("€\u202f10.000,00", "10000"),
        ("  €   10.000  ", "10000"),
        ("10.000\n", "10000"),
    ],
)
def test_dutch_euros_are_read(typed: str, euros: str) -> None:
    assert amount(typed) == Decimal(euros)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "10,000",
        "10.00",
        "1.5",
        "10000.50",
        "10,000.00",
        "€ xxx",
        "€ …",
        "€",
        "n.v.t.",
        "10k",
        "10.000 en 500",
        "10.000 + 500",
        "10.000\n20.000",
        "1.2.3",
        "10.0000",
        "1000.000",
        "0.500",
        "007",
        "10.000,5,-",
        "- € -500",
        "--500",
        "500-",
        "(500)",
        "+500",
        "50%",
        "1e5",
        "1-7-2026",
        "1.000.00",
        "$ 500",
        "ca. 500",
        "€ 1,5 mln",
        "１０",
        "٣",
        "9" * 60,
    ],
)
def test_an_ambiguous_or_unreadable_amount_is_not_guessed(typed: str) -> None:
    assert amount(typed) is None


def test_zero_is_never_negative() -> None:
    assert str(amount("-0")) == "0"


@settings(deadline=None)
@given(EUROS)
def test_every_amount_survives_dutch_notation(euros: Decimal) -> None:
    typed = format_decimal(euros, format="#,##0.00", locale="nl_NL")
    assert amount(typed) == euros
    assert amount(f"€ {typed}") == euros
    assert amount(typed.replace(".", "")) == euros


@settings(deadline=None)
@given(EUROS.map(lambda euros: euros.to_integral_value()))
def test_whole_euros_survive_the_dash_for_cents(euros: Decimal) -> None:
    typed = format_decimal(euros, format="#,##0", locale="nl_NL")
    assert amount(f"{typed},-") == euros
    assert amount(typed) == euros


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_text_makes_amount_or_day_crash(typed: str) -> None:
    amount(typed)
    day(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1-7-2026", date(2026, 7, 1)),
        ("01-07-2026", date(2026, 7, 1)),
        ("1-07-2026", date(2026, 7, 1)),
        (" 31-12-2025 ", date(2025, 12, 31)),
        ("29-2-2028", date(2028, 2, 29)),
        ("2026-07-01", date(2026, 7, 1)),
        ("1 juli 2026", date(2026, 7, 1)),
        ("1 JULI 2026", date(2026, 7, 1)),
        ("1 jul. 2026", date(2026, 7, 1)),
        ("1 jul 2026", date(2026, 7, 1)),
        ("01 mrt 2026", date(2026, 3, 1)),
        ("1\xa0juli\xa02026", date(2026, 7, 1)),
    ],
)
def test_dutch_dates_are_read(typed: str, expected: date) -> None:
    assert day(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "3",
        "2026",
        "31-6-2024",
        "29-2-2026",
        "1-13-2026",
        "2026-02-30",
        "2026-13-01",
        "1/7/2026",
        "1.7.2026",
        "1-7",
        "1-7-26",
        "1 juli",
        "juli 2026",
        "medio 2026",
        "Q3 2026",
        "1 july 2026",
        "31 juni 2026",
        "1-7-1926",
        "1-7-2101",
        "0-7-2026",
        "uiterlijk 1-7-2026",
        "1-7-2026 of later",
        "1-7-2026\n1-8-2026",
        "46204",
    ],
)
def test_what_is_no_whole_existing_date_is_none(typed: str) -> None:
    assert day(typed) is None


@settings(deadline=None)
@given(DAYS)
def test_every_day_survives_dutch_notation(expected: date) -> None:
    assert day(f"{expected.day}-{expected.month}-{expected.year}") == expected
    assert day(f"{expected:%d-%m-%Y}") == expected
    assert day(expected.isoformat()) == expected
    assert day(format_date(expected, "d MMMM y", locale="nl_NL")) == expected
    assert day(format_date(expected, "d MMM y", locale="nl_NL")) == expected
