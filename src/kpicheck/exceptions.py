"""kpicheck-exceptions.toml, beside the plans: rules that need not hold, each with its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from functools import lru_cache
from itertools import count
from pathlib import Path

from kpicheck.atomic import write_file
from kpicheck.dutch.notation import day
from kpicheck.model import Suppression
from kpicheck.resources import file_there, load_toml
from kpicheck.ruleset import table
from kpicheck.usage import UsageError, nearest

NAME = "kpicheck-exceptions.toml"
_WORDS = ("rule", "kpi", "reason", "who", "expires", "file")


def beside(folder: Path, plan_name: str) -> tuple[Suppression, ...]:
    """The exceptions for a plan, in the folder where it really stands.

    Raises UsageError on an entry without a reason or with unknown words, and where something that is no file
    has that name.
    """
    file = folder / NAME
    return load(file, plan_name) if file_there(file) else ()


def load(file: Path, plan_name: str) -> tuple[Suppression, ...]:
    """The exceptions of a file that are about the plan of that name."""
    try:
        entries = _entries(file, file.stat().st_mtime_ns)
    except (OSError, ValueError) as error:
        detail = " ".join(str(error).split())
        raise UsageError("config-broken", path=file.name, detail=detail) from error
    return tuple(one for one, pattern in entries if fnmatch(plan_name.casefold(), pattern.casefold()))


@lru_cache(maxsize=8)
def _entries(file: Path, _changed: int) -> tuple[tuple[Suppression, str], ...]:
    """The exceptions of a file with the pattern of their plans; read once for all plans beside it."""
    data = load_toml(file)
    for key in data:
        if key != "exception":
            raise UsageError("unknown-key", key=key, where=file.name, nearest="exception")
    listed = data.get("exception", [])
    entries = [table(one) for one in listed] if isinstance(listed, list) else []
    places = zip(entries, _places(file), strict=False)
    return tuple((_read(entry, place), str(entry.get("file", "*"))) for entry, place in places)


def _places(file: Path) -> Iterator[str]:
    """Where each entry begins, as file:line; by its number where it has no line of its own."""
    text = file.read_text(encoding="utf-8-sig")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.replace(" ", "").startswith("[[exception]]"):
            yield f"{file.name}:{number}"
    yield from (f"{file.name}, {number}" for number in count(1))


def add(file: Path, entry: Mapping[str, object]) -> None:
    """Append an exception to the file, which is made where it is not there; what stands there stays as it is.

    Raises UsageError on a file or an entry that cannot be meant, and where the entry is there already.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    said = {key: value for key, value in entry.items() if value is not None}
    _read(said, file.name)
    try:
        there = file_there(file)
        document = tomlkit.parse(file.read_text(encoding="utf-8-sig")) if there else tomlkit.document()
    except (OSError, ValueError, TOMLKitError) as error:
        raise UsageError("config-broken", path=file.name, detail=" ".join(str(error).split())) from error
    if there:
        load(file, "")
    entries = document.setdefault("exception", tomlkit.aot())
    if any(one.unwrap() == said for one in entries):
        raise UsageError("exception-known", path=file.name, rule=said["rule"])
    table = tomlkit.table()
    table.update(said)
    entries.append(table)
    write_file(file, tomlkit.dumps(document).encode())


def _read(entry: dict[str, object], where: str) -> Suppression:
    for key in entry:
        if key not in _WORDS:
            raise UsageError("unknown-key", key=key, where=where, nearest=nearest(key, _WORDS))
    if not _text(entry, "rule"):
        raise UsageError("bad-value", key="rule", where=where)
    if not _text(entry, "reason"):
        raise UsageError("exception-reason", where=where)
    return Suppression(
        rule=_text(entry, "rule"),
        reason=_text(entry, "reason"),
        kpi=_text(entry, "kpi") or None,
        who=_text(entry, "who") or None,
        expires=_day(entry["expires"], where) if "expires" in entry else None,
    )


def _text(entry: dict[str, object], key: str) -> str:
    value = entry.get(key, "")
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _day(value: object, where: str) -> dt.date:
    found = day(value) if isinstance(value, str) else value
    if not isinstance(found, dt.date) or isinstance(found, dt.datetime):
        raise UsageError("bad-value", key="expires", where=where)
    return found
