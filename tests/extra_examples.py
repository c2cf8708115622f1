"""Examples beside those of the docstrings: edges and rare shapes that would make a rule page long.

Same tables (CONTRIBUTING.md, "The tables of Bad and Good"), same tests; nothing here reaches a reader.
"""
# ruff: noqa: E501 - a table is as wide as its columns

from __future__ import annotations

from kpicheck.examples import Example, examples
from kpicheck.registry import checks


def all_examples(code: str) -> list[Example]:
    """The examples of a check's docstring, then the extra ones."""
    return [one for text in (checks()[code].doc, EXTRA.get(code, "")) for one in examples(text)]


EXTRA = {
    "A103": """
Bad:
    | (totaal)Bedrag | Zorghuis Noord 01234567 |
    | 0              | 0                       | <- (totaal)Bedrag
""",
    "A104": """
Bad:
    | Naam                     | (totaal)Bedrag         | Zorghuis Noord 01234567 |
    | (1) WIJKZORG             | 5000,50                |                         | <- (totaal)Bedrag
    | Wijkzorg - Start - KPI 1 | 5000                   | 5000                    |
Bad:
    | (totaal)Bedrag            | Zorghuis Noord 01234567 | Zorghuis Zuid 07654321 |
    | =SUM(I2:J2) -> 5000,50    | 4000,50                 | 1000                   | <- Zorghuis Noord 01234567
    | =SUM(I3:J3) -> 5000,50    | 5000                    | =0,5 -> 0,50           | <- Zorghuis Zuid 07654321
    | =10001/2 -> 5000,50       | 5000                    |                        | <- (totaal)Bedrag
    | 5000,50                   | 5000,50                 |                        | <- (totaal)Bedrag; Zorghuis Noord 01234567
Bad:
    [boven]
    | KPI's                   | Aantal | Budget | Budget inspanning | Budget resultaat | Procent |
    | Inspanningsverplichting | 1      | 7000   | 7000,50           | 0,40             | 70,6%   | <- 7000,50
    | Resultaatverplichting   | 1      | 3000   | 0                 | 3000             | 30%     |
    [Mijlpalen]
    | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | Inspanningsverplichting               | 7000           |
    | Resultaatsverplichting                | 3000           |
""",
    "A201": """
Bad:
    | (totaal)Bedrag | Zorghuis Noord 01234567 |
    | 5000           |                         | <- (totaal)Bedrag
Bad:
    | (totaal)Bedrag | Zorghuis Noord 01234567 |
    | 5000           | 5000                    |
    | 5000           | 4999,995                | <- (totaal)Bedrag
    | 5000           | 4999,996                |
Bad:
    --without-column Controle cel
    | (totaal)Bedrag       | Zorghuis Noord 01234567      | Zorghuis Zuid 07654321       | Zorghuis West 12345678       |
    | =SUM(H2:J2) -> 10000 | =10000/3 -> 3333,33333333333 | =10000/3 -> 3333,33333333333 | =10000/3 -> 3333,33333333333 |
    | =SUM(H3:J3) -> 10000 | =10000/3 -> 3333,33333333333 | =10000/3 -> 3333,33333333333 | =10000/3 -> 3333,33333333333 |
    | 10000                | 3000                         | 3000                         | 3000                         | <- (totaal)Bedrag
Good:
    | (totaal)Bedrag       | Zorghuis Noord 01234567      | Zorghuis Zuid 07654321       | Zorghuis West 12345678       | Loonkosten |
    | =SUM(I2:K2) -> 10000 | =10000/3 -> 3333,33333333333 | =10000/3 -> 3333,33333333333 | =10000/3 -> 3333,33333333333 | 500        |
Good:
    | (totaal)Bedrag       | Zorghuis Noord 01234567      | Zorghuis Zuid 07654321       | Zorghuis West 12345678       |
    | =SUM(I2:K2) -> 10000 | =10000/3 -> 3333,33333333333 | =10000/3 -> 3333,33333333333 | =10000/3 -> 3333,33333333333 |
    | 10000                | =10000/3 ->                  | =10000/3 ->                  | =10000/3 ->                  |
""",
    "A202": """
Bad:
    [Algemene gegevens]
    | Naam TransformatiePlan | Samen Gezond |
    | Gegevens indiener      | Zorghuis Noord |
    | Aangevraagd bedrag     | 10001 |
    [Mijlpalen]
    | (totaal)Bedrag | <- (totaal)Bedrag
    | 10000          |
Good:
    --requested 10000
    | Naam                     | (totaal)Bedrag   |
    | Startbijdrage KPI 1.0    | 500              |
    | Wijkzorg - Start - KPI 1 | 3333,33333333333 |
    | Wijkzorg - Start - KPI 2 | 3333,33333333333 |
    | Wijkzorg - Start - KPI 3 | 3333,33333333333 |
""",
    "A203": """
Bad:
    | Naam                     | (totaal)Bedrag |
    | (1) WIJKZORG             | 10000,005      | <- (totaal)Bedrag
    | Wijkzorg - Start - KPI 1 | 10000          |
    | (2) ZELFZORG             | 10000,004      |
    | Zelfzorg - Start - KPI 1 | 10000          |
""",
    "A204": """
Bad:
    [boven]
    | Onderdeel    | Aantal | Budget | Procent | Budget inspanning | Procent | Budget resultaat | Procent | Norm |
    | (1) WIJKZORG | 2      | 10000  | 49,5%   | 7002              | 70%     | 3000             | 30,6%   | 70%  | <- 10000; 7002; 30,6%
    | (2) ZELFZORG | 3      | 10001  | 50%     | 9999              | 100%    |                  | 0%      | 30%  | <- 3; 10001
    | (3) RESERVE  | 4      | 0      |         | 0                 |         | 0                |         |      | <- 4
    | Totaal       | 9      | 20001  | 100%    | 17001             | 84,4%   | 3000             | 15%     |      | <- 9; 84,4%
    [Mijlpalen]
    | Naam                     | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | (1) WIJKZORG             |                                       |                |
    | Startbijdrage KPI 1.0    |                                       | 500            |
    | Wijkzorg - Start - KPI 1 | Inspanningsverplichting               | 7000           |
    | Wijkzorg - Start - KPI 2 | Resultaatsverplichting                | 3000           |
    | (2) ZELFZORG             |                                       |                |
    | Zelfzorg - Start - KPI 1 | Inspanningsverplichting               | 10000          |
    | (3) RESERVE              |                                       |                |
Bad:
    [boven]
    | KPI's                   | Aantal | Budget | Procent | Onderdeel    | Aantal | Budget |
    | Inspanningsverplichting | 1      | 7000   | 71%     | (1) WIJKZORG | 2      | 10000  | <- 71%
    | Resultaatverplichting   | 1      | 3000   | 30%     | Totaal       | 2      | 10000  |
    [Mijlpalen]
    | Naam                     | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | (1) WIJKZORG             |                                       |                |
    | Wijkzorg - Start - KPI 1 | Inspanningsverplichting               | 7000           |
    | Wijkzorg - Start - KPI 2 | Resultaatsverplichting                | 3000           |
Bad:
    [boven]
    | KPI's                   | Aantal | Budget | Procent |
    | Inspanningsverplichting | 1      | 7000   | 35%     |
    | Resultaatverplichting   | 1      | 3000   | 15%     |
    | Totaal                  | 2      | 20000  | 100%    | <- 20000
    [Mijlpalen]
    | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | Inspanningsverplichting               | 7000           |
    | Resultaatsverplichting                | 3000           |
Bad:
    [boven]
    | KPI's                   | Aantal | Budget |
    | Inspanningsverplichting | 1      | 7000   |
    | Resultaatverplichting   | 1      | 3002   | <- 3002
    | Totaal                  | 2      | 10002  | <- 10002
    [Mijlpalen]
    | Naam                     | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | Startbijdrage KPI 1.0    |                                       | 500            |
    | Wijkzorg - Start - KPI 1 | Inspanningsverplichting               | 7000           |
    | Wijkzorg - Start - KPI 2 | Resultaatsverplichting                | 3000           |
Good:
    [boven]
    | KPI's                   | Aantal | Budget | Procent |
    | Inspanningsverplichting | 1      | 7000   | 70,5%   |
    | Resultaatverplichting   | 1      | n.t.b. |         |
    | Totaal                  | 2      | 10000  |         |
    [Mijlpalen]
    | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | Inspanningsverplichting               | 7000           |
    | Resultaatsverplichting                | 3000           |
Good:
    [boven]
    | KPI's                   | Aantal | Budget | Onderdeel    | Aantal | Budget inspanning |
    | Inspanningsverplichting | 1      | 7000   | (1) WIJKZORG | 2      | 7000              |
    | Resultaatverplichting   | 1      | 3000   | Totaal       | 2      | 7000              |
    | Totaal                  | 2      | 10000  |              |        |                   |
    [Mijlpalen]
    | Naam                     | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | (1) WIJKZORG             |                                       |                |
    | Wijkzorg - Start - KPI 1 | Inspanningsverplichting               | 7000           |
    | Wijkzorg - Start - KPI 2 | Resultaatsverplichting                | 3000           |
Good:
    [boven]
    | KPI's                   | Aantal | Budget | Budget inspanning |
    | Inspanningsverplichting | 1      | 7000   | 7000              |
    | Resultaatverplichting   | 1      | 3000   |                   |
    | Totaal                  | 2      | 10000  | 7000              |
    [Mijlpalen]
    | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | Inspanningsverplichting               | 7000           |
    | Resultaatsverplichting                | 3000           |
Bad:
    [Mijlpalen 2026]
    | KPI's                    | Aantal                   | Budget        |            |                |
    | Inspanningsverplichting  | 1                        | 1000          |            |                |
    | Resultaatverplichting    | 1                        | 0             |            |                | <- B
    | Totaal                   | 2                        | 1000          |            |                | <- 2
    | Naam                     | SMART omschrijving       | (streef)datum | Type       | (totaal)Bedrag |
    | Wijkzorg - Start - KPI 1 | Het wijkteam is opgezet. | 31-12-2027    | Inspanning | 1000           |
    [Mijlpalen]
    | Naam                     | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | Wijkzorg - Start - KPI 2 | Inspanningsverplichting               | 3000           |
    | Wijkzorg - Start - KPI 3 | Resultaatsverplichting                | 5000           |
""",
    "A205": """
Bad:
    | Naam                     | (totaal)Bedrag |
    | Startbijdrage KPI 1.0    | 500            |
    | Wijkzorg - Start - KPI 1 | 4000           |
    | Subtotaal wijkzorg       | 4501           | <- (totaal)Bedrag
    | Zelfzorg - Start - KPI 1 | 6000           |
    | Totaal                   | 9999           | <- (totaal)Bedrag
    | Overdracht - Af - KPI 1  | 2000           |
    | Totaal                   | 2000           |
Good:
    [Mijlpalen 2026]
    | Naam                     | SMART omschrijving       | (streef)datum | (totaal)Bedrag      |
    | (1) WIJKZORG             |                          |               |                     |
    | Wijkzorg - Start - KPI 1 | Het wijkteam is opgezet. | 31-12-2026    | 1000                |
    | Wijkzorg - Start - KPI 2 | Het wijkteam is bemand.  | 31-12-2026    | 2000                |
    | (2) ZELFZORG             |                          |               |                     |
    | Zelfzorg - Start - KPI 1 | De cursus is gemaakt.    | 31-12-2026    | 4000                |
    | Zelfzorg - Start - KPI 2 | De cursus is gegeven.    | 31-12-2026    | 5000                |
    |                          |                          |               | =SUM(D6:D7) -> 9000 |
    | Totaal                   |                          |               | 12000               |
    [Mijlpalen]
    | Naam                     | (totaal)Bedrag |
    | Overdracht - Af - KPI 1  | 3000           |
    | Totaal                   | 15000          |
Good:
    [Mijlpalen 2026]
    | Naam                     | SMART omschrijving       | (streef)datum | (totaal)Bedrag |
    | Wijkzorg - Start - KPI 1 | Het wijkteam is opgezet. | 31-12-2026    | 1000           |
    | Totaal                   |                          |               | 1000           |
    | Zelfzorg - Start - KPI 1 | De cursus is gemaakt.    | 31-12-2026    | 4000           |
    | Subtotaal                |                          |               | 4000           |
    | Zelfzorg - Start - KPI 2 | De cursus is gegeven.    | 31-12-2026    | 5000           |
    | Totaal                   |                          |               | 9000           |
    [Mijlpalen]
    | Naam                     | (totaal)Bedrag |
    | Overdracht - Af - KPI 1  | 300            |
    | Overdracht - Af - KPI 2  | 300            |
    | Overdracht - Af - KPI 3  | 300            |
    | Overdracht - Af - KPI 4  | 300            |
    | Overdracht - Af - KPI 5  | 300            |
    | Totaal                   | 1500           |
Good:
    | Naam                     | (totaal)Bedrag |
    | Wijkzorg - Start - KPI 1 | 4000           |
    | Wijkzorg - Start - KPI 2 | "€ xxx"        |
    | Totaal                   | 4000           |
Good:
    | Naam                                                  | (totaal)Bedrag |
    | Fase 1 - Digitale onboarding nieuwe patiënten - KPI 1 | 1000           |
    | Wijkzorg - Start - KPI 1                              | 4000           |
    | Totaal                                                | 5000           |
Good:
    [Mijlpalen 2026]
    | Naam                     | SMART omschrijving       | (streef)datum | (totaal)Bedrag | Gemeente Oever | Gemeente Oever | Zorghuis Noord 01234567 |
    | Wijkzorg - Start - KPI 1 | Het wijkteam is opgezet. | 31-12-2026    | 4000           | 1000           | 3000           |                         |
    | Wijkzorg - Start - KPI 2 | Het wijkteam is bemand.  | 31-12-2026    | 6000           | 4000           | 1000           | 1000                    |
    | Totaal                   |                          |               | 10000          | 5000           | 4000           | 1000                    |
    [Mijlpalen]
    | Naam                     | (totaal)Bedrag | Zorghuis Noord 01234567 |
    | Overdracht - Af - KPI 1  | 3000           | 3000                    |
    | Totaal                   | 13000          | 4000                    |
Good:
    [Hulpdocument]
    | Nr     | KPI (smart omschrijving)              | Deliverable | Geplande opleveringsdatum | Type KPI   | Gekoppeld aan uitbetaling (ja/nee) incl. totaal bedrag | Verdeling bedrag per deelnemer             |
    | 1      | Op 31-12-2026 volgen 40 inwoners les. | Verslag     | 31-12-2026                | Resultaat  | Ja, € 10.000                                           | Indiener 1: € 4.000; Indiener 2: € 6.000  |
    | 2      | Op 31-12-2027 volgen 80 inwoners les. | Verslag     | 31-12-2027                | Inspanning | Ja, € 10.000                                           | Indiener 1: € 4.000; Indiener 2: € 6.000  |
    | Totaal |                                       |             |                           |            | € 20.000                                               | Indiener 1: € 8.000; Indiener 2: € 12.000 |
""",
    "A206": """
Bad:
    | Naam                     | (totaal)Bedrag | <- (totaal)Bedrag
    | (1) ALGEMEEN             | 4500           |
    | Startbijdrage KPI 1.0    | 500            |
    | Algemeen - Start - KPI 1 | 4000           |
    | (2) WIJKZORG             | 6001           |
    | Startbijdrage KPI 2.0    | 500            |
    | Wijkzorg - Start - KPI 1 | 6000           |
Good:
    | Naam                     | (totaal)Bedrag |
    | (1) ALGEMEEN             | 4500           |
    | Startbijdrage KPI 1.0    | 500            |
    | Algemeen - Start - KPI 1 | 4000           |
    | (2) WIJKZORG             | 5999           |
    | Startbijdrage KPI 2.0    | 1              |
    | Wijkzorg - Start - KPI 1 | 6000           |
""",
    "A207": """
Bad:
    --max-total 10000
    | (totaal)Bedrag | <- (totaal)Bedrag
    | 10000,005      |
Good:
    --max-total 10000
    | (totaal)Bedrag |
    | 10000,004      |
""",
    "A301": """
Bad:
    | (totaal)Bedrag | Toelichting bedrag. |
    | 1              |                     | <- Toelichting bedrag.
    | 5000           | - Trainer: € 5.000  |
""",
    "D105": """
Bad:
    [Mijlpalen 2026]
    | Naam                     | SMART omschrijving             | (streef)datum | (totaal)Bedrag |
    | (1) WIJKZORG             |                                |               |                |
    | Wijkzorg - Start - KPI 1 | Het wijkteam is opgezet.       | 31-12-2027    | 1000           |
    |                          |                                |               |                |
    | Naam                     | SMART omschrijving             | (streef)datum | (totaal)Bedrag |
    | Zelfzorg - Start - KPI 1 | De training is gegeven.        | 31-12-2026    | 1000           |
    | Zelfzorg - Start - KPI 2 | De training is weer gegeven.   | 30-6-2026     | 1000           | <- 30-6-2026
    [Mijlpalen]
    | Naam                     | (streef)datum |
    | Overdracht - Af - KPI 1  | 31-3-2026     |
""",
    "E101": """
Bad:
    | Resultaat- of inspanningsverplichting | (totaal)Bedrag | <- Resultaat- of inspanningsverplichting
    | Inspanningsverplichting               | 1              |
Good:
    --without-column Resultaat- of inspanningsverplichting
    | (totaal)Bedrag |
    | 5000           |
Good:
    | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | Inspanningsverplichting               | 7000,001       |
    | Resultaatsverplichting                | 3000           |
""",
    "E104": """
Bad:
    | (streef)datum | Resultaat- of inspanningsverplichting | (totaal)Bedrag | <- Resultaat- of inspanningsverplichting
    | 1-1-2026      | Resultaatsverplichting                | 1              |
    | 1-1-2026      | Inspanningsverplichting               | 1              |
    | 31-12-2027    | Resultaatsverplichting                | 0              |
    | 31-12-2027    | Inspanningsverplichting               | 1              |
Good:
    | (streef)datum | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | 1-1-2026      | Resultaatsverplichting                | 3000           |
    | 1-1-2026      | Inspanningsverplichting               | 7000           |
    | 2-1-2026      | Inspanningsverplichting               | 7000           |
    | 3-1-2026      | Resultaatsverplichting                | 3000           |
    | 3-1-2026      | Inspanningsverplichting               | 7000           |
Good:
    | (streef)datum | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | 1-1-2026      | Inspanningsverplichting               | 7000           |
    | 2-1-2026      | Resultaatsverplichting                | 3000           |
    | 3-1-2026      | Inspanningsverplichting               | 7000           |
Good:
    | (streef)datum | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | 1-1-2026      | Resultaatsverplichting                | 0              |
    | 31-12-2027    | Inspanningsverplichting               | 5000           |
""",
    "F107": """
Good:
    --without-column SMART omschrijving; (streef)datum; Resultaat- of inspanningsverplichting; Bewijsvoering
    | Naam                     | (totaal)Bedrag |
    | Wijkteam - Start - KPI 1 | 12000          |
Bad:
    --without-column Bewijsvoering
    | Naam                  | SMART omschrijving | (streef)datum | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | Startbijdrage KPI 1.0 |                    |               |                                       | "€ xxx"        | <- Naam
""",
    "G104": """
Bad:
    [Algemene gegevens]
    | Naam TransformatiePlan | Samen Gezond | <- A
    | Gegevens indiener | Zorghuis Noord, J. de Vries |
Good:
    [Algemene gegevens]
    | Naam TransformatiePlan | Samen Gezond |
    | Wordt er gewerkt met een kassiersfunctie? | #VERW! |
""",
    "G105": """
Bad:
    [Algemene gegevens]
    | Naam TransformatiePlan | Samen Gezond |
    | Wordt er gewerkt met een kassiersfunctie? | ja | <- B
    [Mijlpalen]
    | (totaal)Bedrag | Kassier Zorghuis Noord 01234567 |
    | 5000           | 5000                            |
Bad:
    [Algemene gegevens]
    | Naam TransformatiePlan | Samen Gezond |
    | Wordt er gewerkt met een kassiersfunctie? | ja - Zorghuis Noord | <- B
    [Mijlpalen]
    | (totaal)Bedrag | Kassier Zorghuis Noord 01234567 | Zorghuis Zuid 07654321 |
    | 5000           |                                 | 5000                   |
Good:
    [Algemene gegevens]
    | Naam TransformatiePlan | Samen Gezond |
    | Wordt er gewerkt met een kassiersfunctie? | nee |
    [Mijlpalen]
    | (totaal)Bedrag | Kassier Zorghuis Noord 01234567 | Zorghuis Zuid 07654321 |
    | 5000           |                                 | 5000                   |
Good:
    [Algemene gegevens]
    | Naam TransformatiePlan | Samen Gezond |
    | Wordt er gewerkt met een kassiersfunctie? | ja - Zorghuis Noord |
    [Mijlpalen]
    | Naam                                                  | (totaal)Bedrag | Kassier Zorghuis Noord 01234567 |
    | Fase 1 - Digitale onboarding nieuwe patiënten - KPI 1 | 5000           |                                 |
""",
    "K104": """
Bad:
    | (totaal)Bedrag | Zorgaanbieder 1 01234567 | Zorgaanbieder 2 01234567 | Zorgaanbieder 3 + code | Zorgaanbieder 4 + code | <- Zorgaanbieder 2 01234567
    | 5000           | 3000                     | 2000                     |                        |                        |
Bad:
    [Hulpdocument]
    | Nr | KPI (smart omschrijving)              | Deliverable | Geplande opleveringsdatum | Type KPI  | Gekoppeld aan uitbetaling (ja/nee) incl. totaal bedrag | Verdeling bedrag per deelnemer |
    | 1  | Op 31-12-2026 volgen 40 inwoners les. | Verslag     | 31-12-2026                | Resultaat | Ja, € 9.000                                            | Noord 76543210: € 4.000; Zuid 76543210: € 3.000; West 76543210: € 2.000 | <- G
""",
    "K106": """
Bad:
    | (totaal)Bedrag | Zorghuis Noord 01234567 |
    | 5000           | 5000                    |
    | 1              |                         | <- (totaal)Bedrag
""",
    "K108": """
Bad:
    --party Zorghuis Oost=5000; Zorghuis West=4000
    | (totaal)Bedrag | Zorghuis Noord 01234567 | <- (totaal)Bedrag
    | 5000           | 5000                    |
Bad:
    --party 01234567=4999
    | (totaal)Bedrag | Zorghuis Noord 01234567 | <- Zorghuis Noord 01234567
    | 5000           | 5000                    |
Bad:
    --party-in Zorghuis Noord=Wijkteam; Zelfzorg
    | Naam                         | (totaal)Bedrag | Zorghuis Noord 01234567 | Zorghuis Zuid 07654321 |
    | Wijkteam - Opzetten - KPI 1  | 5000           | 5000                    |                        |
    | zelfzorg - Opzetten - KPI 1  | 5000           | 5000                    |                        |
    | Overdracht - Start - KPI 1   | 5000           | 4999                    | 1                      | <- Zorghuis Noord 01234567
    | Overdracht - Start - KPI 2   | 5000           | 0                       | 5000                   |
""",
    "N102": """
Good:
    | Naam                                    |
    | Wijkteam - Opzetten zonder nummer       |
    | Wijkteam - Scholing - KPI 2.X           |
    | Wijkteam - Evaluatie - KPI 2.X          |
Bad:
    [Hulpdocument]
    | Nr     | KPI (smart omschrijving)              | Deliverable | Geplande opleveringsdatum | Type KPI   | Gekoppeld aan uitbetaling (ja/nee) incl. totaal bedrag | Verdeling bedrag per deelnemer             |
    | 1      | Op 30-6-2026 volgen 40 inwoners les.  | Verslag     | 30-6-2026                 | Resultaat  | Ja, € 10.000                                           | Indiener 1: € 4.000; Indiener 2: € 6.000  |
    | 2      | Op 31-12-2026 volgen 80 inwoners les. | Verslag     | 31-12-2026                | Inspanning | Ja, € 10.000                                           | Indiener 1: € 4.000; Indiener 2: € 6.000  |
    | 2      | Op 31-12-2026 volgen 90 inwoners les. | Verslag     | 31-12-2026                | Resultaat  | Ja, € 10.000                                           | Indiener 1: € 4.000; Indiener 2: € 6.000  | <- A
    |        | Op 31-12-2026 volgen 95 inwoners les. | Verslag     | 31-12-2026                | Resultaat  | Ja, € 10.000                                           | Indiener 1: € 4.000; Indiener 2: € 6.000  |
    | 2      | Op 31-12-2027 volgen 99 inwoners les. | Verslag     | 31-12-2027                | Inspanning | Ja, € 10.000                                           | Indiener 1: € 4.000; Indiener 2: € 6.000  |
    | 3      | Eind van het plan volgt iedereen les. | Verslag     |                           | Inspanning | Ja, € 10.000                                           | Indiener 1: € 4.000; Indiener 2: € 6.000  |
""",
    "N104": """
Bad:
    | Naam                           | (streef)datum | Resultaat- of inspanningsverplichting |
    | (2) WIJKTEAMS                  |               |                                       |
    | Wijkteam - Scholing - KPI 3.1a | 30-6-2026     | Inspanningsverplichting               | <- Naam
""",
    "N105": """
Bad:
    | Naam                         | SMART omschrijving                                             | (streef)datum |
    | Wijkteam - Scholing - KPI 1  | Uiterlijk 30-6-2026 werken 5 teams volgens KPI 2.              | 30-6-2026     | <- SMART omschrijving
    | Wijkteam - Werkwijze - KPI 2 | Eind 2026 is de werkwijze van alle teams ingevoerd.            | 31-12-2026    |
    | Zorgpad - Bouwen - KPI 2     | Eind 2026 zijn 5 zorgpaden gebouwd.                            | 31-12-2026    |
Bad:
    | Naam                         | SMART omschrijving                                             | (streef)datum |
    | Startbijdrage wijkteam       | Uiterlijk 30-6-2026 is het geld er voor KPI 9.                 | 30-6-2026     | <- SMART omschrijving
    | Wijkteam - Werkwijze - KPI 2 | Eind 2026 is de werkwijze van alle teams ingevoerd.            | 31-12-2026    |
Good:
    | Naam                                  | SMART omschrijving                                                  | (streef)datum |
    | Wijkteam - Scholing voor KPI 2 - KPI 1 | Uiterlijk 30-6-2026 werken 5 teams volgens KPI 2 van het zorgpad.  | 30-6-2026     |
    | Wijkteam - Werkwijze - KPI 2          | Eind 2026 is de werkwijze van alle teams ingevoerd.                 | 31-12-2026    |
    | Zorgpad - Bouwen - KPI 2              | Op 31-3-2026 zijn 5 zorgpaden gebouwd.                              | 31-3-2026     |
Good:
    | Naam                         | SMART omschrijving                                             | (streef)datum | Toelichting bedrag.        |
    | Wijkteam - Scholing - KPI 1  | Uiterlijk 30-6-2026 werken 5 teams volgens KPI 2.1.            | 30-6-2026     | - Vooruitlopend op KPI 3: € 1 |
    | Wijkteam - Werkwijze - KPI 2.1 | Eind 2026 is de werkwijze van alle teams ingevoerd.          | 31-12-2026    |                            |
    | Zorgpad - Bouwen - KPI 2.1   | Eind 2026 zijn 5 zorgpaden gebouwd.                            | 31-12-2026    |                            |
    | Zorgpad - Bouwen - KPI 3     | Eind 2026 zijn weer 5 zorgpaden gebouwd.                       | 31-12-2026    |                            |
Good:
    | Naam                         | SMART omschrijving                                             | (streef)datum |
    | Wijkteam - Scholing          | Uiterlijk 30-6-2026 werken 5 teams volgens KPI 9.              | 30-6-2026     |
    | Wijkteam - Werkwijze - KPI 2 | Eind 2026 is de werkwijze van alle teams ingevoerd.            | 31-12-2026    |
""",
    "P101": """
Good:
    [Begroting]
    | Jaar | Begroting |
    | 2026 | 5000      |
    | 2027 | 5000      |
    [Mijlpalen]
    | (streef)datum | (totaal)Bedrag   |
    | 30-6-2026     | 1666,66666666667 |
    | 30-7-2026     | 1666,66666666667 |
    | 30-8-2026     | 1666,66666666667 |
    |               | 4000             |
    |               | 1000             |
Good:
    [Begroting]
    | Jaar | Begroting |
    | 2026 | 10000     |
    [Mijlpalen]
    | (streef)datum | (totaal)Bedrag |
    | 30-6-2026     | 5000           |
    |               | 4000           |
    |               | 1000           |
""",
    "P102": """
Bad:
    | (streef)datum | Toelichting bedrag.                                               |
    | 31-12-2026    | - Voorfinanciering platform: € 4.000; - Projectleider (2027): € 1 | <- Toelichting bedrag.
""",
    "P104": """
Bad:
    | (streef)datum | (totaal)Bedrag | <- (streef)datum
    | 30-6-2026     | 5000           |
    | 7-7-2026      | 0              |
    | 30-8-2026     | 5000           |
    | 31-8-2026     | 5000           |
    | 30-9-2026     | 5000           |
    | 30-6-2028     | 5000           |
    | 30-6-2028     | 0              |
""",
    "P107": """
Bad:
    --requested 10500
    [Begroting]
    | Jaar | Begroting |
    | 2026 | 10502     |
    [Mijlpalen]
    | Naam                     | (streef)datum | (totaal)Bedrag | <- (streef)datum
    | Startbijdrage KPI 1.0    |               | 500            |
    | Wijkzorg - Start - KPI 1 | 30-6-2026     | 9000           |
Bad:
    [Begroting]
    | Jaar | Begroting |
    | 2026 | 10502     |
    [Mijlpalen]
    | Naam                     | (streef)datum | (totaal)Bedrag | <- (streef)datum
    | Startbijdrage KPI 1.0    |               | 500            |
    | Wijkzorg - Start - KPI 1 | 30-6-2026     | 9000           |
""",
    "P108": """
Good:
    --start 1-1-2026 --end 30-12-2027
    | (streef)datum |
    | 31-12-2026    |
    | 30-6-2027     |
""",
    "P109": """
Bad:
    --start 1-1-2026 --end 31-12-2028
    | (streef)datum | <- (streef)datum
    | 30-6-2026     |
    | 1-7-2027      |
""",
    "S101": """
Good:
    | Naam                         |
    | Wijkteam - Scholing - KPI XX |
""",
    "S102": """
Good:
    | SMART omschrijving                                             |
    | Uiterlijk 30-6-2026 werken 5 teams op [locatie nog te bepalen]. |
""",
    "S103": """
Bad:
    | SMART omschrijving                                      |
    | • wijkteam op sterkte • werkwijze gereed • budget klaar | <- SMART omschrijving
    | • wijkteam op sterkte • nieuwe werkwijze ingevoerd      | <- SMART omschrijving
Good:
    | SMART omschrijving     |
    | Locatie nog te bepalen |
    | [aantal] inwoners      |
""",
    "T102": """
Bad:
    [Algemene gegevens]
    | Naam TransformatiePlan                    | Samen Gezond |
    | Gegevens indiener                         | #VERW!       | <- B
    | Wordt er gewerkt met een kassiersfunctie? | #N/B         | <- B
    [boven]
    | KPI's                   | Aantal | Budget |
    | Inspanningsverplichting | 1      | #NAAM? | <- #NAAM?
    | Resultaatverplichting   | 1      | 3000   |
    [Mijlpalen]
    | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | Inspanningsverplichting               | 7000           |
    | Resultaatsverplichting                | 3000           |
""",
    "T103": """
Bad:
    [boven]
    | KPI's                   | Aantal | Budget                     |
    | Inspanningsverplichting | 1      | =VLOOKUP("a",Z1:Z9,1,0) -> | <- C
    | Resultaatverplichting   | 1      | 3000                       |
    [Mijlpalen]
    | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
    | Inspanningsverplichting               | 7000           |
    | Resultaatsverplichting                | 3000           |
Bad:
    | (totaal)Bedrag | Zorghuis Noord 01234567    |
    | =SUM(I2:I2) -> | =VLOOKUP("a",Z1:Z9,1,0) -> | <- Zorghuis Noord 01234567
    | =I2 ->         | 5000                       | <- (totaal)Bedrag
""",
    "T104": """
Good:
    --without-column Controle cel
    | (totaal)Bedrag | Zorghuis Noord 01234567 |
    |                | 5000                    |
""",
    "T105": """
Good:
    | (totaal)Bedrag | Controle cel                | Zorghuis Noord 01234567 |
    | 5000           |                             | 4999                    |
    | 5000           | #VERW!                      | 4999                    |
    | 5000           | =VLOOKUP("a",Z1:Z9,1,0) ->  | 4999                    |
Good:
    | (totaal)Bedrag       | Controle cel                                                                               | Zorghuis Noord 01234567      | Zorghuis Zuid 07654321       | Zorghuis West 12345678       |
    | =SUM(I2:K2) -> 10000 | Bedragen komen overeen                                                                     | =10000/3 -> 3333,33333333333 | =10000/3 -> 3333,33333333333 | =10000/3 -> 3333,33333333333 |
    | 10000                | =IF(F3=SUM(I3:K3),"Bedragen komen overeen","Bedragen komen niet overeen") ->               | =10000/3 ->                  | =10000/3 ->                  | =10000/3 ->                  |
""",
    "T110": """
Bad:
    [Mijlpalen concept]
    | Naam                     | SMART omschrijving       | (streef)datum | (totaal)Bedrag | <- A
    | Wijkzorg - Start - KPI 1 | Het wijkteam is opgezet. | 31-12-2027    | 1000           |
""",
    "T111": """
Good:
    | (totaal)Bedrag       | Zorghuis Noord 01234567      | Zorghuis Zuid 07654321       | Zorghuis West 12345678       |
    | =SUM(I2:K2) -> 10000 | =10000/3 -> 3333,33333333333 | =10000/3 -> 3333,33333333333 | =10000/3 -> 3333,33333333333 |
""",
}
