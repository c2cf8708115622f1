"""N: names and numbers of milestones, and what refers to them."""

from kpicheck.dutch.naming import (
    has_kpi_number,
    is_kpi_number,
    is_part_of,
    open_number,
    parts,
    without_open_number,
)
from kpicheck.dutch.placeholders import placeholders
from kpicheck.dutch.wording import kpi_references
from kpicheck.finding import Problem, Problems
from kpicheck.model import Kpi, Payment, Plan, Section, Text
from kpicheck.registry import check


@check("N101", per=Payment)
def name_structure(name: str, *, min_parts: int) -> Problems:
    """A name is built up as DEELPROJECT - verdieping - KPI n, so that others can refer to it.

    Bad:
        | Naam                                |
        | Spreekuur gestart - KPI 1           | <- Naam
        | Wijkteam - Spreekuur gestart        | <- Naam
        | KPI 3 - Wijkteam - Scholing         | <- Naam
        | Startbijdrage KPI 4.0               | <- Naam
    Good:
        | Naam                                |
        | Wijk-zorg - Spreekuur - KPI 1       |
        | Wijkteam – Huisartsen-post – KPI 1a |
        | Wijkteam - Scholing - KPI 1.2       |
    """
    if placeholders(without_open_number(name)):
        return
    found = parts(name)
    if not has_kpi_number(name):
        yield Problem("name", kind="number-missing", typed=name, parts=len(found))
    elif len(found) < min_parts:
        yield Problem("name", kind="part-missing", typed=name, parts=len(found))
    elif not is_kpi_number(found[-1]):
        yield Problem("name", kind="number-not-last", typed=name, parts=len(found))


@check("N102", per=Plan)
def kpi_number_duplicate(plan: Plan) -> Problems:
    """Two milestones carry the same name or number; a plain number only has to be unique in its subproject.

    Bad:
        | Naam                          |
        | Wijkteam - Opzetten - KPI 1   |
        | Wijkteam - Opleiden - KPI 1   | <- Naam
        | Zorgpad - Bouwen - KPI 2.1    |
        | Monitor - Meten - KPI 2.1     | <- Naam
    Good:
        | Naam                          |
        | Wijkteam - Opzetten - KPI 1   |
        | Zorgpad - Bouwen - KPI 1      |
        | Zorgpad - Meten - KPI 1.1     |
    """
    seen: dict[tuple[str, ...], Kpi] = {}
    for row in plan.kpis:
        keys = _keys(row)
        earlier = next((seen[key] for key in keys if key in seen), None)
        if earlier is not None:
            yield Problem(
                row.name, on=row, related=(earlier.name,), number=row.number or "", earlier=earlier.label
            )
        for key in keys:
            seen.setdefault(key, row)


def _keys(row: Kpi) -> list[tuple[str, ...]]:
    """What must be unique about a milestone: its full name, and its number in the plan or the subproject."""
    if row.name.value is None:
        return []
    keys: list[tuple[str, ...]] = [("name", " ".join(row.name.value.casefold().split()))]
    if row.number is not None and not open_number(row.name.value):
        number = row.number.casefold()
        keys.append(("number", number) if "." in number else ("in", row.subproject, number))
    return keys


@check("N103", per=Payment)
def kpi_number_invalid(name: str) -> Problems:
    """The KPI number is still a gap: nobody can refer to this milestone.

    Bad:
        | Naam                           |
        | Wijkteam - Scholing - KPI 2.X  | <- Naam
    Good:
        | Naam                           |
        | Wijkteam - Scholing - KPI 2.10 |
        | MDT-X - Scholing - KPI 2b      |
    """
    if number := open_number(name):
        yield Problem("name", number=number)


