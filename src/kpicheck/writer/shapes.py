"""The boxes in which a sheet shows its notes: the drawing beside the comments, in Excel's older notation."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from kpicheck.reader.places import Place
from kpicheck.writer.grid import Grid
from kpicheck.writer.package_copy import PackageCopy
from kpicheck.writer.sheet_markup import SheetMarkup
from kpicheck.writer.splicing import Unpatchable

_KIND = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BLOCK = 1024  # numbers of shapes are given out by this many to a sheet
_NEW = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">\n'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>\n'
    "</xml>"
)
_DECLARED = (
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_TYPE = (
    '<v:shapetype{names} id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>\n'
)
_SHAPE = (
    '<v:shape{names} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;width:240pt;'
    'height:90pt;z-index:{nth};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>\n"
)
_ONE = re.compile(rb"<(\w+:)shape\b.*?</\1shape>\s*", re.DOTALL)
_ROW, _COLUMN = (re.compile(rb"<\w+:%b>\s*(\d+)\s*</" % one) for one in (b"Row", b"Column"))
_ANCHOR = re.compile(rb"(<\w+:Anchor>)[^<]*(</)")
_HAS_TYPE = re.compile(rb"id=[\"']_x0000_t202[\"']")
_ID = re.compile(rb"_x0000_s(\d{1,9})")
_IN_BLOCKS = re.compile(rb"<\w+:idmap\b[^>]*\bdata=[\"']([\d,\s]*)[\"']")


class Shapes:
    """The drawing with the boxes of a sheet's notes. Raises Unpatchable where it is not as expected."""

    def __init__(
        self, package: PackageCopy, part: str, sheet: SheetMarkup, *, known: Collection[Place]
    ) -> None:
        """Open the drawing of a sheet, or begin one with a box for each of the notes that are known."""
        self._package, self._grid = package, Grid(sheet)
        drawing = next((one for one in sheet.root.children if one.name == "legacyDrawing"), None)
        related = {one.id: one.target for one in package.relations(part)}
        if drawing is None:
            self._part = self._begin(part, sheet)
        else:
            key = next((value for name, value in drawing.attributes.items() if name.endswith(":id")), "")
            if key not in related:
                raise Unpatchable("notes")
            self._part = related[key]
        self._text = package.raw(self._part)
        if b"</xml>" not in self._text:
            raise Unpatchable("notes")
        self._names = "" if _DECLARED.encode() in self._text else _DECLARED
        numbers = [int(one) for one in _ID.findall(self._text)]
        self._last = max(numbers, default=self._block * _BLOCK)
        self._boxes = len(numbers)
        self._new: list[str] = [] if _HAS_TYPE.search(self._text) else [_TYPE.format(names=self._names)]
        if drawing is None:
            for place in known:
                self.add(place, "")

    def add(self, place: Place, said: str) -> None:
        """A box for the note of a cell, as large as its text needs; it shows when the cell is pointed at."""
        self._last += 1
        self._boxes += 1
        row, column = place
        anchor = self._grid.anchor(place, said)
        told = {
            "names": self._names,
            "number": self._last,
            "nth": self._boxes,
            "anchor": anchor,
            "row": row - 1,
            "column": column - 1,
        }
        self._new.append(_SHAPE.format(**told))

    def change(self, longer: Mapping[Place, str], gone: Collection[Place]) -> None:
        """Make the boxes of longer notes as large as their texts need; take out those of notes that went."""

        def changed(found: re.Match[bytes]) -> bytes:
            row, column = _ROW.search(found[0]), _COLUMN.search(found[0])
            if not (row and column) or b'ObjectType="Note"' not in found[0]:
                return found[0]
            place = int(row[1]) + 1, int(column[1]) + 1
            if place in gone:
                return b""
            if place not in longer:
                return found[0]
            anchor = self._grid.anchor(place, longer[place]).encode()
            return _ANCHOR.sub(rb"\g<1>" + anchor + rb"\g<2>", found[0])

        if longer or gone:
            self._text = _ONE.sub(changed, self._text)

    def finish(self) -> None:
        """Put the drawing in the copy."""
        before, end, after = self._text.rpartition(b"</xml>")
        self._text = before + "".join(self._new).encode() + end + after
        if self._text != self._package.raw(self._part):
            self._package.put(self._part, self._text)

    @property
    def _block(self) -> int:
        """The block of numbers that is given out to this drawing."""
        found = _IN_BLOCKS.search(self._text)
        numbers = [int(one) for one in found[1].split(b",") if one.strip()] if found else []
        return numbers[0] if numbers else 1

    def _begin(self, part: str, sheet: SheetMarkup) -> str:
        """A drawing for a sheet that has none."""
        package = self._package
        folder = package.workbook.rpartition("/")[0]
        name = package.free_name(f"{folder}/drawings/vmlDrawing{{}}.vml".lstrip("/"))
        package.put(name, _NEW.format(block=_free_block(package)).encode())
        package.default_type("vml", _KIND)
        key = package.refer(part, "vmlDrawing", name)
        told = {"xmlns:r": package.office(""), "r:id": key}
        sheet.put_in_order("legacyDrawing", sheet.tag("legacyDrawing", told))
        return name


def _free_block(package: PackageCopy) -> int:
    """A block of numbers that no drawing of the workbook uses."""
    used = [0]
    for name in package.names():
        if name.lower().endswith(".vml"):
            for found in _IN_BLOCKS.findall(package.raw(name)):
                used += [int(one) for one in found.split(b",") if one.strip()]
    return max(used) + 1
