"""The console report: verdict first, then findings by row, not checked, zelf nagaan, counts."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from kpicheck import texts
from kpicheck.clean import shown, visible
from kpicheck.report.paragraphs import Paragraphs, Piece, Plain, for_stdout
from kpicheck.report.run import Judged, Run
from kpicheck.report.shape import FileView, FindingView
from kpicheck.report.telling import about, agreed, by_reason, counted, counts, left_out, verdict

_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_BAR = 40
_TOGETHER = 3


def show(run: Run) -> None:
    """Print the report on stdout, as wide as the terminal and 80 columns where there is none."""
    sys.stdout.write(_written(run, for_stdout()))
    sys.stdout.flush()


def to_text(run: Run, *, width: int = 100) -> str:
    """The report as plain text."""
    return _written(run, Plain(width))


def _written(run: Run, paragraphs: Paragraphs) -> str:
    _Writer(paragraphs, run).write()
    return paragraphs.text()


class _Writer:
    """Writes one report."""

    def __init__(self, paragraphs: Paragraphs, run: Run) -> None:
        self.paragraphs = paragraphs
        self.run = run
        self.say = run.say
        self.language = run.basis.language
        self.sheet = ""
        self.marks = ("█", "░", "•") if paragraphs.encoding.startswith("utf") else ("#", "-", "-")

    def line(self, *pieces: Piece, indent: int = 0, first: str = "") -> None:
        """One paragraph, wrapped and indented; `first` stands before its first line."""
        safe = [visible(one) if isinstance(one, str) else (visible(one[0]), one[1]) for one in pieces]
        self.paragraphs.add(safe, indent, first)

    def write(self) -> None:
        """Every file that was judged, then the counts over all files."""
        judged = [one for one in self.run.judged if one.file.plan]
        for one in judged:
            self.file(one)
        if judged:
            self.manual()
        if missing := left_out(self.run):
            self.line()
            for said in missing:
                self.line(said)
        if len(self.run.judged) > 1:
            self.line()
            self.line((self.say("all_files", **self.run.view.summary._asdict()), "bold"))

    def file(self, judged: Judged) -> None:
        """Verdict, plan, findings, not checked, what was checked."""
        file = judged.file
        numbers = counts(file)
        bad, doubtful = numbers["error"] or file.error, numbers["warning"]
        style = "bold red" if bad else "bold yellow" if doubtful else "bold green"
        self.sheet = file.sheet or ""
        self.line((verdict(self.run, file), style))
        self.about(file)
        for note in judged.notes:
            self.line(note)
        if file.error:
            self.line((f"{file.error.message} {file.error.fix}", "red"))
        if file.findings:
            self.heading("findings")
            self.findings(file.findings)
        if file.not_checked:
            self.heading("not_checked")
            self.not_checked(file)
        self.heading("checked")
        rules = ", ".join(judged.checked)
        ruleset = judged.ruleset.name
        self.line(
            self.say("checked_rules", number=len(judged.checked), ruleset=ruleset, rules=rules), indent=2
        )
        for said in agreed(self.run, judged):
            self.line(said, indent=2)
        skipped = len({one.rule for one in file.not_checked} - set(judged.checked))
        self.line(self.say("counts", skipped=skipped, **counted(self.run, file)), indent=2)

    def heading(self, key: str) -> None:
        """A blank line and a heading."""
        self.line()
        self.line((self.say(f"heading_{key}"), "bold underline"))

    def about(self, file: FileView) -> None:
        """Which plan this is, and the 70/30 bar."""
        plan = file.plan
        self.line(f"{shown(file.path.replace(chr(92), '/').rsplit('/', 1)[-1])} · {about(self.run, file)}")
        if plan is None or plan.effort_share is None:
            return
        share = Decimal(plan.effort_share)
        filled = min(_BAR, int(share * _BAR + Decimal("0.5")))
        bar = self.marks[0] * filled + self.marks[1] * (_BAR - filled)
        spoken = texts.share(share, self.language)
        self.line(f"{self.say('effort')} {bar} {spoken}")

    def findings(self, findings: Sequence[FindingView]) -> None:
        """In sheet order; three or more of one rule stand together at the first of them."""
        times = Counter(one.rule for one in findings)
        groups: dict[tuple[str, str] | int, list[FindingView]] = {}
        for number, one in enumerate(findings):
            group = (one.rule, one.severity) if times[one.rule] >= _TOGETHER else number
            groups.setdefault(group, []).append(one)
        for together in groups.values():
            self.group(together)

    def group(self, findings: Sequence[FindingView]) -> None:
        """One finding, or all findings of one rule: what, where, Doe nu, source."""
        first, number = findings[0], len(findings)
        head: list[Piece] = [(self.cells(findings), "bold")]
        if number == 1 and first.kpi:
            head.append(f" · KPI {first.kpi}")
        head.append((f" · {self.say(first.severity)} {first.rule}", _STYLES[first.severity]))
        head.append(f" · {texts.title(first.rule, self.language)}")
        if number > 1:
            head.append(f" ({number}×)" if self.marks[0] == "█" else f" ({number}x)")
        self.line(*head)
        one_message = all(one.message == first.message for one in findings)
        for message, same in groupby(findings, key=lambda one: one.message):
            self.line(message if one_message else f"{self.cells(same)}: {message}", indent=2)
        advice = first.fix if number == 1 else texts.advice(first.rule, self.language)
        self.line((f"{self.say('do_now')} ", "bold"), advice, indent=2)
        source = first.source
        said = self.say("source", doc=source.doc, at=source.at, quote=source.quote)
        self.line((said, "dim"), indent=2)
        self.line()

    def cells(self, views: Iterable[FindingView]) -> str:
        """Where: addresses in ranges, with the sheet where it is not that of the first table."""
        by_sheet: dict[str, list[str]] = {}
        for one in views:
            by_sheet.setdefault(one.sheet, []).append(one.cell)
        parts = [
            texts.cells(refs, self.language) + (f" ({sheet})" if sheet != self.sheet else "")
            for sheet, refs in by_sheet.items()
        ]
        return "; ".join(parts)

    def not_checked(self, file: FileView) -> None:
        """What was not judged, why, and what helps; cells of one reason together."""
        for (reason, remedy), (rules, cells) in by_reason(file.not_checked).items():
            where = f" ({texts.cells(cells, self.language)})" if cells else ""
            self.line((", ".join(rules), "bold"), f": {reason}{where}", indent=2)
            if remedy:
                self.line(f"{self.say('remedy')} {remedy}", indent=4)

    def manual(self) -> None:
        """What no program can judge."""
        if not self.run.view.manual:
            return
        self.heading("manual")
        for one in self.run.view.manual:
            self.line(one.text, indent=2, first=f"{self.marks[2]} ")
