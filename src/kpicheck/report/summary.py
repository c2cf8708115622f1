"""A plan at a glance, in the formats of `kpicheck summary`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal

from kpicheck import __version__
from kpicheck.clean import name
from kpicheck.report.as_json import strict
from kpicheck.report.figures import Figure, Words, figures
from kpicheck.report.formats import Format
from kpicheck.report.glance import Glance
from kpicheck.report.markdown import inert
from kpicheck.report.run import Judged, Run
from kpicheck.report.telling import about, verdict
from kpicheck.report.view import money


def facts_of(run: Run, judged: Judged) -> Sequence[Figure]:
    """What is told of a plan; nothing where it was refused."""
    return figures(judged.glance, Words(run.basis.language)) if judged.glance else ()


def to_json(run: Run) -> str:
    """One plan, for programs: money and shares are exact decimals in text."""
    one = run.judged[0]
    plain = {
        "schema": 1,
        "kpicheck": __version__,
        "path": one.file.path,
        "sha256": one.file.sha256,
        "error": one.file.error,
        "plan": one.file.plan,
        "glance": _plain(one.glance) if one.glance else None,
    }
    return strict(plain, indent=1)


def _plain(glance: Glance) -> dict[str, object]:
    known = asdict(glance)
    for left_out in ("rows", "parties", "payments"):  # the plan has the last two in its published shape
        del known[left_out]
    return {key: _value(one) for key, one in known.items()}


def _value(value: object) -> object:
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, dict):
        return {key: _value(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_value(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def to_markdown(run: Run) -> str:
    """Headings, sentences and tables."""
    return "".join(f"{one}\n" for judged in run.judged for one in _markdown(run, judged))


def _markdown(run: Run, judged: Judged) -> Iterator[str]:
    told = about(run, judged.file) or verdict(run, judged.file)
    yield from (f"## {inert(name(judged.file.path))}", "", inert(told), "")
    for one in facts_of(run, judged):
        yield from (f"### {inert(one.title)}", "", inert(one.said), "")
        if one.rows:
            yield _row(one.headings)
            yield _row(["---" if index < one.words else "---:" for index in range(len(one.headings))])
            yield from (_row([inert(cell) for cell in row]) for row in one.rows)
            yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _html(run: Run) -> str:
    from kpicheck.report.html.render import to_summary_html

    return to_summary_html(run)


def _console(run: Run) -> str:
    from kpicheck.report.summary_text import to_text

    return to_text(run)


def _show(run: Run) -> None:
    from kpicheck.report.summary_text import show

    show(run)


SUMMARIES = {
    one.name: one
    for one in (
        Format("console", _console, show=_show),
        Format("html", _html),
        Format("json", to_json),
        Format("md", to_markdown),
    )
}
