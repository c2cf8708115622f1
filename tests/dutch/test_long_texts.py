"""Texts from outsiders can be long and odd: every function reads 50 kB of repeats without delay."""

import time
from collections.abc import Callable

import pytest

from kpicheck.dutch import costs, deadlines, naming, notation, periods, placeholders, wording

LENGTH = 50_000
HANGS = 3.0  # seconds of this process; a pattern that backtracks would take minutes

READERS: dict[str, Callable[[str], object]] = {
    "amount": notation.amount,
    "day": notation.day,
    "deadlines": deadlines.deadlines,
    "measuring_periods": periods.measuring_periods,
    "reference_spans": periods.reference_spans,
    "has_reference": periods.has_reference,
    "has_period": periods.has_period,
    "has_date": periods.has_date,
    "cost_lines": costs.cost_lines,
    "prefinancing_words": costs.prefinancing_words,
    "placeholders": placeholders.placeholders,
    "only_placeholders": placeholders.only_placeholders,
    "parts": naming.parts,
    "is_kpi_number": naming.is_kpi_number,
    "has_kpi_number": naming.has_kpi_number,
    "open_number": naming.open_number,
    "without_open_number": naming.without_open_number,
    "groups": naming.groups,
    "open_items": wording.open_items,
    "noncommittal": wording.noncommittal,
    "is_telegram": lambda text: wording.is_telegram(text, 6),
    "targets": wording.targets,
    "is_relative_change": wording.is_relative_change,
    "ranges_without_minimum": wording.ranges_without_minimum,
    "upper_bounds_only": wording.upper_bounds_only,
    "vague_terms": lambda text: wording.vague_terms(text, ["kwetsbare ouderen", "passende zorg"]),
    "defines": lambda text: wording.defines(text, "kwetsbare ouderen"),
    "work_bullets": wording.work_bullets,
    "kpi_references": wording.kpi_references,
}

REPEATS = [
    *(
        "a",
        "1",
        "X",
        "é",
        " ",
        "\t",
        "\n",
        "\xa0",
        "-",
        ".",
        "…",
        "_",
        "=",
        "?",
        ">",
        "@",
        "€",
        "(",
        "[",
        "<",
    ),
    *(
        "1.",
        "1-",
        "1, ",
        "0 ",
        "a-",
        "a1",
        "x,y,",
        "xx.",
        "X ",
        "x%",
        "()",
        "[a",
        "<a",
        "a@",
        "www.",
        "- ",
        ";",
    ),
    *("in ", "van ", "de ", "dat ", "kan ", "nog ", "geen ", "zodat in 2026 ", "2026 ", "2026-", "januari "),
    *("t.o.v. ", "t.o.v. 2025 ", "uiterlijk ", "uiterlijk 1-1-2026 ", "op 1-1-2026 en ", "1 januari t/m "),
    *("eerste ", "kwartaal ", "Q1 ", "het op 1-1-2026 vastgestelde plan ", "0-meting op ", "van 1 naar "),
    *(
        "€ ",
        "€ 1 ",
        "€ 10.000, ",
        "(€1)",
        "2 x ",
        "fte x € ",
        "totaal € 1\n",
        "\n• ",
        "• a: € 1 ",
        "\n  - a",
        "\n1. a",
    ),
    *("voorfinanciering ", "kpi 1, ", "mijlpalen 1 en ", "minimaal ", "minimaal 5 ", "maximaal 10 wijken "),
    *("maximaal een ", "10-20% ", "10% a a ", "code 1,1,1", "ouder dan ", "kwetsbare ", "eren", "aaaaeren"),
]
WHOLE = {
    "one bullet and its endless wrap": "• a" + "\nb" * (LENGTH // 2),
    "one bullet and many labels": "• a:" + "\nb:" * (LENGTH // 3),
    "one bullet and many deeper amounts": "• a" + "\n b € 1" * (LENGTH // 7),
}


def seconds(read: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    read(text)
    return time.process_time() - started


@pytest.mark.parametrize("name", READERS)
def test_no_repeat_makes_a_reader_slow(name: str) -> None:
    texts = [(repeat * (LENGTH // len(repeat) + 1))[:LENGTH] for repeat in REPEATS]
    slow = [text[:40] for text in (*texts, *WHOLE.values()) if seconds(READERS[name], text + "!") > HANGS]
    assert slow == []
