"""N: names and numbers of milestones."""

from kpicheck.finding import Problem, Problems
from kpicheck.model import Kpi, Plan
from kpicheck.registry import check


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
    if row.number is not None:
        number = row.number.casefold()
        keys.append(("number", number) if "." in number else ("in", row.subproject, number))
    return keys
