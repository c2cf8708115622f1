"""The good plan as parts of its package: each hostile file is a plan that would otherwise pass."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

SAMPLES = Path(__file__).parents[2] / "samples"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "[Content_Types].xml"
ROOT_RELS = "_rels/.rels"
BOOK = "xl/workbook.xml"
BOOK_RELS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
GENERAL, NOTES, PLAN, BUDGET = (f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3, 4))
FIRST_ROW, LAST_ROW = 2, 13


@cache
def _unpacked(sample: str) -> dict[str, bytes]:
    with zipfile.ZipFile(SAMPLES / f"{sample}.xlsx") as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: dict[str, bytes], level: int = 6) -> bytes:
    """A zip with those files, without a clock in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content, compresslevel=level)
    return target.getvalue()


def typed(text: str) -> str:
    """A text as XML can hold it."""
    return escape(text)


class Parts(dict[str, bytes]):
    """The parts of the good plan, with the ways in which cases change them."""

    def __init__(self, sample: str = "goed-plan") -> None:
        super().__init__(_unpacked(sample))

    def swap(self, part: str, old: str, new: str, count: int = 1) -> Parts:
        """Put one text for another; a case that would change nothing is a fault in the case."""
        before = self[part].decode()
        if old not in before:
            raise ValueError(old)
        self[part] = before.replace(old, new, count).encode()
        return self

    def pattern(self, part: str, old: str, new: str, count: int = 0) -> Parts:
        """Put a text for what fits a pattern."""
        after, found = re.subn(old, new, self[part].decode(), count=count, flags=re.DOTALL)
        if not found:
            raise ValueError(old)
        self[part] = after.encode()
        return self

    def without(self, *names: str) -> Parts:
        for name in names:
            del self[name]
        return self

    def with_part(self, name: str, content: bytes | str) -> Parts:
        self[name] = content.encode() if isinstance(content, str) else content
        return self

    def cell(self, ref: str, xml: str, part: str = PLAN) -> Parts:
        """Put other XML for a cell."""
        pattern = rf'<c r="{ref}"[^>]*?(?:/>|>.*?</c>)'
        before = self[part].decode()
        after, found = re.subn(pattern, lambda _: xml, before, count=1, flags=re.DOTALL)
        if not found:
            raise ValueError(ref)
        self[part] = after.encode()
        return self

    def text(self, ref: str, text: str, part: str = PLAN) -> Parts:
        """Put a text in a cell."""
        inner = f'<is><t xml:space="preserve">{typed(text)}</t></is>'
        return self.cell(ref, f'<c r="{ref}" s="2" t="inlineStr">{inner}</c>', part)

    def raw(self, ref: str, value: str, kind: str = "n", part: str = PLAN) -> Parts:
        """Put a stored value of some type in a cell."""
        return self.cell(ref, f'<c r="{ref}" s="2" t="{kind}"><v>{value}</v></c>', part)

    def formula(self, ref: str, formula: str, result: str | None = None) -> Parts:
        """Put a formula in a cell, with or without a stored result."""
        stored = "" if result is None else f"<v>{result}</v>"
        return self.cell(ref, f'<c r="{ref}" s="3"><f>{typed(formula)}</f>{stored}</c>')

    def rows(self, xml: str, part: str = PLAN) -> Parts:
        """Add rows behind the last one."""
        return self.swap(part, "</sheetData>", f"{xml}</sheetData>")

    def behind(self, xml: str, part: str = PLAN) -> Parts:
        """Put elements behind the rows of a sheet."""
        return self.swap(part, "</sheetData>", f"</sheetData>{xml}")

    def sheet(self, name: str, xml: str, kind: str = "worksheet") -> Parts:
        """Add a sheet with those rows."""
        number = self[BOOK].count(b"<sheet ") + 1
        file = f"xl/{kind}s/extra{number}.xml"
        self.swap(BOOK, "</sheets>", f'<sheet name="{name}" sheetId="{number}" r:id="x{number}"/></sheets>')
        self.relation(f"x{number}", kind, f"{kind}s/extra{number}.xml")
        root = f'<{kind} xmlns="{MAIN}"><sheetData>{xml}</sheetData></{kind}>'
        return self.with_part(file, root)

    def relation(self, key: str, kind: str, target: str, more: str = "", part: str = BOOK_RELS) -> Parts:
        told = f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"{more}/>'
        return self.swap(part, "</Relationships>", f"{told}</Relationships>")

    def zipped(self) -> bytes:
        return zipped(self)
