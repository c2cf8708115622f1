"""Texts of the format are known by their last letters first: what is passed over is none of them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicheck.reader.layout import Layout, fingerprint, is_known_heading, layouts, official

TEXTS = ("Zo schrijft u een mijlpaal op", "Vul hier de code in: 1", "Ruimte voor het hele plan", "op")


def knowing(*texts: str) -> Layout:
    """A layout that knows these texts, and how the last word of each ends."""
    endings = sorted({re.findall(r"[0-9a-zà-ÿ]+", one.casefold())[-1][-3:] for one in texts})
    rows = {"rows": [fingerprint(one) for one in texts], "endings": endings}
    return replace(official(), words={**official().words, "examples": rows})


LAYOUT = knowing(*TEXTS)


@pytest.mark.parametrize("text", TEXTS)
@given(before=st.text(" \n-•"), behind=st.text(" .,:;!?)\n-€…\"'"))
def test_signs_around_a_text_do_not_hide_it(text: str, before: str, behind: str) -> None:
    assert LAYOUT.example(f"{before}{text}{behind}") == "rows"


@given(st.sampled_from(TEXTS), st.text("apn1 .", min_size=1))
def test_what_says_more_is_the_author_s_own(text: str, more: str) -> None:
    own = f"{text} {more}"
    same = fingerprint(own) in LAYOUT.texts("examples", "rows")
    assert LAYOUT.example(own) == ("rows" if same else None)


def test_every_heading_of_every_layout_is_known() -> None:
    headings = [text for one in layouts() for texts in one.columns.values() for text in texts]
    assert all(map(is_known_heading, headings))
    assert not any(is_known_heading(f"{one} 2026") for one in headings)
