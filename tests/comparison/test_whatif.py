"""`kpicheck whatif`: the report as it would be, from what would be typed in the cells."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from samples.build import Formula, write_plan
from samples.expected import FOLDER

from kpicheck.cli.app import run
from kpicheck.report.differences.formats import NAMES
from kpicheck.report.differences.shape import DifferencesView
from kpicheck.report.schema import schema

from .versions import Plan, official, regional, row_of

Captured = pytest.CaptureFixture[str]
REGIONAL = FOLDER / "midden-limburg-west.xlsx"
GOOD = FOLDER / "goed-plan.xlsx"
LISTED = FOLDER / "verdeling-in-een-cel.xlsx"
OVERVIEW = FOLDER / "mijlpalenoverzicht.xlsx"
SHAPE: dict[str, Any] = json.loads(schema(DifferencesView))


def call(*arguments: str | Path) -> int:
    return run(["whatif", *map(str, arguments), "--isolated", "--today", "22-11-2026"])


class Then:
    """What the JSON says of a plan as it would be."""

    def __init__(self, tmp_path: Path, *arguments: str | Path) -> None:
        target = tmp_path / "wat-als.json"
        self.code = call(*arguments, f"--output=json={target}")
        self.found: dict[str, Any] = json.loads(target.read_text("utf-8"))
        jsonschema.validate(self.found, SHAPE)
        self.differences = self.found["differences"]

    @property
    def plan(self) -> dict[str, Any]:
        found: dict[str, Any] = self.found["new"]["plan"]
        return found

    def rules(self, fate: str) -> list[str]:
        return [one["rule"] for one in self.differences["findings"][fate]]

    @property
    def fields(self) -> dict[str, list[str]]:
        rows = self.differences["changed"]
        return {one["new"]["kpi"]: [change["field"] for change in one["changes"]] for one in rows}

    def money(self, kpi: str) -> tuple[str, str]:
        for row in self.differences["changed"]:
            for one in row["changes"]:
                if row["new"]["kpi"] == kpi and one["field"] == "money":
                    return one["old"]["value"], one["new"]["value"]
        message = f"{kpi}: {self.fields}"
        raise AssertionError(message)


def test_three_changes_at_once_beside_today_and_nothing_is_written(capsys: Captured) -> None:
    before = REGIONAL.read_bytes(), REGIONAL.stat().st_mtime_ns
    asked = ["--set=2.5.date=2027-12-31", "--set=1.6.type=Resultaat", "--move=84000:1.1:2.6"]
    assert call(REGIONAL, *asked) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith("4 verschillen. 4 KPI's gewijzigd. Nu: midden-limburg-west.xlsx")
    assert "Er is niets geschreven" in said
    assert "KPI 2.5: (streef)datum wordt 2027-12-31" in said
    assert "€ 84.000 gaat van KPI 1.1 naar KPI 2.6" in said
    assert "Datum: 1-1-2027 wordt 31-12-2027, 364 dagen later." in said
    assert "Type: inspanning wordt resultaat." in said
    assert "Bedrag: € 303.480 wordt € 387.480, € 84.000 meer." in said
    assert "Aandeel inspanning (hoogstens 70,0%) 77,5% 71,9% - 5,6 punt" in said
    assert (REGIONAL.read_bytes(), REGIONAL.stat().st_mtime_ns) == before


def test_exactly_seventy_percent_is_allowed_and_one_euro_more_is_not(tmp_path: Path) -> None:
    exactly = Then(tmp_path, REGIONAL, "--move=248808,80:4.1:2.6")
    assert Decimal(exactly.plan["effort_share"]) == Decimal("0.7")
    assert "E101" in exactly.rules("solved")
    less = Then(tmp_path, REGIONAL, "--move=248807,80:4.1:2.6")
    assert "E101" in less.rules("left")
    assert "E101" not in less.rules("solved")


def test_the_exit_code_is_that_of_the_report_as_it_would_be(tmp_path: Path) -> None:
    assert (
        Then(tmp_path, GOOD, "--set=1.evidence=Ondertekend verslag van de stuurgroep over de afspraken.").code
        == 0
    )
    assert Then(tmp_path, GOOD, "--set=1.type=Resultaat", "--fail-on=never").code == 0
    broken = Then(tmp_path, GOOD, "--set=1.date=gisteren")
    assert broken.code == 1
    assert broken.rules("new") == ["D101"]


def test_what_is_typed_goes_through_the_same_reader(tmp_path: Path) -> None:
    date = Then(tmp_path, GOOD, "--set=2.date=1/2/2027")
    change = date.differences["changed"][0]["changes"][0]
    assert (change["comparable"], change["new"]["typed"]) == (False, "1/2/2027")
    assert "D101" in date.rules("new")
    amount = Then(tmp_path, REGIONAL, "--set=1.1.total=€ xxx")
    assert "A101" in amount.rules("new")


@pytest.mark.parametrize("word", ["31-12-2027", "2027-12-31", "31 december 2027"])
def test_a_date_in_any_notation_is_typed_as_a_date(word: str, tmp_path: Path) -> None:
    then = Then(tmp_path, REGIONAL, f"--set=2.5.date={word}")
    assert then.fields == {"2.5": ["date"]}
    assert "T108" not in then.rules("new")


@pytest.mark.parametrize("field", ["date", "datum", "(streef)datum", "Date"])
def test_a_field_has_its_name_in_both_languages(field: str, tmp_path: Path) -> None:
    assert Then(tmp_path, REGIONAL, f"--set=2.5.{field}=31-12-2027").fields == {"2.5": ["date"]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "AvZ - Iets anders - KPI 2.5"),
        ("smart", "Iets anders."),
        ("evidence", "Ondertekend verslag van de stuurgroep."),
        ("explanation", "- Alles: € 448.348"),
        ("type", "Inspanning"),
    ],
)
def test_each_field_can_be_set(field: str, value: str, tmp_path: Path) -> None:
    assert Then(tmp_path, REGIONAL, f"--set=2.5.{field}={value}").fields == {"2.5": [field]}


def test_nothing_behind_the_sign_leaves_the_cell_blank(tmp_path: Path) -> None:
    then = Then(tmp_path, REGIONAL, "--set=2.5.date=")
    change = then.differences["changed"][0]["changes"][0]
    assert (change["old"]["value"], change["new"]["value"], change["comparable"]) == (
        "2027-01-01",
        None,
        True,
    )
    assert then.found["asked"] == ["KPI 2.5: (streef)datum wordt leeg"]


@pytest.mark.parametrize(
    "word", ["99000102", "Stichting Thuiszorg De Linde", "stichting thuiszorg de linde 99000102"]
)
def test_the_total_follows_its_party_by_code_name_or_heading(word: str, tmp_path: Path) -> None:
    then = Then(tmp_path, GOOD, f"--set=1.{word}=25000")
    assert then.money("1") == ("90000", "100000")
    assert "A201" not in then.rules("new")
    assert then.plan["total"] == "1210000"


def test_a_total_that_was_typed_does_not_follow_and_the_report_says_so(tmp_path: Path) -> None:
    plan = official()
    plan["rows"][0]["total"] = 90000
    file = write_plan(tmp_path / "plan.xlsx", plan)
    then = Then(tmp_path, file, "--set=1.99000102=25000")
    assert then.money("1") == ("90000", "90000")
    assert {"A201", "T105"} >= set(then.rules("new")) >= {"A201"}
    both = Then(tmp_path, file, "--set=1.99000102=25000", "--set=1.total=100000")
    assert "A201" not in both.rules("new")


def test_a_total_typed_over_its_formula_is_told(tmp_path: Path) -> None:
    then = Then(tmp_path, GOOD, "--set=1.total=95000")
    assert {"T104", "A201"} <= set(then.rules("new"))


def test_the_control_cell_and_sums_further_on_follow_too(tmp_path: Path) -> None:
    plan = official()
    rows = len(plan["rows"])
    plan["rows"].append(
        {"kind": "total", "name": "Totaal", "total": Formula(f"=SUM(F2:F{rows + 1})", 1200000)}
    )
    file = write_plan(tmp_path / "plan.xlsx", plan)
    then = Then(tmp_path, file, "--set=1.99000102=25000")
    assert not {"T105", "T111", "A205"} & set(then.rules("new"))


def test_a_formula_that_cannot_be_worked_out_has_no_result_any_more(tmp_path: Path) -> None:
    plan = official()
    plan["rows"][0]["total"] = Formula("=SUMPRODUCT(I2:L2)", 90000)
    file = write_plan(tmp_path / "plan.xlsx", plan)
    then = Then(tmp_path, file, "--set=1.99000102=25000")
    assert "T103" in then.rules("new")
    assert then.differences["changed"][0]["changes"][0]["comparable"] is False
    elsewhere = Then(tmp_path, file, "--set=2.99000102=25000")
    assert "T103" not in elsewhere.rules("new")
    assert elsewhere.fields == {"2": ["money"]}


def test_a_stale_result_elsewhere_stays_as_it_is(tmp_path: Path) -> None:
    plan = official()
    plan["rows"][3]["total"] = Formula("=SUM(I5:L5)", 70000)
    file = write_plan(tmp_path / "plan.xlsx", plan)
    then = Then(tmp_path, file, "--set=1.99000102=25000")
    assert "T111" in then.rules("left")
    assert then.fields == {"1": ["money"]}


def test_moved_money_takes_its_parties_along(tmp_path: Path) -> None:
    then = Then(tmp_path, GOOD, "--move=45000:1:2")
    assert then.fields == {"1": ["money"], "2": ["money"]}
    assert (then.money("1"), then.money("2")) == (("90000", "45000"), ("110000", "155000"))
    assert all(one["difference"] == "0" for one in then.differences["parties"])
    assert not {"A201", "T104", "T105", "A104"} & set(then.rules("new"))


@pytest.mark.parametrize("amount", ["1", "2", "3", "7", "89.999", "90.000", "0,01", "33,33"])
def test_every_cent_of_a_move_arrives(amount: str, tmp_path: Path) -> None:
    then = Then(tmp_path, GOOD, f"--move={amount}:1:2")
    old, new = map(Decimal, then.money("1"))
    before, after = map(Decimal, then.money("2"))
    assert old - new == after - before == Decimal(amount.replace(".", "").replace(",", "."))
    assert all(one["difference"] == "0" for one in then.differences["parties"])
    assert not {"A201", "A102"} & set(then.rules("new"))
    assert then.plan["total"] == "1200000"


def test_moves_follow_each_other(tmp_path: Path) -> None:
    then = Then(tmp_path, GOOD, "--move=90000:1:2", "--move=150000:2:3")
    assert (then.money("1"), then.money("2"), then.money("3")) == (
        ("90000", "0"),
        ("110000", "50000"),
        ("120000", "270000"),
    )


def test_money_of_a_row_that_is_not_split_moves_in_the_totals_alone(tmp_path: Path) -> None:
    then = Then(tmp_path, REGIONAL, "--move=84000:1.1:2.6")
    assert (then.money("1.1"), then.money("2.6")) == (("364000", "280000"), ("303480", "387480"))
    assert [one["difference"] for one in then.differences["parties"]] == ["0", "0"]


def test_of_a_row_that_is_split_in_part_that_part_moves(tmp_path: Path) -> None:
    then = Then(tmp_path, REGIONAL, "--move=472227:2.1:2.2")
    assert then.money("2.2") == ("364595", "836822")
    row = next(one for one in then.differences["changed"] if one["new"]["kpi"] == "2.2")
    parties = row["changes"][0]["parties"]
    assert [(one["old"]["value"], one["new"]["value"]) for one in parties] == [("0", "16624")]


def test_a_row_can_be_named_by_its_place(tmp_path: Path) -> None:
    for word in ("rij26", "row26", "Mijlpalen!rij26", "KPI 2.5"):
        assert Then(tmp_path, REGIONAL, f"--set={word}.date=31-12-2027").fields == {"2.5": ["date"]}


def twice() -> Plan:
    plan = regional()
    row_of(plan, "2.6")["name"] = "AvZ - Dubbel - KPI 2.5"
    return plan


def test_a_number_that_is_there_twice_is_refused_with_the_rows(tmp_path: Path, capsys: Captured) -> None:
    file = write_plan(tmp_path / "plan.xlsx", twice())
    assert call(file, "--set=2.5.date=31-12-2027") == 2
    assert "noem de rij, een van Mijlpalen!rij26, Mijlpalen!rij27" in capsys.readouterr().err
    then = Then(tmp_path, file, "--set=rij27.date=1-1-2028")
    assert [one["new"]["row"] for one in then.differences["changed"]] == [27]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((REGIONAL,), "Geef met --set of --move wat er zou veranderen"),
        ((REGIONAL, "--set=2.55.date=31-12-2027"), "KPI 2.55 staat niet in het plan. Bedoelde u 2.5"),
        ((REGIONAL, "--set=2.5.daet=31-12-2027"), "daet is geen veld en geen partij"),
        ((REGIONAL, "--set=2.5.daet=31-12-2027"), "Bedoelde u datum?"),
        ((REGIONAL, "--set=2.5.daet=31-12-2027", "--lang=en"), "Did you mean date?"),
        (
            (REGIONAL, "--set=2.5.x=1"),
            "bekend zijn: naam, omschrijving, datum, type, bewijs, bedrag, toelichting, ",
        ),
        ((REGIONAL, "--set=2.5.bedag=1"), "Bedoelde u bedrag?"),
        ((REGIONAL, "--set=2.5.Syntese=1"), "Bedoelde u Synthese?"),
        ((REGIONAL, "--set=2.5.date"), "--set is KPI.veld=waarde"),
        ((REGIONAL, "--set=date=1"), "--set is KPI.veld=waarde"),
        ((OVERVIEW, "--set=1.name=x"), "geen cel voor name"),
        ((REGIONAL, "--set=2.5.total==SUM(I2:J2)"), "Een formule kan met --set niet"),
        ((REGIONAL, "--set=2.5.name= =1+1"), "Een formule kan met --set niet"),
        ((REGIONAL, "--set=2.5.date=1-1-2027", "--set=rij26.datum=1-2-2027"), "rij26.datum staat twee keer"),
        ((GOOD, "--set=1.99000102=5", "--set=1.99000102=6"), "1.99000102 staat twee keer"),
        ((REGIONAL, "--move=84000"), "--move is bedrag:van:naar"),
        ((REGIONAL, "--move=veel:1.1:2.6"), "Achter --move staat geen bedrag: veel"),
        ((REGIONAL, "--move=-1:1.1:2.6"), "Achter --move staat geen bedrag: -1"),
        ((REGIONAL, "--move=0:1.1:2.6"), "Achter --move staat geen bedrag: 0"),
        ((REGIONAL, "--move=1:1.1:9.9"), "KPI 9.9 staat niet in het plan"),
        ((REGIONAL, "--move=364001:1.1:2.6"), "heeft € 364.000; € 364.001 is te veel"),
        ((REGIONAL, "--move=1:1.1:1.1"), "kan geen geld aan zichzelf geven"),
        ((LISTED, "--move=1:1:2"), "samen in één cel"),
        ((LISTED, "--set=1.99000102=5"), "samen in één cel"),
        ((OVERVIEW, "--move=1:1:4"), "niet te lezen"),
        ((FOLDER, "--set=1.date=1-1-2027"), "Hier hoort één plan"),
        ((REGIONAL, "--set=2.5.date=1-1-2027", f"--output=html={REGIONAL}"), "is zelf een plan"),
    ],
)
def test_wrong_usage(arguments: Sequence[str | Path], said: str, capsys: Captured) -> None:
    assert call(*arguments) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


@pytest.mark.parametrize(("word", "language"), [("nummer", "nl"), ("number", "en")])
def test_a_field_that_cannot_be_set_is_not_taken_for_another(
    word: str, language: str, capsys: Captured
) -> None:
    assert call(REGIONAL, f"--set=2.5.{word}=1", f"--lang={language}") == 2
    said = capsys.readouterr().err
    assert f"kpicheck: {word} " in said
    assert "Bedoelde u" not in said
    assert "Did you mean" not in said


@pytest.mark.parametrize(
    "field", ["naam", "omschrijving", "bewijs", "bewijsvoering", "bedrag", "toelichting"]
)
def test_each_field_has_a_dutch_word(field: str, tmp_path: Path) -> None:
    assert "2.5" in Then(tmp_path, REGIONAL, f"--set=2.5.{field}=AvZ - Iets - KPI 2.5").fields


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path, capsys: Captured) -> None:
    broken = tmp_path / "kapot.xlsx"
    broken.write_bytes(b"geen werkmap")
    assert call(broken, "--set=1.date=1-1-2027") == 3
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_format_says_what_was_asked(name: str, tmp_path: Path) -> None:
    target = tmp_path / f"uit.{name}"
    assert call(REGIONAL, "--set=2.5.date=31-12-2027", "--lang=en", f"--output={name}={target}") == 1
    if name != "xlsx":
        assert "becomes 31-12-2027" in target.read_text("utf-8")
    assert target.stat().st_size > 1000


def moved_parts(tmp_path: Path, parties: Sequence[int], amount: str) -> list[tuple[str, str]]:
    plan = official()
    plan["rows"][0]["parties"] = list(parties)
    then = Then(tmp_path, write_plan(tmp_path / "plan.xlsx", plan), f"--move={amount}:1:2")
    row = next(one for one in then.differences["changed"] if one["new"]["kpi"] == "1")
    return [(one["old"]["value"], one["new"]["value"]) for one in row["changes"][0]["parties"]]


def test_what_rounding_leaves_goes_to_the_party_it_left_most(tmp_path: Path) -> None:
    assert moved_parts(tmp_path, [10000, 10000, 10000, 60000], "7") == [
        ("10000", "9999"),
        ("10000", "9999"),
        ("10000", "9999"),
        ("60000", "59996"),
    ]
    assert moved_parts(tmp_path, [45000, 15000, 15000, 15000], "1") == [("45000", "44999")]


def test_a_party_with_less_than_nothing_gives_nothing(tmp_path: Path) -> None:
    assert moved_parts(tmp_path, [70000, 30000, -10000, 0], "50000") == [
        ("70000", "35000"),
        ("30000", "15000"),
    ]
