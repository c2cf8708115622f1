"""The guard on bytes: what is opened, what is refused, and under which code."""

from __future__ import annotations

import hashlib
import io
import struct
import time
import tomllib
import zipfile
import zlib
from pathlib import Path

import pytest

from kpicheck.reader.archive import MAX_ENTRIES, MAX_PART, MAX_TOTAL
from kpicheck.reader.markup import MAX_ATTRIBUTES, MAX_DEPTH, MAX_TOKEN
from kpicheck.reader.package import (
    MAX_FILE,
    Refusal,
    is_lock_file,
    open_package,
    to_transitional,
)
from kpicheck.texts import nested

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
TEXTS = Path(__file__).parents[2] / "rules" / "texts"

Entry = tuple[str, bytes]


def rels(*rows: tuple[str, str, str]) -> bytes:
    inner = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in rows)
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">{inner}</Relationships>'.encode()


def parts() -> dict[str, bytes]:
    return {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": rels(("rId1", f"{OFFICE}/officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets/></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": rels(
            ("rId1", f"{OFFICE}/worksheet", "worksheets/sheet1.xml"),
            ("rId2", f"{OFFICE}/sharedStrings", "/xl/SharedStrings.XML"),
        ),
        SHEET: f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode(),
        STRINGS: f'<sst xmlns="{MAIN}"/>'.encode(),
    }


def zipped(content: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return target.getvalue()


def local(name: bytes, packed: bytes, **told: int) -> bytes:
    told = {"method": 8, "flags": 0, "checksum": 0, "size": 0} | told
    header = (
        told["flags"],
        told["method"],
        0,
        0x21,
        told["checksum"],
        len(packed),
        told["size"],
        len(name),
        0,
    )
    return struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, *header) + name + packed


def listed(name: bytes, offset: int, packed: int, **told: int) -> bytes:
    told = {"method": 8, "flags": 0, "checksum": 0, "size": 0} | told
    header = (told["flags"], told["method"], 0, 0x21, told["checksum"], packed, told["size"], len(name))
    return (
        struct.pack("<4s6H3LH", b"PK\x01\x02", 20, 20, *header) + bytes(12) + struct.pack("<L", offset) + name
    )


def ended(body: bytes, directory: bytes, count: int) -> bytes:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end


def deflated(data: bytes) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


def built(content: dict[str, bytes], **lies: int) -> bytes:
    """A zip by hand, in which the last file may lie about itself in the directory."""
    body, directory = b"", b""
    for number, (name, data) in enumerate(content.items(), start=1):
        truth = {"size": len(data), "checksum": zlib.crc32(data)}
        told = truth | (lies if number == len(content) else {})
        packed = deflated(data)
        directory += listed(name.encode(), len(body), len(packed), **told)
        body += local(name.encode(), packed, **truth)
    return ended(body, directory, len(content))


def read(data: bytes, part: str | None) -> bytes:
    package = open_package(data)
    return package.read(part or package.main_part)


def refusal(data: bytes, part: str | None = None) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read(data, part)
    return caught.value


def problem(data: bytes, part: str | None = None) -> tuple[str, str]:
    refused = refusal(data, part)
    return refused.code, str(refused.facts["problem"])


def utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (bytes(5000), "empty"),
        (b" \r\n", "empty"),
        (OLE2, "old-excel"),
        (OLE2 + utf16("Workbook"), "old-excel"),
        (OLE2 + utf16("Workbook") + utf16("WordDocument"), "old-excel"),
        (OLE2 + utf16("EncryptionInfo") + utf16("EncryptedPackage"), "encrypted"),
        (OLE2 + utf16("EncryptedPackage") + utf16("DRMEncryptedDataSpace"), "rights-managed"),
        (OLE2 + utf16("Workbook") + utf16("\tDRMContent"), "rights-managed"),
        (OLE2 + utf16("WordDocument"), "not-a-workbook"),
        (b"\x09\x08\x08\x00\x00\x05\x10\x00" + bytes(60), "old-excel"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"\n%PDF-1.4", "pdf"),
        (b"Naam;Bedrag\r\nKPI 1;1000\r\n", "text-file"),
        ("Naam;Bedrag\r\nCoördinatie;€ 10".encode("cp1252"), "text-file"),
        ("Naam\tBedrag".encode("utf-16"), "text-file"),
        (b"\xef\xbb\xbfNaam;Bedrag", "text-file"),
        (b'<?xml version="1.0"?><plan/>', "text-file"),
        (b"<html><table><tr><td>1", "web-page"),
        (b"\xef\xbb\xbf\n<!DOCTYPE HTML PUBLIC>", "web-page"),
        (b"<!-- gemaakt door een rapportage --><p>", "web-page"),
        (b"<!---->" * 5000, "web-page"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html><html/>', "web-page"),
        ("<html><body>".encode("utf-16"), "web-page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "web-page"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "old-excel",
        ),
        (
            b'<?xml version="1.0"?><o:document xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0">',
            "open-document",
        ),
        (b"{\\rtf1\\ansi", "not-a-workbook"),
        (b'{"url": "https://docs.google.com/open?id=abc", "doc_id": "abc", "email": "x@y.nl"}', "shortcut"),
        (b'{"":"WARNING! DO NOT EDIT THIS FILE!","doc_id":"abc","resource_key":""}', "shortcut"),
        (b"[InternetShortcut]\r\nURL=https://example.org/plan.xlsx", "shortcut"),
        (b'<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key><string>x</string>', "shortcut"),
        (b"\x4c\x00\x00\x00\x01\x14\x02\x00" + bytes(60), "shortcut"),
        (b'{"plan": "tekst"}', "text-file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "not-a-workbook"),
        (b"\x1f\x8b\x08\x00" + bytes(20), "not-a-workbook"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "open-document"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "not-a-workbook"),
        (zipped({"[Content_Types].xml": b"", "xl/workbook.bin": b"\x83\x01"}), "binary-excel"),
        (
            zipped({"_rels/.rels": rels(("a", f"{OFFICE}/officeDocument", "a.bin")), "a.bin": b""}),
            "binary-excel",
        ),
        (
            zipped(
                {
                    "_rels/.rels": rels(("a", f"{OFFICE}/officeDocument", "word/document.xml")),
                    "word/document.xml": b'<w:document xmlns:w="w"/>',
                }
            ),
            "not-a-workbook",
        ),
        (zipped({"foto.png": b"x"}), "not-a-workbook"),
        (zipped({}), "not-a-workbook"),
        (zipped({"xl/styles.xml": b"<styleSheet/>"}), "broken"),
        (zipped(parts())[:-30], "truncated"),
        (zipped(parts())[:200], "truncated"),
        (b"PK\x03\x04", "truncated"),
        (b"PK\x05\x06", "truncated"),
        (b"PK", "truncated"),
    ],
)
def test_kind_of_file(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_too_large() -> None:
    refused = refusal(b"PK\x03\x04" + bytes(MAX_FILE))
    assert (refused.code, refused.facts) == ("too-large", {"megabytes": 51, "limit": 50})


@pytest.mark.parametrize(
    ("name", "locked"),
    [("~$plan.xlsx", True), ("map/~$plan.xlsx", True), (".~lock.plan.xlsx#", True), ("plan~$.xlsx", False)],
)
def test_lock_file(name: str, *, locked: bool) -> None:
    assert is_lock_file(name) is locked


def test_an_ordinary_workbook() -> None:
    data = zipped(parts())
    package = open_package(data)
    assert package.sha256 == hashlib.sha256(data).hexdigest()
    assert package.names() == list(parts())
    assert package.main_part == package.workbook_part() == "xl/workbook.xml"
    assert package.read(SHEET) == parts()[SHEET]
    assert package.read(SHEET.upper()) == package.read(SHEET)
    assert package.raw(STRINGS) == parts()[STRINGS]


def test_relationships_are_resolved_in_any_case() -> None:
    package = open_package(zipped(parts()))
    assert package.rels("xl/workbook.xml") == {
        "rId1": (f"{OFFICE}/worksheet", SHEET),
        "rId2": (f"{OFFICE}/sharedStrings", STRINGS),
    }
    assert package.rels(SHEET) == {}


@pytest.mark.parametrize(
    ("target", "part"),
    [
        ("../media/foto.png", "xl/media/foto.png"),
        ("..\\media\\foto.png", "xl/media/foto.png"),
        ("/xl/MEDIA/foto.png", "xl/media/foto.png"),
        ("../media/met%20spatie.png", "xl/media/met spatie.png"),
        ("./sheet1.xml", SHEET),
        ("../../../../xl/media/foto.png", "xl/media/foto.png"),
        ("weg.xml", "xl/worksheets/weg.xml"),
    ],
)
def test_targets(target: str, part: str) -> None:
    extra = {"xl/media/foto.png": b"", "xl/media/met spatie.png": b""}
    file = {"xl/worksheets/_rels/sheet1.xml.rels": rels(("r", "soort", target))}
    package = open_package(zipped(parts() | extra | file))
    assert package.rels(SHEET) == {"r": ("soort", part)}


def test_external_targets_are_left_out() -> None:
    outside = rels(("r", "soort", "https://example.org")).replace(b"/></", b' TargetMode="External"/></')
    package = open_package(zipped(parts() | {"xl/worksheets/_rels/sheet1.xml.rels": outside}))
    assert package.rels(SHEET) == {}


@pytest.mark.parametrize(
    "first",
    [
        {},
        {"_rels/.rels": rels()},
        {"_rels/.rels": rels(("a", f"{OFFICE}/officeDocument", "/XL/Workbook.xml"))},
        {"_rels/.rels": rels(("a", f"{OFFICE}/officeDocument", "weg.xml"))},
        {"_rels/.rels": rels(("a", f"{STRICT_OFFICE}/officeDocument", "xl/workbook.xml"))},
    ],
)
def test_workbook_is_found(first: dict[str, bytes]) -> None:
    rest = {name: data for name, data in parts().items() if name != "_rels/.rels"}
    assert open_package(zipped(first | rest)).main_part == "xl/workbook.xml"


def test_workbook_elsewhere() -> None:
    content = {
        "_rels/.rels": rels(("a", f"{OFFICE}/officeDocument", "boek.xml")),
        "boek.xml": parts()["xl/workbook.xml"],
    }
    assert open_package(zipped(content)).main_part == "boek.xml"


class Pipe(io.BytesIO):
    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError

    tell = seek


@pytest.mark.parametrize("large", [True, False])
def test_a_zip_written_as_a_stream_or_with_large_file_fields(*, large: bool) -> None:
    target = Pipe()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts().items():
            with archive.open(name, "w", force_zip64=large) as entry:
                entry.write(data)
    assert open_package(target.getvalue()).read(SHEET) == parts()[SHEET]


def test_backslashes_and_leading_slashes_in_names() -> None:
    odd = {"/" + name.replace("/", "\\"): data for name, data in parts().items()}
    assert open_package(built(odd)).read(SHEET) == parts()[SHEET]


def test_strict_is_read_as_transitional() -> None:
    strict = f'<workbook xmlns="{STRICT_MAIN}" xmlns:r=\'{STRICT_OFFICE}\' conformance="strict"/>'.encode()
    package = open_package(zipped(parts() | {"xl/workbook.xml": strict}))
    assert package.read("xl/workbook.xml") == (
        f'<workbook xmlns="{MAIN}" xmlns:r=\'{OFFICE}\' conformance="strict"/>'.encode()
    )


@pytest.mark.parametrize(
    ("strict", "transitional"),
    [
        (f"{STRICT_OFFICE}/worksheet", f"{OFFICE}/worksheet"),
        (f"{STRICT_OFFICE}/extendedProperties", f"{OFFICE}/extended-properties"),
        (f"{STRICT_OFFICE}/customProperties", f"{OFFICE}/custom-properties"),
        (
            "http://purl.oclc.org/ooxml/drawingml/main",
            "http://schemas.openxmlformats.org/drawingml/2006/main",
        ),
        (
            "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
            "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        ),
    ],
)
def test_strict_names(strict: str, transitional: str) -> None:
    assert to_transitional(f'<a b="{strict}"/>'.encode()) == f'<a b="{transitional}"/>'.encode()
    told = f"<t>zie {strict}</t>".encode()
    assert to_transitional(told) == told


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_encodings(codec: str) -> None:
    declared = '<?xml version="1.0" encoding="UTF-16"?>' if "16" in codec else ""
    sheet = f'{declared}<worksheet xmlns="{STRICT_MAIN}">Coördinatie</worksheet>'
    package = open_package(zipped(parts() | {SHEET: sheet.encode(codec)}))
    assert package.read(SHEET).decode("utf-8-sig") == f'<worksheet xmlns="{MAIN}">Coördinatie</worksheet>'


# The zip


def test_too_many_entries() -> None:
    assert problem(zipped({str(number): b"" for number in range(MAX_ENTRIES + 1)})) == ("zip-bomb", "entries")
    assert refusal(zipped({str(number): b"" for number in range(MAX_ENTRIES)})).code == "not-a-workbook"


def test_a_directory_too_long_to_read_costs_no_time() -> None:
    directory = listed(b"a", 0, 0) * 400_000
    before = time.process_time()
    assert problem(ended(local(b"a", b""), directory, 1)) == ("zip-bomb", "entries")
    assert time.process_time() - before < 1


def test_a_part_too_large() -> None:
    assert problem(zipped(parts() | {SHEET: bytes(MAX_PART + 1)})) == ("zip-bomb", "part")


def test_too_large_in_total() -> None:
    third = bytes(MAX_TOTAL // 3 + 1)
    assert problem(zipped(parts() | {"a": third, "b": third, "c": third})) == ("zip-bomb", "total")


@pytest.mark.parametrize("told", [0, 1, 1000])
def test_a_bomb_that_lies_about_its_size(told: int) -> None:
    data = built(parts() | {"xl/bom.xml": bytes(3 * MAX_PART)}, size=told)
    before = time.process_time()
    assert problem(data, "xl/bom.xml") == ("zip-bomb", "size")
    assert time.process_time() - before < 1


@pytest.mark.parametrize(
    ("lie", "expected"),
    [({"size": 999}, "cut-off"), ({"checksum": 1}, "checksum")],
)
def test_a_part_that_is_not_as_declared(lie: dict[str, int], expected: str) -> None:
    assert problem(built(parts(), **lie), STRINGS) == ("broken", expected)


def test_damaged_and_cut_off_parts() -> None:
    name, data = b"xl/workbook.xml", parts()["xl/workbook.xml"]
    for packed, expected in ((b"\xff" * 20, "deflate"), (deflated(data)[:-4], "cut-off")):
        told = {"size": len(data), "checksum": zlib.crc32(data)}
        body = local(name, packed, **told)
        assert problem(ended(body, listed(name, 0, len(packed), **told), 1)) == ("broken", expected)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a.xml", "a.xml"),
        ("a.xml", "A.XML"),
        ("b/a.xml", "b\\a.xml"),
        ("a.xml", "/a.xml"),
        ("a.xml", "a.xml\x00x"),
    ],
)
def test_duplicate_names(first: str, second: str) -> None:
    body, directory = b"", b""
    for name in (first.encode(), second.encode()):
        directory += listed(name, len(body), 2)
        body += local(name, b"\x03\x00")
    assert problem(ended(body, directory, 2)) == ("unsafe-zip", "duplicate")


def test_entries_that_share_their_bytes() -> None:
    packed = deflated(bytes(1000))
    told = {"size": 1000, "checksum": zlib.crc32(bytes(1000))}
    inner = local(b"b", packed, **told)
    outer = local(b"a", inner, **told)
    directory = listed(b"a", 0, len(inner), **told) + listed(
        b"b", len(outer) - len(inner), len(packed), **told
    )
    assert problem(ended(outer, directory, 2)) == ("unsafe-zip", "overlap")
    same = listed(b"a", 0, len(inner), **told) + listed(b"b", 0, len(inner), **told)
    assert problem(ended(outer, same, 2)) == ("unsafe-zip", "overlap")


def test_an_entry_that_runs_into_the_directory() -> None:
    body = local(b"a", b"\x03\x00")
    assert problem(ended(body, listed(b"a", 0, 3), 1)) == ("unsafe-zip", "overlap")


@pytest.mark.parametrize("offset", [1, 5000, 0xFFFFFFF0])
def test_an_entry_that_is_not_there(offset: int) -> None:
    assert refusal(ended(local(b"a", b"\x03\x00"), listed(b"a", offset, 2), 1)).code == "broken"


@pytest.mark.parametrize(
    ("flags", "method", "expected"),
    [(1, 8, "encrypted"), (0x41, 8, "encrypted"), (0, 12, "method"), (0, 9, "method"), (0, 99, "method")],
)
def test_locks_and_methods(flags: int, method: int, expected: str) -> None:
    body = local(b"a", b"\x03\x00", flags=flags, method=method)
    assert problem(ended(body, listed(b"a", 0, 2, flags=flags, method=method), 1)) == ("unsafe-zip", expected)


@pytest.mark.parametrize(
    ("name", "change"),
    [(b"xl/anders00.xml", {}), (b"xl/workbook.xml", {"flags": 1}), (b"xl/workbook.xml", {"method": 0})],
)
def test_a_header_that_contradicts_the_directory(name: bytes, change: dict[str, int]) -> None:
    data = parts()["xl/workbook.xml"]
    told = {"size": len(data), "checksum": zlib.crc32(data)}
    packed = deflated(data)
    body = local(name, packed, **(told | change))
    assert problem(ended(body, listed(b"xl/workbook.xml", 0, len(packed), **told), 1)) == (
        "unsafe-zip",
        "header",
    )


def test_a_picture_nobody_reads_may_be_damaged() -> None:
    open_package(built(parts() | {"xl/media/foto.png": b"x"}, checksum=1)).read(SHEET)


def test_missing_part() -> None:
    refused = refusal(zipped(parts()), "xl/" + "lang/" * 30 + "weg.xml")
    assert (refused.code, refused.facts["problem"]) == ("broken", "missing-part")
    assert len(str(refused.facts["part"])) == 60


# The XML


DTD = '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part", [SHEET, STRINGS, "xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"]
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("dtd", [DTD, "<!DOCTYPE x>", '<!DOCTYPE x SYSTEM "http://localhost/x.dtd">'])
def test_no_dtd_anywhere(part: str, codec: str, dtd: str) -> None:
    xml = (f'<?xml version="1.0" encoding="{codec[:6].rstrip("-")}"?>' + dtd + "<x>&b;</x>").encode(codec)
    assert problem(zipped(parts() | {part: xml}), part) == ("unsafe-xml", "dtd")


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<a>" * (MAX_DEPTH + 1) + "</a>" * (MAX_DEPTH + 1), "depth"),
        ("<a>" * 1_000_000, "depth"),
        ("<a " + " ".join(f'b{n}=""' for n in range(MAX_ATTRIBUTES + 1)) + "/>", "attributes"),
        ("<a " + " ".join(f'xmlns:b{n}="b"' for n in range(MAX_ATTRIBUTES + 1)) + "/>", "attributes"),
        ("<a " + " ".join(f'b{n}=""' for n in range(100_000)) + "/>", "attributes"),
        ("<a>" + "x" * (MAX_TOKEN + 1) + "</a>", "token"),
        ("<a b='" + "x" * MAX_TOKEN + "'/>", "token"),
        ("<a" + "x" * 40_000_000, "token"),
        ("<a b='" + "x" * 40_000_000, "token"),
        ("<a><!--" + "<" * 40_000_000, "token"),
        ("<a><!--" + "<" * (MAX_TOKEN + 1) + "--></a>", "token"),
        ("<a><?b " + "<" * (MAX_TOKEN + 1) + "?></a>", "token"),
        ("<a><![CDATA[" + "<" * (MAX_TOKEN + 1) + "]]></a>", "token"),
        ("<!--" + "x" * 40_000_000, "token"),
        ("x" * 40_000_000, "token"),
    ],
    ids=range(15),
)
def test_hostile_xml(xml: str, expected: str) -> None:
    data = zipped(parts() | {SHEET: xml.encode()})
    before = time.process_time()
    assert problem(data, SHEET) == ("unsafe-xml", expected)
    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    "xml",
    [
        "<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH,
        "<a/>".replace("/>", " " + " ".join(f'b{n}=""' for n in range(MAX_ATTRIBUTES)) + "/>"),
        "<a>" + "<b c=''/>" * (MAX_ATTRIBUTES * 2) + "</a>",
        "<a>" + "x" * (MAX_TOKEN - 10) + "<b/>" + "x" * (MAX_TOKEN - 10) + "</a>",
        "<a><!--" + "<" * (MAX_TOKEN - 10) + "--></a>",
        "<a>" + "<![CDATA[x]]>" * 100_000 + "</a>",
    ],
    ids=range(6),
)
def test_xml_just_within_limits(xml: str) -> None:
    assert open_package(zipped(parts() | {SHEET: xml.encode()})).read(SHEET) == xml.encode()


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"geen xml",
        b"<a>",
        b"<a></b>",
        b"<a/><b/>",
        b"<a>&onbekend;</a>",
        b"<a b='1' b='2'/>",
        b"<n:a/>",
        b"<a>\xff</a>",
        b"<a>\x00</a>",
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b'<?xml version="1.0" encoding="onbekend"?><a/>',
        b'<?xml version="1.0" encoding="shift_jis"?><a/>',
        b'<?xml version="1.0" encoding="rot13"?><a/>',
        b"\xff\xfe<\x00a",
        "<a/>".encode("utf-32"),
    ],
)
def test_invalid_xml(xml: bytes) -> None:
    refused = refusal(zipped(parts() | {SHEET: xml}), SHEET)
    assert refused.code == "broken"
    assert refused.facts["part"] == SHEET


