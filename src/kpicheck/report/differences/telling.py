"""A comparison in words: what changed in each KPI, in groups, for every format that people read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpicheck import texts
from kpicheck.comparison.changes import MoneyChange, RowChanges
from kpicheck.comparison.shape import Comparison, LeftOut, SplitRow, UnclearRows
from kpicheck.comparison.terms import terms
from kpicheck.model import Payment, StartContribution
from kpicheck.report.differences.alone import alone
from kpicheck.report.differences.sentences import Line, field_line, money_line, party_lines, said, what
from kpicheck.report.differences.versions import Versions


@dataclass(frozen=True, slots=True)
class Item:
    """One KPI with what changed in it; the lines of a whole plan have no title."""

    title: str
    place: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one kind, under a heading. `number` is how many changes, or rows with changes."""

    key: str
    title: str
    items: tuple[Item, ...]


def groups(versions: Versions, found: Comparison) -> tuple[Group, ...]:
    """All changes, those of one kind together; kinds without any are left out."""
    told = {
        "changed": [_changed(versions, found, one) for one in found.rows],
        "divided": [_divided(versions, found, one) for one in found.splits],
        "added": [_alone(versions, one, alone(versions, found, one, "added")) for one in found.added],
        "dropped": [_alone(versions, one, alone(versions, found, one, "dropped")) for one in found.dropped],
        "unclear": [_unclear(versions, one) for one in found.unclear],
        "plan": [Item("", "", (line,)) for line in _plan(versions, found)],
    }
    return tuple(
        Group(key, versions.say(f"heading_{key}"), tuple(items)) for key, items in told.items() if items
    )


def counted(versions: Versions, found: Comparison, told: Sequence[Group]) -> str:
    """How many changes of each kind there are, and how many of the rows are start contributions."""
    rows = {"changed": [one.new for one in found.rows], "added": found.added, "dropped": found.dropped}
    return ", ".join(
        versions.count(f"count_{one.key}", len(one.items)) + _start(versions, rows.get(one.key, ()))
        for one in told
    )


def _start(versions: Versions, rows: Sequence[Payment]) -> str:
    number = sum(isinstance(one, StartContribution) for one in rows)
    return f" ({versions.count('count_start', number)})" if number else ""


def _changed(versions: Versions, found: Comparison, row: RowChanges) -> Item:
    place = (
        versions.say("place_both", new=row.new.row, old=row.old.row)
        if row.new.row != row.old.row
        else versions.say("place", row=row.new.row)
    )
    return Item(versions.row(row.new), place, tuple(_lines(versions, found, row)))


def _lines(versions: Versions, found: Comparison, row: RowChanges) -> Iterator[Line]:
    for one in row.changes:
        if isinstance(one, MoneyChange):
            yield money_line(versions, found, one)
        else:
            yield field_line(versions, one)


def _alone(versions: Versions, row: Payment, told: Line) -> Item:
    return Item(versions.row(row), versions.say("place", row=row.row), (told,))


def _divided(versions: Versions, found: Comparison, one: SplitRow) -> Item:
    parts = [row.old if one.merged else row.new for row in one.rows]
    named = [
        versions.say("part", name=versions.row_short(part), amount=versions.euro(part.euros))
        for part in parts
    ]
    facts = {
        "whole": versions.row_short(one.whole),
        "amount": versions.euro(one.whole.euros),
        "parts": texts.listing(named, versions.language),
    }
    shifts = tuple(party_lines(versions, found, one.parties))
    lines = [Line(versions.say("merged" if one.merged else "divided", **facts), under=shifts)]
    for row, part in zip(one.rows, parts, strict=True):
        for line in _lines(versions, found, row):
            told = versions.say("part_changed", name=versions.row_short(part), said=line.said)
            lines.append(Line(told, line.pieces, line.under))
    version = versions.side("version_new" if one.merged else "version_old")
    place = versions.say("place_in", row=one.whole.row, version=version)
    return Item(versions.row(one.whole), place, tuple(lines))


def reason(versions: Versions, one: UnclearRows) -> str:
    """Why rows cannot be compared."""
    share = texts.share(Decimal(str(one.likeness)), versions.language)
    least = texts.share(Decimal(str(terms().alike)), versions.language)
    return versions.say(f"unclear_{one.reason}", likeness=share, least=least)


def _unclear(versions: Versions, one: UnclearRows) -> Item:
    lines = [Line(reason(versions, one))]
    for key, rows in (("unclear_old", one.old), ("unclear_new", one.new)):
        named = [f"{versions.row(row)} ({', '.join(what(versions, row).values())})" for row in rows]
        lines.append(Line(versions.side(key, rows=texts.listing(named, versions.language))))
    named = [versions.row_short(row) for row in (*one.old, *one.new)]
    return Item(texts.listing(list(dict.fromkeys(named)), versions.language), "", tuple(lines))


def _plan(versions: Versions, found: Comparison) -> Iterator[Line]:
    for one in found.plan:
        sides = {"old": said(versions, one.old), "new": said(versions, one.new)}
        yield Line(versions.say(f"{one.field}_changed", **sides, year=one.year))
    for pair in found.party_changes:
        old, new = ([versions.party(one) for one in side[:1]] for side in (pair.old, pair.new))
        if old and new:
            yield Line(versions.say("party_renamed", old=old[0], new=new[0]))
        elif new:
            yield Line(versions.say("party_in", party=new[0], amount=pair.after))
        else:
            yield Line(versions.say("party_out", party=old[0], amount=pair.before))
    yield from (_left_out(versions, one) for one in found.left_out)


def _left_out(versions: Versions, one: LeftOut) -> Line:
    there, lacking = ("old", "new") if one.in_old else ("new", "old")
    version, other = versions.side(f"version_{lacking}"), versions.side(f"version_{there}")
    if one.field == "shares":
        return Line(versions.say("left_out_parties", version=version))
    field = texts.text("fields", one.field, versions.language)
    return Line(versions.say("left_out", field=field, version=version, other=other, rows=one.rows))
