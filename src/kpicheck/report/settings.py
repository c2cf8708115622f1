"""The merged settings: as TOML with their origin behind them, or as JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from kpicheck import texts
from kpicheck.clean import shown


class SettingLine(NamedTuple):
    """One setting: its name as in kpicheck.toml, its value, and where it was said ("" is the default)."""

    name: str
    value: object
    origin: str


def to_toml(lines: Sequence[SettingLine], language: str) -> str:
    """TOML that could stand in kpicheck.toml, with each origin as a comment."""
    import tomlkit
    from tomlkit.items import AoT, Table

    document = tomlkit.document()
    for line in lines:
        item = tomlkit.item(_plain(line.value))
        origin = shown(line.origin) or texts.text("report", "setting_default", language)
        if isinstance(item, Table | AoT):
            document.add(tomlkit.nl())
            document.add(tomlkit.comment(origin))
            document.append(line.name, item)
        else:
            document.append(line.name, item.comment(origin))
    return tomlkit.dumps(document)


def to_json(lines: Sequence[SettingLine]) -> str:
    """A list of settings with their origin; null is the default."""
    plain = [{"setting": one.name, "value": _plain(one.value), "origin": one.origin or None} for one in lines]
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {shown(str(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return shown(value) if isinstance(value, str) else value
