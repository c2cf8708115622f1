"""What two versions of a plan differ in: each change once, and nothing that is no change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples.build import Formula

from kpicheck.comparison.changes import FieldChange, MoneyChange
from kpicheck.comparison.shape import Comparison
from kpicheck.model import Kind, Payment
from kpicheck.report.differences.sooner import earlier
from kpicheck.report.differences.text import to_text

from .versions import (
    TEN,
    Change,
    Plan,
    add,
    beside,
    change_one_word,
    difference,
    drop,
    judged,
    move_a_date,
    move_money_between_parties,
    newer,
    official,
    regional,
    rename,
    renumber,
    retype,
    row_of,
    split_a_kpi,
    swap_rows,
    written,
)


def told(found: Comparison) -> list[tuple[str, ...]]:
    """Every change in a few words."""
    changes: list[tuple[str, ...]] = [
        ("money" if isinstance(one, MoneyChange) else one.field, row.new.number or "")
        for row in found.rows
        for one in row.changes
    ]
    changes += [
        ("merge" if one.merged else "split", one.whole.number or "", *_numbers(one.rows))
        for one in found.splits
    ]
    changes += [("dropped", one.number or "") for one in found.dropped]
    changes += [("added", one.number or "") for one in found.added]
    changes += [("unclear", one.reason) for one in found.unclear]
    changes += [("column", one.field) for one in found.left_out]
    changes += [("plan", one.field) for one in found.plan]
    changes += [
        ("party", "in" if not one.old else "out" if not one.new else "other") for one in found.party_changes
    ]
    assert len(changes) == found.number
    return sorted(changes)


def whole(*amounts: object) -> tuple[int, ...]:
    """Amounts in whole euros."""
    assert all(isinstance(one, Decimal) and one == int(one) for one in amounts)
    return tuple(int(str(one)) for one in amounts)


def _numbers(rows: object) -> tuple[str, ...]:
    assert isinstance(rows, tuple)
    return tuple(str(one.new.number) for one in rows)


NAMED: dict[Change, list[tuple[str, ...]]] = {
    swap_rows: [],
    renumber: [("number", "1.7")],
    rename: [("name", "1.4")],
    move_a_date: [("date", "1.5")],
    split_a_kpi: [("split", "2.2", "2.2a", "2.2b")],
    move_money_between_parties: [("money", "4.2")],
    drop: [("dropped", "4.3")],
    add: [("added", "1.8")],
    retype: [("type", "1.2")],
    change_one_word: [("smart", "2.6")],
}


@pytest.mark.parametrize("change", NAMED, ids=lambda one: one.__name__)
def test_each_of_the_ten_changes_is_named_once(change: Change) -> None:
    assert told(difference(regional(), newer(change))) == NAMED[change]


def test_the_ten_changes_together_are_each_named_once_and_swapped_rows_are_none() -> None:
    assert len(TEN) == 10
    found = difference(regional(), newer(*TEN))
    assert told(found) == sorted(one for named in NAMED.values() for one in named)


def test_what_the_ten_changes_do_to_the_money() -> None:
    found = difference(regional(), newer(*TEN))
    assert whole(found.before.total, found.after.total) == (3335456, 3360456)
    assert found.after.effort == 2476653 - 121000 + 25000
    halves = {(one.year, one.half): whole(one.old, one.new) for one in found.halves}
    assert halves[2026, 2] == (550045, 550045 + 64450)
    assert halves[2027, 2] == (64450 + 403480, 403480 + 25000)
    assert halves[None, 0] == (106975, 106975)
    assert [(one.new.number, *whole(one.amount), one.days) for one in found.earlier] == [("1.5", 64450, 182)]
    assert found.earlier_amount == 64450
    assert found.ahead
    assert (found.ahead.day, *whole(found.ahead.amount)) == (dt.date(2026, 12, 31), 64450)
    parties = [whole(one.before, one.after) for one in found.parties]
    assert parties == [(29123, 29123 + 41217), (848264, 848264 - 41217)]


def test_the_same_plan_has_no_differences_and_all_findings_are_left() -> None:
    found = difference(regional(), regional())
    assert found.number == 0
    assert (found.findings.solved, found.findings.new, found.findings.unsure) == ((), (), ())
    assert len(found.findings.left) == 43


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(12)))
def test_rows_in_another_order_are_no_difference(order: list[int]) -> None:
    plan = official()
    plan["rows"] = [plan["rows"][index] for index in order]
    assert difference(official(), plan).number == 0


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(15)))
def test_rows_of_the_regional_plan_in_another_order_are_no_difference(order: list[int]) -> None:
    plan = regional()
    places = [index for index, row in enumerate(plan["rows"]) if row.get("kind") != "section"]
    rows = [plan["rows"][place] for place in places]
    for place, index in zip(places, order, strict=True):
        plan["rows"][place] = rows[index]
    assert difference(regional(), plan).number == 0


SINGLE: dict[str, Callable[[dict[str, object]], object]] = {
    "name": lambda row: f"Nieuw {row['name']}",
    "smart": lambda row: f"{row['smart']} Ook in de avond.",
    "evidence": lambda row: str(row["evidence"]).replace(" ", " ondertekend ", 1),
    "explanation": lambda row: f"{row['explanation']} Zie de begroting.",
    "date": lambda row: row["date"] - dt.timedelta(days=40),  # type: ignore[operator]
    "type": lambda row: "Resultaat" if str(row["type"]).startswith("Insp") else "Inspanning",
    "parties": lambda row: [one + 1 for one in row["parties"]],  # type: ignore[attr-defined]
    "total": lambda row: sum(row["parties"]) + 500,  # type: ignore[call-overload]
}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 11), st.sampled_from(sorted(SINGLE)), st.permutations(range(12)))
def test_every_single_change_is_told_once_wherever_the_row_stands(
    index: int, field: str, order: list[int]
) -> None:
    plan = official()
    row = plan["rows"][index]
    row[field] = SINGLE[field](row)
    plan["rows"] = [plan["rows"][place] for place in order]
    kind = "money" if field in ("parties", "total") else field
    assert told(difference(official(), plan)) == [(kind, str(index + 1))]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 11))
def test_a_row_that_is_left_out_is_dropped_and_the_other_way_round_added(index: int) -> None:
    plan = official()
    del plan["rows"][index]
    assert told(difference(official(), plan)) == [("dropped", str(index + 1))]
    assert told(difference(plan, official())) == [("added", str(index + 1))]


def test_a_row_put_in_front_renumbers_the_others_and_is_the_only_new_one() -> None:
    plan = official()
    for number, row in enumerate(plan["rows"], 2):
        row["name"] = f"{row['name'].rpartition(' - ')[0]} - KPI {number}"
    new = {
        **plan["rows"][3],
        "name": "Nieuw - Voorop - KPI 1",
        "smart": "Iets heel anders.",
        "evidence": "Foto.",
    }
    plan["rows"].insert(0, new)
    found = told(difference(official(), plan))
    assert found == sorted([("added", "1"), *(("number", str(one)) for one in range(2, 14))])


def test_two_rows_that_became_one_are_a_merge() -> None:
    old = newer(split_a_kpi)
    assert told(difference(old, regional())) == [("merge", "2.2", "2.2", "2.2")]


def test_a_part_of_a_kpi_that_goes_on_under_another_number_is_a_split() -> None:
    plan = regional()
    row = row_of(plan, "2.2")
    part = {**row, "name": "AvZ - Opleiden instructeurs, deel twee - KPI 2.9", "total": 164595}
    row["total"] = 200000
    plan["rows"].append(part)
    assert told(difference(regional(), plan)) == [("split", "2.2", "2.2", "2.9")]


def test_what_else_changed_in_a_part_is_kept_with_the_split() -> None:
    plan = newer(split_a_kpi)
    row_of(plan, "2.2b")["date"] = dt.date(2027, 3, 1)
    found = difference(regional(), plan)
    changes = [[getattr(one, "field", "") for one in row.changes] for row in found.splits[0].rows]
    assert changes == [[], ["date"]]


def split_by_party(one: Sequence[object], other: Sequence[object]) -> Plan:
    plan = official()
    whole = plan["rows"][0]
    part = {**whole, "name": "Programma - Samenwerkingsafspraken - KPI 1b", "parties": list(other)}
    whole |= {"name": "Programma - Samenwerkingsafspraken - KPI 1a", "parties": list(one)}
    plan["rows"].insert(1, part)
    return plan


def shifts(found: Comparison) -> list[tuple[object, object]]:
    assert len(found.splits) == found.number == 1
    return [(one.old.value, one.new.value) for one in found.splits[0].parties]


def test_a_split_that_shifts_money_between_parties_says_so() -> None:
    honest, shifted = (
        split_by_party([45000, 0, 0, 0], [0, 15000, 15000, 15000]),
        split_by_party([45000, 0, 0, 5000], [0, 15000, 10000, 15000]),
    )
    assert shifts(difference(official(), honest)) == []
    assert shifts(difference(official(), shifted)) == [(15000, 10000), (15000, 20000)]
    assert shifts(difference(shifted, official())) == [(10000, 15000), (20000, 15000)]
    said = " ".join(to_text(beside(judged(written(official())), judged(written(shifted)))).split())
    assert "is gesplitst in KPI 1a (€ 50.000) en KPI 1b (€ 40.000)" in said
    assert "(99000103): € 15.000 wordt € 10.000" in said


def test_money_that_moves_between_columns_is_told_per_party() -> None:
    found = difference(regional(), newer(move_money_between_parties))
    change = found.rows[0].changes[0]
    assert isinstance(change, MoneyChange)
    assert change.difference == 0
    assert [whole(one.old.value, one.new.value) for one in change.parties] == [(0, 41217), (241217, 200000)]


def test_a_blank_amount_and_a_nought_are_the_same_money() -> None:
    plan = regional()
    row_of(plan, "4.3")["total"] = None
    found = difference(regional(), plan)
    assert found.number == 0
    assert "A103" in {one.rule for one in found.findings.solved}


def typed(number: str, field: str, value: object) -> Change:
    def change(plan: Plan) -> None:
        row_of(plan, number)[field] = value

    return change


def test_what_cannot_be_read_is_shown_as_typed_and_is_not_compared() -> None:
    found = difference(regional(), newer(typed("2.5", "date", "eind 2027"), typed("2.6", "total", "€ 3 ton")))
    date, money = (row.changes[0] for row in found.rows)
    assert isinstance(date, FieldChange)
    assert (date.certain, date.days, date.new.typed) == (False, None, "eind 2027")
    assert isinstance(money, MoneyChange)
    assert (money.certain, money.difference, money.new.typed) == (False, None, "€ 3 ton")


def test_an_unreadable_amount_of_a_party_is_told_and_that_it_is_not_counted() -> None:
    plan = official()
    plan["rows"][0]["parties"] = [45000, "1000.50", 15000, 15000]
    versions = beside(judged(written(official())), judged(written(plan)))
    found = versions.comparison
    assert found
    assert [(one.field, one.in_old, one.cells) for one in found.unread] == [("shares", False, ("J2",))]
    change = found.rows[0].changes[0]
    assert isinstance(change, MoneyChange)
    assert not change.certain
    said = " ".join(to_text(versions).split())
    assert '€ 15.000 wordt "1000.50" (niet vergelijkbaar: wat er nu staat, is niet te lezen)' in said
    assert (
        "Geld per partij In de nieuwe versie is 1 bedrag niet te lezen (J2); het telt hier niet mee." in said
    )


def test_an_unreadable_total_is_told_with_the_totals() -> None:
    versions = beside(judged(written(regional())), judged(written(newer(typed("2.5", "total", "€ 3 ton")))))
    said = " ".join(to_text(versions).split())
    told = "In de nieuwe versie is 1 bedrag niet te lezen (F26); het telt hier niet mee."
    assert f"In het kort {told}" in said
    assert f"Betalingen per half jaar {told}" in said


HINT = "Geld dat vóór de kosten komt, is voorfinanciering"


def sooner(plan: Plan) -> str:
    """What is said of money that comes earlier."""
    versions = beside(judged(written(regional())), judged(written(plan)))
    assert versions.comparison
    return earlier(versions, versions.comparison).said


def test_the_peak_comes_first_and_the_hint_whenever_money_moved_forward() -> None:
    plan = regional()
    row_of(plan, "1.1")["total"], row_of(plan, "2.5")["total"] = 464000, 348348
    said = sooner(plan)
    assert said.startswith("Het verschil is het grootst op ")
    assert "Geen KPI met geld heeft een eerdere datum." in said
    assert HINT in said
    assert HINT not in sooner(regional())


def test_what_lies_outside_money_that_comes_earlier_is_told() -> None:
    undated = sooner(newer(typed("2.5", "date", None)))
    told = "Geld zonder datum telt niet mee: € 106.975 in de oude versie, € 555.323 in de nieuwe versie."
    assert told in undated
    again = regional()
    other = "Alle inwoners fietsen dagelijks."
    row_of(again, "2.6").update(name="Fietsen - Iets anders - KPI 2.6", smart=other, evidence=other)
    assert "1 niet vergelijkbare KPI staat niet in de lijst" in sooner(again)


def test_the_same_unreadable_text_twice_is_no_difference() -> None:
    plan = newer(typed("2.5", "date", "eind 2027"))
    assert difference(plan, plan).number == 0


def test_a_blank_date_that_was_filled_in_is_a_change_that_can_be_compared() -> None:
    old = newer(typed("2.5", "date", None))
    change = difference(old, regional()).rows[0].changes[0]
    assert isinstance(change, FieldChange)
    assert (change.certain, change.old.value, change.new.value) == (True, None, dt.date(2027, 1, 1))


def test_a_formula_and_its_result_as_a_number_are_the_same_money() -> None:
    plan = official()
    plan["rows"][0]["total"] = 90000
    assert difference(official(), plan).number == 0
    plan["rows"][0]["total"] = Formula("=SUM(I2:L2)", 90000)
    assert difference(official(), plan).number == 0


def test_line_breaks_and_spaces_are_layout() -> None:
    plan = regional()
    row = row_of(plan, "2.6")
    row["smart"] = row["smart"].replace(" ", "\n", 3).replace(" ", "  ", 2)
    assert difference(regional(), plan).number == 0


def test_the_type_in_other_words_is_the_same_type() -> None:
    plan = newer(typed("2.6", "type", "Resultaatsverplichting"))
    found = difference(regional(), plan)
    assert found.number == 0


def test_shares_before_and_after() -> None:
    found = difference(regional(), newer(retype))
    assert found.before.effort_share == Decimal(2583628) / 3335456
    assert found.after.effort_share == Decimal(2583628 - 121000) / 3335456


def nameless(plan: Plan) -> Plan:
    for row in plan["rows"]:
        row["name"] = None
    return plan


def test_a_kpi_that_is_gone_is_told_with_its_parties_and_its_text_where_it_has_no_name() -> None:
    shorter = official()
    del shorter["rows"][0]
    said = " ".join(to_text(beside(judged(written(official())), judged(written(shorter)))).split())
    assert "Weg: € 90.000, inspanning, 30-6-2026. - " in said
    assert "- Stichting Thuiszorg De Linde (99000102): € 15.000" in said
    assert "SMART omschrijving:" not in said
    old, new = (judged(written(nameless(one))) for one in (official(), shorter))
    without = " ".join(to_text(beside(old, new)).split())
    assert "- SMART omschrijving: Uiterlijk 30 juni 2026 hebben de vier deelnemende" in without


def test_start_contributions_are_compared_too() -> None:
    plan = regional()
    row = next(one for one in plan["rows"] if one.get("name") == "Startbijdrage KPI 4.0")
    row["total"] += 1000
    found = difference(regional(), plan)
    assert told(found) == [("money", "4.0")]
    assert isinstance(found.rows[0].new, Payment)
    assert found.rows[0].new.type.value is not Kind.RESULT


def test_the_other_way_round_there_are_as_many_changes() -> None:
    found = difference(newer(*TEN), regional())
    assert told(found) == sorted(
        [
            ("number", "1.6"),
            ("name", "1.4"),
            ("date", "1.5"),
            ("merge", "2.2", "2.2", "2.2"),
            ("money", "4.2"),
            ("added", "4.3"),
            ("dropped", "1.8"),
            ("type", "1.2"),
            ("smart", "2.6"),
        ]
    )
    assert found.earlier == ()


def test_findings_move_along_with_a_renamed_party_and_its_moved_column() -> None:
    old, new = official(), official()
    old["parties"][2] = "Huisartsengroep Het Baken 990001"
    new["parties"][2] = "Huisartsengroep De Vuurtoren 990001"
    new["parties"][1:3] = new["parties"][2:0:-1]
    for row in new["rows"]:
        row["parties"][1:3] = row["parties"][2:0:-1]
    found = difference(old, new)
    assert told(found) == [("party", "other")]
    assert [one.rule for one in found.findings.left] == ["K103"]
    assert (found.findings.solved, found.findings.new) == ((), ())


def test_a_finding_in_the_summary_has_nothing_to_do_with_the_party_below_it() -> None:
    plan = regional()
    plan["parties"][0] = "Synthese BV + code"
    found = difference(regional(), plan)
    assert [one.rule for one in found.findings.solved] == ["K102"]
    assert [one.rule for one in found.findings.new] == ["K102"]


def test_the_budget_of_a_year_the_requested_amount_and_the_name_of_the_plan() -> None:
    plan = official()
    plan["budget"]["2027"] += 1000
    plan["budget"]["2029"] = 5
    plan["general"]["Naam TransformatiePlan"] += " 2"
    found = difference(official(), plan)
    assert [(one.field, one.year) for one in found.plan] == [
        ("plan", None),
        ("budget", 2027),
        ("budget", 2029),
    ]
    assert found.plan[2].old.value is None
    assert told(found) == sorted([("plan", "plan"), ("plan", "budget"), ("plan", "budget")])


def test_a_budget_that_only_one_version_has_is_one_change() -> None:
    plan = official()
    del plan["budget"]
    found = difference(official(), plan)
    assert told(found) == [("plan", "budgets")]
    assert (whole(found.plan[0].old.value), found.plan[0].new.value) == ((1200000,), None)
    assert told(difference(plan, official())) == [("plan", "budgets")]
    assert told(difference(plan, plan)) == []