@check("N104", per=Payment)
def kpi_number_not_in_section(row: Payment, number: str, sections: tuple[Section, ...]) -> Problems:
    """A dotted number begins with the number of the section it stands in.

    Bad:
        | Naam                          | (streef)datum | Resultaat- of inspanningsverplichting |
        | (2) WIJKTEAMS                 |               |                                       |
        | Wijkteam - Scholing - KPI 3.1 | 30-6-2026     | Inspanningsverplichting               | <- Naam
    Good:
        | Naam                          | (streef)datum | Resultaat- of inspanningsverplichting |
        | (2) WIJKTEAMS                 |               |                                       |
        | Wijkteam - Scholing - KPI 2.1 | 30-6-2026     | Inspanningsverplichting               |
        | Wijkteam - Evaluatie - KPI 3  | 30-6-2026     | Inspanningsverplichting               |
    """
    first, _, rest = number.partition(".")
    section = row.section or ""
    if rest[:1].isdigit() and first.isdigit() and section.isdigit() and int(first) != int(section):
        above = [one for one in sections if (one.cell.sheet, one.cell.row) == (row.sheet, row.section_row)]
        yield Problem("name", number=number, section=section, related=tuple(above))


@check("N105", per=Text)
def reference_unknown(piece: Text, owner: Payment, payments: tuple[Payment, ...]) -> Problems:
    """The text leans on a milestone that is not in the plan, or that comes later.

    Bad:
        | Naam                         | SMART omschrijving                                               | (streef)datum |
        | Wijkteam - Scholing - KPI 1  | Uiterlijk 30-6-2026 werken 5 teams volgens KPI 2.                | 30-6-2026     | <- SMART omschrijving
        | Wijkteam - Werkwijze - KPI 2 | Uiterlijk 31-12-2026 is de werkwijze van mijlpaal 9 ingevoerd.   | 31-12-2026    | <- SMART omschrijving
    Good:
        | Naam                         | SMART omschrijving                                               | (streef)datum |
        | Wijkteam - Werkwijze - KPI 1 | KPI 1: 1a en 1b zijn beide behaald op 30-6-2026.                 | 30-6-2026     |
        | Wijkteam - Scholing - KPI 2  | Uiterlijk 31-12-2026 werken 5 teams volgens KPI 1.               | 31-12-2026    |
        | Zorgpad - Bouwen - KPI 1     | Uiterlijk 30-6-2026 zijn 5 zorgpaden gebouwd, los van KPI 2.     | 31-12-2026    |
    """  # noqa: E501 - a table is as wide as its columns
    if piece.field == "name":
        return
    meant = {number: _meant(number, piece.text, owner, payments) for number in kpi_references(piece.text)}
    if unknown := [number for number, rows in meant.items() if not rows and _is_unknown(number, payments)]:
        yield Problem(piece.cell, kind="unknown", key="unknown", numbers=unknown)
    later = {number: rows[0] for number, rows in meant.items() if len(rows) == 1 and _later(rows[0], owner)}
    if later and piece.field != "explanation":
        day = max(row.date.value for row in later.values() if row.date.value)
        names = tuple(row.name for row in later.values())
        yield Problem(piece.cell, kind="later", key="later", numbers=list(later), date=day, related=names)


def _numbers(row: Payment) -> list[str]:
    """The KPI numbers in a row's name, wherever they stand in it."""
    return [one.casefold() for one in (row.number, *kpi_references(row.label)) if one]


def _meant(number: str, text: str, owner: Payment, payments: tuple[Payment, ...]) -> list[Payment]:
    """The rows a reference can mean; plain numbers count in the own subproject and those the text names."""
    rows = [row for row in payments if number.casefold() in _numbers(row)]
    if "." in number:
        return rows
    near = [row for row in rows if row.subproject == owner.subproject or _names(text, row.subproject)]
    return near or rows


def _names(text: str, subproject: str) -> bool:
    return bool(subproject) and subproject in text.casefold()


def _is_unknown(number: str, payments: tuple[Payment, ...]) -> bool:
    """Every milestone has a number, and this is none of them, nor a group or part of one."""
    known = [_numbers(row) for row in payments if isinstance(row, Kpi)]
    return all(known) and not any(is_part_of(number, one) for numbers in known for one in numbers)


def _later(row: Payment, owner: Payment) -> bool:
    day, own_day = row.date.value, owner.date.value
    return row is not owner and day is not None and own_day is not None and day > own_day
