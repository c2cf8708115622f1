"""Rows and what changed in them, in the published shape."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from kpicheck.clean import masked
from kpicheck.comparison.changes import Change, MoneyChange, PartyChange, RowChanges
from kpicheck.comparison.money import half_of
from kpicheck.comparison.readings import TEXTS, Reading, Said
from kpicheck.comparison.shape import SplitRow, UnclearRows
from kpicheck.comparison.wording import pieces
from kpicheck.model import Payment, StartContribution
from kpicheck.report.differences import shape
from kpicheck.report.differences.telling import reason
from kpicheck.report.differences.versions import Versions
from kpicheck.report.view import money


def row_view(row: Payment) -> shape.RowView:
    """A row as it stands."""
    return shape.RowView(
        kind="start_contribution" if isinstance(row, StartContribution) else "kpi",
        kpi=masked(row.number) if row.number else None,
        name=masked(row.name.value) if row.name.value else None,
        sheet=masked(row.sheet),
        row=row.row,
        amount=money(row.total.value) if row.total.value is not None else None,
        type=row.type.value.value if row.type.value else None,
        date=row.date.value.isoformat() if row.date.value else None,
    )


def changed_view(row: RowChanges) -> shape.ChangedView:
    """A row in both versions."""
    return shape.ChangedView(
        old=row_view(row.old), new=row_view(row.new), changes=tuple(_change(one) for one in row.changes)
    )


def _change(one: Change) -> shape.ChangeView:
    old, new = _reading(one.old), _reading(one.new)
    if isinstance(one, MoneyChange):
        return shape.ChangeView(
            field="money",
            old=old,
            new=new,
            comparable=one.certain,
            difference=None if one.difference is None else money(one.difference),
            parties=tuple(map(_party, one.parties)),
        )
    worded = one.field in ("name", *TEXTS) and one.certain
    words = pieces(old.value or "", new.value or "") if worded else ()
    return shape.ChangeView(
        field=one.field,
        old=old,
        new=new,
        comparable=one.certain,
        days=one.days,
        other_period=_other_period(one.old.value, one.new.value) if one.field == "date" else None,
        words=tuple(shape.WordsView(kind=piece.kind, text=piece.text) for piece in words),
    )


def _party(one: PartyChange) -> shape.PartyChangeView:
    return shape.PartyChangeView(party=one.party, old=_reading(one.old), new=_reading(one.new))


def _other_period(old: Said, new: Said) -> bool | None:
    if isinstance(old, dt.date) and isinstance(new, dt.date):
        return half_of(old) != half_of(new)
    return None


def _reading(one: Reading) -> shape.ReadingView:
    value = plain(one.value) if one.readable else None
    typed = "" if one.readable else masked(one.typed)
    return shape.ReadingView(value=value, typed=typed, cell=one.cell, readable=one.readable)


def plain(value: Said) -> str | None:
    """A value as text: exact decimals, days in ISO notation."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return money(value)
    return value.isoformat() if isinstance(value, dt.date) else masked(str(value))


def divided_view(one: SplitRow) -> shape.DividedView:
    """A split or a merge."""
    kind = "merge" if one.merged else "split"
    return shape.DividedView(
        kind=kind,
        whole=row_view(one.whole),
        parts=tuple(map(changed_view, one.rows)),
        parties=tuple(map(_party, one.parties)),
    )


def unclear_view(versions: Versions, one: UnclearRows) -> shape.UnclearView:
    """Rows that cannot be compared, with the reason in words."""
    return shape.UnclearView(
        old=tuple(map(row_view, one.old)),
        new=tuple(map(row_view, one.new)),
        reason=one.reason,
        likeness=f"{one.likeness:.4f}",
        message=reason(versions, one),
    )
