"""`kpicheck doctor`: what this installation is made of, and whether it works."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kpicheck.cli.options import language
from kpicheck.cli.streams import say
from kpicheck.installation import examine, works
from kpicheck.report.installation import FORMATS, write
from kpicheck.usage import UsageError, nearest

WORKS, BROKEN = 0, 1


def doctor(
    *,
    output: Annotated[str, typer.Option(help=f"One of {', '.join(FORMATS)}.")] = "text",
    lang: Annotated[str | None, typer.Option(help="nl or en.")] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Ignore KPICHECK_* variables.")] = False,
) -> int:
    """Show the versions and limits of this installation, and what stops it from working."""
    if output not in FORMATS:
        raise UsageError(
            "unknown-format", word=output, known=", ".join(FORMATS), nearest=nearest(output, FORMATS)
        )
    spoken = language(lang, isolated=isolated)
    points = examine(_here(), sys.stdout.encoding or "utf-8")
    say(write(points, output, spoken))
    return WORKS if works(points) else BROKEN


def _here() -> Path | None:
    try:
        return Path.cwd()
    except FileNotFoundError:  # the folder was taken away under our feet
        return None
