"""What several formats tell in the same words: verdict, counts, place, what was not checked and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from kpicheck import texts
from kpicheck.clean import flat, name
from kpicheck.report.run import Judged, Run
from kpicheck.report.shape import FileView, NotCheckedView

SEVERITIES = ("error", "warning", "info")


def counts(file: FileView) -> dict[str, int]:
    """How many findings of each severity there are."""
    return {level: sum(one.severity == level for one in file.findings) for level in SEVERITIES}


def counted(run: Run, file: FileView) -> dict[str, str]:
    """'1 fout', '2 fouten', per severity."""
    return {
        level: run.say(f"{level}_{'one' if number == 1 else 'many'}", number=number)
        for level, number in counts(file).items()
    }


def verdict(run: Run, file: FileView) -> str:
    """The first sentence about a file; a file that was refused has only the reason."""
    if file.error and not file.plan:
        return flat(f"{file.error.message} {file.error.fix}")
    numbers = counts(file)
    worst = "error" if numbers["error"] else "warning" if numbers["warning"] else "clean"
    return run.say(f"verdict_{'crashed' if file.error else worst}", **counted(run, file))


def outcome(run: Run, file: FileView) -> str:
    """The outcome in two words; errors are never in order, whatever --fail-on says."""
    failed = file.status == "failed" or bool(counts(file)["error"])
    return run.say(f"outcome_{'not_checked' if file.error else 'failed' if failed else 'passed'}")


def about(run: Run, file: FileView) -> str:
    """Which plan this is, on one line; nothing where it was refused."""
    if file.plan is None:
        return ""
    total = texts.euro(Decimal(file.plan.total), run.basis.language)
    return run.say("about", sheet=file.sheet or "", kpis=file.plan.kpis, total=total)


def agreed(run: Run, judged: Judged) -> list[str]:
    """A sentence for each rule that judged with thresholds agreed with the insurer."""
    return [
        run.say("agreed", rule=rule, limits=limits, reason=why) for rule, limits, why in judged.agreements
    ]


def judged_by(run: Run) -> str:
    """Ruleset, day and version, in a sentence."""
    return run.say(
        "judged_by", ruleset=run.basis.ruleset.name, today=run.basis.today, version=run.view.kpicheck
    )


def where(sheet: str, cell: str) -> str:
    """A cell with its sheet: KPI's!F15."""
    return f"{name(sheet)}!{cell}" if sheet else cell


def by_reason(
    entries: Iterable[NotCheckedView],
) -> Mapping[tuple[str, str | None], tuple[list[str], list[str]]]:
    """Per reason and remedy: the rules and the cells."""
    grouped: dict[tuple[str, str | None], tuple[list[str], list[str]]] = {}
    for one in entries:
        rules, cells = grouped.setdefault((one.reason, one.remedy), ([], []))
        if one.rule not in rules:
            rules.append(one.rule)
        if one.cell and one.cell not in cells:
            cells.append(one.cell)
    return grouped


def left_out(run: Run) -> list[str]:
    """Why files are missing: the run was broken off, or they were passed over in folders, counted by why."""
    counts = [run.say(f"skipped_{why}", number=number) for why, number in sorted(run.skipped.items())]
    return [
        *([run.say("interrupted")] if run.interrupted else []),
        *([run.say("skipped", counts=", ".join(counts))] if counts else []),
    ]
