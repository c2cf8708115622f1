"""Two versions in which every text from a file is one and the same, with a change in each field."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from kpicheck.finding import Report
from kpicheck.model import Field, Gap, Party, Payment
from kpicheck.report.differences.versions import Asked, Versions

from .versions import beside, judged, newer, regional, swap_rows, written

BSN = "111222333"
MARKUP = f"<script>alert(1)</script> ![x](http://x.nl) =1+1 {BSN} ::error::x ##vso[task] \x1b[31m\u202e"


@cache
def _plain(which: int) -> Report:
    return judged(written(newer(swap_rows) if which else regional()), ("oud.xlsx", "nieuw.xlsx")[which])


def poisoned(text: str) -> Versions:
    """A what-if too: what was asked is shown with its words."""
    asked = (Asked("asked_set", {"kpi": f"KPI {text}", "field": text, "party": text, "typed": text}),)
    return beside(_filled(_plain(0), text, "0"), _filled(_plain(1), text, "1"), asked=asked)


def _filled(report: Report, text: str, mark: str) -> Report:
    plan = report.plan
    assert plan
    rows = tuple(_row(row, index, text, mark) for index, row in enumerate(plan.payments))
    update: dict[str, object] = {
        "payments": rows,
        "parties": tuple(_party(one, f"{text} {index}") for index, one in enumerate(plan.parties)),
        "name": f"{text} {mark}",
        "sheet": text,
    }
    findings = tuple(
        one._replace(sheet=text, kpi=text, name=text, heading=text, facts={**one.facts, "typed": text})
        for one in report.findings
    )
    return replace(report, path=f"{text}{mark}.xlsx", plan=plan.model_copy(update=update), findings=findings)


def _party(party: Party, text: str) -> Party:
    return party.model_copy(update={"heading": text, "name": text, "code": "", "named": True})


def _row(row: Payment, index: int, text: str, mark: str) -> Payment:
    shares = tuple(
        replace(one, party=f"{text} {at}", amount=Field(value=one.euros + int(mark)))
        for at, one in enumerate(row.shares.value or ())
    )
    word = Field(value=f"{index} {text} {mark} {text}")
    fields = dict.fromkeys(("smart", "evidence", "explanation"), word)
    unread = Field(gap=Gap.UNREADABLE, cell=row.date.cell) if index % 5 == 0 else row.date
    update: dict[str, Any] = {
        **fields,
        "sheet": text,
        "name": Field(value=f"{index} {text} - KPI {row.number}"),
        "shares": Field(value=shares),
        "date": unread,
    }
    return replace(row, **update)
