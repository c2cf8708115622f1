"""What must become of each hostile file, from expected.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("expected.toml")
PASSED, FAILED, REFUSED = 0, 1, 3


@dataclass(frozen=True)
class Expected:
    """The outcome of one file: its exit code, and the code of the refusal or the findings.

    `same` is the report of the plain plan, whatever it says.
    """

    exit: int
    words: frozenset[str]
    same: bool = False

    @classmethod
    def parse(cls, told: str) -> Expected:
        if told == "same":
            return cls(PASSED, frozenset(), same=True)
        code, *words = told.split()
        return cls(int(code), frozenset(words))

    def differences(self, exit_code: int, report: dict[str, Any], plain: dict[str, Any]) -> Iterable[str]:
        """Every way in which a report is not what was expected; both ways: too little and too much."""
        if exit_code != self.exit:
            yield f"exit code {exit_code}, expected {self.exit}"
        error = report["error"]
        if self.exit == REFUSED:
            if (error or {}).get("code") not in self.words:
                yield f"refused as {error and error['code']}, expected {' or '.join(self.words)}"
            return
        if error:
            yield f"refused as {error['code']}"
        elif self.same:
            yield from (
                f"{key} differs from the plain plan"
                for key in plain
                if _told(report)[key] != _told(plain)[key]
            )
        else:
            yield from self._unexpected(report["findings"])

    def _unexpected(self, findings: list[dict[str, Any]]) -> Iterable[str]:
        found = {f"{one['rule']}@{one['cell']}" for one in findings}
        met = {word for word in self.words if word in found | {one["rule"] for one in findings}}
        yield from (f"{word} is missing" for word in sorted(self.words - met))
        yield from (f"{one} was not expected" for one in sorted(found) if not {one, one.split("@")[0]} & met)


def _told(report: dict[str, Any]) -> dict[str, Any]:
    """What a report says of the plan, without what belongs to the file."""
    return {**report, "path": "", "sha256": ""}


@cache
def expected() -> dict[str, Expected]:
    """The outcome of every case, by class and name."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        f"{group}/{name}": Expected.parse(verdict)
        for group, names in told.items()
        for name, verdict in names.items()
    }
