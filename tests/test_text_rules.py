"""The text rules on sentences as plans have them, judged through real workbooks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from samples.build import load_plan, mlw_from_shared, write_plan

from kpicheck import ruleset as rulesets
from kpicheck.engine import judge
from kpicheck.examples import Example, Line, examples
from kpicheck.reader import read

from .building import build

SHARED = Path(__file__).parents[2] / "shared" / "data" / "mlw_v1_may2025.json"
RULESET = rulesets.load("landelijk")
NAME, SMART, DATE, TYPE = (
    "Naam",
    "SMART omschrijving",
    "(streef)datum",
    "Resultaat- of inspanningsverplichting",
)
EVIDENCE, EXPLANATION, RESULT = "Bewijsvoering", "Toelichting bedrag.", "Resultaatsverplichting"
FIELD = {"N101": NAME, "N103": NAME, "S112": EVIDENCE}
TEXT_RULES = {f"N10{n}" for n in (1, 3, 4, 5)} | {f"S{n}" for n in range(101, 114)}

FIRES = {
    "N101": [
        "Livegang zorgpaden - KPI 1",
        "Wijkzorg - Spreekuur gestart",
        "Wijkzorg",
        "KPI 1",
        "KPI 1 - Wijkzorg - Spreekuur",
        "Startbijdrage KPI 3.0",
        "Wijkzorg-Spreekuur-KPI 1",
        "Wijkzorg - Spreekuur - KPI 1 (vervolg)",
        "Wijkzorg - Spreekuur - KPI 1 en 2",
        "Wijkzorg - Spreekuur - Mijlpaal 1",
    ],
    "N103": [
        "Wijkzorg - Spreekuur - KPI 2.X",
        "Wijkzorg - Spreekuur - KPI 2.x",
        "Wijkzorg - Spreekuur - KPI X",
        "Wijkzorg - Spreekuur - KPI XX",
        "Wijkzorg - Spreekuur - KPI 2.1.X",
        "Wijkzorg - Spreekuur - KPI 2.?",
        "Wijkzorg - Spreekuur - KPI …",
        "Wijkzorg - Spreekuur - KPI [nummer]",
        "Wijkzorg - Spreekuur - KPI nr. X",
    ],
    "S102": [
        "Uiterlijk 30-6-2026 werken 5 teams volgens de werkwijze, nog aanvullen met de wijken.",
        "Uiterlijk 30-6-2026 werken 5 teams samen; de locatie is nog te bepalen.",
        "Uiterlijk 30-6-2026 werken 5 teams samen, vorm nader te bepalen met de gemeente.",
        "Uiterlijk 30-6-2026 werken 5 teams samen; het doel is nog te formuleren.",
        "Uiterlijk 30-6-2026 werken n.t.b. teams volgens de werkwijze van de regio.",
        "Uiterlijk 30-6-2026 werken 5 teams samen. Aantal inwoners: NTB",
        "Uiterlijk 30-6-2026 werken 5 teams samen, de bijlage volgt nog.",
        "Uiterlijk 30-6-2026 werken 5 teams samen. Wacht op besluit van de gemeente.",
        "Uiterlijk 30-6-2026 werken 5 teams samen (ter bespreking in de stuurgroep).",
        "Uiterlijk 30-6-2026 werken 5 teams samen (check met de huisartsen).",
        "> moet dit niet bij de gemeente staan? Op 30-6-2026 werken 5 teams samen.",
        "Uiterlijk 30-6-2026 werken 5 teams samen, mogelijk nog met de ggz.",
    ],
    "S103": [
        "Wijkteam gereed 30-6-2026",
        "Notitie governance vastgesteld",
        "Livegang platform eind 2026",
        "100 consulten in 2026",
        "• scholing huisartsen\n• inrichten wijkteams\n• evaluatie in 2026",
        "- platform gebouwd\n- platform getest\n- platform live in 2026",
        "Implementatie nieuwe werkwijze 31-12-2026",
        "Evaluatie",
    ],
    "S104": [
        "Uiterlijk 30-6-2026 kan iedere inwoner zich aanmelden bij het wijkteam.",
        "Uiterlijk 30-6-2026 kunnen de huisartsen digitaal overleggen met de specialist.",
        "Eind 2026 zou het platform in alle wijken in gebruik zijn.",
        "Eind 2026 streven partijen naar 10% minder verwijzingen.",
        "Er wordt in 2026 gestreefd naar een afname van 5% ten opzichte van 2025.",
        "Eind 2026 werken alle teams zo veel mogelijk met het platform.",
        "Eind 2026 is het team zoveel mogelijk uitgebreid.",
        "Eind 2026 sluit eventueel ook de ggz aan bij het wijkteam.",
        "Eind 2026 wordt waar mogelijk digitaal verwezen door de huisartsen.",
    ],
    "S105": [
        "Uiterlijk 30-6-2026 hebben 40 kwetsbare ouderen een zorgplan.",
        "Kwetsbare inwoners krijgen vanaf 30-6-2026 een vaste begeleider.",
        "Uiterlijk 30-6-2026 is er een zorgplan voor iedere kwetsbare oudere.",
        "Uiterlijk 30-6-2026 krijgen 40 inwoners passende zorg.",
        "Uiterlijk 30-6-2026 hebben alle relevante partijen de afspraken getekend.",
        "Uiterlijk 30-6-2026 zijn 40 patiënten met een complexe zorgvraag besproken.",
        "Uiterlijk 30-6-2026 zijn alle kwetsbare  ouderen in beeld.",
        "Uiterlijk 30-6-2026 zijn de kwetsbare doelgroepen in kaart gebracht.",
    ],
    "S106": [
        "In 2026 is het aantal verwijzingen afgenomen ten opzichte van 2025.",
        "Uiterlijk 1-7-2027 wordt het aantal actieve bewoners gerapporteerd over 2026.",
        "In 2026 hebben twintig inwoners de training afgerond.",
        "In 2026 hebben inwoners van 65 jaar en ouder de training gevolgd.",
        "In de periode 1-1-2026 t/m 31-12-2026 is KPI 3 in alle wijken behaald.",
        "In het eerste kwartaal van 2027 zijn er minder heropnames dan in 2025.",
        "In 2026 werken alle huisartsen van de regio met het platform.",
        "In 2026 is de helft van de 75-plussers besproken in het wijkteam.",
    ],
    "S107": [
        "In 2026 is het aantal verwijzingen met 10% afgenomen.",
        "In 2026 is er een afname van 10% van het aantal heropnames.",
        "In 2026 zijn er 15% minder ligdagen bij patiënten met hartfalen.",
        "Over 2026 is een daling van 5% van de zorgkosten gerealiseerd.",
        "In 2027 is het gebruik van telemonitoring met minimaal 20% toegenomen.",
        "In 2027 is het aantal thuismetingen gestegen met 12 procent.",
        "In 2027 is de wachttijd met 3 weken verminderd; reductie minimaal 10%.",
        "In 2027 is het aantal consulten per huisarts met 8% gedaald.",
    ],
    "S108": [
        "Uiterlijk 30-6-2026 hebben 40 inwoners de training afgerond.",
        "Op 31-12-2026 zijn minimaal 50 inwoners verwezen naar het sociaal domein.",
        "Eind 2026 hebben 100 inwoners een zorgplan.",
        "Minimaal 120 inwoners hebben de training met goed gevolg afgerond.",
        "Uiterlijk 1-7-2027 is het aantal verwijzingen 10% lager ten opzichte van 2025.",
        "Het aantal verwijzingen is met 10% afgenomen vergeleken met 2024.",
        "Per 1 januari 2027 is 30% van de inwoners aangemeld.",
        "Half 2027 maken 200 unieke patiënten gebruik van het zorgpad.",
    ],
    "S109": [
        "In 2026 is er 10-20% daling van het aantal verwijzingen t.o.v. 2025.",
        "In 2026 is er een daling van 10 - 20% van het aantal heropnames t.o.v. 2025.",
        "In 2026 is het aantal ligdagen 5 à 10% lager dan in 2025.",
        "In 2026 zijn er 10 tot 15% minder ligdagen dan in 2025.",
        "In 2026 zijn 50-100 inwoners verwezen naar het sociaal domein.",
        "In 2026 zijn tussen de 5 en 10 procent minder consulten gedaan dan in 2025.",
        "In 2026 maken 20–30% van de patiënten gebruik van het zorgpad.",
        "In 2026 zijn 100 tot 150 consulten uitgevoerd door het wijkteam.",
    ],
    "S110": [
        "Op 1-1-2027 zijn in maximaal 10 wijken minimaal vijf activiteiten uitgevoerd.",
        "Uiterlijk 30-6-2026 is de werkwijze ingevoerd in maximaal 10 wijken.",
        "Uiterlijk 30-6-2026 is de werkwijze ingevoerd in maximaal tien wijken.",
        "Uiterlijk 30-6-2026 zijn maximaal 200 inwoners getraind.",
        "Uiterlijk 30-6-2026 zijn ten hoogste vijf trainers opgeleid.",
        "Uiterlijk 30-6-2026 doen max. 3 huisartsenpraktijken mee.",
        "Uiterlijk 30-6-2026 doen niet meer dan 8 gemeenten mee aan het programma.",
        "Uiterlijk 30-6-2026 zijn hooguit twintig zorgpaden gedigitaliseerd.",
    ],
    "S111": [
        "Het zelfzorgplatform is gerealiseerd en in gebruik genomen.",
        "Twee huisartsen houden elke week spreekuur in de wijk Noord.",
        "Er is een werkwijze vastgesteld door alle partijen in de regio.",
        "De vijf wijkteams werken samen volgens het vastgestelde programma.",
        "Minimaal 40 inwoners van 75 jaar en ouder hebben de training afgerond.",
        "De governance is vastgelegd in een door allen ondertekende notitie.",
        "De scholing van 12 trainers is afgerond en geëvalueerd met de deelnemers.",
        "Het product 039133 is in gebruik bij alle huisartsen van de regio.",
    ],
    "S112": [
        "Notitie",
        "Rapportage",
        "Ondertekende notitie",
        "Brochure.",
        "Samenwerkings-overeenkomst",
        "PDF/excel",
        "- verslag",
        "Excel bestand",
        "Zie bijlage",
    ],
    "S113": [
        "Uiterlijk 30-6-2026:\n- opstellen van een plan\n- werven van huisartsen",
        "In 2026:\n• organiseren van spreekuren\n• opstellen van roosters\n• werven van artsen",
        "Voor 1-7-2026 doen wij: • inrichten van het platform • trainen van medewerkers",
        "In 2026 wordt gewerkt aan:\n- het ontwikkelen van een app\n- het testen van een app",
        "In 2026:\n1. voorbereiden van de pilot\n2. uitvoeren van de pilot\n3. evalueren",
        "In 2026:\n* ontwikkeling van een werkwijze\n* implementatie van de werkwijze\n* invoeren ervan",
        "In 2026:\n– overleggen met de gemeente\n– afstemmen met de huisartsen",
        "In 2026:\n- begeleiden van teams\n- bijhouden van cijfers\n- het team is op sterkte",
    ],
}

SILENT = {
    "N101": [
        "Wijkzorg - Spreekuur - KPI 1",
        "Wijkzorg – Spreekuur – KPI 1",
        "Wijk-zorg - Huisartsen-spreekuur - KPI 1.2",
        "Wijkzorg - Spreekuur - KPI 1a",
        "Wijkzorg - Spreekuur - KPI 12",
        "Wijkzorg - Spreekuur - KPI 1000",
        "Wijkzorg - Spreekuur - KPI 2026",
        "Wijkzorg - Spreekuur - KPI 50000.1",
        "Wijkzorg - Spreekuur - kpi 3.",
        "Wijkzorg - Spreekuur - fase 2 - KPI 3",
        "AvZ - Samenwerking zorg en sociaal domein/zorggebruik - KPI 2.6",
        "Wijkzorg - Spreekuur - KPI 2.X",
        "Wijkzorg - Spreekuur\n - KPI 2.4",
        "Wijkzorg [deelproject] - KPI 2",
        "",
    ],
    "N103": [
        "Wijkzorg - Spreekuur - KPI 1",
        "Wijkzorg - Spreekuur - KPI 1.2",
        "Wijkzorg - Spreekuur - KPI 1a",
        "Wijkzorg - Spreekuur - KPI 10.11",
        "MDT-X - Spreekuur - KPI 4",
        "Generatie X - Spreekuur - KPI 5",
        "Wijkzorg - Spreekuur",
        "Wijkzorg - Nieuwe KPI's - KPI 6",
        "Wijkzorg - X-ray - KPI 7",
        "Wijkzorg - Dashboard KPI n.a.v. evaluatie - KPI 8",
    ],
    "S102": [
        "Op 30-6-2026 is het nog te bouwen platform ontworpen door de regio.",
        "Op 30-6-2026 volgt 40% van de inwoners nog een training.",
        "Op 30-6-2026 is het aantal mensen dat wacht op een behandeling 10% lager.",
        "Op 30-6-2026 is de medicatiecheck ingevoerd bij alle apotheken.",
        "Op 30-6-2026 is de checklist voor kwetsbaarheid in gebruik.",
        "Op 30-6-2026 is het nog steeds mogelijk om digitaal te verwijzen.",
        ">10% van de inwoners heeft op 30-6-2026 een zorgplan.",
        "Op 30-6-2026 zijn de gegevens van alle teams aangevuld en besproken.",
        "Op 30-6-2026 is bepaald welke inwoners nog geen huisarts hebben.",
        "Op 30-6-2026 is de bespreking met de huisartsen gehouden.",
        "Op 30-6-2026 is alles getekend; check & balances zijn ingericht.",
        "Op 30-6-2026 werken [nog te bepalen] teams volgens de werkwijze.",
    ],
    "S103": [
        "Het wijkteam is gereed op 30-6-2026.",
        "Eind 2026 zijn 100 consulten uitgevoerd.",
        "Op 30-6-2026 is klaar:\n- het plan\n- het team",
        "- Op 30-6-2026 is het plan vastgesteld.\n- Eind 2026 is het plan uitgevoerd.",
        "Op 1-7-2026 is de notitie ondertekend.",
        "[omschrijving]",
        "Nog aan te vullen",
        "n.t.b.",
    ],
    "S104": [
        "Op 30-6-2026 is er een lijst die teams met elkaar kunnen vergelijken.",
        "Op 30-6-2026 is bekend welke inwoners in aanmerking komen.",
        "Op 30-6-2026 is er een mogelijkheid om digitaal te verwijzen.",
        "Op 30-6-2026 is een platform live waarmee inwoners zelf hun bloeddruk kunnen meten.",
        "Op 30-6-2026 is er een uitdraai waaruit blijkt wie kan verwijzen.",
        "Op 30-6-2026 is de streefwaarde vastgesteld door alle partijen.",
        "Op 30-6-2026 zijn de eventuele knelpunten beschreven.",
        "Op 30-6-2026 is een dashboard in gebruik om te kunnen sturen op wachttijd.",
        "Op 30-6-2026 is het plan vastgesteld, zodat het team kan starten.",
        "Op 30-6-2026 werken 5 teams zo dicht mogelijk bij de huisarts.",
    ],
    "S105": [
        "Op 30-6-2026 hebben 40 kwetsbare ouderen (75 jaar en ouder) een zorgplan.",
        "Op 30-6-2026 hebben 40 inwoners van 75 jaar en ouder een zorgplan.",
        "Kwetsbare ouderen: 75-plussers met twee aandoeningen. Op 30-6-2026 zijn er 40 in beeld.",
        "Onder kwetsbare ouderen verstaan wij 75-plussers. Op 30-6-2026 hebben 40 kwetsbare ouderen zorg.",
        "Op 30-6-2026 hebben 40 kwetsbare ouderen van 75 jaar en ouder een zorgplan.",
        "Op 30-6-2026 is de kwetsbaarheid van alle ouderen gemeten.",
        "Met passende zorg wordt bedoeld: zorg volgens de richtlijn. Eind 2026 is passende zorg ingevoerd.",
        "Op 30-6-2026 hebben alle deelnemende partijen de afspraken getekend.",
        "Op 30-6-2026 zijn 40 ouderen besproken in het wijkteam.",
    ],
    "S106": [
        "In 2027 zijn minimaal 50 unieke inwoners verwezen naar het sociaal domein.",
        "In 2027 is het aantal aanvragen afgenomen met 3% ten opzichte van jaar 2025.",
        "In 2026 heeft 1 op de 5 inwoners de training gevolgd.",
        "In 2026 is de wachttijd gedaald van 12 naar 8 weken.",
        "In 2026 zijn 1.500 consulten uitgevoerd.",
        "In 2026 hebben [aantal] inwoners de training afgerond.",
        "In 2026 is het aantal inwoners met een plan n.t.b.",
        "In 2026 is € 100.000 minder aan zorg uitgegeven dan in 2025.",
        "In 2026 maakt 12,5 procent van de patiënten gebruik van het zorgpad.",
    ],
    "S107": [
        "In 2027 is het aantal aanvragen afgenomen met 3% ten opzichte van jaar 2025.",
        "In 2027 is het aantal aanvragen met 3% afgenomen t.ov. 2025.",
        "In 2027 is het aantal aanvragen met 3% afgenomen tov 2025.",
        "In 2027 is het aantal aanvragen met 3% afgenomen vergeleken met 2025.",
        "In 2027 is het aantal aanvragen met 3% afgenomen, met basisjaar 2025.",
        "In 2027 is het aantal aanvragen met 3% afgenomen sinds de 0-meting.",
        "In 2027 zijn er 3% minder aanvragen dan in het controlegebied.",
        "In 2027 zijn minimaal 50 unieke inwoners verwezen.",
        "In 2027 zijn 100 consulten uitgevoerd door het wijkteam.",
        "In 2027 heeft 40% van de inwoners een zorgplan.",
        "In 2027 is bij 40 inwoners een vragenlijst afgenomen.",
        "In 2027 is het aantal aanvragen met xx% afgenomen.",
        "In 2027 is de wachttijd gedaald van 12 naar 8 weken.",
        "In 2027 zijn er 10% minder verwijzingen dan in 2024.",
    ],
    "S108": [
        "In 2026 hebben 40 inwoners de training afgerond.",
        "In de periode 1-1-2026 t/m 31-12-2026 zijn 100 consulten uitgevoerd.",
        "In het eerste kwartaal van 2026 zijn 100 consulten uitgevoerd.",
        "Op 30-6-2026 zijn over 12 maanden 100 consulten uitgevoerd.",
        "Vanaf 1-1-2026 zijn 10% minder consulten gedaan ten opzichte van 2024.",
        "Uiterlijk 31-12-2026 voert elk team 10 consulten per maand uit.",
        "Uiterlijk 31-12-2026 zijn in de afgelopen zes maanden 40 inwoners getraind.",
        "Uiterlijk 31-12-2026 is het aantal consulten op jaarbasis 1.500.",
        "In Q4 2026 zijn 100 consulten uitgevoerd.",
        "Uiterlijk 31-12-2026 zijn tussen 1 januari 2026 en 30 november 2026 40 inwoners getraind.",
    ],
    "S109": [
        "In 2026 is er minimaal 10-20% daling van verwijzingen t.o.v. 2025.",
        "In 2026 is er 10-20% daling t.o.v. 2025. De KPI is behaald bij 10% daling.",
        "In de periode 2026-2027 zijn 100 consulten uitgevoerd.",
        "Van 1-1-2026 tot 31-12-2026 is er 10% daling t.o.v. 2025.",
        "In 2026 is het aandeel gestegen van 10 tot 15%.",
        "In 2026 zijn inwoners van 65-75 jaar 10% minder verwezen dan in 2025.",
        "In 2026 zijn 10 inwoners in de leeftijd van 18 tot 65 jaar verwezen.",
        "In 2026 zijn KPI 1 en 2 met 10% verbeterd t.o.v. 2025.",
    ],
    "S110": [
        "Uiterlijk 30-6-2026 is de werkwijze ingevoerd in minimaal 5 en maximaal 10 wijken.",
        "Uiterlijk 30-6-2026 doen minimaal 5 wijken en maximaal 10 wijken mee.",
        "Uiterlijk 30-6-2026 wachten inwoners maximaal 10 dagen op een intake.",
        "Uiterlijk 30-6-2026 duurt de intake maximaal 30 minuten.",
        "Uiterlijk 30-6-2026 is het percentage no-shows maximaal 5%.",
        "Uiterlijk 30-6-2026 zijn er maximaal 20 heropnames per kwartaal.",
        "Uiterlijk 30-6-2026 zijn groepen van maximaal 12 deelnemers per training gestart.",
        "Uiterlijk 30-6-2026 zijn 3 trainingen gegeven aan groepen van maximaal 15 deelnemers.",
        "Uiterlijk 30-6-2026 is in 5 van de maximaal 10 wijken gestart.",
        "Uiterlijk 30-6-2026 is de werkwijze maximaal benut door 10 wijken.",
        "Uiterlijk 30-6-2026 zijn maximaal [aantal] wijken en maximaal 10 teams gestart.",
    ],
    "S111": [
        "Uiterlijk 30-6-2026 is het platform in gebruik.",
        "Eind 2026 is het platform in gebruik.",
        "In september 2026 is het platform in gebruik.",
        "In Q2 2026 is het platform in gebruik.",
        "Binnen 6 maanden na de start is het platform in gebruik.",
        "Op [datum] is het platform in gebruik.",
        "Uiterlijk 1 juli is het platform in gebruik.",
        "Aan het einde van het project is het platform in gebruik.",
        "In 202X is het platform in gebruik.",
        "Het platform is in gebruik, datum nader te bepalen.",
    ],
    "S112": [
        "Ondertekende notitie governance",
        "Notitie over governance",
        "Overzicht van instructeurs",
        "Uitdraai van de administratie",
        "[document]",
        "Nog aanvullen",
        "n.t.b.",
        "Goedkeuring livegang zelfzorgplatform.",
    ],
    "S113": [
        "Op 30-6-2026 is klaar:\n- het plan is vastgesteld\n- het team is gestart",
        "Op 30-6-2026 is klaar:\n- plan\n- team",
        "Opstellen van een plan op 30-6-2026",
        "Op 30-6-2026:\n- opstellen van een plan\n- de huisartsen werken samen",
        "Op 30-6-2026 is er zorg voor:\n- kinderen met astma\n- ouderen met diabetes",
        "Op 30-6-2026:\n- training van 12 huisartsen is gegeven\n- training van 5 teams is gegeven",
        "Op 30-6-2026 ondertekend door:\n• gemeente Oeverdam\n• huisartsen Noord",
        "Op 30-6-2026 zijn opgeleverd:\n1. ondertekende notitie\n2. vastgesteld rooster",
    ],
}

CASES = [
    pytest.param(code, text, fires, id=f"{code}-{'fires' if fires else 'silent'}-{number}")
    for fires, table in ((True, FIRES), (False, SILENT))
    for code, texts in table.items()
    for number, text in enumerate(texts)
]


def found(head: tuple[str, ...], *rows: tuple[str, ...]) -> set[tuple[str, str]]:
    """Which text rules fire at which cells of a workbook with these rows."""
    example = Example(good=True, text="", lines=tuple(Line(cells, ()) for cells in (head, *rows)))
    return judged(build(example).data)


@cache
def judged(data: bytes) -> set[tuple[str, str]]:
    rules = tuple(rule for rule in RULESET.rules if rule.code in TEXT_RULES)
    report = judge(read(data), replace(RULESET, rules=rules))
    assert report.failure is None
    return {(one.rule, one.cell) for one in report.findings}


@pytest.mark.parametrize(("code", "text", "fires"), CASES)
def test_a_sentence(code: str, text: str, *, fires: bool) -> None:
    field = FIELD.get(code, SMART)
    kind = RESULT if code in ("S106", "S107", "S108") else "Inspanningsverplichting"
    rules = {rule for rule, _ in found((field, TYPE), (text, kind))}
    assert (code in rules) is fires


def test_every_rule_has_sentences_on_both_sides() -> None:
    for table in (FIRES, SILENT):
        assert {code for code, texts in table.items() if len(texts) >= 8} == TEXT_RULES - {
            *("N104", "N105", "S101")
        }


SECTION_CASES = [
    ("(2) WIJKTEAMS", "Wijkteam - Scholing - KPI 3.1", True),
    ("(2) WIJKTEAMS", "Startbijdrage KPI 3.0", True),
    ("(1) ALGEMEEN", "Wijkteam - Scholing - KPI 2.10", True),
    ("(10) ALGEMEEN", "Wijkteam - Scholing - KPI 1.1", True),
    ("(3) Wijkteams van de regio", "Wijkteam - Scholing - KPI 33.1", True),
    ("(4) WIJKTEAMS", "Scholing KPI 3.4", True),
    ("(5) WIJKTEAMS", "Wijkteam - Scholing - KPI 6.2a", True),
    ("(7) WIJKTEAMS", "Wijkteam - Scholing - KPI 1.7", True),
    ("(2) WIJKTEAMS", "Wijkteam - Scholing - KPI 2.1", False),
    ("(2) WIJKTEAMS", "Startbijdrage KPI 2.0", False),
    ("(10) ALGEMEEN", "Wijkteam - Scholing - KPI 10.1", False),
    ("(2) WIJKTEAMS", "Wijkteam - Scholing - KPI 2.12", False),
    ("(2) WIJKTEAMS", "Wijkteam - Scholing - KPI 3", False),
    ("(2) WIJKTEAMS", "Wijkteam - Scholing - KPI 1a", False),
    ("(2) WIJKTEAMS", "Wijkteam - Scholing - KPI 3.X", False),
    ("(02) WIJKTEAMS", "Wijkteam - Scholing - KPI 2.3", False),
]


@pytest.mark.parametrize(("title", "name", "fires"), SECTION_CASES)
def test_a_number_under_its_section(title: str, name: str, *, fires: bool) -> None:
    cells = found((NAME, DATE, TYPE), (title, "", ""), (name, "30-6-2026", "Inspanningsverplichting"))
    assert (("N104", "A3") in cells) is fires


PLAN = (
    ("Wijkteam - Scholing - KPI 1", "30-6-2026"),
    ("Wijkteam - Werkwijze - KPI 2", "31-12-2026"),
    ("Zorgpad - Bouwen - KPI 1", "30-6-2027"),
    ("Zorgpad - Meten - KPI 3", "31-12-2027"),
)
DOTTED = (
    ("Wijkteam - Scholing - KPI 1.1", "30-6-2026"),
    ("Wijkteam - Werkwijze - KPI 1.2", "31-12-2026"),
    ("Zorgpad - Bouwen - KPI 2.1", "30-6-2027"),
    ("Zorgpad - Meten - KPI 2.2", "31-12-2027"),
)
REFERENCES = [
    (PLAN, 1, "Eind 2026 werken 5 teams volgens KPI 9.", True),
    (PLAN, 1, "Eind 2026 werken 5 teams volgens mijlpaal 9.", True),
    (PLAN, 1, "Eind 2026 werken 5 teams volgens KPI's 1 en 7.", True),
    (PLAN, 0, "Op 30-6-2026 werken 5 teams volgens KPI 2.", True),
    (PLAN, 0, "Op 30-6-2026 werken 5 teams volgens de zorgpaden van KPI 3.", True),
    (DOTTED, 0, "Op 30-6-2026 is het programma klaar dat in KPI 2.2 wordt gemeten.", True),
    (DOTTED, 3, "Eind 2027 werken 5 teams volgens KPI 2.3.", True),
    (DOTTED, 3, "Eind 2027 werken 5 teams volgens KPI 11.", True),
    (DOTTED, 1, "Eind 2026 werken 5 teams volgens KPI 1.1 en 1.9.", True),
    (PLAN, 1, "Eind 2026 werken 5 teams volgens KPI 1.", False),
    (PLAN, 0, "KPI 1: 1a en 1b zijn beide behaald op 30-6-2026.", False),
    (PLAN, 3, "Eind 2027 is KPI 2 van Wijkteam in 5 zorgpaden verwerkt.", False),
    (PLAN, 1, "Eind 2026 sluiten 5 teams aan op het Zorgpad (KPI 1).", False),
    (PLAN, 2, "Op 30-6-2027 zijn 5 zorgpaden gebouwd volgens KPI 2.", False),
    (PLAN, 1, "Eind 2026 zijn 5 van de 9 KPI's van het programma gemeten.", False),
    (DOTTED, 0, "Op 30-6-2026 is de basis gelegd voor KPI 2.", False),
    (DOTTED, 2, "Op 30-6-2027 zijn 5 zorgpaden gebouwd na KPI 1.1 t/m 1.2.", False),
    (DOTTED, 3, "Eind 2027 is 10% gedaald zoals bedoeld in KPI 2.2.", False),
    ((*PLAN[:3], ("Zorgpad - Meten", "31-12-2027")), 1, "Eind 2026 werken 5 teams volgens KPI 9.", False),
]


@pytest.mark.parametrize(("plan", "nth", "text", "fires"), REFERENCES)
def test_a_reference(plan: tuple[tuple[str, str], ...], nth: int, text: str, *, fires: bool) -> None:
    plain = "Uiterlijk op deze datum van 2026 werken 5 teams samen."
    rows = [(name, day, text if nth == row else plain) for row, (name, day) in enumerate(plan)]
    cells = {cell for rule, cell in found((NAME, DATE, SMART), *rows) if rule == "N105"}
    assert cells == ({f"B{nth + 2}"} if fires else set())


def test_a_later_milestone_may_be_named_where_costs_are_explained() -> None:
    rows = [(name, day, "- Projectleider, zie ook KPI 2.2: € 1000") for name, day in DOTTED]
    assert not {cell for rule, cell in found((NAME, DATE, EXPLANATION), *rows) if rule == "N105"}


def test_a_vague_term_is_found_where_it_is_used_first() -> None:
    texts = [
        "Op 30-6-2026 hebben 40 kwetsbare ouderen een zorgplan.",
        "Op 30-6-2026 hebben 80 kwetsbare ouderen passende zorg.",
        "Op 30-6-2026 hebben 90 kwetsbare ouderen passende zorg.",
    ]
    cells = found((SMART,), *((text,) for text in texts))
    assert {cell for rule, cell in cells if rule == "S105"} == {"B2", "B3"}


@pytest.mark.parametrize("field", [SMART, EVIDENCE, EXPLANATION])
def test_a_definition_anywhere_in_the_plan_will_do(field: str) -> None:
    used = "Op 30-6-2026 hebben 40 kwetsbare ouderen een zorgplan."
    defined = "Onder kwetsbare ouderen wordt verstaan: 75-plussers met twee aandoeningen in 2026."
    rows = [(used,), (defined,)] if field == SMART else [(used, "Lijst van namen"), (used, defined)]
    cells = found((SMART,) if field == SMART else (SMART, field), *rows)
    assert not {cell for rule, cell in cells if rule == "S105"}


ONE_CAUSE = [
    (NAME, "", "Inspanningsverplichting", set()),
    (NAME, "Wijkzorg - Spreekuur - KPI 2.X", "Inspanningsverplichting", {"N103"}),
    (NAME, "Wijkzorg - Spreekuur - KPI XX", "Inspanningsverplichting", {"N103"}),
    (NAME, "[naam van de mijlpaal]", "Inspanningsverplichting", {"S101"}),
    (SMART, "", RESULT, set()),
    (SMART, "[omschrijving van de mijlpaal]", RESULT, {"S101"}),
    (SMART, "Op [datum] is er xx% daling.", RESULT, {"S101"}),
    (SMART, "Nog aan te vullen", RESULT, {"S102"}),
    (SMART, "n.t.b.", RESULT, {"S102"}),
    (SMART, "In 2026 is er [aantal]% afname in maximaal 10 wijken.", RESULT, {"S101"}),
    (EVIDENCE, "", "Inspanningsverplichting", set()),
    (EVIDENCE, "[document]", "Inspanningsverplichting", {"S101"}),
    (EVIDENCE, "Nog te bepalen", "Inspanningsverplichting", {"S102"}),
    (EVIDENCE, "Notitie", "Inspanningsverplichting", {"S112"}),
]


@pytest.mark.parametrize(("field", "text", "kind", "expected"), ONE_CAUSE)
def test_one_cause_gives_one_finding(field: str, text: str, kind: str, expected: set[str]) -> None:
    other = {} if field == SMART else {SMART: "In 2026 hebben 40 inwoners de training afgerond."}
    cells = {field: text, TYPE: kind, **other}
    assert {rule for rule, _ in found(tuple(cells), tuple(cells.values()))} == expected


def test_the_good_sample_has_no_finding(tmp_path: Path) -> None:
    path = write_plan(tmp_path / "goed-plan.xlsx", load_plan("goed-plan"))
    assert judged(path.read_bytes()) == set()


@pytest.mark.skipif(not SHARED.is_file(), reason="the transcription does not stand beside the checkout")
def test_the_published_plan_has_what_a_reviewer_reports_on_it(tmp_path: Path) -> None:
    data = mlw_from_shared(SHARED, tmp_path / "plan.xlsx").read_bytes()
    places = {row.label.rpartition(" ")[2]: row.row for row in read(data).payments}
    assert judged(data) == {
        ("S102", f"A{places['1.1'] - 1}"),
        ("N101", f"A{places['3.0']}"),
        ("N104", f"A{places['3.0']}"),
        ("S111", f"B{places['2.1']}"),
        ("N101", f"A{places['4.0']}"),
        ("S110", f"B{places['4.2']}"),
        ("S106", f"B{places['4.3']}"),
        ("S108", f"B{places['4.3']}"),
        ("S102", f"E{places['4.3']}"),
    }


def test_an_effort_due_in_a_quarter_is_named_once() -> None:
    table = (
        "| SMART omschrijving | (streef)datum | Resultaat- of inspanningsverplichting |\n"
        "| In Q4 2026 is het plan van aanpak vastgesteld door alle partners. | 30-6-2026 | Inspanning |"
    )
    (example,) = examples(f"Een voorbeeld.\n\nBad:\n    {table.replace(chr(10), chr(10) + '    ')}")
    built = build(example)
    found = judge(built.stated.added_to(read(built.data)), RULESET).findings
    assert [one.rule for one in found if one.rule in ("D102", "D103")] == ["D102"]
