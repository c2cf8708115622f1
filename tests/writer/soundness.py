"""Whether a package hangs together: what Excel would repair or refuse is found here."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from kpicheck.writer.sheet_markup import ORDER

_ID = re.compile(r"\{http://[^}]*officeDocument[^}]*relationships\}id")


def faults(data: bytes) -> list[str]:
    """All that is wrong with the package of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
    found = [f"{name} twice" for name, count in Counter(map(str.lower, parts)).items() if count > 1]
    found += _types(parts)
    styles = next((xml for name, xml in parts.items() if name.endswith("styles.xml")), b"<x/>")
    for name, xml in parts.items():
        if name.endswith((".xml", ".rels")):
            root = fromstring(xml)
            if name.endswith(".rels"):
                found += _targets(name, root, parts)
            elif _local(root) == "worksheet":
                found += [f"{name}: {one}" for one in _sheet(name, root, parts, fromstring(styles))]
            elif _local(root) == "workbook":
                found += _workbook(root)
    return found


def _types(parts: dict[str, bytes]) -> Iterator[str]:
    told = fromstring(parts["[Content_Types].xml"])
    overrides = [one.get("PartName", "").lstrip("/") for one in told if _local(one) == "Override"]
    defaults = [one.get("Extension", "").lower() for one in told if _local(one) == "Default"]
    yield from (f"type of {name} twice" for name, count in Counter(overrides).items() if count > 1)
    yield from (f"default {name} twice" for name, count in Counter(defaults).items() if count > 1)
    yield from (f"type of {name}, which is absent" for name in overrides if name not in parts)
    for name in parts:
        if name not in overrides and name.rpartition(".")[2].lower() not in defaults and "[" not in name:
            yield f"{name} without a type"


def _targets(name: str, root: Element, parts: dict[str, bytes]) -> Iterator[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    keys = Counter(one.get("Id") for one in root)
    yield from (f"{name}: {key} twice" for key, count in keys.items() if count > 1)
    for one in root:
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
            if target not in parts:
                yield f"{name}: {target} is absent"


def _workbook(root: Element) -> Iterator[str]:
    sheets = [one for part in root if _local(part) == "sheets" for one in part]
    names = Counter(one.get("name", "").casefold() for one in sheets)
    yield from (f"sheet {name} twice" for name, count in names.items() if count > 1)
    numbers = Counter(one.get("sheetId") for one in sheets)
    yield from (f"sheetId {number} twice" for number, count in numbers.items() if count > 1)


def _sheet(name: str, root: Element, parts: dict[str, bytes], styles: Element) -> Iterator[str]:
    order = [ORDER.index(_local(one)) for one in root if _local(one) in ORDER]
    if order != sorted(order):
        yield "elements out of order"
    counts = Counter(_local(one) for one in root)
    yield from (
        f"{one} twice" for one, count in counts.items() if count > 1 and one != "conditionalFormatting"
    )
    related = _related(name, parts)
    for one in root.iter():
        for key, value in one.attrib.items():
            if _ID.fullmatch(key) and value not in related:
                yield f"{_local(one)} refers to {value}"
    formats, looks = (len(_entries(styles, part)) for part in ("cellXfs", "dxfs"))
    refs = [one for one in root.iter() if _local(one) == "c"]
    if any(int(one.get("s", "0")) >= max(formats, 1) for one in refs):
        yield "a cell format that is not there"
    if [one.get("r") for one in refs] != list(dict.fromkeys(one.get("r") for one in refs)) and refs[0].get(
        "r"
    ):
        yield "a cell twice"
    rules = [one for one in root.iter() if _local(one) == "cfRule" and one.get("dxfId")]
    if any(int(one.get("dxfId", "0")) >= looks for one in rules):
        yield "a look that is not there"
    yield from _notes(related, parts)


def _notes(related: dict[str, str], parts: dict[str, bytes]) -> Iterator[str]:
    comments = [name for name in related.values() if re.search(r"/comments\d*\.xml$", name)]
    drawings = [name for name in related.values() if name.endswith(".vml")]
    if not comments:
        return
    root = fromstring(parts[comments[0]])
    refs = [one.get("ref", "") for one in root.iter() if _local(one) == "comment"]
    yield from (f"note at {ref} twice" for ref, count in Counter(refs).items() if count > 1)
    authors = sum(_local(one) == "author" for one in root.iter())
    if any(int(one.get("authorId", "0")) >= authors for one in root.iter() if _local(one) == "comment"):
        yield "a note of nobody"
    boxes = sorted(box for name in drawings for box in _boxes(parts[name]))
    if boxes != sorted(map(_place, refs)):
        yield f"boxes {boxes} for notes {sorted(map(_place, refs))}"
    numbers = [one for name in drawings for one in re.findall(rb'<v:shape id="([^"]+)"', parts[name])]
    if len(numbers) != len(set(numbers)):
        yield "a box's number twice"


def _boxes(drawing: bytes) -> Iterator[tuple[int, int]]:
    for shape in re.findall(rb"<v:shape\b.*?</v:shape>", drawing, re.DOTALL):
        if b'ObjectType="Note"' in shape:
            row, column = (
                re.search(rb"<x:%b>(\d+)</x:%b>" % (one, one), shape) for one in (b"Row", b"Column")
            )
            assert row
            assert column
            yield int(row[1]), int(column[1])


def _place(ref: str) -> tuple[int, int]:
    column = 0
    for letter in re.sub(r"\d", "", ref):
        column = column * 26 + ord(letter) - 64
    return int(re.sub(r"\D", "", ref)) - 1, column - 1


def _related(name: str, parts: dict[str, bytes]) -> dict[str, str]:
    folder, file = posixpath.split(name)
    rels = parts.get(f"{folder}/_rels/{file}.rels")
    if rels is None:
        return {}
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
        for one in fromstring(rels)
    }


def _entries(styles: Element, part: str) -> list[Element]:
    return [entry for one in styles if _local(one) == part for entry in one]


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
