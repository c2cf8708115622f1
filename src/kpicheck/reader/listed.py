"""Parties listed in one cell, each on a line: "Indiener 1: € 4.000" (the help document's layout)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kpicheck.dutch.notation import amount
from kpicheck.model import Cell, Party, Value, normalised
from kpicheck.reader.fields import as_text, blank_or_broken
from kpicheck.reader.layout import Layout
from kpicheck.reader.parties import PartyColumn, read_party
from kpicheck.reader.tables import Table
from kpicheck.reader.workbook import Book

_AMOUNT_BELOW = re.compile(r":[ \t]*\n\s*(?=€|\d)")
_BETWEEN = re.compile(r"[\n;]|(?<=[\dxX–-])\s*,\s+(?=[^:,]+:)")
_BULLET = re.compile(r"^(?:[•·*]\s*|[–-]\s+)")
_NAMED = re.compile(r"(?P<name>[^€]*?)[\s:=(–-]*(?P<amount>€.*)|(?P<label>.*)[:=](?P<rest>.*)")


_CELLS_KEPT = 32  # each may hold thousands of lines


@dataclass(frozen=True, slots=True)
class Part:
    """One line of such a cell: who gets what, and the line as typed."""

    party: str
    amount: str
    typed: str

    @property
    def unread_remark(self) -> bool:
        """Whether it names nobody and is no amount: then nobody's part of the cell is certain."""
        return not self.party and amount(self.amount) is None


def listed_parties(book: Book, table: Table, rows: list[int], kassier_name: str) -> list[PartyColumn]:
    """One party column for every party that is listed anywhere in the table, in order of appearance."""
    column = table.columns.get("split")
    if column is None:
        return []
    cells = [book.cell(table.sheet, row, column) for row in rows]
    told = [(cell, part) for cell in cells for part in _parts(cell, table.layout) if part.amount]
    found: dict[str, PartyColumn] = {}
    for cell, part in [one for one in told if not one[1].unread_remark] or told:
        if normalised(part.party) not in found:
            party = _party(cell, part.party, table.layout, kassier_name)
            found[normalised(part.party)] = PartyColumn(column, party)
            book.allowance.within("parties", len(found))
    return list(found.values())


def share_cell(book: Book, table: Table, row: int, column: PartyColumn) -> Cell:
    """The cell of a row in which parties are listed, as if the part of one of them stood there alone."""
    cell = book.cell(table.sheet, row, column.column)
    if blank_or_broken(cell):
        return cell
    shares = _shares(as_text(cell.value), table.layout)
    value = shares.get(None, shares.get(normalised(column.party.heading)))
    return Cell(cell.sheet, cell.row, cell.column, value, hidden=cell.hidden)


@lru_cache(maxsize=_CELLS_KEPT)
def _shares(text: str, layout: Layout) -> dict[str | None, Value]:
    """What is listed for each party: its amount, or a line nobody can read; None is a remark for all."""
    found: dict[str | None, Value] = {}
    for one in _parts_of(text, layout):
        party, read = normalised(one.party), amount(one.amount)
        if one.unread_remark:
            found.setdefault(None, one.typed)
        elif one.amount and not isinstance(found.get(party), str):
            before = found.get(party) or Decimal(0)
            found[party] = before + read if isinstance(before, Decimal) and read is not None else one.typed
    return found


def _parts(cell: Cell, layout: Layout) -> tuple[Part, ...]:
    return () if blank_or_broken(cell) else _parts_of(as_text(cell.value), layout)


@lru_cache(maxsize=_CELLS_KEPT)
def _parts_of(text: str, layout: Layout) -> tuple[Part, ...]:
    """The lines of a cell; one with the total of them all is no party, and neither is a remark."""
    lines = [_BULLET.sub("", one.strip()) for one in _BETWEEN.split(_AMOUNT_BELOW.sub(": ", text))]
    parts = [_part(one) for one in lines if one]
    totals = layout.plain_texts("rows", "total")
    told = [one for one in parts if normalised(one.party) not in totals]
    remarks = any(one.party for one in told)
    return tuple(one for one in told if one.party or not remarks or re.search(r"\d", one.typed))


def _part(line: str) -> Part:
    found = _NAMED.fullmatch(line)
    if found is None:
        return Part(party="", amount=line, typed=line)
    party = found["name"] if found["label"] is None else found["label"]
    typed = (found["amount"] if found["label"] is None else found["rest"]).strip()
    behind = typed if "(" in typed else typed.rstrip(") ")
    return Part(party=party.strip(), amount="" if behind == "€" else behind, typed=line)


def _party(cell: Cell, label: str, layout: Layout, kassier_name: str) -> Party:
    """The party of a label; "Indiener 1" before a real name is only its place in the list."""
    words = "|".join(layout.texts("parties", "no_name"))
    name = re.sub(rf"^(?:{words})\s*\d{{1,2}}\W+(?=\w)", "", label, flags=re.IGNORECASE)
    place = Cell(cell.sheet, cell.row, cell.column, name, hidden=cell.hidden)
    return read_party(place, layout, kassier_name).model_copy(update={"heading": label, "listed": True})
