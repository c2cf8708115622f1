"""The triage table for the screen, for a spreadsheet and for programs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kpicheck import __version__, texts
from kpicheck.clean import flat, name, one_line
from kpicheck.report.as_csv import as_text
from kpicheck.report.as_json import strict
from kpicheck.report.formats import Format
from kpicheck.report.plan_link import plan_link
from kpicheck.report.run import Judged, Run
from kpicheck.report.telling import judged_by, left_out
from kpicheck.report.triage import Changed, Triage, TriageGroup, TriageRow, TriageView, arranged, triage_row
from kpicheck.report.xlsx_sheet import Book, Put

_WIDTHS = {
    "path": 32,
    "plan": 30,
    "version": 14,
    "status": 16,
    "ruleset": 16,
    "kpis": 7,
    "total": 16,
    "effort_share": 12,
    "errors": 8,
    "warnings": 8,
    "infos": 8,
    "not_checked": 14,
    "first": 60,
    "next_date": 13,
    "next_amount": 16,
    "changed": 12,
}
_NUMBERS = {"kpis", "errors", "warnings", "infos", "not_checked"}
_EUROS = {"total", "next_amount"}
_SHOWN = ("status", "errors", "warnings", "not_checked", "kpis", "total", "effort_share", "next_date")
_SHOWN_NARROW = ("status", "errors", "total", "effort_share")
_SHORT = {"not_checked", "next_date"}
_NOTES = ("plan", "version", "first")
_ON_PAGE = ("status", "errors", "warnings", "not_checked", "total", "effort_share", "next_date", "changed")
_STYLES = {"failed": "bold red", "not_checked": "bold yellow", "passed": "green"}
_LOOKS = {"failed": "error", "not_checked": "warning"}
_LONGEST_FIRST = 300
_WIDE = 120


def formats(
    sort: str,
    group: str | None,
    changed: Callable[[Judged], Changed | None],
    pages: Mapping[str, Path] | None = None,
) -> dict[str, Format]:
    """The formats of a triage, each a function of a run as those of a report are.

    `pages` are the pages of the plans, by path, for the html to point at.
    """

    def table(run: Run) -> Triage:
        today = run.basis.today.isoformat()
        return arranged((triage_row(one, today, changed(one)) for one in run.judged), sort, group)

    return {
        one.name: one
        for one in (
            Format("console", lambda run: to_text(table(run), run), show=lambda run: _show(table(run), run)),
            Format("csv", lambda run: to_csv(table(run), run)),
            Format("html", lambda run: to_html(table(run), run, pages or {})),
            Format("json", lambda run: to_json(table(run), run)),
            Format("xlsx", lambda run: to_xlsx(table(run), run), binary=True, quick=False),
        )
    }


def to_json(triage: Triage, run: Run) -> str:
    """The rows and groups for programs."""
    view = TriageView(
        schema=1,
        kpicheck=__version__,
        today=run.basis.today.isoformat(),
        rows=triage.rows,
        groups=triage.groups,
    )
    return strict(view, indent=1)


def to_csv(triage: Triage, run: Run) -> str:
    """For a Dutch Excel: semicolons, decimal commas, a byte order mark, and never a live formula."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(_heading(run, key) for key in _WIDTHS)
    for row in triage.rows:
        writer.writerow(_csv_cell(run, row, key) for key in _WIDTHS)
    return "\ufeff" + target.getvalue()


def to_html(triage: Triage, run: Run, pages: Mapping[str, Path]) -> str:
    """A page with every plan in one table, in the style of the report, with a link to the plan's own page."""
    from kpicheck.report.html.page import render

    return render(
        "triage.html.j2",
        run.basis.language,
        rows=[
            {
                "path": _spoken(run, row, "path"),
                "link": _link(run, pages.get(row.path)),
                "notes": [said for key in _NOTES if (said := _spoken(run, row, key)) not in ("", "–")],
                "cells": [_spoken(run, row, key) for key in _ON_PAGE],
            }
            for row in triage.rows
        ],
        path=_heading(run, "path"),
        columns=[
            {
                "heading": _heading(run, f"{key}_short" if key in _SHORT else key),
                "figure": _is_figure(key),
            }
            for key in _ON_PAGE
        ],
        groups=[
            (_group_name(run, one), f"{_states(run, one)} {_euro(run, one.total)}") for one in triage.groups
        ],
        verdict=f"{_states(run, triage.every)} {_euro(run, triage.every.total)}",
        left_out=left_out(run),
        judged_by=judged_by(run),
    )


