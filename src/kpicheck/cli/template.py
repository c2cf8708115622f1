"""`kpicheck template`: an empty workbook in the official layout, ready to be filled in."""

from __future__ import annotations

import datetime as dt
import os.path
import re
from pathlib import Path
from typing import Annotated

import typer

from kpicheck.cli import terms
from kpicheck.cli.streams import say
from kpicheck.template.wanted import MOST_PARTIES, MOST_ROWS, MOST_YEARS, Wanted
from kpicheck.usage import UsageError

_COUNT = re.compile(r"[0-9]{1,6}")
_YEARS = re.compile(r"(20[0-9]{2})(?:\s*[-–]\s*(20[0-9]{2}))?")
_USUAL_YEARS = 3


def template(
    *,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The .xlsx file to make.")] = None,
    parties: Annotated[
        str, typer.Option(metavar="N", help=f"Columns for parties: 1 to {MOST_PARTIES}.")
    ] = "3",
    kassier: Annotated[bool, typer.Option("--kassier", help="Add the column of the kassier.")] = False,
    years: Annotated[
        str | None,
        typer.Option(
            metavar="Y-Y", help="Years of the plan: 2026 or 2026-2028; else this year and two more."
        ),
    ] = None,
    rows: Annotated[str, typer.Option(metavar="N", help=f"Rows for milestones: 1 to {MOST_ROWS}.")] = "40",
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
    lang: Annotated[str | None, typer.Option(help="nl or en; the workbook is always Dutch.")] = None,
    isolated: terms.IsolatedFromVariables = False,
) -> int:
    """Write an empty workbook in the official layout: formulas, drop-downs, validations, notes."""
    from kpicheck import texts
    from kpicheck.atomic import write_file
    from kpicheck.clean import shown
    from kpicheck.cli.options import language
    from kpicheck.template import build

    spoken = language(lang, isolated=isolated)
    if output is None:
        raise UsageError("template-output")
    if output.suffix.casefold() != ".xlsx":
        raise UsageError("template-name", path=str(output))
    first, last = _years(years, dt.date.today())  # noqa: DTZ011 - the one clock: the user's day
    wanted = Wanted(
        parties=_count(parties, "--parties", MOST_PARTIES),
        kassier=kassier,
        first_year=first,
        last_year=last,
        rows=_count(rows, "--rows", MOST_ROWS),
    )
    if os.path.exists(output) and not force:  # noqa: PTH110 - Path.exists raises on a name that is too long
        raise UsageError("template-exists", path=str(output))
    write_file(output, build(wanted))
    facts = {
        "file": shown(str(output)),
        "parties": wanted.parties,
        "rows": wanted.rows,
        "years": f"{first}-{last}" if first < last else str(first),
    }
    say(f"{texts.text('report', 'template_written', spoken, facts)}\n")
    return 0


def _count(word: str, option: str, most: int) -> int:
    """A whole number from 1 on. Raises UsageError."""
    if not _COUNT.fullmatch(word) or not 1 <= int(word) <= most:
        raise UsageError("bad-count", option=option, most=most, word=word)
    return int(word)


def _years(word: str | None, today: dt.date) -> tuple[int, int]:
    """First and last year, both inclusive. Raises UsageError."""
    if word is None:
        return today.year, today.year + _USUAL_YEARS - 1
    found = _YEARS.fullmatch(word.strip())
    first = int(found[1]) if found else 0
    last = int(found[2] or first) if found else 0
    if not first or not first <= last < first + MOST_YEARS:
        raise UsageError("bad-years", most=MOST_YEARS, word=word)
    return first, last
