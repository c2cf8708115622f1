"""Every hostile file that can be judged is marked, or left alone for a reason that can be said."""

from __future__ import annotations

import pytest

from kpicheck import texts
from kpicheck.writer.splicing import Unpatchable
from tests.hostile.expected import expected
from tests.hostile.register import cases

from .judging import mark

JUDGED = [key for key in sorted(cases()) if expected()[key].exit != 3]


@pytest.mark.parametrize("key", JUDGED)
def test_marked_or_left(key: str) -> None:
    data = cases()[key].data()
    try:
        copy = mark(data)
    except Unpatchable as refused:
        assert texts.text("annotate", "reason", "nl", {"kind": refused.reason})
        return
    assert mark(copy) == copy