def to_xlsx(triage: Triage, run: Run) -> bytes:
    """A sheet with the rows, linked to the plans, and one with the groups."""
    language = run.basis.language
    book = Book(f"kpicheck: {run.say('sheet_triage')}", run.basis.today, language)
    sheet = book.sheet("triage", _WIDTHS)
    for row in triage.rows:
        sheet.add([_put(run, row, key) for key in _WIDTHS])
    sheet.finish()
    if triage.groups:
        columns = {"group": 32, "files": 10, "status": 24, "errors": 8, "warnings": 8, "total": 16}
        totals = book.sheet("groups", columns)
        for one in (*triage.groups, triage.every):
            states = _states(run, one)
            figures = [
                Put(one.errors, "number"),
                Put(one.warnings, "number"),
                Put(Decimal(one.total), "euro"),
            ]
            totals.add([Put(_group_name(run, one)), Put(one.files, "number"), Put(states), *figures])
        totals.finish()
    return book.data()


def to_text(triage: Triage, run: Run) -> str:
    """The table as plain text."""
    target = io.StringIO()
    console = Console(file=target, width=_WIDE, no_color=True, highlight=False, emoji=False, markup=False)
    _print(triage, run, console)
    return target.getvalue()


def _show(triage: Triage, run: Run) -> None:
    """Print the table on stdout, as wide as the terminal."""
    console = Console(highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = _WIDE
    with console.capture() as captured:  # rich ends the process itself when a pipe closes
        _print(triage, run, console)
    sys.stdout.write(captured.get())
    sys.stdout.flush()


def _print(triage: Triage, run: Run, console: Console) -> None:
    """The figures in a table; below it the first error of each plan, the groups and the totals."""
    keys = _SHOWN if console.width >= _WIDE else _SHOWN_NARROW
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(_heading(run, "path"), overflow="fold")
    for key in keys:
        heading = _heading(run, f"{key}_short" if key in _SHORT else key)
        table.add_column(heading, justify="right" if _is_figure(key) else "left", no_wrap=True)
    for row in triage.rows:
        cells = [Text(_spoken(run, row, key)) for key in ("path", *keys)]
        cells[1].stylize(_STYLES[_state(row)])
        table.add_row(*cells)
    console.print(table)
    for row in triage.rows:
        if row.first:
            console.print(Text(f"{name(row.path)} – {one_line(flat(row.first), _LONGEST_FIRST)}"))
    console.print()
    for one in triage.groups:
        console.print(Text(f"{_group_name(run, one)}: {_states(run, one)} {_euro(run, one.total)}"))
    console.print(Text(f"{_states(run, triage.every)} {_euro(run, triage.every.total)}", style="bold"))
    for said in left_out(run):
        console.print(Text(said))


def _link(run: Run, page: Path | None) -> str | None:
    """Where a plan's page is, seen from the page of the table."""
    if page is None or run.target is None:
        return None
    return quote(Path(os.path.relpath(page, run.target.parent)).as_posix())


def _is_figure(key: str) -> bool:
    return key in _NUMBERS or key in _EUROS or key == "effort_share"


def _heading(run: Run, key: str) -> str:
    return texts.text("columns", key, run.basis.language)


def _state(row: TriageRow) -> str:
    """Errors are never in order, whatever --fail-on says."""
    return "failed" if row.status == "passed" and row.errors else row.status


def _states(run: Run, one: TriageGroup) -> str:
    return run.say("all_files", **one._asdict())


def _group_name(run: Run, one: TriageGroup) -> str:
    words = {state: run.say(f"outcome_{state}") for state in ("passed", "failed", "not_checked")}
    words |= {state: run.say(f"changed_{state}") for state in ("new", "changed", "same")}
    return words.get(one.name, flat(one.name)) or run.say("every_plan")


def _euro(run: Run, amount: str) -> str:
    return texts.euro(Decimal(amount), run.basis.language)


def _spoken(run: Run, row: TriageRow, key: str) -> str:
    """A cell of the table in words."""
    value = getattr(row, key)
    if value is None:
        return "–"
    language = run.basis.language
    said = {
        "total": lambda: _euro(run, value),
        "next_amount": lambda: _euro(run, value),
        "effort_share": lambda: texts.share(Decimal(value), language),
        "next_date": lambda: texts.day(dt.date.fromisoformat(value), language),
        "status": lambda: run.say(f"outcome_{_state(row)}"),
        "changed": lambda: run.say(f"changed_{value}"),
        "path": lambda: name(value),
    }
    return said[key]() if key in said else flat(str(value))


def _csv_cell(run: Run, row: TriageRow, key: str) -> str:
    value = getattr(row, key)
    if key in _EUROS or key == "effort_share":
        return (value or "").replace(".", ",")
    if key in _NUMBERS or key == "next_date":
        return "" if value is None else _spoken(run, row, key)
    return "" if value is None else as_text(_spoken(run, row, key))


def _put(run: Run, row: TriageRow, key: str) -> Put:
    value = getattr(row, key)
    if value is None:
        return Put(None)
    if key in _NUMBERS:
        return Put(value, "number")
    if key in _EUROS or key == "effort_share":
        return Put(Decimal(value), "euro" if key in _EUROS else "share")
    if key == "path" and (link := plan_link(row.path, run.target)):
        return Put(name(value), "link", link)
    look = _LOOKS.get(_state(row), "text") if key == "status" else "text"
    return Put(_spoken(run, row, key), look)
