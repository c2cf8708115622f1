"""What a worksheet says of a cell outside the cell: choice lists, and the headings of Excel tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from kpicheck.reader.places import Place
from kpicheck.reader.stored import place_of
from kpicheck.writer.package_copy import PackageCopy
from kpicheck.writer.splicing import Element, Markup, Unpatchable

_COLOUR_RULE = re.compile(rb"<(?:\w+:)?cfRule\b.*?</(?:\w+:)?cfRule>", re.DOTALL)
_QUOTED = re.compile('"([^"]*)"')
_RULE, _FORMULAS, _CELLS = "dataValidation", ("formula1", "f"), "sqref"


class Choices:
    """The lists from which the cells of a worksheet are chosen, each as the formula that gives it."""

    def __init__(self, xml: bytes) -> None:
        """Look through a worksheet; lists in extensions count too."""
        self._lists = list(_lists(Markup(xml)))

    def of(self, place: Place) -> list[str]:
        """The formulas of the lists for a cell: words between quotes, or cells that hold them."""
        return [formula for cells, formula in self._lists if _covers(cells, place)]


def _lists(sheet: Markup) -> Iterator[tuple[str, str]]:
    rule_depth = 0

    def wanted(depth: int, name: str, _: Sequence[str]) -> object:
        nonlocal rule_depth
        if name == _RULE:
            rule_depth = depth
        elif depth <= rule_depth:
            rule_depth = 0
        return rule_depth and (name in (_RULE, _CELLS) or name in _FORMULAS)

    told: dict[str, str] = {}
    for element in sheet.elements(wanted):
        if element.name == _RULE:
            if element.attributes.get("type") == "list":
                yield element.attributes.get("sqref", told.get(_CELLS, "")), told.get("formula", "")
            told = {}
        elif element.closed >= 0 and not _inner(element):
            key = _CELLS if element.name == _CELLS else "formula"
            told.setdefault(key, sheet.said(element).strip())


def _inner(element: Element) -> bool:
    """Whether the text stands in an element within this one (xm:f in x14:formula1)."""
    return any(one.name in _FORMULAS for one in element.children)


def _covers(cells: str, place: Place) -> bool:
    for block in re.split(r"[\s,]+", cells.replace("$", "").strip()):
        first, _, last = block.partition(":")
        if not first:
            continue
        (top, left), (bottom, right) = place_of(first), place_of(last or first)
        if top <= place[0] <= bottom and left <= place[1] <= right:
            return True
    return False


def looked_for(xml: bytes) -> set[str]:
    """The texts, in lower case, that the conditional formatting of a worksheet looks for."""
    rules = (found[0].decode("utf-8", "replace") for found in _COLOUR_RULE.finditer(xml))
    return {word[1].casefold() for rule in rules for word in _QUOTED.finditer(unescape(rule))}


def table_headings(package: PackageCopy, part: str) -> list[tuple[int, int, int]]:
    """Row, first and last column of the headings of the Excel tables on a worksheet."""
    found = []
    for one in package.relations(part):
        if one.kind == "table":
            told: Mapping[str, str] = Markup(package.xml(one.target)).root.attributes
            if told.get("headerRowCount", "1") == "0":
                continue
            if "ref" not in told:
                raise Unpatchable("sheet")
            first, _, last = told["ref"].partition(":")
            (row, left), (_, right) = place_of(first), place_of(last or first)
            found.append((row, left, right))
    return found
