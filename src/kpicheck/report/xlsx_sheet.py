"""A workbook and its sheets: headings, filters, links, and text that is never a formula and never lost."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kpicheck import __title__, texts
from kpicheck.report.plan_link import quoted

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
MAX_LINKS = 65_530
_MAX_HEIGHT = 409
_LINE = 15
_NUMBERS = (
    "errors",
    "warnings",
    "infos",
    "not_checked",
    "kpis",
    "total",
    "effort_share",
    "difference",
    "days",
    "amount",
)

_PLAIN = {"text_wrap": True, "valign": "top"}
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "note": {"font_color": "#595959"},
    "heading": {"bold": True, "font_color": "white", "bg_color": "#1F3864", **_PLAIN},
    "heading-right": {"bold": True, "font_color": "white", "bg_color": "#1F3864", "align": "right", **_PLAIN},
    "text": _PLAIN,
    "link": {"font_color": "#0563C1", "underline": 1, **_PLAIN},
    "number": {"num_format": "#,##0", "valign": "top"},
    "number-link": {"num_format": "#,##0", "valign": "top", "font_color": "#0563C1", "underline": 1},
    "euro": {"num_format": "#,##0.00", "valign": "top"},
    "share": {"num_format": "0.0%", "valign": "top"},
    "error": {"bold": True, "font_color": "#C00000", **_PLAIN},
    "warning": {"bold": True, "font_color": "#9C5700", **_PLAIN},
    "info": {"font_color": "#1F4E78", **_PLAIN},
}


@dataclass(frozen=True, slots=True)
class Put:
    """What goes into a cell: how it looks, and where it leads."""

    value: str | int | Decimal | None
    look: str = "text"
    link: str | None = None


class Book:
    """A workbook in memory; the same contents give the same bytes."""

    def __init__(self, title: str, day: dt.date, language: str) -> None:
        """Start a workbook of that day."""
        import xlsxwriter

        self.language = language
        self._bytes = io.BytesIO()
        self._book: Any = xlsxwriter.Workbook(
            self._bytes, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        created = dt.datetime.combine(day, dt.time())
        self._book.set_properties({"title": title, "author": __title__, "created": created})
        self._looks = {name: self._book.add_format(dict(look)) for name, look in _LOOKS.items()}

    def sheet(self, key: str, widths: Mapping[str, int], top: int = 0) -> Sheet:
        """A sheet with those columns; its headings stand in row `top`, counted from 0."""
        title = texts.text("report", f"sheet_{key}", self.language)
        sheet = Sheet(self._book.add_worksheet(title), self._looks, title, top, self.language)
        sheet.head(widths)
        return sheet

    def data(self) -> bytes:
        """The finished workbook."""
        self._book.close()
        return self._bytes.getvalue()


class Sheet:
    """A sheet that grows downwards from its headings."""

    def __init__(self, made: Any, looks: Mapping[str, object], title: str, top: int, language: str) -> None:  # noqa: ANN401 - XlsxWriter has no types
        """Begin below the headings, which stand in row `top`."""
        self.title = title
        self.next = top + 1
        self._made, self._looks, self._top, self._language = made, looks, top, language
        self._widths: list[int] = []
        self._links = self._left_out = 0

    def head(self, widths: Mapping[str, int]) -> None:
        """The headings, which stay in sight and stand on every printed page."""
        self._widths = list(widths.values())
        for column, (key, width) in enumerate(widths.items()):
            self._made.set_column(column, column, width)
            look = "heading-right" if key in _NUMBERS else "heading"
            self.put(self._top, column, Put(texts.text("columns", key, self._language), look))
        self._made.set_row(self._top, 2 * _LINE)
        self._made.freeze_panes(self._top + 1, 1)
        self._made.repeat_rows(self._top)
        self._made.set_landscape()
        self._made.set_paper(9)
        self._made.fit_to_pages(1, 0)

    def add(self, cells: Sequence[Put]) -> str | None:
        """Write the next row and give the link to it; None where the sheet is full."""
        if self.next >= MAX_ROWS - 1:
            self._left_out += 1
            return None
        for column, one in enumerate(cells):
            self.put(self.next, column, one)
        self._made.set_row(self.next, min(_LINE * self._lines(cells), _MAX_HEIGHT))
        self.next += 1
        return f"internal:{quoted(self.title)}!A{self.next}"

    def _lines(self, cells: Sequence[Put]) -> int:
        """How many lines the fullest cell needs: not every program sees to that when it opens a file."""
        typed = ((one.value, width) for one, width in zip(cells, self._widths, strict=True))
        return max(1, *(-(-len(text) * 10 // (width * 9)) for text, width in typed if isinstance(text, str)))

    def put(self, row: int, column: int, one: Put) -> None:
        """Write one cell. What does not fit in it is cut, and says so."""
        look = self._looks[one.look]
        if one.link and self._links < MAX_LINKS:
            self._links += 1
            self._made.write_url(row, column, one.link, look, string=str(one.value)[:255])
        if isinstance(one.value, str):
            self._made.write_string(row, column, self._fitting(one.value), look)
        elif one.value is not None:
            self._made.write_number(row, column, float(one.value), look)

    def finish(self) -> None:
        """The filter over all rows; a full sheet says what is missing."""
        if self._left_out:
            said = texts.text("report", "cut_rows", self._language, {"rows": self._left_out})
            self.put(self.next, 0, Put(said, "error"))
        self._made.autofilter(self._top, 0, max(self.next - 1, self._top), len(self._widths) - 1)

    def _fitting(self, text: str) -> str:
        if len(text.encode("utf-16-le")) <= 2 * MAX_TEXT:
            return text
        kept = text[: MAX_TEXT // 2]
        facts = {"number": len(text) - len(kept)}
        return kept + texts.text("report", "cut_text", self._language, facts)
