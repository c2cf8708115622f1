"""Where rules/ stands: packaged in the wheel, or at the root of a checkout."""

from __future__ import annotations

import os.path
from decimal import Decimal
from functools import cache
from pathlib import Path

import tomli

from kpicheck.inputs import noted
from kpicheck.usage import UsageError

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
    """The contents of one TOML file, with numbers as they are typed; Windows puts a mark before its text.

    Raises OSError, and ValueError on what is no TOML.
    """
    return tomli.loads(noted(path).read_bytes().decode("utf-8-sig"), parse_float=Decimal)


def is_file(path: Path) -> bool:
    """Whether a file is there; a folder that may not be looked into has none."""
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises for such a folder


def file_there(path: Path) -> bool:
    """Whether settings are there. Raises UsageError where they are no file: they are not passed by.

    That is a folder, a pipe, or a link to nowhere.
    """
    if is_file(path):
        return True
    if os.path.lexists(path):
        raise UsageError("config-no-file", path=str(path))
    return False
