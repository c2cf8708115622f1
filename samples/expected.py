"""Writes the expected report of every sample beside it, or says which one is stale.

`python -m samples.expected` writes, `python -m samples.expected --check` compares.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

from kpicheck import ruleset as rulesets
from kpicheck.finding import Severity
from kpicheck.job import Stated, check_file
from kpicheck.report.as_json import to_json
from kpicheck.report.view import run_view

FOLDER = Path(__file__).resolve().parent
EXPECTED = FOLDER / "expected"
TODAY = dt.date(2026, 11, 22)


def report_of(workbook: Path) -> str:
    """The part of the JSON report that is about the file itself, in Dutch."""
    ruleset = rulesets.load("landelijk")
    report = check_file(workbook, ruleset, Stated(), shown_as=workbook.name)
    view = run_view([report], ruleset, today=TODAY, language="nl", fail_on=Severity.ERROR)
    file = json.loads(to_json(view))["files"][0]
    return json.dumps(file, ensure_ascii=False, indent=1) + "\n"


def stale() -> list[str]:
    """The samples whose report is not the expected one."""
    return [
        workbook.name
        for workbook in sorted(FOLDER.glob("*.xlsx"))
        if not (EXPECTED / f"{workbook.stem}.json").is_file()
        or (EXPECTED / f"{workbook.stem}.json").read_text(encoding="utf-8") != report_of(workbook)
    ]


def main(arguments: list[str]) -> int:
    """Write the expected reports, or with --check name the stale ones."""
    if arguments == ["--check"]:
        found = stale()
        print("\n".join(found) if found else "every sample gives its expected report")
        return 1 if found else 0
    EXPECTED.mkdir(exist_ok=True)
    for workbook in sorted(FOLDER.glob("*.xlsx")):
        (EXPECTED / f"{workbook.stem}.json").write_text(report_of(workbook), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
