"""The page: its structure, what it shows of every finding, what it hides, and what it leaves inert."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any, TypeAlias

import html5lib
import pytest

from kpicheck import texts
from kpicheck.report.formats import FORMATS
from kpicheck.report.run import Run

from .pages import HOSTILE, KPIS, hostile, sixty
from .runs import all_samples, basis, crashed, excepted, named, poisoned, trapped

Element: TypeAlias = Any  # lxml tells no types
MEGABYTE = 1_000_000
RUNS: dict[str, Callable[[], Run]] = {
    "all samples": all_samples,
    "all samples in English": lambda: all_samples("en"),
    "a good plan": lambda: one("goed-plan"),
    "a regional plan": lambda: one("midden-limburg-west"),
    "sixty KPIs": sixty,
    "a hostile plan": hostile,
    "traps": trapped,
    "exceptions": excepted,
    "a check that crashed": lambda: basis().run([crashed()], glance=True),
    "nothing at a glance": lambda: basis().run([named("fouten-per-familie")]),
    "no file": lambda: Run(basis(), ()),
}


def one(sample: str, language: str = "nl") -> Run:
    return basis(language).run([named(sample)], glance=True)


def page(run: Run) -> str:
    said = FORMATS["html"].write(run)
    assert isinstance(said, str)
    return said


def shared(run: Run) -> str:
    assert FORMATS["html"].shared
    said = FORMATS["html"].shared(run)
    assert isinstance(said, str)
    return said


def parsed(said: str) -> Element:
    """The page as a browser reads it; anything that HTML does not allow raises."""
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False
    )
    root: Element = parser.parse(said).getroot()
    return root


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def visible_text(root: Element) -> str:
    return " ".join(text_of(child) for child in root.iter("body"))


@pytest.mark.parametrize("write", [page, shared])
@pytest.mark.parametrize("name", RUNS)
def test_a_page_is_well_formed_and_its_parts_are_named(name: str, write: Callable[[Run], str]) -> None:
    root = parsed(write(RUNS[name]()))
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    assert [one for one, number in ids.items() if number > 1] == []
    for link in root.iter("a"):
        assert link.get("href", "")[:1] == "#"
        assert link.get("href", "")[1:] in ids
        assert text_of(link)
    for named_by in ("aria-labelledby", "aria-describedby"):
        for element in root.iter():
            assert set((element.get(named_by) or "").split()) <= set(ids)
    for region in root.xpath("//*[@role='group']"):
        assert region.get("tabindex") == "0"
        assert region.get("aria-label") or region.get("aria-labelledby")


@pytest.mark.parametrize("name", RUNS)
def test_headings_go_down_one_step_at_a_time_from_one_h1(name: str) -> None:
    root = parsed(page(RUNS[name]()))
    levels = [int(element.tag[1]) for element in root.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", RUNS)
def test_every_table_has_a_caption_and_scopes(name: str) -> None:
    for table in parsed(page(RUNS[name]())).iter("table"):
        assert text_of(table.find("caption"))
        assert {head.get("scope") for head in table.iter("th")} <= {"col", "row"}
        assert any(head.get("scope") == "col" for head in table.iter("th"))


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_picture_tells_what_it_shows_and_has_its_figures_in_a_table(language: str) -> None:
    root = parsed(page(sixty(language)))
    pictures = root.xpath("//*[local-name()='svg'][@role='img']")
    assert len(pictures) == 6  # sixty KPIs stand in two drawings
    for picture in pictures:
        told = [text_of(child) for child in picture if str(child.tag).endswith(("title", "desc"))]
        assert len(told) == 2
        assert all(told)
    for section in root.xpath("//section[@class='figure']"):
        assert section.findall(".//table")
    assert root.get("lang") == language


def test_a_finding_tells_where_what_why_what_to_do_and_its_source() -> None:
    run = one("fouten-per-familie")
    root = parsed(page(run))
    articles = root.xpath("//article[contains(@class, 'finding')]")
    assert len(articles) == len(run.judged[0].file.findings)
    for found, article in zip(run.judged[0].file.findings, articles, strict=True):
        said = text_of(article)
        why = texts.text(found.rule, "why", "nl")
        parts = (
            found.rule,
            found.cell,
            found.message,
            "Doe nu:",
            found.fix,
            "Waarom:",
            why,
            found.source.quote,
        )
        for part in parts:
            assert " ".join(part.split()) in said


def test_the_row_of_a_finding_stands_in_a_grid_with_letters_and_typed_values() -> None:
    root = parsed(page(one("fouten-per-familie")))
    group = next(
        one
        for one in root.xpath("//section[@class='group']")
        if text_of(one.find("h3")).endswith("blad Mijlpalen, rij 10")
    )
    letters = [text_of(head)[0] for head in group.xpath(".//thead//th")]
    assert letters[:8] == list("ABCDEFGH")
    cells = dict(zip(letters, map(text_of, group.xpath(".//tbody//td")), strict=True))
    assert "€ 100.000" in cells["F"]
    assert "A201" in cells["F"]
    assert re.search(r"\d{1,2}-\d{1,2}-20\d\d", cells["C"])
    assert "hoort erbij" in cells["I"]


def test_findings_are_reached_by_rule_as_well() -> None:
    run = one("midden-limburg-west")
    root = parsed(page(run))
    rows = root.xpath("//table[@class='rules']/tbody/tr")
    counted = Counter(found.rule for found in run.judged[0].file.findings)
    assert {text_of(row.find("th")) for row in rows} == set(counted)
    links = [link.get("href") for row in rows for link in row.iter("a")]
    articles = root.xpath("//article[contains(@class, 'finding')]/*[1]/@id")
    assert sorted(links) == sorted(f"#{mark}" for mark in articles)


def test_the_worst_comes_first_in_what_to_do() -> None:
    steps = parsed(page(one("midden-limburg-west"))).xpath("//ol[@class='steps']/li")
    assert len(steps) == 5
    assert all("Fout" in text_of(step) for step in steps)
    assert "(5 keer)" in text_of(steps[0])
    good = parsed(page(one("goed-plan")))
    assert "Er is niets wat u eerst moet doen" in visible_text(good)


def test_sixty_kpis_fit_in_a_megabyte() -> None:
    assert len(sixty().judged[0].glance.milestones) == KPIS  # type: ignore[union-attr]
    assert len(page(sixty()).encode()) < MEGABYTE


@pytest.mark.parametrize("hidden", [False, True])
def test_hostile_text_is_text(hidden: bool) -> None:  # noqa: FBT001 - a test's parameter
    said = shared(hostile()) if hidden else page(hostile())
    root = parsed(said)
    tags = {str(element.tag).rsplit("}", 1)[-1] for element in root.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "img", "iframe", "object", "form", "input", "base", "embed", "link"}
    assert len(list(root.iter("style"))) == 1
    handlers = [name for element in root.iter() for name in element.attrib if name.startswith("on")]
    assert handlers == []
    if not hidden:
        everything = visible_text(root)
        for text in HOSTILE:
            seen = text.replace("\u202e", "\\u202e").replace("\u2066", "\\u2066")
            assert " ".join(seen.split()) in everything


def test_only_the_policy_names_anything_outside_the_page() -> None:
    said = page(all_samples())
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'none'"
    assert re.search(r"<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"", said)
    assert policy in said
    assert not re.search(r"(?:src|srcset|action|poster|data)=|@import|url\((?!#)", said)


@pytest.mark.parametrize("sample", ["fouten-per-familie", "midden-limburg-west", "verdeling-in-een-cel"])
def test_a_shared_page_holds_no_amount_and_no_typed_text(sample: str) -> None:
    run = one(sample)
    file, glance = run.judged[0].file, run.judged[0].glance
    assert file.plan
    assert glance
    said = visible_text(parsed(shared(run)))
    typed = [cell.value for row in glance.rows for cell in row.cells if cell.kind == "text"]
    typed += [kpi.label for kpi in glance.milestones] + [party.name for party in glance.parties]
    of_the_format = {*map(str, texts.texts("nl")["fields"].values()), "Gegevens contactpersoon verzekeraar"}
    parts = {part.strip() for text in {*typed} - of_the_format for part in re.split(r"[\n:;]", text)}
    secrets = {part for part in parts if len(part) > 12}
    assert len(secrets) > 10
    assert [secret for secret in secrets if secret in said] == []
    assert "€" not in re.sub(r"€ xxx|\"€|‘[^’]*’", "", said)
    assert file.path not in said
    assert [found.cell for found in file.findings if found.cell not in said] == []
    assert {found.rule for found in file.findings} <= set(re.findall(r"[A-Z]\d{3}", said))


def test_a_shared_page_hides_the_words_of_exceptions_agreements_and_sheets() -> None:
    said = shared(poisoned("geheim woord"))
    assert "geheim" not in said
    assert "Afgesproken" not in shared(excepted())


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert page(one("midden-limburg-west")) == page(one("midden-limburg-west"))
