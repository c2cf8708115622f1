"""The words of the empty workbook, which is Dutch whatever language the rest speaks."""

from __future__ import annotations

from functools import cache
from typing import Any

from kpicheck.resources import load_toml, rules_folder


@cache
def _words() -> dict[str, Any]:
    return load_toml(rules_folder() / "texts" / "template.toml")


def words(part: str) -> Any:  # noqa: ANN401 - a text, a list or a table, as the file has it
    """A part of the texts."""
    return _words()[part]
