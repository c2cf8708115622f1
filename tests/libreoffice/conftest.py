from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from .cases import BUILT, TWINS
from .saving import REQUIRED, SOFFICE, Saved
from .strict import strict


@pytest.fixture(autouse=True)
def soffice(request: pytest.FixtureRequest) -> None:
    """Skip what needs LibreOffice where it is missing, unless it was promised to be there."""
    needed = request.node.get_closest_marker("libreoffice") is not None
    if needed and SOFFICE is None:
        assert not REQUIRED, "soffice is missing: install LibreOffice Calc"
        pytest.skip("LibreOffice Calc (soffice) is not installed")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """One folder for all workers of this run."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if hasattr(request.config, "workerinput") else base) / "libreoffice"


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """LibreOffice's own files, made once by each worker."""
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="session")
def saved(shared: Path, profile: Path) -> Saved:
    """Every workbook as LibreOffice saves it."""
    return Saved(BUILT, shared / "ordinary", profile)


@pytest.fixture(scope="session")
def saved_strict(shared: Path, profile: Path) -> Saved:
    """The strict twins as LibreOffice saves them, which is as ordinary workbooks."""
    return Saved({name: partial(strict_twin, name) for name in TWINS}, shared / "strict", profile)


def strict_twin(name: str) -> bytes:
    return strict(BUILT[name]())
