from __future__ import annotations

from .golden import FILE, current


def test_examples_say_what_they_said() -> None:
    assert current().splitlines() == FILE.read_text(encoding="utf-8").splitlines()
