"""A plan at a glance in the terminal: tables with bars."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from decimal import Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kpicheck.clean import flat
from kpicheck.model import ZERO
from kpicheck.report.figures import TYPES, Figure, Words
from kpicheck.report.glance import Glance, Money
from kpicheck.report.run import Judged, Run
from kpicheck.report.summary import facts_of
from kpicheck.report.telling import about

_BAR, _STACK, _SHARES = 24, 12, 50


def show(run: Run) -> None:
    """Print the summary on stdout, as wide as the terminal and 80 columns where there is none."""
    console = Console(soft_wrap=False, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = 80
    with console.capture() as captured:  # rich ends the process itself when a pipe closes
        _write(console, run)
    sys.stdout.write(captured.get())
    sys.stdout.flush()


def to_text(run: Run, *, width: int = 100) -> str:
    """The summary as plain text."""
    target = io.StringIO()
    _write(Console(file=target, width=width, highlight=False, emoji=False, markup=False, no_color=True), run)
    return target.getvalue()


def _write(console: Console, run: Run) -> None:
    encoding = (console.encoding or "utf-8").lower()
    marks = ("█", "▒", "░", "│") if encoding.startswith("utf") else ("#", "=", "-", "|")
    for judged in run.judged:
        if judged.glance:
            _plan(console, run, judged, judged.glance, marks)


def _plan(console: Console, run: Run, judged: Judged, glance: Glance, marks: Sequence[str]) -> None:
    file = flat(judged.file.path.replace("\\", "/").rsplit("/", 1)[-1])
    console.print(Text(f"{file} · {flat(about(run, judged.file))}", style="bold"))
    words = Words(run.basis.language)
    for one in facts_of(run, judged):
        console.print()
        console.print(Text(one.title, style="bold underline"))
        console.print(Text(one.said))
        bars = _bars(one, glance, marks)
        rows = one.rows
        if one.key == "milestones":
            rows = tuple(row for row, kpi in zip(rows, glance.milestones, strict=True) if kpi.days)
        if one.key == "split" and glance.money.total > 0:
            console.print(Text(_shares(glance, marks)))
        if rows:
            console.print(_table(one, rows, bars))
        if one.key == "halves" and bars:
            legend = (f"{mark} {words.say(kind)}" for mark, kind in zip(marks, TYPES, strict=False))
            console.print(Text("  ".join(legend), style="dim"))


def _table(one: Figure, rows: Sequence[Sequence[str]], bars: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for index, heading in enumerate(one.headings):
        figure = index >= one.words
        table.add_column(Text(heading), justify="right" if figure else "left", no_wrap=figure)
    if bars:
        table.add_column("", no_wrap=True)
    for index, row in enumerate(rows):
        bar = [Text(bars[index] if index < len(bars) else "")] if bars else []
        table.add_row(*(Text(flat(cell)) for cell in row), *bar)
    return table


def _bars(one: Figure, glance: Glance, marks: Sequence[str]) -> list[str]:
    """Bars behind the rows of a table, as long as their money."""
    if one.key == "halves":
        most = max((half.money.total for half in glance.halves), default=ZERO)
        return [_stacked(half.money, most, marks) for half in glance.halves]
    if one.key == "parties":
        most = max((party.amount for party in glance.parties), default=ZERO)
        return [marks[0] * _long(party.amount, most, _BAR) for party in glance.parties]
    return []


def _stacked(money: Money, most: Decimal, marks: Sequence[str]) -> str:
    parts = zip(marks, money.by_type.values(), strict=False)
    return "".join(mark * _long(amount, most, _STACK) for mark, amount in parts)


def _shares(glance: Glance, marks: Sequence[str]) -> str:
    """One bar: effort and what counts with it, then result; a stroke where the limit is."""
    money = glance.money
    effort, untyped = (_long(one, money.total, _SHARES) for one in (money.effort, money.untyped))
    bar = marks[0] * effort + marks[2] * untyped
    bar += marks[1] * (_SHARES - len(bar))
    if glance.max_share is None:
        return bar
    at = _long(glance.max_share, Decimal(1), _SHARES)
    return bar[:at] + marks[3] + bar[at:]


def _long(part: Decimal, whole: Decimal, room: int) -> int:
    if whole <= 0 or part <= 0:
        return 0
    return min(int(part / whole * room + Decimal("0.5")), room)
