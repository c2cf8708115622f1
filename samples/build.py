"""Build the sample workbooks from the plans described in data/.

Run: python samples/build.py [FOLDER]. The same data gives the same bytes, on every system.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import json
import re
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HERE = Path(__file__).parent
DATA = HERE / "data"
SAMPLES = (
    "officieel-voorbeeld",
    "goed-plan",
    "fouten-per-familie",
    "slordig-plan",
    "midden-limburg-west",
    "mijlpalenoverzicht",
    "verdeling-in-een-cel",
)
CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
AGREE, DIFFER = "Bedragen komen overeen", "Bedragen komen niet overeen"

OFFICIAL_COLUMNS = {
    "name": "Naam",
    "smart": "SMART omschrijving",
    "date": "(streef)datum",
    "type": "Resultaat- of inspanningsverplichting",
    "evidence": "Bewijsvoering",
    "total": "(totaal)Bedrag",
    "explanation": "Toelichting bedrag.",
    "control": "Controle cel",
}
COUNTED = ("year", "number")
WIDTHS = {"name": 30, "smart": 60, "date": 12, "type": 24, "evidence": 45, "explanation": 45, "control": 26}
BY_TYPE = {"label": "KPI's", "count": "Aantal", "budget": "Budget", "percent": "Procent", "norm_percent": ""}
BY_SECTION = {
    "label": "KPI's",
    "count": "Aantal",
    "total": "Totaal budget",
    "effort": "Inspanningbudget",
    "effort_pct": "Procent",
    "result": "Resultaatbudget",
    "result_pct": "Procent",
}

Plan = dict[str, Any]
Row = dict[str, Any]


class Formula(NamedTuple):
    """A formula with the result that Excel would have stored; usable as the value of any cell."""

    text: str
    result: float | str


def load_plan(name: str) -> Plan:
    """Read data/NAME.toml; `base` and `changes` make it a variant, a file name is replaced by its content."""
    plan: Plan = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    if "base" in plan:
        plan = {**changed(load_plan(plan["base"]), plan["changes"]), "expected": plan["expected"]}
    if isinstance(plan["rows"], str):
        rows = json.loads((DATA / plan["rows"]).read_text(encoding="utf-8"))
        plan["rows"] = [{**row, "date": dt.date.fromisoformat(row["date"])} for row in rows]
    if isinstance(plan.get("instructions"), str):
        plan["instructions"] = tomllib.loads((DATA / plan["instructions"]).read_text(encoding="utf-8"))
    return plan


def changed(plan: Plan, changes: list[dict[str, Any]]) -> Plan:
    """Return a copy of the plan with each `at = [KPI or table, field]` set to its `to`."""
    variant = copy.deepcopy(plan)
    kpis = {row["name"].rpartition(" - ")[2]: row for row in variant["rows"]}
    for change in changes:
        owner, field = change["at"]
        (kpis.get(owner) or variant[owner])[field] = change["to"]
    return variant


def write_plan(  # noqa: PLR0913  six plain choices read better than an options object
    path: Path, plan: Plan, *, stored: bool = True, top: int = 0, left: int = 0, sheet: str | None = None
) -> Path:
    """Write the plan as a workbook: table moved by rows and columns, formulas with or without results."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    )
    book.set_properties({"created": CREATED})
    writer = _Writer(book)
    if "general" in plan:
        writer.pairs("Algemene gegevens", {"Algemene gegevens": None, **plan["general"]}, width=45)
    if "instructions" in plan:
        writer.pairs("Toelichting", plan["instructions"], width=100)
    writer.table(sheet or plan.get("sheet", "Mijlpalen"), plan, top, left)
    if "budget" in plan:
        writer.budget({int(year): amount for year, amount in plan["budget"].items()})
    book.close()
    path.write_bytes(_repacked(buffer.getvalue(), stored=stored))
    return path


def mlw_from_shared(shared_json: Path, target: Path) -> Path:
    """Write the regional plan from its transcription, with the sentences of the original."""
    return write_plan(target, plan_from_transcription(json.loads(shared_json.read_text(encoding="utf-8"))))


