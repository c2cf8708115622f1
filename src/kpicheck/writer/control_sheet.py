"""What stands on the sheet "Controle": the report of the plan in words, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpicheck import texts
from kpicheck.clean import flat, name
from kpicheck.report.run import Run
from kpicheck.report.shape import FindingView
from kpicheck.report.telling import about, agreed, by_reason, judged_by, verdict
from kpicheck.writer.overview import Overview, Put

_WIDTHS = (11, 22, 9, 12, 62, 62, 8, 30)
_SHOWN = 3
_HEADINGS = ("level", "sheet", "cell", "kpi", "message", "fix", "code", "source")


@dataclass(frozen=True, slots=True)
class Reached:
    """A finding and the cell it leads to; the remark says why there is no note at it, or no way to it."""

    finding: FindingView
    to: tuple[str, str] | None
    remark: str = ""


def is_title(value: object) -> bool:
    """Whether a first cell says that its sheet is one of ours."""
    return value in [texts.text("annotate", "title", language) for language in texts.LANGUAGES]


def control_sheet(run: Run, found: Sequence[Reached]) -> tuple[Overview, list[int]]:
    """The sheet, and the row of each finding on it."""
    language = run.basis.language

    def say(key: str, **facts: object) -> str:
        return texts.text("annotate", key, language, facts)

    judged = run.judged[0]
    overview = Overview(_WIDTHS)
    overview.add(Put(say("title"), "title"))
    overview.add(Put(verdict(run, judged.file), "verdict"))
    for line in (about(run, judged.file), judged_by(run), *agreed(run, judged), *judged.notes, say("how")):
        overview.add(Put(flat(line), "line"))
    overview.add()
    overview.frozen = overview.add(
        *(Put(texts.text("columns", key, language), "heading") for key in _HEADINGS)
    )
    rows = [overview.add(*_cells(one, run)) for one in found]
    if not found:
        overview.add(Put(run.say("no_findings"), "line"))
    _unchecked(overview, run)
    overview.add()
    overview.add(Put(run.say("heading_manual"), "title"))
    for one in run.view.manual:
        overview.add(Put(one.text, "line"))
    return overview, rows


def _cells(reached: Reached, run: Run) -> Sequence[Put]:
    one = reached.finding
    message = f"{flat(one.message)} {reached.remark}".rstrip()
    source = f"{one.source.doc}, {one.source.at}"
    return (
        Put(run.say(one.severity), one.severity),
        Put(name(one.sheet)),
        Put(one.cell, "link" if reached.to else "text", reached.to),
        Put(flat(f"KPI {one.kpi}") if one.kpi else ""),
        Put(message),
        Put(flat(one.fix)),
        Put(one.rule),
        Put(flat(source)),
    )


def _unchecked(overview: Overview, run: Run) -> None:
    entries = run.judged[0].file.not_checked
    if not entries:
        return
    overview.add()
    overview.add(Put(run.say("heading_not_checked"), "title"))
    for (reason, remedy), (rules, cells) in by_reason(entries).items():
        told = [", ".join(rules), "", ", ".join(cells[:_SHOWN]) + ("…" if len(cells) > _SHOWN else ""), ""]
        overview.add(*(Put(one) for one in (*told, flat(reason), flat(remedy or ""))))
