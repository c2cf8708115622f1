"""Versions of the Midden-Limburg West plan: a newer one with ten named changes, and tools to make others.

`python -m tests.comparison.versions FOLDER` writes the old and the new version.
"""

from __future__ import annotations

import copy
import datetime as dt
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from samples.build import load_plan, write_plan

from kpicheck import ruleset as rulesets
from kpicheck.comparison import compared
from kpicheck.comparison.shape import Comparison
from kpicheck.finding import Report, Severity
from kpicheck.job import Stated, check_bytes
from kpicheck.report.differences.versions import Asked, Versions
from kpicheck.report.run import Basis

Plan = dict[str, Any]
Row = dict[str, Any]
Change = Callable[[Plan], None]
TODAY = dt.date(2026, 11, 22)
RULESET = rulesets.load("landelijk")


def regional() -> Plan:
    return copy.deepcopy(_loaded("midden-limburg-west"))


def official() -> Plan:
    return copy.deepcopy(_loaded("goed-plan"))


@cache
def _loaded(name: str) -> Plan:
    return load_plan(name)


def row_of(plan: Plan, number: str) -> Row:
    found: list[Row] = [row for row in plan["rows"] if row.get("name", "").endswith(f"KPI {number}")]
    assert len(found) == 1, (number, len(found))
    return found[0]


def renumber(plan: Plan) -> None:
    row_of(plan, "1.6")["name"] = "Algemeen - Voortgangsanalyse 2 - KPI 1.7"


def rename(plan: Plan) -> None:
    row_of(plan, "1.4")["name"] = "Algemeen - Nulmeting van de regio - KPI 1.4"


def move_a_date(plan: Plan) -> None:
    row_of(plan, "1.5")["date"] = dt.date(2026, 12, 31)


def split_a_kpi(plan: Plan) -> None:
    whole = row_of(plan, "2.2")
    part = {**whole, "name": "AvZ - Opleiden instructeurs - KPI 2.2b", "total": 164595}
    whole |= {"name": "AvZ - Opleiden instructeurs - KPI 2.2a", "total": 200000}
    plan["rows"].insert(plan["rows"].index(whole) + 1, part)


def move_money_between_parties(plan: Plan) -> None:
    row_of(plan, "4.2")["parties"] = [41217, 200000]


def drop(plan: Plan) -> None:
    plan["rows"].remove(row_of(plan, "4.3"))


def add(plan: Plan) -> None:
    row = {
        "name": "Algemeen - Communicatie met inwoners - KPI 1.8",
        "smart": "Uiterlijk 1 juli 2027 hebben alle huishoudens in de regio een folder ontvangen.",
        "date": dt.date(2027, 7, 1),
        "type": "Inspanning",
        "evidence": "De verzonden folder en het verslag van de drukker.",
        "total": 25000,
        "explanation": "- Drukwerk en verzending: € 25.000",
        "parties": [0, 0],
    }
    plan["rows"].insert(plan["rows"].index(row_of(plan, "1.3")) + 1, row)


def retype(plan: Plan) -> None:
    row_of(plan, "1.2")["type"] = "Resultaat"


def change_one_word(plan: Plan) -> None:
    row = row_of(plan, "2.6")
    words = row["smart"].split()
    words[3] = "aantoonbaar"
    row["smart"] = " ".join(words)


def swap_rows(plan: Plan) -> None:
    rows = plan["rows"]
    one, other = rows.index(row_of(plan, "1.1")), rows.index(row_of(plan, "1.3"))
    rows[one], rows[other] = rows[other], rows[one]


TEN: tuple[Change, ...] = (
    swap_rows,
    renumber,
    rename,
    move_a_date,
    split_a_kpi,
    move_money_between_parties,
    drop,
    add,
    retype,
    change_one_word,
)


def newer(*changes: Change, of: Callable[[], Plan] = regional) -> Plan:
    plan = of()
    for change in changes:
        change(plan)
    return plan


def written(plan: Plan, name: str = "plan.xlsx") -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return write_plan(Path(folder) / name, plan).read_bytes()


def judged(data: bytes, name: str = "plan.xlsx") -> Report:
    report = check_bytes(data, name, RULESET, Stated(), today=TODAY)
    assert report.plan, report.failure
    return report


def difference(old: Plan, new: Plan) -> Comparison:
    found = compared(judged(written(old)), judged(written(new)))
    assert found
    return found


def beside(old: Report, new: Report, language: str = "nl", asked: tuple[Asked, ...] = ()) -> Versions:
    """Two judgements for the formats; with something asked it is a what-if."""
    run = Basis(RULESET, TODAY, language, Severity.ERROR).run([old, new])
    return Versions(run, compared(old, new), asked, what_if=bool(asked))


def ten(language: str = "nl") -> Versions:
    """The regional plan beside its version with the ten changes."""
    return beside(
        judged(written(regional()), "oud.xlsx"), judged(written(newer(*TEN)), "nieuw.xlsx"), language
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    write_plan(folder / "oud.xlsx", regional())
    write_plan(folder / "nieuw.xlsx", newer(*TEN))
