"""All samples, all examples of rules, and plans at random: the same plan, never more findings."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from samples import build as samples
from samples.expected import FOLDER

from kpicheck.job import Stated, check_bytes
from kpicheck.model import Plan, row_shares
from kpicheck.reader import read
from kpicheck.registry import checks
from kpicheck.repair.rounds import RULES, Repaired, repaired_plan
from kpicheck.report.shape import FileView
from tests.building import build
from tests.extra_examples import all_examples

from .plans import BASIS, RULESET, TODAY, check, plan, repaired, rules_found

REPAIRED = {"slordig-plan", "mijlpalenoverzicht", "verdeling-in-een-cel"}
SAMPLES = sorted(FOLDER.glob("*.xlsx"))


def words(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def amounts(read_plan: Plan) -> list[object]:
    """Every KPI's amounts, date, type and texts, as this test sees them; spaces apart."""
    return [
        (
            row.row,
            row.total.value,
            row.date.value,
            row.type.value,
            [(share.amount.value, words(share.party)) for share in row_shares(row)],
            [words(str(row.field(name).value)) for name in ("name", "smart", "evidence", "explanation")],
        )
        for row in read_plan.payments
    ]


def told(file: FileView) -> set[str]:
    """Every finding with its facts, without any spaces."""
    facts = [
        f"{one.rule} {one.sheet} {one.cell} {json.dumps(one.facts, default=str, ensure_ascii=False)}"
        for one in file.findings
    ]
    return {"".join(words(one).split()) for one in facts}


def holds(data: bytes, found: Repaired, judge: Callable[[bytes], FileView]) -> None:
    before, after = judge(data), judge(found.data)
    assert amounts(read(found.data)) == amounts(read(data))
    assert told(after) <= told(before)
    targets = {repair.target for repair in found.repairs if repair.target}
    assert targets <= {(one.rule, one.sheet, one.cell) for one in before.findings}
    assert not targets & {(one.rule, one.sheet, one.cell) for one in after.findings}
    if targets:
        assert len(after.findings) < len(before.findings)
    if not found.repairs:
        assert found.data == data
    again = repaired_plan(found.data, after, judge, RULES, spaces=True)
    assert again.repairs == ()
    assert again.data == found.data


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_samples(sample: Any) -> None:  # noqa: ANN401 - a path
    data = sample.read_bytes()
    found = repaired(data)
    holds(data, found, check)
    assert bool(found.repairs) is (sample.stem in REPAIRED)


@pytest.mark.parametrize("code", checks())
def test_examples(code: str) -> None:
    for example in all_examples(code):
        built = build(example)
        judge = partial(judged, built.stated)
        file = judge(built.data)
        if file.plan is not None:
            holds(built.data, repaired_plan(built.data, file, judge, RULES, spaces=True), judge)


def judged(stated: Stated, data: bytes) -> FileView:
    return BASIS.judged(check_bytes(data, "plan.xlsx", RULESET, stated, today=TODAY)).file


ROWS = samples.load_plan("goed-plan")["rows"]
SPACE = st.sampled_from(["", "", "", " ", "  ", "\u00a0", "\u200b ", "\n"])


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[str, str, Any]]:
    """A few rows with text for a value, a formula typed over, another label, spaces anywhere."""
    found: list[tuple[str, str, Any]] = []
    for number in draw(st.sets(st.integers(1, 12), max_size=6)):
        owner, row = f"KPI {number}", ROWS[number - 1]
        parties = list(row["parties"])
        whole = sum(parties)
        kind = draw(
            st.sampled_from(["total", "text-total", "party", "both", "date", "type", "name", "control"])
        )
        if kind in ("party", "both"):
            at = draw(st.integers(0, 3))
            parties[at] = draw(st.sampled_from(["{}", "€ {}", "{},00", "{}.00"])).format(parties[at])
            found.append((owner, "parties", parties))
        if kind in ("total", "both"):
            found.append((owner, "total", whole + draw(st.sampled_from([0, 0, 0, 1, -1000]))))
        if kind == "text-total":
            found.append((owner, "total", f"€ {whole}{draw(SPACE)}"))
        if kind == "date":
            day = row["date"]
            found.append(
                (owner, "date", draw(st.sampled_from([f"{day:%d-%m-%Y}", f"{day}", f"{day:%m/%d}"])))
            )
        if kind == "type":
            label = draw(
                st.sampled_from([row["type"], row["type"].removesuffix("sverplichting"), "Resultaat"])
            )
            found.append((owner, "type", f"{draw(SPACE)}{label}{draw(SPACE)}"))
        if kind == "name":
            found.append((owner, "name", f"{draw(SPACE)}{row['name'].replace(' ', f' {draw(SPACE)}', 1)}"))
        if kind == "control":
            found.append((owner, "control", draw(st.sampled_from([samples.AGREE, samples.DIFFER, "ok"]))))
    return found


@settings(max_examples=25, deadline=None, derandomize=True, phases=(Phase.generate,))
@given(changed=changes(), stored=st.booleans())
def test_plans_at_random(changed: list[tuple[str, str, Any]], *, stored: bool) -> None:
    data = plan(*changed, stored=stored)
    file = check(data)
    if file.plan is not None:
        holds(data, repaired(data), check)


def test_the_sample_is_repaired_as_its_description_says() -> None:
    found = repaired((FOLDER / "slordig-plan.xlsx").read_bytes())
    assert {(rule, cell) for rule, _, cell in (one.target for one in found.repairs if one.target)} == {
        *(("T108", cell) for cell in ("C3", "F4", "K4")),
        *(("T104", cell) for cell in ("F4", "F6", "H7")),
        ("E105", "D1"),
    }
    assert {("T108", "J9"), ("T104", "F12")} <= rules_found(found.file)
