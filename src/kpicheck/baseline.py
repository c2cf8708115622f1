"""A baseline: findings that were there on a certain day, so that only new ones fail.

A JSON file with, per plan, the fingerprints of its findings. Plans are named by their place relative to the
file, so that it can be kept beside them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kpicheck.atomic import write_file
from kpicheck.finding import NotChecked, Report
from kpicheck.resources import is_file
from kpicheck.usage import UsageError

REASON = "baseline"
_VERSION = 1


class Baseline:
    """The fingerprints that are known, by plan."""

    def __init__(self, file: Path) -> None:
        """Read the file. Raises UsageError where it is no baseline."""
        self._file = file
        try:
            data = json.loads(file.read_bytes())
            plans = data["plans"]
            known = {plan: frozenset(one["fingerprint"] for one in found) for plan, found in plans.items()}
        except FileNotFoundError:
            raise UsageError("no-such-path", path=str(file)) from None
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise UsageError("bad-baseline", path=str(file)) from error
        if data.get("schema") != _VERSION:
            raise UsageError("bad-baseline", path=str(file))
        self._known = known

    def known(self, plan: Path) -> frozenset[str]:
        """The fingerprints of that plan."""
        return self._known.get(_place(plan, self._file), frozenset())


def refuse_other(file: Path) -> None:
    """Raise UsageError where something else than a baseline would be written over."""
    if not is_file(file) or not file.stat().st_size:
        return
    try:
        Baseline(file)
    except UsageError:
        raise UsageError("baseline-exists", path=str(file)) from None


def without_known(report: Report, known: frozenset[str]) -> Report:
    """The report with its known findings set aside, each listed with why."""
    if not any(one.fingerprint in known for one in report.findings):
        return report
    aside = [
        NotChecked(one.rule, one.slug, one.cell, REASON, {}, one)
        for one in report.findings
        if one.fingerprint in known
    ]
    return replace(
        report,
        findings=tuple(one for one in report.findings if one.fingerprint not in known),
        not_checked=(*report.not_checked, *aside),
    )


def write(file: Path, found: Iterable[tuple[Path, Iterable[tuple[str, str, str]]]]) -> None:
    """Write a baseline: per plan the fingerprint, rule and cell of each finding. Raises UsageError."""
    plans = {
        _place(plan, file): [
            {"fingerprint": fingerprint, "rule": rule, "cell": cell}
            for fingerprint, rule, cell in sorted(findings)
        ]
        for plan, findings in found
    }
    data = {"schema": _VERSION, "plans": dict(sorted(plans.items()))}
    write_file(
        file, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogateescape")
    )


def _place(plan: Path, file: Path) -> str:
    try:
        return Path(os.path.relpath(plan.resolve(), file.resolve().parent)).as_posix()
    except ValueError:  # another drive
        return plan.resolve().as_posix()
