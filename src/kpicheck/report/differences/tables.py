"""Old and new beside each other in tables: the plan in short, parties, half-years and what comes earlier."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpicheck import texts
from kpicheck.comparison.money import Half
from kpicheck.comparison.parties import PartyPair
from kpicheck.comparison.shape import Comparison
from kpicheck.report.differences.versions import Versions
from kpicheck.report.figures import Figure
from kpicheck.report.telling import SEVERITIES, counts

_DECIMALS = 3  # of a share, as it is shown: 77,5%


def tables(versions: Versions, found: Comparison) -> tuple[Figure, ...]:
    """All tables; those of parties and half-years where there is something in them."""
    every = (
        _short(versions, found),
        _parties(versions, found),
        _halves(versions, found),
        earlier(versions, found),
    )
    return tuple(one for one in every if one.rows or one.key == "earlier")


def _unread(versions: Versions, found: Comparison, field: str) -> str:
    """Which amounts are not counted, because they cannot be read."""
    told = []
    for one in found.unread:
        if one.field == field:
            version = versions.side("version_old" if one.in_old else "version_new")
            key = f"uncounted_{'one' if len(one.cells) == 1 else 'many'}"
            where = texts.cells(one.cells, versions.language)
            told.append(versions.say(key, version=version, number=len(one.cells), cells=where))
    return " ".join(told)


def _heads(versions: Versions, first: str) -> tuple[str, ...]:
    return (
        versions.say(f"column_{first}"),
        versions.side("old"),
        versions.side("new"),
        versions.say("column_difference"),
    )


def _short(versions: Versions, found: Comparison) -> Figure:
    rows = [*_money(versions, found), _share(versions, found), *_numbers(versions)]
    heads = _heads(versions, "what")
    return Figure(
        "short", versions.say("heading_short"), _unread(versions, found, "total"), heads, tuple(rows)
    )


def _money(versions: Versions, found: Comparison) -> Iterator[tuple[str, ...]]:
    for one in ("total", "effort", "result", "untyped"):
        old, new = getattr(found.before, one), getattr(found.after, one)
        if old or new or one != "untyped":
            yield versions.say(f"short_{one}"), *_beside(versions, old, new)


def _beside(versions: Versions, old: Decimal, new: Decimal) -> tuple[str, str, str]:
    return versions.euro(old), versions.euro(new), versions.more(new - old)


def _share(versions: Versions, found: Comparison) -> tuple[str, ...]:
    limit = versions.max_share
    name = (
        versions.say("short_share_limit", limit=limit) if limit is not None else versions.say("short_share")
    )
    shares = [one.effort_share for one in (found.before, found.after)]
    told = ["–" if one is None else texts.share(one, versions.language) for one in shares]
    if shares[0] is None or shares[1] is None:
        return name, *told, "–"
    more = round(shares[1], _DECIMALS) - round(shares[0], _DECIMALS)
    points = texts.share(abs(more), versions.language).removesuffix("%")
    sign = "+" if more > 0 else "-"
    return name, *told, versions.say("points", points=f"{sign} {points}") if more else "–"


def _numbers(versions: Versions) -> Iterator[tuple[str, ...]]:
    files = [one.file for one in versions.sides]
    kpis = [one.plan.kpis if one.plan else 0 for one in files]
    yield versions.say("short_kpis"), *_counted(kpis[0], kpis[1])
    for level in SEVERITIES:
        numbers = [counts(one)[level] for one in files]
        yield versions.say(f"short_{level}s"), *_counted(numbers[0], numbers[1])


def _counted(old: int, new: int) -> tuple[str, str, str]:
    return str(old), str(new), f"{'+' if new > old else '-'} {abs(new - old)}" if new != old else "–"


def _parties(versions: Versions, found: Comparison) -> Figure:
    rows = tuple(_party(versions, one) for one in found.parties)
    return Figure(
        "parties",
        versions.say("heading_parties"),
        _unread(versions, found, "shares"),
        _heads(versions, "party"),
        rows,
    )


def _party(versions: Versions, pair: PartyPair) -> tuple[str, ...]:
    name = versions.party((pair.new or pair.old)[0])
    sums = [
        versions.euro(amount) if side else "–"
        for side, amount in ((pair.old, pair.before), (pair.new, pair.after))
    ]
    return name, *sums, versions.more(pair.after - pair.before)


def _halves(versions: Versions, found: Comparison) -> Figure:
    rows = tuple((half_name(versions, one), *_beside(versions, one.old, one.new)) for one in found.halves)
    period = texts.text("glance", "column_period", versions.language)
    heads = (period, *_heads(versions, "what")[1:])
    return Figure("halves", versions.say("heading_halves"), _unread(versions, found, "total"), heads, rows)


def half_name(versions: Versions, one: Half) -> str:
    """A half-year in words, or that there is no date."""
    if one.year is None:
        return texts.text("glance", "undated", versions.language)
    return texts.text("glance", f"half_{one.half}", versions.language, {"year": one.year})


def earlier(versions: Versions, found: Comparison) -> Figure:
    """The KPIs that are paid earlier, and when most more is paid than in the old version."""
    version = versions.side("version_old")
    if found.earlier:
        told = [versions.say("earlier_some", amount=found.earlier_amount, version=version)]
    else:
        told = [versions.say("earlier_none")]
    if found.ahead:
        told.append(versions.say("ahead", day=found.ahead.day, amount=found.ahead.amount, version=version))
    else:
        told.append(versions.say("ahead_none", version=version))
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
    return Figure("earlier", versions.say("heading_earlier"), " ".join(told), heads, rows)
