"""The JSON report, version 1 (contract): the same bytes in give the same bytes out."""

from __future__ import annotations

import json
import re

from kpicheck.report.shape import RunView, View

_UNSAFE = re.compile(
    r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]|#(?=#\w*\[)"
)


def to_json(view: RunView) -> str:
    """The report in its published shape."""
    return strict(view.model_dump(mode="python", by_alias=True), indent=1)


def strict(plain: object, indent: int | None = None) -> str:
    """Strict JSON and a line end, with control, bidi and half characters and ##vso[ as escapes."""
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=indent)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"


def schema(shape: type[View] = RunView) -> str:
    """The JSON Schema of the report."""
    return json.dumps(shape.model_json_schema(by_alias=True), ensure_ascii=False, indent=1) + "\n"
