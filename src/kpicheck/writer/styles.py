"""Looks added to the styles of a workbook; what is there keeps its number."""

from __future__ import annotations

import re

from kpicheck.writer.package_copy import PackageCopy
from kpicheck.writer.splicing import Element, Markup, Unpatchable, at_depth

_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"),
    *("dxfs", "tableStyles", "colors", "extLst"),
)
_SOLID = re.compile(rb"patternType=[\"'](?!none)")


class Styles:
    """The styles part of a workbook. The same look is added once, however often it is asked."""

    def __init__(self, package: PackageCopy) -> None:
        """Take the styles of the package. Raises Unpatchable where there are none."""
        parts = [one.target for one in package.relations(package.workbook) if one.kind == "styles"]
        if len(parts) != 1:
            raise Unpatchable("styles")
        self._package, self._part = package, parts[0]
        self._read()

    def add(self, collection: str, pattern: str) -> int:
        """The number of an entry of a collection (fonts, fills, cellXfs, dxfs …), added where it is new.

        In the pattern {} stands for the prefix of the styles' own tags.
        """
        prefix = f"{self._markup.root.prefix}:" if self._markup.root.prefix else ""
        entry = re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", pattern).encode()
        known = self._entries.get(collection, [])
        texts = [self._markup.xml[one.start : one.end] for one in known]
        if entry in texts:
            return texts.index(entry)
        home = self._collections.get(collection)
        if home is None:
            self._put_new(collection, entry)
        else:
            self._put_into(home, entry, len(known) + 1)
        self._package.put(self._part, self._markup.result())
        self._read()
        return len(known)

    def cell_format(self, number: int) -> Element:
        """The cell format with that number. Raises Unpatchable where there is none."""
        known = self._entries.get("cellXfs", [])
        if not 0 <= number < len(known):
            raise Unpatchable("styles")
        return known[number]

    def source(self, element: Element) -> str:
        """The text of an element of the styles, without its prefix."""
        text = self._markup.xml[element.start : element.end].decode("utf-8", "replace")
        prefix = self._markup.root.prefix
        return re.sub(rf"<(/?){re.escape(prefix)}:", r"<\1", text) if prefix else text

    def number_format(self, number: str) -> str | None:
        """The code of a number format that the workbook tells itself; None for those of Excel."""
        known = self._entries.get("numFmts", [])
        return next(
            (one.attributes.get("formatCode") for one in known if one.attributes.get("numFmtId") == number),
            None,
        )

    def filled(self, number: int) -> bool:
        """Whether a cell format has a background of its own."""
        told = self.cell_format(number).attributes.get("fillId", "0")
        fills = self._entries.get("fills", [])
        if not told.isdecimal() or int(told) >= len(fills):
            return False
        fill = fills[int(told)]
        return (
            bool(_SOLID.search(self._markup.xml[fill.start : fill.end]))
            or b"radientFill" in (self._markup.xml[fill.start : fill.end])
        )

    def _read(self) -> None:
        self._markup = Markup(self._package.xml(self._part))
        self._collections = {one.name: one for one in self._markup.root.children}
        self._entries: dict[str, list[Element]] = {}
        for one in self._markup.elements(at_depth(None, _ORDER, None)):
            if one.parent and one.parent.name in _ORDER:
                self._entries.setdefault(one.parent.name, []).append(one)

    def _put_into(self, home: Element, entry: bytes, count: int) -> None:
        if home.empty:
            name = self._markup.xml[home.start + 1 : home.opened].split(maxsplit=1)[0].rstrip(b"/>")
            whole = self._markup.tag(home.name, {"count": str(count)}, entry)
            if not whole.startswith(b"<" + name):
                raise Unpatchable("styles")
            self._markup.replace(home.start, home.end, whole)
            return
        self._markup.set(home, {"count": str(count)})
        self._markup.put(home.closed, entry)

    def _put_new(self, collection: str, entry: bytes) -> None:
        rank = _ORDER.index(collection)
        before = [one for one in self._markup.root.children if one.name in _ORDER[:rank]]
        if not before:
            raise Unpatchable("styles")
        self._markup.put(before[-1].end, self._markup.tag(collection, {"count": "1"}, entry))
