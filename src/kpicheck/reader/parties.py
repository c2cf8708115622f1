"""Party columns: which columns of a table hold the money of a party, and what their headings say."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache, partial
from typing import NamedTuple

from kpicheck.dutch.remembered import remembered
from kpicheck.model import Cell, Gap, Party, normalised, same_euros
from kpicheck.reader.fields import amount_field, as_text, can_be_euros
from kpicheck.reader.layout import Layout
from kpicheck.reader.stored_rows import StoredRow
from kpicheck.reader.tables import Table
from kpicheck.reader.workbook import Book

_CODE = re.compile(r"\d+")
_CODE_WORDS = re.compile(
    r"[\s(,;:/–-]*\b(?:(?:agb|kvk|wlz|gm|gemeente)[\s-]*(?:code|nummer|nr)|agb|kvk|wlz|gm|code)[\s.:)–-]*$",
    re.IGNORECASE,
)
_TELLING_NAME = 6
_YEAR = re.compile(r"^\D*\b20\d\d\b\D*$")
_AGB_OR_KVK, _MUNICIPALITY = 8, 4


class PartyColumn(NamedTuple):
    """A column that holds the money of one party."""

    column: int
    party: Party


def party_columns(book: Book, table: Table, rows: list[int], kassier_name: str) -> list[PartyColumn]:
    """The party columns of a table, from left to right.

    A heading with a code, "+ code" or a party word is one. Another column right of (totaal)Bedrag is one
    when it holds amounts, unless the row totals add up without it: extra columns are never an error.
    """
    sure, unsure = [], []
    candidates = _candidates(table, rows)
    lines = [table.sheet.stored.row(row) for row in rows]
    book.allowance.within("parties", len(candidates))
    for column in candidates:
        cell = book.cell(table.sheet, table.heading_row(column), column)
        heading = "" if cell.blank else as_text(cell.value)
        if _declared(heading, table.layout) and (
            _holds_euros(lines, column) or not _holds_words(book, table, rows, column)
        ):
            sure.append(column)
        elif column > table.columns.get("total", 0) and _may_be_party(book, table, rows, column, heading):
            unsure.append(column)
    if unsure and not _balanced(book, table, rows, sure):
        sure = sorted(sure + unsure)
    return [
        PartyColumn(
            column,
            read_party(book.cell(table.sheet, table.heading_row(column), column), table.layout, kassier_name),
        )
        for column in sure
    ]


def _candidates(table: Table, rows: list[int]) -> list[int]:
    """Columns that stand for no field: other headings, and headless columns right of the table's start."""
    taken = set(table.columns.values())
    first = table.columns.get("total", table.first_column)
    used: set[int] = set()
    used.update(*(table.sheet.stored.row(row).at for row in rows))
    return sorted((set(table.others) | {column for column in used if column > first}) - taken)


def _declared(heading: str, layout: Layout) -> bool:
    plain = normalised(heading)
    words = plain.split()
    if not words or words[0] in layout.texts("parties", "not_a_party"):
        return False
    has_word = any(word in words[0] for word in layout.texts("parties", "words"))
    if _YEAR.match(heading) and not has_word:
        return False
    return plain.endswith(" code") or has_word or _longest_digits(heading) >= _MUNICIPALITY


def _holds_euros(lines: list[StoredRow], column: int) -> bool:
    """Whether all that stands in a column is an amount as it is stored."""
    return all(map(can_be_euros, [line.cells[line.at[column]] for line in lines if column in line.at]))


def _holds_words(book: Book, table: Table, rows: list[int], column: int) -> bool:
    """Mostly words below the heading, and none of the marks of an unfilled cell such as "€ xxx"."""
    filled = [cell for cell in book.column(table.sheet, rows, column) if not cell.blank]
    others = [cell for cell in filled if not can_be_euros(cell)]
    words = [
        cell for cell in others if amount_field(cell).gap is Gap.UNREADABLE and "€" not in str(cell.value)
    ]
    return len(words) > 1 and len(words) * 2 > len(filled)


def _longest_digits(text: str) -> int:
    return max((len(found) for found in _CODE.findall(text)), default=0)


