"""A copy of a workbook's package: parts that were not changed keep bytes, place and date."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from kpicheck.allowance import Allowance
from kpicheck.reader.dialect import to_utf8
from kpicheck.reader.package import Package, open_package
from kpicheck.writer.splicing import Element, Markup, Unpatchable, at_depth

CONTENT_TYPES = "[Content_Types].xml"
_RELATIONS_ROOT = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_MAIN = {
    True: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    False: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
}
_OFFICE = {
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_OTHER_ENCODING = re.compile(
    rb"(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8|us-ascii|ascii)", re.IGNORECASE
)
_DAY = (1980, 1, 1, 0, 0, 0)
_ORIGIN_OF_SIGNATURES = "digital-signature/origin"
_CHANGES_SHARED = "xl/revisions/"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the workbook: its name, its part, and what kind of sheet it is (worksheet, chartsheet …)."""

    name: str
    part: str
    kind: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the relationship's id, the last word of its type, and the part."""

    id: str
    kind: str
    target: str


class PackageCopy:
    """The parts of a workbook, and what is changed in them. Raises Unpatchable where that is not safe."""

    def __init__(self, data: bytes) -> None:
        """Open the workbook through the guard. Raises Refusal where it is not safe to read either."""
        self._data = data
        self._package: Package = open_package(data, unlimited())
        self._spelled = {name.lower(): name for name in self._package.names()}
        self._changed: dict[str, bytes] = {}
        if any(name.startswith("_xmlsignatures/") for name in self._spelled):
            raise Unpatchable("signed")
        if any(name.startswith(_CHANGES_SHARED) for name in self._spelled):
            raise Unpatchable("shared")
        self.workbook = self._package.workbook_part()
        self.strict = _MAIN[True].encode() in self.xml(self.workbook)

    @property
    def namespace(self) -> str:
        """The namespace of workbooks in the dialect of this one."""
        return _MAIN[self.strict]

    def office(self, kind: str) -> str:
        """The relationship type or namespace of Office documents in the dialect of this workbook."""
        return f"{_OFFICE[self.strict]}/{kind}" if kind else _OFFICE[self.strict]

    def sheets(self) -> list[SheetPart]:
        """The sheets in the order of their tabs. Raises Unpatchable where one of them has no part."""
        known = {one.id: one for one in self.relations(self.workbook)}
        found = []
        markup = Markup(self.xml(self.workbook))
        for element in markup.elements(at_depth(None, ["sheets"], ["sheet"])):
            if element.name == "sheet":
                key = next((value for name, value in element.attributes.items() if name.endswith(":id")), "")
                if key not in known:
                    raise Unpatchable("workbook")
                found.append(SheetPart(element.attributes["name"], known[key].target, known[key].kind))
        return found

    def names(self) -> list[str]:
        """The parts of the copy as it stands."""
        return sorted({*self._spelled.values(), *self._changed})

    def has(self, name: str) -> bool:
        """Whether the package, as changed so far, holds a part of that name."""
        spelled = self._name(name)
        return spelled in self._changed or spelled.lower() in self._spelled

    def xml(self, name: str) -> bytes:
        """A part as changed so far, as checked XML in UTF-8. Raises Refusal where it is missing or unsafe."""
        spelled = self._name(name)
        if spelled in self._changed:
            return self._changed[spelled]
        self._package.read(spelled)
        found = to_utf8(spelled, self._package.raw(spelled))
        if _OTHER_ENCODING.match(found):
            raise Unpatchable("markup")
        return found

    def raw(self, name: str) -> bytes:
        """A part as changed so far, whatever it holds. Raises Refusal where it is missing or damaged."""
        spelled = self._name(name)
        return self._changed[spelled] if spelled in self._changed else self._package.raw(spelled)

    def put(self, name: str, content: bytes) -> None:
        """Give a part other contents, or add it."""
        spelled = self._name(name)
        self._changed[spelled] = content

    def edit(self, name: str, change: Callable[[Markup], None]) -> None:
        """Change a part in place; a change that comes to nothing leaves it as it is."""
        before = self.xml(name)
        markup = Markup(before)
        change(markup)
        after = markup.result()
        if after != before:
            self.put(name, after)

    def free_name(self, pattern: str) -> str:
        """A part's name that is not taken, with a number for {}."""
        number = 1
        while pattern.format(number).lower() in self._spelled or pattern.format(number) in self._changed:
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to inside the package."""
        kinds = self._package.rels(part, self._changed.get(self._name(_rels_of(part))))
        return [Relation(key, kind.rpartition("/")[2], target) for key, (kind, target) in kinds.items()]

    def refer(self, part: str, kind: str, target: str) -> str:
        """Make a part refer to another and give the id of that relationship."""
        file = self._name(_rels_of(part))
        if not self.has(file):
            self.put(file, _RELATIONS_ROOT)
        taken = [one.attributes.get("Id", "") for one in self._relation_elements(Markup(self.xml(file)))]
        numbers = [int(found[1]) for key in taken if (found := re.fullmatch(r"rId(\d{1,9})", key))]
        key = f"rId{max(numbers, default=0) + 1}"
        told = {
            "Id": key,
            "Type": self.office(kind),
            "Target": posixpath.relpath(target, posixpath.dirname(part)),
        }
        self.edit(file, lambda markup: markup.append(markup.root, markup.tag("Relationship", told)))
        return key

    def content_type(self, part: str, kind: str) -> None:
        """Say of what type a part is."""

        def add(markup: Markup) -> None:
            told = {"PartName": f"/{part}", "ContentType": kind}
            markup.append(markup.root, markup.tag("Override", told))

        self.edit(CONTENT_TYPES, add)

    def default_type(self, extension: str, kind: str) -> None:
        """Say of what type the parts with that extension are, where nothing is said of them yet."""

        def add(markup: Markup) -> None:
            known = [one.attributes.get("Extension", "").lower() for one in markup.root.children]
            if extension not in known:
                told = {"Extension": extension, "ContentType": kind}
                markup.put(markup.root.opened, markup.tag("Default", told))

        self.edit(CONTENT_TYPES, add)

    def data(self) -> bytes:
        """The copy. The same changes in the same workbook give the same bytes."""
        with zipfile.ZipFile(io.BytesIO(self._data)) as original:
            infos = original.infolist()
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
            left = dict(self._changed)
            for info in infos:
                name = self._name(info.filename.replace("\\", "/").lstrip("/"))
                kept = zipfile.ZipInfo(info.filename, info.date_time)
                kept.compress_type, kept.external_attr = info.compress_type, info.external_attr
                if name.endswith("/"):
                    copy.writestr(kept, b"")
                else:
                    copy.writestr(kept, left.pop(name) if name in left else self._package.raw(name))
            for name, content in left.items():
                added = zipfile.ZipInfo(name, _DAY)
                added.compress_type = zipfile.ZIP_DEFLATED
                copy.writestr(added, content)
        return made.getvalue()

    def _name(self, name: str) -> str:
        return self._spelled.get(name.lower(), name)

    @staticmethod
    def _relation_elements(markup: Markup) -> list[Element]:
        return [one for one in markup.root.children if one.name == "Relationship"]


def unlimited() -> Allowance:
    """For a workbook that was judged a moment ago: what it may ask was seen to then."""
    return Allowance(limits={})


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
