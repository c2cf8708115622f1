"""Several tables in one workbook: parts of one plan, copies of a part, or versions of each other.

Parts are one plan together. Tables on different sheets with mostly the same milestones and the same parties
would count the money twice: of these one is judged, and the report says which and why. What stands twice on
one sheet is counted twice, as its reader does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from kpicheck.dutch.sought import Sought
from kpicheck.model import Field, Kpi, normalised, row_shares
from kpicheck.reader.layout import official
from kpicheck.reader.parties import PartyColumn
from kpicheck.reader.rows import Rows
from kpicheck.reader.tables import Table

_FIELDS = ("name", "smart", "date", "type", "evidence", "total", "explanation")
_LIKENESS = 0.6
_TELLING_WORDS = 4
_VERSION = Sought(r"\bv(?:ersie)?[\s._-]*(\d+(?:\.\d+)*)", re.IGNORECASE)

Role = Literal["part", "copy", "version"]


class TableRows(NamedTuple):
    """A table with its party columns and what its rows turned out to be."""

    table: Table
    columns: list[PartyColumn]
    rows: Rows

    @property
    def kpis(self) -> list[Kpi]:
        """The milestones, without start contributions."""
        return [row for row in self.rows.payments if isinstance(row, Kpi)]


def roles(found: Sequence[TableRows]) -> list[Role]:
    """What each table is to the plan; only parts are judged."""
    given: list[Role] = ["part"] * len(found)
    _set_aside(found, given, "copy", _fullness, _is_copy)
    _set_aside(found, given, "version", _recency, _same_milestones)
    return given


def _set_aside(
    found: Sequence[TableRows],
    given: list[Role],
    role: Role,
    worth: Callable[[TableRows], tuple[object, ...]],
    repeats: Callable[[TableRows, TableRows], bool],
) -> None:
    """Give that role to each table that repeats a worthier one; of equals the first in the workbook stays."""
    kept: list[int] = []
    parts = [index for index, one in enumerate(given) if one == "part"]
    for index in sorted(parts, key=lambda one: worth(found[one]), reverse=True):
        elsewhere = [one for one in kept if found[one].table.sheet.name != found[index].table.sheet.name]
        if any(repeats(found[index], found[other]) for other in elsewhere):
            given[index] = role
        else:
            kept.append(index)


def _fullness(one: TableRows) -> tuple[object, ...]:
    return len(one.table.columns) + len(one.columns), len(one.rows.payments), not one.table.sheet.hidden


def _recency(one: TableRows) -> tuple[object, ...]:
    """Visible before hidden, then the higher version number, then a name that does not say it is old."""
    name = one.table.sheet.name
    stated = _VERSION.search(name)
    number = tuple(int(part) for part in stated[1].split(".")) if stated else ()
    old = set(normalised(name).split()).intersection(official().texts("versions", "older"))
    return not one.table.sheet.hidden, number, not old


def _is_copy(one: TableRows, other: TableRows) -> bool:
    """Every row stands in the other table as well, with the same values where both have the column."""
    if not one.rows.payments or _split_by_party(one, other):
        return False
    shared = [name for name in _FIELDS if name in one.table.columns and name in other.table.columns]
    theirs = {normalised(column.party.heading) for column in other.columns}
    parties = [heading for column in one.columns if (heading := normalised(column.party.heading)) in theirs]
    return _values(one, shared, parties) <= _values(other, shared, parties) and "smart" in shared


def _values(one: TableRows, names: list[str], parties: list[str]) -> set[tuple[object, ...]]:
    """The rows by what they say in those columns."""
    said = set()
    for row in one.rows.payments:
        shares = {normalised(share.party): share.euros for share in row_shares(row)}
        fields = tuple(_said(row.field(name)) for name in names)
        said.add((*fields, *(shares.get(party) for party in parties)))
    return said


def _said(field: Field[object]) -> object:
    """What a field says: its value, else what was typed; spaces and capitals do not matter."""
    value = field.value if field.value is not None else field.cell and field.cell.value
    return normalised(value) if isinstance(value, str) else value


def _same_milestones(one: TableRows, other: TableRows) -> bool:
    """More than half of the smaller table's milestones stand in the other too, for the same parties."""
    fewer, more = sorted((one.kpis, other.kpis), key=len)
    if not fewer or _split_by_party(one, other):
        return False
    by_name = {_name(row): row for row in more if _name(row)}
    unnumbered = {(_subject(row), _text(row)) for row in more}
    again = sum(1 for row in fewer if _again(row, by_name.get(_name(row))) or _renumbered(row, unnumbered))
    return again * 2 > len(fewer)


def _again(row: Kpi, named_alike: Kpi | None) -> bool:
    """The same name with a text that is mostly the same; a long name tells enough by itself."""
    if named_alike is None:
        return False
    telling = len(_name(row).split()) >= _TELLING_WORDS
    return telling or SequenceMatcher(None, _text(row), _text(named_alike)).ratio() >= _LIKENESS


def _renumbered(row: Kpi, unnumbered: set[tuple[str, str]]) -> bool:
    """Another number, and for the rest the same: the text says enough to tell."""
    return len(_text(row).split()) >= _TELLING_WORDS and (_subject(row), _text(row)) in unnumbered


def _name(row: Kpi) -> str:
    return normalised(row.name.value or "")


def _text(row: Kpi) -> str:
    return normalised(row.smart.value or "")


def _subject(row: Kpi) -> str:
    """The name without its numbers."""
    return " ".join(word for word in _name(row).split() if not any(one.isdigit() for one in word))


def _split_by_party(one: TableRows, other: TableRows) -> bool:
    """Each table holds the money of other parties: the same milestones, paid from two tables."""
    ours, theirs = ({normalised(column.party.heading) for column in each.columns} for each in (one, other))
    return bool(ours and theirs) and not ours & theirs
