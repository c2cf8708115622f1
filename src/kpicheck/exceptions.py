"""kpicheck-exceptions.toml, beside the plans: rules that need not hold, each with its reason."""

from __future__ import annotations

import datetime as dt
from fnmatch import fnmatch
from pathlib import Path

from kpicheck.dutch.notation import day
from kpicheck.model import Suppression
from kpicheck.resources import is_file, load_toml
from kpicheck.ruleset import UsageError, nearest, table

NAME = "kpicheck-exceptions.toml"
_WORDS = ("rule", "kpi", "reason", "who", "expires", "file")


def beside(plan: Path) -> tuple[Suppression, ...]:
    """The exceptions for a plan. Raises UsageError on an entry without a reason or with unknown words."""
    file = plan.resolve().parent / NAME
    return load(file, plan.name) if is_file(file) else ()


def load(file: Path, plan_name: str) -> tuple[Suppression, ...]:
    """The exceptions of a file that are about the plan of that name."""
    try:
        data = load_toml(file)
    except (OSError, ValueError) as error:
        detail = " ".join(str(error).split())
        raise UsageError("config-broken", path=file.name, detail=detail) from error
    for key in data:
        if key != "exception":
            raise UsageError("unknown-key", key=key, where=file.name, nearest="exception")
    listed = data.get("exception", [])
    entries = [table(one) for one in listed] if isinstance(listed, list) else []
    read = [_read(entry, f"{file.name}, {number}") for number, entry in enumerate(entries, start=1)]
    return tuple(
        one
        for one, entry in zip(read, entries, strict=True)
        if fnmatch(plan_name.casefold(), str(entry.get("file", "*")).casefold())
    )


def _read(entry: dict[str, object], where: str) -> Suppression:
    for key in entry:
        if key not in _WORDS:
            raise UsageError("unknown-key", key=key, where=where, nearest=nearest(key, _WORDS))
    if not _text(entry, "rule"):
        raise UsageError("bad-value", key="rule", where=where)
    if not _text(entry, "reason"):
        raise UsageError("no-reason", where=where)
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
