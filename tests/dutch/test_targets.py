import pytest

from kpicheck.dutch.wording import is_relative_change, ranges_without_minimum, targets, upper_bounds_only


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 2027 zijn minimaal 50 unieke inwoners verwezen.", ["50"]),
        ("Het aantal is met 3% afgenomen.", ["3%"]),
        ("Het aantal is met 3 % afgenomen.", ["3 %"]),
        ("Het aandeel is 10 procentpunt lager.", ["10 procentpunt"]),
        ("5 van de 20 zorgpaden zijn live.", ["5", "20"]),
        ("Er zijn 1.500 gesprekken gevoerd.", ["1.500"]),
        ("Er zijn 1500 gesprekken gevoerd.", ["1500"]),
        ("Een daling van 10-20%.", ["10-20%"]),
        ("Een daling van 2,5%.", ["2,5%"]),
        ("Per jaar 50 gesprekken.", ["50"]),
        ("De wachttijd is 3 weken.", ["3"]),
        ("0 incidenten", ["0"]),
        ("KPI 1 en 10 wijken", ["10"]),
        ("Een besparing van € 50.000.", ["€ 50.000"]),
    ],
)
def test_a_number_can_be_a_target(text: str, found: list[str]) -> None:
    assert targets(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Het aantal bewoners wordt gerapporteerd.",
        "Uiterlijk 01-07-2027 is geteld ten opzichte van 31-12-2025.",
        "In 2026 is geteld, ook in Q3 2026 en in december 2026.",
        "Inwoners van 65 jaar en ouder",
        "Inwoners van 18 tot 65 jaar",
        "Inwoners ouder dan 65",
        "60-plussers, 65+, 75-plus en 18-jarigen",
        "Conform KPI 2.1 en mijlpaal 3",
        "Volgens KPI's 1.1, 1.2 en 1.3",
        "Fase 1 van pijler 2, deel 3",
        "Vijf activiteiten in tien wijken",
        "De 0-meting en de nulmeting",
        "(1) Algemeen",
        "1. Algemeen\n2) Zelfzorg",
        "De 1e lijn en 2de lijn",
        "24/7 bereikbaar",
        "COVID-19 en B12",
        "Zorgactiviteitcodes 190021, 190022",
        "Telemonitoring product 039133",
        "AGB 06012345",
        "Over 12 maanden",
        "Uiterlijk 1 juli a.s., peildatum 31-12",
        "In 202X-1",
    ],
)
def test_dates_ages_labels_and_codes_are_no_target(text: str) -> None:
    assert targets(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Het aantal is met 3% afgenomen.",
        "Een toename van 10 procentpunt",
        "Een daling van het aantal opnames",
        "Er zijn 10% minder opnames.",
        "Er is 10% meer verwezen.",
        "De wachttijd is 10% korter.",
        "De wachttijd is verkort met 10%.",
        "Het aandeel is gelijk gebleven of afgenomen.",
        "Reductie van het aantal bedden",
    ],
)
def test_a_relative_change_is_seen(text: str) -> None:
    assert is_relative_change(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Minimaal 50 unieke inwoners zijn verwezen.",
        "Er zijn 100 gesprekken gevoerd.",
        "Minimaal 10% van de inwoners heeft de app gebruikt.",
        "Meer dan 50 inwoners doen mee.",
        "De vragenlijst is afgenomen bij 50 inwoners.",
        "De afname van bloed is ingericht.",
        "Hoger opgeleid personeel is geworven.",
    ],
)
def test_a_count_or_share_is_no_relative_change(text: str) -> None:
    assert not is_relative_change(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Een daling van 10-20% van de opnames.", ["10-20%"]),
        ("Een daling van 10% - 20%.", ["10% - 20%"]),
        ("Een daling van 10–20 procent.", ["10–20 procent"]),
        ("Een daling met 10 tot 20%.", ["10 tot 20%"]),
        ("Tussen de 10 en 20% doet mee.", ["Tussen de 10 en 20%"]),
        ("Er zijn 50-60 inwoners geholpen.", ["50-60 inwoners"]),
        ("Minimaal tien teams doen mee. De daling is 10-20%.", ["10-20%"]),
        ("Minimaal 10-20% daling.", []),
        ("Een daling van 10-20%. De KPI is behaald bij 10%.", []),
        ("Een daling van 10-20%, met 10% als ondergrens.", []),
        ("Een daling van 10%.", []),
        ("Een daling van 30% naar 25%.", []),
        ("Van 10 tot 20% meer.", []),
        ("Van 1-7-2026 t/m 31-12-2026 is 10% verwezen.", []),
        ("Inwoners van 18-65 jaar", []),
        ("1 en 20% en 30%", []),
        ("", []),
    ],
)
def test_a_range_needs_a_minimum(text: str, found: list[str]) -> None:
    assert ranges_without_minimum(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In maximaal 10 wijken zijn minimaal vijf activiteiten gedaan.", ["maximaal 10 wijken"]),
        ("In maximaal tien wijken is gemeten.", ["maximaal tien wijken"]),
        ("In max. 10 wijken is gemeten.", ["max. 10 wijken"]),
        ("In ten hoogste 10 nieuwe wijken is gemeten.", ["ten hoogste 10 nieuwe wijken"]),
        ("Maximaal 10 wijken en minimaal 5 activiteiten.", ["Maximaal 10 wijken"]),
        ("Minimaal 5 activiteiten en maximaal 10 wijken.", ["maximaal 10 wijken"]),
        ("Minimaal 5 en maximaal 10 wijken doen mee.", []),
        ("Minimaal 5, maximaal 10 wijken doen mee.", []),
        ("Minimaal 5 wijken en maximaal 10 wijken doen mee.", []),
        ("Maximaal 10 wijken en minimaal 5 doen mee.", []),
        ("Maximaal 10 wijken (minimaal 5) doen mee.", []),
        ("Maximaal 10 wijken doen mee; minimaal 5 wijken zijn klaar.", []),
        ("Tussen de 5 en maximaal 10 wijken doen mee.", []),
        ("De wachttijd is maximaal 3 weken.", []),
        ("De wachttijd is maximaal een week.", []),
        ("Maximaal 70% is inspanning.", []),
        ("Maximaal € 10.000 per wijk.", []),
        ("Er zijn maximaal 5 heropnames.", []),
        ("Een groep van maximaal 10 deelnemers per training.", []),
        ("Maximaal benut.", []),
        ("Minimaal 10 wijken doen mee.", []),
        ("", []),
    ],
)
def test_an_upper_bound_needs_a_minimum(text: str, found: list[str]) -> None:
    assert upper_bounds_only(text) == found
