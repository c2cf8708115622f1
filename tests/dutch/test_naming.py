import pytest

from kpicheck.dutch.naming import (
    groups,
    has_kpi_number,
    is_kpi_number,
    open_number,
    parts,
    without_open_number,
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Wijkzorg - Spreekuur - KPI 1", ["Wijkzorg", "Spreekuur", "KPI 1"]),
        ("Wijkzorg – Spreekuur — KPI 1", ["Wijkzorg", "Spreekuur", "KPI 1"]),
        ("Wijk-zorg -Spreekuur\n- KPI 1", ["Wijk-zorg", "Spreekuur", "KPI 1"]),
        ("Wijkzorg- en thuiszorg - KPI 1", ["Wijkzorg- en thuiszorg", "KPI 1"]),
        ("Wijkzorg", ["Wijkzorg"]),
        ("", []),
    ],
)
def test_spaced_dashes_split_a_name(name: str, expected: list[str]) -> None:
    assert parts(name) == expected


@pytest.mark.parametrize(
    "part", ["KPI 1", "KPI 1.2", "KPI 1a", "kpi 12.", "KPI1", "KPI nr. 3", "KPI: 4", "KPI 2.X"]
)
def test_a_last_part_is_a_kpi_number(part: str) -> None:
    assert is_kpi_number(part)


@pytest.mark.parametrize(
    "part", ["KPI", "KPI 1 en 2", "KPI 2,1", "Mijlpaal 1", "KPI 1 (vervolg)", "fase 1", ""]
)
def test_another_last_part_is_none(part: str) -> None:
    assert not is_kpi_number(part)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Wijkzorg - Spreekuur - KPI 2.X", "2.X"),
        ("KPI 2.x Spreekuur", "2.x"),
        ("Wijkzorg - Spreekuur - KPI XX", "XX"),
        ("Wijkzorg - Spreekuur - KPI n", "n"),
        ("Wijkzorg - Spreekuur - KPI ...", "..."),
        ("Wijkzorg - Spreekuur - KPI [nr]", "[nr]"),
    ],
)
def test_a_number_not_filled_in_is_seen(name: str, number: str) -> None:
    assert open_number(name) == number
    assert has_kpi_number(name)
    assert open_number(without_open_number(name)) is None


@pytest.mark.parametrize(
    "name",
    ["KPI 1", "KPI 2.10", "KPI 1b", "MDT-X - KPI 2", "KPI n.a.v. evaluatie", "KPI x-ray", "KPI's", ""],
)
def test_a_number_filled_in_is_no_gap(name: str) -> None:
    assert open_number(name) is None


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1", {"1"}),
        ("10", {"10"}),
        ("1a", {"1a", "1"}),
        ("3.2", {"3.2", "3"}),
        ("1.2.3", {"1.2.3", "1.2", "1"}),
        ("1.2a", {"1.2a", "1.2", "1"}),
    ],
)
def test_a_number_is_part_of_its_groups(number: str, expected: set[str]) -> None:
    assert groups(number) == expected
