"""Spaces that nobody sees: at the ends of a text, twice in a row, or of a kind that no search finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kpicheck.model import Cell, Plan, normalised
from kpicheck.repair.change import Change, Proposals, Repair, change
from kpicheck.writer.cells import Words

_OTHER_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff]")
_MORE = re.compile(r"(?<=[^\n ]) {2,}")


def tidy(text: str) -> str:
    """The text with plain single spaces, none of them at its ends; its lines stay as they are."""
    plain = _NO_WIDTH.sub("", _OTHER_SPACE.sub(" ", text))
    return _MORE.sub(" ", plain).strip(" ")


def stray_spaces(plan: Plan) -> Proposals:
    """Names, types, answers of the general sheet and headings of parties with stray spaces."""
    changes: dict[tuple[str, int, int], Change] = {}
    for cell in _texts(plan):
        if not isinstance(cell.value, str) or cell.formula is not None:
            continue
        better = tidy(cell.value)
        if better and better != cell.value and normalised(better) == normalised(cell.value):
            one = change(cell, Words(better))
            changes.setdefault(one.address, one)
    return Proposals(tuple(Repair("spaces", None, (one,)) for one in changes.values()))


def _texts(plan: Plan) -> Iterator[Cell]:
    for row in plan.payments:
        yield from _there(row.name.cell, row.type.cell)
    general = plan.general
    answers = general and (general.plan_name, general.submitter, general.insurer_contact, general.kassier)
    yield from (one.answer for one in answers or () if one and one.answer != one.label)
    yield from (one.cell for one in plan.headings if one.field == "party")


def _there(*cells: Cell | None) -> Iterable[Cell]:
    return (one for one in cells if one is not None)
