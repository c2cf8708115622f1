"""An empty workbook in the official layout: formulas, drop-downs, validations and notes, in Dutch.

The headings and labels are those by which the reader finds them (rules/layouts/official.toml), the other
words stand in rules/texts/template.toml. The same wishes give the same bytes.
"""

from __future__ import annotations

from kpicheck.template.wanted import MOST_PARTIES, MOST_ROWS, MOST_YEARS, Wanted

__all__ = ["MOST_PARTIES", "MOST_ROWS", "MOST_YEARS", "Wanted", "build"]


def build(wanted: Wanted) -> bytes:
    """The workbook."""
    from kpicheck.template.beside import write_budget, write_shares
    from kpicheck.template.book import Book
    from kpicheck.template.front import write_general, write_guidance
    from kpicheck.template.milestones import write_milestones
    from kpicheck.template.table import Table

    book, table = Book(), Table(wanted)
    places = write_general(book)
    write_guidance(book, table)
    write_milestones(book, table)
    write_shares(book, table, places["requested"])
    write_budget(book, table)
    return book.data()
