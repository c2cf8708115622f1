"""The encodings and dialects Open XML allows, as one: UTF-8, and the transitional dialect."""

from __future__ import annotations

import re

from kpicheck.allowance import Exceeded
from kpicheck.reader.refusal import broken

MAX_UTF16 = 25 << 20  # as text in memory it is up to eight times as large

_UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_DECLARATION = r"\A\s*<\?xml[^>]{0,200}\?>"
_STRICT_ROOT = b"http://purl.oclc.org/ooxml/"
_STRICT = rb"http://purl\.oclc\.org/ooxml/(\w+)/([\w/.-]+)(?=[\"'])"
_QUOTES = b"\"'"
_HYPHENATED = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}


def to_utf8(part: str, xml: bytes) -> bytes:
    """Give UTF-16, the other encoding Open XML allows, as UTF-8."""
    codec = _UTF16.get(xml[:2])
    if codec is None:
        return xml
    if len(xml) > MAX_UTF16:
        raise Exceeded("memory")
    try:
        return re.sub(_DECLARATION, "", xml.decode(codec), count=1).encode()
    except UnicodeError:
        raise broken(part, "encoding") from None


def to_transitional(xml: bytes) -> bytes:
    """Put the namespaces and relationship types of Strict Open XML in those of the transitional dialect."""
    return re.sub(_STRICT, _transitional, xml) if _STRICT_ROOT in xml else xml


def _transitional(match: re.Match[bytes]) -> bytes:
    if match.string[match.start() - 1] not in _QUOTES:
        return match[0]
    family, rest = match.groups()
    head, slash, last = rest.rpartition(b"/")
    rest = head + slash + _HYPHENATED.get(last, last)
    return b"http://schemas.openxmlformats.org/%b/2006/%b" % (family, rest)
