"""The XML of a part: checked, and read in the same pass."""

from __future__ import annotations

import pyexpat
from collections.abc import Callable

from kpicheck.allowance import Allowance
from kpicheck.reader.plain import Plain, plain_text
from kpicheck.reader.reading import Attributes, Reading
from kpicheck.reader.refusal import Unreadable, broken, unsafe_xml
from kpicheck.reader.shape import Shape

MAX_DEPTH = 256
MAX_TOKEN = 1 << 20
MAX_ATTRIBUTES = 256

STEP = 1 << 19  # bytes parsed at a time: a token is parsed again from its start in every step
_ROOT = 2  # how long the path is at the root: nothing, and the root


def check(
    part: str, xml: bytes, allowance: Allowance, shape: Shape | None = None, reading: Reading | None = None
) -> str:
    """Refuse a DTD, deep nesting, long tokens, crowded elements and invalid XML; give the root's name.

    Refuses also what does not have the shape of its kind of part. Raises Refusal, and Exceeded.
    """
    _refuse_long_gap(part, xml)
    guard = _Guard(part, allowance, shape, reading)
    try:
        guard.feed(xml)
    except (pyexpat.ExpatError, UnicodeError):
        raise broken(part, "invalid-xml") from None
    except (LookupError, ValueError):  # an encoding nobody knows; behind the root it is a fault of our own
        if guard.root:
            raise
        raise broken(part, "invalid-xml") from None
    return guard.root


def read(part: str, xml: bytes, allowance: Allowance, shape: Shape | None, reading: Reading) -> None:
    """Check a part and hand what is wanted of it to the reading, in one pass. Raises Refusal, Exceeded."""
    counted = allowance.spent("elements")
    allowance.spend("memory", len(xml))
    try:
        check(part, xml, allowance, shape, reading)
    except Unreadable as fault:  # what is wrong with the XML, further on perhaps, goes before its contents
        allowance.spend("elements", counted - allowance.spent("elements"))
        check(part, xml, allowance, shape)
        raise broken(part, fault.problem) from None
    allowance.spend("memory", -len(xml))


class _Guard:
    """The parser and the counts kept while it runs; names come out as "namespace name"."""

    def __init__(self, part: str, allowance: Allowance, shape: Shape | None, reading: Reading | None) -> None:
        self.part = part
        self.root = ""
        self._allowance = allowance
        self._opened = self._parsed = 0
        self._wanted = wanted = reading or Reading()
        self._parser = parser = pyexpat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartNamespaceDeclHandler = self._namespace
        parser.EndNamespaceDeclHandler = self._namespace_ended
        parser.StartElementHandler = self._starter(shape, wanted)
        parser.EndElementHandler = _ender(wanted)
        if reading:
            parser.buffer_text = True
            parser.CharacterDataHandler = reading.texts.append
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartCdataSectionHandler = self._open_verbatim
        parser.EndCdataSectionHandler = self._close_verbatim

    def feed(self, xml: bytes) -> None:
        """Parse in steps, so that a token without end is seen before it is parsed again and again."""
        for start in range(self._feed_plain(xml), len(xml), STEP):
            self._count_and_parse(xml[start : start + STEP])
        self._parser.Parse(b"", True)  # noqa: FBT003  expat takes no keywords
        self._wanted = Reading()  # what was wanted knows this parser, which knows this: circles that
        del self._parser  # nobody searches for

    def _feed_plain(self, xml: bytes) -> int:
        """Begin with what is plain, past the parser; say how far that went."""
        plain = self._wanted.plain
        here = plain.begins(xml, STEP) if plain else 0
        if not plain or not here:
            return 0
        self._count_and_parse(xml[:here])
        within, closing = list(plain.within), plain.closing.encode()
        while self._wanted.path == within and (end := xml.rfind(closing, here, here + STEP)) >= 0:
            block = xml[here : end + len(closing)]
            here = end + len(closing)
            self._count(block)
            if not self._taken(block, plain):
                break
        return here

    def _taken(self, block: bytes, plain: Plain) -> bool:
        """Take what is plain in a block and parse all else; say whether it may go on like that."""
        try:
            text = block.decode()
        except UnicodeDecodeError:
            text = ""  # the parser says what is wrong with it
        if not plain_text(text):
            self._parse(block)
            return False
        if plain.take_all and plain.take_all(text):
            return True
        pieces = text.split(plain.closing)[:-1]
        for here, one in enumerate(pieces):
            if not plain.take(one):
                self._parse(f"{one}{plain.closing}".encode())
                if self._wanted.path != list(plain.within) or "<!" in one or "<?" in one:
                    self._parse(plain.closing.join((*pieces[here + 1 :], "")).encode())
                    return False
        return True

    def _count_and_parse(self, step: bytes) -> None:
        self._count(step)
        self._parse(step)

    def _count(self, step: bytes) -> None:
        self._allowance.spend("elements", step.count(b"<") - step.count(b"</"))
        self._allowance.tick()

    def _parse(self, step: bytes) -> None:
        self._parser.Parse(step, False)  # noqa: FBT003
        self._parsed += len(step)
        if self._parsed - self._parser.CurrentByteIndex > MAX_TOKEN:
            raise unsafe_xml(self.part, "token")

    def _doctype(self, *_: object) -> None:
        raise unsafe_xml(self.part, "dtd")

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        if uri and "}" in uri:  # the parser behind the guard writes names as {namespace}name
            raise broken(self.part, "namespace")
        prefixes = self._wanted.prefixes
        prefixes.append(prefix)
        if len(prefixes) > MAX_ATTRIBUTES:
            raise unsafe_xml(self.part, "attributes")

    def _namespace_ended(self, prefix: str | None) -> None:
        self._wanted.prefixes.remove(prefix)

    def _starter(self, shape: Shape | None, wanted: Reading) -> Callable[[str, Attributes], None]:
        """What happens at each start of an element: a function of its own, because there are millions."""
        inside = shape.inside if shape else {}
        only_there = shape.only_there if shape else frozenset()
        path, texts, starts = wanted.path, wanted.texts, wanted.starts

        def start(name: str, attributes: Attributes) -> None:
            allowed = inside.get(path[-1])
            if name in only_there if allowed is None else name not in allowed:
                raise broken(self.part, "shape")
            path.append(name)
            if not _ROOT < len(path) < _ROOT + MAX_DEPTH:
                self._begin_or_end_of_depth(name, len(path))
            if len(attributes) > MAX_ATTRIBUTES:
                raise unsafe_xml(self.part, "attributes")
            texts.clear()
            if name in starts:
                starts[name](attributes)

        return start

    def _begin_or_end_of_depth(self, name: str, depth: int) -> None:
        if depth > _ROOT:
            raise unsafe_xml(self.part, "depth")
        self.root = name

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


def _ender(wanted: Reading) -> Callable[[str], None]:
    """What happens at each end of an element."""
    path, ends = wanted.path, wanted.ends

    def end(name: str) -> None:
        path.pop()
        if name in ends:
            ends[name]()

    return end


def _refuse_long_gap(part: str, xml: bytes) -> None:
    """Refuse a tag or a text of more than a token's length, before the parser meets it."""
    here = max(0, xml.find(b"<"))
    while len(xml) - here > MAX_TOKEN:
        there = xml.rfind(b"<", here + 1, here + 1 + MAX_TOKEN)
        if there < 0:
            raise unsafe_xml(part, "token")
        here = there
