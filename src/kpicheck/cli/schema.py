"""`kpicheck schema`: the JSON Schema of the report."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kpicheck.ruleset import UsageError, nearest

_FORMATS = ("json", "jsonl")


def schema(
    of: Annotated[
        str, typer.Option("--format", help="json: the whole report; jsonl: one line of --output jsonl.")
    ] = "json",
) -> int:
    """Print the JSON Schema of the JSON report."""
    from kpicheck.report.as_json import schema as report_schema
    from kpicheck.report.shape import LineView, RunView

    if of not in _FORMATS:
        raise UsageError("unknown-format", word=of, known=", ".join(_FORMATS), nearest=nearest(of, _FORMATS))
    sys.stdout.write(report_schema(LineView if of == "jsonl" else RunView))
    return 0
