"""`kpicheck diff` as its users call it: exit codes, formats, settings, and what is refused."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from samples.build import write_plan
from samples.expected import FOLDER

from kpicheck.cli import versions
from kpicheck.cli.app import run
from kpicheck.report.differences.formats import NAMES

from .versions import TEN, newer, official, regional, rename, row_of

Captured = pytest.CaptureFixture[str]
REGIONAL = FOLDER / "midden-limburg-west.xlsx"
GOOD = FOLDER / "goed-plan.xlsx"
ROOT = FOLDER.parent
PASSWORD = "geheim"  # noqa: S105 - of a file in the tests
OVERVIEW = FOLDER / "mijlpalenoverzicht.xlsx"


@pytest.fixture
def newest(tmp_path: Path) -> Path:
    return write_plan(tmp_path / "nieuw.xlsx", newer(*TEN))


def call(*arguments: str | Path) -> int:
    return run([*map(str, arguments), "--isolated", "--today", "22-11-2026"])


def as_json(*arguments: str | Path, out: Path) -> dict[str, Any]:
    target = out / "verschillen.json"
    call(*arguments, f"--output=json={target}")
    found: dict[str, Any] = json.loads(target.read_text("utf-8"))
    jsonschema.validate(found, _schema())
    return found


def _schema() -> dict[str, Any]:
    from kpicheck.report.differences.shape import DifferencesView
    from kpicheck.report.schema import schema

    found: dict[str, Any] = json.loads(schema(DifferencesView))
    return found


def test_a_plan_and_itself_have_no_differences(capsys: Captured) -> None:
    assert call("diff", REGIONAL, REGIONAL) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("Geen verschillen: KPI's, partijen en geld zijn gelijk.\n")
    assert captured.err == ""


@pytest.mark.parametrize("plan", sorted(FOLDER.glob("*.xlsx")), ids=lambda one: one.stem)
def test_every_sample_is_the_same_as_itself(plan: Path, capsys: Captured) -> None:
    code = call("diff", plan, plan)
    assert code == 0, capsys.readouterr()


def test_two_versions_differ(newest: Path, capsys: Captured) -> None:
    assert call("diff", REGIONAL, newest) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith("9 verschillen. 6 KPI's gewijzigd, 1 keer gesplitst of samengevoegd")
    assert "Nummer: 1.6 wordt 1.7." in said
    assert "Algemeen - [-Monitoring 0 meting-] {+Nulmeting van de regio+}" in said
    assert "182 dagen eerder. Andere betaalperiode: 2027 2e helft wordt 2026 2e helft." in said
    assert "In 2027 hebben [-de-] {+aantoonbaar+} instructeurs" in said
    assert "KPI 2.2 (€ 364.595) is gesplitst in KPI 2.2a (€ 200.000) en KPI 2.2b (€ 164.595)." in said
    assert "Synthese: € 0 wordt € 41.217" in said
    assert "KPI's met een eerdere datum: € 64.450 komt eerder dan in de oude versie." in said
    assert "Aandeel inspanning (hoogstens 70,0%) 77,5% 74,0% - 3,5 punt" in said
    assert "6 opgelost, 12 nieuw, 37 gebleven." in said


def test_the_lines_fit_eighty_columns(newest: Path, capsys: Captured) -> None:
    call("diff", REGIONAL, newest)
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_in_english(newest: Path, capsys: Captured) -> None:
    assert call("diff", REGIONAL, newest, "--lang", "en") == 1
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith("9 differences. 6 KPIs changed, 1 split or merge, 1 added, 1 dropped.")
    assert "Type: effort becomes result." in said
    assert "€64,450 comes earlier than in the old version." in said


def test_the_json_follows_its_schema_and_has_exact_amounts(newest: Path, tmp_path: Path) -> None:
    found = as_json("diff", REGIONAL, newest, out=tmp_path)
    assert (found["status"], found["differences"]["changes"]) == ("different", 9)
    assert [one["plan"]["total"] for one in (found["old"], found["new"])] == ["3335456", "3360456"]
    fields = {
        row["new"]["kpi"]: [one["field"] for one in row["changes"]] for row in found["differences"]["changed"]
    }
    assert fields == {
        "1.2": ["type"],
        "1.4": ["name"],
        "1.5": ["date"],
        "1.7": ["number"],
        "2.6": ["smart"],
        "4.2": ["money"],
    }
    assert found["differences"]["earlier"]["amount"] == "64450"
    assert found["differences"]["earlier"]["ahead"] == {"date": "2026-12-31", "amount": "64450"}
    assert [one["kpi"] for one in found["differences"]["added"]] == ["1.8"]


def test_the_schema_can_be_asked(capsys: Captured) -> None:
    assert run(["schema", "--format", "diff"]) == 0
    assert json.loads(capsys.readouterr().out) == _schema()


@pytest.mark.parametrize("name", NAMES)
def test_every_format_names_each_change(name: str, newest: Path, tmp_path: Path) -> None:
    target = tmp_path / f"uit.{name}"
    assert call("diff", REGIONAL, newest, f"--output={name}={target}") == 1
    data = target.read_bytes()
    if name == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"".join(book.read(part) for part in book.namelist())
    said = re.sub(r"<[^>]*>|\\|\s", "", data.decode("utf-8"))
    for word in ("KPI1.8", "KPI4.3", "1.7", "aantoonbaar", "2.2b", "41.217", "KPI1.2"):
        assert word in said or (name == "json" and word.replace(".", "") in said.replace(".", "")), word


@pytest.mark.parametrize("name", NAMES)
def test_the_same_files_give_the_same_bytes(name: str, newest: Path, tmp_path: Path) -> None:
    both = [tmp_path / "een", tmp_path / "twee"]
    for one in both:
        call("diff", REGIONAL, newest, f"--output={name}={one}")
    assert both[0].read_bytes() == both[1].read_bytes()


def test_formats_on_screen_and_in_files_together(newest: Path, tmp_path: Path, capsys: Captured) -> None:
    page = tmp_path / "uit.html"
    assert call("diff", REGIONAL, newest, "--output=console", f"--output=html={page}") == 1
    assert capsys.readouterr().out.startswith("9 verschillen.")
    assert "<del>" in page.read_text("utf-8")


def test_values_can_be_left_out_of_the_page(newest: Path, tmp_path: Path) -> None:
    page = tmp_path / "uit.html"
    assert call("diff", REGIONAL, newest, f"--output=html={page}", "--hide-values") == 1
    said = page.read_text("utf-8")
    assert "(streef)datum: 182 dagen eerder." in said
    for word in ("Synthese", "€", "Algemeen", "aantoonbaar", "nieuw.xlsx", "Gemeenten"):
        assert word not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((REGIONAL,), "NEW"),
        ((REGIONAL, FOLDER), "Hier hoort één plan; dit zijn er 7"),
        ((REGIONAL, FOLDER / "weg.xlsx"), "weg.xlsx bestaat niet"),
        ((REGIONAL, GOOD, "--output", "csv"), "bekend zijn: console, html, json, md, xlsx"),
        ((REGIONAL, GOOD, "--output", "xlsx"), "geen tekst voor op het scherm"),
        ((REGIONAL, GOOD, "--output", f"json={GOOD}"), "is zelf een plan"),
        ((REGIONAL, GOOD, "--output", "json", "--hide-values"), "--hide-values geldt voor --output html"),
        ((REGIONAL, GOOD, "--start", "2027-01-01", "--end", "2026-01-01"), "begin van het plan ligt na"),
    ],
)
def test_wrong_usage(arguments: Sequence[str | Path], said: str, capsys: Captured) -> None:
    before = GOOD.read_bytes()
    assert call("diff", *arguments) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""
    assert GOOD.read_bytes() == before


@pytest.mark.parametrize("name", [one for one in NAMES if one != "xlsx"])
def test_a_file_that_cannot_be_read_is_told_and_nothing_is_compared(
    name: str, tmp_path: Path, capsys: Captured
) -> None:
    broken = tmp_path / "kapot.xlsx"
    broken.write_bytes(b"geen werkmap")
    for pair in ((broken, GOOD), (GOOD, broken)):
        assert call("diff", *pair, "--output", name) == 3
        captured = capsys.readouterr()
        assert captured.err.count("\n") == 1
        assert "kapot.xlsx: Dit is een tekstbestand" in captured.err
        assert name == "console" or "Dit is een tekstbestand" in captured.out
        assert "Geen verschillen" not in captured.out


def test_two_files_that_cannot_be_read_are_two_lines(tmp_path: Path, capsys: Captured) -> None:
    files = [tmp_path / "een.xlsx", tmp_path / "twee.xlsx"]
    for one in files:
        one.write_bytes(b"geen werkmap")
    assert call("diff", *files, "--output", f"xlsx={tmp_path / 'uit.xlsx'}") == 3
    assert capsys.readouterr().err.count("\n") == 2
    assert (tmp_path / "uit.xlsx").is_file()


def test_findings_that_depend_on_the_day_are_no_difference(tmp_path: Path) -> None:
    found = as_json("diff", REGIONAL, REGIONAL, "--today", "1-1-2030", out=tmp_path)
    assert found["status"] == "same"


def test_findings_alone_are_told_but_are_no_difference(tmp_path: Path, capsys: Captured) -> None:
    plan = official()
    plan["general"]["Naam TransformatiePlan"] = ""
    plan["general"].pop("Gegevens indiener")
    old = official()
    old["general"]["Naam TransformatiePlan"] = ""
    files = [write_plan(tmp_path / name, one) for name, one in (("oud.xlsx", old), ("nieuw.xlsx", plan))]
    assert call("diff", *files) == 0
    said = capsys.readouterr().out
    assert said.startswith("Geen verschillen in KPI's, partijen en geld. De bevindingen verschillen wel.\n")
    assert "Fout G102" in said


def test_another_layout_is_compared_without_the_columns_it_lacks(tmp_path: Path) -> None:
    plan = official()
    for row in plan["rows"]:
        row.pop("explanation")
    columns = {
        "name": "Naam",
        "date": "(streef)datum",
        "smart": "SMART omschrijving",
        "total": "(totaal)Bedrag",
        "type": "Resultaat- of inspanningsverplichting",
        "evidence": "Bewijsvoering",
    }
    other = write_plan(
        tmp_path / "anders.xlsx", {**plan, "columns": columns}, top=3, left=2, sheet="Andere naam"
    )
    found = as_json("diff", GOOD, other, out=tmp_path)
    assert found["status"] == "different"
    assert found["differences"]["changed"] == []
    assert found["differences"]["left_out"] == [{"field": "explanation", "missing_in": "new", "rows": 12}]


def test_a_column_in_which_nothing_stands_is_not_missed(tmp_path: Path) -> None:
    plan = official()
    for row in plan["rows"]:
        row["explanation"] = None
    old = write_plan(tmp_path / "oud.xlsx", plan)
    columns = {
        "name": "Naam",
        "smart": "SMART omschrijving",
        "date": "(streef)datum",
        "type": "Resultaat- of inspanningsverplichting",
        "evidence": "Bewijsvoering",
        "total": "(totaal)Bedrag",
    }
    new = write_plan(tmp_path / "nieuw.xlsx", {**plan, "columns": columns})
    assert as_json("diff", old, new, out=tmp_path)["status"] == "same"


def test_plans_of_different_layouts_are_compared(tmp_path: Path) -> None:
    found = as_json("diff", OVERVIEW, FOLDER / "verdeling-in-een-cel.xlsx", out=tmp_path)
    assert found["status"] == "different"
    assert {one["field"] for one in found["differences"]["left_out"]} >= {"shares"}


def test_start_contributions_among_the_rows_that_are_gone_are_counted(
    tmp_path: Path, capsys: Captured
) -> None:
    plan = regional()
    gone = ("Startbijdrage KPI 4.0", "Startbijdrage KPI 3.0", row_of(plan, "1.6")["name"])
    plan["rows"] = [one for one in plan["rows"] if one.get("name") not in gone]
    file = write_plan(tmp_path / "plan.xlsx", plan)
    call("diff", REGIONAL, file)
    assert "3 vervallen (waarvan 2 startbijdragen)." in " ".join(capsys.readouterr().out.split())
    call("diff", file, REGIONAL)
    assert "3 toegevoegd (waarvan 2 startbijdragen)." in " ".join(capsys.readouterr().out.split())


def test_a_party_that_comes_goes_or_gets_another_name(tmp_path: Path) -> None:
    plan = official()
    plan["parties"][1] = plan["parties"][1].replace("De Linde", "De Eik")
    plan["parties"][3] = "Gemeente Nieuwland 9902"
    new = write_plan(tmp_path / "nieuw.xlsx", plan)
    found = as_json("diff", GOOD, new, out=tmp_path)["differences"]
    changed = [
        (one["old"] and one["old"]["name"], one["new"] and one["new"]["name"])
        for one in found["parties"]
        if not one["old"] or not one["new"] or one["old"] != one["new"]
    ]
    assert changed == [
        ("Stichting Thuiszorg De Linde", "Stichting Thuiszorg De Eik"),
        ("Gemeente Merenland", None),
        (None, "Gemeente Nieuwland"),
    ]
    moved = {row["new"]["kpi"]: row["changes"][0]["parties"] for row in found["changed"]}
    assert [(one["old"]["value"], one["new"]["value"]) for one in moved["1"]] == [
        ("15000", "0"),
        ("0", "15000"),
    ]


def test_party_columns_in_another_order_are_no_difference(tmp_path: Path) -> None:
    plan = official()
    plan["parties"] = plan["parties"][::-1]
    for row in plan["rows"]:
        row["parties"] = row["parties"][::-1]
    new = write_plan(tmp_path / "nieuw.xlsx", plan)
    assert as_json("diff", GOOD, new, out=tmp_path)["status"] == "same"


def test_settings_hold_for_both_files(tmp_path: Path) -> None:
    (tmp_path / "kpicheck.toml").write_text('ignore = ["E101"]\n', "utf-8")
    files = [write_plan(tmp_path / name, regional()) for name in ("oud.xlsx", "nieuw.xlsx")]
    target = tmp_path / "uit.json"
    assert run(["diff", *map(str, files), f"--output=json={target}"]) == 0
    found = json.loads(target.read_text("utf-8"))["differences"]["findings"]
    rules = {one["rule"] for one in found["left"]}
    assert "E101" not in rules
    assert "A302" in rules


def test_an_excepted_finding_is_not_called_solved(tmp_path: Path) -> None:
    old, new = tmp_path / "oud", tmp_path / "nieuw"
    for folder in (old, new):
        folder.mkdir()
        write_plan(folder / "plan.xlsx", regional())
    (new / "kpicheck-exceptions.toml").write_text(
        '[[exception]]\nrule = "A103"\nkpi = "4.3"\nreason = "volgt"\n', "utf-8"
    )
    target = tmp_path / "uit.json"
    assert run(["diff", str(old / "plan.xlsx"), str(new / "plan.xlsx"), f"--output=json={target}"]) == 0
    found = json.loads(target.read_text("utf-8"))["differences"]["findings"]
    assert found["solved"] == []
    assert [(one["version"], one["reason"], one["finding"]["rule"]) for one in found["not_comparable"]] == [
        ("old", "excepted", "A103")
    ]


def test_a_rule_that_could_not_be_checked_is_not_called_solved(tmp_path: Path) -> None:
    plan = regional()
    row_of(plan, "2.1")["total"] = "€ 472 duizend"
    new = write_plan(tmp_path / "nieuw.xlsx", plan)
    found = as_json("diff", REGIONAL, new, out=tmp_path)["differences"]["findings"]
    assert "E101" not in {one["rule"] for one in found["solved"]}
    assert ("old", "not_checked", "E101") in {
        (one["version"], one["reason"], one["finding"]["rule"]) for one in found["not_comparable"]
    }


def test_a_finding_moves_along_with_its_renamed_kpi(tmp_path: Path) -> None:
    new = write_plan(tmp_path / "nieuw.xlsx", newer(rename))
    found = as_json("diff", REGIONAL, new, out=tmp_path)["differences"]["findings"]
    assert (found["solved"], found["new"], found["not_comparable"]) == ([], [], [])
    assert len(found["left"]) == 43


def test_a_password_is_asked_once_for_each_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    locked = tmp_path / "op-slot.xlsx"
    locked.write_bytes((ROOT / "tests" / "data" / "libreoffice-wachtwoord.xlsx").read_bytes())
    asked: list[str] = []

    def answers(_language: str) -> Callable[[str], str | None]:
        def answer(name: str) -> str:
            asked.append(Path(name).name)
            return PASSWORD

        return answer

    monkeypatch.setattr(versions, "asks", answers)
    assert call("diff", locked, locked, "--ask-password") == 0
    assert asked == ["op-slot.xlsx"]
    before = locked.read_bytes()
    assert call("whatif", locked, "--set=rij2.date=31-12-2027", "--fail-on=never", "--ask-password") == 0
    assert asked == ["op-slot.xlsx"] * 2
    assert locked.read_bytes() == before
    assert call("diff", locked, locked) == 3
