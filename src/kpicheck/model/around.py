"""What stands around the table or is stated beside it: general sheet, summaries, budget, agreements."""

import datetime as dt
from decimal import Decimal

from kpicheck.model.cells import Cell, Field, Value
from kpicheck.model.parts import Model


class SummaryLine(Model):
    """One line of a summary block; a figure that is not there is None."""

    label: str
    kind: str
    section: str | None
    cell: Cell
    figures: tuple[tuple[str, Field[Decimal]], ...]

    def figure(self, name: str) -> Field[Decimal] | None:
        """The figure of that name (count, total, effort, result, share, effort_share, result_share)."""
        return next((found for key, found in self.figures if key == name), None)


class Summary(Model):
    """A summary block: lines by type or by section, with their totals line."""

    by: str
    cell: Cell
    lines: tuple[SummaryLine, ...]


class Answer(Model):
    """A label of the general sheet and the answer beside it."""

    label: Cell
    answer: Cell
    text: str


class General(Model):
    """The general sheet ("Algemene gegevens"): answers by field; a label that is not there is None."""

    sheet: str
    cell: Cell
    plan_name: Answer | None
    submitter: Answer | None
    insurer_contact: Answer | None
    kassier: Answer | None

    @property
    def kassier_word(self) -> str | None:
        """The answer's first word where it is ja or nee."""
        words = (self.kassier.text if self.kassier else "").casefold().split(None, 1)
        first = words[0].strip(",.;:-–()/") if words else ""
        return first if first in ("ja", "nee") else None

    @property
    def kassier_name(self) -> str:
        """Who takes the kassier role, as answered after "ja"."""
        text = self.kassier.text.strip() if self.kassier else ""
        return text[len(self.kassier_word) :].strip(" ,.;:-–()/\n") if self.kassier_word else ""


class Budget(Model):
    """The budget per calendar year in euro, and where it was read."""

    years: tuple[tuple[int, Decimal], ...]
    origin: str
    cell: Cell | None = None


class Period(Model):
    """Start and end of the plan, counted inclusively; `stated` is False where KPI dates had to serve."""

    start: dt.date
    end: dt.date
    stated: bool


class Hidden(Model):
    """A hidden row, column or sheet with amounts in it, and the cell it is shown at."""

    kind: str
    cell: Cell


class Suppression(Model):
    """An exception from a rule: for one KPI or the whole plan, always with a reason.

    `state` is set by the engine: active, unused (nothing to suppress) or expired.
    """

    rule: str
    reason: str
    kpi: str | None = None
    who: str | None = None
    expires: dt.date | None = None
    state: str = "active"


class AgreedParty(Model):
    """What was agreed for a party: its total in euro, and the subprojects it may have money in."""

    party: str
    total: Decimal | None = None
    subprojects: tuple[str, ...] = ()


class Typed(Model):
    """What somebody would type in a cell, as Excel takes it; None leaves it blank."""

    sheet: str
    row: int
    column: int
    value: Value
