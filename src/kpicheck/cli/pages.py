"""What goes with a page: leaving out what others may not see, and opening it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kpicheck.cli.output import Target
from kpicheck.report.run import Run
from kpicheck.ruleset import UsageError


def shared(asked: Sequence[Target]) -> list[Target]:
    """The same without amounts and typed texts. Raises UsageError where a format cannot leave them out."""
    return [replace(one, format=replace(one.format, write=_sharing(one))) for one in asked]


def _sharing(target: Target) -> Callable[[Run], str | bytes]:
    if target.format.shared is None:
        raise UsageError("hide-what")
    return target.format.shared


def page(asked: Sequence[Target]) -> Path:
    """The file that the page goes to. Raises UsageError where there is none."""
    for one in asked:
        if one.format.name == "html" and one.file is not None:
            return one.file
    raise UsageError("open-what")


def show_page(file: Path) -> None:
    """Open a page in the user's browser."""
    import webbrowser

    webbrowser.open(file.resolve().as_uri())
