"""Plans to repair: the good plan with some cells changed, and its package edited by hand."""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from samples import build

from kpicheck import ruleset as rulesets
from kpicheck.finding import Severity
from kpicheck.job import Stated, check_bytes
from kpicheck.repair.rounds import RULES, Repaired, repaired_plan
from kpicheck.report.run import Basis
from kpicheck.report.shape import FileView

TODAY = dt.date(2026, 11, 22)
RULESET = rulesets.load("landelijk")
BASIS = Basis(RULESET, TODAY, "nl", Severity.ERROR)
SHEET = "xl/worksheets/sheet3.xml"  # behind the general sheet and the explanation
GENERAL = "xl/worksheets/sheet1.xml"


def plan(*changes: tuple[str, str, Any], **how: Any) -> bytes:  # noqa: ANN401 - a cell holds anything
    """The good plan with changes: KPI or table, field, new value. KPI 1 is in row 2."""
    changed = [{"at": [owner, field], "to": to} for owner, field, to in changes]
    made = build.changed(build.load_plan("goed-plan"), changed)
    with tempfile.TemporaryDirectory() as folder:
        return build.write_plan(Path(folder) / "plan.xlsx", made, **how).read_bytes()


def edited(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The package with another text in one of its parts, or a new part."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                before = content.decode()
                after = change(before)
                assert after != before, "the edit came to nothing"
                content = after.encode()
            new.writestr(name, content)
        if part not in old.namelist():
            new.writestr(part, change("").encode())
    return target.getvalue()


def with_cell(data: bytes, cell: str, inside: str, *, part: str = SHEET, **told: str) -> bytes:
    """The package with other contents in a cell that is there; its format stays."""

    def change(xml: str) -> str:
        said = "".join(f' {name}="{value}"' for name, value in told.items())
        return re.sub(
            rf'<c r="{cell}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)',
            lambda found: f'<c r="{cell}"{found[1] or ""}{said}>{inside}</c>',
            xml,
            count=1,
        )

    return edited(data, part, change)


def with_formula(data: bytes, place: str, formula: str, result: str = "", *, part: str = GENERAL) -> bytes:
    """The package with a row of its own for a formula far below what is there."""
    row = re.sub("[A-Z]+", "", place)
    stored = f"<v>{result}</v>" if result else ""
    cell = f'<row r="{row}"><c r="{place}"><f>{formula}</f>{stored}</c></row></sheetData>'
    return edited(data, part, lambda xml: xml.replace("</sheetData>", cell))


def check(data: bytes) -> FileView:
    return BASIS.judged(check_bytes(data, "plan.xlsx", RULESET, Stated(), today=TODAY)).file


def repaired(data: bytes, rules: Sequence[str] = RULES, *, spaces: bool = True) -> Repaired:
    return repaired_plan(data, check(data), check, rules, spaces=spaces)


def made(found: Repaired) -> dict[str, object]:
    """What was repaired: the value of each cell, or its formula."""
    changes = [one for repair in found.repairs for one in repair.changes]
    return {one.ref: getattr(one.content, "formula", one.content.value) for one in changes}


def left(found: Repaired) -> dict[tuple[str, str], str]:
    """What was not: the reason, by rule and cell."""
    return {(one.rule, one.cell): one.reason.kind for one in found.left}


def cell_xml(data: bytes, cell: str, part: str = SHEET) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        found = re.search(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', package.read(part).decode(), re.DOTALL)
    assert found is not None
    return found[0]


def crcs(data: bytes) -> Mapping[str, int]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {one.filename: one.CRC for one in package.infolist()}


def changed_parts(before: bytes, after: bytes) -> set[str]:
    """The parts that are not the same in both; none is new or gone, and all stand in the same order."""
    old, new = crcs(before), crcs(after)
    assert list(old) == list(new)
    return {name for name, crc in old.items() if crc != new[name]}


def rules_found(file: FileView) -> set[tuple[str, str]]:
    return {(one.rule, one.cell) for one in file.findings}
