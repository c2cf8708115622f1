"""Paragraphs for the console, wrapped and indented: plain, or with styles where a terminal shows them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from rich.cells import cell_len, chop_cells

if TYPE_CHECKING:
    from rich.console import Console

Piece = str | tuple[str, str]
"""A text, or a text with its style."""

WITHOUT_TERMINAL = 80
_WORD = re.compile(r"\s*\S+\s*")
_SAY_TERMINAL = ("FORCE_COLOR", "TTY_COMPATIBLE")


class Paragraphs(Protocol):
    """Takes paragraphs one by one."""

    encoding: str

    def add(self, pieces: Sequence[Piece], indent: int = 0, first: str = "") -> None:
        """One paragraph; `first` stands before its first line."""

    def text(self) -> str:
        """Everything that was added."""


def for_stdout() -> Paragraphs:
    """As wide as the terminal, and 80 columns without styles where there is none."""
    if sys.stdout.isatty() or any(name in os.environ for name in _SAY_TERMINAL):
        from rich.console import Console

        console = Console(soft_wrap=False, highlight=False, emoji=False, markup=False)
        if console.is_terminal:
            return _Styled(console)
    return Plain(WITHOUT_TERMINAL, sys.stdout.encoding)


class Plain:
    """Paragraphs as plain text."""

    def __init__(self, width: int, encoding: str | None = None) -> None:
        """Wrap at that width."""
        self.encoding = (encoding or "utf-8").lower()
        self._width = width
        self._lines: list[str] = []

    def add(self, pieces: Sequence[Piece], indent: int = 0, first: str = "") -> None:
        """One paragraph."""
        text = "".join(one if isinstance(one, str) else one[0] for one in pieces)
        before, after = " " * indent + first, " " * (indent + len(first))
        for line in wrapped(text, max(self._width - len(before), 1)):
            self._lines.append(f"{before}{line}\n")
            before = after

    def text(self) -> str:
        """Everything that was added."""
        return "".join(self._lines)


class _Styled:
    """Paragraphs with styles; foreign text only ever enters as rich Text, never as markup."""

    def __init__(self, console: Console) -> None:
        self.encoding = (console.encoding or "utf-8").lower()
        self._console = console
        self._captured = console.capture()  # rich ends the process itself when a pipe closes
        self._captured.__enter__()

    def add(self, pieces: Sequence[Piece], indent: int = 0, first: str = "") -> None:
        from rich.text import Text

        before, after = " " * indent + first, " " * (indent + len(first))
        for line in Text.assemble(*pieces).wrap(self._console, max(self._console.width - len(before), 1)):
            line.rstrip()
            self._console.print(Text(before).append_text(line) if before else line)
            before = after

    def text(self) -> str:
        self._captured.__exit__(None, None, None)
        return self._captured.get()


def wrapped(text: str, width: int) -> Iterator[str]:
    """The lines of a paragraph, broken between words, as rich breaks them: by the cells they take."""
    for line in text.split("\n"):
        flat = line.expandtabs()
        start = 0
        for end in _breaks(flat, width):
            yield flat[start:end].rstrip()
            start = end
        yield flat[start:].rstrip()


def _breaks(line: str, width: int) -> Iterator[int]:
    """Where a new line begins; a word that is longer than a line is broken itself."""
    measured = len if line.isascii() else cell_len
    if measured(line) <= width:
        return
    taken = 0
    for found in _WORD.finditer(line):
        word, start = found[0], found.start()
        length = measured(word.rstrip())
        if length <= width - taken:
            taken += measured(word)
        elif length <= width:
            if taken and start:
                yield start
                taken = measured(word)
        else:
            for piece in chop_cells(word, width):
                if start:
                    yield start
                start += len(piece)
                taken = measured(piece)
