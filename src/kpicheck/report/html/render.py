"""The report of a run as one page, with a section for each file."""

from __future__ import annotations

from kpicheck.report.html.hiding import hidden
from kpicheck.report.html.page import render
from kpicheck.report.html.sections import section
from kpicheck.report.run import Run
from kpicheck.report.telling import judged_by, left_out


def to_html(run: Run) -> str:
    """The page with everything that the report says."""
    return _page(run, hide=False)


def to_shared_html(run: Run) -> str:
    """The page without amounts and typed texts."""
    return _page(hidden(run), hide=True)


def _page(run: Run, *, hide: bool) -> str:
    sections = [section(run, one, number) for number, one in enumerate(run.judged, 1)]
    return render(
        "report.html.j2",
        run.basis.language,
        run=run,
        sections=sections,
        manual=run.view.manual if any(one.judged.file.plan for one in sections) else (),
        judged_by=judged_by(run),
        left_out=left_out(run),
        hide=hide,
    )


def to_summary_html(run: Run) -> str:
    """The page with the plan at a glance alone."""
    sections = [section(run, one, number) for number, one in enumerate(run.judged, 1)]
    told = judged_by(run)
    return render("summary.html.j2", run.basis.language, run=run, sections=sections, judged_by=told)
