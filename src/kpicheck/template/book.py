"""The workbook in the making: how its cells look, and what all its sheets have alike."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kpicheck.template.words import words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
DARK, FILL_IN, CALCULATED, LINE = "#1F3864", "#FFF8DC", "#F2F2F2", "#BFBFBF"
_A4 = 9
_TITLE_HEIGHT = 26
_EURO = '"€ "#,##0'
_INDENT = {"align": "left", "indent": 1}
_CELL = {"text_wrap": True, "valign": "top", "border": 1, "border_color": LINE}
_HEADING = {**_CELL, "bold": True, "valign": "vcenter"}
_ANSWER = {**_CELL, "bg_color": FILL_IN, **_INDENT, "valign": "vcenter"}
_ALERT = {"bg_color": "#C00000", "font_color": "white"}

_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 16, "font_color": DARK},
    "intro": {"font_color": "#404040"},
    "part": {"bold": True, "font_size": 12, "font_color": DARK, "bottom": 2, "bottom_color": DARK},
    "hint": {"font_color": "#595959", "italic": True, "text_wrap": True, "valign": "vcenter"},
    "heading": {**_HEADING, "font_color": "white", "bg_color": DARK},
    "heading-right": {**_HEADING, "font_color": "white", "bg_color": DARK, "align": "right"},
    "heading-party": {**_HEADING, "bg_color": "#FFE699"},
    "heading-calculated": {**_HEADING, "bg_color": "#D9D9D9"},
    "label": {**_CELL, "bold": True, **_INDENT, "valign": "vcenter"},
    "label-plain": {**_CELL, **_INDENT},
    "told": {**_CELL, **_INDENT, "valign": "vcenter"},
    "text": _CELL,
    "year": {**_CELL, "bold": True, **_INDENT},
    "date": {**_CELL, "num_format": "d-m-yyyy", "align": "left"},
    "euro": {**_CELL, "num_format": _EURO},
    "answer": _ANSWER,
    "answer-date": {**_ANSWER, "num_format": "d-m-yyyy"},
    "answer-euro": {**_ANSWER, "num_format": _EURO},
    "budget": {**_CELL, "bg_color": FILL_IN, "num_format": _EURO},
    "calculated-text": {**_CELL, "bg_color": CALCULATED},
    "verdict": {**_CELL, "bg_color": CALCULATED, **_INDENT},
    "calculated-euro": {**_CELL, "bg_color": CALCULATED, "num_format": _EURO},
    "calculated-quiet": {**_CELL, "bg_color": CALCULATED, "num_format": f"{_EURO};-{_EURO};"},
    "calculated-share": {**_CELL, "bg_color": CALCULATED, "num_format": "0.0%"},
    "total": {**_CELL, "bold": True, "bg_color": CALCULATED, "num_format": _EURO, "top": 2},
    "total-share": {**_CELL, "bold": True, "bg_color": CALCULATED, "num_format": "0.0%", "top": 2},
    "total-label": {**_CELL, "bold": True, "top": 2, **_INDENT},
    "scale": {"font_color": "#595959", "font_size": 9},
    "scale-right": {"font_color": "#595959", "font_size": 9, "align": "right"},
    "bar": {"top": 1, "bottom": 1, "top_color": LINE, "bottom_color": LINE},
    "bar-limit": {"top": 1, "bottom": 1, "right": 5, "top_color": LINE, "bottom_color": LINE},
    "on-good": {"font_color": "#375623"},
    "on-missing": {"bg_color": "#FFE699"},
    "on-alert": _ALERT,
    "on-bar": {"bg_color": "#2F5597"},
    "on-bar-alert": {"bg_color": "#C00000"},
}


class Book:
    """A workbook in memory. It names no maker: a filled in copy is a plan of its submitter, not a report."""

    def __init__(self) -> None:
        """Start an empty workbook."""
        import xlsxwriter

        self._bytes = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._bytes, {"in_memory": True})
        self._book.set_properties({"title": words("title"), "created": CREATED})
        self._looks = {name: self._book.add_format(dict(look)) for name, look in _LOOKS.items()}

    def look(self, name: str) -> Format:
        """How cells of that kind look; "on-…" is laid over them on a condition."""
        return self._looks[name]

    def sheet(self, key: str) -> Worksheet:
        """A new sheet, that prints on A4 with its name and page at the foot."""
        sheet = self._book.add_worksheet(words("sheets")[key])
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(words("footer"))
        sheet.hide_gridlines(2)
        return sheet

    def entitle(self, sheet: Worksheet, title: str) -> None:
        """Put a title at the top."""
        sheet.write_string("A1", title, self.look("title"))
        sheet.set_row(0, _TITLE_HEIGHT)

    def open_at(self, sheet: Worksheet) -> None:
        """Let the workbook open at that sheet."""
        sheet.activate()

    def data(self) -> bytes:
        """The finished workbook."""
        self._book.close()
        return self._bytes.getvalue()


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column: not every program makes rows high enough by itself."""
    return -(-len(text) // width)


def refusing(key: str, **facts: object) -> dict[str, object]:
    """The words with which Excel refuses a value, as part of a validation."""
    title, message = words("refused")[key]
    return {"error_title": title, "error_message": message.format(**facts), "ignore_blank": True}
