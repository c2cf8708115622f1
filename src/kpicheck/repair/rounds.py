"""All safe repairs of a workbook: round after round, until what was repaired makes nothing more possible."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from kpicheck.allowance import Exceeded
from kpicheck.model import Plan, row_shares
from kpicheck.reader import read
from kpicheck.reader.package import open_package
from kpicheck.reader.parts import read_book
from kpicheck.reader.places import Place
from kpicheck.reader.workbook import Book
from kpicheck.repair.change import Address, Change, Left, Proposals, Reason, Repair, Target
from kpicheck.repair.effects import Formulas, Unsafe
from kpicheck.repair.formulas import RULE as OVERWRITTEN
from kpicheck.repair.formulas import overwritten
from kpicheck.repair.labels import RULE as MIXED
from kpicheck.repair.labels import mixed_labels
from kpicheck.repair.looks import Around
from kpicheck.repair.proof import essence
from kpicheck.repair.spaces import stray_spaces
from kpicheck.repair.trial import Bench, Proven
from kpicheck.repair.values import RULE as AS_TEXT
from kpicheck.repair.values import values_as_text
from kpicheck.report.shape import FileView
from kpicheck.writer.names import known_names
from kpicheck.writer.repaired import opened
from kpicheck.writer.splicing import Unpatchable

RULES = (AS_TEXT, MIXED, OVERWRITTEN)
_MOST_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Repaired:
    """What came of it: the copy (the workbook itself where nothing is repaired) and its judgement.

    `follows` are the results of formulas that change along.
    """

    repairs: tuple[Repair, ...]
    follows: tuple[Change, ...]
    left: tuple[Left, ...]
    data: bytes
    file: FileView


def repaired_plan(
    data: bytes, file: FileView, check: Callable[[bytes], FileView], rules: Collection[str], *, spaces: bool
) -> Repaired:
    """The workbook with all that is repaired safely; `file` is its judgement, `check` judges a copy alike.

    Only findings of the rules are repaired; `spaces` says whether spaces without a finding are too.
    Raises Unpatchable where the workbook cannot be changed without a risk.
    """
    try:
        return _rounds(Repaired((), (), (), data, file), check, rules, spaces=spaces)
    except (Exceeded, MemoryError) as error:
        raise Unpatchable("size") from error


def _rounds(
    done: Repaired, check: Callable[[bytes], FileView], rules: Collection[str], *, spaces: bool
) -> Repaired:
    for _ in range(_MOST_ROUNDS):
        proven, left = _round(done, check, rules, spaces=spaces)
        done = Repaired(
            done.repairs + proven.repairs, done.follows + proven.follows, left, proven.data, proven.file
        )
        if not proven.repairs:
            break
    return done


def _round(
    done: Repaired, check: Callable[[bytes], FileView], rules: Collection[str], *, spaces: bool
) -> tuple[Proven, tuple[Left, ...]]:
    """One round: what may be repaired, what goes together, what stays."""
    package = opened(done.data)
    names = known_names(package)
    book, plan = read_book(open_package(done.data)), read(done.data)
    formulas, own = Formulas(book, names), set(_own(plan))
    findings = {(one.rule, one.sheet, one.cell) for one in done.file.findings if one.rule in rules}
    found = values_as_text(book, plan, findings) + mixed_labels(plan, findings)
    if spaces:
        found += _without_taken(stray_spaces(plan), found)
    found += overwritten(book, plan, formulas, findings)
    around = Around(package, book, names, found.repairs)
    possible, left = [], list(found.left)
    for repair in _where_shown(found.repairs, book):
        reason = around.refuses(repair) or _alone(repair, formulas, own)
        if reason is None:
            possible.append(repair)
        else:
            left.append(_left(repair, reason))
    bench = Bench(done.data, done.file, essence(plan), formulas, own, check)
    proven, dropped = bench.most(possible)
    left += [_left(repair, reason) for repair, reason in dropped]
    return proven, (*left, *_unseen(findings, found))


def _where_shown(repairs: Iterable[Repair], book: Book) -> Iterator[Repair]:
    """The repairs without the cells that lie hidden under merged ones: those hold nothing themselves."""
    merged = {one.name: one.merged for one in book.sheets}
    for repair in repairs:
        changes = tuple(one for one in repair.changes if not _covered(one.place, merged[one.sheet]))
        if changes:
            yield replace(repair, changes=changes)


def _covered(place: Place, merged: Iterable[tuple[int, int, int, int]]) -> bool:
    row, column = place
    return any(
        top <= row <= bottom and left <= column <= right and place != (top, left)
        for top, left, bottom, right in merged
    )


def _without_taken(found: Proposals, others: Proposals) -> Proposals:
    """The repairs of cells that no other repair is about."""
    taken = {one.address for repair in others.repairs for one in repair.changes}
    return Proposals(tuple(one for one in found.repairs if one.changes[0].address not in taken))


def _alone(repair: Repair, formulas: Formulas, own: Collection[Address]) -> Reason | None:
    """What speaks against a repair by what becomes of formulas, before it is tried."""
    try:
        formulas.after(repair.changes, own)
    except Unsafe as unsafe:
        return unsafe.reason
    return None


def _left(repair: Repair, reason: Reason) -> Left:
    if repair.target:
        return Left(*repair.target, reason)
    first = repair.changes[0]
    return Left(repair.rule, first.sheet, first.ref, reason)


def _unseen(findings: Collection[Target], found: Proposals) -> Iterator[Left]:
    """Findings that nothing was proposed for."""
    seen = {one.target for one in found.repairs} | {(one.rule, one.sheet, one.cell) for one in found.left}
    yield from (Left(*one, Reason("no-parts")) for one in sorted(set(findings) - seen))


def _own(plan: Plan) -> Iterator[Address]:
    """The cells of the plan itself, which no repair changes through a formula."""
    for row in plan.payments:
        fields = (row.name, row.smart, row.date, row.type, row.evidence, row.total, row.explanation)
        cells = [one.cell for one in fields] + [one.cell for one in row_shares(row)]
        yield from ((one.sheet.casefold(), one.row, one.column) for one in cells if one)
    yield from ((one.cell.sheet.casefold(), one.cell.row, one.cell.column) for one in plan.headings)
