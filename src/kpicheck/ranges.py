"""Cell addresses in order and in ranges: people read I15 t/m L15, not four addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable

_REF = re.compile(r"^([A-Z]+)(\d+)$")

Place = tuple[int, int]


def place(ref: str) -> Place | None:
    """(row, column) of an address without a sheet; None for another kind of address."""
    found = _REF.match(ref)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def ranges(refs: Iterable[str]) -> list[tuple[str, str]]:
    """First and last address of each run of three or more neighbours in a row or a column."""
    wanted = list(dict.fromkeys(refs))
    placed = {ref: found for ref in wanted if (found := place(ref))}
    other = [(ref, ref) for ref in wanted if ref not in placed]
    by_row = sorted(placed, key=lambda ref: placed[ref])
    rows = _runs(by_row, placed, step=(0, 1))
    lone = [first for first, last in rows if first == last]
    by_column = sorted(lone, key=lambda ref: (placed[ref][1], placed[ref][0]))
    runs = [run for run in rows if run[0] != run[1]] + _runs(by_column, placed, step=(1, 0))
    return sorted(runs, key=lambda run: placed[run[0]]) + other


def _runs(refs: list[str], placed: dict[str, Place], step: Place) -> list[tuple[str, str]]:
    runs: list[list[str]] = []
    for ref in refs:
        row, column = placed[ref]
        if runs and placed[runs[-1][-1]] == (row - step[0], column - step[1]):
            runs[-1].append(ref)
        else:
            runs.append([ref])
    shortest = 3
    return [
        pair
        for run in runs
        for pair in ([(run[0], run[-1])] if len(run) >= shortest else [(ref, ref) for ref in run])
    ]
