"""Changes to a plan's shape that an edit by address cannot say."""

import datetime as dt
from collections.abc import Callable, Mapping

from .workbooks import AGREES, KPIS, Auto, Formula, Plan, Row, Table, Value, good, kpi_row, spread

Change = Callable[[Plan], object]
QUARTERS = [f"wijk {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"] + ["Zuid"]


def after(*changes: Change) -> Change:
    def change(plan: Plan) -> None:
        for one in changes:
            one(plan)

    return change


def without(*keys: str) -> Change:
    def change(plan: Plan) -> None:
        for table in plan.tables:
            for key in keys:
                table.headings.pop(key)

    return change


def without_sheet(name: str) -> Change:
    return lambda plan: plan.sheets.pop(name)


def without_cells(sheet: str, *cells: str) -> Change:
    def change(plan: Plan) -> None:
        for cell in cells:
            plan.sheets[sheet].pop(cell, None)

    return change


def with_sheet(name: str, cells: Mapping[str, Value]) -> Change:
    def change(plan: Plan) -> None:
        plan.sheets[name] = dict(cells)

    return change


def own_column(key: str, heading: str, before: str | None, value: Value) -> Change:
    """Put a column of the author's own before another one, or last."""

    def change(plan: Plan) -> None:
        table = plan.table
        headings: dict[str, str | None] = {}
        for known, text in table.headings.items():
            if known == before:
                headings[key] = heading
            headings[known] = text
        headings.setdefault(key, heading)
        table.headings = headings
        for row in table.rows:
            row.cells[key] = value

    return change


def inserted(at: int, row: Row) -> Change:
    """Put a row so that it comes to stand in worksheet row `at` of the first table."""
    return lambda plan: plan.table.rows.insert(at - plan.table.top - 1, row)


def below(*rows: Row) -> Change:
    return lambda plan: plan.table.rows.extend(rows)


def template_rows(count: int) -> list[Row]:
    """Return rows as the empty format has them: formulas that give 0, nothing else."""
    return [Row({"total": Auto.TOTAL, "control": Auto.CONTROL}, counted=False) for _ in range(count)]


def totals_row(label: str | None, *, formula: bool = True) -> Change:
    def change(plan: Plan) -> None:
        table = plan.table
        first, last = table.top + 1, table.top + len(table.rows)
        cells: dict[str, Value] = {"name": label}
        for at, key in enumerate(["total", *table.parties()]):
            amount = 500_000 if at == 0 else [50_000, 200_000, 150_000, 100_000][at - 1]
            reach = f"{table.address(key, first)}:{table.address(key, last)}"
            cells[key] = Formula(f"=SUM({reach})", amount) if formula else amount
        table.rows.append(Row(cells, counted=False))

    return change


def in_sections(plan: Plan) -> None:
    """Put the good plan in two sections with dotted numbers: sections in rows 2 and 7."""
    table = plan.table
    first = [row for row in table.rows if str(row.cells["name"]).startswith("Zelfzorg")]
    second = [row for row in table.rows if str(row.cells["name"]).startswith("Wijkzorg")]
    for number, rows in enumerate((first, second), 1):
        for row in rows:
            row.cells["name"] = str(row.cells["name"]).replace("KPI ", f"KPI {number}.")
    heads = ("(1) ZELFZORG VOOR INWONERS", "(2) WIJKZORG IN OEVERDAM")
    sections = [Row({"name": head, "total": 250_000}, counted=False) for head in heads]
    table.rows = [sections[0], *first, sections[1], *second]


def moved(sheet: str, top: int, left: int) -> Change:
    def change(plan: Plan) -> None:
        table = plan.table
        table.sheet, table.top, table.left = sheet, top, left

    return change


def two_tables(plan: Plan) -> None:
    """Split the rows over two sheets: four on each, both with headings in row 1."""
    table = plan.table
    plan.tables.append(Table(dict(table.headings), table.rows[4:], sheet="Mijlpalen 2027"))
    table.rows = table.rows[:4]


def thirty_parties(plan: Plan) -> None:
    table = plan.table
    for number in range(4, 31):
        key = f"party{number}"
        table.headings[key] = f"Zorgpraktijk {QUARTERS[number - 4]} {41000000 + number * 137}"
        for row in table.rows:
            row.cells[key] = 0
    for row in table.rows:
        whole = row.cells["party1"]
        assert isinstance(whole, int)
        row.cells["party1"] = whole - 2700
        row.cells.update({f"party{number}": 100 for number in range(4, 31)})


def dated(days: list[tuple[int, dt.date]]) -> dict[str, Value]:
    return {f"C{row}": day for row, day in days}


def short_plan(start: dt.date, end: dt.date, days: list[dt.date]) -> Callable[[], Plan]:
    """Return the good plan with another start and end, and one date for each of its eight rows."""

    def build() -> Plan:
        plan = good()
        plan.table.rows = [
            kpi_row((name, smart, day, kind, evidence), parts_of(total))
            for (name, smart, _, kind, evidence, total), day in zip(KPIS, days, strict=True)
        ]
        general = plan.sheets["Algemene gegevens"]
        general["B8"], general["B9"] = start, end
        del plan.sheets["Begroting"]
        return plan

    return build


def parts_of(total: int) -> dict[str, Value]:
    return dict(zip(("kassier", "party1", "party2", "party3"), spread(total), strict=True))


def control_typed(*rows: int) -> dict[str, Value]:
    return {f"H{row}": AGREES for row in rows}
