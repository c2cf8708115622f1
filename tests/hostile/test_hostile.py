"""Every hostile file ends as expected: in time, within memory, with one line on refusal and nothing raw."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .checking import wrong
from .expected import expected
from .parts import Parts
from .register import cases
from .running import Runner, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="measures processes as Unix does")


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    with Runner("warm") as warm:
        yield warm


@pytest.fixture(scope="session")
def plain(runner: Runner, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    found = run(runner, tmp_path_factory.mktemp("plain"), "plan.xlsx", Parts().zipped())
    assert (found.exit, found.report["findings"]) == (0, [])
    return found.report


def test_every_case_has_an_expected_outcome_and_the_reverse() -> None:
    assert sorted(cases()) == sorted(expected())
    assert len(cases()) >= 120


@pytest.mark.parametrize("key", sorted(cases()))
def test_hostile(key: str, runner: Runner, plain: dict[str, Any], tmp_path: Path) -> None:
    case = cases()[key]
    found = run(runner, tmp_path, case.file, case.data())
    (tmp_path / case.file).unlink()
    assert wrong(found, expected()[key], plain) == []
