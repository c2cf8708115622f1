"""The guard: a workbook's bytes, checked once, and its parts, checked when they are first read."""

from __future__ import annotations

import hashlib
import posixpath
from functools import cached_property
from urllib.parse import unquote

from kpicheck.allowance import Allowance
from kpicheck.reader.archive import MEBIBYTE, Archive
from kpicheck.reader.dialect import to_transitional, to_utf8
from kpicheck.reader.magic import is_lock_file, refuse_unless_zip
from kpicheck.reader.markup import check, read
from kpicheck.reader.reading import Attributes, Elements, Reading, Wording
from kpicheck.reader.refusal import Refusal, broken, unsafe_xml
from kpicheck.reader.shape import MAIN, RELATIONS, RELATIONSHIP, Shape
from kpicheck.reader.small_parts import once

__all__ = [
    "MAX_FILE",
    "Package",
    "Refusal",
    "broken",
    "is_lock_file",
    "open_package",
    "to_transitional",
    "unsafe_xml",
]

MAX_FILE = 50 * MEBIBYTE

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_WORKBOOK_ROOT = f"{MAIN} workbook"
_USUAL_PLACE = "xl/workbook.xml"
_PROPERTIES = "docProps/core.xml"
_CREATOR = "http://purl.org/dc/elements/1.1/ creator"
_OPEN_SHEETS = b"application/vnd.oasis.opendocument.spreadsheet"


def open_package(data: bytes, allowance: Allowance | None = None) -> Package:
    """Open a workbook from its bytes. Raises Refusal for every other kind of file and for unsafe ones."""
    if len(data) > MAX_FILE:
        raise Refusal(code="too-large", megabytes=-(-len(data) // MEBIBYTE), limit=MAX_FILE // MEBIBYTE)
    refuse_unless_zip(data)
    package = Package(data, allowance or Allowance())
    package.refuse_other_documents()
    return package


def elements(
    part: str, xml: bytes, allowance: Allowance, shape: Shape, names: tuple[str, ...]
) -> list[tuple[str, Attributes]]:
    """The elements with those names in a part, and their attributes. Raises Refusal, Exceeded."""

    def found() -> list[tuple[str, Attributes]]:
        wanted = Elements(allowance, *names)
        read(part, xml, allowance, shape, wanted)
        wanted.done()
        return wanted.found

    return once(" ".join(names), part, xml, allowance, found)


class Package:
    """The parts of one Open XML workbook, by name in any case."""

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        """Check the zip; parts are unpacked and checked when they are read."""
        self.allowance = allowance
        self._data = data
        self._archive = Archive(data)

    @cached_property
    def sha256(self) -> str:
        """The fingerprint of the bytes this package was opened from."""
        return hashlib.sha256(self._data).hexdigest()

    @cached_property
    def main_part(self) -> str:
        """The name of the workbook part."""
        return self.workbook_part()

    @cached_property
    def creator(self) -> str:
        """The author in the document properties; "" where they are absent or unfit to read."""
        wanted = Wording(_CREATOR)
        try:
            self.read_into(wanted, _PROPERTIES)
        except Refusal:
            return ""
        return wanted.found or ""

    def names(self) -> list[str]:
        """List the parts as they are spelled in the package."""
        return self._archive.names()

    def raw(self, name: str) -> bytes:
        """Unpack a part that is no XML, or is only copied. Raises Refusal where it is missing or damaged."""
        return self._archive.inflate(name)

    def read(self, name: str, shape: Shape | None = None) -> bytes:
        """Give a part as checked XML in UTF-8 and in the transitional dialect. Raises Refusal, Exceeded."""
        xml = self.unchecked(name)
        check(name, xml, self.allowance, shape)
        return xml

    def read_into(self, reading: Reading, name: str, shape: Shape | None = None) -> None:
        """Check a part and read from it what is wanted, in one pass. Raises Refusal, Exceeded."""
        read(name, self.unchecked(name), self.allowance, shape, reading)

    def unchecked(self, name: str) -> bytes:
        """Unpack a part as XML in UTF-8 and in the transitional dialect, to be checked as it is read."""
        return to_transitional(to_utf8(name, self._archive.inflate(name)))

    def rels(self, part: str, changed: bytes | None = None) -> dict[str, tuple[str, str]]:
        """Give (type, part) by id for what a part ("" for the package) refers to inside the package.

        `changed` are its relationships as they are going to be, where they are not as stored.
        """
        folder, name = posixpath.split(part)
        file = posixpath.join(folder, "_rels", f"{name}.rels")
        if changed is None and self._archive.spelled(file) is None:
            return {}
        told = self.unchecked(file) if changed is None else changed
        found: dict[str, tuple[str, str]] = {}
        named = set()
        for _, element in elements(file, told, self.allowance, RELATIONS, (RELATIONSHIP,)):
            key = element.get("Id", "")
            if key in named:
                raise broken(file, "relationship")
            named.add(key)
            if element.get("TargetMode", "Internal").lower() != "external":
                found[key] = element.get("Type", ""), self._target(folder, element.get("Target", ""))
        return found

    def workbook_part(self) -> str:
        """Find the workbook through the package's relationships, else in its usual place."""
        targets = [target for kind, target in self.rels("").values() if kind == _OFFICE]
        if len(set(targets)) > 1:
            raise broken("_rels/.rels", "relationship")
        for target in (*targets, _USUAL_PLACE):
            spelled = self._archive.spelled(target)
            if spelled is not None:
                return spelled
        if any(name.lower().startswith("xl/") for name in self.names()):
            raise broken(targets[0] if targets else _USUAL_PLACE, "missing-part")
        raise Refusal(code="not-a-workbook")

    def refuse_other_documents(self) -> None:
        """Refuse a zip that holds another kind of document than an Open XML workbook."""
        if self._archive.spelled("mimetype") is not None and self.raw("mimetype").startswith(_OPEN_SHEETS):
            raise Refusal(code="open-document")
        if self._archive.spelled("xl/workbook.bin") is not None or self.main_part.lower().endswith(".bin"):
            raise Refusal(code="binary-excel")
        main = self.main_part
        xml = self.unchecked(main)
        if (
            once("root", main, xml, self.allowance, lambda: check(main, xml, self.allowance))
            != _WORKBOOK_ROOT
        ):
            raise Refusal(code="not-a-workbook")

    def _target(self, folder: str, target: str) -> str:
        path = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
        return self._archive.spelled(path) or self._archive.spelled(unquote(path)) or path
