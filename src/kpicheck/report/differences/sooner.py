"""Money that comes earlier than in the old version: the peak first, then the KPIs, then what lies outside."""

from __future__ import annotations

from collections.abc import Iterator

from kpicheck.comparison.shape import Comparison
from kpicheck.report.differences.versions import Versions
from kpicheck.report.figures import Figure


def earlier(versions: Versions, found: Comparison) -> Figure:
    """When most more is paid than in the old version, and the KPIs that are paid earlier."""
    rows = tuple(
        (
            versions.row(one.new),
            versions.day(one.old.date.value),
            versions.day(one.new.date.value),
            str(one.days),
            versions.euro(one.amount),
        )
        for one in found.earlier
    )
    heads = tuple(versions.say(f"column_{one}") for one in ("kpi", "from", "to", "days", "amount"))
    said = " ".join(_said(versions, found))
    return Figure("earlier", versions.say("heading_earlier"), said, heads, rows)


def _said(versions: Versions, found: Comparison) -> Iterator[str]:
    version = versions.side("version_old")
    if found.ahead:
        yield versions.say("ahead", day=found.ahead.day, amount=found.ahead.amount, version=version)
    else:
        yield versions.say("ahead_none", version=version)
    if found.earlier:
        yield versions.say("earlier_some", amount=found.earlier_amount, version=version)
    else:
        yield versions.say("earlier_none")
    if found.ahead or found.earlier:
        yield versions.say("prefinancing")
    if found.unclear:
        yield versions.count("outside_unclear", sum(len(one.new) for one in found.unclear))
    yield from (
        versions.say(
            "outside_undated",
            old=one.old,
            new=one.new,
            version=version,
            other=versions.side("version_new"),
        )
        for one in found.halves
        if one.year is None
    )
