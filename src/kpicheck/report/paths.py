"""Paths as other systems want them: with slashes, or as a URI."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote_from_bytes


def posix(path: str) -> str:
    """The path with forward slashes, and without dots that mean nothing."""
    return PurePath(path).as_posix()


def uri(path: str) -> str:
    """A relative reference for a relative path, a file: URI for an absolute one; always ASCII."""
    plain = posix(path)
    if not PurePath(path).is_absolute():
        return quote_from_bytes(_as_bytes(plain))
    start = "file:" if plain.startswith("//") else "file://" if plain.startswith("/") else "file:///"
    return start + quote_from_bytes(_as_bytes(plain), safe="/:")


def _as_bytes(path: str) -> bytes:
    """The bytes of a name: on Unix those it really has, be they no UTF-8."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a sign, as Windows allows in a name
        return path.encode("utf-8", "surrogatepass")


def is_absolute(path: str) -> bool:
    """Whether the path stands on its own."""
    return PurePath(path).is_absolute()
