"""When two rows are the same KPI: likeness and limits, from rules/comparison."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from kpicheck.resources import load_toml, rules_folder


@dataclass(frozen=True, slots=True)
class Terms:
    """The figures of rules/comparison/matching.toml, which explains them."""

    alike: float
    alike_with_number: float
    resembling: float
    apart: float
    most_word_pairs: int
    most_words: int
    most_parts: int
    most_candidates: int
    most_words_shown: int


@cache
def terms() -> Terms:
    """The terms that come with kpicheck."""
    found = load_toml(rules_folder() / "comparison" / "matching.toml")
    return TypeAdapter(Terms).validate_python(found)
