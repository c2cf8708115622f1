import pytest

from kpicheck.dutch.placeholders import _PLACEHOLDER, _SIGNS, only_placeholders, placeholders
from tests.dutch.needs import without_them


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In [periode] zijn [aantal] inwoners geholpen.", ["[periode]", "[aantal]"]),
        ("[niet invullen]", ["[niet invullen]"]),
        ("[Naam zorgaanbieder] levert de gegevens.", ["[Naam zorgaanbieder]"]),
        ("[NAAM] levert de gegevens.", ["[NAAM]"]),
        ("Het aandeel [specialisatie-zorg] stijgt.", ["[specialisatie-zorg]"]),
        ("De partij <naam> levert de gegevens.", ["<naam>"]),
        ("De wachttijd is met …% gedaald.", ["…%"]),
        ("De wachttijd is met ...% gedaald.", ["...%"]),
        ("De wachttijd is met … % gedaald.", ["… %"]),
        ("De wachttijd is met xx% gedaald.", ["xx%"]),
        ("De wachttijd is met X% gedaald.", ["X%"]),
        ("Sinds 2024 X% minder wachttijd.", ["X%"]),
        ("De wachttijd is met XX procent gedaald.", ["XX"]),
        ("De kosten zijn met xx%/€xx gedaald.", ["xx%", "€xx"]),
        ("Ja, € xxx", ["€ xxx"]),
        ("Bedrag € XX.XXX", ["€ XX.XXX"]),
        ("Bedrag € …", ["€ …"]),
        ("Bedrag € ___", ["€ ___"]),
        ("In 202X is de wachttijd korter.", ["202X"]),
        ("In 20XX is de wachttijd korter.", ["20XX"]),
        ("In 202x is de wachttijd korter dan in 202x-1.", ["202x", "202x-1"]),
        ("In jaar X is de wachttijd korter.", ["jaar X"]),
        ("De wachttijd in ziekenhuis XXX is korter.", ["XXX"]),
        ("De wachttijd in ziekenhuis X is korter.", ["ziekenhuis X"]),
        ("De zorgactiviteitcodes x,y,z.. dalen.", ["x,y,z"]),
        ("De codes X, Y en Z dalen.", ["X, Y en Z"]),
        ("Minder gesprekken over product x, y en z.", ["product x, y en z"]),
        ("Aanbieders X en Y doen mee.", ["X en Y"]),
        ("Er zijn X aantal gesprekken.", ["X aantal"]),
        ("Er zijn X consulten gedaan.", ["X consulten"]),
        ("Er zijn minimaal x consulten gedaan.", ["minimaal x"]),
        ("Minimaal … inwoners doen mee.", ["Minimaal …"]),
        ("De helft van de patiënten van X de app gebruikt.", ["patiënten van X"]),
        ("Zorgaanbieder 2 + code", ["+ code"]),
        ("Zorgaanbieder 2 +code", ["+code"]),
        ("Meer dan op xx-xx-xxxx.", ["xx-xx-xxxx"]),
        ("Meer dan op xx-xx-2026.", ["xx-xx-2026"]),
        ("Meer dan op dd-mm-jjjj.", ["dd-mm-jjjj"]),
        ("Meer dan op ..-..-....", ["..-..-...."]),
        ("Dit leidt tot % minder opnames.", ["tot %"]),
        ("Naam: ______", ["______"]),
    ],
)
def test_a_place_to_fill_in_is_found_as_typed(text: str, found: list[str]) -> None:
    assert placeholders(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "(1) Algemeen en (2) Zelfzorg",
        "Het wel/niet halen van de mijlpaal",
        "Bijlage XX, hoofdstuk X en deel XXX",
        "Fase X start later dan fase IX.",
        "Generatie X en generaties X en Y doen mee.",
        "Een activiteit per wijk",
        "Het MDT-X overlegt met MDT X over de patiënt.",
        "Zie [1] en [12], [bijlage 2] en [zie begroting].",
        "[x] ja [ ] nee",
        "[https://voorbeeld.nl/xx]",
        "https://voorbeeld.nl/xx/XXX?x=[aantal]",
        "naam@xx.nl",
        "2 x € 500 en 3x per week, 20x per jaar, 4 x week",
        "KPI 2.X",
        "Maat XXL",
        "<br>",
        "< 65 jaar en > 18 jaar",
        "Het % zorggebruik is 10% lager.",
        "En zo verder ...",
        "Eerst dit … dan dat",
        "De x-as en y-as",
        "Een stijging van 10 %, dus +10%.",
        "Max is er, Alex ook.",
        "Wlz en AGB-code",
        "De patiënt (65+) en code rood",
    ],
)
def test_ordinary_signs_are_no_placeholders(text: str) -> None:
    assert placeholders(text) == []


def test_each_placeholder_is_given_once() -> None:
    assert placeholders("[aantal] van [aantal]") == ["[aantal]"]


def test_nothing_written_beside_the_placeholder() -> None:
    assert only_placeholders("[omschrijving van de mijlpaal].")
    assert only_placeholders("xx%")
    assert not only_placeholders("In [jaar] zijn er 5 teams.")
    assert not only_placeholders("")


def test_no_placeholder_is_possible_without_a_sign_or_a_loose_x_or_percent_sign() -> None:
    after_something = f"(?:.)(?:{_PLACEHOLDER.source})"
    loose = ("\0x", "€x", "0x", "xx", "\0%", "y%")
    assert without_them(after_something, _PLACEHOLDER.flags, (*_SIGNS, *loose)) is None


@pytest.mark.parametrize("text", ["EURxx per uur", "EURX,X", "xx%", "in 202X", "in jaar X", "€ x"])
def test_an_x_that_ends_no_word_is_a_place_to_fill_in(text: str) -> None:
    assert placeholders(text)
    assert not placeholders("Complexe zorg in het netwerk, index en mix volgens het register.")
