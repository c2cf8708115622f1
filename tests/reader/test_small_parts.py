"""Small parts with the same bytes are read once, and that never shows but in time."""

from __future__ import annotations

import pytest

from kpicheck.allowance import LIMITS, Allowance, Exceeded, Limit
from kpicheck.reader import small_parts
from kpicheck.reader.package import elements
from kpicheck.reader.refusal import Refusal
from kpicheck.reader.shape import RELATIONS, RELATIONSHIP
from kpicheck.reader.small_parts import once

NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_parts, "_known", {})


def relationships(number: int) -> bytes:
    inside = "".join(f'<Relationship Id="r{nth}" Type="t" Target="x"/>' for nth in range(number))
    return f'<Relationships xmlns="{NAMESPACE}">{inside}</Relationships>'.encode()


def read(xml: bytes, allowance: Allowance) -> list[tuple[str, dict[str, str]]]:
    return elements("_rels/.rels", xml, allowance, RELATIONS, (RELATIONSHIP,))


def test_the_same_bytes_are_read_once_and_counted_each_time() -> None:
    first, again = Allowance(), Allowance()
    assert read(relationships(3), first) is read(relationships(3), again)
    for what in LIMITS:
        assert first.spent(what) == again.spent(what)
    assert again.spent("relations") == 3


def test_other_bytes_are_read() -> None:
    allowance = Allowance()
    assert len(read(relationships(1), allowance)) == 1
    assert len(read(relationships(2), allowance)) == 2


def test_a_part_that_is_known_is_refused_where_it_asks_too_much() -> None:
    read(relationships(3), Allowance())
    with pytest.raises(Exceeded, match="relations"):
        read(relationships(3), Allowance({"relations": Limit(2)}))


def test_a_part_that_is_refused_is_refused_again() -> None:
    broken = relationships(3)[:-3]
    for _ in range(2):
        with pytest.raises(Refusal):
            read(broken, Allowance())


def test_a_large_part_is_not_kept_and_only_the_last_ones_are() -> None:
    asked: list[int] = []

    def give() -> int:
        asked.append(1)
        return len(asked)

    large = b"x" * ((64 << 10) + 1)
    assert [once("w", "p", large, Allowance(), give) for _ in range(2)] == [1, 2]
    assert [once("w", "p", large[1:], Allowance(), give) for _ in range(2)] == [3, 3]
    for nth in range(64):
        once("w", str(nth), b"", Allowance(), give)
    assert once("w", "p", large[1:], Allowance(), give) == 68
