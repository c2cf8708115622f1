"""From the bytes of a workbook to a Plan. Only this package knows openpyxl and the Excel file format."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from kpicheck import __title__
from kpicheck.reader.assembly import assemble
from kpicheck.reader.earned import milestones_in
from kpicheck.reader.general import Labels, read_general
from kpicheck.reader.magic import is_encrypted, is_lock_file
from kpicheck.reader.package import open_package
from kpicheck.reader.parties import party_columns
from kpicheck.reader.parts import read_book
from kpicheck.reader.refusal import Refusal
from kpicheck.reader.rows import read_rows, used_rows
from kpicheck.reader.tables import find_tables
from kpicheck.reader.versions import TableRows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpicheck.allowance import Allowance
    from kpicheck.model import Plan, Typed
    from kpicheck.reader.package import Package
    from kpicheck.reader.workbook import Book

__all__ = ["Refusal", "is_own_report", "read", "unlocked"]


def unlocked(data: bytes, ask_password: Callable[[], str | None] | None) -> bytes:
    """The workbook inside an encrypted one, for the password that is asked once; other files as they are.

    Without `ask_password` an encrypted workbook stays as it is too. Raises Refusal where it stays closed.
    """
    if ask_password is None or not is_encrypted(data):
        return data
    from kpicheck.reader import encrypted

    return encrypted.unlocked(data, ask_password)


def is_own_report(data: bytes) -> bool:
    """Whether the bytes are a workbook that kpicheck wrote as a report."""
    try:
        return open_package(data).creator == __title__
    except Refusal:
        return False


def read(
    data: bytes,
    name: str = "",
    allowance: Allowance | None = None,
    typed: Sequence[Typed] = (),
    *,
    by_openpyxl: bool = False,
) -> Plan:
    """Read the plan in the bytes of a workbook; its file name tells a lock file apart.

    With `typed` it is the plan as it would be after somebody typed that. Its cells are read by us, or
    `by_openpyxl` for a second opinion.

    Raises Refusal where the bytes are not a workbook that can be read safely, hold no milestone table,
    or hold a table without any milestone; Exceeded where they ask more than a plan may.
    """
    if is_lock_file(name):
        raise Refusal("lock-file")
    package = open_package(data, allowance)
    book = _second_opinion(package) if by_openpyxl else read_book(package)
    if typed:
        from kpicheck.reader.retyping import retyped

        book = retyped(book, typed)
    by_sheet = [(sheet, find_tables(sheet, book.allowance)) for sheet in book.sheets]
    book.allowance.rows_so_far = cache(partial(milestones_in, by_sheet))
    tables = [table for _, here in by_sheet for table in here]
    if not tables:
        raise Refusal("own-report" if package.creator == __title__ else "no-milestone-table")
    labels = Labels(book, tables)
    general = read_general(labels)
    kassier_name = general.kassier_name if general else ""
    found = []
    for table in tables:
        columns = party_columns(book, table, used_rows(table), kassier_name)
        if "split" in table.columns:
            from kpicheck.reader.listed import listed_parties

            columns += listed_parties(book, table, used_rows(table), kassier_name)
        found.append(TableRows(table, columns, read_rows(book, table, columns)))
    milestones = sum(len(one.rows.payments) for one in found)
    book.allowance.rows_so_far = lambda: milestones
    filled = [one for one in found if one.rows.payments] or [one for one in found if one.rows.examples]
    if not filled:
        raise Refusal("no-milestones")
    return assemble(filled, labels, general)


def _second_opinion(package: Package) -> Book:
    from kpicheck.reader import by_openpyxl

    return by_openpyxl.read_book(package)
