"""kpicheck.toml: settings for a folder of plans, and what was agreed for a plan, by its file name.

Found nearest upward from the plan, or as [tool.kpicheck] in pyproject.toml. Unknown words are an error.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from kpicheck.dutch.notation import calendar_year, day, sensible_euros
from kpicheck.job import Stated
from kpicheck.model import AgreedParty, Budget
from kpicheck.resources import file_there, load_toml
from kpicheck.ruleset import table
from kpicheck.usage import UsageError, nearest

NAME = "kpicheck.toml"
_WORDS = ("ruleset", "lang", "fail_on", "select", "ignore", "plans")
_PLAN_WORDS = (
    *("requested", "max_total", "start", "end", "budget"),
    *("party_totals", "party_subprojects", "agreed"),
)
_TABLES = ("budget", "party_totals", "party_subprojects", "agreed")


class Agreement(NamedTuple):
    """Another threshold for a rule, agreed with the insurer, and why."""

    rule: str
    thresholds: dict[str, object]
    reason: str


class PlanSettings(NamedTuple):
    """What is stated and agreed for the plans whose file name fits."""

    stated: Stated = Stated()
    agreements: tuple[Agreement, ...] = ()


class Config(NamedTuple):
    """The settings of one file; None leaves it to the default. `path` is None where there is no file."""

    path: Path | None = None
    ruleset: str | None = None
    lang: str | None = None
    fail_on: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    plans: tuple[tuple[str, PlanSettings], ...] = ()

    def for_plan(self, path: Path) -> PlanSettings:
        """The settings of every pattern that fits the file's name; of what two say, the first counts."""
        stated = Stated()
        agreements: dict[str, Agreement] = {}
        for pattern, settings in self.plans:
            if fnmatch(path.name.casefold(), pattern.casefold()):
                stated = stated.over(settings.stated)
                agreements = {one.rule: one for one in settings.agreements} | agreements
        return PlanSettings(stated, tuple(agreements.values()))


def nearest_file(folder: Path) -> Path | None:
    """The kpicheck.toml, or the pyproject.toml with [tool.kpicheck], nearest upward from a folder.

    Raises UsageError where one of them is no file (a link to nowhere, a pipe): it is not passed by.
    """
    return next((found for one in (folder, *folder.parents) if (found := _file_in(one))), None)


def _file_in(folder: Path) -> Path | None:
    own, project = folder / NAME, folder / "pyproject.toml"
    if file_there(own):
        return own
    return project if file_there(project) and "kpicheck" in table(_read(project).get("tool")) else None


def load(path: Path) -> Config:
    """The settings in a file. Raises UsageError on unknown words and on values that cannot be meant."""
    data = _read(path)
    if path.name == "pyproject.toml":
        data = table(table(data.get("tool")).get("kpicheck"))
    _refuse_unknown(data, _WORDS, path.name)
    plans = tuple(
        (pattern, _plan(table(entry), f"{path.name}, plans.{pattern}"))
        for pattern, entry in table(data.get("plans")).items()
    )
    return Config(
        path=path,
        ruleset=_ruleset(data, path),
        lang=_text(data, "lang", path.name),
        fail_on=_text(data, "fail_on", path.name),
        select=_texts(data, "select", path.name),
        ignore=_texts(data, "ignore", path.name),
        plans=plans,
    )


def _read(path: Path) -> dict[str, object]:
    try:
        return load_toml(path)
    except (OSError, ValueError) as error:
        detail = " ".join(str(error).split())
        raise UsageError("config-broken", path=path.name, detail=detail) from error


def _refuse_unknown(data: dict[str, object], known: tuple[str, ...], where: str) -> None:
    for key in data:
        if key not in known:
            raise UsageError("unknown-key", key=key, where=where, nearest=nearest(key, known))


def _plan(data: dict[str, object], where: str) -> PlanSettings:
    _refuse_unknown(data, _PLAN_WORDS, where)
    for key in _TABLES:
        if key in data and not isinstance(data[key], dict):
            raise UsageError("bad-value", key=key, where=where)
    budget = {_year(year, where): _money(one, year, where) for year, one in table(data.get("budget")).items()}
    totals = table(data.get("party_totals"))
    subprojects = table(data.get("party_subprojects"))
    parties = tuple(
        AgreedParty(
            party=name,
            total=_money(totals[name], name, where) if name in totals else None,
            subprojects=_texts(subprojects, name, where),
        )
        for name in dict.fromkeys([*totals, *subprojects])
    )
    stated = Stated(
        requested=_money(data["requested"], "requested", where) if "requested" in data else None,
        max_total=_money(data["max_total"], "max_total", where) if "max_total" in data else None,
        start=_day(data["start"], "start", where) if "start" in data else None,
        end=_day(data["end"], "end", where) if "end" in data else None,
        budget=Budget(years=tuple(sorted(budget.items())), origin=where) if budget else None,
        party_agreements=parties or None,
    )
    if stated.start and stated.end and stated.start > stated.end:
        raise UsageError("start-after-end")
    agreed = (_agreement(rule, table(one), where) for rule, one in table(data.get("agreed")).items())
    return PlanSettings(stated, tuple(agreed))


def _agreement(rule: str, data: dict[str, object], where: str) -> Agreement:
    reason = data.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        raise UsageError("no-reason", where=f"{where}, {rule}")
    return Agreement(rule, {key: one for key, one in data.items() if key != "reason"}, reason.strip())


def _ruleset(data: dict[str, object], path: Path) -> str | None:
    """The name of a ruleset; a file is looked for from the folder of the settings."""
    said = _text(data, "ruleset", path.name)
    return str(path.parent / said) if said and said.endswith(".toml") else said


def _text(data: dict[str, object], key: str, where: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise UsageError("bad-value", key=key, where=where)
    return value


def _texts(data: dict[str, object], key: str, where: str) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise UsageError("bad-value", key=key, where=where)
    return tuple(value)


def _money(value: object, key: str, where: str) -> Decimal:
    found = sensible_euros(value)
    if found is None:
        raise UsageError("bad-value", key=key, where=where)
    return found


def _day(value: object, key: str, where: str) -> dt.date:
    found = day(value) if isinstance(value, str) else value
    if not isinstance(found, dt.date) or isinstance(found, dt.datetime):
        raise UsageError("bad-value", key=key, where=where)
    return found


def _year(text: str, where: str) -> int:
    found = calendar_year(text)
    if found is None:
        raise UsageError("bad-value", key=text, where=where)
    return found
