"""The formats of a report: each a function from a run to text or bytes, loaded when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from kpicheck.report.run import Run

Write = Callable[["Run"], str | bytes]


class Format(NamedTuple):
    """How a run is written. What streams is the same, written whole or file by file.

    What is quick is also written of a run that was broken off. `glance` says that it shows the plan at a
    glance; `shared` writes the same without amounts and typed texts; `show` prints it on the terminal;
    `pieces` gives what is written piece by piece, where it may be too large to be in memory whole.
    """

    name: str
    write: Write
    streams: bool = False
    binary: bool = False
    quick: bool = True
    glance: bool = False
    shared: Write | None = None
    show: Callable[[Run], None] | None = None
    pieces: Callable[[Run], Iterator[bytes]] | None = None

    def in_bytes(self, run: Run) -> Iterable[bytes]:
        """What is to be written, piece by piece."""
        if self.pieces is not None:
            return self.pieces(run)
        written = self.write(run)
        return [written.encode() if isinstance(written, str) else written]


def _writer(module: str, name: str) -> Write:
    """A function of a module of this package, which is loaded when it is first called."""

    def write(run: Run) -> str | bytes:
        return cast("str | bytes", getattr(import_module(f"kpicheck.report.{module}"), name)(run))

    return write


def _json(run: Run) -> bytes:
    return b"".join(_pieces_of_json(run))


def _pieces_of_json(run: Run) -> Iterator[bytes]:
    from kpicheck.report.as_json import Written, to_pieces

    files = [Written(one.json) if one.json else one.file for one in run.judged]
    return to_pieces({**run.view._asdict(), "files": files})


def _show(run: Run) -> None:
    from kpicheck.report.console import show

    show(run)


FORMATS = {
    one.name: one
    for one in (
        Format("console", _writer("console", "to_text"), quick=False, show=_show),
        Format("short", _writer("short", "to_short"), streams=True),
        Format("json", _json, pieces=_pieces_of_json),
        Format("jsonl", _writer("jsonl", "to_jsonl"), streams=True),
        Format("csv", _writer("as_csv", "to_csv")),
        Format("xlsx", _writer("xlsx", "to_xlsx"), binary=True, quick=False),
        Format(
            "html",
            _writer("html.render", "to_html"),
            quick=False,
            glance=True,
            shared=_writer("html.render", "to_shared_html"),
        ),
        Format("md", _writer("markdown", "to_markdown")),
        Format("sarif", _writer("sarif", "to_sarif")),
        Format("junit", _writer("junit", "to_junit")),
        Format("github", _writer("github", "to_github"), streams=True),
        Format("gitlab", _writer("gitlab", "to_gitlab")),
    )
}
