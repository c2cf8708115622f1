from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .driving import CHROMIUM, DRIVER, driver
from .pages import PAGES, write

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

MODULES = Path(__file__).parent / "node_modules"
REQUIRED = os.environ.get("CHROMIUM") == "required"


def needed(found: object, what: str) -> None:
    """Skip what needs a thing that is missing, unless it was promised to be there."""
    if not found:
        assert not REQUIRED, f"{what} is missing"
        pytest.skip(f"{what} is not installed")


@pytest.fixture(scope="session")
def browser() -> Iterator[Chrome]:
    needed(CHROMIUM and DRIVER, "Chromium with its driver (Debian: chromium, chromium-driver)")
    started = driver()
    yield started
    started.quit()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page that is looked at, as a file."""
    folder = tmp_path_factory.mktemp("pages")
    return {name: write(name, folder) for name in PAGES}


@pytest.fixture(scope="session")
def axe() -> str:
    """The rules of axe-core, as a script."""
    script = MODULES / "axe-core" / "axe.min.js"
    needed(script.is_file(), "axe-core (npm install --prefix tests/browser)")
    return script.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def vnu() -> list[str]:
    """The call of the Nu Html Checker."""
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    needed(java and jar.is_file(), "Java with vnu-jar (npm install --prefix tests/browser)")
    return [str(java), "-jar", str(jar)]
