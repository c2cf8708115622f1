"""`kpicheck schema`: the JSON Schema of the report."""

from __future__ import annotations

import sys


def schema() -> int:
    """Print the JSON Schema of the JSON report."""
    from kpicheck.report.as_json import schema as report_schema

    sys.stdout.write(report_schema())
    return 0
