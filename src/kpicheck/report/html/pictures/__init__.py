"""Pictures of a plan: each a function from its glance to the elements of an SVG drawing."""

from __future__ import annotations

from kpicheck.report.figures import Words
from kpicheck.report.glance import Glance
from kpicheck.report.html.pictures.budget import budget
from kpicheck.report.html.pictures.drawing import Drawing
from kpicheck.report.html.pictures.halves import halves
from kpicheck.report.html.pictures.parties import parties
from kpicheck.report.html.pictures.split import split
from kpicheck.report.html.pictures.timeline import timelines


def drawings(glance: Glance, words: Words) -> dict[str, list[Drawing]]:
    """The drawings of each fact; none where there is nothing to draw."""
    return {
        "split": split(glance, words),
        "halves": halves(glance, words),
        "years": budget(glance, words),
        "parties": parties(glance, words),
        "milestones": timelines(glance, words),
    }
