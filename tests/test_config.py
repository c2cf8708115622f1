"""kpicheck.toml: found nearest upward, read strictly, never in an isolated run."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from samples.expected import FOLDER

from kpicheck import config, threshold
from kpicheck import ruleset as rulesets
from kpicheck.config import Agreement
from kpicheck.job import Stated, check_file
from kpicheck.task import Task
from kpicheck.usage import UsageError

WHOLE = """
ruleset = "landelijk"
lang = "en"
fail_on = "warning"
ignore = ["S105"]

[plans."mlw*.xlsx"]
requested = "€ 4.109.199,68"
max_total = 4200000
start = 2025-09-01
end = "31-12-2027"

[plans."mlw*.xlsx".budget]
2025 = 364000
2026 = 2000000

[plans."mlw*.xlsx".party_totals]
Gemeenten = 848264

[plans."mlw*.xlsx".agreed.E101]
max_share = "0.80"
reason = "Afgesproken met de inkoper"
"""


BAD_SHARES: tuple[object, ...] = (
    "75",
    "0,75",
    "75%",
    "1.01",
    "-0.1",
    "nan",
    "",
    True,
    [],
    Decimal("inf"),
    Decimal("nan"),
)
WITHOUT_SENSE = (
    *(("requested", one) for one in ("inf", "nan", "-1", '"-1"', "true", "1_000_000_000_000_000")),
    *(("max_total", one) for one in ("inf", "-inf", "nan", "-0.01")),
)
NO_YEARS = ((20255, 1), (1999, 1), (0, 1), (2026, "nan"), (2026, "inf"), (2026, -1))


def write(folder: Path, text: str) -> Path:
    file = folder / config.NAME
    file.write_text(text, encoding="utf-8")
    return file


def test_every_setting_is_read(tmp_path: Path) -> None:
    found = config.load(write(tmp_path, WHOLE))
    assert (found.ruleset, found.lang, found.fail_on, found.ignore) == (
        "landelijk",
        "en",
        "warning",
        ("S105",),
    )
    plan = found.for_plan(Path("MLW_v2.xlsx"))
    assert plan.stated.requested == Decimal("4109199.68")
    assert plan.stated.max_total == Decimal(4200000)
    assert (plan.stated.start, plan.stated.end) == (dt.date(2025, 9, 1), dt.date(2027, 12, 31))
    assert plan.stated.budget is not None
    assert dict(plan.stated.budget.years) == {2025: Decimal(364000), 2026: Decimal(2000000)}
    assert [(one.rule, one.reason) for one in plan.agreements] == [("E101", "Afgesproken met de inkoper")]
    assert found.for_plan(Path("ander.xlsx")).stated == Stated()


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ('rulset = "x"', "unknown-key", "ruleset"),
        ('[plans."a"]\nrequsted = 1', "unknown-key", "requested"),
        ('[plans."a".agreed.E101]\nmax_share = "0.8"', "no-reason", None),
        ('[plans."a"]\nrequested = "10,000"', "bad-value", None),
        ('[plans."a"]\nstart = "medio 2026"', "bad-value", None),
        ("select = 3", "bad-value", None),
        ('[[plans."a".agreed]]\nrule = "E101"', "bad-value", None),
        ('[plans."a"]\nstart = 2028-01-01\nend = 2026-01-01', "start-after-end", None),
        *((f'[plans."a"]\n{key} = {value}', "bad-value", None) for key, value in WITHOUT_SENSE),
        *((f'[plans."a".budget]\n{year} = {value}', "bad-value", None) for year, value in NO_YEARS),
        ('[plans."a".party_totals]\nA = nan', "bad-value", None),
        ("= 3", "config-broken", None),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, text: str, code: str, hint: str | None) -> None:
    with pytest.raises(UsageError) as refused:
        config.load(write(tmp_path, text))
    assert refused.value.code == code
    assert refused.value.facts.get("nearest") in (hint, "" if hint is None else hint, None)


def test_the_nearest_file_upward_is_found(tmp_path: Path) -> None:
    deep = tmp_path / "regio" / "plannen"
    deep.mkdir(parents=True)
    top = write(tmp_path, 'lang = "en"')
    assert config.nearest_file(deep) == top
    near = write(deep.parent, 'lang = "nl"')
    assert config.nearest_file(deep) == near
    project = deep / "pyproject.toml"
    project.write_text('[tool.kpicheck]\nlang = "en"\n', encoding="utf-8")
    assert config.nearest_file(deep) == project
    assert config.load(project).lang == "en"


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of Unix")
@pytest.mark.parametrize("kind", ["link to nowhere", "link to itself", "pipe", "folder"])
def test_settings_that_are_no_file_are_not_passed_by(tmp_path: Path, kind: str) -> None:
    write(tmp_path, 'lang = "en"')
    deep = tmp_path / "plannen"
    deep.mkdir()
    own = deep / config.NAME
    make: dict[str, Callable[[], None]] = {
        "link to nowhere": lambda: own.symlink_to("weg.toml"),
        "link to itself": lambda: own.symlink_to(own),
        "pipe": lambda: os.mkfifo(own),
        "folder": own.mkdir,
    }
    make[kind]()
    with pytest.raises(UsageError) as refused:
        config.nearest_file(deep)
    assert refused.value.code == "config-no-file"


def test_a_project_file_that_is_no_file_is_not_passed_by(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").mkdir()
    with pytest.raises(UsageError) as refused:
        config.nearest_file(tmp_path)
    assert refused.value.code == "config-no-file"


def test_the_mark_that_windows_puts_before_a_text_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / config.NAME
    file.write_bytes(b'\xef\xbb\xbflang = "en"\n')
    assert config.load(file).lang == "en"


def test_an_amount_counts_as_it_is_typed(tmp_path: Path) -> None:
    text = '[plans."a"]\nrequested = 4109199.68\nmax_total = 0'
    found = config.load(write(tmp_path, text)).for_plan(Path("a"))
    assert (found.stated.requested, found.stated.max_total) == (Decimal("4109199.68"), Decimal(0))


def test_an_agreed_threshold_judges_and_is_shown(tmp_path: Path) -> None:
    plan = FOLDER / "midden-limburg-west.xlsx"
    landelijk = rulesets.load("landelijk")
    agreed = landelijk.agreeing("E101", {"max_share": "0.7746"}, "afspraak", str(tmp_path))
    exact = landelijk.agreeing("E101", {"max_share": "0.7745"}, "afspraak", str(tmp_path))
    assert "E101" in {one.rule for one in check_file(plan, landelijk, Stated()).findings}
    assert "E101" in {one.rule for one in check_file(plan, exact, Stated()).findings}
    report = check_file(plan, agreed, Stated())
    assert "E101" not in {one.rule for one in report.findings}
    assert report.agreements == (("E101", "max_share = 0.7746", "afspraak"),)


def test_an_agreement_about_an_unknown_threshold_is_refused() -> None:
    with pytest.raises(UsageError) as refused:
        rulesets.load("landelijk").agreeing("E101", {"max_shar": "0.8"}, "afspraak", "plan")
    assert refused.value.facts["nearest"] == "max_share"


@pytest.mark.parametrize(
    ("rule", "name", "value", "code"),
    [
        *(("E101", "max_share", one, "threshold-share") for one in BAD_SHARES),
        *(("P107", "tolerance", one, "threshold-number") for one in ("1,5", -1, Decimal("inf"), [1], True)),
        *(("S103", "min_words", one, "threshold-count") for one in ("zes", "2.5", -1, 1_001, Decimal("nan"))),
        ("D103", "of_type", "iets", "threshold-kind"),
        ("S105", "terms", "regio", "threshold-words"),
        ("S105", "terms", [1], "threshold-words"),
    ],
)
def test_an_agreed_threshold_is_of_its_own_kind(rule: str, name: str, value: object, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        rulesets.load("landelijk").agreeing(rule, {name: value}, "afspraak", "plan")
    assert refused.value.code == code


@pytest.mark.parametrize("value", [0, 1, "0.75", "1.00", Decimal("0.75")])
def test_a_share_from_nothing_to_all_may_be_agreed(value: object) -> None:
    agreed = rulesets.load("landelijk").agreeing("E101", {"max_share": value}, "afspraak", "plan")
    assert [one.thresholds for one in agreed.rules if one.agreed] == [{"max_share": Decimal(str(value))}]


def test_a_ruleset_of_ones_own_has_thresholds_of_their_own_kind(tmp_path: Path) -> None:
    file = tmp_path / "eigen.toml"
    file.write_text('extends = "landelijk"\n[rules.E101]\nmax_share = "0,75"\n', encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        rulesets.load(str(file))
    assert refused.value.code == "threshold-share"


def test_no_threshold_that_may_be_makes_a_check_break_down() -> None:
    national = rulesets.load("landelijk")
    for rule in national.rules:
        for name in (name for name, kind in rule.check.thresholds.items() if kind is int):
            for value in (0, threshold.MOST):
                changed = national.agreeing(rule.key, {name: value}, "afspraak", "plan").only(rule.code)
                report = check_file(FOLDER / "fouten-per-familie.xlsx", changed, Stated())
                assert report.failure is None, (rule.key, name, value)


def test_a_rule_is_on_or_off(tmp_path: Path) -> None:
    file = tmp_path / "eigen.toml"
    for value, codes in (("true", {"E101"}), ("false", set())):
        file.write_text(f'extends = "landelijk"\n[rules.E101]\nenabled = {value}\n', encoding="utf-8")
        assert {"E101"} & set(rulesets.load(str(file)).codes) == codes
    for value in ('"false"', "0"):
        file.write_text(f'extends = "landelijk"\n[rules.E101]\nenabled = {value}\n', encoding="utf-8")
        with pytest.raises(UsageError) as refused:
            rulesets.load(str(file))
        assert refused.value.code == "bad-value"


def task(**terms: Any) -> Task:  # noqa: ANN401 - any of its fields
    agreed = Agreement("E101", {"max_share": "0.7746"}, "afspraak")
    plan = FOLDER / "midden-limburg-west.xlsx"
    return Task(plan, dt.date(2026, 11, 22), agreements=(agreed,), **terms)


@pytest.mark.parametrize("terms", [{"select": ("A",)}, {"ignore": ("E101",)}], ids=str)
def test_an_agreement_may_be_about_a_rule_that_is_left_out(terms: dict[str, Any]) -> None:
    assert "E101" not in task(**terms).rules.codes
    assert task(**terms).rules.agreements == ()
    assert [code for code, *_ in task(select=("E",)).rules.agreements] == ["E101"]


def test_where_no_rule_is_left_nothing_is_judged() -> None:
    for terms in ({"select": ("E101",), "ignore": ("E",)}, {"ignore": tuple("ADEFGKNPST")}):
        with pytest.raises(UsageError) as refused:
            _ = task(**terms).rules
        assert refused.value.code == "no-rules"


@pytest.mark.parametrize(
    ("stated", "period"),
    [
        (Stated(start=dt.date(2027, 1, 1)), (dt.date(2027, 1, 1), dt.date(2028, 12, 31))),
        (Stated(end=dt.date(2027, 12, 31)), (dt.date(2026, 1, 1), dt.date(2027, 12, 31))),
        (Stated(start=dt.date(2029, 1, 1)), None),
    ],
    ids=str,
)
def test_a_stated_start_or_end_completes_the_sheet_and_never_turns_it_round(
    stated: Stated, period: tuple[dt.date, dt.date] | None
) -> None:
    report = check_file(FOLDER / "goed-plan.xlsx", rulesets.load("landelijk"), stated)
    assert report.plan is not None
    found = report.plan.period
    assert (found and (found.start, found.end)) == period
    assert ("P104" in {one.rule for one in report.not_checked}) is (period is None)
