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
        return quote_from_bytes(plain.encode("utf-8", "surrogatepass"))
    start = "file:" if plain.startswith("//") else "file://" if plain.startswith("/") else "file:///"
    return start + quote_from_bytes(plain.encode("utf-8", "surrogatepass"), safe="/:")


def is_absolute(path: str) -> bool:
    """Whether the path stands on its own."""
    return PurePath(path).is_absolute()
