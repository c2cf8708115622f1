"""A KPI that only one version has: amount, type and date, its text where it has no name, its parties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from kpicheck import texts
from kpicheck.clean import flat, one_line
from kpicheck.comparison.readings import Reading, money, typed
from kpicheck.comparison.shape import Comparison
from kpicheck.model import Payment, Share, normalised, row_shares
from kpicheck.report.differences.sentences import Line, said, what
from kpicheck.report.differences.versions import Versions
from kpicheck.report.figures import LONGEST_NAME


def alone(versions: Versions, found: Comparison, row: Payment, key: Literal["added", "dropped"]) -> Line:
    """What an added or dropped KPI is."""
    under = (*_text(versions, row), *_parties(versions, found, row, key))
    return Line(versions.say(key, **what(versions, row)), under=under)


def _text(versions: Versions, row: Payment) -> Iterator[str]:
    if not row.name.value and row.smart.value:
        field = texts.text("fields", "smart", versions.language)
        begin = one_line(flat(row.smart.value), LONGEST_NAME)
        yield versions.say("text_begins", field=field, text=begin)


def _parties(versions: Versions, found: Comparison, row: Payment, key: str) -> Iterator[str]:
    sides = [pair.new if key == "added" else pair.old for pair in found.parties]
    known = {normalised(one.heading): one for side in sides for one in side}
    for share in row_shares(row):
        if _says(share):
            party = versions.party(known[normalised(share.party)])
            amount = Reading(money(share.amount), typed(share.cell), gap=share.amount.gap)
            yield versions.say("party_of_row", party=party, amount=said(versions, amount))


def _says(share: Share) -> bool:
    return bool(share.euros) or money(share.amount) is None
