"""Effort and result as shares of the whole, with the line that effort may not pass."""

from __future__ import annotations

from kpicheck import texts
from kpicheck.report.figures import Words
from kpicheck.report.glance import Glance
from kpicheck.report.html.pictures.drawing import WIDTH, Drawing, Element, label, legend, line, rectangle

_TOP, _HIGH, _HEIGHT = 26, 44, 112
_ROOM_FOR_WORDS = 60


def split(glance: Glance, words: Words) -> list[Drawing]:
    """One bar; money without a type stands beside effort, with which it counts."""
    money = glance.money
    if money.total <= 0 or min(money.by_type.values()) < 0:
        return []
    elements: list[Element] = []
    left = 0.0
    shown = [kind for kind in ("effort", "untyped", "result") if money.by_type[kind]]
    for kind in shown:
        wide = float(money.by_type[kind] / money.total) * WIDTH
        elements.append(rectangle(kind, left, _TOP, wide, _HIGH))
        if wide > _ROOM_FOR_WORDS:
            share = words.share(money.by_type[kind], money.total)
            elements.append(rectangle("plate", left + wide / 2 - 27, _TOP + 12, 54, 20))
            elements.append(label(share, left + wide / 2, _TOP + 27, "middle"))
        left += wide
    if glance.max_share is not None:
        at = float(glance.max_share) * WIDTH
        said = words.say("legend_limit", share=texts.share(glance.max_share, words.language))
        elements.append(line("limit", [(at, _TOP - 8), (at, _TOP + _HIGH + 8)]))
        elements.append(label(said, at, _TOP - 12, "end" if at > WIDTH / 2 else "start", "strong"))
    elements += legend(words, shown, _HEIGHT - 8)
    return [Drawing(words.say("title_split"), words.say("picture_split"), _HEIGHT, elements)]
