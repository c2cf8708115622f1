"""Where a box of a certain size ends on a sheet: the heights of its rows and the widths of its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kpicheck.allowance import LAST_COLUMN, LAST_ROW
from kpicheck.reader.places import Place
from kpicheck.writer.sheet_markup import SheetMarkup

_PIXELS_A_POINT = 4 / 3
_PIXELS_A_DIGIT, _MARGIN = 7, 5
_USUAL_HEIGHT, _USUAL_WIDTH = 15.0, 8.43
_WIDE, _LINE, _LETTERS_A_LINE = 320, 16, 50
_LOWEST, _HIGHEST = 4, 30
_OFF_THE_CELL, _BELOW_THE_TOP = 15, 2


class Grid:
    """The rows and columns of a sheet in pixels, as Excel shows them at 100%."""

    def __init__(self, sheet: SheetMarkup) -> None:
        """Take the sizes that the sheet tells."""
        told = sheet.root.child("sheetFormatPr")
        usual = told.attributes if told else {}
        self._height = float(usual.get("defaultRowHeight", _USUAL_HEIGHT))
        self._width = float(usual.get("defaultColWidth", _USUAL_WIDTH))
        self._heights = sheet.heights
        self._columns = [
            (
                int(one.attributes["min"]),
                int(one.attributes["max"]),
                _shown_width(one.attributes, self._width),
            )
            for one in sheet.inside("cols")
        ]

    def anchor(self, place: Place, said: str) -> str:
        """Left, top, right and bottom of a box beside a cell: each a row or column, and pixels in it."""
        lines = sum(max(1, -(-len(one) // _LETTERS_A_LINE)) for one in said.split("\n"))
        high = _LINE * min(max(lines + 1, _LOWEST), _HIGHEST)
        left = min(place[1] + 1, LAST_COLUMN)
        right, across = self._reach(left, _OFF_THE_CELL + _WIDE, LAST_COLUMN, self._pixels_wide)
        bottom, down = self._reach(place[0], _BELOW_THE_TOP + high, LAST_ROW, self._pixels_high)
        numbers = (
            *(left - 1, _OFF_THE_CELL, place[0] - 1, _BELOW_THE_TOP),
            *(right - 1, across, bottom - 1, down),
        )
        return ", ".join(map(str, numbers))

    @staticmethod
    def _reach(start: int, pixels: int, last: int, size: Callable[[int], int]) -> tuple[int, int]:
        """The row or column in which that many pixels from the start end, and how far in it."""
        while start < last and pixels > size(start):
            pixels -= size(start)
            start += 1
        return start, min(pixels, size(start))

    def _pixels_wide(self, column: int) -> int:
        width = next((wide for first, last, wide in self._columns if first <= column <= last), self._width)
        return round(width * _PIXELS_A_DIGIT + _MARGIN) if width else 0

    def _pixels_high(self, row: int) -> int:
        return round(self._heights.get(row, self._height) * _PIXELS_A_POINT)


def _shown_width(told: Mapping[str, str], usual: float) -> float:
    """The width of a column in digits; nothing where it is hidden."""
    return 0.0 if told.get("hidden") in ("1", "true") else float(told.get("width", usual))
