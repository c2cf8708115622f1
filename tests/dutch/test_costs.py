from decimal import Decimal

import pytest

from kpicheck.dutch.costs import CostLine, cost_lines, prefinancing_words


def amounts(text: str) -> list[str | None]:
    return [None if line.amount is None else str(line.amount) for line in cost_lines(text)]


@pytest.mark.parametrize(
    ("line", "euros"),
    [
        ("Projectleider: €29.700,- - SJG", "29700"),
        ("Projectleider: €29.700,- -SJG", "29700"),
        ("Wijkverpleegkundige (2026): €19.385,24", "19385.24"),
        ("Wijkverpleegkundige (2026): € 19.385,24 - LvH", "19385.24"),
        ("Marketing (deel 1): 10.164,-", "10164"),
        ("Marketing: 10.164", "10164"),
        ("Marketing: 5450", "5450"),
        ("Marketing = 5.450,50", "5450.50"),
        ("Startkosten: €100.000", "100000"),
        ("Startkosten: EUR 100.000", "100000"),
        ("Startkosten: 100.000 euro", "100000"),
        ("€ 10.000 startkosten (2026)", "10000"),
        ("Coaches 2026 € 50.000", "50000"),
        ("Coaches (pijler 2, 24 uur, 3 fte, 10%): € 50.000", "50000"),
        ("2 fte x € 50.000 = € 100.000", "100000"),
        ("2 fte x 50.000 = 100.000", "100000"),
        ("100 uur x € 85 = € 8.500,- (SJG)", "8500"),
        ("3 trainers à € 500", "1500"),
        ("100 uur x € 85 per uur", "8500"),
        ("€ 50.000 x 2", "100000"),
        ("2,5 fte × € 80.000", "200000"),
        ("Coach € 10.000, adviseur € 5.000", "15000"),
        ("Coach € 10.000 + € 5.000", "15000"),
        ("Coach: € 10.000 (waarvan € 4.000 SJG)", "10000"),
        ("Coach: € 10.000, waarvan € 4.000 voor de gemeente", "10000"),
        ("Coach (€ 10.000)", "10000"),
        ("Correctie: € -500", "-500"),
        ("Eigen bijdrage: - € 500", "-500"),
        ("Coach - € 500", "500"),
        ("Vervallen post: € 0", "0"),
        ("Coach: € 10.000,=", "10000"),
        ("Bijdrage van € 1.000 per wijk voor 10 wijken: € 10.000", "10000"),
        ("40 uur à € 120,-: € 4.800", "4800"),
        ("Gemeente: €10.000 Welzijn: €5.000", "15000"),
        ("Coach | 57.000 | 2025", "57000"),
        ("10 wijken * 5.000 = 50.000", "50000"),
    ],
)
def test_the_amount_of_a_line_is_read(line: str, euros: str) -> None:
    assert [found.amount for found in cost_lines(line)] == [Decimal(euros)]
    assert [found.amount for found in cost_lines(f"• {line}")] == [Decimal(euros)]


@pytest.mark.parametrize(
    "line",
    [
        "Coach: € xxx",
        "Coach: € …",
        "Coach: € 10,000",
        "Coach: € 1,5 miljoen",
        "Coach: € 10k",
        "Coach: € 50.000 per jaar",
        "Coach: € 85/uur",
        "2 fte x € 50.000 per jaar",
        "24 uur x 40 weken x € 100",
        "Coach: € 10.000 - € 20.000",
        "2 fte x € 50.000 =",
        "10 wijken van elk € 5.000",
        "Per maand € 5.000",
        "Coach 20.000, adviseur 30.000, rest",
    ],
)
def test_money_that_cannot_be_read_is_a_line_without_amount(line: str) -> None:
    assert amounts(line) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Toelichting volgt uit de begroting.",
        "Zie het tabblad Begroting.",
        "Inzet van een projectleider in 2026",
        "Deel 2 van pijler 2: 24 uur",
        "De kosten zijn gebaseerd op het uurtarief van € 100.",
        "Dit is 50% van het totale bedrag van € 200.000.",
        "Eerste termijn (30%) van de totale kosten van € 300.000",
        "Uurtarief: € 100",
        "Bedrag wordt in 2026 besteed aan 10.000 inwoners.",
        "Aantal deelnemers: 300",
        "Looptijd: 2026",
        "Totaal: € 100.000",
        "Project van 2025-2027",
        "- eerste overleg\n- tweede overleg",
    ],
)
def test_an_explanation_without_cost_lines_has_none(text: str) -> None:
    assert not cost_lines(text)


