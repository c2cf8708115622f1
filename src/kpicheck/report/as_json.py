"""The JSON report, version 1 (contract): the same bytes in give the same bytes out."""

from __future__ import annotations

import json
import re

from kpicheck.report.shape import RunView

_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


def to_json(view: RunView) -> str:
    """The report as strict JSON; control, bidi and half characters as escapes."""
    plain = view.model_dump(mode="python", by_alias=True)
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=1)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"


def schema() -> str:
    """The JSON Schema of the report."""
    return json.dumps(RunView.model_json_schema(by_alias=True), ensure_ascii=False, indent=1) + "\n"
