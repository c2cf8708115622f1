from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from kpicheck.model import (
    Budget,
    Cell,
    Field,
    Gap,
    General,
    Kpi,
    Payment,
    Period,
    Section,
    Share,
    StartContribution,
    TableRead,
    TotalRow,
)

HERE = Cell("KPI's", 2, 1)
NOTHING: Field[object] = Field(gap=Gap.BLANK)
FIELDS = ("name", "smart", "date", "type", "evidence", "total", "explanation", "control", "shares")
WHOLE: dict[type[Any], dict[str, Any]] = {
    Kpi: {
        **dict.fromkeys(FIELDS, NOTHING),
        "sheet": "KPI's",
        "row": 2,
        "section": None,
        "section_row": None,
        "number": None,
        "subproject": "",
    },
    Section: {"number": "1", "title": "Zorg", "cell": HERE, "subtotal": NOTHING},
    TotalRow: {
        "kind": "total",
        "label": "Totaal",
        "cell": HERE,
        "sheet": "KPI's",
        "row": 9,
        "amounts": (("total", NOTHING),),
    },
    Budget: {"years": ((2026, Decimal(5)),), "origin": "budget", "cell": None},
    Period: {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31), "stated": True},
    General: {
        "sheet": "Algemene gegevens",
        "cell": HERE,
        "plan_name": None,
        "submitter": None,
        "insurer_contact": None,
        "kassier": None,
    },
    TableRead: {"role": "part", "cell": HERE, "kpis": 3},
}


class _CellInDisguise:
    sheet, row, column = "KPI's", 2, 1


WRONG: list[tuple[type[Any], str, object]] = [
    (Kpi, "total", Decimal(5)),
    (Kpi, "total", {"value": Decimal(5)}),
    (Kpi, "shares", (Share(party="A", kassier=False, amount=Field()),)),
    (Kpi, "row", "2"),
    (Kpi, "row", True),
    (Kpi, "row", None),
    (Kpi, "number", 2),
    (Section, "cell", "A2"),
    (Section, "cell", None),
    (Section, "cell", ("KPI's", 2, 1)),
    (Section, "cell", _CellInDisguise()),
    (Section, "subtotal", HERE),
    (TotalRow, "amounts", [("total", NOTHING)]),
    (TotalRow, "amounts", (("total", HERE),)),
    (TotalRow, "amounts", (("total",),)),
    (Budget, "years", ((2026, 5.0),)),
    (Budget, "years", (("2026", Decimal(5)),)),
    (Budget, "cell", "A2"),
    (Period, "start", dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
    (Period, "start", "2026-01-01"),
    (Period, "stated", 1),
    (General, "kassier", "ja"),
    (General, "kassier", HERE),
    (TableRead, "role", "half"),
]


@pytest.mark.parametrize("kind", WHOLE, ids=lambda kind: kind.__name__)
def test_the_right_types_are_taken_as_they_are(kind: type[Any]) -> None:
    made = kind(**WHOLE[kind])
    assert all(getattr(made, name) == value for name, value in WHOLE[kind].items())


@pytest.mark.parametrize(("kind", "name", "value"), WRONG)
def test_a_wrong_type_is_refused_and_its_value_is_not_told(kind: type[Any], name: str, value: object) -> None:
    with pytest.raises(ValidationError, match=name) as told:
        kind(**{**WHOLE[kind], name: value})
    assert "input_value" not in str(told.value)


def test_what_is_missing_or_unknown_is_refused() -> None:
    fields = WHOLE[Section]
    with pytest.raises(ValidationError, match="title"):
        Section(**{name: value for name, value in fields.items() if name != "title"})
    with pytest.raises(ValidationError, match="colour"):
        Section(**{**fields, "colour": "red"})


def test_a_kind_of_row_stands_for_its_kind_only() -> None:
    row = Kpi(**WHOLE[Kpi])
    assert isinstance(row, Payment)
    assert not isinstance(row, StartContribution)


def test_a_part_is_the_same_thing_within_the_whole() -> None:
    assert Section(**WHOLE[Section]).cell is HERE
    assert Kpi(**WHOLE[Kpi]).total is NOTHING


def test_a_field_of_a_plain_cell_makes_that_cell_again() -> None:
    cell = Cell("KPI's", 3, 6, Decimal(500))
    field = Field(cell.value, None, cell)
    assert (field.cell, field.column) == (cell, 6)
    assert field.cell is not cell
    assert (field.filled, field.blank) == (True, False)
    same = Field(value=Decimal("500.0"), cell=cell)
    assert (field, hash(field)) == (same, hash(same))
    assert field != Field(value=cell.value, cell=Cell("KPI's", 4, 6, Decimal(500)))
    assert field != Field(value=cell.value, cell=cell, from_text=True)
    unread: Field[Decimal] = Field(gap=Gap.UNREADABLE, cell=cell)
    assert (unread.value, unread.gap, unread.cell, unread.column) == (None, Gap.UNREADABLE, cell, 6)
    assert (NOTHING.cell, NOTHING.column) == (None, None)
    assert eval(repr(field), {**globals(), "Cell": Cell, "Field": Field}) == field  # noqa: S307 - as the docstring says


@pytest.mark.parametrize(
    "more", [{"formula": "=A1"}, {"dated": True}, {"hidden": True}], ids=lambda one: next(iter(one))
)
def test_a_cell_that_holds_more_than_its_value_is_kept(more: dict[str, Any]) -> None:
    cell = Cell("KPI's", 3, 6, Decimal(500), **more)
    assert Field(cell.value, None, cell).cell is cell
