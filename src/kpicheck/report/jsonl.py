"""JSON Lines: one judgement a line, each to be read on its own."""

from __future__ import annotations

from kpicheck.report.as_json import strict
from kpicheck.report.run import Run
from kpicheck.report.shape import OriginView


def to_jsonl(run: Run) -> str:
    """A line for each file: what the JSON report says of it, and what judged it."""
    origin = run.view.model_dump(by_alias=True, include=set(OriginView.model_fields))
    return "".join(strict({**origin, **one.file.model_dump()}) for one in run.judged)
