"""What this installation is made of, and whether that is fit for files of strangers. Knows no terminal."""

from __future__ import annotations

import platform
import pyexpat
import re
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from kpicheck import __version__, config, ruleset, texts
from kpicheck.resources import rules_folder
from kpicheck.usage import UsageError

OVERLAPS_REFUSED = ("3.11.8", "3.12.2")  # the first of each Python that sees zip entries share their bytes
LONG_TOKENS_FAST = "2.6.0"  # the first expat that is not slow on one long token
EXTRA = "password"
SIGNS = "€·–×█░é"  # what a report on screen is made of
_DAMAGE = (OSError, ValueError, KeyError, TypeError, AttributeError)
_REQUIREMENT = re.compile(r"([\w.-]+?)\s*((?:[<>]=?[\d.]+,?)+)(?:\s*;\s*extra == ['\"](\w+)['\"])?")
_BOUND = re.compile(r"([<>]=?)([\d.]+)")


class State(StrEnum):
    """Whether a part is well, needs attention some day, or stops kpicheck from working."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Point:
    """One part of the installation: a key into the texts, how it is, and the facts of its sentence."""

    part: str
    state: State = State.OK
    facts: Mapping[str, object] = field(default_factory=dict)


def examine(folder: Path | None, encoding: str) -> list[Point]:
    """Every part, for someone who works in that folder, on a screen with that encoding."""
    return [*_language(), *_packages(), *_policy(), _settings(folder), _screen(encoding), _limits()]


def works(points: Sequence[Point]) -> bool:
    """Whether nothing stops kpicheck from working."""
    return all(one.state is not State.ERROR for one in points)


def _language() -> Iterator[Point]:
    yield Point("kpicheck", facts={"version": __version__})
    python = platform.python_version()
    same = [one for one in OVERLAPS_REFUSED if _numbers(one)[:2] == _numbers(python)[:2]]
    yield _floor("python", python, *same)
    yield _floor("expat", ".".join(map(str, pyexpat.version_info)), LONG_TOKENS_FAST)
    yield Point("zlib", facts={"version": zlib.ZLIB_RUNTIME_VERSION})


def _floor(part: str, found: str, floor: str = "0") -> Point:
    """A version, which has a known weakness below the floor; the guard covers that."""
    state = State.OK if _numbers(found) >= _numbers(floor) else State.WARNING
    return Point(part, state, {"version": found, "floor": floor})


def _packages() -> Iterator[Point]:
    """Each package that kpicheck needs, against the versions that it was made for."""
    try:
        wanted = requires("kpicheck") or []
    except PackageNotFoundError:
        yield Point("unpacked", State.WARNING)
        return
    for line in wanted:
        name, bounds, extra = requirement(line)
        if extra in ("", EXTRA):
            yield _package(name, bounds, extra)


def requirement(line: str) -> tuple[str, str, str]:
    """Name, bounds and extra of a requirement in the form that pyproject.toml uses."""
    found = _REQUIREMENT.fullmatch(line)
    if found is None:
        raise ValueError(line)
    return found[1], found[2].strip(","), found[3] or ""


def _package(name: str, bounds: str, extra: str) -> Point:
    facts = {"name": name, "wanted": bounds}
    try:
        found = version(name)
    except PackageNotFoundError:
        return Point("extra-missing", facts=facts) if extra else Point("missing", State.ERROR, facts)
    state = State.OK if fits(found, bounds) else State.ERROR
    return Point("extra" if extra else "package", state, {**facts, "version": found})


def fits(found: str, bounds: str) -> bool:
    """Whether a version lies within bounds such as ">=3.1.5,<3.2"."""
    number = _numbers(found)
    compared = {
        ">=": number.__ge__,
        "<=": number.__le__,
        ">": number.__gt__,
        "<": number.__lt__,
    }
    return all(compared[sign](_numbers(bound)) for sign, bound in _BOUND.findall(bounds))


def _numbers(told: str) -> tuple[int, ...]:
    parts = [int(one) for one in re.findall(r"\d+", told)[:3]]
    return (*parts, *[0] * (3 - len(parts)))


def _policy() -> Iterator[Point]:
    """Rulesets, layouts and texts: found, and whole enough to load."""
    from kpicheck.reader.layout import layouts

    try:
        folder = rules_folder()
    except FileNotFoundError:
        yield Point("rules", State.ERROR)
        return
    yield Point("rules", facts={"path": str(folder)})
    for name in ruleset.names():
        try:
            number = len(ruleset.load(name).rules)
        except (UsageError, *_DAMAGE) as error:
            yield Point("ruleset", State.ERROR, {"name": name, **_why(error)})
        else:
            yield Point("ruleset", facts={"name": name, "number": number})
    try:
        yield Point("layouts", facts={"names": [one.name for one in layouts()]})
    except _DAMAGE as error:
        yield Point("layouts", State.ERROR, _why(error))
    for name in texts.LANGUAGES:
        try:
            texts.text("words", "and", name)
        except _DAMAGE as error:
            yield Point("texts", State.ERROR, {"name": name, **_why(error)})
        else:
            yield Point("texts", facts={"name": name})


def _settings(folder: Path | None) -> Point:
    """The settings file that a plan in that folder would be judged with."""
    if folder is None:
        return Point("settings-none", facts={"folder": "."})
    try:
        found = config.nearest_file(folder.resolve())
        if found is None:
            return Point("settings-none", facts={"folder": str(folder)})
        config.load(found)
    except UsageError as error:
        return Point("settings", State.ERROR, _why(error))
    return Point("settings", facts={"path": str(found)})


def _why(error: Exception) -> dict[str, object]:
    """What was wrong: the words of wrong usage where there are any, else the kind of error."""
    return {"usage": error} if isinstance(error, UsageError) else {"why": type(error).__name__}


def _screen(encoding: str) -> Point:
    try:
        SIGNS.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return Point("screen", State.WARNING, {"encoding": encoding})
    return Point("screen", facts={"encoding": encoding})


def _limits() -> Point:
    from kpicheck.reader.archive import MAX_ENTRIES, MAX_TOTAL, MEBIBYTE
    from kpicheck.reader.package import MAX_FILE

    sizes = {"file": MAX_FILE // MEBIBYTE, "unpacked": MAX_TOTAL // MEBIBYTE, "entries": MAX_ENTRIES}
    return Point("limits", facts={**sizes, "bits": sys.maxsize.bit_length() + 1})
