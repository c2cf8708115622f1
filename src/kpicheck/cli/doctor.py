"""`kpicheck doctor`: what this installation is made of, and whether it works."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kpicheck.cli import terms
from kpicheck.cli.streams import say
from kpicheck.usage import UsageError, nearest

FORMATS = ("text", "json")
WORKS, BROKEN = 0, 1


def doctor(
    *,
    output: Annotated[str, typer.Option(help=f"One of {', '.join(FORMATS)}.")] = "text",
    lang: terms.Lang = None,
    isolated: terms.IsolatedFromVariables = False,
) -> int:
    """Show the versions and limits of this installation, and what stops it from working."""
    from kpicheck.cli.options import language
    from kpicheck.installation import examine, works
    from kpicheck.report.installation import write

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
