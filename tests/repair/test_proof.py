"""What speaks against a set of repairs, and how those that spoil it are found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from kpicheck.reader import read
from kpicheck.repair.change import Reason, Repair
from kpicheck.repair.proof import difference, essence, worse
from kpicheck.repair.trial import Bench, Proven
from kpicheck.report.shape import FindingView, NotCheckedView

from .plans import check, plan

FAULTY = check(plan(("KPI 3", "total", 119999)))
GOOD = check(plan())


def test_the_same_is_not_worse() -> None:
    assert worse(FAULTY, FAULTY, []) is None
    assert worse(FAULTY, GOOD, [("T104", "Mijlpalen", "F4")]) is None


def test_a_new_finding() -> None:
    reason = worse(GOOD, FAULTY, [])
    assert reason is not None
    assert reason.kind == "new-finding"


def test_another_fact_is_a_new_finding_and_other_spaces_are_not() -> None:
    first = FAULTY.findings[0]
    other = FAULTY._replace(findings=(replaced(first, typed="a"),))
    spaced = FAULTY._replace(findings=(replaced(first, typed=" a\u00a0"),))
    assert worse(other, spaced, []) is None
    more = FAULTY._replace(findings=(replaced(first, typed="b"),))
    assert worse(other, more, []) == Reason("new-finding", {"rule": first.rule, "at": first.cell})


def replaced(finding: FindingView, **facts: str) -> FindingView:
    return finding._replace(facts=facts)


def test_a_finding_that_should_have_gone() -> None:
    at = ("T104", "Mijlpalen", "F4")
    assert worse(FAULTY, FAULTY, [at]) == Reason("stays", {"rule": "T104", "at": "F4"})


def test_a_rule_that_can_no_longer_be_checked() -> None:
    one = NotCheckedView(rule="A201", slug="x", cell=None, reason="y", remedy=None)
    less = GOOD._replace(not_checked=(*GOOD.not_checked, one))
    assert worse(GOOD, less, []) == Reason("not-checked", {"rule": "A201"})
    assert worse(less, GOOD, []) is None


@pytest.mark.parametrize(
    ("change", "at"),
    [
        (("KPI 3", "total", 119999), "Mijlpalen!F4"),
        (("KPI 3", "parties", [10000, 40000, 30000, 40000]), "Mijlpalen!K1"),
        (("KPI 3", "type", "Resultaatsverplichting"), "Mijlpalen!D4"),
        (("KPI 3", "name", "Wijkteams - Inrichten - KPI 3"), "Mijlpalen!A4"),
        (("KPI 3", "smart", "Anders."), "Mijlpalen!B4"),
        (("KPI 3", "explanation", "Anders."), "Mijlpalen!G4"),
        (("general", "Gegevens indiener", "Iemand anders"), "Algemene gegevens"),
        (("general", "Naam TransformatiePlan", "Een ander plan"), "Mijlpalen"),
        (("budget", "2026", 430001), "Mijlpalen"),
        (("parties", 3, "Gemeente Merenland 9902"), "Mijlpalen!L1"),
    ],
)
def test_a_plan_that_is_read_otherwise(change: tuple[str, str, object], at: str) -> None:
    before = essence(read(plan()))
    assert difference(before, essence(read(plan(change)))) == Reason("reads-otherwise", {"at": at})


def test_spaces_make_no_other_plan() -> None:
    spaced = plan(("KPI 3", "name", " Wijkteams  - Inrichting - KPI 3"))
    assert difference(essence(read(plan())), essence(read(spaced))) is None


class Fussy(Bench):
    """Takes a set of repairs, named by their kind, where a rule of the test allows it."""

    def __init__(self, allowed: Callable[[str], bool]) -> None:
        object.__setattr__(self, "data", b"")
        object.__setattr__(self, "file", GOOD)
        object.__setattr__(self, "allowed", allowed)
        object.__setattr__(self, "trials", [])

    def tried(self, repairs: Sequence[Repair]) -> Proven | Reason:
        said = "".join(one.kind for one in repairs)
        self.trials.append(said)  # type: ignore[attr-defined]
        return Proven(tuple(repairs), said.encode(), GOOD) if self.allowed(said) else Reason(said)  # type: ignore[attr-defined]


def repairs(kinds: str) -> list[Repair]:
    return [Repair(kind, None, ()) for kind in kinds]


@pytest.mark.parametrize(
    ("allowed", "kept", "dropped"),
    [
        (lambda _: True, "abcdefgh", ""),
        (lambda said: "f" not in said, "abcdegh", "f"),
        (lambda said: not {"a", "h"} & set(said), "bcdefg", "ah"),
        (lambda said: not {"c", "g"} <= set(said), "abcdefh", "g"),
        (lambda _: False, "", "abcdefgh"),
    ],
)
def test_the_culprits_are_found_by_halving(allowed: Callable[[str], bool], kept: str, dropped: str) -> None:
    bench = Fussy(allowed)
    best, without = bench.most(repairs("abcdefgh"))
    assert "".join(one.kind for one in best.repairs) == kept
    assert "".join(sorted(one.kind for one, _ in without)) == dropped
    assert all(allowed(said) for said in [best.data.decode()] if said)


def test_one_trial_where_nothing_is_wrong_and_none_where_there_is_nothing() -> None:
    bench = Fussy(lambda _: True)
    assert bench.most([])[0].repairs == ()
    assert bench.trials == []  # type: ignore[attr-defined]
    bench.most(repairs("abc"))
    assert bench.trials == ["abc"]  # type: ignore[attr-defined]


def test_trials_have_an_end_and_what_was_not_tried_is_said() -> None:
    many = [chr(0x4E00 + number) for number in range(100)]
    bench = Fussy(lambda _: False)
    best, dropped = bench.most(repairs("".join(many)))
    assert best.repairs == ()
    assert len(dropped) == 100
    assert len(bench.trials) == 40  # type: ignore[attr-defined]
    assert {reason.kind for _, reason in dropped[-10:]} == {"too-many"}
