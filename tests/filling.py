"""An empty workbook filled in as its user does: answers, headings of parties and milestones; nothing else."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl  # noqa: TID251 - fills in what the tool has written

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook  # noqa: TID251 - same

GOOD = Path(__file__).parent.parent / "samples" / "data" / "goed-plan.toml"
TYPED = {"name": 1, "smart": 2, "date": 3, "type": 4, "evidence": 5, "explanation": 7}
FIRST_MONEY = 9


def good_plan() -> dict[str, Any]:
    return tomllib.loads(GOOD.read_text(encoding="utf-8"))


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled(data: bytes, plan: dict[str, Any]) -> bytes:
    """The workbook with the plan in it; formulas stay as they are, without stored results."""
    book = opened(data)
    extra = plan["general"]["Extra gegevens"]
    answers = {**{label: said for label, said in plan["general"].items() if said is not extra}, **extra}
    beside(book["Algemene gegevens"], answers)
    beside(book["Begroting"], {int(year): amount for year, amount in plan["budget"].items()})
    sheet = book["Mijlpalen"]
    for column, heading in enumerate(plan["parties"], FIRST_MONEY):
        sheet.cell(1, column).value = heading
    for line, row in enumerate(plan["rows"], 2):
        for field, column in TYPED.items():
            sheet.cell(line, column).value = row[field]
        for column, amount in enumerate(row["parties"], FIRST_MONEY):
            sheet.cell(line, column).value = amount
    return saved(book)


def beside(sheet: Any, answers: dict[Any, Any]) -> None:  # noqa: ANN401 - openpyxl's sheet may be a chart
    left = dict(answers)
    for row in range(1, sheet.max_row + 1):
        label = sheet.cell(row, 1).value
        if label in left:
            sheet.cell(row, 2).value = left.pop(label)
    assert not left
