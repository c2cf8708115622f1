"""The repairs of a plan as a table: each cell, what was there and what comes, and what was left alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kpicheck import texts
from kpicheck.clean import flat, masked, shown
from kpicheck.model import Value
from kpicheck.reader.formula_text import in_dutch
from kpicheck.repair.change import Change, Left, Repair
from kpicheck.repair.rounds import Repaired
from kpicheck.repair.spaces import tidy
from kpicheck.writer.cells import Calculation, Number

_CODE_AND_COMMA = len("T108,")


@dataclass(frozen=True, slots=True)
class RepairRow:
    """A cell that is repaired, in words."""

    sheet: str
    cell: str
    was: str
    becomes: str
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What is told about the repairs of one plan: `opening` above the table, `closing` behind all else."""

    repaired: Repaired
    sheet: str
    language: str
    opening: Sequence[str]
    closing: Sequence[str]

    def say(self, key: str, **facts: object) -> str:
        """A fixed text of the repairs."""
        return texts.text("fix", key, self.language, facts)

    def rows(self) -> list[RepairRow]:
        """A row for each cell, in the order of the sheet; a cell that changed twice has one."""
        found: dict[tuple[str, tuple[int, int]], list[tuple[Repair | None, Change]]] = {}
        for repair in self.repaired.repairs:
            for one in repair.changes:
                found.setdefault((one.sheet, one.place), []).append((repair, one))
        for one in self.repaired.follows:
            found.setdefault((one.sheet, one.place), []).append((None, one))
        order = sorted(found, key=lambda at: (masked(at[0]) != self.sheet, at))
        return [self._row(found[at]) for at in order]

    def _row(self, steps: Sequence[tuple[Repair | None, Change]]) -> RepairRow:
        (_, first), (repair, last) = steps[0], steps[-1]
        rules = dict.fromkeys(one.rule for one, _ in steps if one and one.rule)
        return RepairRow(
            sheet=masked(first.sheet),
            cell=first.ref,
            was=self._was(first, repair),
            becomes=self._becomes(last),
            rule=", ".join(rules) or self.say("no_rule"),
            why=self.say("safe", kind=repair.kind if repair else "follows"),
        )

    def cell(self, sheet: str, ref: str) -> str:
        """An address, with its sheet where that is not the plan's first."""
        return ref if sheet == self.sheet else self.say("cell_elsewhere", cell=ref, sheet=sheet)

    def _was(self, one: Change, repair: Repair | None) -> str:
        if repair and repair.kind in ("spaces", "label") and isinstance(one.was, str):
            return f'"{_marked(one.was)}"'
        return self._value(one.was)

    def _becomes(self, one: Change) -> str:
        content = one.content
        if isinstance(content, Calculation):
            return flat(in_dutch(content.formula) if self.language == "nl" else content.formula)
        if isinstance(content, Number) and content.day:
            return texts.day(content.day, self.language)
        return self._value(content.value)

    def _value(self, value: Value) -> str:
        if isinstance(value, Decimal):
            return texts.euro(value, self.language)
        return f'"{flat(str(value))}"' if isinstance(value, str) else ""

    def left(self) -> Iterator[tuple[str, str, str, str]]:
        """Cells that are left alone for one reason: where, the rule, why, and what to do."""
        grouped: dict[tuple[str, str, str], dict[str, list[str]]] = {}
        for one in self.repaired.left:
            facts = self._facts(one)
            why, do = (
                texts.text("fix", key, self.language, {**facts, "kind": one.reason.kind})
                for key in ("reason", "do")
            )
            key = one.rule or self.say("no_rule"), why, do
            grouped.setdefault(key, {}).setdefault(one.sheet, []).append(one.cell)
        for (rule, why, do), sheets in grouped.items():
            where = [self.cell(sheet, texts.cells(refs, self.language)) for sheet, refs in sheets.items()]
            yield "; ".join(where), rule, why, do

    def _named(self, fact: object) -> object:
        """A fact in words where it has none: a blank cell, and what is true or not."""
        if fact is None:
            return self.say("blank")
        return self.say("true" if fact else "false") if isinstance(fact, bool) else fact

    def _facts(self, one: Left) -> Mapping[str, object]:
        facts = {name: self._named(fact) for name, fact in one.reason.facts.items()}
        if facts.get("on") not in (None, one.sheet):
            facts["at"] = self.say("cell_elsewhere", cell=facts["at"], sheet=facts["on"])
        return facts


def show(report: RepairReport) -> None:
    """Print the repairs on stdout, as wide as the terminal and 80 columns where there is none."""
    console = Console(soft_wrap=False, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = 80
    with console.capture() as captured:
        _write(console, report)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))
    sys.stdout.flush()


def _write(console: Console, report: RepairReport) -> None:
    for number, line in enumerate(report.opening):
        _line(console, Text(line, style="" if number else "bold"))
    rows = report.rows()
    for sheet, same in groupby(rows, key=lambda row: row.sheet):
        console.print()
        if sheet != report.sheet:
            _line(console, Text(report.say("on_sheet", sheet=sheet), style="bold"))
        console.print(_table(list(same), report))
    if rows:
        console.print()
        if any("·" in row.was for row in rows):
            _line(console, Text(report.say("marks"), style="dim"))
        _line(console, Text(report.say("proof")))
    left = list(report.left())
    if left:
        console.print()
        _line(console, Text(report.say("heading_left"), style="bold underline"))
    for where, rule, why, do in left:
        _line(console, Text.assemble((where, "bold"), f" · {rule}: {why}"), 2)
        _line(console, Text.assemble((texts.text("report", "do_now", report.language), "bold"), f" {do}"), 4)
    console.print()
    for line in report.closing:
        _line(console, Text(line))


def _line(console: Console, said: Text, indent: int = 0) -> None:
    """One paragraph, wrapped and indented, without spaces at the ends of its lines."""
    for one in said.wrap(console, max(console.width - indent, 1)):
        one.rstrip()
        console.print(Text(" " * indent).append_text(one))


def _table(rows: Sequence[RepairRow], report: RepairReport) -> Table:
    """The repairs of one sheet."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), expand=True)
    rule = report.say("rule")
    widest = max(len(row.cell) for row in rows), max(len(rule), _CODE_AND_COMMA)
    table.add_column(Text(report.say("cell")), min_width=widest[0])
    table.add_column(Text(report.say("was")), ratio=5, overflow="fold")
    table.add_column(Text(report.say("becomes")), ratio=6, overflow="fold")
    table.add_column(Text(rule), width=widest[1])
    table.add_column(Text(report.say("why")), ratio=4, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, (row.cell, row.was, row.becomes, row.rule, row.why)))
    return table


def _marked(typed: str) -> str:
    """The text with a · for every space that goes or is not an ordinary one."""
    better = tidy(typed)
    marked, here = "", 0
    for sign in typed:
        if here < len(better) and sign == better[here]:
            marked += sign
            here += 1
        elif here < len(better) and better[here] == " " and sign.isspace():
            marked += "·"
            here += 1
        else:
            marked += "·"
    return shown(marked).replace("\n", " ")
