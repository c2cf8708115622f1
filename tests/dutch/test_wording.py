import pytest

from kpicheck.dutch.wording import (
    defines,
    is_telegram,
    kpi_references,
    noncommittal,
    only_bullets,
    open_items,
    vague_terms,
    word_count,
    work_bullets,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nog aanvullen hoe dit wordt geteld.", ["Nog aanvullen"]),
        ("Dit is nog aan te vullen.", ["nog aan te vullen"]),
        ("Aantal nog te bepalen", ["nog te bepalen"]),
        ("Aantal nader te bepalen", ["nader te bepalen"]),
        ("Doel nog te formuleren", ["nog te formuleren"]),
        ("Verdeling nog niet bekend", ["nog niet bekend"]),
        ("mogelijk nog (een deel) naar de ander", ["mogelijk nog"]),
        ("Aantal n.t.b.", ["n.t.b."]),
        ("Aantal: NTB", ["NTB"]),
        ("Bewijs volgt nog.", ["volgt nog"]),
        ("Bewijs volgt nog", ["volgt nog"]),
        ("Wacht op akkoord van de gemeente", ["Wacht op akkoord"]),
        ("We wachten nog op reactie", ["wachten nog op reactie"]),
        ("Ter bespreking met de verzekeraar", ["Ter bespreking"]),
        ("Check bedrag met LvH", ["Check"]),
        ("€ 10.000 (check met LvH)", ["check"]),
        ("> hoort dit hier?", ["> hoort dit hier?"]),
        ("Aantal ???", ["???"]),
        ("TBD", ["TBD"]),
    ],
)
def test_an_open_item_is_found(text: str, found: list[str]) -> None:
    assert open_items(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "De inwoner volgt nog een training.",
        "Het aantal mensen dat wacht op een behandeling is gedaald.",
        "De medicatiecheck en de checklist zijn ingevoerd.",
        "De check-up is ingevoerd.",
        "Check op medicatie is ingevoerd.",
        ">10% van de inwoners",
        "> 65 jaar",
        "Het aandeel is > 10%.",
        "Het nog te bouwen platform is ontworpen.",
        "De gegevens zijn aangevuld.",
        "Het is mogelijk om te verwijzen.",
    ],
)
def test_ordinary_words_are_no_open_item(text: str) -> None:
    assert open_items(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Het wijkbeeld kan worden gedeeld met de gemeente.", ["kan"]),
        ("Inwoners kunnen zich aanmelden.", ["kunnen"]),
        ("In 2026 kan de huisarts verwijzen.", ["kan"]),
        ("Als het budget er is, kan het team groeien.", ["kan"]),
        ("Het team zou wekelijks overleggen.", ["zou"]),
        ("Partijen streven naar minder opnames.", ["streven"]),
        ("Het team streeft naar minder opnames.", ["streeft"]),
        ("Er wordt zo veel mogelijk digitaal gewerkt.", ["zo veel mogelijk"]),
        ("Er wordt zoveel mogelijk digitaal gewerkt.", ["zoveel mogelijk"]),
        ("Het team wordt eventueel uitgebreid.", ["eventueel"]),
        ("Waar mogelijk wordt digitaal gewerkt.", ["Waar mogelijk"]),
        ("Er is een lijst die helpt. Teams kunnen die gebruiken.", ["kunnen"]),
    ],
)
def test_a_noncommittal_word_is_found(text: str, found: list[str]) -> None:
    assert noncommittal(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Teams hebben cijfers om met elkaar kunnen vergelijken.",
        "Cijfers zijn openbaar zodat teams zich met elkaar kunnen vergelijken.",
        "Inwoners in aanmerking kunnen komen voor hulp.",
        "Wie kan in aanmerking komen, staat vast.",
        "Inwoners die zelf hun bloeddruk kunnen meten, zijn geteld.",
        "Een uitdraai waaruit de verzekeraar kan afleiden dat het doel is behaald.",
        "Om te kunnen meten is er een dashboard.",
        "Er is een mogelijkheid om te verwijzen.",
        "De streefdatum en streefwaarde staan vast.",
        "De eventuele knelpunten zijn beschreven.",
        "Het kanaal en de kannen zijn er.",
        "Zorg zo dicht mogelijk bij huis is ingevoerd.",
        "Dit kan niet worden gewijzigd.",
    ],
)
def test_ability_is_not_noncommittal(text: str) -> None:
    assert noncommittal(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Notitie", 1),
        ("Poster met uniforme werkwijze.", 4),
        ("- PDF/excel", 2),
        ("• 10% t.o.v. 2025", 3),
        ("KPI’s en foto's", 3),
    ],
)
def test_words_are_counted_without_signs(text: str, words: int) -> None:
    assert word_count(text) == words


