"""The pages that are opened in a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kpicheck.report.differences.page import to_html, to_shared_html
from kpicheck.report.formats import FORMATS
from kpicheck.report.run import Run
from kpicheck.report.summary import SUMMARIES
from tests.comparison.poison import MARKUP, poisoned
from tests.comparison.versions import ten
from tests.formats.pages import hostile, sixty
from tests.formats.runs import all_samples, basis, named


def _one(sample: str, language: str = "nl") -> Run:
    return basis(language).run([named(sample)], glance=True)


def _shared(run: Run) -> str | bytes:
    assert FORMATS["html"].shared
    return FORMATS["html"].shared(run)


def _report(run: Run) -> str | bytes:
    return FORMATS["html"].write(run)


def _summary(run: Run) -> str | bytes:
    return SUMMARIES["html"].write(run)


PAGES: dict[str, Callable[[], str | bytes]] = {
    "midden-limburg-west": lambda: _report(_one("midden-limburg-west")),
    "fouten-per-familie-en": lambda: _report(_one("fouten-per-familie", "en")),
    "goed-plan": lambda: _report(_one("goed-plan")),
    "zestig-kpis": lambda: _report(sixty()),
    "alle-voorbeelden": lambda: _report(all_samples()),
    "gedeeld": lambda: _shared(_one("fouten-per-familie")),
    "vijandig": lambda: _report(hostile()),
    "in-het-kort": lambda: _summary(_one("goed-plan")),
    "verschillen": lambda: to_html(ten()),
    "verschillen-gedeeld-en": lambda: to_shared_html(ten("en")),
    "verschillen-vijandig": lambda: to_html(poisoned(MARKUP)),
}


def write(name: str, folder: Path) -> Path:
    """Write a page, and say where."""
    said = PAGES[name]()
    file = folder / f"{name}.html"
    file.write_bytes(said.encode() if isinstance(said, str) else said)
    return file
