"""`kpicheck triage`: many plans in one table, for the screen, spreadsheets and programs."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import html5lib
import openpyxl  # noqa: TID251 - the test looks at the workbook itself
import pytest

from kpicheck.report.schema import model
from kpicheck.report.triage import TriageView
from tests.outside.running import Ran, kpicheck

SAMPLES = Path(__file__).parent.parent / "samples"
TODAY = ("--today", "2026-11-22")


@pytest.fixture
def intake(tmp_path: Path) -> Path:
    for folder, sample, name in (
        ("noord", "goed-plan", "goed_v2.xlsx"),
        ("noord", "fouten-per-familie", "fouten.xlsx"),
        ("zuid", "midden-limburg-west", "mlw.xlsx"),
    ):
        (tmp_path / "in" / folder).mkdir(parents=True, exist_ok=True)
        shutil.copy(SAMPLES / f"{sample}.xlsx", tmp_path / "in" / folder / name)
    (tmp_path / "in" / "zuid" / "kapot.xlsx").write_bytes(b"geen werkmap")
    return tmp_path


def triage(folder: Path, *words: str, again: int = 0) -> Ran:
    return kpicheck(
        "triage", "in", *TODAY, *words, cwd=folder, env={"XDG_CACHE_HOME": str(folder / "c")}, again=again
    )


def rows(ran: Ran) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ran.out)["rows"]
    return found


def names(ran: Ran) -> list[str]:
    return [Path(one["path"]).name for one in rows(ran)]


def test_what_needs_attention_comes_first(intake: Path) -> None:
    ran = triage(intake, "--output", "json")
    assert ran.code == 3
    assert ran.err.startswith(f"{Path('in', 'zuid', 'kapot.xlsx')}: ")
    assert names(ran) == ["kapot.xlsx", "mlw.xlsx", "fouten.xlsx", "goed_v2.xlsx"]
    broken, regional, _, good = rows(ran)
    assert broken | {"first": ""} == {
        "path": str(Path("in", "zuid", "kapot.xlsx")),
        "plan": "",
        "version": "",
        "ruleset": "landelijk",
        "status": "not_checked",
        "kpis": None,
        "total": None,
        "effort_share": None,
        "errors": 0,
        "warnings": 0,
        "infos": 0,
        "not_checked": 0,
        "first": "",
        "next_date": None,
        "next_amount": None,
        "changed": "new",
    }
    assert (regional["version"], regional["total"], regional["effort_share"]) == (
        "CONCEPT",
        "3335456",
        "0.7746",
    )
    assert (regional["next_date"], regional["next_amount"]) == ("2027-01-01", "689565")
    assert (good["version"], good["status"], good["errors"], good["first"]) == ("v2", "passed", 0, "")


def test_the_json_fits_its_shape(intake: Path) -> None:
    ran = triage(intake, "--output", "json", "--group", "folder")
    view: Any = model(TriageView).model_validate_json(ran.out)
    assert [(one.name, one.files, one.total) for one in view.groups] == [
        (str(Path("in", "zuid")), 2, "3335456"),
        (str(Path("in", "noord")), 2, "2400000"),
    ]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("attention", "kapot.xlsx"),
        ("path", "fouten.xlsx"),
        ("plan", "kapot.xlsx"),
        ("total", "mlw.xlsx"),
        ("effort", "mlw.xlsx"),
        ("errors", "mlw.xlsx"),
        ("next", "fouten.xlsx"),
    ],
)
def test_sorts(intake: Path, sort: str, first: str) -> None:
    assert names(triage(intake, "--output", "json", "--sort", sort))[0] == first


def test_what_changed_since_the_last_time(intake: Path) -> None:
    assert {one["changed"] for one in rows(triage(intake, "--output", "json", again=1))} == {"new"}
    assert {one["changed"] for one in rows(triage(intake, "--output", "json", again=2))} == {"same"}
    shutil.copy(SAMPLES / "goed-plan.xlsx", intake / "in" / "noord" / "fouten.xlsx")
    shutil.copy(SAMPLES / "goed-plan.xlsx", intake / "in" / "noord" / "nieuw.xlsx")
    later = {
        Path(one["path"]).name: one["changed"] for one in rows(triage(intake, "--output", "json", again=3))
    }
    assert later == {
        "kapot.xlsx": "same",
        "mlw.xlsx": "same",
        "fouten.xlsx": "changed",
        "goed_v2.xlsx": "same",
        "nieuw.xlsx": "new",
    }


def test_without_memory_nothing_is_said_of_changes(intake: Path) -> None:
    ran = triage(intake, "--output", "json", "--isolated")
    assert {one["changed"] for one in rows(ran)} == {None}
    assert not (intake / "c").exists()


def test_the_screen_shows_figures_then_the_first_error_of_each(intake: Path) -> None:
    ran = triage(intake, "--group", "status")
    lines = ran.out.splitlines()
    assert lines[0].split()[:4] == ["Bestand", "Uitslag", "Fouten", "Let"]
    assert max(map(len, lines[: len(lines) // 2])) <= 120
    assert any(one.startswith(f"{Path('in', 'zuid', 'mlw.xlsx')} – B7: ") for one in lines)
    assert "niet gecontroleerd: 1 bestanden: 0 in orde, 0 niet in orde, 1 niet gecontroleerd. € 0" in lines
    assert lines[-1].startswith("4 bestanden: 1 in orde, 2 niet in orde, 1 niet gecontroleerd.")


def test_csv_for_a_dutch_excel(intake: Path) -> None:
    ran = triage(intake, "--output", "csv")
    assert ran.out.startswith("\ufeffBestand;Plan;Versie;Uitslag;")
    read = list(csv.DictReader(io.StringIO(ran.out.lstrip("\ufeff")), delimiter=";"))
    regional = next(one for one in read if one["Bestand"].endswith("mlw.xlsx"))
    assert (regional["Totaal in euro"], regional["Inspanning"], regional["Volgende betaling"]) == (
        "3335456",
        "0,7746",
        "1-1-2027",
    )


def test_a_workbook_with_links_and_groups(intake: Path) -> None:
    target = intake / "triage.xlsx"
    assert triage(intake, "--output", f"xlsx={target}", "--group", "folder").code == 3
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Plannen", "Groepen"]
    table = book["Plannen"]
    assert [cell.value for cell in table[1]][:4] == ["Bestand", "Plan", "Versie", "Uitslag"]
    link = table["A3"].hyperlink
    assert link
    assert link.target
    assert link.target.replace("\\", "/") == "in/zuid/mlw.xlsx"
    assert table["G3"].value == 3335456
    assert [one.value for one in book["Groepen"]["F"]][1:] == [3335456, 2400000, 5735456]


def test_a_page_in_the_style_of_the_report(intake: Path) -> None:
    target = intake / "triage.html"
    assert triage(intake, "--output", f"html={target}", "--group", "status").code == 3
    page = html5lib.HTMLParser(strict=True).parse(target.read_text(encoding="utf-8"))
    text = " ".join("".join(page.itertext()).split())
    assert "4 plannen" in text
    assert "niet in orde: 2 bestanden" in text
    rows = [one for one in page.iter() if str(one.tag).endswith("}tr")]
    assert len(rows) == 5
    assert len({len(list(row)) for row in rows}) == 1


def test_the_page_points_at_a_page_for_each_plan(intake: Path) -> None:
    asked = ("--output", "html=uit/triage.html", "--details", "uit/plan pagina's")
    (intake / "uit").mkdir()
    assert triage(intake, *asked).code == 3
    page = html5lib.HTMLParser(strict=True).parse(
        (intake / "uit" / "triage.html").read_text(encoding="utf-8")
    )
    links = [one.get("href") for one in page.iter() if str(one.tag).endswith("}a")]
    plans = [unquote(str(link)) for link in links if not str(link).startswith("#")]
    assert sorted(plans) == [
        "plan pagina's/001-fouten.html",
        "plan pagina's/002-goed-v2.html",
        "plan pagina's/003-kapot.html",
        "plan pagina's/004-mlw.html",
    ]
    assert all("</h1>" in (intake / "uit" / one).read_text(encoding="utf-8") for one in plans)
    alone = triage(intake, "--details", "uit")
    assert (alone.code, alone.err.startswith("kpicheck: --details heeft een pagina nodig")) == (2, True)


def test_our_own_table_in_the_folder_is_no_plan(intake: Path) -> None:
    target = intake / "in" / "triage.xlsx"
    triage(intake, "--output", f"xlsx={target}", again=4)
    ran = triage(intake, again=5)
    assert "triage.xlsx" not in ran.out
    assert "Overgeslagen in mappen: 1x rapport van kpicheck." in ran.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--sort", "errrors"), "errrors bestaat niet; bekend zijn: attention, path, plan, total, effort, "),
        (("--group", "regio"), "regio bestaat niet; bekend zijn: folder, ruleset, status, changed."),
        (
            ("--output", "sarif"),
            "De uitvoer sarif bestaat niet; bekend zijn: console, csv, html, ",
        ),
        (("--output", "xlsx"), "xlsx "),
        (("--jobs", "0"), "--jobs is een aantal processen (1 of meer) of auto, niet 0."),
    ],
)
def test_what_cannot_be_meant_is_refused(intake: Path, words: tuple[str, ...], sentence: str) -> None:
    ran = triage(intake, *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"kpicheck: {sentence}")
