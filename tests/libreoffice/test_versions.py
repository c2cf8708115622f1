"""A plan and what LibreOffice saved of it are two versions without a difference."""

from __future__ import annotations

import pytest

from kpicheck.comparison import compared
from kpicheck.job import Stated, check_bytes

from .cases import BUILT, TODAY, TWINS, ruleset
from .saving import Saved


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", TWINS)
def test_a_plan_and_its_libreoffice_twin_have_no_differences(name: str, saved: Saved) -> None:
    old, new = (
        check_bytes(data, name, ruleset(), Stated(), today=TODAY)
        for data in (BUILT[name](), saved.read(name))
    )
    for found in (compared(old, new), compared(new, old)):
        assert (found is None) == (old.plan is None)
        assert found is None or found.number == 0
