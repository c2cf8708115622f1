"""A comparison in the terminal."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kpicheck.clean import flat, visible
from kpicheck.comparison.wording import Piece
from kpicheck.report.differences.document import Document, FindingGroup, document
from kpicheck.report.differences.sentences import Line
from kpicheck.report.differences.shortening import shortened
from kpicheck.report.differences.telling import Group
from kpicheck.report.differences.versions import Versions
from kpicheck.report.figures import Figure

_LEVELS = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_WORDS = {"old": ("red strike", "[-", "-]"), "new": ("bold green", "{+", "+}")}
_PLAIN_WIDTH = 80


def show(versions: Versions) -> None:
    """Print the comparison on stdout, as wide as the terminal and 80 columns where there is none."""
    console = Console(soft_wrap=False, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    with console.capture() as captured:  # rich ends the process itself when a pipe closes
        _Writer(console).write(document(versions))
    sys.stdout.write(captured.get())
    sys.stdout.flush()


def to_text(versions: Versions, *, width: int = 100) -> str:
    """The comparison as plain text."""
    target = io.StringIO()
    console = Console(file=target, width=width, highlight=False, emoji=False, markup=False, no_color=True)
    _Writer(console).write(document(versions))
    return target.getvalue()


class _Writer:
    """Writes a comparison; foreign text only ever enters as rich Text, never as markup."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def line(self, text: str | Text = "", indent: int = 0, style: str = "") -> None:
        """One paragraph, wrapped and indented."""
        content = text if isinstance(text, Text) else Text(visible(text), style=style)
        for wrapped in content.wrap(self.console, max(self.console.width - indent, 1)):
            wrapped.rstrip()
            self.console.print(Text(" " * indent).append_text(wrapped))

    def heading(self, text: str) -> None:
        """A heading with room above it."""
        self.line()
        self.line(text, style="bold underline")

    def write(self, told: Document) -> None:
        """The whole document; nothing where there is nothing to compare."""
        if not told.sides:
            return
        self.line(f"{told.verdict} {told.counts}".strip(), style="bold")
        for one in (*told.sides, *told.told):
            self.line(one)
        for one in told.asked:
            self.line(f"- {one}", indent=2)
        for group in told.groups:
            self.group(group)
        if told.groups or told.asked:
            for table in told.tables:
                self.table(table)
        self.heading(told.findings_title)
        self.line(told.findings_said)
        for found in told.findings:
            if found.news:
                self.findings(found)
        self.line()
        self.line(told.judged_by)

    def group(self, group: Group) -> None:
        """Changes of one kind, by KPI."""
        self.heading(group.title)
        for item in group.items:
            if item.title:
                place = f" ({item.place})" if item.place else ""
                self.line(f"{item.title}{place}", style="bold")
            for one in item.lines:
                self.line(_sentence(one), indent=2)
                for under in one.under:
                    self.line(f"- {under}", indent=4)

    def table(self, one: Figure) -> None:
        """Old and new beside each other."""
        self.heading(one.title)
        if one.said:
            self.line(one.said)
        if not one.rows:
            return
        table = Table(box=None, pad_edge=False, header_style="dim")
        for index, heading in enumerate(one.headings):
            figure = index >= one.words
            table.add_column(Text(heading), justify="right" if figure else "left", no_wrap=figure)
        for row in one.rows:
            table.add_row(*(Text(flat(cell)) for cell in row))
        self.console.print(table)

    def findings(self, group: FindingGroup) -> None:
        """Findings that had the same fate."""
        self.line(group.title, style="bold")
        for one in group.findings:
            said = Text(f"{one.level} {one.code}", style=_LEVELS[one.severity])
            why = f" ({one.why})" if one.why else ""
            said.append(visible(f" · {one.title} · {one.place}{why}"), style="default not bold")
            self.line(said, indent=2)
            self.line(one.message, indent=4)


def _sentence(line: Line) -> Text:
    """The sentence, with the words that are gone in [-…-] and the new ones in {+…+}."""
    said = Text(visible(line.said))
    for piece in shortened(line.pieces):
        said.append(" ").append_text(_words(piece))
    return said


def _words(piece: Piece) -> Text:
    style, before, behind = _WORDS.get(piece.kind, ("", "", ""))
    return Text(f"{before}{visible(piece.text)}{behind}", style=style)


def sentences(lines: Sequence[Line]) -> str:
    """Lines as one plain text."""
    return "\n".join(part for one in lines for part in (_sentence(one).plain, *one.under))
