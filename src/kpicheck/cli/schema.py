"""`kpicheck schema`: the JSON Schema of the report."""

from __future__ import annotations

from kpicheck.cli.streams import say


def schema() -> int:
    """Print the JSON Schema of the JSON report."""
    from kpicheck.report.as_json import schema as report_schema

    say(report_schema())
    return 0
