from __future__ import annotations

import subprocess
import sys
import time
from datetime import date

import pytest

from kpicheck.dutch.deadlines import deadlines
from kpicheck.dutch.moments import moments
from kpicheck.dutch.notation import MONTH, MONTHS, amount, day
from kpicheck.dutch.sought import Sought
from kpicheck.dutch.timeline import timeline

PROSE = "de zorg in de wijk is op orde en wordt door het team van de praktijk in de regio uitgevoerd; " * 3
OF_THE_YEAR = "   van   het   kalenderjaar   2026"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("2026", "year"),
        ("2026-12-31", "day"),
        ("31-12-2026", "day"),
        ("1‑2–2026", "day"),
        ("31.12.2026", "unread"),
        ("31/12/26", "unread"),
        ("31-12-26", "unread"),
        ("31 december 2026", "day"),
        ("1ste  sept.   2026", "day"),
        ("december 2026", "month"),
        ("dec. van het kalenderjaar 2026", "month"),
        ("q4 2026", "quarter"),
        ("4e kwartaal in 2026", "quarter"),
        ("kwartaal 4 van 2026", "quarter"),
        ("2026 - k4", "quarter"),
        ("eerste helft van 2026", "half"),
        ("laatste half jaar 2026", "half"),
        ("2e halfjaar 2026", "half"),
        ("tweede jaarhelft van het jaar 2026", "half"),
        ("h2-2026", "half"),
        ("2026/h2", "half"),
        ("2026-2027", "span"),
        ("q1 t/m q4 2026", "span"),
        ("1 januari tot en met 31 december 2026", "span"),
        ("laatste   kwartaal.   tot   en   met   het   laatste   kwartaal" + OF_THE_YEAR, "span"),
    ],
)
def test_an_expression_is_found_whole_wherever_it_stands(typed: str, kind: str) -> None:
    for before, after in (("", ""), (PROSE, f" {PROSE}"), (PROSE + "80%, ", ", 80%"), ("2025 (", ")")):
        text = before + typed + after
        found = [one for one in moments(text) if one.left >= len(before)]
        assert [(one.kind, text[one.left : one.right]) for one in found] == [(kind, typed)], text


@pytest.mark.parametrize(
    ("words", "leads", "reference"),
    [
        ("niet   later   dan" + f"{' de maand':<40}", {"latest"}, "near"),
        ("niet   later   dan" + f"{' de maand':<41}", set(), "near"),
        (f"in{'':<40}", {"within"}, None),
        (f"in{'':<41}", set(), None),
        ("stand   van   zaken   eind" + f"{' het jaar':<40}", {"end"}, "near"),
        ("in   vergelijking   met" + f"{' het aantal':<100}", set(), "versus"),
        ("in   vergelijking   met" + f"{' het aantal':<101}", set(), None),
    ],
)
def test_words_govern_a_moment_from_as_far_as_they_may(
    words: str, leads: set[str], reference: str | None
) -> None:
    for before in ("", PROSE):
        (found,) = timeline(f"{before}{words}2026")
        assert (set(found.leads), found.reference) == (leads, reference)


def test_every_name_of_a_time_begins_an_expression() -> None:
    begins = {
        "month": list(MONTHS),
        "quarter": ["q1", "k2", "q\u00a03", "kwartaal 4"],
        "half": ["h1", "h2"],
    }
    for ordinal in ("eerste", "tweede", "laatste", "1e", "2de", "1ste"):
        begins["quarter"].append(f"{ordinal} kwartaal")
        begins["half"].append(f"{ordinal} halfjaar")
    begins["quarter"] += ["derde kwartaal", "vierde kwartaal"]
    for kind, words in begins.items():
        for word in words:
            assert [(one.kind, one.left) for one in moments(f"en {word} 2026")] == [(kind, 3)], word


def test_a_month_is_written_in_the_ways_that_have_a_number_and_in_no_other() -> None:
    month = Sought(MONTH)
    assert all(month.fullmatch(name) for name in MONTHS)
    assert {found[0] for found in month.finditer(" ".join([*MONTHS, "ma", "juno", "febru", "septe"]))} <= set(
        MONTHS
    )


@pytest.mark.parametrize("month", ["JUNİ", "JUNI", "junı", "Junı"])
def test_a_month_in_turkish_letters_is_that_month(month: str) -> None:
    assert day(f"30 {month} 2026") == date(2026, 6, 30)
    assert [one.day for one in deadlines(f"Uiterlijk 30 {month} 2026 is het klaar.")] == [date(2026, 6, 30)]
    assert [one.moment.kind for one in timeline("1 ſept 2026")] == ["day"]


@pytest.mark.parametrize(
    "typed", ["98.520.894.272.347.248.398.708.753", "97.272.254.590.909.148.480.394.324,00"]
)
def test_an_amount_of_more_than_28_digits_is_not_read(typed: str) -> None:
    assert amount(typed) is None


@pytest.mark.parametrize(
    "piece", ["2", "2026", "1-", "in 1999 ", "jaar 2 ", "mei ", "202", "1e kwartaal ", "t/m ", "1 mei t/m "]
)
def test_the_time_it_takes_grows_with_the_length_alone(piece: str) -> None:
    begun = time.process_time()
    moments((piece * 32_767)[:32_767])
    assert time.process_time() - begun < 1


def test_nothing_is_compiled_before_a_text_asks_for_it() -> None:
    names = ("notation", "moments", "timeline", "periods", "deadlines", "money", "costs")
    script = f"""
import re, sys
import kpicheck.dutch.lines
compiled = []
compile_ = re._compiler.compile
re._compiler.compile = lambda *given: compiled.append(given) or compile_(*given)
for name in {names}:
    __import__("kpicheck.dutch." + name)
sys.exit(len(compiled))
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