def plan_from_transcription(raw: dict[str, Any]) -> Plan:
    """Turn the transcription of a regional export into the shape of data/midden-limburg-west.toml."""
    rows: list[Row] = []
    for section in raw["sections"]:
        title = f"({section['number']}) {section['title']} {section['header_note'] or ''}".rstrip()
        rows.append(_filled({"kind": "section", "name": title, "total": section["subtotal"]}))
        rows += [_transcribed(row) for row in raw["rows"] if row["section"] == section["number"]]
    fields = [field for field in OFFICIAL_COLUMNS if field != "control"]
    bare = {block: [_printed(line) for line in raw["summary"][block]] for block in ("by_type", "by_section")}
    return {
        "title": [raw["title"], raw["version"]],
        "summary": bare,
        "columns": dict(zip(fields, raw["columns"], strict=False)),
        "parties": raw["columns"][len(fields) :],
        "rows": rows,
    }


def _transcribed(row: Row) -> Row:
    parties = [row[party] for party in ("synthese", "gemeenten") if row[party] is not None]
    return _filled(
        {
            "kind": "start" if row["kind"] == "startbijdrage" else None,
            "name": row["name"],
            "smart": row["smart"],
            "date": row["date_iso"] and dt.date.fromisoformat(row["date_iso"]),
            "type": row["type"],
            "evidence": row["evidence"],
            "total": row["amount"],
            "explanation": "\n".join(line["raw"] for line in row["explanation"]),
            "parties": parties or None,
        }
    )


def _filled(row: Row) -> Row:
    return {field: value for field, value in row.items() if value is not None}


def _printed(line: Row) -> Row:
    return {field: value for field, value in line.items() if not field.endswith("_raw")}


