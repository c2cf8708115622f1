"""Old and new beside each other in tables: the plan in short, parties, half-years and what comes earlier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kpicheck import texts
from kpicheck.comparison.money import Half
from kpicheck.comparison.parties import PartyPair
from kpicheck.comparison.shape import Comparison
from kpicheck.report.differences.sooner import earlier
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


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure of both versions: an amount in euro, a share of 1, or a number."""

    look: Literal["euro", "share", "number"]
    name: str
    old: Decimal | None
    new: Decimal | None


def in_short(versions: Versions, found: Comparison) -> Iterator[Beside]:
    """The figures of both plans as a whole."""
    for one in ("total", "effort", "result", "untyped"):
        old, new = getattr(found.before, one), getattr(found.after, one)
        if old or new or one != "untyped":
            yield Beside("euro", versions.say(f"short_{one}"), old, new)
    limit = versions.max_share
    name = versions.say("short_share") if limit is None else versions.say("short_share_limit", limit=limit)
    yield Beside("share", name, found.before.effort_share, found.after.effort_share)
    files = [one.file for one in versions.sides]
    kpis = [Decimal(one.plan.kpis if one.plan else 0) for one in files]
    yield Beside("number", versions.say("short_kpis"), kpis[0], kpis[1])
    for level in SEVERITIES:
        numbers = [Decimal(counts(one)[level]) for one in files]
        yield Beside("number", versions.say(f"short_{level}s"), numbers[0], numbers[1])


def _short(versions: Versions, found: Comparison) -> Figure:
    rows = tuple((one.name, *_told(versions, one)) for one in in_short(versions, found))
    heads = _heads(versions, "what")
    return Figure("short", versions.say("heading_short"), _unread(versions, found, "total"), heads, rows)


def _told(versions: Versions, one: Beside) -> tuple[str, str, str]:
    if one.look == "share":
        return _shares(versions, one.old, one.new)
    old, new = one.old or Decimal(0), one.new or Decimal(0)
    return _beside(versions, old, new) if one.look == "euro" else _counted(int(old), int(new))


def _beside(versions: Versions, old: Decimal, new: Decimal) -> tuple[str, str, str]:
    return versions.euro(old), versions.euro(new), versions.more(new - old)


def _shares(versions: Versions, *shares: Decimal | None) -> tuple[str, str, str]:
    old, new = ("–" if one is None else texts.share(one, versions.language) for one in shares)
    if shares[0] is None or shares[1] is None:
        return old, new, "–"
    more = round(shares[1], _DECIMALS) - round(shares[0], _DECIMALS)
    points = texts.share(abs(more), versions.language).removesuffix("%")
    sign = "+" if more > 0 else "-"
    return old, new, versions.say("points", points=f"{sign} {points}") if more else "–"


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
