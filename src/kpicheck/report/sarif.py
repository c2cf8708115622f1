"""SARIF 2.1.0: the report for systems that collect the results of many checkers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from kpicheck import texts
from kpicheck.clean import flat
from kpicheck.finding import Severity
from kpicheck.report.as_json import strict
from kpicheck.report.paths import is_absolute, uri
from kpicheck.report.run import Judged, Run
from kpicheck.report.shape import FileView, FindingView
from kpicheck.report.telling import agreed, where
from kpicheck.ruleset import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}

Plain = dict[str, object]


def to_sarif(run: Run) -> str:
    """One run, with the ruleset as its rules; what was not checked stands in the notifications."""
    rules = [list(same) for _, same in groupby(run.basis.ruleset.rules, key=lambda rule: rule.code)]
    indexes = {same[0].code: index for index, same in enumerate(rules)}
    driver: Plain = {
        "name": "kpicheck",
        "version": run.view.kpicheck,
        "semanticVersion": run.view.kpicheck,
        "rules": [_rule(same, run) for same in rules],
    }
    invocation = {
        "executionSuccessful": not run.interrupted and not any(one.file.error for one in run.judged),
        "toolExecutionNotifications": [
            *([{"level": "error", "message": _message(run.say("interrupted"))}] if run.interrupted else []),
            *(said for one in run.judged for said in (*_notifications(one, indexes), *_agreements(one, run))),
        ],
    }
    told: Plain = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "artifacts": [_artifact(one.file) for one in run.judged],
        "results": [
            result for number, one in enumerate(run.judged) for result in _results(one, number, run, indexes)
        ],
        "columnKind": "utf16CodeUnits",
        "properties": {"ruleset": run.view.ruleset, "today": run.view.today},
    }
    return strict({"$schema": _SCHEMA, "version": "2.1.0", "runs": [told]}, indent=1)


def _rule(same: list[Rule], run: Run) -> Plain:
    """A code with its words; where several rules share it, the severest gives the level."""
    first, language = same[0], run.basis.language
    why = texts.text(first.code, "why", language)
    advice = f"{run.say('do_now')} {texts.advice(first.code, language)}"
    source = run.say("source", doc=first.source.doc, at=first.source.at, quote=first.source.quote)
    return {
        "id": first.code,
        "name": first.check.slug,
        "shortDescription": _message(texts.title(first.code, language)),
        "fullDescription": _message(why),
        "help": _message(f"{why} {advice} {source}"),
        "defaultConfiguration": {"level": _LEVELS[max((one.severity for one in same), key=_rank)]},
    }


def _rank(severity: Severity) -> int:
    return severity.rank


def _results(judged: Judged, number: int, run: Run, indexes: Mapping[str, int]) -> Iterator[Plain]:
    """The findings, and those that an exception took away: a viewer that knows no exceptions shows a note."""
    for one in judged.file.findings:
        yield _result(one, number, judged.file, run, indexes) | {"level": _LEVELS[one.severity]}
    for taken in judged.excepted:
        suppression = {"kind": "external", "status": "accepted", "justification": flat(taken.reason)}
        plain = _result(taken.finding, number, judged.file, run, indexes)
        yield plain | {"level": "note", "suppressions": [suppression]}


def _result(one: FindingView, number: int, file: FileView, run: Run, indexes: Mapping[str, int]) -> Plain:
    told: Plain = {
        "ruleId": one.rule,
        "ruleIndex": indexes[one.rule],
        "message": _message(f"{one.message} {run.say('do_now')} {one.fix}"),
        "locations": [_location(file, number, where(one.sheet, one.cell))],
        "partialFingerprints": {"primaryLocationLineHash": f"{one.fingerprint}:1"},
    }
    if one.related:
        cells = (cell if "!" in cell else where(one.sheet, cell) for cell in one.related)
        told["relatedLocations"] = [_location(file, number, cell) for cell in cells]
    return told


def _notifications(judged: Judged, indexes: Mapping[str, int]) -> Iterator[Plain]:
    file = judged.file
    if file.error:
        yield {
            "descriptor": {"id": file.error.code},
            "level": "error",
            "message": _message(f"{file.error.message} {file.error.fix}"),
            "locations": [{"physicalLocation": {"artifactLocation": _artifact_location(file)}}],
        }
    for one in file.not_checked:
        yield {
            "associatedRule": {"id": one.rule, "index": indexes[one.rule]},
            "level": "note",
            "message": _message(f"{one.cell}: {one.reason}" if one.cell else one.reason),
            "locations": [{"physicalLocation": {"artifactLocation": _artifact_location(file)}}],
        }


def _agreements(judged: Judged, run: Run) -> Iterator[Plain]:
    place = {"physicalLocation": {"artifactLocation": _artifact_location(judged.file)}}
    for said in agreed(run, judged):
        yield {"level": "note", "message": _message(said), "locations": [place]}


def _artifact(file: FileView) -> Plain:
    told: Plain = {"location": _artifact_location(file), "roles": ["analysisTarget"]}
    return told | {"hashes": {"sha-256": file.sha256}} if file.sha256 else told


def _artifact_location(file: FileView) -> Plain:
    base = {} if is_absolute(file.path) else {"uriBaseId": "%SRCROOT%"}
    return {"uri": uri(file.path), **base}


def _location(file: FileView, number: int, cell: str) -> Plain:
    """The cell as a logical place; a workbook has no lines, and GitHub wants one."""
    return {
        "physicalLocation": {
            "artifactLocation": {**_artifact_location(file), "index": number},
            "region": {"startLine": 1},
        },
        "logicalLocations": [{"fullyQualifiedName": cell, "kind": "cell"}],
    }


def _message(text: str) -> Plain:
    """Text as it stands: no links, and no places to fill in."""
    return {"text": re.sub(r"([{}])", r"\1\1", flat(text)).replace("](", "\\](")}