def _may_be_party(book: Book, table: Table, rows: list[int], column: int, heading: str) -> bool:
    """Holds amounts and no other text, under a heading that is not one of the usual extra columns."""
    plain = normalised(heading)
    words = plain.split()
    if (words and words[0] in table.layout.texts("parties", "not_a_party")) or _YEAR.match(heading):
        return False
    filled = [cell for cell in book.column(table.sheet, rows, column) if not cell.blank]
    amounts = [one for one in map(amount_field, filled) if one.value is not None]
    return bool(amounts) and len(amounts) * 2 > len(filled)


def _balanced(book: Book, table: Table, rows: list[int], columns: list[int]) -> bool:
    """Whether those columns alone already add up to (totaal)Bedrag on every row that has one."""
    if not columns or "total" not in table.columns:
        return False
    compared = 0
    for row in rows:
        found = book.cells(table.sheet, row, [table.columns["total"], *columns], prove=False)
        total, *parts = [amount_field(cell).value for cell in found]
        if not total or not any(parts):
            continue
        if not same_euros(sum((part for part in parts if part is not None), Decimal(0)), total):
            return False
        compared += 1
    return compared > 0


def read_party(cell: Cell, layout: Layout, kassier_name: str) -> Party:
    """Name, code and kind of a party as its heading gives them (rules, section K)."""
    heading = "" if cell.blank else as_text(cell.value)
    told = _told_in(layout)(heading)
    kassier = "kassier" in normalised(heading) or _same_name(told.written, kassier_name)
    return Party(
        heading=heading,
        name=told.written if told.named else "",
        code=told.code,
        kind=told.kind,
        kassier=kassier,
        cell=cell,
        named=told.named,
    )


class _Told(NamedTuple):
    """What the heading of a party says: its name as written, whether that is one, its code and its kind."""

    written: str
    named: bool
    code: str
    kind: str


@cache
def _told_in(layout: Layout) -> Callable[[str], _Told]:
    """What headings of a layout say; those of one region come back in its plans."""
    return remembered(partial(_told, layout))


def _told(layout: Layout, heading: str) -> _Told:
    unfilled = normalised(heading).endswith(" code") and not re.search(r"\d{3}", heading)
    runs = [] if unfilled else list(_CODE.finditer(heading))
    plain_number = runs and _is_placeholder(heading, layout)
    code = runs[-1].group() if runs and not plain_number else ""
    name = heading[: runs[-1].start()] + heading[runs[-1].end() :] if code else heading
    name = re.sub(r"\s+", " ", re.sub(r"\+\s*code\b", "", name, flags=re.IGNORECASE)).strip()
    name = _without_code_words(name)
    named = bool(normalised(name)) and not _is_placeholder(name, layout)
    prefixed = bool(code) and bool(re.search(rf"\bGM\s*{code}\b", heading, re.IGNORECASE))
    return _Told(name, named, ("GM" if prefixed else "") + code, _kind(heading, code))


def _is_placeholder(name: str, layout: Layout) -> bool:
    """Nothing but a word of the format such as "Zorgaanbieder 2"."""
    plain = re.sub(r"\b(?:\d{1,2}|code|en|of)\b", " ", normalised(name)).strip()
    return not plain or " ".join(plain.split()) in layout.texts("parties", "no_name")


def _without_code_words(name: str) -> str:
    """The name without "AGB-code" and the like behind it, and without empty brackets."""
    return _CODE_WORDS.sub("", re.sub(r"\(\s*\)|\[\s*\]", " ", name)).strip(" \t\n+-–,;:/()[]")


def _kind(heading: str, code: str) -> str:
    words = normalised(heading).split()
    if "wlz" in words or "wlzcode" in words:
        return "wlz"
    if len(code) == _AGB_OR_KVK:
        if any(word.startswith("agb") for word in words):
            return "agb"
        return "kvk" if any(word.startswith("kvk") for word in words) else "agb_or_kvk"
    return "gemeente" if len(code) == _MUNICIPALITY else "unknown"


def _same_name(name: str, kassier_name: str) -> bool:
    left, right = normalised(name), normalised(kassier_name)
    return bool(left) and (left == right or (len(left) >= _TELLING_NAME and f" {left} " in f" {right} "))
