"""Markdown for a pull request or a mail; nothing that came from a file is live in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kpicheck import texts
from kpicheck.clean import flat, name
from kpicheck.report.run import Judged, Run
from kpicheck.report.shape import FileView
from kpicheck.report.telling import about, agreed, by_reason, counts, judged_by, outcome, verdict, where

_MARKUP = re.compile(
    r"[\\`*\[<|~&$]|(?<![^\W_])_|_(?![^\W_])|(?<=www)\.|:(?=//)|(?<=mailto):|(?<=xmpp):", re.IGNORECASE
)
_BLOCK = re.compile(r"^(?:(?=[#>+=-])|(\d+)(?=[.)]))")
_MENTION = re.compile(r"(@(?=[\w.\\-])|#(?=\w))")  # addresses may go on with . - or \_
_WORD_JOINER = "\u2060"


def to_markdown(run: Run) -> str:
    """Per file the verdict, the findings and what was not checked; what to check by hand at the end."""
    lines = [f"**{inert(run.say('interrupted'))}**", ""] if run.interrupted else []
    lines += _overview(run) if len(run.judged) > 1 else []
    lines += [line for one in run.judged for line in _file(one, run)]
    if any(one.file.plan for one in run.judged):
        lines += [f"## {run.say('heading_manual')}", "", *(f"- {one.text}" for one in run.view.manual), ""]
    lines.append(inert(judged_by(run)))
    return "".join(f"{line}\n" for line in lines)


def _overview(run: Run) -> Iterator[str]:
    yield from (f"**{run.say('all_files', **run.view.summary._asdict())}**", "")
    rows = (
        (
            name(one.file.path),
            outcome(run, one.file),
            *(str(number) if one.file.plan else "–" for number in counts(one.file).values()),
        )
        for one in run.judged
    )
    yield from _table(run, ("path", "status", "errors", "warnings", "infos"), rows)


def _file(judged: Judged, run: Run) -> Iterator[str]:
    file = judged.file
    yield from (f"## {inert(name(file.path))}", "", f"**{inert(verdict(run, file))}**", "")
    if file.plan is None:
        return
    told = [about(run, file), *([f"{file.error.message} {file.error.fix}"] if file.error else [])]
    for said in told + agreed(run, judged):
        yield from (as_block(inert(said)), "")
    yield from _findings(file, run)
    yield from _not_checked(file, run)


def _findings(file: FileView, run: Run) -> Iterator[str]:
    if not file.findings:
        return
    rows = (
        (
            where(one.sheet, one.cell),
            f"{run.say(one.severity)} {one.rule}",
            one.message,
            one.fix,
            f"{one.source.doc}, {one.source.at}",
        )
        for one in file.findings
    )
    headings = ("where", "level", "message", "fix", "source")
    yield from (f"### {run.say('heading_findings')}", "")
    yield from _table(run, headings, rows)


def _not_checked(file: FileView, run: Run) -> Iterator[str]:
    if not file.not_checked:
        return
    rows = (
        (
            ", ".join(rules),
            f"{reason} ({texts.cells(cells, run.basis.language)})" if cells else reason,
            remedy or "",
        )
        for (reason, remedy), (rules, cells) in by_reason(file.not_checked).items()
    )
    yield from (f"### {run.say('heading_not_checked')}", "")
    yield from _table(run, ("rules", "reason", "remedy"), rows)


def _table(run: Run, headings: Sequence[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _line(texts.text("columns", one, run.basis.language) for one in headings)
    yield _line(["---"] * len(headings))
    yield from (_line(map(inert, row)) for row in rows)
    yield ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def inert(text: str) -> str:
    """Text that stays text within a line: no markup, HTML, link or mention."""
    return _MENTION.sub(rf"\1{_WORD_JOINER}", _MARKUP.sub(r"\\\g<0>", flat(text)))


def as_block(line: str) -> str:
    """A line that begins no heading, list or quote."""
    return _BLOCK.sub(r"\1\\", line)
