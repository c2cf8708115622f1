"""Which rows are taken as the same KPI, and which are not compared because that is not certain."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal

import pytest

from kpicheck.comparison.entries import entries
from kpicheck.comparison.likeness import Likeness
from kpicheck.comparison.matching import Matched, matched
from kpicheck.comparison.readings import FIELDS
from kpicheck.comparison.terms import Terms, terms
from kpicheck.dutch.naming import number_in, without_number
from kpicheck.model import Cell, Field, Gap, Kind, Kpi, Payment, StartContribution

TEXT = "In 2027 hebben minimaal 50 unieke inwoners van de regio een gesprek met het sociaal domein gehad"
OTHER = "Alle huisartsen gebruiken de verwijslijn en leggen elke verwijzing vast volgens het protocol"


def kpi(number: str, name: str = "", smart: str = "", total: int = 1000, row: int = 1) -> Payment:
    model = StartContribution if name == "Startbijdrage" else Kpi
    blank: Field[str] = Field(gap=Gap.BLANK)
    return model(
        sheet="Mijlpalen",
        row=row,
        section=None,
        section_row=None,
        name=Field(value=f"{name} - KPI {number}", cell=Cell("Mijlpalen", row, 1)) if name else blank,
        smart=Field(value=smart) if smart else blank,
        date=Field(gap=Gap.BLANK),
        type=Field(value=Kind.EFFORT),
        evidence=blank,
        total=Field(value=Decimal(total)),
        explanation=blank,
        control=Field(gap=Gap.ABSENT),
        shares=Field(gap=Gap.ABSENT),
        number=number or None,
        subproject="",
    )


def match(old: list[Payment], new: list[Payment], by: Terms | None = None) -> Matched:
    by = by or terms()
    fields = [one for one in FIELDS if one != "date"]
    before, after = (entries(rows, fields, None, by.most_words) for rows in (old, new))
    return matched(before, after, by)


def pairs(found: Matched) -> list[tuple[str | None, str | None]]:
    return sorted((one.row.number, other.row.number) for one, other in found.pairs)


def unclear(found: Matched) -> list[tuple[list[str | None], list[str | None], str]]:
    return [
        ([x.row.number for x in one.old], [x.row.number for x in one.new], one.reason)
        for one in found.unclear
    ]


def test_number_and_name_are_enough_whatever_the_text_says() -> None:
    assert pairs(match([kpi("1", "Zorgpad", TEXT)], [kpi("1", "Zorgpad", OTHER)])) == [("1", "1")]


def test_a_number_alone_is_enough_where_the_text_is_alike() -> None:
    found = match([kpi("1", "Zorgpad", TEXT)], [kpi("1", "Wijkteams", f"{TEXT} {OTHER}")])
    assert pairs(found) == [("1", "1")]


def test_a_number_that_was_used_again_for_something_else_is_not_compared() -> None:
    found = match([kpi("1", "Zorgpad", TEXT)], [kpi("1", "Wijkteams", OTHER)])
    assert pairs(found) == []
    assert unclear(found) == [(["1"], ["1"], "number")]


def test_a_name_alone_is_enough() -> None:
    assert pairs(match([kpi("1", "Zorgpad", TEXT)], [kpi("9", "Zorgpad", OTHER)])) == [("1", "9")]


def test_a_name_that_many_rows_have_says_nothing() -> None:
    old = [kpi("1", "Zorgpad", TEXT), kpi("2", "Zorgpad", OTHER, 2000)]
    new = [kpi("1", "Zorgpad", "Nieuw.", 1), kpi("2", "Zorgpad", TEXT), kpi("3", "Zorgpad", OTHER, 2000)]
    found = match(old, new)
    assert pairs(found) == [("1", "2"), ("2", "3")]
    assert [one.row.number for one in found.added] == ["1"]


def test_words_are_enough_where_number_and_name_are_others() -> None:
    found = match([kpi("1", "Zorgpad", TEXT)], [kpi("7", "Zorglijn", TEXT.replace("50", "60"))])
    assert pairs(found) == [("1", "7")]


def likes(text: str, likeness: float) -> str:
    """A text so much like that one: the other words are nowhere else."""
    words = text.split()
    same = round(len(words) * likeness)
    return " ".join(words[:same] + [f"w{index}" for index in range(len(words) - same)])


WORDS = " ".join(f"woord{index}" for index in range(100))


@pytest.mark.parametrize(
    ("likeness", "paired", "told"),
    [(0.65, True, []), (0.64, False, ["unlike"]), (0.50, False, ["unlike"]), (0.49, False, [])],
)
def test_the_terms_at_their_edges(likeness: float, paired: bool, told: list[str]) -> None:  # noqa: FBT001 - a table
    found = match([kpi("", "", WORDS)], [kpi("", "", likes(WORDS, likeness))])
    assert bool(found.pairs) is paired
    assert [one.reason for one in found.unclear] == told
    assert len(found.dropped) == (not paired and not told)


@pytest.mark.parametrize(("likeness", "paired"), [(0.30, True), (0.29, False)])
def test_the_term_for_a_number_at_its_edge(likeness: float, paired: bool) -> None:  # noqa: FBT001 - a table
    found = match([kpi("1", "", WORDS)], [kpi("1", "", likes(WORDS, likeness))])
    assert bool(found.pairs) is paired


def test_two_rows_that_are_as_much_alike_are_not_guessed() -> None:
    new = [kpi("7", "Een", f"{TEXT} noord"), kpi("8", "Twee", f"{TEXT} zuid")]
    found = match([kpi("1", "Nul", f"{TEXT} west")], new)
    assert pairs(found) == []
    assert unclear(found) == [(["1"], ["7", "8"], "ambiguous")]


def test_a_row_that_is_clearly_more_alike_than_another_is_taken() -> None:
    old = kpi("", "", WORDS)
    for rival, sure in ((0.85, True), (0.86, False)):
        found = match([old], [kpi("", "", likes(WORDS, 0.90)), kpi("", "", likes(WORDS, rival), 2)])
        assert bool(found.pairs) is sure


def test_copies_of_a_row_are_exchanged_without_a_difference() -> None:
    rows = [kpi("2.1", "Zorgpad", TEXT, row=one) for one in (1, 2)]
    found = match(rows, rows[::-1])
    assert len(found.pairs) == 2
    assert not found.unclear


def test_of_two_rows_with_one_number_and_name_the_unchanged_one_is_known() -> None:
    old = [kpi("2.1", "Zorgpad", TEXT), kpi("2.1", "Zorgpad", OTHER)]
    found = match(old, [old[1], kpi("2.1", "Zorgpad", f"{TEXT} in 2028")])
    assert [
        (one.row.smart.value, other.row.smart.value) for one, other in found.pairs if one.words != other.words
    ] == [(TEXT, f"{TEXT} in 2028")]
    assert len(found.pairs) == 2


def test_of_two_rows_with_one_number_that_were_both_rewritten_none_is_guessed() -> None:
    old = [kpi("2.1", "Zorgpad", TEXT), kpi("2.1", "Zorgpad", TEXT, 5)]
    new = [kpi("2.1", "Zorgpad", TEXT, 7), kpi("2.1", "Zorgpad", TEXT, 9)]
    found = match(old, new)
    assert pairs(found) == []
    assert unclear(found) == [(["2.1", "2.1"], ["2.1", "2.1"], "ambiguous")]


def test_a_start_contribution_is_never_a_milestone() -> None:
    found = match([kpi("3.0", "Startbijdrage")], [kpi("3.0", "Start")])
    assert pairs(found) == []
    assert (len(found.dropped), len(found.added)) == (1, 1)


def test_a_split_needs_money_that_adds_up_to_the_cent() -> None:
    old = [kpi("2.1", "Scholing", TEXT, 1000)]
    for other, told in ((600, 1), (601, 0)):
        new = [kpi("2.1a", "Scholing", TEXT, 400), kpi("2.1b", "Scholing", TEXT, other)]
        assert len(match(old, new).splits) == told


def test_a_split_with_two_ways_to_add_up_is_not_guessed() -> None:
    old = [kpi("2.1", "Scholing", TEXT, 1000)]
    new = [kpi(f"2.1{one}", "Scholing", TEXT, 500) for one in "abc"]
    found = match(old, new)
    assert found.splits == ()
    assert [one[2] for one in unclear(found)] == ["ambiguous"]


def test_a_split_in_more_rows_than_the_terms_allow_is_not_called_so() -> None:
    for parts, told in ((4, 1), (5, 0)):
        old = [kpi("2.1", "Scholing", TEXT, 100 * parts)]
        new = [kpi(f"2.1{one}", "Scholing", TEXT, 100) for one in "abcde"[:parts]]
        assert len(match(old, new).splits) == told


def test_money_that_goes_to_something_new_of_another_kind_is_no_split() -> None:
    old = [kpi("1", "Zorgpad", TEXT, 1000)]
    new = [kpi("1", "Zorgpad", TEXT, 400), kpi("2", "Wijkteams", OTHER, 600)]
    found = match(old, new)
    assert found.splits == ()
    assert [one.row.number for one in found.added] == ["2"]


def test_many_rows_that_have_nothing_in_common_are_not_compared_by_their_text_and_that_is_told() -> None:
    old = [kpi(f"1.{one}", f"Oud {one}", f"{TEXT} {one}") for one in range(500)]
    new = [kpi(f"2.{one}", f"Nieuw {one}", f"{TEXT} samen {one}") for one in range(500)]
    begun = time.process_time()
    found = match(old, new)
    assert time.process_time() - begun < 5
    assert found.skipped
    assert len(found.dropped) == len(found.added) == 500


def test_the_term_for_how_many_words_are_compared_at_its_edge() -> None:
    old, new = [kpi("1", "", f"{WORDS} een")], [kpi("2", "", f"{WORDS} twee")]
    at = replace(terms(), most_word_pairs=101 * 101)
    assert pairs(match(old, new, at)) == [("1", "2")]
    below = match(old, new, replace(at, most_word_pairs=101 * 101 - 1))
    assert (below.pairs, below.skipped) == ((), True)


def test_likeness_is_worked_out_on_the_first_words_only() -> None:
    by = terms()
    long = entries([kpi("1", "", f"{WORDS} " * 50)], FIELDS, None, by.most_words)[0]
    assert len(long.words) == by.most_words
    assert Likeness(by).of(long, long) == 1


@pytest.mark.parametrize(
    ("name", "number", "rest"),
    [
        ("AvZ - Opleiden - KPI 2.5", "2.5", "AvZ - Opleiden"),
        ("KPI 2.5 - Opleiden", "2.5", "Opleiden"),
        ("Startbijdrage KPI 3.0", "3.0", "Startbijdrage"),
        ("Programma, KPI nr. 4", "4", "Programma"),
        ("Scholing - KPI 2.1a", "2.1a", "Scholing"),
        ("Scholing van KPI's", None, "Scholing van KPI's"),
    ],
)
def test_a_name_without_its_number(name: str, number: str | None, rest: str) -> None:
    assert number_in(name) == number
    assert without_number(name, number) == rest
