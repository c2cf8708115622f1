"""What a field of one version says, and whether the other version says the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpicheck.model import Cell, Field, Gap, Kind, Payment

Said = Decimal | dt.date | Kind | str | None

TEXTS = ("smart", "evidence", "explanation")
FIELDS = ("name", *TEXTS, "date", "type", "total")
_NOTHING = (Gap.BLANK, Gap.ABSENT)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one field says: a value, nothing, or what was typed where that cannot be read.

    `amounts` are those that a value was added up from, where one party has several columns.
    """

    value: Said = None
    typed: str = ""
    cell: str = ""
    gap: Gap | None = None
    amounts: tuple[Decimal, ...] = ()

    @property
    def essence(self) -> object:
        """What makes two readings say the same; what cannot be read is what was typed."""
        return (self.value, self.amounts) if self.readable else (self.value, self.gap, self.typed)

    @property
    def readable(self) -> bool:
        """Whether it is certain what the field says, be it nothing."""
        return self.gap is None or self.gap in _NOTHING


def reading(row: Payment, name: str) -> Reading:
    """What a field of a row says. Money that is not there is no money; spaces between words do not count."""
    field = row.field(name)
    value = money(row.total) if name == "total" else field.value
    if isinstance(value, str) and not isinstance(value, Kind):
        value = plain(value)
    said = value if isinstance(value, Decimal | dt.date | Kind | str) else None
    return Reading(said, typed(field.cell), place(field.cell), field.gap)


def money(field: Field[Decimal]) -> Decimal | None:
    """An amount in euro, nought where nothing is filled in; None where it cannot be read."""
    return Decimal(0) if field.value is None and field.gap in _NOTHING else field.value


def plain(text: str) -> str:
    """A text without the spaces and line ends that layout gave it."""
    return " ".join(text.split())


def typed(cell: Cell | None) -> str:
    """What stands in a cell, where it is not what the field says; a formula that gives nothing as itself."""
    if cell is None or cell.value is None:
        return cell.formula or "" if cell else ""
    value = cell.value
    if isinstance(value, dt.date):
        return value.isoformat()
    return plain(f"{value:f}" if isinstance(value, Decimal) else str(value))


def place(cell: Cell | None) -> str:
    """The address of a cell in its sheet."""
    return cell.ref if cell else ""


def present(rows: Sequence[Payment], name: str) -> bool:
    """Whether any row has the column of that field."""
    return any(row.field(name).gap is not Gap.ABSENT for row in rows)
