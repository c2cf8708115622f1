"""What every format of a comparison is made from, and the words they share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kpicheck import texts
from kpicheck.clean import flat, name, one_line
from kpicheck.comparison.entries import number_of
from kpicheck.comparison.money import half_of
from kpicheck.comparison.shape import Comparison
from kpicheck.model import Party, Payment
from kpicheck.report.figures import LONGEST_NAME
from kpicheck.report.glancing import max_share
from kpicheck.report.run import Judged, Run

Sides = tuple[Judged, Judged]


@dataclass(frozen=True, slots=True)
class Asked:
    """One change that the user asked: a field that is set, or money that moves between KPIs."""

    key: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Versions:
    """A run of two judgements, old and new, and what they differ in; None where one was not read.

    `asked` are the changes of a what-if: then old is the plan as it is, and new as it would be.
    """

    run: Run
    comparison: Comparison | None
    asked: tuple[Asked, ...] = ()
    what_if: bool = False

    @property
    def language(self) -> str:
        """The language of the texts."""
        return self.run.basis.language

    @property
    def sides(self) -> Sides:
        """The judgements of the old and the new version."""
        return self.run.judged[0], self.run.judged[1]

    @property
    def state(self) -> str:
        """same, different or not_checked."""
        if self.comparison is None or any(one.file.error for one in self.sides):
            return "not_checked"
        return "different" if self.comparison.number else "same"

    @property
    def max_share(self) -> Decimal | None:
        """The share of effort that the rules allow."""
        return max_share(self.run.basis.ruleset)

    def say(self, key: str, **facts: object) -> str:
        """A text of the comparison."""
        return texts.text("differences", key, self.language, facts)

    @property
    def asked_lines(self) -> tuple[str, ...]:
        """What was asked, in words."""
        return tuple(flat(self.say(one.key, **one.facts, heading=self._heading(one))) for one in self.asked)

    def _heading(self, one: Asked) -> str:
        field = str(one.facts.get("field", ""))
        known = texts.texts(self.language)["fields"]
        return str(one.facts.get("party") or known.get(field, field))

    def side(self, key: str, **facts: object) -> str:
        """A text that differs between two versions and a what-if."""
        return self.say(f"{key}_whatif" if self.what_if else key, **facts)

    def count(self, key: str, number: int) -> str:
        """A text that counts."""
        return self.say(f"{key}_{'one' if number == 1 else 'many'}", number=number)

    def file(self, side: Judged) -> str:
        """The name of a file, without its folder."""
        return name(side.file.path.replace("\\", "/").rsplit("/", 1)[-1])

    def euro(self, amount: Decimal) -> str:
        """An amount."""
        return texts.euro(amount, self.language)

    def more(self, amount: Decimal) -> str:
        """A difference in money, with its sign."""
        return f"{'+' if amount > 0 else '-'} {self.euro(abs(amount))}" if amount else "–"

    def day(self, day: dt.date | None) -> str:
        """A date, or that there is none."""
        return texts.day(day, self.language) if day else self.say("undated")

    def period(self, day: dt.date | None) -> str:
        """The half-year that a date falls in."""
        if day is None:
            return self.say("undated")
        number = half_of(day)
        return texts.text("glance", f"half_{number % 2 + 1}", self.language, {"year": number // 2})

    def kind(self, kind: str | None) -> str:
        """A type of KPI."""
        return texts.text("words", kind, self.language) if kind else self.say("untyped")

    def row(self, row: Payment) -> str:
        """A KPI as it is called: its name, else its number, else its row."""
        number = number_of(row)
        if row.name.value:
            whole = flat(row.name.value)
            short = one_line(whole, LONGEST_NAME)
            lost = number and short != whole
            return f"{short} {flat(self.say('kpi', number=number))}" if lost else short
        return flat(self.say("kpi", number=number) if number else self.say("row", row=row.row))

    def row_short(self, row: Payment) -> str:
        """A KPI by its number, else as it is called."""
        number = number_of(row)
        return flat(self.say("kpi", number=number)) if number else self.row(row)

    def party(self, party: Party) -> str:
        """A party by name and code."""
        called = one_line(flat(party.name or party.heading), LONGEST_NAME) or self.say("no_party_name")
        code = flat(party.code)
        return self.say("party_named", name=called, code=code) if code and code not in called else called
