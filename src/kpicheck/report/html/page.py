"""Pages from templates. What a template writes is cleaned and escaped, wherever it came from."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kpicheck import texts
from kpicheck.clean import shown

if TYPE_CHECKING:
    from jinja2 import Environment


def render(template: str, language: str, **values: object) -> str:
    """A page from a template that extends page.html.j2. In it `t` says a text of the page."""

    def said(key: str, part: str = "page", **facts: object) -> str:
        return texts.text(part, key, language, facts)

    return _environment().get_template(template).render(t=said, language=language, **values)


@cache
def _environment() -> Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.PackageLoader("kpicheck.report.html"),
        autoescape=True,
        finalize=_safe,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _safe(value: object) -> object:
    """Text without control characters, citizen numbers or commands; the pieces of a template stay whole."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return shown(value).replace("\t", " ")
    return value
