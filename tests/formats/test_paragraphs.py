"""Paragraphs of the console report: broken where rich breaks them, with and without a terminal."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console  # noqa: TID251 - what it is compared with
from rich.text import Text  # noqa: TID251 - same

from kpicheck.report.console import show, to_text
from kpicheck.report.paragraphs import wrapped
from tests.formats.runs import all_samples

if TYPE_CHECKING:
    import pytest

TYPED = st.text(st.sampled_from("ab€é ·-  \n\t漢字́👍x"), max_size=60)


def by_rich(text: str, width: int) -> list[str]:
    lines = Text(text).wrap(Console(file=io.StringIO(), width=width), width)
    return [line.plain.rstrip() for line in lines]


@given(TYPED, st.integers(2, 30))
def test_lines_break_where_rich_breaks_them(text: str, width: int) -> None:
    assert list(wrapped(text.replace("\t", ""), width)) == by_rich(text.replace("\t", ""), width)


@given(st.text(st.sampled_from("ab€ \t"), max_size=60), st.integers(2, 30))
def test_a_tab_is_as_wide_as_rich_makes_it(text: str, width: int) -> None:
    assert list(wrapped(text, width)) == by_rich(text, width)


def test_a_terminal_shows_the_same_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = all_samples()
    show(run)
    plain = capsys.readouterr().out
    assert plain == to_text(run, width=80)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    show(run)
    styled = capsys.readouterr().out
    assert styled != plain
    assert re.sub(r"\x1b\[[\d;]*m", "", styled) == plain
