"""Elements of checked XML, one by one: what was looked at does not stay in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, cast
from xml.etree.ElementTree import (
    Element,
    XMLPullParser,
)

from kpicheck.allowance import Allowance, Exceeded
from kpicheck.reader.markup import STEP

MOST_AT_ONCE: Final = 200_000  # elements of one row or one text; a full row has 16,384 cells


def ended(xml: bytes, allowance: Allowance) -> Iterator[Element]:
    """Every element when it ends, behind the elements in it; the caller clears what it is done with."""
    for _, element in _events(xml, allowance, "end"):
        yield element


def whole(xml: bytes, allowance: Allowance, *tags: str) -> Iterator[Element]:
    """Every element with one of those tags, with all that is in it. Raises Exceeded."""
    path: list[Element] = []
    wanted = kept = 0
    for event, element in _events(xml, allowance, "start", "end"):
        is_wanted = element.tag in tags
        if event == "start":
            path.append(element)
            wanted += is_wanted
            continue
        path.pop()
        wanted -= is_wanted
        kept = kept + 1 if wanted else 0
        if kept > MOST_AT_ONCE:
            raise Exceeded("elements")
        if is_wanted and not wanted:
            yield element
        if path and not wanted:
            del path[-1][:]


def _events(
    xml: bytes, allowance: Allowance, *kinds: Literal["start", "end"]
) -> Iterator[tuple[str, Element]]:
    parser: XMLPullParser[Element] = XMLPullParser(kinds)
    allowance.spend("memory", len(xml))
    for start in range(0, len(xml), STEP):
        allowance.tick()
        parser.feed(xml[start : start + STEP])
        yield from cast("Iterator[tuple[str, Element]]", parser.read_events())
    parser.close()
    allowance.spend("memory", -len(xml))
