"""Markdown, rendered as GitHub does: readable, and nothing from a file is live."""

from __future__ import annotations

import html
import re

import cmarkgfm
from cmarkgfm.cmark import Options
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpicheck.clean import flat
from kpicheck.report.markdown import inert, to_markdown
from kpicheck.report.run import Run

from .runs import all_samples, findings, poisoned, trapped

TAGS = {"h2", "h3", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "ul", "li"}
SIGNS = st.text(st.sampled_from(list("\\`*_{}[]()<>#+-=.!|~&@:/$1aw \n\t\"'é")), max_size=25)


def rendered(markdown: str) -> str:
    return str(cmarkgfm.github_flavored_markdown_to_html(markdown, options=Options.CMARK_OPT_UNSAFE))


def tags(page: str) -> set[str]:
    return set(re.findall(r"<([a-z][a-z0-9]*)", page))


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page)).replace("\u2060", "")


def shape(page: str) -> list[str]:
    return re.findall(r"</?[a-z][a-z0-9]*", page)


def test_verdict_findings_and_what_was_not_checked_of_each_file() -> None:
    run = all_samples()
    said = to_markdown(run)
    assert said.startswith("**8 bestanden: 1 in orde, 6 niet in orde, 1 niet gecontroleerd.**\n")
    assert "| kapot.xlsx | niet gecontroleerd | – | – | – |" in said
    one = said[said.index("## fouten-per-familie.xlsx") :]
    assert one.splitlines()[2] == "**Niet in orde: 10 fouten, 2 keer let op, 0 tips.**"
    page = rendered(said)
    assert tags(page) == TAGS
    assert page.count("<tr>") == len(findings(run)) + sum(
        len({(word.reason, word.remedy) for word in one.file.not_checked}) for one in run.judged
    ) + len(run.judged) + page.count("<thead>")


def test_one_file_needs_no_overview() -> None:
    run = all_samples()
    assert to_markdown(Run(run.basis, run.judged[:1])).startswith("## fouten-per-familie.xlsx\n")


def test_a_run_that_was_broken_off_says_so_first() -> None:
    run = all_samples()
    assert to_markdown(Run(run.basis, run.judged, interrupted=True)).startswith(
        "**Afgebroken: deze bestanden"
    )


def test_a_good_plan_is_not_called_approved() -> None:
    assert "Dit is geen goedkeuring" in to_markdown(all_samples())


@settings(max_examples=300, deadline=None)
@given(text=SIGNS)
@example("[klik](http://x.nl) www.x.nl http://x.nl mailto:a@x.nl jan@x.nl @wie #1")
@example("1@.a a@-b.c a@_b.c")
@example("<script>alert(1)</script> <!-- x --> &lt; &#42;")
@example("![x](y) `x` **x** __x__ ~~x~~ ~x~ | x | \\| [^1] $x$ _x_ a_b_c")
def test_text_within_a_line_is_shown_as_it_is(text: str) -> None:
    page = rendered(f"| x |\n| --- |\n| {inert(text)} |\n")
    assert tags(page) <= {"table", "thead", "tbody", "tr", "th", "td"}
    assert text_of(page[page.index("<td>") :]).strip() == flat(text)
    assert not re.search(r"[@#]\w", inert(text))


@settings(max_examples=40, deadline=None)
@given(text=SIGNS)
@example("# kop")
@example("> citaat")
@example("- lijst")
@example("1. lijst")
@example("123) lijst")
@example("===")
@example("    code")
def test_any_text_leaves_the_page_as_it_was_built(text: str) -> None:
    page, plain = rendered(to_markdown(poisoned(text))), rendered(to_markdown(poisoned("x")))
    assert shape(page) == shape(plain) if flat(text) else tags(page) <= TAGS


def test_a_trapped_plan_is_only_text() -> None:
    page = rendered(to_markdown(trapped()))
    assert tags(page) <= TAGS
    assert "[klik]" in text_of(page)
