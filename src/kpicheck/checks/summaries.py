"""A204: a summary block agrees with itself, with the other block and with the rows."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from kpicheck.finding import Problem, Problems
from kpicheck.model import ZERO, Field, Kind, Kpi, Payment, Plan, Summary, SummaryLine, euros
from kpicheck.registry import check

_AMOUNTS = ("total", "effort", "result")


@check("A204", per=Plan, reads=("total",))
def summary_mismatch(plan: Plan, *, tolerance: Decimal, share_tolerance: Decimal) -> Problems:
    """A summary block disagrees with the rows, with the other block or with itself.

    Bad:
        [boven]
        | KPI's                   | Aantal | Budget | Procent |
        | Inspanningsverplichting | 1      | 7002   | 70%     | <- 7002
        | Resultaatverplichting   | 1      | 3000   | 30%     |
        | Totaal                  | 2      | 10002  | 100%    | <- 10002
        [Mijlpalen]
        | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
        | Inspanningsverplichting               | 7000           |
        | Resultaatsverplichting                | 3000           |
    Bad:
        [boven]
        | KPI's                   | Aantal | Budget | Procent |
        | Inspanningsverplichting | 1      | 7000   | 70,6%   | <- 70,6%
        | Resultaatverplichting   | 1      | 3000   | 30%     |
        | Totaal                  | 3      | 10000  |         | <- 3
        [Mijlpalen]
        | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
        | Inspanningsverplichting               | 7000           |
        | Resultaatsverplichting                | 3000           |
    Good:
        [boven]
        | KPI's                   | Aantal | Budget | Procent |
        | Inspanningsverplichting | 1      | 7001   | 70,5%   |
        | Resultaatverplichting   | 1      | 3000   | 30%     |
        | Totaal                  | 2      | 10000  |         |
        [Mijlpalen]
        | Resultaat- of inspanningsverplichting | (totaal)Bedrag |
        | Inspanningsverplichting               | 7000           |
        | Resultaatsverplichting                | 3000           |
    """

    def differ(stated: Decimal, other: Decimal, name: str) -> bool:
        return abs(stated - other) > (ZERO if name == "count" else tolerance)

    for summary in plan.summaries:
        yield from _sums(summary, differ)
        yield from _shares(summary, share_tolerance)
    yield from _blocks(plan.summaries, differ)
    yield from _rows(plan, differ)


Differ = Callable[[Decimal, Decimal, str], bool]


def _problem(figure: Field[Decimal], kind: str, line: SummaryLine, name: str, other: Decimal) -> Problem:
    stated = figure.value if figure.value is not None else ZERO
    return Problem(
        figure,
        kind=kind,
        label=line.label,
        figure=name,
        stated=stated,
        expected=other,
        difference=abs(stated - other),
    )


def _parts(summary: Summary) -> tuple[SummaryLine, ...]:
    return tuple(line for line in summary.lines if line.kind != "total")


def _total_line(summary: Summary) -> SummaryLine | None:
    return next((line for line in summary.lines if line.kind == "total"), None)


def _value(line: SummaryLine, name: str) -> Decimal | None:
    found = line.figure(name)
    return found.value if found else None


def _sum(summary: Summary, name: str) -> Decimal | None:
    """The lines of a block added up; None where the block does not give that figure."""
    values = [value for line in _parts(summary) if (value := _value(line, name)) is not None]
    return sum(values, ZERO) if values else None


def _figures(line: SummaryLine, *names: str) -> Iterator[tuple[str, Field[Decimal], Decimal]]:
    for name, found in line.figures:
        if name in names and found.value is not None:
            yield name, found, found.value


def _sums(summary: Summary, differ: Differ) -> Problems:
    """The lines add up to the total line; effort and result add up to the budget of a line."""
    total = _total_line(summary)
    if total is not None:
        for name, found, stated in _figures(total, "count", *_AMOUNTS):
            parts = _sum(summary, name)
            if parts is not None and differ(stated, parts, name):
                yield _problem(found, "sum-of-lines", total, name, parts)
    for line in _parts(summary):
        effort, result = _value(line, "effort"), _value(line, "result")
        for name, found, stated in _figures(line, "total"):
            if (effort is not None or result is not None) and differ(
                stated, (effort or ZERO) + (result or ZERO), name
            ):
                yield _problem(found, "effort-and-result", line, name, (effort or ZERO) + (result or ZERO))
        if _value(line, "count") and not any(_value(line, name) for name in _AMOUNTS):
            count = line.figure("count")
            if count is not None:
                yield _problem(count, "no-budget", line, "count", ZERO)


def _shares(summary: Summary, share_tolerance: Decimal) -> Problems:
    """A percentage is the share it says it is, give or take the rounding of the display."""
    total = _total_line(summary)
    whole = (_value(total, "total") if total else None) or _sum(summary, "total")
    for line in summary.lines:
        of = {"share": ("total", whole), "effort_share": ("effort", None), "result_share": ("result", None)}
        for name, found, stated in _figures(line, *of):
            part_name, base = of[name]
            part, base = _value(line, part_name), base or _value(line, "total")
            if part is not None and base and abs(stated - part / base) > share_tolerance:
                yield _problem(found, "share", line, name, part / base)


def _blocks(summaries: tuple[Summary, ...], differ: Differ) -> Problems:
    """The block by type and the block by section count the same KPIs and the same money."""
    by_type = next((one for one in summaries if one.by == "type"), None)
    by_section = next((one for one in summaries if one.by == "section"), None)
    line = _total_line(by_type) if by_type else None
    if line is None or by_section is None:
        return
    for name, found, stated in _figures(line, "count", "total"):
        other = _sum(by_section, name)
        if other is not None and differ(stated, other, name):
            yield _problem(found, "other-block", line, name, other)


def _rows(plan: Plan, differ: Differ) -> Problems:
    """The figures of a block are those of the rows, section by section and type by type."""
    known = {row.section for row in plan.payments} | {one.number for one in plan.sections}
    missing = [
        line
        for one in plan.summaries
        for line in one.lines
        if line.kind == "section" and line.section not in known
    ]
    if missing:
        first = missing[0]
        yield Problem(
            first,
            kind="sections-without-rows",
            label=first.label,
            figure="count",
            stated=ZERO,
            expected=ZERO,
            difference=ZERO,
            labels=[line.label for line in missing],
            related=tuple(missing[1:]),
        )
    for summary in plan.summaries:
        for line in summary.lines:
            rows = _rows_of(plan, line)
            if rows is not None and not (missing and line.kind != "section"):
                yield from _compare(line, rows, differ)


def _rows_of(plan: Plan, line: SummaryLine) -> list[Payment] | None:
    """The rows a line is about; None where it is about none of the table."""
    match line.kind:
        case "section":
            rows = [row for row in plan.payments if row.section == line.section]
            return rows or None
        case "effort" | "result":
            return [row for row in plan.payments if row.type.value is Kind(line.kind)]
        case "total":
            return list(plan.payments)
    return None


def _compare(line: SummaryLine, rows: list[Payment], differ: Differ) -> Problems:
    kpis: list[Payment] = [row for row in rows if isinstance(row, Kpi)]
    accepted = {
        "count": (Decimal(len(kpis)),),
        "total": (euros(kpis), euros(rows)),
        "effort": (euros([row for row in rows if row.type.value is Kind.EFFORT]),),
        "result": (euros([row for row in rows if row.type.value is Kind.RESULT]),),
    }
    for name, found, stated in _figures(line, *accepted):
        if all(differ(stated, one, name) for one in accepted[name]):
            yield _problem(found, "rows", line, name, accepted[name][0])
