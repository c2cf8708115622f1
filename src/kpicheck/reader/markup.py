"""The XML of a part, checked before anything else parses it."""

from __future__ import annotations

import pyexpat
import re

from kpicheck.allowance import Allowance, Exceeded
from kpicheck.reader.refusal import broken, unsafe_xml
from kpicheck.reader.shape import Shape

MAX_DEPTH = 256
MAX_TOKEN = 1 << 20
MAX_ATTRIBUTES = 256
MAX_UTF16 = 25 << 20  # as text in memory it is up to eight times as large

_STEP = 1 << 18
_UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_STRICT_ROOT = b"http://purl.oclc.org/ooxml/"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/([\w/.-]+)(?=[\"'])")
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
        return _DECLARATION.sub("", xml.decode(codec), count=1).encode()
    except UnicodeError:
        raise broken(part, "encoding") from None


def to_transitional(xml: bytes) -> bytes:
    """Put the namespaces and relationship types of Strict Open XML in those of the transitional dialect."""
    return _STRICT.sub(_transitional, xml) if _STRICT_ROOT in xml else xml


def _transitional(match: re.Match[bytes]) -> bytes:
    if match.string[match.start() - 1] not in _QUOTES:
        return match[0]
    family, rest = match.groups()
    head, slash, last = rest.rpartition(b"/")
    rest = head + slash + _HYPHENATED.get(last, last)
    return b"http://schemas.openxmlformats.org/%b/2006/%b" % (family, rest)


def check(part: str, xml: bytes, allowance: Allowance, shape: Shape | None = None) -> str:
    """Refuse a DTD, deep nesting, long tokens, crowded elements and invalid XML; give the root's name.

    Refuses also what does not have the shape of its kind of part. Raises Refusal, and Exceeded.
    """
    _refuse_long_gap(part, xml)
    guard = _Guard(part, allowance, shape)
    try:
        guard.feed(xml)
    except (pyexpat.ExpatError, LookupError, ValueError):
        raise broken(part, "invalid-xml") from None
    return guard.root


class _Guard:
    """The parser and the counts kept while it runs; names come out as "namespace name"."""

    def __init__(self, part: str, allowance: Allowance, shape: Shape | None) -> None:
        self.part = part
        self.root = ""
        self._allowance = allowance
        self._inside = shape.inside if shape else {}
        self._only_there = shape.only_there if shape else frozenset()
        self._path = [""]
        self._elements = 0
        self._declared = 0
        self._opened = 0
        self._parser = parser = pyexpat.ParserCreate(namespace_separator=" ")
        parser.ordered_attributes = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartNamespaceDeclHandler = self._namespace
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartCdataSectionHandler = self._open_verbatim
        parser.EndCdataSectionHandler = self._close_verbatim

    def feed(self, xml: bytes) -> None:
        """Parse in steps, so that a token without end is seen before it is parsed again and again."""
        for start in range(0, len(xml), _STEP):
            step = xml[start : start + _STEP]
            self._parser.Parse(step, False)  # noqa: FBT003  expat takes no keywords
            if start + len(step) - self._parser.CurrentByteIndex > MAX_TOKEN:
                raise unsafe_xml(self.part, "token")
            self._allowance.spend("elements", self._elements)
            self._allowance.tick()
            self._elements = 0
        self._parser.Parse(b"", True)  # noqa: FBT003

    def _doctype(self, *_: object) -> None:
        raise unsafe_xml(self.part, "dtd")

    def _namespace(self, *_: object) -> None:
        self._declared += 1

    def _start(self, name: str, attributes: list[str]) -> None:
        allowed = self._inside.get(self._path[-1])
        if name in self._only_there if allowed is None else name not in allowed:
            raise broken(self.part, "shape")
        self._path.append(name)
        self._elements += 1
        if len(self._path) - 1 > MAX_DEPTH:
            raise unsafe_xml(self.part, "depth")
        if len(attributes) // 2 + self._declared > MAX_ATTRIBUTES:
            raise unsafe_xml(self.part, "attributes")
        self._declared = 0
        self.root = self.root or name

    def _end(self, _: str) -> None:
        self._path.pop()

    def _comment(self, text: str) -> None:
        self._instruction("", text)

    def _instruction(self, target: str, text: str) -> None:
        if len(target) + len(text) > MAX_TOKEN:
            raise unsafe_xml(self.part, "token")

    def _open_verbatim(self) -> None:
        self._opened = self._parser.CurrentByteIndex

    def _close_verbatim(self) -> None:
        if self._parser.CurrentByteIndex - self._opened > MAX_TOKEN:
            raise unsafe_xml(self.part, "token")


def _refuse_long_gap(part: str, xml: bytes) -> None:
    """Refuse a tag or a text of more than a token's length, before the parser meets it."""
    here = max(0, xml.find(b"<"))
    while len(xml) - here > MAX_TOKEN:
        there = xml.rfind(b"<", here + 1, here + 1 + MAX_TOKEN)
        if there < 0:
            raise unsafe_xml(part, "token")
        here = there
