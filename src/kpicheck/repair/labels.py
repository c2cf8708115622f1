"""Types that are written in more than one way become the words of the format (E105)."""

from __future__ import annotations

from collections.abc import Collection

from kpicheck.model import Cell, Kind, Plan
from kpicheck.reader.layout import official
from kpicheck.repair.change import Change, Proposals, Repair, Target, change, left, target
from kpicheck.writer.cells import Words

RULE = "E105"


def mixed_labels(plan: Plan, findings: Collection[Target]) -> Proposals:
    """The format's word in every row of a type that is written in several ways: all of them, or none."""
    at = target(RULE, plan.heading("type"))
    if at not in findings:
        return Proposals(())
    changes: list[Change] = []
    for kind in Kind:
        word = official().texts("written", kind.value)[0]
        cells = [row.type.cell for row in plan.payments if row.type.value is kind and row.type.cell]
        if len({_typed(one) for one in cells}) > 1:
            other = [one for one in cells if _typed(one) != word.casefold()]
            if formula := next((one for one in other if one.formula is not None), None):
                return Proposals((), (left(at, "label-is-formula", other=formula.ref),))
            changes += [change(one, Words(word)) for one in other]
    return Proposals((Repair("label", at, tuple(changes)),))


def _typed(cell: Cell) -> str:
    return str(cell.value).casefold()
