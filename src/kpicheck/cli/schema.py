"""`kpicheck schema`: the JSON Schemas of the reports."""

from __future__ import annotations

from typing import Annotated

import typer

from kpicheck.cli.streams import say
from kpicheck.usage import UsageError, nearest


def schema(
    of: Annotated[
        str,
        typer.Option(
            "--format",
            help="json: the report; jsonl: one line of --output jsonl; diff: what diff and whatif give.",
        ),
    ] = "json",
) -> int:
    """Print the JSON Schema of the JSON report."""
    from kpicheck.report.differences.shape import DifferencesView
    from kpicheck.report.schema import schema as report_schema
    from kpicheck.report.shape import LineView, RunView

    shapes: dict[str, type[tuple[object, ...]]] = {
        "json": RunView,
        "jsonl": LineView,
        "diff": DifferencesView,
    }
    if of not in shapes:
        raise UsageError("unknown-format", word=of, known=", ".join(shapes), nearest=nearest(of, shapes))
    say(report_schema(shapes[of]))
    return 0
