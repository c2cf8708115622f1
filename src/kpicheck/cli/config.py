"""`kpicheck config`: the merged settings, each with where it was said."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpicheck.cli import terms
from kpicheck.cli.streams import say
from kpicheck.usage import UsageError, nearest

FORMATS = ("toml", "json")


def config(
    plan: Annotated[Path, typer.Argument(help="The plan, or the folder, whose settings are asked.")] = Path(),
    *,
    output: Annotated[str, typer.Option(help=f"One of {', '.join(FORMATS)}.")] = "toml",
    file: Annotated[
        Path | None, typer.Option("--config", help="Settings file instead of the nearest one.")
    ] = None,
    lang: terms.Lang = None,
    isolated: terms.Isolated = False,
) -> int:
    """Show which settings hold for a plan, and where each comes from."""
    from kpicheck.cli.options import language
    from kpicheck.cli.settings import Options, Settings
    from kpicheck.report.settings import to_json, to_toml

    if output not in FORMATS:
        raise UsageError(
            "unknown-format", word=output, known=", ".join(FORMATS), nearest=nearest(output, FORMATS)
        )
    if not plan.exists():
        raise UsageError("no-such-path", path=str(plan))
    settings = Settings(Options(lang=lang), file, isolated=isolated)
    found = settings.for_run([plan]) if plan.is_dir() else settings.for_plan(plan)
    spoken = language(found.lang.value, isolated=True)
    lines = found.lines()
    say(to_json(lines) if output == "json" else to_toml(lines, spoken))
    return 0
