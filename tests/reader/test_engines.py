"""The whole report is the same, whoever read the cells; where openpyxl reads otherwise is listed here."""

from __future__ import annotations

import pytest

from kpicheck.finding import Severity
from kpicheck.job import Stated, check_bytes
from kpicheck.registry import checks
from kpicheck.report.view import file_view
from tests.hostile.expected import expected
from tests.hostile.register import cases
from tests.libreoffice.cases import BUILT, TODAY, example, ruleset
from tests.libreoffice.strict import strict

SLOW = ("size/", "xml/60-comments-of-1-mb")
HOSTILE = [key for key in sorted(cases()) if expected()[key].exit != 3 and not key.startswith(SLOW)]
OTHERWISE = {
    "formula/of-nothing",  # a formula without text is "=" there
    "formula/result-that-is-empty-text",  # there it is no result
    "formula/shared-of-60,000-characters",  # it goes on for each cell, here it is not worked out
    "formula/shared-of-square-brackets",  # openpyxl stops at what it cannot cut
    "formula/shared-that-leaves-the-sheet",
    "formula/shared-without-a-first",
    "package/broken-properties",  # parts that are not looked at here stop openpyxl, or the guard before it
    "package/broken-theme",
    "package/chart-sheet",
    "package/content-types-with-dtd",
    "package/empty-content-types",
    "package/links-to-other-workbooks",
    "package/relation-in-other-case",
    "package/relation-in-percent-signs",
    "package/sheet-in-a-state-nobody-knows",
    "package/without-content-types",
    "sheet/day-as-iso-that-is-none",
    "sheet/merge-of-everything",  # openpyxl makes a cell for each merged one
    "sheet/merge-to-the-last-cell",
    "sheet/rich-text-and-readings",  # openpyxl stops at what it does not expect
    "sheet/rows-that-say-much",
    "sheet/style-too-high",
    "zip/damaged-picture-nobody-reads",  # openpyxl reads pictures too
    "zip/missing-content-types-entry",
    "zip/names-in-capitals",
    "sheet/merge-back-to-front",
}


def same(data: bytes, stated: Stated) -> bool:
    """Whether the files' views are equal: all that a report says, whatever a day was stored as."""
    own, other = (
        file_view(
            check_bytes(data, "plan.xlsx", ruleset(), stated, today=TODAY, by_openpyxl=one),
            "nl",
            Severity.ERROR,
        )
        for one in (False, True)
    )
    return own == other


@pytest.mark.parametrize("name", BUILT)
def test_built(name: str) -> None:
    stated = example(name).stated if name in checks() else Stated()
    assert same(BUILT[name](), stated) == (name not in OTHERWISE)


@pytest.mark.parametrize("name", ["midden-limburg-west", "goed-plan", "around"])
def test_strict(name: str) -> None:
    assert same(strict(BUILT[name]()), Stated())


@pytest.mark.parametrize("key", HOSTILE)
def test_hostile(key: str) -> None:
    assert same(cases()[key].data(), Stated()) == (key not in OTHERWISE)
