"""One case: a plan, an edit, and what the tool must say about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from .ledger import REGISTER
from .running import Batch, Job
from .workbooks import Plan, Value, good

Change = Callable[[Plan], object]


@dataclass(frozen=True)
class Hit:
    """A finding that must be there exactly once; alternatives for the cell are split by |, '' is any cell."""

    code: str
    cell: str
    severity: str = ""
    related: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    kpi: str = ""

    def fits(self, finding: Mapping[str, Any]) -> bool:
        return (
            finding["rule"] == self.code
            and (not self.cell or finding["cell"] in self.cell.split("|"))
            and (not self.severity or finding["severity"] == self.severity)
            and (not self.sheet or finding["sheet"] == self.sheet)
            and (not self.kpi or finding["kpi"] == self.kpi)
            and all(any(str(r).endswith(cell) for r in finding["related"]) for cell in self.related)
            and all(same_amount(finding["facts"].get(key), value) for key, value in self.facts.items())
        )


@dataclass(frozen=True)
class Case:
    id: str
    edits: Mapping[str, Value] = field(default_factory=dict)
    hits: tuple[Hit, ...] = ()
    base: Callable[[], Plan] = good
    change: Change | None = None
    allow: str = ""
    unchecked: str = ""
    args: tuple[str, ...] = ()
    plan: Mapping[str, str] = field(default_factory=dict)
    kpis: int | None = None
    rows: Mapping[str, int] = field(default_factory=dict)

    def build(self) -> Plan:
        plan = self.base()
        if self.change is not None:
            self.change(plan)
        plan.edits.update(self.edits)
        return plan

    def job(self) -> Job:
        return Job(self.id, self.build, self.args)


def same_amount(found: object, wanted: str) -> bool:
    try:
        return abs(abs(Decimal(str(found))) - Decimal(wanted)) < Decimal("0.00005")
    except InvalidOperation:
        return str(found) == wanted


def hit(spec: str, **more: Any) -> Hit:  # noqa: ANN401  (passed on to Hit)
    code, _, cell = spec.partition("@")
    return Hit(code, cell, **more)


def fault(name: str, edits: Mapping[str, Value], *specs: str | Hit, **more: Any) -> Case:  # noqa: ANN401  (same)
    return Case(name, edits, tuple(s if isinstance(s, Hit) else hit(s) for s in specs), **more)


def fine(name: str, edits: Mapping[str, Value] | None = None, **more: Any) -> Case:  # noqa: ANN401  (same)
    """Return a near miss: nothing may be found beside what `allow` names."""
    return Case(name, edits or {}, (), **more)


def batch(name: str, cases: list[Case]) -> Batch:
    return Batch(name, [case.job() for case in cases])


def line(finding: Mapping[str, Any]) -> str:
    message = str(finding.get("message", ""))[:110]
    return f"  {finding['rule']} {finding['sheet']}!{finding['cell']} {finding['severity']} {message}"


def listed(file: Mapping[str, Any]) -> str:
    findings = "\n".join(map(line, file["findings"])) or "  (no findings)"
    skipped = " ".join(f"{n['rule']}@{n['cell']}" for n in file["not_checked"])
    return f"{Path(file['path']).name} [{file['status']}]\n{findings}\n  not checked: {skipped or '-'}"


def readable(file: Mapping[str, Any]) -> None:
    assert file["error"] is None, f"{file['path']}: not judged: {file['error']}"


def allowed(finding: Mapping[str, Any], allow: str) -> bool:
    """Return whether the finding is named by `allow`: a code, the beginning of one, or code@cell."""
    place = f"{finding['rule']}@{finding['cell']}"
    return any(place == name if "@" in name else place.startswith(name) for name in allow.split())


def judge(case: Case, file: Mapping[str, Any]) -> None:
    """Fail unless the report says exactly what the case demands."""
    readable(file)
    faults = [*well_formed(file), *differences(case, file), *figures(case, file)]
    assert not faults, "\n".join([f"{case.id}:", *(f"- {fault}" for fault in faults), listed(file)])


def well_formed(file: Mapping[str, Any]) -> list[str]:
    faults = []
    for finding in file["findings"]:
        slug, severities = REGISTER.get(finding["rule"], ("?", "?"))
        if finding["slug"] != slug:
            faults.append(f"{finding['rule']} has slug {finding['slug']}, the register says {slug}")
        if finding["severity"] not in severities.split("|"):
            faults.append(f"{finding['rule']} is {finding['severity']}, the register says {severities}")
    return faults


def differences(case: Case, file: Mapping[str, Any]) -> list[str]:
    faults = []
    left = list(file["findings"])
    for wanted in case.hits:
        match = next((f for f in left if wanted.fits(f)), None)
        if match is None:
            faults.append(f"missing: {wanted}")
        else:
            left.remove(match)
    expected = {wanted.code for wanted in case.hits}
    for finding in left:
        if finding["rule"] in expected and not allowed(finding, case.allow):
            faults.append(f"one too many, or at another place: {line(finding).strip()}")
        elif not allowed(finding, case.allow):
            faults.append(f"must not fire: {line(finding).strip()}")
    skipped = {n["rule"] for n in file["not_checked"]}
    faults += [
        f"{code} should be listed as not checked" for code in case.unchecked.split() if code not in skipped
    ]
    return faults


def figures(case: Case, file: Mapping[str, Any]) -> list[str]:
    faults = [
        f"plan.{key} is {file['plan'].get(key)}, not {value}"
        for key, value in case.plan.items()
        if not same_amount(file["plan"].get(key), value)
    ]
    if case.kpis is not None and file["plan"]["kpis"] != case.kpis:
        faults.append(f"plan.kpis is {file['plan']['kpis']}, not {case.kpis}")
    faults += [
        f"rows.{kind} is {file['rows'].get(kind)}, not {count}"
        for kind, count in case.rows.items()
        if file["rows"].get(kind) != count
    ]
    return faults


def codes(file: Mapping[str, Any]) -> list[str]:
    readable(file)
    return sorted(finding["rule"] for finding in file["findings"])
