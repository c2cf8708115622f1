"""A marked copy that was proven: checked again, it gives the same report as the plan."""

from __future__ import annotations

from collections.abc import Callable

from kpicheck.allowance import Exceeded
from kpicheck.reader.refusal import Refusal
from kpicheck.report.run import Run
from kpicheck.report.shape import FileView
from kpicheck.writer.annotate import annotated
from kpicheck.writer.splicing import Unpatchable


def marked(data: bytes, run: Run, check: Callable[[bytes], FileView]) -> bytes:
    """The marked copy of the workbook that a run is about; `check` judges a copy on the same terms.

    Links back stand beside the table; where they would be read as part of it, the copy goes without them.
    Raises Unpatchable where no copy can be made that gives the same report.
    """
    wanted = _comparable(run.judged[0].file)
    try:
        for links_back in (True, False):
            copy = annotated(data, run, links_back=links_back).data()
            if _comparable(check(copy)) == wanted:
                return copy
    except Refusal as refusal:
        raise Unpatchable("encrypted" if refusal.code == "encrypted" else "markup") from refusal
    except (Exceeded, MemoryError) as error:
        raise Unpatchable("size") from error
    raise Unpatchable("differs")


def _comparable(file: FileView) -> FileView:
    return file._replace(sha256=None)
