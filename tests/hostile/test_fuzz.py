"""2,000 random changes, the same each time: each is judged or refused, none crashes or hangs."""

from __future__ import annotations

import pytest

from .fuzz import COUNT, outcome

TOGETHER = 100


@pytest.mark.parametrize("first", range(0, COUNT, TOGETHER))
def test_every_change_is_judged_or_refused(first: int) -> None:
    found = [outcome(number) for number in range(first, first + TOGETHER)]
    assert [one for one in found if one.problem] == []
    assert len({one.word for one in found}) > 2
