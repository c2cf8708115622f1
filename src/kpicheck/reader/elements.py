"""Elements of checked XML, one by one: what was looked at does not stay in memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import (
    Element,
    iterparse,
)

from kpicheck.allowance import Exceeded

MOST_AT_ONCE: Final = 200_000  # elements of one row or one text; a full row has 16,384 cells


def ended(xml: bytes) -> Iterator[Element]:
    """Every element when it ends, behind the elements in it; the caller clears what it is done with."""
    for _, element in iterparse(io.BytesIO(xml)):  # noqa: S314 - the guard has refused every DTD before
        yield element


def whole(xml: bytes, *tags: str) -> Iterator[Element]:
    """Every element with one of those tags, with all that is in it. Raises Exceeded."""
    path: list[Element] = []
    wanted = kept = 0
    for event, element in iterparse(io.BytesIO(xml), ("start", "end")):  # noqa: S314 - as above
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
