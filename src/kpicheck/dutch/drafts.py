"""Words in titles and sheet names that say that a plan is a draft or a version."""

from __future__ import annotations

import re

from kpicheck.dutch.sought import Sought

_DRAFT = Sought(
    r"\b(?:concept(?:versie)?|draft|versie\s*\d+(?:[.,]\d+)*|v\d+(?:[.,]\d+)*)\b",
    re.IGNORECASE,
    needs=("concept", "draft", "v"),
)


def draft_marker(text: str) -> str | None:
    """The word that says a title is of a draft or a version, as typed (T110)."""
    found = _DRAFT.search(text.replace("_", " "))
    return found.group() if found else None
