"""The formats of a report: each a function from a run to text or bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kpicheck.report.as_csv import to_csv
from kpicheck.report.as_json import to_json
from kpicheck.report.github import to_github
from kpicheck.report.gitlab import to_gitlab
from kpicheck.report.jsonl import to_jsonl
from kpicheck.report.junit import to_junit
from kpicheck.report.markdown import to_markdown
from kpicheck.report.run import Run
from kpicheck.report.sarif import to_sarif
from kpicheck.report.short import to_short
from kpicheck.report.xlsx import to_xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """How a run is written. What streams is the same, written whole or file by file.

    What is quick is also written of a run that was broken off. `glance` says that it shows the plan at a
    glance; `shared` writes the same without amounts and typed texts; `show` prints it on the terminal.
    """

    name: str
    write: Callable[[Run], str | bytes]
    streams: bool = False
    binary: bool = False
    quick: bool = True
    glance: bool = False
    shared: Callable[[Run], str | bytes] | None = None
    show: Callable[[Run], None] | None = None


def _console(run: Run) -> str:
    from kpicheck.report.console import to_text

    return to_text(run)


def _show(run: Run) -> None:
    from kpicheck.report.console import show

    show(run)


def _html(run: Run) -> str:
    from kpicheck.report.html.render import to_html

    return to_html(run)


def _shared_html(run: Run) -> str:
    from kpicheck.report.html.render import to_shared_html

    return to_shared_html(run)


FORMATS = {
    one.name: one
    for one in (
        Format("console", _console, quick=False, show=_show),
        Format("short", to_short, streams=True),
        Format("json", lambda run: to_json(run.view)),
        Format("jsonl", to_jsonl, streams=True),
        Format("csv", to_csv),
        Format("xlsx", to_xlsx, binary=True, quick=False),
        Format("html", _html, quick=False, glance=True, shared=_shared_html),
        Format("md", to_markdown),
        Format("sarif", to_sarif),
        Format("junit", to_junit),
        Format("github", to_github, streams=True),
        Format("gitlab", to_gitlab),
    )
}
