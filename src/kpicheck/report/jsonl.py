"""JSON Lines: one judgement a line, each to be read on its own."""

from __future__ import annotations

from kpicheck import __version__
from kpicheck.report.as_json import strict
from kpicheck.report.run import Run
from kpicheck.report.shape import VERSION, LineView


def to_jsonl(run: Run) -> str:
    """A line for each file: what the JSON report says of it, and what judged it."""
    today = run.basis.today.isoformat()
    lines = (LineView(VERSION, __version__, one.ruleset, today, *one.file) for one in run.judged)
    return "".join(map(strict, lines))
