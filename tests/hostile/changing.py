"""Changes to the samples at random, always the same way: bytes, elements, attributes, parts."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Iterable
from functools import cache

from .parts import SAMPLES, zipped

SEED = 1

Package = dict[str, bytes]

_TAG = re.compile(rb"<[^<>]*>")
_ELEMENT = re.compile(rb"<(\w+)(?:\s[^<>]*)?(?:/>|>[^<]*</\1>)")
_LARGE = re.compile(rb"<(row|si|xf|sheet|Relationship|c)\b(?:[^<>]*/>|.*?</\1>)", re.DOTALL)
_ATTRIBUTE = re.compile(rb'\s[\w:]+="[^"]*"')
_CONTENT = re.compile(rb'(?<=>)[^<>]+(?=<)|(?<=")[^"<>]*(?=")')
_NASTY = (
    *(b"", b"-1", b"0", b"1e400", b"1e308", b"NaN", b"9" * 21, b"1048577", b"XFE1", b"A0", b"#REF!"),
    *(b"_x0000_", b"_x001B_[31m", b"_xD800_", b"=A1", b"SUM(A1:XFD1048576)", b"&#x202e;", b"&amp;"),
    *(b"shared", b"array", b"inlineStr", b"str", b"d", b"hidden", b"111222333", b"2026-99-99"),
    *(b"x" * 40_000, b"\xff", b"<a/>"),
    *(
        "€ 1.000.000.000.000.000.000".encode(),
        b"(" * 3_000,
        b"IF(" * 60,
        b"\r\n\t ",
        b"]]>",
        b"<!--",
        b"&#0;",
    ),
)


@cache
def packages() -> tuple[Package, ...]:
    """The samples, unpacked."""
    found = []
    for path in sorted(SAMPLES.glob("*.xlsx")):
        with zipfile.ZipFile(path) as package:
            found.append({name: package.read(name) for name in package.namelist()})
    return tuple(found)


def _flip(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 8))):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _one(found: Iterable[re.Match[bytes]], dice: random.Random) -> re.Match[bytes] | None:
    every = list(found)
    return dice.choice(every) if every else None


def _without(pattern: re.Pattern[bytes]) -> Callable[[bytes, random.Random], bytes]:
    def change(data: bytes, dice: random.Random) -> bytes:
        found = _one(pattern.finditer(data), dice)
        return data[: found.start()] + data[found.end() :] if found else data

    return change


def _twice(pattern: re.Pattern[bytes]) -> Callable[[bytes, random.Random], bytes]:
    def change(data: bytes, dice: random.Random) -> bytes:
        found = _one(pattern.finditer(data), dice)
        times = dice.choice((1, 1, 300))
        return data[: found.end()] + found[0] * times + data[found.end() :] if found else data

    return change


def _swapped(pattern: re.Pattern[bytes]) -> Callable[[bytes, random.Random], bytes]:
    def change(data: bytes, dice: random.Random) -> bytes:
        every = list(pattern.finditer(data))
        if len(every) < 2:
            return data
        first, second = sorted(dice.sample(every, 2), key=lambda one: one.start())
        middle = data[first.end() : second.start()]
        return data[: first.start()] + second[0] + middle + first[0] + data[second.end() :]

    return change


def _nasty(data: bytes, dice: random.Random) -> bytes:
    found = _one(_CONTENT.finditer(data), dice)
    return data[: found.start()] + dice.choice(_NASTY) + data[found.end() :] if found else data


def _inserted(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + dice.choice(_NASTY) + data[at:]


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))]


def _hole(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + data[at + dice.randrange(1, 400) :]


_IN_A_PART: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "flip": _flip,
    "tag dropped": _without(_TAG),
    "element dropped": _without(_ELEMENT),
    "large element dropped": _without(_LARGE),
    "attribute dropped": _without(_ATTRIBUTE),
    "element again": _twice(_ELEMENT),
    "large element again": _twice(_LARGE),
    "attribute again": _twice(_ATTRIBUTE),
    "elements swapped": _swapped(_ELEMENT),
    "large elements swapped": _swapped(_LARGE),
    "attributes swapped": _swapped(_ATTRIBUTE),
    "contents swapped": _swapped(_CONTENT),
    "nasty content": _nasty,
    "nasty insertion": _inserted,
    "cut": _cut,
    "hole": _hole,
}
_IN_THE_PACKAGE = {"flip": _flip, "cut": _cut, "hole": _hole}
_AMONG_PARTS = ("part of another plan", "part dropped", "parts swapped", "half of another part")


def changed(number: int, seed: int = SEED) -> tuple[str, int, bytes]:
    """The kind of change, which sample it was made to, and the bytes that came out."""
    dice = random.Random(f"{seed}/{number}")  # noqa: S311 - the same dice each time is the point
    sample = dice.randrange(len(packages()))
    package = dict(packages()[sample])
    level = dice.random()
    if level < 0.15:
        kind = dice.choice(list(_IN_THE_PACKAGE))
        return f"package: {kind}", sample, _IN_THE_PACKAGE[kind](zipped(package), dice)
    if level < 0.25:
        kind = dice.choice(_AMONG_PARTS)
        _mix(package, kind, dice)
        return f"parts: {kind}", sample, zipped(package, level=1)
    name = _read_often(package, dice)
    kind = dice.choice(list(_IN_A_PART))
    for _ in range(dice.choice((1, 1, 1, 2, 5))):
        package[name] = _IN_A_PART[kind](package[name] or b" ", dice)
    return f"xml: {kind}", sample, zipped(package, level=1)


def _read_often(package: Package, dice: random.Random) -> str:
    """A part, mostly one that is read."""
    names = sorted(package)
    read = [
        name for name in names if any(word in name for word in ("sheet", "workbook", "Strings", "styles"))
    ]
    return dice.choice(read if dice.random() < 0.95 else names)


def _mix(package: Package, kind: str, dice: random.Random) -> None:
    other = dice.choice(packages())
    name, second = dice.sample(sorted(package), 2)
    if kind == "part of another plan":
        package[name] = other[dice.choice(sorted(other))] if dice.random() < 0.5 else other.get(name, b"")
    elif kind == "part dropped":
        del package[name]
    elif kind == "parts swapped":
        package[name], package[second] = package[second], package[name]
    else:
        mine, theirs = package[name], other.get(name, package[second])
        package[name] = mine[: dice.randrange(len(mine) + 1)] + theirs[dice.randrange(len(theirs) + 1) :]