class _Writer:
    """The sheets of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        """Prepare the formats."""
        cell = {"text_wrap": True, "valign": "top", "border": 1}
        heading = {**cell, "bold": True, "bg_color": "#DDEBF7"}
        self.book = book
        self.text = book.add_format(cell)
        self.date = book.add_format({**cell, "num_format": "d-m-yyyy"})
        self.number = book.add_format(cell)
        self.euro = book.add_format({**cell, "num_format": '"€ "#,##0'})
        self.heading = book.add_format(heading)
        self.section = book.add_format({**heading, "num_format": '"€ "#,##0'})
        self.percent = book.add_format({"num_format": "0%"})
        self.plain_euro = book.add_format({"num_format": '"€ "#,##0'})
        self.bold = book.add_format({"bold": True})

    def put(
        self, sheet: Worksheet, place: tuple[int, int], value: object, look: Format | None = None
    ) -> None:
        """Write one value; a number or date without a look of its own gets the usual one."""
        if look is None or look is self.text:
            look = self.date if isinstance(value, dt.date) else self.euro if _is_number(value) else self.text
        if isinstance(value, Formula):
            sheet.write_formula(*place, value.text, look, value.result)
        else:
            sheet.write(*place, value, look)

    def pairs(self, name: str, labels: dict[str, Any], width: int) -> None:
        """Write labels in column A and answers in B; a table inside gets its name as a group heading."""
        sheet = self.book.add_worksheet(name)
        sheet.set_column(0, 0, 45)
        sheet.set_column(1, 1, width)
        lines: list[tuple[str, object]] = []
        for label, answer in labels.items():
            lines += [(label, None), *answer.items()] if isinstance(answer, dict) else [(label, answer)]
        for line, (label, answer) in enumerate(lines):
            self.put(sheet, (line, 0), label, self.bold if answer is None else self.text)
            if answer is not None:
                self.put(sheet, (line, 1), answer)

    def budget(self, years: dict[int, int]) -> None:
        """Write the budget of each year and their total."""
        sheet = self.book.add_worksheet("Begroting")
        sheet.set_column(0, 1, 14)
        for column, heading in enumerate(("Jaar", "Begroting")):
            self.put(sheet, (0, column), heading, self.heading)
        for line, (year, amount) in enumerate(years.items(), start=1):
            sheet.write(line, 0, year)
            self.put(sheet, (line, 1), amount)
        last = len(years)
        self.put(sheet, (last + 1, 0), "Totaal", self.heading)
        total = Formula(f"=SUM({xl_range(1, 1, last, 1)})", sum(years.values()))
        self.put(sheet, (last + 1, 1), total, self.section)

    def table(self, name: str, plan: Plan, top: int, left: int) -> None:
        """Write title, summary block, heading row and rows."""
        sheet = self.book.add_worksheet(name)
        for line, title in enumerate(plan.get("title", [])):
            self.put(sheet, (top + line, left), title, self.bold)
        at = self.summary(sheet, plan, top, left)
        columns, parties = plan.get("columns", OFFICIAL_COLUMNS), plan.get("parties", [])
        for column, heading in enumerate([*columns.values(), *parties], start=left):
            self.put(sheet, (at, column), heading, self.heading)
        for column, field in enumerate([*columns, *parties], start=left):
            sheet.set_column(column, column, WIDTHS.get(field, 18))
        sheet.freeze_panes(at + 1, 0)
        for line, row in enumerate(plan["rows"], start=at + 1):
            look = self.section if row.get("kind") == "section" else self.text
            cells = _cells(row, list(columns), len(parties), (line, left))
            for column, (field, value) in enumerate(
                zip([*columns, *parties], cells, strict=True), start=left
            ):
                self.put(sheet, (line, column), value, self.number if field in COUNTED else look)

    def summary(self, sheet: Worksheet, plan: Plan, top: int, left: int) -> int:
        """Write the two halves of the summary block side by side; return the line of the heading row."""
        top += len(plan.get("title", []))
        if "summary" not in plan:
            return top
        for headings, block, start in ((BY_TYPE, "by_type", left), (BY_SECTION, "by_section", left + 6)):
            for column, (field, heading) in enumerate(headings.items(), start=start):
                self.put(sheet, (top + 1, column), heading, self.bold)
                for line, entry in enumerate(plan["summary"][block], start=top + 2):
                    self.summary_cell(sheet, (line, column), field, entry.get(field))
        return top + 3 + max(len(block) for block in plan["summary"].values())

    def summary_cell(self, sheet: Worksheet, place: tuple[int, int], field: str, value: float | None) -> None:
        """Write one figure of the summary block: percentages as shares, money with its cents stored."""
        if field.endswith(("percent", "pct")) and value is not None:
            sheet.write(*place, value / 100, self.percent)
        elif value is not None:
            sheet.write(*place, value, None if field in {"label", "count"} else self.plain_euro)


def _cells(row: Row, fields: list[str], parties: int, corner: tuple[int, int]) -> list[object]:
    """Return the values of one row; a KPI row without total or control text of its own gets the formulas."""
    line, left = corner
    split = [*row.get("parties", []), *[None] * parties][:parties]
    values = {field: row.get(field) for field in fields}
    if parties and "kind" not in row:
        first = left + len(fields)
        parts = f"SUM({xl_range(line, first, line, first + parties - 1)})"
        added = sum(_result(part) for part in split if _is_number(part))
        values = {**values, "total": row.get("total", Formula(f"={parts}", added))}
        if "control" in fields and "control" not in row:
            cell = xl_rowcol_to_cell(line, left + fields.index("total"))
            text = f'=IF({cell}={parts},"{AGREE}","{DIFFER}")'
            values["control"] = Formula(text, AGREE if _result(values["total"]) == added else DIFFER)
    return [*(values[field] for field in fields), *split]


def _result(value: Any) -> Any:  # noqa: ANN401  a cell holds anything
    return value.result if isinstance(value, Formula) else value


def _is_number(value: object) -> bool:
    return isinstance(_result(value), int | float)


def _repacked(workbook: bytes, *, stored: bool) -> bytes:
    """Pack again without compression, clock or system marks; on request without the results of formulas."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            content = source.read(name)
            if not stored and name.startswith("xl/worksheets/"):
                content = re.sub(rb'( t="\w+")?><f>(.*?)</f><v>.*?</v>', rb"><f>\2</f>", content)
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3
            package.writestr(entry, content)
    return target.getvalue()


def build_all(folder: Path) -> list[Path]:
    """Write every sample into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return [write_plan(folder / f"{name}.xlsx", load_plan(name)) for name in SAMPLES]


if __name__ == "__main__":
    build_all(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
