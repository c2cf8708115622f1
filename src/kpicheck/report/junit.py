"""JUnit XML: a suite for each file, a test for each rule."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kpicheck import texts
from kpicheck.clean import flat, name
from kpicheck.finding import Severity
from kpicheck.report.run import Judged, Run
from kpicheck.report.shape import FindingView
from kpicheck.report.telling import agreed, where


def to_junit(run: Run) -> str:
    """A rule fails by what --fail-on says; what was not checked is skipped, never passed."""
    root = Element("testsuites", name="kpicheck")
    for one in run.judged:
        root.append(_suite(one, run))
    if run.interrupted:
        root.append(_interrupted(run))
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(judged: Judged, run: Run) -> Element:
    file = judged.file
    path = name(file.path)
    suite = Element("testsuite", name=path)
    if file.plan:
        for code, slug in dict.fromkeys((rule.code, rule.check.slug) for rule in run.basis.ruleset.rules):
            suite.append(_case(Element("testcase", classname=path, name=f"{code} {slug}"), code, judged, run))
    if file.error:
        case = SubElement(suite, "testcase", classname=path, name=file.error.code)
        said = flat(f"{file.error.message} {file.error.fix}")
        SubElement(case, "error", type=file.error.code, message=said).text = said
    _count(suite)
    if judged.agreements:
        SubElement(suite, "system-out").text = "\n".join(map(flat, agreed(run, judged)))
    return suite


def _interrupted(run: Run) -> Element:
    """A suite of its own: what has no suite was not judged."""
    suite = Element("testsuite", name="kpicheck")
    case = SubElement(suite, "testcase", classname="kpicheck", name="interrupted")
    SubElement(case, "error", type="interrupted", message=run.say("interrupted"))
    _count(suite)
    return suite


def _count(suite: Element) -> None:
    for count, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(count, str(len(suite.findall(f"testcase/{kind}"))))
    suite.set("tests", str(len(suite)))


def _case(case: Element, code: str, judged: Judged, run: Run) -> Element:
    file = judged.file
    findings = [one for one in file.findings if one.rule == code]
    unchecked = [one for one in file.not_checked if one.rule == code]
    listed = "\n".join(_told(one, run) for one in findings)
    worst = max((Severity(one.severity) for one in findings), key=lambda one: one.rank, default=None)
    if worst and judged.fail_on and worst.rank >= judged.fail_on.rank:
        title = f"{texts.title(code, run.basis.language)} ({len(findings)})"
        SubElement(case, "failure", type=worst.value, message=title).text = listed
        return case
    if unchecked:
        reasons = (f"{one.cell}: {one.reason}" if one.cell else one.reason for one in unchecked)
        SubElement(case, "skipped", message="; ".join(map(flat, reasons)))
    if listed:
        SubElement(case, "system-out").text = listed
    return case


def _told(one: FindingView, run: Run) -> str:
    """Where, what, and what to do now."""
    level = run.say(one.severity)
    return flat(
        f"{where(one.sheet, one.cell)}: {level} {one.rule} {one.message} {run.say('do_now')} {one.fix}"
    )
