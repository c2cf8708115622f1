"""The Bad and Good tables of a check's docstring: rule page, explanation and test read them here."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

_BLOCK = re.compile(r"^(Bad|Good):$")
_MARK = re.compile(r"\s*<-\s*(?P<marks>.+)$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an example: the cells of a table row and what is marked in it; or a sheet's name."""

    cells: tuple[str, ...]
    marks: tuple[str, ...]
    sheet: str | None = None
    options: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One example: good or bad, as typed and as lines."""

    good: bool
    text: str
    lines: tuple[Line, ...]


def summary(doc: str) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join(inspect.cleandoc(doc).split("\n\n", 1)[0].split())


def examples(doc: str) -> list[Example]:
    """Every example of a docstring, in order."""
    found: list[tuple[bool, list[str]]] = []
    open_block = False
    for line in inspect.cleandoc(doc).splitlines():
        if block := _BLOCK.match(line.strip()):
            found.append((block[1] == "Good", []))
            open_block = True
        elif open_block and line.startswith("    "):
            found[-1][1].append(line[4:])
        elif line.strip():
            open_block = False
    return [Example(good, "\n".join(lines), tuple(map(_line, lines))) for good, lines in found]


def _line(text: str) -> Line:
    mark = _MARK.search(text)
    marks = tuple(one.strip() for one in mark["marks"].split(";")) if mark else ()
    body = text[: mark.start()].strip() if mark else text.strip()
    if body.startswith("[") and body.endswith("]"):
        return Line((), marks, sheet=body[1:-1])
    if body.startswith("--"):
        return Line((), marks, options=body)
    cells = tuple(one.strip() for one in body.strip("|").split("|"))
    return Line(cells, marks)
