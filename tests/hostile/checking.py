"""What must hold for every file, whatever it is: within limits, one line on refusal, nothing raw, no leak."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from kpicheck.clean import is_citizen_number
from kpicheck.report.formats import FORMATS
from kpicheck.report.schema import schema

from .expected import REFUSED, Expected
from .running import Run

MOST_SECONDS, MOST_MEBIBYTES, LONGEST_LINE = 5.0, 512, 300

_RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_MARKS = {"csv": "\ufeff"}  # by which a spreadsheet knows that it is UTF-8
_NINE_FIGURES = re.compile(r"(?<![^\W_])(?<!\d[.,])\d{9}(?![^\W_])")
_TRACE = re.compile(r"Traceback|File \"[^\"]*\.py\"|input_value=")


def wrong(found: Run, expected: Expected, plain: dict[str, Any]) -> list[str]:
    """Everything that is not as it must be."""
    return [*_limits(found), *_lines(found), *_outputs(found), *_verdict(found, expected, plain)]


def _limits(found: Run) -> Iterator[str]:
    if found.seconds > MOST_SECONDS:
        yield f"took {found.seconds:.1f} s"
    if found.mebibytes > MOST_MEBIBYTES:
        yield f"took {found.mebibytes:.0f} MiB"


def _lines(found: Run) -> Iterator[str]:
    lines = found.stderr.decode("utf-8", "surrogateescape").splitlines()
    wanted = 1 if found.exit == REFUSED else 0
    if len(lines) != wanted:
        yield f"{len(lines)} lines on stderr, expected {wanted}: {lines[:3]}"
    yield from (f"a line of {len(line)} characters" for line in lines if len(line) > LONGEST_LINE)
    yield from _unclean("stderr", found.stderr)


def _outputs(found: Run) -> Iterator[str]:
    missing = [one for one in FORMATS if one not in found.outputs]
    yield from (f"no output as {one}" for one in missing)
    for name, data in found.outputs.items():
        yield from _unclean(name, data)
    if "json" not in missing:
        report = json.loads(found.outputs["json"], parse_constant=_no_constant)
        yield from (f"json: {error.message[:100]}" for error in _validator().iter_errors(report))


def _verdict(found: Run, expected: Expected, plain: dict[str, Any]) -> Iterable[str]:
    return expected.differences(found.exit, found.report, plain) if "json" in found.outputs else ()


def _unclean(name: str, data: bytes) -> Iterator[str]:
    """Raw characters, citizen numbers and traces in an output; a workbook is looked into."""
    for part in _texts(data):
        try:
            text = part.decode()
        except UnicodeDecodeError:
            yield f"{name}: not UTF-8"
            continue
        text = text.replace("\r\n", "\n").removeprefix(_MARKS.get(name, ""))
        if raw := _RAW.search(text):
            yield f"{name}: raw {raw[0]!r} in {text[max(0, raw.start() - 20) : raw.end() + 5]!r}"
        numbers = [one for one in _NINE_FIGURES.findall(text) if is_citizen_number(one)]
        if numbers:
            yield f"{name}: citizen number {numbers[0]}"
        if trace := _TRACE.search(text):
            yield f"{name}: {trace[0]}"


def _texts(data: bytes) -> list[bytes]:
    if not data.startswith(b"PK"):
        return [data]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [package.read(one) for one in package.namelist() if one.endswith((".xml", ".rels"))]


def _no_constant(word: str) -> None:
    raise ValueError(word)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema()))
