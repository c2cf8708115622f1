import datetime as dt
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicheck.dutch.deadlines import Deadline, deadlines

JULY = date(2026, 7, 1)
YEAR_END = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("Uiterlijk 1 juli 2026 ligt er een convenant.", JULY, "Uiterlijk 1 juli 2026"),
        ("Uiterlijk 01-07-2026 zijn vijf coaches aan het werk.", JULY, "Uiterlijk 01-07-2026"),
        ("Het convenant is uiterlijk op 1-7-2026 getekend.", JULY, "uiterlijk op 1-7-2026"),
        ("Niet later dan 1-7-2026 staat het team.", JULY, "Niet later dan 1-7-2026"),
        ("Op 1-7-2026 zijn de wijkteams gestart.", JULY, "Op 1-7-2026"),
        ("Het platform is op 2026-07-01 in gebruik.", JULY, "op 2026-07-01"),
        ("Per 1 jul. 2026 draait de triage.", JULY, "Per 1 jul. 2026"),
        ("Vóór 1 juli 2026 is het draaiboek klaar.", JULY, "Vóór 1 juli 2026"),
        ("Voor 1 juli 2026 is het draaiboek klaar.", JULY, "Voor 1 juli 2026"),
        ("Half 2026 is er een nulmeting gedaan.", JULY, "Half 2026"),
        ("Halverwege 2026 is er een nulmeting gedaan.", JULY, "Halverwege 2026"),
        ("Uiterlijk half 2026 is er een nulmeting gedaan.", JULY, "Uiterlijk half 2026"),
        ("Eind 2026 ligt de rapportage er.", YEAR_END, "Eind 2026"),
        ("Einde 2026 ligt de rapportage er.", YEAR_END, "Einde 2026"),
        ("Aan het einde van 2026 ligt de rapportage er.", YEAR_END, "einde van 2026"),
        ("Uiterlijk eind 2026 ligt de rapportage er.", YEAR_END, "Uiterlijk eind 2026"),
        ("Ultimo 2026 ligt de rapportage er.", YEAR_END, "Ultimo 2026"),
        ("Eind december 2026 ligt de rapportage er.", YEAR_END, "Eind december 2026"),
        ("In december 2026 ligt de rapportage er.", YEAR_END, "In december 2026"),
        ("In de maand december 2026 ligt de rapportage er.", YEAR_END, "In de maand december 2026"),
        ("Uiterlijk in december 2026 ligt de rapportage er.", YEAR_END, "Uiterlijk in december 2026"),
        ("Uiterlijk december 2026 ligt de rapportage er.", YEAR_END, "Uiterlijk december 2026"),
        ("In Q4 2026 is het platform gereed.", YEAR_END, "In Q4 2026"),
        ("Uiterlijk Q4 2026 is het platform gereed.", YEAR_END, "Uiterlijk Q4 2026"),
        ("Eind Q4 2026 is het platform gereed.", YEAR_END, "Eind Q4 2026"),
        ("Q4 2026: het platform is gereed.", YEAR_END, "Q4 2026"),
        ("Uiterlijk in het vierde kwartaal van 2026 is het klaar.", YEAR_END, None),
        ("Eind van het vierde kwartaal van 2026 is het klaar.", YEAR_END, None),
        ("In het 4e kwartaal 2026 is het klaar.", YEAR_END, "In het 4e kwartaal 2026"),
        ("Uiterlijk in de tweede helft van 2026 is het klaar.", YEAR_END, None),
        ("In september 2025 is het plan goedgekeurd.", date(2025, 9, 30), "In september 2025"),
        ("In februari 2028 is het plan goedgekeurd.", date(2028, 2, 29), "In februari 2028"),
        ("In het derde kwartaal van 2026 is het klaar.", date(2026, 9, 30), None),
    ],
)
def test_a_deadline_is_read(text: str, day: date, words: str | None) -> None:
    found = deadlines(text)
    assert [deadline.day for deadline in found] == [day]
    assert words is None or found[0].words == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Het platform draait volgens het programma.",
        "In 2026 zijn er 50 verwijzingen gedaan.",
        "Uiterlijk 31 juni 2026 is het klaar.",
        "Uiterlijk 31-6-2026 is het klaar.",
        "Medio 2026 is het klaar.",
        "Begin 2026 is het klaar.",
        "In het voorjaar van 2026 is het klaar.",
        "Over een half jaar is het klaar.",
        "Het aantal is 5% lager t.o.v. Q4 2025.",
        "Het aantal is 5% lager t.ov. eind 2025.",
        "Het aantal is 5% lager tov 31-12-2025.",
        "Het aantal is 5% lager ten opzichte van december 2025.",
        "Het aantal is 5% lager ten opzichten van 31-12-2025.",
        "Het aantal is 5% lager, vergeleken met de stand op 31-12-2025.",
        "Het aantal is 5% lager in vergelijking met eind 2025.",
        "Het aantal is 5% lager dan op 31-12-2025.",
        "Het aantal is 5% lager dan eind 2025.",
        "Peildatum: 31-12-2025.",
        "De startdatum is 1-1-2026.",
        "Het project is gestart op 1-1-2026.",
        "Sinds 1-1-2026 wordt er gemeten.",
        "Vanaf 1-1-2026 wordt er gemeten.",
        "De situatie op 31-12-2025 is het uitgangspunt.",
        "De stand per 31-12-2025 is het uitgangspunt.",
        "De nulmeting op 1-7-2026 is het uitgangspunt.",
        "In de periode 1-1-2026 t/m 31-12-2026 zijn er 50 verwijzingen.",
        "In de periode 1 januari 2026 - 31 december 2026 zijn er 50 verwijzingen.",
        "Over de periode 1-1-2026 tot 31-12-2026 is gemeten.",
        "Van 1 januari t/m 31 december 2026 is gemeten.",
        "Van 1-1-2026 tot en met 31-12-2026 is gemeten.",
        "Tussen 1-1-2026 en 31-12-2026 is gemeten.",
        "In de periode Q1 t/m Q4 2026 is gemeten.",
        "In de periode juli t/m december 2026 is gemeten.",
        "Er wordt tot 1-7-2026 geïnvesteerd.",
        "Het plan voor 1 juli 2026 is goedgekeurd.",
        "De werkwijze volgt het op 1-3-2025 vastgestelde kader.",
        "De werkwijze volgt het kader zoals op 1-3-2025 afgesproken.",
        "De werkwijze volgt het kader dat op 1-3-2025 is afgesproken.",
        "De verwijzing is vernieuwd, zodat in december 2028 de wachtlijst weg is.",
        "Uiterlijk drie maanden na 1-1-2026 is er een verslag.",
    ],
)
def test_what_is_no_deadline_is_left_alone(text: str) -> None:
    assert not deadlines(text)


