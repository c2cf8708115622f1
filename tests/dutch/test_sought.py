from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules
from unicodedata import name

import pytest

import kpicheck.dutch
from kpicheck.dutch.sought import Sought, small_letters
from tests.dutch.needs import without_them

MODULES = [
    "kpicheck.clean",
    *(f"kpicheck.dutch.{module.name}" for module in iter_modules(kpicheck.dutch.__path__)),
]
ALL = [
    pytest.param(value, id=f"{module}{constant}")
    for module in MODULES
    for constant, value in vars(import_module(module)).items()
    if isinstance(value, Sought) and value.needs
]


@pytest.mark.parametrize("pattern", ALL)
def test_no_match_is_possible_without_one_of_the_fragments_it_needs(pattern: Sought) -> None:
    assert not pattern.any_case or all(one == small_letters(one) for one in pattern.needs)
    assert without_them(pattern.source, pattern.flags, pattern.needs) is None


@pytest.mark.parametrize(
    ("source", "needs", "way"),
    [
        ("nog|later", ("nog",), "later"),
        ("volgt nog|volgens", ("volg",), None),
        (r"a(?:bc)?d", ("abcd", "ad"), None),
        (r"a(?:bc)?d", ("abc",), "ad"),
        (r"a\s{1,3}b", ("a b",), "a\0b"),
        ("[xy]z", ("xz", "yz"), None),
        ("(?=nog)[a-z]{3}", ("nog",), "\0\0"),
        ("(?:ab){2}c", ("abc",), "ab\0c"),
        ("N[O]G", ("nog",), None),
    ],
)
def test_every_way_through_a_pattern_is_walked(source: str, needs: tuple[str, ...], way: str | None) -> None:
    assert without_them(source, re.IGNORECASE, needs) == way


def test_where_case_counts_a_fragment_is_looked_for_as_it_stands() -> None:
    assert without_them("NOG", 0, ("NOG",)) is None
    assert without_them("NOG", 0, ("nog",)) == "NOG"
    assert Sought("NOG", needs=("NOG",)).search("nog NOG")
    assert not Sought("NOG", needs=("NOG",)).possible("nog")


def test_small_letters_are_those_that_regular_expressions_take_for_equal() -> None:
    for letter in "abcdefghijklmnopqrstuvwxyzëïéèü€":
        same = re.compile(letter, re.IGNORECASE)
        for code in (*range(0xD800), *range(0xE000, 0x11000)):
            if same.fullmatch(chr(code)):
                assert letter in small_letters(chr(code)), hex(code)


def test_latin_letters_that_are_equal_when_case_does_not_count_have_the_same_small_letters() -> None:
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    with_case = "".join(one for one in every if one.casefold() != one or one.upper() != one)
    for letter in (one for one in with_case if one < "Ͱ" and name(one).startswith("LATIN")):
        same = set(re.findall(re.escape(letter), with_case, re.IGNORECASE))
        assert {small_letters(one) for one in same} == {small_letters(letter)}, hex(ord(letter))


def test_small_letters_stand_at_the_place_of_the_letters() -> None:
    every = [chr(code) for code in (*range(0xD800), *range(0xE000, 0x110000))]
    assert [letter for letter in every if len(small_letters(letter)) != 1] == []
    for kind in (r"\w", r"\s", r"\d"):
        same = re.compile(kind)
        assert [one for one in every if bool(same.match(one)) != bool(same.match(small_letters(one)))] == []


def test_a_text_without_the_fragments_is_not_searched() -> None:
    pattern = Sought("nog|later", re.IGNORECASE, needs=("nog", "later"))
    assert pattern.search("Alles is klaar") is None
    assert "compiled" not in vars(pattern)
    assert pattern.sub("-", "NOG niet, later") == "- niet, -"
    assert [one[0] for one in pattern.finditer("Nog LATER")] == ["Nog", "LATER"]
    assert (pattern.match("later"), pattern.fullmatch("nog later")) != (None, None)
