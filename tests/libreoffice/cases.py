"""The workbooks that LibreOffice opens and saves: the samples, the shapes, and an example of every rule."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from samples.expected import FOLDER

from kpicheck import ruleset as rulesets
from kpicheck.finding import Severity
from kpicheck.job import Stated, check_bytes
from kpicheck.registry import checks
from kpicheck.report.as_json import to_json
from kpicheck.report.view import run_view
from kpicheck.ruleset import Ruleset
from tests.building import Built, build
from tests.extra_examples import all_examples

from . import layout_shapes
from .shapes import SHAPES

TODAY = dt.date(2026, 11, 22)
SAMPLES = [path.stem for path in sorted(FOLDER.glob("*.xlsx"))]
NEVER_CALCULATED = ("A101", "A103", "T102", "T103", "T105", "T108")
TWINS = [*SAMPLES, *SHAPES]
EXAMPLES = [code for code in checks() if code not in NEVER_CALCULATED]

__all__ = ["BUILT", "EXAMPLES", "NEVER_CALCULATED", "TWINS", "judged", "layout_shapes"]


@cache
def example(code: str) -> Built:
    """The first Bad example of a rule."""
    return build(next(one for one in all_examples(code) if not one.good))


BUILT: dict[str, Callable[[], bytes]] = {
    **{name: (FOLDER / f"{name}.xlsx").read_bytes for name in SAMPLES},
    **SHAPES,
    **{code: partial(lambda code: example(code).data, code) for code in checks()},
}


@cache
def ruleset() -> Ruleset:
    return rulesets.load("landelijk", also_off=True)


def judged(data: bytes, name: str) -> dict[str, Any]:
    """All that the report says of a workbook but its path and its fingerprint."""
    stated = example(name).stated if name in checks() else Stated()
    report = check_bytes(data, name, ruleset(), stated, today=TODAY)
    view = run_view([report], ruleset(), today=TODAY, language="nl", fail_on=Severity.ERROR)
    file: dict[str, Any] = json.loads(to_json(view))["files"][0]
    return {key: value for key, value in file.items() if key not in ("path", "sha256")}
