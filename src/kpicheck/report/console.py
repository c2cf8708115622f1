"""The console report: verdict first, then findings by row, not checked, zelf nagaan, counts."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from rich.console import Console
from rich.text import Text

from kpicheck import texts
from kpicheck.clean import shown, visible
from kpicheck.report.run import Judged, Run
from kpicheck.report.shape import FileView, FindingView
from kpicheck.report.telling import about, agreed, by_reason, counted, counts, skipped, verdict

_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_BAR = 40


def show(run: Run) -> None:
    """Print the report on stdout, as wide as the terminal and 80 columns where there is none."""
    console = Console(soft_wrap=False, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = 80
    with console.capture() as captured:  # rich ends the process itself when a pipe closes
        _Writer(console, run).write()
    sys.stdout.write(captured.get())
    sys.stdout.flush()


def to_text(run: Run, *, width: int = 100) -> str:
    """The report as plain text."""
    target = io.StringIO()
    console = Console(file=target, width=width, highlight=False, emoji=False, markup=False, no_color=True)
    _Writer(console, run).write()
    return target.getvalue()


class _Writer:
    """Writes one report; foreign text only ever enters as rich Text, never as markup."""

    def __init__(self, console: Console, run: Run) -> None:
        self.console = console
        self.run = run
        self.say = run.say
        self.language = run.basis.language
        self.sheet = ""
        encoding = (console.encoding or "utf-8").lower()
        self.marks = ("█", "░", "•") if encoding.startswith("utf") else ("#", "-", "-")

    def line(self, text: str | Text = "", indent: int = 0, first: str = "") -> None:
        """One paragraph, wrapped and indented; `first` stands before its first line."""
        content = text if isinstance(text, Text) else Text(visible(text))
        margin = indent + len(first)
        for number, wrapped in enumerate(content.wrap(self.console, max(self.console.width - margin, 1))):
            before = " " * indent + (first if number == 0 else " " * len(first))
            wrapped.rstrip()
            self.console.print(Text(before).append_text(wrapped) if before else wrapped)

    def write(self) -> None:
        """Every file that was judged, then the counts over all files."""
        judged = [one for one in self.run.judged if one.file.plan]
        for one in judged:
            self.file(one)
        if judged:
            self.manual()
        if self.run.skipped:
            self.line()
            self.line(skipped(self.run))
        if len(self.run.judged) > 1:
            self.line()
            self.line(Text(self.say("all_files", **self.run.view.summary._asdict()), style="bold"))

    def file(self, judged: Judged) -> None:
        """Verdict, plan, findings, not checked, what was checked."""
        file = judged.file
        numbers = counts(file)
        bad, doubtful = numbers["error"] or file.error, numbers["warning"]
        style = "bold red" if bad else "bold yellow" if doubtful else "bold green"
        self.sheet = file.sheet or ""
        self.line(Text(verdict(self.run, file), style=style))
        self.about(file)
        for note in judged.notes:
            self.line(note)
        if file.error:
            self.line(Text(visible(f"{file.error.message} {file.error.fix}"), style="red"))
        if file.findings:
            self.heading("findings")
            self.findings(file.findings)
        if file.not_checked:
            self.heading("not_checked")
            self.not_checked(file)
        self.heading("checked")
        rules = ", ".join(judged.checked)
        ruleset = judged.ruleset.name
        self.line(self.say("checked_rules", number=len(judged.checked), ruleset=ruleset, rules=rules), 2)
        for said in agreed(self.run, judged):
            self.line(said, 2)
        skipped = len({one.rule for one in file.not_checked} - set(judged.checked))
        self.line(self.say("counts", skipped=skipped, **counted(self.run, file)), 2)

    def heading(self, key: str) -> None:
        """A blank line and a heading."""
        self.line()
        self.line(Text(self.say(f"heading_{key}"), style="bold underline"))

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
        together = {rule for rule, number in Counter(one.rule for one in findings).items() if number > 2}  # noqa: PLR2004
        done: set[tuple[str, str]] = set()
        for one in findings:
            if one.rule not in together:
                self.group([one])
            elif (one.rule, one.severity) not in done:
                done.add((one.rule, one.severity))
                group = one.rule, one.severity
                self.group([same for same in findings if (same.rule, same.severity) == group])

    def group(self, findings: Sequence[FindingView]) -> None:
        """One finding, or all findings of one rule: what, where, Doe nu, source."""
        first, number = findings[0], len(findings)
        head = Text()
        head.append(self.cells(findings), style="bold")
        if number == 1 and first.kpi:
            head.append(f" · KPI {visible(first.kpi)}")
        head.append(f" · {self.say(first.severity)} {first.rule}", style=_STYLES[first.severity])
        head.append(f" · {texts.title(first.rule, self.language)}")
        if number > 1:
            head.append(f" ({number}×)" if self.marks[0] == "█" else f" ({number}x)")
        self.line(head)
        for message, same in groupby(findings, key=lambda one: one.message):
            where = list(same)
            one_message = all(one.message == message for one in findings)
            self.line(message if one_message else f"{self.cells(where)}: {message}", 2)
        action = Text(f"{self.say('do_now')} ", style="bold")
        advice = first.fix if number == 1 else texts.advice(first.rule, self.language)
        action.append(visible(advice), style="not bold")
        self.line(action, 2)
        source = first.source
        self.line(Text(self.say("source", doc=source.doc, at=source.at, quote=source.quote), style="dim"), 2)
        self.line()

    def cells(self, views: Iterable[FindingView]) -> str:
        """Where: addresses in ranges, with the sheet where it is not that of the first table."""
        by_sheet: dict[str, list[str]] = {}
        for one in views:
            by_sheet.setdefault(one.sheet, []).append(one.cell)
        parts = [
            texts.cells(refs, self.language) + (f" ({visible(sheet)})" if sheet != self.sheet else "")
            for sheet, refs in by_sheet.items()
        ]
        return "; ".join(parts)

    def not_checked(self, file: FileView) -> None:
        """What was not judged, why, and what helps; cells of one reason together."""
        for (reason, remedy), (rules, cells) in by_reason(file.not_checked).items():
            head = Text(", ".join(rules), style="bold")
            head.append(f": {visible(reason)}", style="not bold")
            if cells:
                head.append(f" ({texts.cells(cells, self.language)})", style="not bold")
            self.line(head, 2)
            if remedy:
                self.line(f"{self.say('remedy')} {remedy}", 4)

    def manual(self) -> None:
        """What no program can judge."""
        if not self.run.view.manual:
            return
        self.heading("manual")
        for one in self.run.view.manual:
            self.line(one.text, indent=2, first=f"{self.marks[2]} ")
