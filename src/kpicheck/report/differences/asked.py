"""What somebody asked of a what-if, for the reports."""

from __future__ import annotations

from kpicheck.comparison.entries import number_of
from kpicheck.model import Payment
from kpicheck.report.differences.versions import Asked
from kpicheck.whatif import Move, Setting


def asked_setting(one: Setting) -> Asked:
    """A field that is set."""
    facts = {"kpi": _called(one.row), "field": one.field, "party": one.party, "typed": one.text}
    return Asked("asked_set" if one.text else "asked_blank", facts)


def asked_move(one: Move) -> Asked:
    """Money that moves."""
    return Asked(
        "asked_move", {"amount": one.amount, "source": _called(one.source), "target": _called(one.target)}
    )


def _called(row: Payment) -> str:
    number = number_of(row)
    return f"KPI {number}" if number else row.label
