"""Layouts as data: which headings mean which field, and where a milestone table stands.

The heading row is found by its headings, never by position or sheet name (contract, layouts to read).
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import cast

from kpicheck.allowance import LAST_COLUMN, LIMITS, Allowance, Exceeded
from kpicheck.model import normalised
from kpicheck.reader.places import column_number
from kpicheck.reader.sheet import Sheet
from kpicheck.resources import load_toml, rules_folder

_LIKENESS = 0.86
_SHORTEST_TYPO = 6
_LONGEST_HEADING = 120
_FEWEST_HEADINGS = 3
_COLUMN_MARK = re.compile(r"\d{1,2}|[A-Za-z]{1,2}")

Columns = dict[str, dict[str, object]]


def fingerprint(text: str) -> str:
    """Recognises a text of the format without carrying it."""
    plain = re.sub(r"[^0-9a-zà-ÿ]+", " ", text.casefold()).strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def _plain(heading: str) -> str:
    """A heading to compare by; "#" is a number, so that "Mijlpaal #" is not "Mijlpaal"."""
    return normalised(heading.replace("#", " nr "))


@dataclass(frozen=True, eq=False)
class Layout:
    """One known layout: headings by field and the words that tell rows and labels apart."""

    name: str
    columns: Mapping[str, tuple[str, ...]]
    demanded: Mapping[str, str]
    expected: frozenset[str]
    words: Mapping[str, Mapping[str, object]]
    fewest: int = 0

    def texts(self, part: str, key: str) -> tuple[str, ...]:
        """A list of words of the layout file."""
        found = self.words.get(part, {}).get(key, ())
        return (found,) if isinstance(found, str) else tuple(cast("list[str]", found))

    @cached_property
    def fields_by_heading(self) -> dict[str, str]:
        """Every known heading, normalised."""
        return {_plain(text): name for name, texts in self.columns.items() for text in texts}

    def field_of(self, heading: str) -> str | None:
        """The field a heading stands for; small typing errors are tolerated in longer headings."""
        plain = _plain(heading)
        if plain in self.fields_by_heading:
            return self.fields_by_heading[plain]
        found = like(plain, self.fields_by_heading)
        return None if found is None else self.fields_by_heading[found]

    def known_of(self, columns: Iterable[str]) -> frozenset[str]:
        """The columns found that tell this layout from another; none where it cannot be this layout."""
        all_found = frozenset(columns)
        found = self.expected & all_found
        lacking = set(self.texts("heading_row", "needs")) - found
        foreign = all_found.intersection(self.texts("heading_row", "never"))
        return frozenset() if lacking or foreign or len(found) < self.fewest else found


def like(plain: str, known: Iterable[str]) -> str | None:
    """The known text that this one is a small typing error of, if there is one."""
    if len(plain) < _SHORTEST_TYPO:
        return None
    near = [one for one in known if abs(len(one) - len(plain)) <= len(plain) // 5 + 1]
    found = difflib.get_close_matches(plain, near, n=1, cutoff=_LIKENESS)
    return found[0] if found else None


@dataclass(slots=True)
class Table:
    """A milestone table on a sheet: its heading row, the column of each field, and the other headings.

    `lower` is the last row of a heading that is merged over more rows; else it is the heading row itself.
    `ends` is the last row before the rows themselves: a line of column numbers is part of the heading.
    """

    sheet: Sheet
    layout: Layout
    row: int
    columns: dict[str, int]
    others: dict[int, str] = field(default_factory=dict)
    above: int = 1
    last_row: int = 0
    lower: int = 0
    ends: int = 0

    def heading_row(self, column: int) -> int:
        """The row the heading of that column stands in."""
        below = self.sheet.stored.get((self.lower, column)) if self.lower > self.row else None
        return self.lower if below is not None and below.value is not None else self.row

    @property
    def first_column(self) -> int:
        """The leftmost column with a known heading."""
        return min(self.columns.values())


@cache
def layouts() -> tuple[Layout, ...]:
    """All layouts of rules/layouts, the official one first."""
    folder = rules_folder() / "layouts"
    found = [_load(path.stem) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(found, key=lambda one: (one.name != "official", one.name)))


def official() -> Layout:
    """The official format, which says what a plan must have."""
    return layouts()[0]


def _load(stem: str) -> Layout:
    data = load_toml(rules_folder() / "layouts" / f"{stem}.toml")
    without = set(cast("list[str]", data.get("without", [])))
    while "extends" in data:
        parent = load_toml(rules_folder() / "layouts" / f"{data.pop('extends')}.toml")
        columns = {**cast("Columns", parent["columns"]), **cast("Columns", data.get("columns", {}))}
        data = {**parent, **data, "columns": columns}
    columns = cast("Columns", data.pop("columns"))
    heading_row = cast("dict[str, int]", data.get("heading_row", {}))
    return Layout(
        name=str(data["name"]),
        columns={
            key: (str(one["heading"]), *cast("list[str]", one.get("also", [])))
            for key, one in columns.items()
        },
        demanded={key: str(one["heading"]) for key, one in columns.items() if one.get("part_of_format")},
        expected=frozenset(columns) - without,
        words={key: one for key, one in data.items() if isinstance(one, dict)},
        fewest=heading_row.get("fewest", 0),
    )


def find_tables(sheet: Sheet, allowance: Allowance) -> list[Table]:
    """Every milestone table of a sheet, from top to bottom and from left to right. Raises Exceeded."""
    found: list[Table] = []
    rows = sheet.columns_by_row
    for row, columns in rows.items():
        texts = _texts(sheet, row, columns)
        allowance.tick()
        if len(texts) >= _FEWEST_HEADINGS:
            here = _tables_in_row(sheet, row, texts)
            allowance.spend("tables", len(here))
            found += here
    last = max(rows, default=0)
    heading_rows = sorted({table.row for table in found})
    for table in found:
        following = next((row for row in heading_rows if row > table.row), None)
        table.last_row = following - 1 if following else last
        table.above = max((row for row in heading_rows if row < table.row), default=0) + 1
    return found


def _tables_in_row(sheet: Sheet, row: int, texts: dict[int, str]) -> list[Table]:
    """The table whose heading row this is; more where the headings start anew, side by side."""
    whole = _match(sheet, row, texts)
    if whole is None:
        return []
    starts = [min(texts), *_new_starts(sheet, row, texts)]
    if len(starts) == 1:
        return [_with_lower_row(whole, texts)]
    edges = [1, *starts[1:], max(sheet.columns_by_row[row]) + 1]
    found = []
    for first, until in pairwise(edges):
        last = until - 1 if until != edges[-1] else LAST_COLUMN
        part = {column: text for column, text in texts.items() if first <= column <= last}
        if table := _match(sheet.between(first, last), row, part):
            found.append(_with_lower_row(table, part))
    return found


def _new_starts(sheet: Sheet, row: int, texts: dict[int, str]) -> list[int]:
    """The columns where the headings of a further table begin: a heading comes back, and most others do."""
    starts: list[int] = []
    seen: set[str] = set()
    for column, text in sorted(texts.items()):
        plain = _plain(text)
        if plain in seen:
            after = {place: one for place, one in texts.items() if place >= column}
            again = seen.intersection(map(_plain, after.values()))
            if len(again) * 2 > len(seen) and len(again) > _FEWEST_HEADINGS and _match(sheet, row, after):
                starts.append(column)
                seen = set()
        seen.add(plain)
    return starts


def _texts(sheet: Sheet, row: int, columns: Iterable[int]) -> dict[int, str]:
    """What stands in a row and may be a heading, by column."""
    return {
        column: value
        for column in columns
        if isinstance(value := sheet.stored[row, column].value, str)
        and len(value) <= _LONGEST_HEADING
        and value.strip()
    }


def _with_lower_row(table: Table, texts: dict[int, str]) -> Table:
    """The table with the second row of its heading, where most headings are merged over both rows."""
    sheet, row = table.sheet, table.row
    known = set(table.columns.values())
    bottoms = [bottom for top, left, bottom, right in sheet.merged if top == row and left == right in known]
    table.lower = row
    table.ends = _numbered(sheet, row)
    if len(bottoms) * 2 <= len(known) or len(set(bottoms)) != 1 or bottoms[0] == row:
        return table
    wide = {left for top, left, _, right in sheet.merged if top == row and right > left}
    below = _texts(sheet, bottoms[0], sheet.columns_by_row.get(bottoms[0], []))
    upper = {column: text for column, text in texts.items() if column not in wide}
    whole = _match(sheet, row, {**upper, **below}) or table
    whole.lower = bottoms[0]
    whole.ends = _numbered(sheet, whole.lower)
    return whole


def _numbered(sheet: Sheet, row: int) -> int:
    """The line of column numbers or letters right under a heading row; else the heading row itself."""
    below = [sheet.stored[row + 1, column] for column in sheet.columns_by_row.get(row + 1, [])]
    marks = [str(one.value).strip(" ().") for one in below if one.value is not None]
    if len(marks) < _FEWEST_HEADINGS + 1 or not all(map(_COLUMN_MARK.fullmatch, marks)):
        return row
    places = [int(mark) if mark.isdecimal() else column_number(mark) for mark in marks]
    return row + 1 if places == list(range(places[0], places[0] + len(places))) else row


def _match(sheet: Sheet, row: int, texts: dict[int, str]) -> Table | None:
    """The table whose heading row this is, read by the layout that fits best."""
    best: tuple[float, Table] | None = None
    for layout in layouts():
        columns = _columns(layout, texts)
        known = layout.known_of(columns)
        if not known or not _is_heading_row(columns):
            continue
        taken = set(columns.values())
        others = {column: text for column, text in texts.items() if column not in taken}
        share = len(known) / len(layout.expected)
        if best is None or share > best[0]:
            best = share, Table(sheet, layout, row, columns, others)
    return best[1] if best else None


def _columns(layout: Layout, texts: dict[int, str]) -> dict[str, int]:
    """The column of each field: the format's own heading first, then other spellings, then typing errors."""
    columns: dict[str, int] = {}
    plain = {column: _plain(text) for column, text in texts.items()}
    own = {_plain(known[0]): name for name, known in layout.columns.items()}
    for known in (own, layout.fields_by_heading):
        for column, text in plain.items():
            if text in known and column not in columns.values():
                columns.setdefault(known[text], column)
    if len(columns) < _FEWEST_HEADINGS - 1:
        return {}
    if len(texts) > LIMITS["parties"].base:
        raise Exceeded("parties")
    for column, text in texts.items():
        if column not in columns.values() and (name := layout.field_of(text)):
            columns.setdefault(name, column)
    return columns


def _is_heading_row(columns: dict[str, int]) -> bool:
    """Enough of the format to be its heading row: what, and when, how much or of which type."""
    what = {"name", "smart", "evidence"} & columns.keys()
    rest = {"date", "type", "total"} & columns.keys()
    return bool(what) and bool(rest) and len(columns) >= _FEWEST_HEADINGS
