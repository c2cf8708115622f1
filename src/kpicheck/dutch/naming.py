"""The build-up of a milestone's name: DEELPROJECT - verdieping - KPI n (N101, N103)."""

import re

from kpicheck.dutch.remembered import remembered
from kpicheck.dutch.sought import Sought, small_letters

_SPACED_HYPHEN = Sought(r"\s-")
_BETWEEN = Sought(r"\s[-–—]|(?<=\S)[–—]\s")
_LABEL = r"kpi(?<!\wkpi)['’]?s?[\s-]{0,3}(?:nr\.?|nummer)?[\s:#]{0,3}"
_LEVELS = r"(?:\.[0-9]{1,3}){0,3}\.?[a-z]?"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9]|\.[0-9])"
_NUMBER = rf"(?:[0-9]{{1,3}}|(?!{_YEAR})[0-9]{{4,6}}){_LEVELS}"
_GAP = r"x{1,3}|(?<=[\s.])n{1,2}|\?{1,3}|…|\.{2,4}|_{1,9}|\[[^\]\n]{0,30}\]"
_LAST_LEVEL = Sought(r"(?<=[0-9])(?:\.[0-9]{1,9}|\.?[a-z])$", re.IGNORECASE)
_NUMBERED = Sought(rf"{_LABEL}{_NUMBER}(?!\w)")
_LABELLED = Sought(_LABEL, re.IGNORECASE)
_AROUND_NUMBER = Sought(
    rf"(?:\s{{0,9}}[-–—:,]\s{{0,9}})?{_LABEL}(?P<number>[0-9]\w{{0,9}}(?:\.\w{{1,9}}){{0,9}})\.?(?!\w)"
    r"(?:\s{0,9}[-–—:,]\s{0,9})?",
    re.IGNORECASE,
)
_LAST_PART = Sought(rf"{_LABEL}[0-9]{{1,6}}{_LEVELS}\.?", re.IGNORECASE)
_OPEN_NUMBER = Sought(rf"{_LABEL}(?P<number>(?:[0-9]{{1,3}}\.){{0,3}}(?:{_GAP}))(?![.-]?\w)")


def parts(name: str) -> list[str]:
    """The parts of a name between spaced dashes; a hyphen inside a word does not split."""
    between = _SPACED_HYPHEN if name.isascii() else _BETWEEN
    return [part for found in between.compiled.split(name) if (part := found.strip())]


def is_kpi_number(part: str) -> bool:
    """Whether a part of a name is KPI with a number, filled in or not: 'KPI 1.2', 'KPI 2.X' (N101)."""
    return bool(_LAST_PART.fullmatch(part) or _OPEN_NUMBER.fullmatch(small_letters(part)))


@remembered
def build_up(name: str) -> tuple[int, bool]:
    """How many parts a name has, and whether the last is a KPI number (N101)."""
    found = parts(name)
    return len(found), bool(found) and is_kpi_number(found[-1])


def has_kpi_number(name: str) -> bool:
    """Whether a KPI number stands anywhere in the name (N101)."""
    small = small_letters(name)
    return bool(_NUMBERED.search(small) or _OPEN_NUMBER.search(small))


@remembered
def open_number(name: str) -> str | None:
    """The KPI number that was never filled in, as typed: '2.X' (N103)."""
    found = _OPEN_NUMBER.search(small_letters(name))
    return name[found.start("number") : found.end("number")] if found else None


def without_open_number(name: str) -> str:
    """The name without a KPI number that was never filled in: that gap has its own rule (N103, S101)."""
    for found in reversed([*_OPEN_NUMBER.finditer(small_letters(name))]):
        name = f"{name[: found.start()]}KPI{name[found.end() :]}"
    return name


def groups(number: str) -> set[str]:
    """A KPI number with the groups it is in: 1.2a is in 1.2 and in 1; 10 is in none (N105)."""
    found = {number}
    while cut := _LAST_LEVEL.search(number):
        number = number[: cut.start()]
        found.add(number)
    return found


def number_in(name: str) -> str | None:
    """The KPI number anywhere in a name: '2.5' in 'KPI 2.5 - Zelfzorg'."""
    found = _NUMBERED.search(small_letters(name))
    return _LABELLED.sub("", name[found.start() : found.end()]).rstrip(".") if found else None


def without_number(name: str, number: str | None) -> str:
    """The name without its KPI number, its label and the dash beside them: what a KPI is called."""
    if not number:
        return name
    for found in _AROUND_NUMBER.finditer(name):
        if found["number"].casefold() == number.casefold():
            name = f"{name[: found.start()]} {name[found.end() :]}"
            break
    return " ".join(name.split())
