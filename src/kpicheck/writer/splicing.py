"""Changes in the text of an XML part at the byte: all that is not changed stays as it was written."""

from __future__ import annotations

import pyexpat
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

_TAG = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(rb"\s+([^\s=\"'<>/]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_BREAKS = re.compile("[\t\n\r]")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


Wanted = Callable[[int, str, Sequence[str]], object]


class Unpatchable(Exception):  # noqa: N818 - an answer about a workbook: it gets its report in another file
    """A workbook that cannot be changed without a risk; the reason is a key of rules/texts."""

    def __init__(self, reason: str) -> None:
        """Take the reason's key."""
        super().__init__(reason)
        self.reason = reason


def text(value: str) -> bytes:
    """A text for between tags, in ASCII: it reads the same in every encoding a part may have."""
    return _plain(escape(_UNFIT.sub("\ufffd", value), quote=False).replace("\r", "&#13;"))


def quoted(value: str) -> bytes:
    """A text for an attribute, in its quotes and in ASCII."""
    return b'"%b"' % _plain(_BREAKS.sub(_numbered, escape(_UNFIT.sub("\ufffd", value))))


def _plain(escaped: str) -> bytes:
    return escaped.encode("ascii", "xmlcharrefreplace")


def _numbered(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


@dataclass(slots=True)
class Element:
    """Where an element stands: its start tag, what is in it, its end tag. Offsets count bytes."""

    name: str
    prefix: str
    attributes: Mapping[str, str]
    parent: Element | None
    mark: object
    start: int
    opened: int
    closed: int = -1
    end: int = -1
    children: list[Element] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether it is one tag that closes itself."""
        return self.opened == self.end

    def child(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((one for one in self.children if one.name == name), None)


class Markup:
    """An XML part that passed the guard, and the changes that are to be made in it."""

    def __init__(self, xml: bytes) -> None:
        """Take the part as it is stored."""
        self.xml = xml
        self._changes: list[tuple[int, int, bytes]] = []

    @cached_property
    def root(self) -> Element:
        """The root and the elements right in it."""
        *_, root = self.elements(at_depth(None, None))
        return root

    def elements(self, wanted: Wanted) -> Iterator[Element]:
        """Every element that is wanted by its depth (the root is 1), name and attributes, after it ended.

        It is wanted where the answer is true; the answer stays with it as its mark. Parents that were wanted
        know their children. Names are without prefix.
        """
        found: list[Element] = []
        path: list[Element | None] = []
        xml = self.xml
        parser = pyexpat.ParserCreate()
        parser.ordered_attributes = True

        def start(qualified: str, flat: list[str]) -> None:
            prefix, _, name = qualified.rpartition(":")
            mark = wanted(len(path) + 1, name, flat)
            if not mark:
                path.append(None)
                return
            here = parser.CurrentByteIndex
            tag = _TAG.match(xml, here)
            if tag is None:
                raise Unpatchable("markup")
            above = next((one for one in reversed(path) if one), None)
            attributes = dict(zip(flat[::2], flat[1::2], strict=True))
            element = Element(name, prefix, attributes, above, mark, here, tag.end())
            if above and path[-1] is above:
                above.children.append(element)
            path.append(element)

        def end(_: str) -> None:
            element = path.pop()
            if element is None:
                return
            if xml[element.opened - 2 : element.opened] == b"/>":
                element.closed = element.end = element.opened
            else:
                element.closed = parser.CurrentByteIndex
                element.end = xml.index(b">", element.closed) + 1
            found.append(element)

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        step = 1 << 19
        for begin in range(0, len(xml), step):
            parser.Parse(xml[begin : begin + step], False)  # noqa: FBT003 - expat takes no keywords
            yield from found
            found.clear()
        parser.Parse(b"", True)  # noqa: FBT003 - as above
        yield from found

    def tag(
        self, name: str, attributes: Mapping[str, str] | None = None, inside: bytes | None = b""
    ) -> bytes:
        """An element in the namespace of the root; it closes itself where nothing is in it."""
        full = (f"{self.root.prefix}:{name}" if self.root.prefix else name).encode()
        told = b"".join(
            b" %b=%b" % (key.encode(), quoted(value)) for key, value in (attributes or {}).items()
        )
        return b"<%b%b>%b</%b>" % (full, told, inside, full) if inside else b"<%b%b/>" % (full, told)

    def said(self, element: Element) -> str:
        """The text between two tags, as it reads."""
        from xml.etree.ElementTree import fromstring

        raw = self.xml[element.opened : element.closed]
        return "".join(fromstring(b"<t>" + raw + b"</t>").itertext())  # noqa: S314 - the part passed the guard

    def put(self, at: int, new: bytes) -> None:
        """Insert at a place; what is put at the same place stands in the order of the calls."""
        self.replace(at, at, new)

    def replace(self, start: int, end: int, new: bytes) -> None:
        """Put something else in the place of what stands there."""
        self._changes.append((start, end, new))

    def drop(self, element: Element) -> None:
        """Take an element out."""
        self.replace(element.start, element.end, b"")

    def append(self, parent: Element, new: bytes) -> None:
        """Add to the end of what is in an element."""
        if parent.empty:
            tag = self.xml[parent.start : parent.opened]
            name = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
            self.replace(parent.start, parent.end, tag[:-2].rstrip() + b">" + new + b"</" + name + b">")
        else:
            self.put(parent.closed, new)

    def set(self, element: Element, attributes: Mapping[str, str | None]) -> None:
        """Give attributes of a start tag another value, add or, with None, remove them."""
        tag = self.xml[element.start : element.opened]
        for key, value in attributes.items():
            name = key.encode()
            new = b"" if value is None else b" %b=%b" % (name, quoted(value))
            known = next((one for one in _ATTRIBUTE.finditer(tag) if one[1] == name), None)
            if known:
                tag = tag[: known.start()] + new + tag[known.end() :]
            elif new:
                last = len(tag) - (2 if tag.endswith(b"/>") else 1)
                tag = tag[:last].rstrip() + new + tag[last:]
        self.replace(element.start, element.opened, tag)

    def result(self) -> bytes:
        """The part with all changes made. Raises Unpatchable where two of them overlap."""
        pieces: list[bytes] = []
        here = 0
        for start, end, new in sorted(self._changes, key=lambda one: (one[0], one[1])):
            if start < here:
                raise Unpatchable("markup")
            pieces += (self.xml[here:start], new)
            here = end
        return b"".join((*pieces, self.xml[here:]))


def at_depth(*names_by_depth: Iterable[str] | None) -> Wanted:
    """Elements by name at each depth, from the root on; None is any name, what is deeper is not wanted."""
    told = [None if names is None else frozenset(names) for names in names_by_depth]

    def wanted(depth: int, name: str, _: Sequence[str]) -> object:
        if depth > len(told):
            return False
        names = told[depth - 1]
        return names is None or name in names

    return wanted
