"""What a cell holds and what one field of a row says: a value, or the reason why there is none."""

import datetime as dt
import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final, Generic, Self, TypeVar

from kpicheck.model.lasting import lasting
from kpicheck.model.parts import Part

Value = Decimal | str | bool | dt.date | None

T = TypeVar("T")

ZERO = Decimal(0)
_OFTEN_AGAIN = 200  # characters of a label; longer texts are not kept in memory for the next time
HALF_CENT = Decimal("0.005")


def same_euros(left: Decimal, right: Decimal) -> bool:
    """Equal to the cent: less than half a cent is the rest of a division, such as three thirds."""
    return abs(left - right) < HALF_CENT


def more_euros(amount: Decimal, limit: Decimal) -> bool:
    """More than the limit, to the cent."""
    return amount - limit >= HALF_CENT


class Gap(StrEnum):
    """Why a field has no value."""

    BLANK = "blank"
    UNREADABLE = "unreadable"
    ERROR = "error"
    UNCALCULATED = "uncalculated"
    ABSENT = "absent"
    CUT_OFF = "cut-off"


UNUSABLE = (Gap.UNREADABLE, Gap.ERROR, Gap.UNCALCULATED)  # something is there, and nobody can use it
_NOTHING_THERE = (Gap.BLANK, Gap.ABSENT)


class Kind(StrEnum):
    """The two types of KPI of the format."""

    EFFORT = "effort"
    RESULT = "result"


@lru_cache(maxsize=1_024)
def column_letters(column: int) -> str:
    """Excel's name of a column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lasting()
class Cell(Part):
    """One cell as it stands in the sheet.

    `value` is the stored value, or what the formula gives where nothing was stored. `given` is what the
    formula gives on the stored parts (None where there is no formula or it could not be worked out).
    `unworkable` says why a formula without stored result could not be worked out.
    """

    sheet: str
    row: int
    column: int
    value: Value = None
    formula: str | None = None
    given: Value = None
    dated: bool = False
    unworkable: str = ""
    hidden: bool = False

    @property
    def ref(self) -> str:
        """The address as Excel writes it, without the sheet."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def uncalculated(self) -> bool:
        """Whether a formula has no stored result and could not be worked out."""
        return bool(self.unworkable)

    @property
    def stale(self) -> bool:
        """Whether the stored result is not what the formula gives on the stored parts."""
        if self.value is self.given:
            return False
        if isinstance(self.value, Decimal) and isinstance(self.given, Decimal):
            return not same_euros(self.value, self.given)
        return self.given is not None and not self.error and self.value != self.given

    @property
    def error(self) -> bool:
        """Whether the cell shows an Excel error such as #REF! or #VERW!."""
        value = self.value
        return isinstance(value, str) and value.startswith("#") and is_excel_error(value)

    @property
    def blank(self) -> bool:
        """Whether a reader of the sheet sees nothing here."""
        value = self.value
        if value is None or (isinstance(value, str) and (not value or value.isspace())):
            return not self.unworkable
        return False


EXCEL_ERRORS = frozenset(
    {
        *("#REF!", "#VERW!", "#N/A", "#N/B", "#VALUE!", "#WAARDE!", "#NAME?", "#NAAM?"),
        *("#DIV/0!", "#DEEL/0!", "#NUM!", "#GETAL!", "#NULL!", "#LEEG!", "#SPILL!", "#OVERLOOP!"),
        *("#CALC!", "#BEREKENING!", "#FIELD!", "#VELD!", "#BLOCKED!", "#GEBLOKKEERD!", "#CONNECT!"),
        *("#UNKNOWN!", "#ONBEKEND!", "#BUSY!", "#GETTING_DATA", "#GEGEVENS_OPHALEN", "#PYTHON!"),
    }
)


def is_excel_error(text: str) -> bool:
    """Whether a text is one of Excel's error values, in English or Dutch."""
    return text.startswith("#") and text.strip().upper() in EXCEL_ERRORS


class Field(Part, Generic[T]):
    """What one cell says about one field of a row: a value, or the reason why there is none.

    Of a cell that holds this value and nothing else only the place is kept: most do, and such a cell is made
    when it is asked for.
    """

    __slots__ = ("_column", "_kept", "_row", "from_text", "gap", "value")

    def __init__(
        self,
        value: T | None = None,
        gap: Gap | None = None,
        cell: Cell | None = None,
        *,
        from_text: bool = False,
    ) -> None:
        """Take the value or the reason, and the cell if there is one."""
        self.value: Final = value
        self.gap: Final = gap
        self.from_text: Final = from_text
        self._kept: Cell | str | None = cell
        if cell and cell.value is value and cell.formula is None and not cell.dated and not cell.hidden:
            self._kept, self._row, self._column = cell.sheet, cell.row, cell.column

    def __class_getitem__(cls, _value: object) -> type[Self]:
        """Field[Decimal] is Field when the program runs: pydantic would build each of them anew."""
        return cls

    @property
    def cell(self) -> Cell | None:
        """The cell, if there is one."""
        kept = self._kept
        if isinstance(kept, str):
            return Cell(kept, self._row, self._column, self.value)  # type: ignore[arg-type] # it is the cell's
        return kept

    @property
    def column(self) -> int | None:
        """The column of that cell, without making the cell."""
        kept = self._kept
        return self._column if isinstance(kept, str) else kept.column if kept else None

    @property
    def blank(self) -> bool:
        """The column is there and nothing is filled in."""
        return self.gap is Gap.BLANK

    @property
    def filled(self) -> bool:
        """Something stands in the cell, readable or not."""
        return self.gap is None or self.gap not in _NOTHING_THERE

    def __eq__(self, other: object) -> bool:
        """Whether the other says the same of the same cell."""
        return isinstance(other, Field) and self._all() == other._all()

    def __hash__(self) -> int:
        """As any field that says the same."""
        return hash(self._all())

    def __repr__(self) -> str:
        """As it would be made."""
        return "Field(value={!r}, gap={!r}, cell={!r}, from_text={!r})".format(*self._all())

    def _all(self) -> tuple[object, ...]:
        return self.value, self.gap, self.cell, self.from_text


def normalised(text: str) -> str:
    """Letters and digits in lower case, with single spaces between words: how names are compared."""
    return _normalised(text) if len(text) <= _OFTEN_AGAIN else _plain_words(text)


def _plain_words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


_normalised = lru_cache(maxsize=4096)(_plain_words)
