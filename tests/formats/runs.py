"""Runs to write: the samples with a file that is no workbook, a plan full of traps, and any text anywhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from samples.expected import FOLDER, TODAY

from kpicheck import ruleset as rulesets
from kpicheck.examples import examples
from kpicheck.finding import Problems, Report, Severity
from kpicheck.job import Stated, check_bytes, check_file
from kpicheck.model import Suppression
from kpicheck.report.glance import Glance
from kpicheck.report.run import Basis, Excepted, Run
from kpicheck.report.shape import FileView, FindingView
from tests.building import build

RULESET = rulesets.load("landelijk")
SAMPLES = sorted(FOLDER.glob("*.xlsx"))
BSN = "111222333"
SHEET = "KPI's #1 & <b>"
TRAPS = """
Bad:
    | Naam                                   | SMART omschrijving           | Bewijsvoering | (totaal)Bedrag |
    | "=HYPERLINK("x") - @SUM(1) - KPI 2.X"  | [klik](http://x.nl) **[n]**  | -             | € xxx          |
    | <b>vet</b> - ::error::x:: - KPI 3      | 111222333 @wie #1 ##vso[x]   |               | 1000           |
"""


def basis(language: str = "nl", fail_on: Severity | None = Severity.ERROR) -> Basis:
    return Basis(RULESET, TODAY, language, fail_on)


@cache
def named(workbook: str, *exceptions: Suppression) -> Report:
    path = FOLDER / f"{workbook}.xlsx"
    return check_file(path, RULESET, Stated(suppressions=exceptions), shown_as=path.name, today=TODAY)


@cache
def reports() -> Sequence[Report]:
    """The samples, and a file that is no workbook."""
    refused = check_bytes(b"geen werkmap", "kapot.xlsx", RULESET, Stated())
    return [*(named(path.stem) for path in SAMPLES), refused]


@cache
def all_samples(language: str = "nl") -> Run:
    return basis(language).run(reports(), glance=True)


def crashed() -> Report:
    """A report of which one check broke down."""

    def crash(*_: object, **__: object) -> Problems:
        raise ZeroDivisionError

    rules = tuple(
        rule._replace(check=rule.check._replace(function=crash)) if rule.code == "A201" else rule
        for rule in RULESET.rules
    )
    path = FOLDER / "fouten-per-familie.xlsx"
    return check_file(path, replace(RULESET, rules=rules), Stated(), shown_as=path.name)


def excepted() -> Run:
    """Two findings of a plan are excepted, with a reason."""
    return basis().run(
        [named("fouten-per-familie", Suppression(rule="T104", reason="Afgesproken, zie [1](x)"))], glance=True
    )


def trapped() -> Run:
    """A plan whose name, sheet and cells try to be formulas, markup, commands and citizen numbers."""
    data = with_sheet(build(examples(TRAPS)[0]).data, SHEET)
    return basis().run([check_bytes(data, f"=1+1 {BSN}, #1.xlsx", RULESET, Stated())], glance=True)


def with_sheet(data: bytes, title: str) -> bytes:
    """The workbook with another name for its milestone sheet."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            said = old.read(part)
            if part == "xl/workbook.xml":
                said = said.replace(b'name="Mijlpalen"', f"name={quoteattr(title)}".encode())
            new.writestr(part, said)
    return target.getvalue()


def poisoned(text: str) -> Run:
    """A run in which every text that can come from a file is this one."""
    judged = basis().judged(named("fouten-per-familie"), glance=True)
    refused = next(one for one in all_samples().judged if one.file.path == "kapot.xlsx")
    file = judged.file
    assert file.plan
    assert judged.glance
    findings = tuple(_finding(one, text) for one in file.findings)
    changes: dict[str, Any] = {
        "path": text or "-",
        "sheet": text,
        "plan": file.plan._replace(name=text),
        "findings": findings,
        "not_checked": tuple(one._replace(reason=text, cell=text) for one in file.not_checked),
    }
    taken = (Excepted(findings[0], text),)
    agreed = (("E101", "max_share = 0.75", text),)
    return Run(
        basis(),
        (
            judged._replace(
                file=file._replace(**changes),
                agreements=agreed,
                excepted=taken,
                notes=(text,),
                glance=_glance(judged.glance, text),
            ),
            refused._replace(file=refused.file._replace(path=f"{text}2")),
        ),
        Path("uit/verslag"),
    )


def _glance(one: Glance, text: str) -> Glance:
    rows = tuple(
        replace(
            row,
            sheet=text,
            cells=tuple(replace(cell, kind="text", heading=text, value=text) for cell in row.cells),
        )
        for row in one.rows
    )
    return replace(
        one,
        parties=tuple(replace(party, name=text) for party in one.parties),
        milestones=tuple(replace(kpi, label=text, number=text) for kpi in one.milestones),
        rows=rows,
    )


def _finding(one: FindingView, text: str) -> FindingView:
    related = (f"'{text}'!A1",)
    said: dict[str, Any] = {
        "sheet": text,
        "kpi": text,
        "name": text,
        "heading": text,
        "message": text,
        "fix": text,
    }
    return one._replace(**said, related=related, facts={"typed": text, text: text})


def findings(run: Run) -> list[tuple[FileView, FindingView]]:
    return [(one.file, finding) for one in run.judged for finding in one.file.findings]
