"""The formats of a comparison, each a function of a run as those of a report are."""

from __future__ import annotations

from collections.abc import Callable

from kpicheck.report.differences.versions import Versions
from kpicheck.report.formats import Format
from kpicheck.report.run import Run

NAMES = ("console", "html", "json", "md", "xlsx")


def formats(versions: Callable[[Run], Versions]) -> dict[str, Format]:
    """Every format; `versions` puts what two plans differ in beside their judgements."""

    def console(run: Run) -> str:
        from kpicheck.report.differences.text import to_text

        return to_text(versions(run))

    def show(run: Run) -> None:
        from kpicheck.report.differences.text import show

        show(versions(run))

    def html(run: Run) -> str:
        from kpicheck.report.differences.page import to_html

        return to_html(versions(run))

    def shared_html(run: Run) -> str:
        from kpicheck.report.differences.page import to_shared_html

        return to_shared_html(versions(run))

    def json(run: Run) -> str:
        from kpicheck.report.differences.view import to_json

        return to_json(versions(run))

    def markdown(run: Run) -> str:
        from kpicheck.report.differences.markdown import to_markdown

        return to_markdown(versions(run))

    def xlsx(run: Run) -> bytes:
        from kpicheck.report.differences.xlsx import to_xlsx

        return to_xlsx(versions(run))

    return {
        one.name: one
        for one in (
            Format("console", console, quick=False, show=show),
            Format("html", html, quick=False, shared=shared_html),
            Format("json", json, quick=False),
            Format("md", markdown, quick=False),
            Format("xlsx", xlsx, binary=True, quick=False),
        )
    }
