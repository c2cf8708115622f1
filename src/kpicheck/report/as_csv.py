"""CSV for a Dutch Excel: semicolons, decimal commas, a byte order mark, and never a live formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal

from kpicheck import texts
from kpicheck.report.run import Run
from kpicheck.report.table import COLUMNS, Row, agreement_rows, clean_row, finding_rows, unchecked_rows
from kpicheck.report.view import money

_FORMULA = re.compile(r"((?:^|[,;|])[\s\"']*)(?=[=+\-@＝＋－＠])")
_NUMBER_OR_DATE = re.compile(r"(?=\D*\d)[\d.,:/\s%€$()+-]+(?:(?<=\d)[eE][+-]?\d+)?")


def to_csv(run: Run) -> str:
    """Every file has at least one row."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(texts.text("columns", one, run.basis.language) for one in COLUMNS)
    for row in _rows(run):
        writer.writerow(_written(getattr(row, one)) for one in COLUMNS)
    return "\ufeff" + target.getvalue()


def _rows(run: Run) -> Iterator[Row]:
    for one in run.judged:
        if not one.file.findings and not one.file.error:
            yield clean_row(one.file, run)
        yield from finding_rows(one.file, run)
        yield from unchecked_rows(one.file, run)
        yield from agreement_rows(one, run)


def _written(value: str | Decimal | None) -> str:
    if isinstance(value, Decimal):
        return money(value).replace(".", ",")
    return as_text(value or "")


def as_text(text: str) -> str:
    """Text that a spreadsheet takes for text: an apostrophe before what it would calculate or convert.

    A separator starts a cell too where the file is opened with another one than the semicolon.
    """
    quoted = _FORMULA.sub(r"\1'", text)
    return f"'{quoted}" if _NUMBER_OR_DATE.fullmatch(quoted) else quoted
