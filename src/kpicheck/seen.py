"""Which plans were seen in an earlier triage, and whether they changed since."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from kpicheck.atomic import write_file
from kpicheck.cache import default_folder
from kpicheck.usage import UsageError

_NAME = "seen.json"


class Seen:
    """The sha256 of each plan by its place, kept where answers are kept. A damaged file is as none."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read what was seen before."""
        self._file = (folder or default_folder()) / _NAME
        self._before = self._read()
        self._now = dict(self._before)

    def state(self, plan: Path, sha256: str | None) -> Literal["new", "changed", "same"]:
        """Whether the plan is new or changed; from now on it is seen."""
        place = str(plan.resolve())
        before = self._before.get(place)
        if sha256 is not None:
            self._now[place] = sha256
        if before is None:
            return "new"
        return "same" if before == sha256 else "changed"

    def keep(self) -> None:
        """Remember it for the next time; where that cannot be, everything is new again."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_file(self._file, json.dumps(self._now, sort_keys=True).encode())
        except (OSError, UsageError):
            return

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self._file.read_bytes())
        except (OSError, ValueError):
            return {}
        plain = isinstance(found, dict) and all(isinstance(one, str) for one in found.values())
        return found if plain else {}
