"""The sheet "Controle": the verdict, and a table whose links lead to the cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kpicheck.report.plan_link import quoted as sheet_reference
from kpicheck.writer.package_copy import PackageCopy
from kpicheck.writer.sheet_markup import letters_of, text_cell
from kpicheck.writer.splicing import Markup, at_depth
from kpicheck.writer.styles import Styles

_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SELECTED = re.compile(rb"tabSelected=[\"'](?:1|true)[\"']")
_PARTS = ("sheets", "definedNames", "bookViews")
_HEIGHT, _HIGHEST = 15, 409
_LETTERS_OF_WIDTH = 0.9
_FONT = '<font>{}<sz val="11"/><color rgb="{}"/><name val="Calibri"/><family val="2"/></font>'
_BOLD, _LINE = "<b/>", "<u/>"
_FONTS: Mapping[str, tuple[str, str]] = {
    "title": (_BOLD, "FF1F3864"),
    "verdict": (_BOLD, "FF000000"),
    "heading": (_BOLD, "FFFFFFFF"),
    "text": ("", "FF000000"),
    "line": ("", "FF000000"),
    "link": (_LINE, "FF0563C1"),
    "error": (_BOLD, "FFC00000"),
    "warning": (_BOLD, "FF9C5700"),
    "info": ("", "FF1F4E78"),
}
_FILL = '<fill><patternFill patternType="solid"><fgColor rgb="FF1F3864"/></patternFill></fill>'
_NO_FILL = '<fill><patternFill patternType="none"/></fill>'


@dataclass(frozen=True, slots=True)
class Put:
    """What goes into a cell of the sheet: its text, its look, and the cell it leads to."""

    text: str
    look: str = "text"
    to: tuple[str, str] | None = None


@dataclass
class Overview:
    """The rows of the sheet, from above; the first is its title, by which it is known again."""

    widths: Sequence[int]
    rows: list[Sequence[Put]] = field(default_factory=list)
    frozen: int = 0

    def add(self, *cells: Put) -> int:
        """Add a row and give its number."""
        self.rows.append(cells)
        return len(self.rows)


def looks(styles: Styles) -> dict[str, int]:
    """The numbers of the cell formats of the sheet, added to the workbook where they are new."""
    none, dark = styles.add("fills", _NO_FILL), styles.add("fills", _FILL)
    found = {}
    for name, (extra, colour) in _FONTS.items():
        font = styles.add("fonts", _FONT.format(extra, colour))
        fill = dark if name == "heading" else none
        wrap = "0" if name in ("title", "verdict", "line", "link") else "1"
        found[name] = styles.add(
            "cellXfs",
            f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyFont="1"'
            f' applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="{wrap}"/></xf>',
        )
    return found


def write_overview(
    package: PackageCopy, look: Mapping[str, int], overview: Overview, *, name: str, part: str | None
) -> None:
    """Put the sheet in the copy: in the place of the one that was there, else before all others."""
    chosen = part is None
    xml = _worksheet(package, overview, look, selected=chosen or _selected(package, part))
    if part is not None:
        package.put(part, xml)
        return
    folder = package.workbook.rpartition("/")[0]
    part = package.free_name(f"{folder}/worksheets/sheet{{}}.xml".lstrip("/"))
    package.put(part, xml)
    package.content_type(part, _KIND)
    _put_first(package, name, package.refer(package.workbook, "worksheet", part))


def _selected(package: PackageCopy, part: str | None) -> bool:
    """Whether a sheet is one of those the workbook opens on."""
    return part is not None and bool(_SELECTED.search(package.xml(part)))


def _worksheet(package: PackageCopy, overview: Overview, look: Mapping[str, int], *, selected: bool) -> bytes:
    sheet = Markup(f'<worksheet xmlns="{package.namespace}"></worksheet>'.encode())
    view = {"workbookViewId": "0", **({"tabSelected": "1"} if selected else {}), "showGridLines": "0"}
    frozen = {
        "ySplit": str(overview.frozen),
        "topLeftCell": f"A{overview.frozen + 1}",
        "activePane": "bottomLeft",
    }
    pane = sheet.tag("pane", {**frozen, "state": "frozen"}) if overview.frozen else b""
    columns = b"".join(
        sheet.tag("col", {"min": str(nth), "max": str(nth), "width": str(width), "customWidth": "1"})
        for nth, width in enumerate(overview.widths, start=1)
    )
    rows: list[bytes] = []
    links: list[bytes] = []
    for number, cells in enumerate(overview.rows, start=1):
        inside = b""
        for column, one in enumerate(cells, start=1):
            if not one.text:
                continue
            inside += text_cell(sheet, (number, column), look[one.look], one.text)
            if one.to:
                links.append(_link(sheet, (number, column), *one.to))
        told = {"r": str(number), **_height(overview, cells)}
        rows.append(sheet.tag("row", told, inside))
    page = sheet.tag("sheetPr", inside=sheet.tag("pageSetUpPr", {"fitToPage": "1"}))
    parts = (
        page,
        sheet.tag("sheetViews", inside=sheet.tag("sheetView", view, pane)),
        sheet.tag("cols", inside=columns),
        sheet.tag("sheetData", inside=b"".join(rows)),
        sheet.tag("hyperlinks", inside=b"".join(links)) if links else b"",
        sheet.tag("pageSetup", {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"}),
    )
    sheet.append(sheet.root, b"".join(parts))
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + sheet.result()


def _height(overview: Overview, cells: Sequence[Put]) -> dict[str, str]:
    """Room for the fullest cell of a row with several: not every program sees to that itself."""
    if len(cells) < 2:  # noqa: PLR2004 - a line by itself runs on over the columns
        return {}
    lines = (
        -(-len(one.text) // max(1, int(width * _LETTERS_OF_WIDTH)))
        for one, width in zip(cells, overview.widths, strict=False)
    )
    return {"ht": str(min(_HEIGHT * max(1, *lines), _HIGHEST))}


def _link(sheet: Markup, place: tuple[int, int], to_sheet: str, to_cell: str) -> bytes:
    told = {"ref": letters_of(place), "location": f"{sheet_reference(to_sheet)}!{to_cell}"}
    return sheet.tag("hyperlink", told)


def _put_first(package: PackageCopy, name: str, key: str) -> None:
    """Make the sheet the first of the workbook, and the one it opens on."""
    for one in package.sheets():
        if _SELECTED.search(package.xml(one.part)):
            package.edit(one.part, _unselect)

    def add(markup: Markup) -> None:
        known = list(markup.elements(at_depth(None, _PARTS, None)))
        numbers = [int(one.attributes["sheetId"]) for one in known if one.name == "sheet"]
        told = {"name": name, "sheetId": str(max(numbers) + 1)}
        told |= {"xmlns:r": package.office(""), "r:id": key}
        for one in known:
            if one.name == "sheets":
                markup.put(one.opened, markup.tag("sheet", told))
            elif one.name == "definedName" and "localSheetId" in one.attributes:
                markup.set(one, {"localSheetId": str(int(one.attributes["localSheetId"]) + 1)})
            elif one.name == "workbookView":
                markup.set(one, {"activeTab": None, "firstSheet": None})

    package.edit(package.workbook, add)


def _unselect(markup: Markup) -> None:
    for one in markup.elements(at_depth(None, ["sheetViews"], ["sheetView"])):
        if one.name == "sheetView":
            markup.set(one, {"tabSelected": None})
