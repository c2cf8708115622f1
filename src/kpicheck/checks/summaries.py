"""A204: a summary block agrees with itself, with the other block and with the rows."""

from collections.abc import Callable, Iterator, Sequence
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
    return _added([line.figure(name) for line in _parts(summary)])


def _both_types(line: SummaryLine) -> Decimal | None:
    """Effort and result of a line added up; None where the block does not give both."""
    halves = [line.figure("effort"), line.figure("result")]
    return None if None in halves else _added(halves)


def _added(figures: Sequence[Field[Decimal] | None]) -> Decimal | None:
    """The figures that are filled in, added up; None where there are none, or one is not to be read."""
    filled = [one for one in figures if one is not None and not one.blank]
    values = [one.value for one in filled if one.value is not None]
    return sum(values, ZERO) if values and len(values) == len(filled) else None


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
        both = _both_types(line)
        for name, found, stated in _figures(line, "total"):
            if both is not None and differ(stated, both, name):
                yield _problem(found, "effort-and-result", line, name, both)
        money = any(found.filled and found.value != 0 for name, found in line.figures if name in _AMOUNTS)
        for name, found, stated in _figures(line, "count"):
            if stated and not money:
                yield _problem(found, "no-budget", line, name, ZERO)


def _shares(summary: Summary, share_tolerance: Decimal) -> Problems:
    """A percentage is the share it says it is, give or take the rounding of the display."""
    total = _total_line(summary)
    whole = (total and _value(total, "total")) or _sum(summary, "total")
    for line in summary.lines:
        own = _value(line, "total")
        of = {"share": (own, whole), "effort_share": (_value(line, "effort"), own)}
        of |= {"result_share": (_value(line, "result"), own)}
        for name, found, stated in _figures(line, *of):
            part, base = of[name]
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
    for line in (line for summary in plan.summaries for line in summary.lines):
        about = _about(line)
        if about is None or line in missing or (missing and line.kind != "section"):
            continue
        whole = [row for row in plan.payments if about(row)]
        sheet = [row for row in whole if row.sheet == line.cell.sheet]
        accepted = [*_accepted(whole), *_accepted(sheet)]
        for name, found, stated in _figures(line, "count", *_AMOUNTS):
            sums = [value for known, value in accepted if known == name]
            if all(differ(stated, one, name) for one in sums):
                yield _problem(found, "rows", line, name, sums[0])


def _about(line: SummaryLine) -> Callable[[Payment], bool] | None:
    """Which rows a line is about; None where it is about none of the table."""
    match line.kind:
        case "section":
            return lambda row: row.section == line.section
        case "effort" | "result":
            return lambda row: row.type.value is Kind(line.kind)
        case "total":
            return lambda _: True
    return None


def _accepted(rows: Sequence[Payment]) -> Iterator[tuple[str, Decimal]]:
    """The figures a line about those rows may show; its total may leave start contributions out."""
    kpis = [row for row in rows if isinstance(row, Kpi)]
    yield "count", Decimal(len(kpis))
    yield "total", euros(kpis)
    yield "total", euros(rows)
    for kind in Kind:
        yield kind.value, euros([row for row in rows if row.type.value is kind])
