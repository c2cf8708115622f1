"""The text of a string element: of a shared string, or of a cell that holds its own."""

from __future__ import annotations

from typing import Final

from kpicheck.allowance import LONGEST_TEXT, Exceeded
from kpicheck.dutch.sought import Sought
from kpicheck.reader.reading import Attributes, Reading
from kpicheck.reader.refusal import Unreadable
from kpicheck.reader.shape import MAIN

MOST_RUNS: Final = 100_000  # a text of 32,767 characters has no more runs that say anything

_TEXT, _RUN = f"{MAIN} t", f"{MAIN} r"
_ESCAPE = Sought(r"_x([0-9A-Fa-f]{4})_")


class Words:
    """Collects the text of each element of one name while it is read; phonetic readings are left out."""

    def __init__(self, reading: Reading, element: str) -> None:
        """Take the reading, and the name of the element whose texts are wanted."""
        self._path, self._texts = reading.path, reading.texts
        self._element = element
        self._own: list[str] = []
        self._runs: list[str] = []
        self._texts_in_run = 0
        self._twice = False
        reading.starts |= {element: self._begin, _RUN: self._begin_run}
        reading.ends[_TEXT] = self._text_ended

    def taken(self) -> str:
        """The text of the element that ends here, runs of rich text joined.

        Raises Unreadable where one run has two texts, and Exceeded.
        """
        if self._twice or len(self._own) > 1:
            raise Unreadable("content")
        return unescaped("".join(self._own + self._runs))

    def _begin(self, _: Attributes) -> None:
        self._own.clear()
        self._runs.clear()
        self._twice = False

    def _begin_run(self, _: Attributes) -> None:
        self._texts_in_run = 0

    def _text_ended(self) -> None:
        around = self._path[-1]
        if around == self._element:
            self._own.append("".join(self._texts))
        elif around == _RUN:
            self._runs.append("".join(self._texts))
            self._texts_in_run += 1
            self._twice = self._twice or self._texts_in_run > 1
            if len(self._runs) > MOST_RUNS:
                raise Exceeded("elements")


def unescaped(text: str) -> str:
    r"""The text with _xHHHH_ as the character it stands for; line ends as one. Raises Exceeded."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    if len(text) > LONGEST_TEXT:
        raise Exceeded("text")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
