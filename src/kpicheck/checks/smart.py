"""S: the texts. Patterns only; what a text means is judged by people."""

from kpicheck.dutch.placeholders import placeholders
from kpicheck.finding import Problem, Problems
from kpicheck.model import Text
from kpicheck.registry import check


@check("S101", per=Text)
def placeholder_left(piece: Text) -> Problems:
    """A gap of the format or of an example was never filled in.

    Bad:
        | SMART omschrijving                                                     |
        | Op 30-6-2026 volgen [aantal] inwoners de training.                     | <- SMART omschrijving
        | In 2026 is het aantal verwijzingen met xx% afgenomen t.o.v. 2025.      | <- SMART omschrijving
    Good:
        | SMART omschrijving                                                     |
        | Op 30-6-2026 volgen 40 inwoners de training in fase II (1).            |
    """
    if found := placeholders(piece.text):
        yield Problem(piece.cell, typed=found)
