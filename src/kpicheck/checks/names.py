"""N: names and numbers of milestones."""

from kpicheck.dutch.naming import build_up, has_kpi_number, open_number
from kpicheck.dutch.placeholders import placeholders_of_name
from kpicheck.finding import Problem, Problems
from kpicheck.model import Kpi, Payment, Plan, Section
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
    number, ends_in_number = build_up(name)
    if (ends_in_number and number >= min_parts) or placeholders_of_name(name):
        return
    if not ends_in_number and not has_kpi_number(name):
        yield Problem("name", kind="number-missing", typed=name, parts=number)
    elif number < min_parts:
        yield Problem("name", kind="part-missing", typed=name, parts=number)
    else:
        yield Problem("name", kind="number-not-last", typed=name, parts=number)


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
        return _number_alone(row)
    keys: list[tuple[str, ...]] = [("name", " ".join(row.name.value.casefold().split()))]
    if row.number is not None and not open_number(row.name.value):
        number = row.number.casefold()
        keys.append(("number", number) if "." in number else ("in", row.subproject, number))
    return keys


def _number_alone(row: Kpi) -> list[tuple[str, ...]]:
    """Numbers in a column of their own may start again every year."""
    day = row.date.value
    return [("year", str(day.year), row.number.casefold())] if row.number and day else []


@check("N103", per=Payment, only=open_number)
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
