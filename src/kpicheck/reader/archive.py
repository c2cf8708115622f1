"""The zip around a workbook, opened as if it were out to hurt us."""

import io
import struct
import zipfile
import zlib
from typing import NamedTuple

from kpicheck.reader.refusal import Refusal, bomb, broken, unsafe_zip

MEBIBYTE = 1 << 20
MAX_PART = 100 * MEBIBYTE
MAX_TOTAL = 200 * MEBIBYTE
MAX_ENTRIES = 2_000

_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_UTF8_NAME = 0x0800
_LOCAL = struct.Struct("<4s5H3L2H")
_LOCAL_MAGIC, _CENTRAL_MAGIC, _END_MAGIC = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_END_SIZE = 22
_END_COUNTS = struct.Struct("<4H")
_IN_LARGE_FIELDS = 0xFFFF
_END_WITHIN = _END_SIZE + 0xFFFF
_SIGNATURES_WORTH_PARSING = 10 * MAX_ENTRIES


class _Entry(NamedTuple):
    """One file in the zip: what the directory says of it, and what its own header says."""

    info: zipfile.ZipInfo
    name: str
    start: int
    flags: int
    method: int
    local_name: bytes

    @property
    def end(self) -> int:
        return self.start + self.info.compress_size

    @property
    def agrees(self) -> bool:
        """Whether a reader of the directory and a reader of the headers see the same file."""
        codec = "utf-8" if self.flags & _UTF8_NAME else "cp437"
        return (
            not self.flags & _ENCRYPTED
            and self.method == self.info.compress_type
            and self.local_name.decode(codec, "replace") == self.info.orig_filename
        )


class Archive:
    """The entries of a zip whose directory was found honest. Raises Refusal where it is not."""

    def __init__(self, data: bytes) -> None:
        """Check the directory; nothing is unpacked yet."""
        self._data = data
        self._sizes: dict[str, int] = {}
        infos, directory = _directory(data)
        _refuse_excess(infos)
        _refuse_oddities(infos)
        entries = [_entry(data, info) for info in infos]
        _refuse_overlap(entries, directory)
        self._entries = {entry.name.lower(): entry for entry in entries}

    def names(self) -> list[str]:
        """List the files as they are spelled in the zip, with forward slashes."""
        return [entry.name for entry in self._entries.values() if not entry.name.endswith("/")]

    def spelled(self, name: str) -> str | None:
        """Give the spelling in the zip of a name in any case, or None where it is absent."""
        entry = self._entries.get(name.lower())
        return entry.name if entry else None

    def inflate(self, name: str) -> bytes:
        """Unpack one file, counting what comes out. Raises Refusal where it is missing or not as declared."""
        entry = self._entries.get(name.lower())
        if entry is None:
            raise broken(name, "missing-part")
        if not entry.agrees:
            raise unsafe_zip(problem="header")
        content = _unpack(self._data[entry.start : entry.end], entry)
        self._sizes[entry.name] = len(content)
        if sum(self._sizes.values()) > MAX_TOTAL:
            raise bomb(problem="total")
        if len(content) < entry.info.file_size:
            raise broken(entry.name, "cut-off")
        if zlib.crc32(content) != entry.info.CRC:
            raise broken(entry.name, "checksum")
        return content


def _directory(data: bytes) -> tuple[list[zipfile.ZipInfo], int]:
    """Read the central directory; say also where it begins."""
    end = data.rfind(_END_MAGIC, max(0, len(data) - _END_WITHIN))
    if end < 0 or end + _END_SIZE > len(data):
        raise Refusal(code="truncated")
    disk, first_disk, here, told = _END_COUNTS.unpack_from(data, end + len(_END_MAGIC))
    if data.count(_CENTRAL_MAGIC) > _SIGNATURES_WORTH_PARSING:
        raise bomb(problem="entries")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            infos, start = opened.infolist(), opened.start_dir
    except NotImplementedError:
        raise unsafe_zip(problem="version") from None
    except (zipfile.BadZipFile, struct.error, EOFError, OSError, OverflowError, ValueError):
        raise broken(part="zip", problem="directory") from None
    if {disk, first_disk} - {0, _IN_LARGE_FIELDS} or {here, told} - {len(infos), _IN_LARGE_FIELDS}:
        raise unsafe_zip(problem="count")
    return infos, start


def _refuse_excess(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_ENTRIES:
        raise bomb(problem="entries")
    if any(info.file_size > MAX_PART for info in infos):
        raise bomb(problem="part")
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        raise bomb(problem="total")


def _refuse_oddities(infos: list[zipfile.ZipInfo]) -> None:
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise unsafe_zip(problem="encrypted")
    if any(info.compress_type not in {_STORED, _DEFLATED} for info in infos):
        raise unsafe_zip(problem="method")
    if len({_plain(info).lower() for info in infos}) != len(infos):
        raise unsafe_zip(problem="duplicate")


def _plain(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/").lstrip("/")


def _entry(data: bytes, info: zipfile.ZipInfo) -> _Entry:
    offset = info.header_offset
    header = data[offset : offset + _LOCAL.size] if offset >= 0 else b""
    if len(header) < _LOCAL.size or not header.startswith(_LOCAL_MAGIC):
        raise broken(info.filename, "entry")
    _, _, flags, method, _, _, _, _, _, name_length, extra_length = _LOCAL.unpack(header)
    name_end = offset + _LOCAL.size + name_length
    local_name = data[offset + _LOCAL.size : name_end]
    return _Entry(info, _plain(info), name_end + extra_length, flags, method, local_name)


def _refuse_overlap(entries: list[_Entry], directory: int) -> None:
    spans = sorted((entry.info.header_offset, entry.end) for entry in entries)
    if spans and spans[0][0]:  # another zip, or what only looks like one, stands before this one
        raise unsafe_zip(problem="bytes-before")
    borders = [begin for begin, _ in spans[1:]] + [directory]
    if any(end > border for (_, end), border in zip(spans, borders, strict=False)):
        raise unsafe_zip(problem="overlap")


def _unpack(packed: bytes, entry: _Entry) -> bytes:
    """Inflate at most one byte more than was declared; more than that is a lie about the size."""
    declared = entry.info.file_size
    if entry.method == _STORED:
        content, ended = packed[: declared + 1], True
    else:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(packed, declared + 1)
        except zlib.error:
            raise broken(entry.name, "deflate") from None
        ended = inflater.eof or len(content) > declared
    if len(content) > declared:
        raise bomb(problem="size")
    if not ended:
        raise broken(entry.name, "cut-off")
    return content