def test_a_sheet_of_5_mb_is_checked_in_well_under_a_second() -> None:
    cells = "".join(f'<c r="A{n}" s="1" t="s"><v>{n}</v></c>' for n in range(140_000))
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row>{cells}</row></sheetData></worksheet>'.encode()
    package = open_package(zipped(parts() | {SHEET: xml}))
    before = time.process_time()
    assert len(package.read(SHEET)) > 5_000_000
    assert time.process_time() - before < 0.9


def test_every_single_byte_change_gives_a_package_or_a_refusal() -> None:
    data = zipped(parts())
    for at in range(len(data)):
        for changed in (data[at] ^ 0xFF, data[at] ^ 1):
            try:
                package = open_package(data[:at] + bytes([changed]) + data[at + 1 :])
                for name in package.names():
                    package.read(name)
            except Refusal as refused:
                assert refused.code in CODES  # noqa: PT017


def test_every_truncation_is_refused() -> None:
    data = zipped(parts())
    for length in range(len(data)):
        assert refusal(data[:length]).code in {"empty", "truncated"}


CODES = [
    "old-excel",
    "encrypted",
    "wrong-password",
    "password-not-asked",
    "password-extra-missing",
    "rights-managed",
    "encryption-unknown",
    "binary-excel",
    "open-document",
    "text-file",
    "web-page",
    "pdf",
    "empty",
    "lock-file",
    "truncated",
    "shortcut",
    "not-a-workbook",
    "too-large",
    "limits-exceeded",
    "zip-bomb",
    "unsafe-zip",
    "unsafe-xml",
    "broken",
]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_refusal_has_its_words(lang: str) -> None:
    found = sorted(TEXTS.glob(f"refused.{lang}*.toml")) or [TEXTS / f"{lang}.toml"]
    texts = tomllib.loads(found[0].read_text(encoding="utf-8"))["refused"]
    assert set(CODES) <= set(texts)
    facts: dict[str, dict[str, str | int]] = {
        "old-excel": {"format": "XML 2003"},
        "too-large": {"megabytes": 51, "limit": 50},
    }
    for code in CODES:
        line = " ".join(
            nested("refused", code, part, lang, {"what": "characters", **facts.get(code, {})})
            for part in ("message", "fix")
        )
        assert len(line) <= 220
        assert "{" not in line
