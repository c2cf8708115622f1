"""The JSON report, version 1 (contract): the same bytes in give the same bytes out."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from typing import Any, cast

from pydantic import BaseModel

from kpicheck.report.shape import RunView, View

_UNSAFE = re.compile(
    r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]|#(?=#\w*\[)"
)


def to_json(view: RunView) -> str:
    """The report in its published shape."""
    return strict(view, indent=1)


def strict(plain: object, indent: int | None = None) -> str:
    """Strict JSON and a line end, with control, bidi and half characters and ##vso[ as escapes."""
    encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=indent, default=_fields)
    text = io.StringIO()
    for piece in encoder.iterencode(plain):
        text.write(_UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", piece))
    text.write("\n")
    return text.getvalue()


def _fields(view: object) -> dict[str, object]:
    """A part of the report as JSON knows it, made only when it is its turn: a report can be large."""
    if isinstance(view, BaseModel):
        fields = type(view).model_fields
        return {known.alias or name: getattr(view, name) for name, known in fields.items()}
    return {one.name: getattr(view, one.name) for one in dataclasses.fields(cast("Any", view))}


def schema(shape: type[View] = RunView) -> str:
    """The JSON Schema of the report."""
    return json.dumps(shape.model_json_schema(by_alias=True), ensure_ascii=False, indent=1) + "\n"
