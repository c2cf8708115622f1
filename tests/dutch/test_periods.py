from datetime import date

import pytest

from kpicheck.dutch.periods import (
    Period,
    has_date,
    has_period,
    has_reference,
    measuring_periods,
    reference_spans,
)

YEAR = (date(2027, 1, 1), date(2027, 12, 31))
SECOND_HALF = (date(2024, 7, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("In 2027 zijn er 50 inwoners geholpen.", *YEAR),
        ("In het jaar 2027 zijn er 50 inwoners geholpen.", *YEAR),
        ("In kalenderjaar 2027 zijn er 50 inwoners geholpen.", *YEAR),
        ("In het kalenderjaar 2027 zijn er 50 inwoners geholpen.", *YEAR),
        ("Over 2027 zijn er 50 inwoners geholpen.", *YEAR),
        ("Gedurende 2027 zijn er 50 inwoners geholpen.", *YEAR),
        ("Over heel 2027 is geteld.", *YEAR),
        ("In de periode 1 juli 2024 - 31 december 2024 zijn 90 gesprekken gevoerd.", *SECOND_HALF),
        ("In de periode 01-07-2024 t/m 31-12-2024 zijn 90 gesprekken gevoerd.", *SECOND_HALF),
        ("In de periode 1 juli t/m 31 december 2024 zijn 90 gesprekken gevoerd.", *SECOND_HALF),
        ("In de periode juli t/m december 2024 zijn 90 gesprekken gevoerd.", *SECOND_HALF),
        ("Over de periode 01-07-2024 tot 31-12-2024 is geteld.", *SECOND_HALF),
        ("Over de periode 01-07-2024 tot 01-01-2025 is geteld.", *SECOND_HALF),
        ("Van 1-7-2024 tot en met 31-12-2024 is geteld.", *SECOND_HALF),
        ("Tussen 1-7-2024 en 31-12-2024 is geteld.", *SECOND_HALF),
        ("In de tweede helft van 2024 is geteld.", *SECOND_HALF),
        ("Tweede helft 2024: 90 gesprekken.", *SECOND_HALF),
        ("In het tweede halfjaar 2024 is geteld.", *SECOND_HALF),
        ("In H2 2024 is geteld.", *SECOND_HALF),
        ("In de eerste helft van 2026 is geteld.", date(2026, 1, 1), date(2026, 6, 30)),
        ("In Q3 2026 is geteld.", date(2026, 7, 1), date(2026, 9, 30)),
        ("In het derde kwartaal van 2026 is geteld.", date(2026, 7, 1), date(2026, 9, 30)),
        ("In het laatste kwartaal van 2026 is geteld.", date(2026, 10, 1), date(2026, 12, 31)),
        ("In het eerste en tweede kwartaal van 2026 is geteld.", date(2026, 1, 1), date(2026, 6, 30)),
        ("In de periode Q1 t/m Q4 2027 is geteld.", *YEAR),
        ("Het aantal inwoners dat in 2027 meedoet, is geteld.", *YEAR),
        ("Over de jaren 2026 en 2027 is geteld.", date(2026, 1, 1), date(2027, 12, 31)),
        ("In 2026 en 2027 is geteld.", date(2026, 1, 1), date(2027, 12, 31)),
        ("In 2026-2027 is geteld.", date(2026, 1, 1), date(2027, 12, 31)),
        ("In de periode november t/m februari 2027 is geteld.", date(2026, 11, 1), date(2027, 2, 28)),
    ],
)
def test_a_measuring_period_is_read(text: str, start: date, end: date) -> None:
    assert [(found.start, found.end) for found in measuring_periods(text)] == [(start, end)]
    assert has_period(text)
    assert has_date(text)


def test_a_period_quotes_its_words() -> None:
    assert measuring_periods("Het aantal is in het jaar 2027 gelijk.") == [Period(*YEAR, "in het jaar 2027")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Uiterlijk 1-7-2026 is het klaar.",
        "Eind 2026 is het klaar.",
        "Half 2026 is het klaar.",
        "Uiterlijk in 2026 is het klaar.",
        "Uiterlijk in Q3 2026 is het klaar.",
        "Medio 2026 is het klaar.",
        "Het aantal is 3% lager ten opzichte van jaar 2025.",
        "Het aantal is 3% lager t.o.v. de periode 1 juli 2024 - 31 december 2024.",
        "Het aantal is 3% lager dan in 2025.",
        "Handelingen die sinds de start van jaar 2026 zijn aangeleerd.",
        "Vanaf 2026 wordt er gemeten.",
        "Het basisjaar is 2025.",
        "In welke wijken t/m 2027 wordt geïnvesteerd, staat vast.",
        "Het in 2028 te openen gebouw is aanbesteed.",
        "De verwijzing is vernieuwd, zodat in 2030 de wachtlijst weg is.",
        "Het transformatieplan 2025-2027 is vastgesteld.",
        "Het transformatieplan van 2025-2027 is vastgesteld.",
        "Het project loopt van 1-1-2025 t/m 31-12-2027.",
        "De looptijd is van 1-1-2025 t/m 31-12-2027.",
        "Eind 2025 is er een werkgroep die in 2027 advies geeft.",
        "De rapportage 2026 is vastgesteld.",
        "In 2025 patiënten is de meting gedaan.",
        "In de periode 1-1-2026 t/m 31-6-2026 is geteld.",
    ],
)
def test_what_is_no_measuring_period_is_left_alone(text: str) -> None:
    assert measuring_periods(text) == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Per 1-7-2026 is X t.o.v. 2025 met 5% gedaald", ["t.o.v. 2025"]),
        (
            "Vanaf 01-01-2025 zijn er ten opzichten van 01-01-2024 minder",
            ["Vanaf 01-01-2025", "ten opzichten van 01-01-2024"],
        ),
        (
            "In 2025 is dit afgenomen tov de periode 1-7-2024 - 31-12-2024",
            ["tov de periode 1-7-2024 - 31-12-2024"],
        ),
        ("t.o.v. de meting die is gedaan in 2025", ["t.o.v. de meting die is gedaan in 2025"]),
        ("t.o.v. het totaal aantal fte is in 2026", []),
        ("t.o.v. de rest. In 2026 is", []),
        ("De aanpak is vergeleken met 2024 en 2025 beter", ["vergeleken met 2024 en 2025"]),
        ("tov peiljaar 2023", ["tov peiljaar 2023"]),
    ],
)
def test_a_reference_reaches_to_its_own_moment(text: str, masked: list[str]) -> None:
    assert [text[left:right] for left, right in reference_spans(text)] == masked


