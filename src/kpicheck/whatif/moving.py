"""Money that goes from one KPI to another: each party gives and gets its own part of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from kpicheck.model import (
    ZERO,
    Cell,
    Field,
    Gap,
    Payment,
    Share,
    Typed,
    normalised,
    row_shares,
    same_euros,
    sum_of,
)
from kpicheck.usage import UsageError
from kpicheck.whatif.asking import Move

_EURO, _CENT = Decimal(1), Decimal("0.01")


def over_parties(move: Move, source: Payment, target: Payment) -> tuple[Typed, ...]:
    """What is typed in the cells of the parties: of the amount each moves its part of the row.

    Raises UsageError where the row has less money, or either row cannot be read.
    """
    if source == target:
        raise UsageError("move-to-itself", word=source.label)
    for row in (source, target):
        if (
            row.total.cell is None
            or not _read(row.total)
            or not all(_read(one.amount) for one in row_shares(row))
        ):
            raise UsageError("move-unreadable", word=row.label)
    if move.amount > source.euros:
        raise UsageError("move-too-much", word=source.label, amount=move.amount, total=source.euros)
    if source.shares.gap is Gap.ABSENT or not sum_of(row_shares(source)):
        return ()
    return tuple(_moved(move.amount, source, target))


def _read(field: Field[Decimal]) -> bool:
    return field.value is not None or field.blank


def _moved(amount: Decimal, source: Payment, target: Payment) -> Iterator[Typed]:
    unit = _EURO if _whole(amount, source) else _CENT
    shares = row_shares(source)
    if any(one.listed for one in shares):
        raise UsageError("listed-parties")
    for share, part in zip(shares, _parts(amount, source, unit), strict=True):
        if part:
            yield _typed(share.cell, share.euros - part)
            there = _same_party(share, target)
            yield _typed(there.cell, there.euros + part)


def _parts(amount: Decimal, source: Payment, unit: Decimal) -> list[Decimal]:
    """What each party gives, in whole units: what rounding down leaves goes where it left most.

    A party with less than nothing gives nothing.
    """
    able = [max(one.euros, ZERO) for one in row_shares(source)]
    exact = [amount * one / max(source.euros, sum(able, ZERO)) for one in able]
    parts = [one.quantize(unit, ROUND_FLOOR) for one in exact]
    left = int((sum(exact, ZERO).quantize(unit) - sum(parts, ZERO)) / unit)
    by_rest = sorted(range(len(parts)), key=lambda index: parts[index] - exact[index])
    for index in by_rest[:left]:
        parts[index] += unit
    return parts


def _whole(amount: Decimal, row: Payment) -> bool:
    return all(
        one == one.to_integral_value() for one in (amount, *(share.euros for share in row_shares(row)))
    )


def _same_party(share: Share, row: Payment) -> Share:
    found = [one for one in row_shares(row) if normalised(one.party) == normalised(share.party)]
    if len(found) != 1:
        raise UsageError("no-such-column", field=share.party)
    return found[0]


def _typed(cell: Cell | None, value: Decimal) -> Typed:
    if cell is None:
        raise UsageError("no-such-column", field="")
    return Typed(sheet=cell.sheet, row=cell.row, column=cell.column, value=value)


def in_total(row: Payment, wanted: Decimal) -> tuple[Typed, ...]:
    """What is typed in (totaal)Bedrag where its formula did not follow the parties to the wanted amount."""
    if same_euros(row.euros, wanted):
        return ()
    return (_typed(row.total.cell, wanted),)
