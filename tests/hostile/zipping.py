"""Zips by hand, in which every field can lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


@dataclass
class Entry:
    """One file in a zip, and what its two headers say of it where that is not the truth."""

    name: bytes
    content: bytes
    method: int = 8
    local: Mapping[str, int | bytes] = field(default_factory=dict)
    central: Mapping[str, int | bytes] = field(default_factory=dict)
    extra: bytes = b""
    descriptor: bool = False

    @cached_property
    def packed(self) -> bytes:
        if self.method != 8:
            return self.content
        squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
        return squeeze.compress(self.content) + squeeze.flush()

    def _fields(self, lies: Mapping[str, int | bytes]) -> dict[str, int | bytes]:
        return {
            "flags": 8 if self.descriptor else 0,
            "method": self.method,
            "crc": zlib.crc32(self.content),
            "packed": len(self.packed),
            "size": len(self.content),
            "name": self.name,
            **lies,
        }

    def local_header(self) -> bytes:
        hidden = {"crc": 0, "packed": 0, "size": 0} if self.descriptor else {}
        told = self._fields({**hidden, **self.local})
        numbers = (told[one] for one in ("flags", "method"))
        sums = (told[one] for one in ("crc", "packed", "size"))
        name = told["name"]
        assert isinstance(name, bytes)
        head = struct.pack("<4s3H2H3L2H", LOCAL, 20, *numbers, 0, 0x21, *sums, len(name), len(self.extra))
        return head + name + self.extra

    def tail(self) -> bytes:
        if not self.descriptor:
            return b""
        return struct.pack(
            "<4s3L", b"PK\x07\x08", zlib.crc32(self.content), len(self.packed), len(self.content)
        )

    def central_header(self, offset: int) -> bytes:
        told = self._fields({"offset": offset, **self.central})
        numbers = (told[one] for one in ("flags", "method"))
        sums = (told[one] for one in ("crc", "packed", "size"))
        name = told["name"]
        assert isinstance(name, bytes)
        head = struct.pack("<4s4H2H3L", CENTRAL, 20, 20, *numbers, 0, 0x21, *sums)
        rest = struct.pack("<5H2L", len(name), len(self.extra), 0, 0, 0, 0, int(told["offset"]))
        return head + rest + name + self.extra


def entries(parts: Mapping[str, bytes]) -> list[Entry]:
    """The parts of a package as honest entries."""
    return [Entry(name.encode(), content) for name, content in parts.items()]


def ended(body: bytes, directory: bytes, count: int, comment: bytes = b"") -> bytes:
    told = struct.pack("<4s4H2LH", END, 0, 0, count, count, len(directory), len(body), len(comment))
    return body + directory + told + comment


def build(
    found: Iterable[Entry], *, comment: bytes = b"", gap: bytes = b"", backwards: bool = False
) -> bytes:
    """The zip with those entries; `gap` stands between them."""
    body, headers = b"", []
    for entry in found:
        headers.append(entry.central_header(len(body)))
        body += entry.local_header() + entry.packed + entry.tail() + gap
    directory = b"".join(reversed(headers) if backwards else headers)
    return ended(body, directory, len(headers), comment)