def test_the_result_keeps_its_own_period_beside_a_reference() -> None:
    text = "In 2027 is dit 3% lager dan in 2025, voor wie sinds de start van jaar 2026 is getraind."
    assert [found.words for found in measuring_periods(text)] == ["In 2027"]


@pytest.mark.parametrize(
    "text",
    [
        "5% lager t.o.v. 2025",
        "5% lager t.ov. 2025",
        "5% lager tov 2025",
        "5% lager t.o.v 2025",
        "5% lager T.O.V. vorig jaar",
        "5% lager ten opzichte van vorig jaar",
        "5% lager ten opzichten van vorig jaar",
        "5% lager, vergeleken met vorig jaar",
        "5% lager in vergelijking met vorig jaar",
        "5% lager (basisjaar 2024)",
        "5% lager, peiljaar 2024",
        "5% lager dan de 0-meting",
        "5% lager dan de nulmeting",
        "5% lager dan in het controlegebied",
        "5% lager dan in 2025",
        "daling van 30% naar 25%",
        "afgenomen sinds 2025",
    ],
)
def test_a_reference_is_seen(text: str) -> None:
    assert has_reference(text)


@pytest.mark.parametrize(
    "text", ["", "5% minder verwijzingen", "In 2026 zijn er 50 gesprekken", "Vanaf 1-1-2026 is er 5% minder"]
)
def test_no_reference_is_made_up(text: str) -> None:
    assert not has_reference(text)


@pytest.mark.parametrize(
    "text",
    [
        "Over 12 maanden zijn 50 gesprekken gevoerd.",
        "Gedurende twaalf maanden is gemeten.",
        "Over een periode van zes maanden is gemeten.",
        "In de afgelopen 3 kwartalen is gemeten.",
        "Er zijn 10 gesprekken per maand.",
        "Er zijn 10 gesprekken per kwartaal.",
        "Er zijn 10 gesprekken per jaar.",
        "Er is jaarlijks een meting.",
        "In de meetperiode is geteld.",
        "In Q3 is geteld.",
        "In september 2026 is geteld.",
        "Vanaf 01-01-2026 doen 20 wijken mee.",
        "Dit aantal (2026) is geteld.",
    ],
)
def test_a_period_in_other_words_is_a_period(text: str) -> None:
    assert has_period(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Er zijn 50 gesprekken gevoerd.",
        "Uiterlijk 1-7-2026 is dit 5% minder t.o.v. 2025.",
        "Eind Q3 2026 is dit 5% minder.",
        "Op 1-7-2026 doen 20 wijken mee.",
        "Dit is 5% lager ten opzichte van de situatie op 31-12-2025.",
    ],
)
def test_a_deadline_or_reference_is_no_period(text: str) -> None:
    assert not has_period(text)


@pytest.mark.parametrize(
    "text",
    [
        "Uiterlijk 31 juni 2026",
        "Op 1/7/2026",
        "Op 1.7.2026",
        "medio 2026",
        "in september",
        "eind mei",
        "in Q3",
        "In 202X",
        "op xx-xx-xxxx",
        "over 12 maanden",
        "uiterlijk 1 juli",
        "uiterlijk 1-7",
        "binnen 6 maanden",
        "twaalf maanden na de start",
        "aan het einde van het project",
        "op [datum]",
        "in [meetperiode invullen]",
        "in jaar X",
    ],
)
def test_any_time_expression_counts_as_a_date(text: str) -> None:
    assert has_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Het platform draait volgens het programma.",
        "KPI 2.1 is behaald bij 2000 inwoners.",
        "Inwoners van 75 jaar en ouder na 2 lessen.",
    ],
)
def test_a_text_without_time_has_no_date(text: str) -> None:
    assert not has_date(text)
