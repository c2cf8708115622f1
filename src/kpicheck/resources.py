"""Where rules/ stands: packaged in the wheel, or at the root of a checkout."""

from __future__ import annotations

import os.path
from functools import cache
from pathlib import Path

import tomli

from kpicheck.inputs import noted

_HERE = Path(__file__).resolve().parent


@cache
def rules_folder() -> Path:
    """The folder with rulesets, layouts and texts; raises FileNotFoundError where it is missing."""
    for folder in (_HERE / "rules", _HERE.parent.parent / "rules"):
        if (folder / "landelijk.toml").is_file():
            return folder
    message = "the folder rules/ is missing from this installation"
    raise FileNotFoundError(message)


def load_toml(path: Path) -> dict[str, object]:
    """The contents of one TOML file."""
    with noted(path).open("rb") as handle:
        return tomli.load(handle)


def is_file(path: Path) -> bool:
    """Whether a file is there; a folder that may not be looked into has none."""
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises for such a folder
