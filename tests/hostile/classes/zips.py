"""The zip around the workbook: cut off, contradicting itself, or far larger than it looks."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial

from tests.hostile.parts import BOOK, PLAN, STRINGS, TYPES, Parts
from tests.hostile.register import changed
from tests.hostile.zipping import END, Entry, build, ended, entries

_MEBIBYTE = 1 << 20


def _with(parts: Parts, name: str, **lies: object) -> bytes:
    """The plan, with one entry that is not as the others."""
    found = [
        Entry(one.name, one.content, **lies) if one.name == name.encode() else one  # type: ignore[arg-type]
        for one in entries(parts)
    ]
    return build(found)


def _and(*more: Entry) -> Callable[[Parts], bytes]:
    return lambda parts: build([*entries(parts), *more])


def _cut_off(share: int, parts: Parts) -> bytes:
    whole = parts.zipped()
    return whole[: len(whole) * share // 100]


for _share in (5, 50, 90, 99):
    changed(
        "zip",
        f"cut-off-at-{_share}-percent",
        partial(_cut_off, _share),
    )
changed("zip", "cut-off-one-byte", lambda parts: parts.zipped()[:-1])
changed("zip", "end-record-alone", lambda parts: parts.zipped()[-22:])
changed("zip", "without-directory", lambda parts: ended(build(entries(parts)), b"", 0))
changed("zip", "bytes-behind-the-end", lambda parts: parts.zipped() + b"\n\n")
changed("zip", "two-zips-in-a-row", lambda parts: parts.zipped() + Parts().zipped())
changed("zip", "long-comment", lambda parts: build(entries(parts), comment=b"x" * 65_535))
changed("zip", "end-record-in-the-comment", lambda parts: build(entries(parts), comment=END + bytes(18)))
changed("zip", "gaps-between-entries", lambda parts: build(entries(parts), gap=b"verborgen"))
changed("zip", "directory-in-other-order", lambda parts: build(entries(parts), backwards=True))
changed(
    "zip", "stored", lambda parts: build(Entry(one.name, one.content, method=0) for one in entries(parts))
)
changed(
    "zip",
    "written-as-a-stream",
    lambda parts: build(Entry(e.name, e.content, descriptor=True) for e in entries(parts)),
)
changed(
    "zip", "folders-as-entries", _and(Entry(b"xl/", b"", method=0), Entry(b"xl/worksheets/", b"", method=0))
)
changed(
    "zip",
    "large-extra-fields",
    lambda parts: build(Entry(e.name, e.content, extra=bytes(9_000)) for e in entries(parts)),
)
changed(
    "zip",
    "backslashes-in-names",
    lambda parts: build(Entry(e.name.replace(b"/", b"\\"), e.content) for e in entries(parts)),
)
changed(
    "zip", "slash-before-names", lambda parts: build(Entry(b"/" + e.name, e.content) for e in entries(parts))
)
changed(
    "zip", "names-in-capitals", lambda parts: build(Entry(e.name.upper(), e.content) for e in entries(parts))
)
changed(
    "zip",
    "dots-in-a-name",
    lambda parts: _with(parts, PLAN, central={"name": b"xl/x/../" + PLAN.encode()[3:]}),
)
changed("zip", "duplicate-name", _and(Entry(PLAN.encode(), b"<x/>")))
changed("zip", "duplicate-name-in-other-case", _and(Entry(PLAN.encode().upper(), b"<x/>")))
changed("zip", "duplicate-name-with-backslash", _and(Entry(PLAN.encode().replace(b"/", b"\\"), b"<x/>")))
changed("zip", "duplicate-name-behind-a-zero", _and(Entry(PLAN.encode() + b"\0x", b"<x/>")))
changed(
    "zip",
    "other-name-in-its-own-header",
    lambda parts: _with(parts, PLAN, local={"name": b"xl/worksheets/sheetX.xml"}),
)
changed("zip", "other-method-in-its-own-header", lambda parts: _with(parts, PLAN, local={"method": 0}))
changed("zip", "encrypted-flag", lambda parts: _with(parts, PLAN, local={"flags": 1}, central={"flags": 1}))
changed("zip", "encrypted-flag-in-its-own-header", lambda parts: _with(parts, PLAN, local={"flags": 1}))
changed("zip", "strong-encryption-flag", lambda parts: _with(parts, PLAN, central={"flags": 64}))
for _name, _method in {
    "shrunk": 1,
    "deflate64": 9,
    "bzip2": 12,
    "lzma": 14,
    "zstandard": 93,
    "method-65535": 65_535,
}.items():
    changed(
        "zip",
        f"packed-with-{_name}",
        partial(_with, name=PLAN, local={"method": _method}, central={"method": _method}),
    )
changed("zip", "wrong-checksum", lambda parts: _with(parts, PLAN, local={"crc": 1}, central={"crc": 1}))
changed("zip", "shorter-than-told", lambda parts: _with(parts, PLAN, central={"size": 90_000}))
changed("zip", "longer-than-told", lambda parts: _with(parts, PLAN, central={"size": 100}))
changed("zip", "packed-size-too-small", lambda parts: _with(parts, PLAN, central={"packed": 100}))
changed("zip", "packed-size-too-large", lambda parts: _with(parts, PLAN, central={"packed": 9_000_000}))
changed("zip", "offset-beyond-the-end", lambda parts: _with(parts, PLAN, central={"offset": 0xFFFFFFF0}))
changed("zip", "offset-of-another-file", lambda parts: _with(parts, PLAN, central={"offset": 0}))
changed(
    "zip",
    "damaged-deflate",
    lambda parts: (whole := parts.zipped())[:3_000] + bytes(200) + whole[3_200:],
)
changed(
    "zip", "damaged-picture-nobody-reads", _and(Entry(b"xl/media/foto.png", b"x" * 900, central={"crc": 7}))
)
changed("zip", "bomb-that-tells-its-size", _and(Entry(b"xl/media/nul.bin", bytes(101 * _MEBIBYTE))))
changed(
    "zip",
    "bomb-in-total",
    lambda parts: build(
        [*entries(parts), *(Entry(b"xl/%d.bin" % n, bytes(60 * _MEBIBYTE)) for n in range(4))]
    ),
)
changed(
    "zip",
    "bomb-that-lies-about-its-size",
    lambda parts: build(
        [
            Entry(e.name, e.content + b" " * (90 * _MEBIBYTE), local={"size": 9_000}, central={"size": 9_000})
            if e.name == PLAN.encode()
            else e
            for e in entries(parts)
        ]
    ),
)
changed(
    "zip",
    "bomb-in-the-strings",
    lambda parts: build(
        [
            Entry(e.name, e.content + b" " * (99 * _MEBIBYTE), local={"size": 99}, central={"size": 99})
            if e.name == STRINGS.encode()
            else e
            for e in entries(parts)
        ]
    ),
)
changed(
    "zip",
    "2,001-entries",
    lambda parts: build([*entries(parts), *(Entry(b"x/%d" % n, b"", method=0) for n in range(2_001))]),
)


def _many_signatures(parts: Parts) -> bytes:
    one = Entry(b"a", b"", method=0)
    return ended(build(entries(parts)), one.central_header(0) * 60_000, 60_000)


def _shared_bytes(parts: Parts) -> bytes:
    """Two entries of which one stands inside the other."""
    found = entries(parts)
    inner = next(one for one in found if one.name == PLAN.encode())
    nested = inner.local_header() + inner.packed
    outer = Entry(b"xl/media/foto.png", nested, method=0)
    rest = [one for one in found if one is not inner]
    body, headers = b"", []
    for entry in rest:
        headers.append(entry.central_header(len(body)))
        body += entry.local_header() + entry.packed
    headers.append(outer.central_header(len(body)))
    headers.append(inner.central_header(len(body) + len(outer.local_header())))
    body += outer.local_header() + outer.packed
    return ended(body, b"".join(headers), len(headers))


def _same_bytes_twice(parts: Parts) -> bytes:
    whole = build(entries(parts))
    again = Entry(b"xl/worksheets/sheet9.xml", parts[PLAN]).central_header(0)
    at = whole.rfind(END)
    return whole[:at] + again + whole[at:]


def _zip64(parts: Parts, count: int, offset: int | None = None) -> bytes:
    whole = build(entries(parts))
    at = whole.rfind(END)
    _, _, _, _, entries_there, size, start, _ = struct.unpack("<4s4H2LH", whole[at:])
    record = struct.pack(
        "<4sQ2H2L4Q",
        b"PK\x06\x06",
        44,
        45,
        45,
        0,
        0,
        entries_there + count,
        entries_there + count,
        size,
        offset or start,
    )
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    end = struct.pack("<4s4H2LH", END, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return whole[:at] + record + locator + end


changed("zip", "60,000-signatures", _many_signatures)
changed("zip", "entries-that-share-bytes", _shared_bytes)
changed("zip", "same-bytes-under-two-names", _same_bytes_twice)
changed("zip", "large-file-fields", lambda parts: _zip64(parts, 0))
changed("zip", "large-file-fields-that-lie", lambda parts: _zip64(parts, 1 << 60))
changed("zip", "large-file-fields-pointing-nowhere", lambda parts: _zip64(parts, 0, 1 << 62))
changed("zip", "name-that-is-no-text", _and(Entry(b"xl/\xff\xfe\x80.bin", b"x")))
changed("zip", "name-with-line-break", _and(Entry(b"xl/a\n\x1b[31mb.bin", b"x")))
changed("zip", "name-of-60,000-characters", _and(Entry(b"x" * 60_000, b"x")))
changed("zip", "name-that-climbs-up", _and(Entry(b"../../../../etc/passwd", b"x")))
changed(
    "zip",
    "missing-content-types-entry",
    lambda parts: build(one for one in entries(parts) if one.name != TYPES.encode()),
)
changed("zip", "two-disks", lambda parts: (whole := parts.zipped())[:-18] + b"\x01\x00\x01\x00" + whole[-14:])
changed("zip", "workbook-twice-in-other-case", _and(Entry(BOOK.encode().title(), b"<workbook/>")))
