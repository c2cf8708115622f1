"""Text from files on its way out: citizen numbers wherever they stand, and words that build servers obey."""

from __future__ import annotations

import pytest

from kpicheck.clean import flat, name, visible
from kpicheck.examples import examples
from kpicheck.job import Stated, check_bytes
from kpicheck.report.as_json import strict, to_json
from kpicheck.report.formats import FORMATS
from kpicheck.report.view import finding_view, not_checked_view
from kpicheck.texts import cells
from tests.building import build

from .runs import BSN, RULESET, basis, reports, with_sheet

NUMBERS = f"""
Bad:
    | Naam                        | (totaal)Bedrag | Zorghuis Noord {BSN} | Zorghuis Zuid {BSN} |
    | Zorgpad - Bouwen - KPI 1    | 1000           | 400                  | 500                 |
    | Zorgpad - Bouwen - KPI {BSN} | 1000           | 1000                 |                     |
    | Zorgpad - Testen - KPI 1    | € xxx          |                      |                     |
"""


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "sarif", "console"])
def test_a_citizen_number_as_code_number_or_sheet_is_masked(form: str) -> None:
    data = with_sheet(build(examples(NUMBERS)[0]).data, f"Blad {BSN}")
    run = basis().run([check_bytes(data, f"plan_{BSN}.xlsx", RULESET, Stated())])
    file = run.judged[0].file
    assert file.plan
    assert [one.code for one in file.plan.parties] == ["111***333", "111***333"]
    said = FORMATS[form].write(run)
    assert BSN not in (said if isinstance(said, str) else said.decode())
    assert BSN not in to_json(run.view)


def test_a_citizen_number_in_the_name_of_another_sheet_is_masked() -> None:
    found = (
        reports()[0].findings[0]._replace(related=(f"'{BSN}'!A1",), facts={"kind": "row", "per": {BSN: BSN}})
    )
    word = reports()[0].not_checked[0]._replace(cell=f"'{BSN}'!A1")
    assert finding_view(found, "nl").related == ("'111***333'!A1",)
    assert finding_view(found, "nl").facts["per"] == {"111***333": "111***333"}
    assert not_checked_view(word, "nl").cell == "'111***333'!A1"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("::error::x", "\\u003a:error::x"),
        ("::stop-commands::x", "\\u003a:stop-commands::x"),
        ("x ::set-output name=a::b", "x \\u003a:set-output name=a::b"),
        ("##vso[task.complete]", "\\u0023#vso[task.complete]"),
        ("##[error]x", "\\u0023#[error]x"),
        ("###teamcity[x]", "#\\u0023#teamcity[x]"),
        ("doel:: resultaat", "doel:: resultaat"),
        ("a::b", "a::b"),
        ("## kop", "## kop"),
        ("a\x1b[0m\u202eb\ufffe", "a\\u001b[0m\\u202eb\\ufffe"),
    ],
)
def test_what_a_build_server_would_obey_is_shown_as_text(typed: str, shown: str) -> None:
    assert visible(typed) == shown
    assert visible(shown) == shown


def test_json_keeps_the_words_and_hides_the_command() -> None:
    assert strict("##vso[x] ::error::y") == '"\\u0023#vso[x] ::error::y"\n'


def test_a_name_stays_on_one_line_with_its_spaces() -> None:
    assert name("a  b\n c\t.xlsx") == "a  b\\u000a c\\u0009.xlsx"
    assert flat(" a  b\n c\u2028") == "a b c\\u2028"


def test_cells_on_a_sheet_with_a_hidden_sign_in_its_name_are_shown() -> None:
    assert cells(["'a\u202eb'!A1", "F2"], "nl") == "F2 en 'a\\u202eb'!A1"
