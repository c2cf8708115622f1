"""The words of the empty workbook, which is Dutch whatever language the rest speaks."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import tomli

from kpicheck import ruleset as rulesets
from kpicheck.resources import rules_folder

_SHARE_OF_EFFORT = "E101"


@cache
def most_effort() -> int:
    """How many percent of the money the format lets effort have."""
    rule = next(one for one in rulesets.load("landelijk").rules if one.key == _SHARE_OF_EFFORT)
    return int(Decimal(str(rule.thresholds["max_share"])) * 100)


@cache
def _words() -> dict[str, Any]:
    text = (rules_folder() / "texts" / "template.toml").read_text(encoding="utf-8")
    return tomli.loads(text.replace("{percent}", str(most_effort())))


def words(part: str) -> Any:  # noqa: ANN401 - a text, a list or a table, as the file has it
    """A part of the texts."""
    return _words()[part]
