"""What checks of several families ask of a row."""

from kpicheck.dutch.placeholders import placeholders
from kpicheck.dutch.wording import open_items
from kpicheck.model import Gap, Payment


def without_kpi(row: Payment) -> bool:
    """An amount row with a blank description, date, type and evidence (F107)."""
    fields = (row.smart, row.date, row.type, row.evidence)
    return (
        row.paid
        and all(field.gap in (Gap.BLANK, Gap.ABSENT) for field in fields)
        and any(field.gap is Gap.BLANK for field in fields)
    )


def unfinished(text: str) -> bool:
    """A gap or an open item was found here already (S101, S102): what is missing may be in it."""
    return bool(placeholders(text) or open_items(text))
