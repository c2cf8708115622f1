"""Pages in a real browser: accessible, valid, within the window, off the network, and nothing runs."""

from __future__ import annotations

import subprocess
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.formats.pages import HOSTILE

from .driving import asked_of_the_network, logged, show, tabbed
from .pages import PAGES

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: arguments[0]}).then(found => done(found.violations.map(
  one => [one.impact, one.id, one.nodes.slice(0, 3).map(node => node.html.slice(0, 200))])));
"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_fault_of_any_weight(
    browser: Chrome, pages: dict[str, Path], axe: str, name: str, width: int
) -> None:
    show(browser, pages[name], width)
    browser.execute_script(axe)
    found = browser.execute_async_script(AXE, WCAG)
    assert found == []


def test_axe_finds_what_is_wrong(browser: Chrome, axe: str, tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text("<!DOCTYPE html><html><body><p style='color:#ccc'>bleek</p></body></html>", "utf-8")
    show(browser, page)
    browser.execute_script(axe)
    found = browser.execute_async_script(AXE, WCAG)
    assert {"color-contrast", "html-has-lang"} <= {rule for weight, rule, _ in found if weight in GRAVE}


def test_the_nu_html_checker_has_nothing_to_say(
    pages: dict[str, Path], vnu: list[str], tmp_path: Path
) -> None:
    ran = subprocess.run([*vnu, *map(str, pages.values())], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.returncode == 0
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<!DOCTYPE html><p></div>", "utf-8")
    assert subprocess.run([*vnu, str(wrong)], capture_output=True, check=False).returncode != 0


@pytest.mark.parametrize("name", PAGES)
def test_no_request_leaves_the_page(browser: Chrome, pages: dict[str, Path], name: str) -> None:
    show(browser, pages[name])
    assert asked_of_the_network(browser) == [pages[name].as_uri()]
    assert logged(browser, "browser") == []


def test_the_log_tells_of_requests(browser: Chrome, tmp_path: Path) -> None:
    page = tmp_path / "asking.html"
    page.write_text("<!DOCTYPE html><img src='http://127.0.0.1:9/x.png'>", "utf-8")
    show(browser, page)
    assert asked_of_the_network(browser) == [page.as_uri(), "http://127.0.0.1:9/x.png"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_a_page_is_no_wider_than_its_window(
    browser: Chrome, pages: dict[str, Path], name: str, width: int
) -> None:
    show(browser, pages[name], width)
    assert browser.execute_script("return document.documentElement.scrollWidth") == width


def test_no_figure_of_a_comparison_is_cut_off_on_a_telephone(browser: Chrome, pages: dict[str, Path]) -> None:
    show(browser, pages["verschillen"], 390)
    cut = """return [...document.querySelectorAll(".scroll")]
        .filter(one => one.scrollWidth > one.clientWidth).map(one => one.getAttribute("aria-labelledby"))"""
    assert browser.execute_script(cut) == []


def test_what_is_hostile_is_shown_as_text_and_does_not_run(browser: Chrome, pages: dict[str, Path]) -> None:
    show(browser, pages["vijandig"])
    assert browser.title.startswith("Controle van <script>")
    said = " ".join(browser.find_element("tag name", "body").get_attribute("textContent").split())  # type: ignore[union-attr]
    for text in HOSTILE:
        seen = text.replace("\u202e", "\\u202e").replace("\u2066", "\\u2066")
        assert " ".join(seen.split()) in said
    assert browser.find_elements("css selector", "script, img, iframe, object, embed, form, link") == []
    links = browser.execute_script("return [...document.links].map(one => one.getAttribute('href')[0])")
    assert set(links) == {"#"}


def test_even_a_script_that_got_in_would_not_run(
    browser: Chrome, pages: dict[str, Path], tmp_path: Path
) -> None:
    page = tmp_path / "injected.html"
    script = "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\"></main>"
    page.write_text(pages["goed-plan"].read_text("utf-8").replace("</main>", script), "utf-8")
    show(browser, page)
    assert browser.title == "Controle van goed-plan.xlsx"
    refused = [one["message"] for one in logged(browser, "browser")]
    assert len(refused) == 3  # the script, the picture and what it would run
    assert all("Content Security Policy" in one for one in refused)


@pytest.mark.parametrize("name", ["midden-limburg-west", "goed-plan"])
def test_without_javascript_everything_is_there(browser: Chrome, pages: dict[str, Path], name: str) -> None:
    seen = []
    for scripts in (True, False):
        show(browser, pages[name], scripts=scripts)
        seen.append(browser.find_element("tag name", "body").text)
    show(browser, pages[name])
    assert seen[0] == seen[1]
    assert "Zelf nagaan" in seen[0]


def test_the_keyboard_reaches_the_links_and_the_regions_that_scroll(
    browser: Chrome, pages: dict[str, Path]
) -> None:
    show(browser, pages["goed-plan"], 390)
    reached = list(islice(tabbed(browser), 60))
    count = "return document.querySelectorAll('a, [tabindex=\"0\"]').length"
    assert len(reached) == browser.execute_script(count)
    assert reached[0] == "a"
    assert reached.count("div") == 11


def test_forced_colours_keep_the_pictures_and_marks(browser: Chrome, pages: dict[str, Path]) -> None:
    look = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
    show(browser, pages["midden-limburg-west"], forced_colors="active")
    canvas = browser.execute_script(look, "body", "backgroundColor")
    for selector, part in (("svg rect.effort", "fill"), ("svg .over-result", "stroke"), ("svg text", "fill")):
        assert browser.execute_script(look, selector, part) != canvas
    assert browser.execute_script(look, ".grid td.marked", "outlineStyle") == "solid"


def test_on_paper_nothing_is_cut_off(browser: Chrome, pages: dict[str, Path]) -> None:
    show(browser, pages["zestig-kpis"], 690, media="print")  # an A4 page within its margins
    assert browser.execute_script("return document.documentElement.scrollWidth") == 690
    assert not browser.find_element("tag name", "nav").is_displayed()