@pytest.mark.parametrize(
    ("text", "min_words", "expected"),
    [
        ("Wijkbeeld gereed eind 2026", 6, True),
        ("Wijkbeeld gereed eind 2026", 4, False),
        ("Eind 2026 is het wijkbeeld gereed.", 6, False),
        ("Eind 2026 is het wijkbeeld gereed.", 7, True),
        ("- plan opstellen\n- plan uitvoeren\n- plan evalueren", 6, True),
        ("- Uiterlijk 1-7-2026 is het plan vastgesteld.\n- Eind 2026 is het plan uitgevoerd.", 6, False),
        ("- Uiterlijk 1-7-2026 is het plan vastgesteld.", 6, False),
        ("Eind 2026 is klaar:\n- het plan\n- het team", 6, False),
    ],
)
def test_telegram_style(text: str, min_words: int, *, expected: bool) -> None:
    assert is_telegram(text, min_words) is expected


def test_only_bullets_needs_two_bullets_and_nothing_else() -> None:
    assert only_bullets("- een\n- twee")
    assert only_bullets("1. een\n2) twee")
    assert not only_bullets("- een")
    assert not only_bullets("Lijst:\n- een\n- twee")


def test_vague_terms_are_quoted_as_typed() -> None:
    terms = ["kwetsbare ouderen", "passende zorg", "ouderen"]
    assert vague_terms("Kwetsbare  ouderen krijgen passende zorg; kwetsbare  ouderen eerst.", terms) == [
        "Kwetsbare  ouderen",
        "passende zorg",
    ]
    assert vague_terms("Verouderende wijken", terms) == []
    assert vague_terms("Kwetsbare ouderen", []) == []


@pytest.mark.parametrize(
    "text",
    [
        "Onder kwetsbare ouderen wordt verstaan: 75-plussers met twee aandoeningen.",
        "Onder 'kwetsbare ouderen' verstaan we 75-plussers.",
        "Kwetsbare ouderen (75 jaar en ouder) krijgen een plan.",
        "Kwetsbare ouderen: 75-plussers.",
        "De doelgroep kwetsbare ouderen is: 75-plussers.",
        "Kwetsbare ouderen van 75 jaar en ouder krijgen een plan.",
        "Met kwetsbare ouderen bedoelen wij 75-plussers.",
        "Met ‘kwetsbare ouderen’ worden hier bedoeld: 75-plussers.",
    ],
)
def test_a_definition_is_seen(text: str) -> None:
    assert defines(text, "kwetsbare ouderen")


def test_a_mere_mention_is_no_definition() -> None:
    assert not defines("Alle kwetsbare ouderen krijgen een plan.", "kwetsbare ouderen")
    assert not defines("Met kwetsbare ouderen wordt een plan gemaakt.", "kwetsbare ouderen")
    assert not defines("Het plan van 40 kwetsbare ouderen van de wijk is klaar.", "kwetsbare ouderen")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- Opstellen van een plan\n- het team werven", ["Opstellen van een plan"]),
        ("• opstellen plan\n• implementeren werkwijze", ["opstellen plan", "implementeren werkwijze"]),
        ("• Ontwikkeling van een app\n• App is in gebruik", ["Ontwikkeling van een app"]),
        ("• Patiënten zijn geholpen\n• Ouderen zijn geholpen\n• Plan", []),
        ("Opstellen van een plan", []),
        ("• Kinderen met astma\n• Training van 10 uur is gegeven", []),
    ],
)
def test_bullets_of_work_are_found(text: str, found: list[str]) -> None:
    assert work_bullets(text) == found


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Zie KPI 1.2.", ["1.2"]),
        ("Volgt op KPI 2 en is de basis van mijlpaal 3.", ["2", "3"]),
        ("Volgt op KPI's 1.1 en 1.2.", ["1.1", "1.2"]),
        ("Volgt op KPI’s 1.1, 1.2 en 1.3.", ["1.1", "1.2", "1.3"]),
        ("Volgt op mijlpalen 5 en 6.", ["5", "6"]),
        ("KPI 1: 1a en 1b zijn behaald.", ["1"]),
        ("Volgt op KPI 1a.", ["1a"]),
        ("KPI-nr. 4", ["4"]),
        ("KPI 1 en 10 wijken", ["1"]),
        ("KPI 1.1 en 1.2", ["1.1", "1.2"]),
        ("KPI 2.1 en 2.500 inwoners", ["2.1"]),
        ("KPI 3.0", ["3.0"]),
        ("KPI 2.X", []),
        ("mijlpaal 1-7-2026", []),
        ("de 4 KPI's van 2026", []),
        ("KPI 10%", []),
        ("KPI's 2026", []),
        ("", []),
    ],
)
def test_references_to_kpis_are_given_as_typed(text: str, numbers: list[str]) -> None:
    assert kpi_references(text) == numbers
