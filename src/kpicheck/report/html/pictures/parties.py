"""Money per party, as lying bars."""

from __future__ import annotations

from kpicheck.clean import one_line
from kpicheck.model import ZERO
from kpicheck.report.figures import Words, party_name
from kpicheck.report.glance import Glance
from kpicheck.report.html.pictures.drawing import WIDTH, Drawing, Element, label, rectangle

_LEFT, _RIGHT, _STEP, _BAR = 230, 100, 28, 18
_LONGEST = 32


def parties(glance: Glance, words: Words) -> list[Drawing]:
    """A bar for each party, in the order of their columns."""
    most = max((one.amount for one in glance.parties), default=ZERO)
    if most <= 0:
        return []
    elements: list[Element] = []
    for number, one in enumerate(glance.parties):
        top = 6 + number * _STEP
        wide = max(float(one.amount / most), 0) * (WIDTH - _LEFT - _RIGHT)
        name = one_line(party_name(one.name, words, kassier=one.kassier), _LONGEST)
        elements.append(label(name, _LEFT - 10, top + 14, "end"))
        elements.append(rectangle("kassier" if one.kassier else "party", _LEFT, top, wide, _BAR))
        elements.append(label(words.euro(one.amount), _LEFT + wide + 8, top + 14))
    height = 12 + len(glance.parties) * _STEP
    return [Drawing(words.say("title_parties"), words.say("picture_parties"), height, elements)]
