"""The console report: verdict first, then findings by row, not checked, zelf nagaan, counts."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from rich.console import Console
from rich.text import Text

from kpicheck import texts
from kpicheck.clean import shown, visible
from kpicheck.finding import Finding, Report
from kpicheck.report.shape import FileView, FindingView, NotCheckedView, RunView

_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_BAR = 40
_LONG_NAME = 60


def show(view: RunView, reports: Sequence[Report], language: str) -> None:
    """Print the report on stdout, as wide as the terminal and 80 columns where there is none."""
    console = Console(soft_wrap=False, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = 80
    with console.capture() as captured:  # rich ends the process itself when a pipe closes
        _Writer(console, language).run(view, reports)
    sys.stdout.write(captured.get())
    sys.stdout.flush()


def to_text(view: RunView, reports: Sequence[Report], language: str, *, width: int) -> str:
    """The report as plain text."""
    target = io.StringIO()
    console = Console(file=target, width=width, highlight=False, emoji=False, markup=False, no_color=True)
    _Writer(console, language).run(view, reports)
    return target.getvalue()


class _Writer:
    """Writes one report; foreign text only ever enters as rich Text, never as markup."""

    def __init__(self, console: Console, language: str) -> None:
        self.console = console
        self.language = language
        self.sheet = ""
        self.ruleset = ""
        encoding = (console.encoding or "utf-8").lower()
        self.marks = ("█", "░", "•") if encoding.startswith("utf") else ("#", "-", "-")

    def say(self, key: str, **facts: object) -> str:
        """A fixed text of the report."""
        return texts.text("report", key, self.language, facts)

    def line(self, text: str | Text = "", indent: int = 0, first: str = "") -> None:
        """One paragraph, wrapped and indented; `first` stands before its first line."""
        content = text if isinstance(text, Text) else Text(visible(text))
        margin = indent + len(first)
        for number, wrapped in enumerate(content.wrap(self.console, max(self.console.width - margin, 1))):
            before = " " * indent + (first if number == 0 else " " * len(first))
            wrapped.rstrip()
            self.console.print(Text(before).append_text(wrapped) if before else wrapped)

    def run(self, view: RunView, reports: Sequence[Report]) -> None:
        """Every file that was judged, then the counts over all files."""
        self.ruleset = view.ruleset.name
        judged = [(file, report) for file, report in zip(view.files, reports, strict=True) if file.plan]
        for file, report in judged:
            self.file(file, report)
        if judged:
            self.manual(view)
        if len(view.files) > 1:
            self.line()
            self.line(Text(self.say("all_files", **view.summary.model_dump()), style="bold"))

    def file(self, file: FileView, report: Report) -> None:
        """Verdict, plan, findings, not checked, what was checked."""
        counts = {
            name: sum(1 for one in file.findings if one.severity == name)
            for name in ("error", "warning", "info")
        }
        key = (
            "verdict_error"
            if counts["error"]
            else "verdict_warning"
            if counts["warning"]
            else "verdict_clean"
        )
        key = "verdict_crashed" if file.error else key
        style = (
            "bold red"
            if counts["error"] or file.error
            else "bold yellow"
            if counts["warning"]
            else "bold green"
        )
        numbers = {name: self.number(name, number) for name, number in counts.items()}
        self.sheet = file.sheet or ""
        self.line(Text(self.say(key, **numbers), style=style))
        self.about(file)
        self.tables(report)
        if file.error:
            self.line(Text(visible(f"{file.error.message} {file.error.fix}"), style="red"))
        if file.findings:
            self.heading("findings")
            self.findings(file.findings, report.findings)
        if file.not_checked:
            self.heading("not_checked")
            self.not_checked(file.not_checked)
        self.heading("checked")
        self.line(
            self.say(
                "checked_rules",
                number=len(report.checked),
                ruleset=self.ruleset,
                rules=", ".join(report.checked),
            ),
            2,
        )
        for rule, limits, why in report.agreements:
            self.line(self.say("agreed", rule=rule, limits=limits, reason=why), 2)
        skipped = len({one.rule for one in file.not_checked} - set(report.checked))
        self.line(self.say("counts", skipped=skipped, **numbers), 2)

    def number(self, name: str, number: int) -> str:
        """'1 fout', '2 fouten'."""
        return self.say(f"{name}_{'one' if number == 1 else 'many'}", number=number)

    def heading(self, key: str) -> None:
        """A blank line and a heading."""
        self.line()
        self.line(Text(self.say(f"heading_{key}"), style="bold underline"))

    def about(self, file: FileView) -> None:
        """Which plan this is, and the 70/30 bar."""
        plan = file.plan
        if plan is None or file.rows is None:
            return
        where = self.say(
            "about",
            file=shown(file.path.replace("\\", "/").rsplit("/", 1)[-1]),
            sheet=file.sheet or "",
            kpis=plan.kpis,
            total=texts.euro(Decimal(plan.total), self.language),
        )
        self.line(where)
        if plan.effort_share is None:
            return
        share = Decimal(plan.effort_share)
        filled = min(_BAR, int(share * _BAR + Decimal("0.5")))
        bar = self.marks[0] * filled + self.marks[1] * (_BAR - filled)
        spoken = texts.share(share, self.language)
        self.line(f"{self.say('effort')} {bar} {spoken}")

    def tables(self, report: Report) -> None:
        """Which tables were read as one plan, and which were not counted again."""
        read = report.plan.tables if report.plan else ()
        parts = [one for one in read if one.role == "part"]
        if len(parts) > 1:
            named = ", ".join(self.say("table", sheet=one.cell.sheet, kpis=one.kpis) for one in parts)
            self.line(self.say("one_plan", tables=named))
        copies = dict.fromkeys(one.cell.sheet for one in read if one.role == "copy")
        if copies:
            self.line(self.say("copies", sheets=", ".join(copies)))

    def findings(self, views: Sequence[FindingView], findings: Sequence[Finding]) -> None:
        """In sheet order; three or more of one rule stand together at the first of them."""
        together = {rule for rule in {one.rule for one in views} if sum(v.rule == rule for v in views) > 2}  # noqa: PLR2004
        done: set[tuple[str, str]] = set()
        for view, finding in zip(views, findings, strict=True):
            group = view.rule, view.severity
            if group in done:
                continue
            if view.rule in together:
                done.add(group)
                pairs = [
                    pair
                    for pair in zip(views, findings, strict=True)
                    if (pair[0].rule, pair[0].severity) == group
                ]
            else:
                pairs = [(view, finding)]
            self.group(pairs)

    def group(self, pairs: Sequence[tuple[FindingView, Finding]]) -> None:
        """One finding, or all findings of one rule: what, where, Doe nu, source."""
        first = pairs[0][0]
        head = Text()
        head.append(self.cells(pair[0] for pair in pairs), style="bold")
        if len(pairs) == 1 and first.kpi:
            head.append(f" · KPI {visible(first.kpi)}")
        head.append(f" · {self.say(first.severity)} {first.rule}", style=_STYLES[first.severity])
        head.append(f" · {texts.title(first.rule, self.language)}")
        if len(pairs) > 1:
            head.append(f" ({len(pairs)}×)" if self.marks[0] == "█" else f" ({len(pairs)}x)")
        self.line(head)
        for message, same in groupby(pairs, key=lambda pair: pair[0].message):
            where = [pair[0] for pair in same]
            one_message = all(pair[0].message == message for pair in pairs)
            self.line(message if one_message else f"{self.cells(where)}: {message}", 2)
        action = Text(f"{self.say('do_now')} ", style="bold")
        advice = first.fix if len(pairs) == 1 else texts.advice(first.rule, self.language)
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

    def not_checked(self, entries: Sequence[NotCheckedView]) -> None:
        """What was not judged, why, and what helps; cells of one reason together."""
        grouped: dict[tuple[str, str | None], list[NotCheckedView]] = {}
        for one in entries:
            grouped.setdefault((one.reason, one.remedy), []).append(one)
        for (reason, remedy), same in grouped.items():
            rules = ", ".join(dict.fromkeys(one.rule for one in same))
            refs = list(dict.fromkeys(one.cell for one in same if one.cell))
            head = Text(f"{rules}", style="bold")
            head.append(f": {visible(reason)}", style="not bold")
            if refs:
                head.append(f" ({texts.cells(refs, self.language)})", style="not bold")
            self.line(head, 2)
            if remedy:
                self.line(f"{self.say('remedy')} {remedy}", 4)

    def manual(self, view: RunView) -> None:
        """What no program can judge."""
        if not view.manual:
            return
        self.heading("manual")
        for one in view.manual:
            self.line(one.text, indent=2, first=f"{self.marks[2]} ")
