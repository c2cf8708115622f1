"""N: texts that refer to milestones by their number."""

from collections.abc import Iterator

from kpicheck.dutch.naming import groups
from kpicheck.dutch.wording import kpi_references
from kpicheck.finding import Problem, Problems
from kpicheck.model import Field, Kpi, Payment, Plan
from kpicheck.registry import check


@check("N105", per=Plan)
def reference_unknown(plan: Plan) -> Problems:
    """The text leans on a milestone that is not in the plan, or that comes later.

    Bad:
        | Naam                         | SMART omschrijving                                            | (streef)datum |
        | Wijkteam - Scholing - KPI 1  | Uiterlijk 30-6-2026 werken 5 teams volgens KPI 2.             | 30-6-2026     | <- SMART omschrijving
        | Wijkteam - Werkwijze - KPI 2 | Eind 2026 is de werkwijze van mijlpaal 9 ingevoerd.           | 31-12-2026    | <- SMART omschrijving
    Good:
        | Naam                         | SMART omschrijving                                            | (streef)datum |
        | Wijkteam - Werkwijze - KPI 1 | KPI 1: 1a en 1b zijn beide behaald op 30-6-2026.              | 30-6-2026     |
        | Wijkteam - Scholing - KPI 2  | Uiterlijk 31-12-2026 werken 5 teams volgens KPI 1.            | 31-12-2026    |
        | Zorgpad - Bouwen - KPI 1     | Uiterlijk 31-12-2026 zijn 5 zorgpaden gebouwd volgens KPI 2.  | 31-12-2026    |
    """  # noqa: E501 - a table is as wide as its columns
    mentions = list(_mentions(plan))
    if not mentions:
        return
    numbers = _Numbers(plan)
    for field, owner, mentioned in mentions:
        if unknown := [number for number in mentioned if numbers.lacks(number)]:
            yield Problem(field, on=owner, kind="unknown", key="unknown", numbers=unknown)
        text = field.value or ""
        later = {number: row for number in mentioned if (row := numbers.later(number, owner, text))}
        if later and field is not owner.explanation:
            day = max(row.date.value for row in later.values() if row.date.value)
            names = tuple(row.name for row in later.values())
            yield Problem(
                field, on=owner, kind="later", key="later", numbers=list(later), date=day, related=names
            )


def _mentions(plan: Plan) -> Iterator[tuple[Field[str], Payment, list[str]]]:
    """The texts that refer to milestones, and the numbers they mention; a name only says its own."""
    for row in plan.payments:
        for field in (row.smart, row.evidence, row.explanation):
            if field.value and (mentioned := kpi_references(field.value)) and field.cell:
                yield field, row, mentioned


class _Numbers:
    """The rows of each KPI number, and of each in its subproject; `complete`: every milestone has one."""

    def __init__(self, plan: Plan) -> None:
        """Take the numbers of all rows down, also those that do not stand at the end of their name."""
        self.rows: dict[str, list[Payment]] = {}
        self.within: dict[tuple[str, str], list[Payment]] = {}
        self.complete = bool(plan.kpis)
        for row in plan.payments:
            own = {one.casefold() for one in (row.number, *kpi_references(row.label)) if one}
            self.complete = self.complete and (bool(own) or not isinstance(row, Kpi))
            for number in own:
                self.rows.setdefault(number, []).append(row)
                self.within.setdefault((row.subproject, number), []).append(row)
        self.with_groups = {one for number in self.rows for one in groups(number)}

    def lacks(self, number: str) -> bool:
        """No row has the number, nor a group or part of it: KPI 3 is there where KPI 3.1 is."""
        typed = number.casefold()
        return self.complete and typed not in self.with_groups and not groups(typed) & self.rows.keys()

    def later(self, number: str, owner: Payment, text: str) -> Payment | None:
        """The one row that must be meant, where it is dated after the row that refers to it.

        A plain number means the own subproject first; it is open which one is meant where the text names
        another.
        """
        typed = number.casefold()
        everywhere = self.rows.get(typed, [])
        rows = everywhere if "." in typed else self.within.get((owner.subproject, typed), everywhere)
        if len(rows) != 1 or not _is_later(rows[0], owner):
            return None
        others = {row.subproject for row in everywhere} - {rows[0].subproject, ""}
        return None if any(one in text.casefold() for one in others) else rows[0]


def _is_later(row: Payment, owner: Payment) -> bool:
    day, own_day = row.date.value, owner.date.value
    return row is not owner and day is not None and own_day is not None and day > own_day
