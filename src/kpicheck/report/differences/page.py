"""A comparison as one page, in the style of the report."""

from __future__ import annotations

from kpicheck.report.differences.document import Document, document
from kpicheck.report.differences.hiding import hidden_document
from kpicheck.report.differences.shortening import shortened
from kpicheck.report.differences.versions import Versions
from kpicheck.report.html.page import render


def to_html(versions: Versions) -> str:
    """The page, without network or script."""
    return _page(versions, document(versions))


def to_shared_html(versions: Versions) -> str:
    """The page without amounts and typed texts."""
    return _page(versions, hidden_document(versions))


def _page(versions: Versions, told: Document) -> str:
    page = render(
        "differences.html.j2",
        versions.language,
        told=told,
        shortened=shortened,
        say=versions.say,
        side=versions.side,
    )
    return page.replace("€ ", "€\N{NO-BREAK SPACE}")
