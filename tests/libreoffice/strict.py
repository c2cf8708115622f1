"""An ordinary workbook as Excel saves it under "Strict Open XML-werkblad": other names, dates in words.

LibreOffice writes the transitional dialect only, also under "Office Open XML Spreadsheet"; it reads Strict.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from xml.etree import ElementTree as ET

_TRANSITIONAL = re.compile(r"(?<=\")http://schemas\.openxmlformats\.org/(\w+)/2006/([\w/-]+)(?=\")")
_FAMILIES = ("spreadsheetml", "drawingml", "officeDocument")
_CAMELS = {"extended-properties": "extendedProperties", "custom-properties": "customProperties"}
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL = re.compile(r'<c r="([A-Z]+\d+)"((?: [\w:]+="[^"]*")*)>(.*?)</c>', re.DOTALL)
_DATE_FORMATS = {*range(14, 23), *range(45, 48)}
_DATE_CODE = re.compile(r'[dmyh](?![^"]*"[^"]*(?:"[^"]*"[^"]*)*$)', re.IGNORECASE)


def strict(workbook: bytes) -> bytes:
    """The same workbook in the strict dialect."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        dated = _dated_styles(old.read("xl/styles.xml"))
        day = _days(old.read("xl/workbook.xml"))
        for name in old.namelist():
            content = old.read(name)
            if name.endswith((".xml", ".rels")):
                xml = content.decode()
                if name.startswith("xl/worksheets/sheet"):
                    xml = _CELL.sub(lambda cell: _in_words(cell, dated, day), xml)
                if name == "xl/workbook.xml":
                    xml = xml.replace("<workbook ", '<workbook conformance="strict" ', 1)
                content = _TRANSITIONAL.sub(_renamed, xml).encode()
            new.writestr(name, content)
    return target.getvalue()


def _renamed(name: re.Match[str]) -> str:
    family, rest = name.groups()
    if family not in _FAMILIES:
        return name[0]
    head, slash, last = rest.rpartition("/")
    return f"http://purl.oclc.org/ooxml/{family}/{head}{slash}{_CAMELS.get(last, last)}"


def _in_words(cell: re.Match[str], dated: set[int], day: Callable[[Decimal], str]) -> str:
    """A number with a date format as an ISO date; every other cell as it is."""
    place, attributes, inside = cell.groups()
    style = re.search(r' s="(\d+)"', attributes)
    number = re.search(r"<v>([\d.]+)</v>", inside)
    kind = re.search(r' t="(\w+)"', attributes)
    if number is None or style is None or int(style[1]) not in dated or (kind and kind[1] != "n"):
        return cell[0]
    inside = inside.replace(number[0], f"<v>{day(Decimal(number[1]))}</v>")
    return f'<c r="{place}"{re.sub(" t=.n.", "", attributes)} t="d">{inside}</c>'


def _days(workbook: bytes) -> Callable[[Decimal], str]:
    mac = re.search(rb'date1904="(1|true)"', workbook)
    first = dt.datetime(1904, 1, 1) if mac else dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook has no zones

    def day(serial: Decimal) -> str:
        return (first + dt.timedelta(seconds=round(serial * 86_400))).isoformat()

    return day


def _dated_styles(styles: bytes) -> set[int]:
    root = ET.fromstring(styles)  # noqa: S314 - as above
    codes = {int(one.attrib["numFmtId"]): one.attrib["formatCode"] for one in root.iter(f"{_MAIN}numFmt")}
    formats = [int(one.get("numFmtId", "0")) for one in root.findall(f"{_MAIN}cellXfs/{_MAIN}xf")]
    return {
        style
        for style, one in enumerate(formats)
        if one in _DATE_FORMATS or _DATE_CODE.search(re.sub(r"\[[^\]]*\]|\\.", "", codes.get(one, "")))
    }
