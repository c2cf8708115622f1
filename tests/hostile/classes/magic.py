"""Other kinds of file, under whatever name."""

from __future__ import annotations

import gzip
from functools import partial

from tests.hostile.parts import Parts, zipped
from tests.hostile.register import add, changed
from tests.outside.refused import compound_file

_PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
_CSV = "Naam;SMART omschrijving;(streef)datum\r\nZelfzorg - Start - KPI 1;Tekst;30-6-2026\r\n"
_XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
_FLAT_ODS = (
    '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'
)
_ODS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCX = {
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELS}"><Relationship Id="a" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    ).encode(),
    "word/document.xml": b'<w:document xmlns:w="w"/>',
}

for name, data in {
    "empty": b"",
    "only-zero-bytes": bytes(5000),
    "blank-lines": b"\r\n" * 200,
    "old-excel": compound_file("Workbook"),
    "old-excel-bare": b"\x09\x08\x08\x00\x00\x05\x10\x00" + bytes(600),
    "old-excel-cut-off": compound_file("Workbook")[:300],
    "encrypted": compound_file("EncryptionInfo", "EncryptedPackage"),
    "word-old": compound_file("WordDocument"),
    "word": zipped(_DOCX),
    "binary-excel": zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\x01"}),
    "open-document": zipped(_ODS),
    "open-document-flat": _FLAT_ODS.encode(),
    "xml-2003": _XML_2003.encode(),
    "csv": _CSV.encode(),
    "csv-utf16": _CSV.encode("utf-16"),
    "csv-with-control-characters": b"Naam;\x1b[31mBedrag\x00\r\n",
    "html-export": b"\xef\xbb\xbf<html><table><tr><td>KPI 1</td></tr></table></html>",
    "mail-archive": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n",
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "picture": _PNG,
    "gzip": gzip.compress(b"plan", mtime=0),
    "rtf": b"{\\rtf1\\ansi plan}",
    "zip-of-a-letter": zipped({"brief.txt": b"geen werkmap"}),
    "zip-without-files": zipped({}),
    "too-large": b"PK\x03\x04" + bytes(51 << 20),
}.items():
    add("magic", name, partial(bytes, data))


def _junk_before(parts: Parts) -> bytes:
    return b"#!/bin/sh\nexit 0\n" + parts.zipped()


changed("magic", "junk-before-the-zip", _junk_before)
changed("magic", "lock-file", Parts.zipped, file="~$plan.xlsx")
changed("magic", "lock-file-of-libreoffice", Parts.zipped, file=".~lock.plan.xlsx#")
