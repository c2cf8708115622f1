"""A copy of a workbook in which certain cells hold something else; Excel works all formulas out again."""

from __future__ import annotations

from collections.abc import Mapping

from kpicheck.reader.places import Place
from kpicheck.reader.refusal import Refusal
from kpicheck.reader.stored import Unreadable
from kpicheck.writer.cells import Content, Number, put_cell
from kpicheck.writer.number_looks import fitting
from kpicheck.writer.package_copy import PackageCopy
from kpicheck.writer.sheet_markup import SheetMarkup
from kpicheck.writer.splicing import Markup, Unpatchable
from kpicheck.writer.styles import Styles

_BEFORE_CALCULATION = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames"),
)


def repaired(data: bytes, contents: Mapping[tuple[str, Place], Content]) -> bytes:
    """The copy with those contents in the cells of those sheets. Raises Unpatchable."""
    try:
        return _repaired(data, contents)
    except (Refusal, KeyError, ValueError, Unreadable) as error:
        raise Unpatchable("markup") from error


def opened(data: bytes) -> PackageCopy:
    """The workbook as a package that may be changed. Raises Unpatchable."""
    try:
        return PackageCopy(data)
    except Refusal as refusal:
        raise Unpatchable("encrypted" if refusal.code == "encrypted" else "markup") from refusal


def _repaired(data: bytes, contents: Mapping[tuple[str, Place], Content]) -> bytes:
    package = opened(data)
    styles: Styles | None = None
    for part in package.sheets():
        here = {place: one for (sheet, place), one in contents.items() if sheet == part.name}
        if not here:
            continue
        sheet = SheetMarkup(package.xml(part.part), here)
        for place, content in here.items():
            style = sheet.style(place)
            if isinstance(content, Number):
                styles = styles or Styles(package)
                style = fitting(styles, style, content)
            put_cell(sheet, place, content, style)
        package.put(part.part, sheet.result())
    package.edit(package.workbook, _calculate_all)
    return package.data()


def _calculate_all(workbook: Markup) -> None:
    """Say that all formulas are worked out again when the workbook is opened."""
    told = workbook.root.child("calcPr")
    if told is not None:
        workbook.set(told, {"fullCalcOnLoad": "1"})
        return
    before = [one for one in workbook.root.children if one.name in _BEFORE_CALCULATION]
    workbook.put(before[-1].end, workbook.tag("calcPr", {"fullCalcOnLoad": "1"}))
