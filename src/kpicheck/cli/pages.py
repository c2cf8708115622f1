"""What goes with a page: leaving out what others may not see, and opening it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kpicheck.atomic import write_file
from kpicheck.cli.output import Target
from kpicheck.report.run import Run
from kpicheck.usage import UsageError


def shared(asked: Sequence[Target]) -> list[Target]:
    """The same without amounts and typed texts. Raises UsageError where a format cannot leave them out."""
    return [one._replace(format=one.format._replace(write=_sharing(one), pieces=None)) for one in asked]


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


def refuse_without_page(asked: Sequence[Target]) -> None:
    """Pages of plans are for a page that points at them. Raises UsageError where none is asked."""
    if not any(one.format.name == "html" and one.file for one in asked):
        raise UsageError("details-what")


def write_page(folder: Path, number: int, run: Run) -> Path:
    """Write the page of one plan in the folder and say where. Raises UsageError where that cannot be."""
    from kpicheck.report.html.render import to_html

    name = re.sub(r"[^A-Za-z0-9-]+", "-", Path(run.judged[0].file.path).stem).strip("-")
    page = folder / f"{number:03}-{name[:60]}.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("cannot-write", path=str(folder), why=error.strerror or "") from error
    write_file(page, to_html(replace(run, target=page)).encode())
    return page