def test_a_cost_line_knows_its_years_and_part() -> None:
    assert cost_lines("• Coach (2026 - deel 1): €273.780,-\n• Coach (2025-2027, deel 2): € 10") == (
        CostLine("Coach (2026 - deel 1): €273.780,-", Decimal(273780), (2026,), 1),
        CostLine("Coach (2025-2027, deel 2): € 10", Decimal(10), (2025, 2026, 2027), 2),
    )


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("Coach (2025-2026): € 1", (2025, 2026)),
        ("Coach 2025/2026: € 1", (2025, 2026)),
        ("Coach 2025 t/m 2027: € 1", (2025, 2026, 2027)),
        ("Coach 2025 en 2027: € 1", (2025, 2027)),
        ("Coach: € 2026", ()),
        ("Coach: € 2.026,-", ()),
        ("Coach (prijspeil 2024): € 1", ()),
        ("Coach (factuur 1-7-2026): € 1", ()),
        ("Coach: € 1", ()),
    ],
)
def test_the_years_of_a_line_are_cost_years(line: str, years: tuple[int, ...]) -> None:
    assert [found.years for found in cost_lines(line)] == [years]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• Coach: € 10\n• Projectteam (2026):\n• Reizen: € 5", ["10", None, "5"]),
        ("Coach: € 10\nProjectteam (2026):\nReizen: € 5", ["10", None, "5"]),
        ("Coach: € 10\nProjectteam (2026)\nReizen: € 5", ["10", None, "5"]),
        ("• Coach (2026)\n• Reizen: € 5", [None, "5"]),
        ("• Coach:\n• Reizen:", [None, None]),
        ("Coach: € 10; Reizen: € 5", ["10", "5"]),
        ("• Coach: € 10 • Reizen: € 5", ["10", "5"]),
        ("Coach: € 10\r\nReizen: € 5", ["10", "5"]),
        ("- Coach: € 10\n- Reizen: € 5\n- Totaal: € 15", ["10", "5"]),
        ("- Coach: € 10\n- Reizen: € 5\nTotale kosten: € 15", ["10", "5"]),
        ("- Coach: € 10\n- Reizen: € 5\nSubtotaal: € 15", ["10", "5"]),
        ("1. Coach: € 10\n2. Reizen: € 5", ["10", "5"]),
        ("Opbouw:\n- Coach: € 10\n- Reizen: € 5", ["10", "5"]),
        ("Opbouw:\nCoach: € 10\nReizen: € 5", ["10", "5"]),
        ("- Coach: € 10\n- zie ook de begroting\n- Reizen: € 5", ["10", "5"]),
        ("- Coach: € 10\nDe bedragen zijn inclusief btw.", ["10"]),
        ("- Coach: € 10\nDit is 50% van het totaal van € 20.", ["10"]),
        ("- Coach: € 10\nDaarnaast is € 5 nodig voor reizen.", ["10", "5"]),
        ("- Coach: € 10\nDaarnaast zijn er uren nodig à € 5 per uur.", ["10", None]),
        ("• Coach, adviseur,\n  secretaris (2026): € 10\n• Reizen: € 5", ["10", "5"]),
        ("• Coach en adviseur:\n€ 10\n• Reizen: € 5", ["10", "5"]),
        ("• Coach:\nReizen: € 5", [None, "5"]),
        ("• Personeel: € 15\n  - Coach € 10\n  - Adviseur € 5", ["15"]),
        ("• Personeel:\n  - Coach € 10\n  - Adviseur € 5", ["10", "5"]),
        ("Personeel: € 15\n- Coach € 10\n- Adviseur € 5\nReizen: € 7", ["15", "7"]),
        ("• Personeel: € 16\n  - Coach € 10\n  - Adviseur € 5", ["16", "10", "5"]),
        ("Uurtarief: € 100\nCoach: € 10.000", ["10000"]),
    ],
)
def test_an_explanation_is_split_into_its_cost_lines(text: str, expected: list[str | None]) -> None:
    assert amounts(text) == expected


def test_bullets_and_wraps_are_gone_from_the_text() -> None:
    assert [line.text for line in cost_lines("•  Coach en\n   adviseur: € 10\n\n –  Reizen: € 5")] == [
        "Coach en adviseur: € 10",
        "Reizen: € 5",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Voorfinanciering coach: €18.000", "Voorfinanciering"),
        ("De coach is voorgefinancierd door de gemeente.", "voorgefinancierd"),
        ("De gemeente gaat dit voorfinancieren.", "voorfinancieren"),
        ("Geen voorfinanciering in 2025. Voorfinanciering in 2026: € 10", "Voorfinanciering"),
        ("Er is geen budget. De voorfinanciering volgt.", "voorfinanciering"),
        ("Er is geen voorfinanciering.", None),
        ("Er is geen sprake van voorfinanciering.", None),
        ("Van voorfinanciering is geen sprake.", None),
        ("Dit wordt niet voorgefinancierd.", None),
        ("Betaling zonder voorfinanciering.", None),
        ("Voorfinanciering is niet toegestaan.", None),
        ("Voorfinanciering: nee", None),
        ("Voorfinanciering: n.v.t.", None),
        ("De financiering vooraf is rond.", None),
        ("", None),
    ],
)
def test_prefinancing_counts_unless_it_is_denied(text: str, words: str | None) -> None:
    assert prefinancing_words(text) == words


def test_a_line_without_its_amount_is_seen_without_bullets_and_colons() -> None:
    for line in ("Materiaal", "Materiaal: n.t.b.", "Materiaal: nog niet bekend", "Materiaal: p.m."):
        found = cost_lines(f"Personeel: € 12.000\n{line}")
        assert [one.amount is None for one in found] == [False, True], line
    for line in ("Bedragen zijn inclusief btw.", "Zie bijlage 3 van het plan"):
        assert len(cost_lines(f"Personeel: € 12.000\n{line}")) == 1, line


def test_a_remark_in_brackets_is_no_cost() -> None:
    found = cost_lines("Personeel: € 12.000\nMateriaal: € 8.000\n(exclusief btw van € 4.200)")
    assert [one.amount for one in found] == [12000, 8000]