def test_several_deadlines_keep_their_order() -> None:
    text = "Uiterlijk 1-7-2026 is er een plan; eind 2026 is het uitgevoerd."
    assert deadlines(text) == (Deadline(JULY, "Uiterlijk 1-7-2026"), Deadline(YEAR_END, "eind 2026"))


def test_a_second_date_in_a_list_is_a_deadline_too() -> None:
    assert [found.day for found in deadlines("Op 1-7-2026 en 31-12-2026 is er een verslag.")] == [
        JULY,
        YEAR_END,
    ]


def test_a_second_date_that_does_not_exist_is_left_out() -> None:
    assert [found.day for found in deadlines("Op 1-7-2026 en 31-6-2027 is er een verslag.")] == [JULY]


@pytest.mark.parametrize(
    "text",
    [
        "Uiterlijk 1-7-2026 is het aantal t.o.v. 2025 met 5% gedaald.",
        "Uiterlijk 1-7-2026 is geteld wie meedoet ten opzichte van de situatie op 31-12-2025.",
        "Het aantal is t.o.v. de nulmeting uiterlijk 1-7-2026 met 5% gedaald.",
        "Ten opzichte van het totaal is op 1-7-2026 de helft verwezen.",
        "Uiterlijk 1-7-2026 is gekozen in welke wijken t/m 2027 wordt geïnvesteerd.",
        "Uiterlijk 1-7-2026 is de rapportage over de periode 01-01-2025 tot 31-12-2025 opgeleverd.",
        "Uit de rapportage blijkt dat op 1-7-2026 de helft is verwezen.",
    ],
)
def test_only_the_deadline_counts_beside_other_dates(text: str) -> None:
    assert [found.day for found in deadlines(text)] == [JULY]


@settings(deadline=None)
@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_after_uiterlijk_is_its_deadline(day: date) -> None:
    assert [found.day for found in deadlines(f"Uiterlijk {day:%d-%m-%Y} is het gereed.")] == [day]


def test_the_day_something_else_will_start_is_no_deadline() -> None:
    found = deadlines("Uiterlijk 30 juni 2026 is besloten om per 1 januari 2027 te starten.")
    assert [one.day.isoformat() for one in found] == ["2026-06-30"]


def test_before_a_day_means_that_day_or_the_one_before() -> None:
    (found,) = deadlines("Vóór 1 juli 2026 is het plan vastgesteld.")
    days = [dt.date(2026, 6, 29), dt.date(2026, 6, 30), dt.date(2026, 7, 1), dt.date(2026, 7, 2)]
    assert [found.days_from(day) for day in days] == [2, 0, 0, 1]
    (plain,) = deadlines("Uiterlijk 1 juli 2026 is het plan vastgesteld.")
    assert [plain.days_from(day) for day in days] == [2, 1, 0, 1]
