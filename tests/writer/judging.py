"""A workbook judged, marked and judged again, as the command does it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

from defusedxml.ElementTree import fromstring

from kpicheck import ruleset as rulesets
from kpicheck.finding import Report, Severity
from kpicheck.job import Stated, check_bytes
from kpicheck.report.run import Basis, Run
from kpicheck.report.shape import FileView
from kpicheck.writer.marked import marked

TODAY = dt.date(2026, 11, 22)
RULES = rulesets.load("landelijk", also_off=True)
BASIS = Basis(RULES, TODAY, "nl", Severity.ERROR)


def report(data: bytes, stated: Stated = Stated()) -> Report:  # noqa: B008 - frozen
    return check_bytes(data, "plan.xlsx", RULES, stated, today=TODAY)


def run_of(data: bytes, stated: Stated = Stated(), language: str = "nl") -> Run:  # noqa: B008 - frozen
    return Basis(RULES, TODAY, language, Severity.ERROR).run([report(data, stated)])


def view(data: bytes, stated: Stated = Stated()) -> FileView:  # noqa: B008 - frozen
    return run_of(data, stated).judged[0].file


def mark(data: bytes, stated: Stated = Stated(), language: str = "nl") -> bytes:  # noqa: B008 - frozen
    """The marked copy; proven as the command proves it."""
    return marked(data, run_of(data, stated, language), lambda copy: view_in(copy, stated, language))


def view_in(data: bytes, stated: Stated, language: str) -> FileView:
    return run_of(data, stated, language).judged[0].file


def without_findings(data: bytes) -> Run:
    """The report of a plan as if all was repaired."""
    found = report(data)
    return BASIS.run([Report(found.path, found.sha256, found.plan)])


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def rebuilt(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The package with other parts; None leaves one out."""
    content: dict[str, bytes | None] = {**parts(data), **changes}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, one in content.items():
            if one is not None:
                package.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6)), one)
    return made.getvalue()


def notes(data: bytes) -> dict[str, str]:
    """The notes of all sheets: their text by address."""
    found = {}
    for name, xml in parts(data).items():
        if re.search(r"comments\d*\.xml$", name):
            for one in fromstring(xml).iter():
                if one.tag.endswith("}comment"):
                    found[one.get("ref", "")] = "".join(
                        inner.text or "" for inner in one.iter() if inner.tag.endswith("}t")
                    )
    return found
