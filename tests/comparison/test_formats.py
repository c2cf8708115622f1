"""What holds for every format of a comparison, whatever text the plans hold; and each format read back."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from dataclasses import replace

import cmarkgfm
import html5lib
import openpyxl  # noqa: TID251 - the second opinion on what was written
import pytest
from cmarkgfm.cmark import Options
from hypothesis import example, given, settings
from hypothesis import strategies as st
from samples.expected import FOLDER

from kpicheck import texts
from kpicheck.comparison.wording import Piece, pieces
from kpicheck.finding import Failure
from kpicheck.report.differences.formats import NAMES, formats
from kpicheck.report.differences.page import to_html, to_shared_html
from kpicheck.report.differences.shortening import shortened
from kpicheck.report.differences.versions import Versions

from .poison import BSN, MARKUP, poisoned
from .versions import TEN, beside, judged, newer, official, regional, row_of, ten
from .versions import written as written_plan

CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
COMMAND = re.compile(r"##\w*\[|^\s*::[a-z]", re.MULTILINE)
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=30)


def written(name: str, versions: Versions) -> str:
    """What a format says, as text; of a workbook all its parts."""
    data = formats(lambda _: versions)[name].write(versions.run)
    if isinstance(data, str):
        return data.encode("utf-8", "strict").decode()
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "".join(book.read(part).decode("utf-8", "strict") for part in book.namelist())


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=12, deadline=None)
@given(text=ANYTHING)
@example("")
@example(MARKUP)
@example("\ud800\udfff\ufffe\uffff\x00\x1b[31m\x85\u2028\u202e\r\n\t")
@example("=1+1,=cmd|' /C calc'!A0;@x\n-2\n+3")
@example("{old} {0} %s {{ 7*7 }} {% x %}")
def test_any_text_anywhere_gives_strict_utf8_without_controls_and_commands(name: str, text: str) -> None:
    said = written(name, poisoned(text))
    assert not CONTROLS.search(said)
    assert not COMMAND.search(said)
    assert BSN not in said
    if name == "json":
        json.loads(said)


def test_nothing_is_live_in_the_page() -> None:
    for page in (to_html(poisoned(MARKUP)), to_shared_html(poisoned(MARKUP))):
        parsed = html5lib.parse(page, namespaceHTMLElements=False)
        tags = {one.tag for one in parsed.iter() if isinstance(one.tag, str)}
        assert not tags & {"script", "img", "iframe", "object", "link", "form"}
        assert "default-src 'none'" in page
        assert [one for one in parsed.iter("a") if not one.get("href", "").startswith("#")] == []


def test_an_amount_is_never_parted_from_its_sign_on_the_page() -> None:
    said = to_html(ten())
    assert "€\N{NO-BREAK SPACE}3.335.456" in said
    assert "€ " not in said


def test_nothing_is_live_in_markdown() -> None:
    said = written("md", poisoned(MARKUP))
    page = str(cmarkgfm.github_flavored_markdown_to_html(said, options=Options.CMARK_OPT_UNSAFE))
    tags = set(re.findall(r"<([a-z][a-z0-9]*)", page))
    assert tags <= {
        "h2",
        "h3",
        "h4",
        "p",
        "strong",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "del",
    }


def test_markdown_shows_the_words_of_both_versions() -> None:
    said = written("md", ten())
    page = str(cmarkgfm.github_flavored_markdown_to_html(said))
    assert "In 2027 hebben <del>de</del> <strong>aantoonbaar</strong> instructeurs" in page


def test_nothing_in_the_workbook_is_a_formula() -> None:
    for versions in (poisoned("=1+1"), poisoned(MARKUP)):
        data = formats(lambda _, known=versions: known)["xlsx"].write(versions.run)  # type: ignore[misc]
        assert isinstance(data, bytes)
        book = openpyxl.load_workbook(io.BytesIO(data))
        kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
        assert kinds <= {"s", "n"}


def test_the_workbook_read_back() -> None:
    versions = ten()
    data = formats(lambda _: versions)["xlsx"].write(versions.run)
    assert isinstance(data, bytes)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == [
        "Overzicht",
        "Verschillen",
        "Bevindingen",
        "Partijen",
        "Half jaren",
        "Geld dat eerder komt",
    ]
    overview = [[cell.value for cell in row] for row in book["Overzicht"].iter_rows()]
    assert overview[0] == ["Wat", "Oud", "Nieuw", "Verschil"]
    assert ["Totaal", 3335456, 3360456, 25000] in overview
    sooner = [[cell.value for cell in row] for row in book["Geld dat eerder komt"].iter_rows()]
    assert sooner == [
        ["KPI", "Was", "Wordt", "Dagen eerder", "Bedrag in euro"],
        ["Algemeen - Voortgangsanalyse 1 - KPI 1.5", "1-7-2027", "31-12-2026", 182, 64450],
    ]
    changes = [[cell.value for cell in row] for row in book["Verschillen"].iter_rows(min_row=2)]
    assert ["Gewijzigd", "Algemeen - Voortgangsanalyse 2 - KPI 1.7", "rij 22, was rij 21"] in [
        one[:3] for one in changes
    ]
    assert len(changes) == 9
    parties = [[cell.value for cell in row] for row in book["Partijen"].iter_rows(min_row=2)]
    assert parties == [["Synthese", 29123, 70340, 41217], ["Gemeenten", 848264, 807047, -41217]]
    fates = [row[0].value for row in book["Bevindingen"].iter_rows(min_row=2)]
    assert [fates.count(one) for one in ("Nieuw", "Opgelost (cellen van de oude versie)", "Gebleven")] == [
        12,
        6,
        37,
    ]


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_new_and_solved_finding_is_in_every_format(name: str, language: str) -> None:
    versions = ten(language)
    assert versions.comparison
    found = versions.comparison.findings
    said = written(name, versions)
    for one in (*found.new, *found.solved):
        assert one.rule in said


def test_the_text_of_the_page_is_the_text_of_the_terminal() -> None:
    page = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", to_html(ten()))).split())
    for line in (
        "KPI 2.2 (€ 364.595) is gesplitst in KPI 2.2a (€ 200.000) en KPI 2.2b (€ 164.595).",
        "Gemeenten: € 241.217 wordt € 200.000",
        "Nieuw: € 25.000, inspanning, 1-7-2027.",
    ):
        assert line in page
    assert "weg: de nieuw: aantoonbaar" in page.replace(" :", ":")


def test_long_stretches_that_are_the_same_are_shortened_and_changes_never() -> None:
    words = [f"w{one}" for one in range(100)]
    new = [*words[:50], "anders", *words[51:]]
    told = shortened(pieces(" ".join(words), " ".join(new)))
    assert [one.kind for one in told] == ["same", "old", "new", "same"]
    assert told[0].text.split() == ["…", *words[40:50]]
    assert told[3].text.split() == [*words[51:61], "…"]
    assert [told[1].text, told[2].text] == ["w50", "anders"]


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_the_pieces_are_both_texts(old: list[str], new: list[str]) -> None:
    found = pieces(" ".join(old), " ".join(new))
    for kind, words in (("new", old), ("old", new)):
        assert [word for one in found if one.kind != kind for word in one.text.split()] == words


def test_a_text_that_is_too_long_to_compare_is_gone_and_new_as_a_whole() -> None:
    old, new = (" ".join(f"{mark}{one % 7}" for one in range(400)) for mark in "ab")
    assert pieces(old, new) == (Piece("old", old), Piece("new", new))


@pytest.mark.parametrize("number", [0, 9])
def test_a_plan_that_was_not_fully_checked_is_compared_and_never_called_the_same(number: int) -> None:
    old = judged(written_plan(regional()), "oud.xlsx")
    new = judged(written_plan(newer(*TEN) if number else regional()), "nieuw.xlsx")
    failure = Failure("several-versions", {"judged": "Mijlpalen", "others": "Versie 2"})
    versions = beside(old, replace(new, failure=failure))
    assert versions.state == "not_checked"
    said = written("console", versions)
    assert "Let op: nieuw.xlsx is niet volledig gecontroleerd." in said
    assert ("9 verschillen." in said) == bool(number)
    assert ("Geen verschillen gevonden, maar niet alles is gecontroleerd." in said) != bool(number)
    assert json.loads(written("json", versions))["status"] == "not_checked"


def test_a_text_that_became_blank_says_so() -> None:
    plan = regional()
    row_of(plan, "2.6")["smart"] = None
    versions = beside(judged(written_plan(regional())), judged(written_plan(plan)))
    assert "SMART omschrijving (nu leeg): [-In 2027 hebben" in written("console", versions)
    back = beside(judged(written_plan(plan)), judged(written_plan(regional())))
    assert "SMART omschrijving (was leeg): {+In 2027 hebben" in written("console", back)


def test_of_a_number_that_was_used_again_it_is_said_how_much_the_texts_are_alike() -> None:
    old, new = (
        judged((FOLDER / f"{one}.xlsx").read_bytes())
        for one in ("mijlpalenoverzicht", "verdeling-in-een-cel")
    )
    said = " ".join(written("console", beside(old, new)).split())
    assert "naam en tekst lijken te weinig op elkaar (19,0%) om dezelfde KPI te zijn." in said
    assert "Niet vergelijkbaar: beide zijn niet te lezen." in said


def test_what_changed_in_the_plan_as_a_whole_is_told() -> None:
    old, new = official(), official()
    new["budget"]["2027"] += 1000
    new["general"]["Naam TransformatiePlan"] = "Anders"
    said = " ".join(written("console", beside(judged(written_plan(old)), judged(written_plan(new)))).split())
    assert f"Begroting 2027: € {old['budget']['2027']:,} wordt".replace(",", ".") in said
    assert "wordt Anders." in said
    del new["budget"]
    said = " ".join(written("console", beside(judged(written_plan(old)), judged(written_plan(new)))).split())
    assert "Begroting per jaar, samen: € 1.200.000 wordt leeg." in said
