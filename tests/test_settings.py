"""`kpicheck config` and the order in which settings count: option, variable, nearest file, default."""

from __future__ import annotations

import json
import shutil
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.outside.running import kpicheck

SAMPLE = Path(__file__).parent.parent / "samples" / "fouten-per-familie.xlsx"


@pytest.fixture
def regions(tmp_path: Path) -> Path:
    """Two folders with a plan each; the second has settings of its own."""
    for name in ("noord", "zuid"):
        (tmp_path / name).mkdir()
        shutil.copy(SAMPLE, tmp_path / name / "plan.xlsx")
    (tmp_path / "kpicheck.toml").write_text('fail_on = "never"\nignore = ["S"]\n', encoding="utf-8")
    (tmp_path / "zuid" / "kpicheck.toml").write_text(
        'ruleset = "zorg-en-zekerheid"\n[plans."plan*"]\nrequested = "€ 1.000,50"\n'
        '[plans."plan*".budget]\n2026 = 100\n[plans."plan*".agreed.E101]\nmax_share = "0.8"\nreason = "Zo"\n',
        encoding="utf-8",
    )
    (tmp_path / "zuid" / "kpicheck-exceptions.toml").write_text(
        '[[exception]]\nrule = "T101"\nreason = "Afgesproken"\n', encoding="utf-8"
    )
    return tmp_path


def settings(folder: Path, *words: str, **variables: str) -> dict[str, tuple[Any, Any]]:
    ran = kpicheck("config", *words, "--output", "json", cwd=folder, env=variables)
    assert (ran.code, ran.err) == (0, "")
    return {one["setting"]: (one["value"], one["origin"]) for one in json.loads(ran.out)}


def test_the_nearest_file_counts_for_a_plan(regions: Path) -> None:
    noord = settings(regions, "noord/plan.xlsx")
    assert noord["ruleset"] == ("landelijk", None)
    assert noord["fail_on"] == ("never", str(regions / "kpicheck.toml"))
    assert "requested" not in noord
    zuid = settings(regions, "zuid/plan.xlsx")
    own = str(regions / "zuid" / "kpicheck.toml")
    assert zuid["ruleset"] == ("zorg-en-zekerheid", own)
    assert zuid["fail_on"] == ("error", None)
    assert zuid["requested"] == ("1000.50", own)
    assert zuid["budget"] == ({"2026": "100"}, own)
    assert zuid["agreed"] == ({"E101": {"max_share": "0.8", "reason": "Zo"}}, own)
    assert zuid["exception"] == (
        [{"rule": "T101", "reason": "Afgesproken"}],
        str(Path("zuid", "kpicheck-exceptions.toml")),
    )


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_counts_where_it_leads(regions: Path) -> None:
    (regions / "links").mkdir()
    (regions / "links" / "plan.xlsx").symlink_to(regions / "zuid" / "plan.xlsx")
    (regions / "map").symlink_to(regions / "zuid")
    for plan in ("links/plan.xlsx", "map/plan.xlsx", "map/../zuid/plan.xlsx"):
        found = settings(regions, plan)
        assert found["ruleset"] == ("zorg-en-zekerheid", str(regions / "zuid" / "kpicheck.toml"))
        assert found["exception"][0] == [{"rule": "T101", "reason": "Afgesproken"}]
    assert settings(regions, "links")["ruleset"] == ("landelijk", None)
    assert settings(regions, "map")["ruleset"][0] == "zorg-en-zekerheid"


def test_a_variable_goes_before_the_file_and_an_isolated_run_has_neither(regions: Path) -> None:
    assert settings(regions, "zuid/plan.xlsx", KPICHECK_RULESET="landelijk")["ruleset"] == (
        "landelijk",
        "KPICHECK_RULESET",
    )
    alone = settings(regions, "zuid/plan.xlsx", "--isolated", KPICHECK_RULESET="zorg-en-zekerheid")
    assert alone == {
        "ruleset": ("landelijk", None),
        "lang": ("nl", None),
        "fail_on": ("error", None),
        "select": ([], None),
        "ignore": ([], None),
    }


def test_the_text_is_toml_that_says_the_same(regions: Path) -> None:
    ran = kpicheck("config", "zuid/plan.xlsx", cwd=regions)
    read = tomllib.loads(ran.out)
    assert (read["ruleset"], read["requested"], read["budget"]) == (
        "zorg-en-zekerheid",
        "1000.50",
        {"2026": "100"},
    )
    assert 'lang = "nl" # standaard' in ran.out
    assert f"# {regions / 'zuid' / 'kpicheck.toml'}" in ran.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nergens.xlsx",), "nergens.xlsx bestaat niet."),
        (("--output", "yaml"), "De uitvoer yaml bestaat niet; bekend zijn: toml, json."),
        (("--config", "weg.toml"), "weg.toml bestaat niet."),
        (("--lang", "fr"), "De taal fr bestaat niet; bekend zijn: nl, en."),
    ],
)
def test_what_cannot_be_meant_is_refused(regions: Path, words: tuple[str, ...], sentence: str) -> None:
    ran = kpicheck("config", *words, cwd=regions)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"kpicheck: {sentence}")
