"""Which files this process has read beside the plans: settings, exceptions, rulesets, budgets, lists.

No report ever takes the place of one of them.
"""

from __future__ import annotations

from pathlib import Path

_noted: dict[Path, None] = {}


def noted(file: Path) -> Path:
    """The file, taken down as one that is read."""
    _noted[file.absolute()] = None
    return file


def is_input(file: Path) -> bool:
    """Whether a file that is there is one of those."""
    return any(one.exists() and file.samefile(one) for one in _noted)
