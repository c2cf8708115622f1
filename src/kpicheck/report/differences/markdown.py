"""A comparison in Markdown; nothing that came from a file is live in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpicheck.report.differences.document import Document, Noted, document
from kpicheck.report.differences.sentences import Line
from kpicheck.report.differences.shortening import shortened
from kpicheck.report.differences.telling import Group
from kpicheck.report.differences.versions import Versions
from kpicheck.report.figures import Figure
from kpicheck.report.markdown import as_block, inert

_MARKS = {"old": ("~~", "~~"), "new": ("**", "**"), "same": ("", "")}


def to_markdown(versions: Versions) -> str:
    """Headings, lists and tables; words that are gone are struck out, new ones are bold."""
    return "".join(f"{line}\n" for line in _lines(document(versions)))


def _lines(told: Document) -> Iterator[str]:
    yield from (f"## {inert(told.title)}", "", f"**{inert(told.verdict)}** {inert(told.counts)}".rstrip(), "")
    for one in (*told.sides, *told.told):
        yield from (as_block(inert(one)), "")
    if told.asked:
        yield from (*(f"- {inert(one)}" for one in told.asked), "")
    for group in told.groups:
        yield from _group(group)
    for table in told.tables:
        yield from _table(table)
    if told.sides:
        yield from (f"### {inert(told.findings_title)}", "", inert(told.findings_said), "")
    for found in (one for one in told.findings if one.news):
        yield from (f"#### {inert(found.title)}", "", *map(_finding, found.findings), "")
    yield inert(told.judged_by)


def _group(group: Group) -> Iterator[str]:
    yield from (f"### {inert(group.title)}", "")
    for item in group.items:
        if item.title:
            place = f" ({inert(item.place)})" if item.place else ""
            yield from (f"**{inert(item.title)}**{place}", "")
        for line in item.lines:
            yield f"- {_sentence(line)}"
            yield from (f"  - {inert(under)}" for under in line.under)
        yield ""


def _finding(one: Noted) -> str:
    why = f" ({one.why})" if one.why else ""
    said = f"{one.title} · {one.place}{why}: {one.message}"
    return f"- **{one.level} {one.code}** {inert(said)}"


def _sentence(line: Line) -> str:
    words = []
    for piece in shortened(line.pieces):
        before, behind = _MARKS[piece.kind]
        words.append(f"{before}{inert(piece.text)}{behind}")
    return " ".join((inert(line.said), *words))


def _table(one: Figure) -> Iterator[str]:
    yield from (f"### {inert(one.title)}", "")
    if one.said:
        yield from (inert(one.said), "")
    if one.rows:
        yield _row(one.headings)
        yield _row(["---" if index < one.words else "---:" for index in range(len(one.headings))])
        yield from (_row([inert(cell) for cell in row]) for row in one.rows)
        yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
