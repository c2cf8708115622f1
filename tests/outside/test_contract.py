"""Commands, exit codes and the JSON report, as promised to users and scripts."""

import json
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from .cases import codes, listed, readable
from .ledger import FIRST_SET, REGISTER
from .refused import REFUSED
from .running import TODAY, Ran, kpicheck, sha256, validate, validate_json
from .workbooks import Formula, good, regional, typed, write

TOP_KEYS = {"schema", "kpicheck", "ruleset", "today", "files", "manual", "summary"}
FILE_KEYS = {
    "path",
    "sha256",
    "status",
    "error",
    "layout",
    "sheet",
    "plan",
    "findings",
    "not_checked",
    "rows",
}
PLAN_KEYS = {
    "name",
    "kpis",
    "total",
    "effort",
    "result",
    "untyped",
    "effort_share",
    "share_without_untyped",
    "start",
    "end",
    "payments",
    "parties",
}
FINDING_KEYS = {
    "rule",
    "slug",
    "severity",
    "sheet",
    "cell",
    "related",
    "field",
    "heading",
    "kpi",
    "name",
    "message",
    "fix",
    "facts",
    "source",
    "fingerprint",
}
ROW_KEYS = {"kpi", "section", "start_contribution", "subtotal", "total", "instruction", "unrecognised"}
PARTY_KEYS = {"heading", "name", "code", "kind", "amount", "kassier"}
SUMMARY_KEYS = {"files", "passed", "failed", "not_checked", "errors", "warnings", "infos"}
DECIMAL = re.compile(r"-?\d+(\.\d+)?")
CELL = re.compile(r"[A-Z]{1,3}[1-9]\d*")


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan without fault, one with an error, one with warnings only, and a regional one."""
    folder = tmp_path_factory.mktemp("plans")
    write(good(), folder / "goed.xlsx")
    fault = good()
    fault.edits.update({"F4": Formula("=SUM(I4:L4)+1000", 46_000), "E7": None})
    write(fault, folder / "fout.xlsx")
    write(typed(), folder / "let-op.xlsx")
    write(regional(), folder / "regio.xlsx")
    return folder


@pytest.fixture(scope="session")
def all_four(plans: Path) -> Ran:
    return validate_json("goed.xlsx", "fout.xlsx", "let-op.xlsx", "regio.xlsx", cwd=plans)


@pytest.fixture(scope="session")
def refused_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("refused")
    for name, make in REFUSED.items():
        make(folder / name)
    return folder


def by_name(ran: Ran) -> dict[str, dict[str, Any]]:
    return {Path(file["path"]).name: file for file in ran.report()["files"]}


def one_sentence(ran: Ran) -> None:
    lines = ran.err.splitlines()
    assert len(lines) == 1, ran.err[:1500]
    assert 0 < len(lines[0].strip()) <= 300, lines[0]


def test_good_plan_is_clean(plans: Path) -> None:
    ran = validate_json("goed.xlsx", cwd=plans)
    file = ran.file()
    assert not codes(file), listed(file)
    assert (ran.code, ran.err, file["status"]) == (0, "", "passed")


def test_errors_exit_one(plans: Path) -> None:
    ran = validate_json("fout.xlsx", cwd=plans)
    file = ran.file()
    assert [(f["rule"], f["cell"]) for f in file["findings"]] == [("A201", "F4"), ("F105", "E7")], listed(
        file
    )
    assert (ran.code, ran.err, file["status"]) == (1, "", "failed")


def test_findings_stand_in_sheet_order(plans: Path) -> None:
    file = validate_json("fout.xlsx", cwd=plans).file()
    rows = [int(re.sub(r"\D", "", f["cell"])) for f in file["findings"]]
    assert rows == sorted(rows), listed(file)


def test_warnings_exit_zero(plans: Path) -> None:
    ran = validate_json("let-op.xlsx", cwd=plans)
    file = ran.file()
    assert set(codes(file)) == {"T104"}, listed(file)
    assert (ran.code, ran.err, file["status"]) == (0, "", "passed")


@pytest.mark.parametrize(
    ("name", "level", "code", "status"),
    [
        ("let-op.xlsx", "warning", 1, "failed"),
        ("let-op.xlsx", "info", 1, "failed"),
        ("let-op.xlsx", "error", 0, "passed"),
        ("fout.xlsx", "never", 0, "passed"),
        ("fout.xlsx", "error", 1, "failed"),
        ("goed.xlsx", "info", 0, "passed"),
    ],
)
def test_fail_on(plans: Path, name: str, level: str, code: int, status: str) -> None:
    ran = validate_json(name, "--fail-on", level, cwd=plans)
    assert (ran.code, ran.file()["status"]) == (code, status), listed(ran.file())


def other_keys(where: str, items: list[dict[str, Any]], wanted: set[str]) -> list[str]:
    return [
        f"{where}: missing {sorted(wanted - set(item))}, unknown {sorted(set(item) - wanted)}"
        for item in items
        if set(item) != wanted
    ]


def test_report_keys(all_four: Ran) -> None:
    report = all_four.report()
    files = report["files"]
    plan = [file["plan"] for file in files]
    findings = [finding for file in files for finding in file["findings"]]
    skipped = [rule for file in files for rule in file["not_checked"]]
    faults = [
        *other_keys("report", [report], TOP_KEYS),
        *other_keys("ruleset", [report["ruleset"]], {"name", "sha256"}),
        *other_keys("summary", [report["summary"]], SUMMARY_KEYS),
        *other_keys("file", files, FILE_KEYS),
        *other_keys("plan", plan, PLAN_KEYS),
        *other_keys("rows", [file["rows"] for file in files], ROW_KEYS),
        *other_keys(
            "payment", [paid for one in plan for paid in one["payments"]], {"date", "amount", "kpis"}
        ),
        *other_keys("party", [party for one in plan for party in one["parties"]], PARTY_KEYS),
        *other_keys("not_checked", skipped, {"rule", "slug", "cell", "reason", "remedy"}),
        *other_keys("finding", findings, FINDING_KEYS),
        *other_keys("source", [finding["source"] for finding in findings], {"doc", "at", "quote"}),
        *other_keys("manual", report["manual"], {"slug", "text", "source"}),
    ]
    assert not faults, "\n".join(sorted(set(faults)))


def test_report_values(all_four: Ran, plans: Path) -> None:
    report = all_four.report()
    assert (report["schema"], report["today"], report["ruleset"]["name"]) == (1, TODAY, "landelijk")
    assert re.fullmatch(r"[0-9a-f]{64}", report["ruleset"]["sha256"])
    assert re.match(r"\d+\.\d+", report["kpicheck"])
    assert report["manual"]
    for name, file in by_name(all_four).items():
        readable(file)
        assert file["sha256"] == sha256(plans / name)
        plan = file["plan"]
        money = [
            plan[key]
            for key in ("total", "effort", "result", "untyped", "effort_share", "share_without_untyped")
        ]
        money += [p["amount"] for p in [*plan["payments"], *plan["parties"]]]
        assert all(isinstance(text, str) and DECIMAL.fullmatch(text) for text in money), money
        assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", p["date"]) for p in plan["payments"])


def test_findings_are_complete(all_four: Ran) -> None:
    for file in all_four.report()["files"]:
        readable(file)
        for finding in file["findings"]:
            assert finding["slug"] == REGISTER[finding["rule"]][0]
            assert CELL.fullmatch(finding["cell"]), finding
            assert isinstance(finding["facts"], dict)
            assert isinstance(finding["related"], list)
            assert all(finding[key].strip() for key in ("message", "fix", "fingerprint")), finding
            assert 0 < len(finding["source"]["quote"].split()) <= 12, finding["source"]
        marks = [f["fingerprint"] for f in file["findings"]]
        assert len(marks) == len(set(marks)), listed(file)


def test_finding_names_its_place(all_four: Ran) -> None:
    found = next(f for f in by_name(all_four)["fout.xlsx"]["findings"] if f["rule"] == "A201")
    assert (found["sheet"], found["cell"], found["heading"]) == ("Mijlpalen", "F4", "(totaal)Bedrag")
    assert (found["kpi"], found["name"]) == ("1", "Wijkzorg - Spreekuur gestart - KPI 1")
    assert found["field"] == "total"
    figures = [Decimal(found["facts"][key]) for key in ("total", "sum", "difference")]
    assert [abs(figure) for figure in figures] == [46_000, 45_000, 1_000]


def test_plan_of_the_report(all_four: Ran) -> None:
    plan = by_name(all_four)["goed.xlsx"]["plan"]
    assert (plan["name"], plan["kpis"]) == ("Zorg dichtbij in Oeverdam", 8)
    assert (plan["start"], plan["end"]) == ("2025-01-01", "2027-06-30")
    assert Decimal(plan["effort_share"]) == Decimal(plan["share_without_untyped"]) == Decimal("0.6")


def test_row_counts(all_four: Ran) -> None:
    files = by_name(all_four)
    assert files["goed.xlsx"]["rows"] == dict.fromkeys(ROW_KEYS, 0) | {"kpi": 8}
    assert files["regio.xlsx"]["rows"] == dict.fromkeys(ROW_KEYS, 0) | {"kpi": 6, "section": 2}


def test_not_checked_has_reason_and_remedy(all_four: Ran) -> None:
    skipped = by_name(all_four)["regio.xlsx"]["not_checked"]
    assert {"P101", "A202", "G101", "G105"} <= {n["rule"] for n in skipped}
    assert all(n["reason"].strip() and n["slug"] == REGISTER[n["rule"]][0] for n in skipped)
    assert any("--budget" in (n["remedy"] or "") for n in skipped if n["rule"] == "P101"), skipped


def test_summary_adds_up(all_four: Ran) -> None:
    report = all_four.report()
    levels = [f["severity"] for file in report["files"] for f in file["findings"]]
    states = [file["status"] for file in report["files"]]
    assert report["summary"] == {
        "files": 4,
        "passed": states.count("passed"),
        "failed": states.count("failed"),
        "not_checked": 0,
        "errors": levels.count("error"),
        "warnings": levels.count("warning"),
        "infos": levels.count("info"),
    }


def test_worst_file_decides(plans: Path, all_four: Ran) -> None:
    assert all_four.code == 1
    turned = validate_json("regio.xlsx", "let-op.xlsx", "fout.xlsx", "goed.xlsx", cwd=plans)
    assert turned.code == 1
    assert {n: codes(f) for n, f in by_name(turned).items()} == {
        n: codes(f) for n, f in by_name(all_four).items()
    }


def test_same_bytes_twice(plans: Path, all_four: Ran) -> None:
    second = validate_json("goed.xlsx", "fout.xlsx", "let-op.xlsx", "regio.xlsx", cwd=plans, again=2)
    assert second.out == all_four.out


def test_input_is_left_alone(plans: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kopie.xlsx"
    shutil.copyfile(plans / "fout.xlsx", copy)
    before, stamp = copy.read_bytes(), copy.stat().st_mtime_ns
    validate_json(copy, cwd=tmp_path)
    assert (copy.read_bytes(), copy.stat().st_mtime_ns) == (before, stamp)
    assert [p.name for p in tmp_path.iterdir()] == ["kopie.xlsx"]


def test_folder_is_searched(plans: Path, all_four: Ran) -> None:
    ran = validate_json(".", cwd=plans)
    assert (set(by_name(ran)), ran.code) == (set(by_name(all_four)), 1)


@pytest.mark.parametrize("name", REFUSED)
def test_refused_file(refused_files: Path, name: str) -> None:
    ran = validate_json(name, cwd=refused_files)
    assert ran.code == 3, (ran.code, ran.out[:500], ran.err[:500])
    one_sentence(ran)
    assert name in ran.err
    file = ran.file()
    assert file["status"] == "not_checked"
    assert set(file["error"]) == {"code", "message", "fix"}
    assert all(file["error"].values()), file["error"]
    assert file["findings"] == []
    assert ran.report()["summary"]["not_checked"] == 1


def test_encrypted_has_its_code(refused_files: Path) -> None:
    assert validate_json("beveiligd.xlsx", cwd=refused_files).file()["error"]["code"] == "encrypted"


def test_refused_file_on_the_console(refused_files: Path) -> None:
    ran = validate("leeg.xlsx", cwd=refused_files)
    assert ran.code == 3
    one_sentence(ran)


def test_bad_file_never_stops_the_rest(plans: Path, refused_files: Path) -> None:
    ran = validate_json(
        plans / "goed.xlsx", refused_files / "leeg.xlsx", plans / "fout.xlsx", refused_files / "oud.xls"
    )
    files = by_name(ran)
    assert ran.code == 3
    assert {name: file["status"] for name, file in files.items()} == {
        "goed.xlsx": "passed",
        "leeg.xlsx": "not_checked",
        "fout.xlsx": "failed",
        "oud.xls": "not_checked",
    }
    assert len(ran.err.splitlines()) == 2, ran.err


def test_missing_path(plans: Path) -> None:
    ran = validate_json("bestaat-niet.xlsx", cwd=plans)
    assert ran.code == 2
    one_sentence(ran)
    assert "bestaat-niet.xlsx" in ran.err


def test_folder_without_plans(tmp_path: Path) -> None:
    ran = validate_json(tmp_path, cwd=tmp_path)
    assert ran.code in {2, 3}
    one_sentence(ran)


@pytest.mark.parametrize(
    "args",
    [
        ("--ruleset", "bestaat-niet"),
        ("--select", "Q999"),
        ("--fail-on", "soms"),
        ("--output", "pdf"),
        ("--budget", "bestaat-niet.xlsx"),
        ("--requested", "veel"),
        ("--onbekend",),
    ],
    ids=" ".join,
)
def test_wrong_usage(plans: Path, args: tuple[str, ...]) -> None:
    ran = validate("goed.xlsx", *args, cwd=plans)
    assert ran.code == 2, (ran.code, ran.out[:300], ran.err[:500])
    assert ran.err.strip()
    assert "Traceback" not in ran.err


def test_unknown_ruleset_is_one_sentence(plans: Path) -> None:
    one_sentence(validate("goed.xlsx", "--ruleset", "bestaat-niet", cwd=plans))


def test_validate_without_path() -> None:
    assert validate().code == 2


@pytest.mark.parametrize(
    ("args", "left", "code"),
    [
        (("--select", "A201"), {"A201"}, 1),
        (("--select", "A2"), {"A201"}, 1),
        (("--select", "F"), {"F105"}, 1),
        (("--select", "K"), set(), 0),
        (("--ignore", "A201"), {"F105"}, 1),
        (("--ignore", "A"), {"F105"}, 1),
        (("--select", "A", "--select", "F"), {"A201", "F105"}, 1),
        (("--ignore", "A", "--ignore", "F"), set(), 0),
        (("--select", "A", "--ignore", "A2"), set(), 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_select_and_ignore(plans: Path, args: tuple[str, ...], left: set[str], code: int) -> None:
    ran = validate_json("fout.xlsx", *args, cwd=plans)
    assert set(codes(ran.file())) == left, listed(ran.file())
    assert ran.code == code


def test_report_to_a_file(plans: Path, tmp_path: Path) -> None:
    target = tmp_path / "verslag.json"
    ran = validate("fout.xlsx", "--output", f"json={target}", cwd=plans)
    assert (ran.code, ran.err) == (1, "")
    shown = validate_json("fout.xlsx", cwd=plans)
    assert json.loads(target.read_text(encoding="utf-8")) == shown.report()


def test_two_outputs_at_once(plans: Path, tmp_path: Path) -> None:
    target = tmp_path / "verslag.json"
    ran = validate("fout.xlsx", "--output", "json", "--output", f"json={target}", cwd=plans)
    assert json.loads(target.read_text(encoding="utf-8")) == ran.report()


def test_json_does_not_escape_what_people_read(plans: Path) -> None:
    ran = validate_json("fout.xlsx", cwd=plans)
    assert "NaN" not in ran.out
    assert ran.out.encode("utf-8", "strict")


def test_english(plans: Path) -> None:
    dutch, english = (validate_json("fout.xlsx", "--lang", lang, cwd=plans).file() for lang in ("nl", "en"))
    assert codes(dutch) == codes(english)
    for one, other in zip(dutch["findings"], english["findings"], strict=True):
        assert (one["cell"], one["facts"], one["fingerprint"]) == (
            other["cell"],
            other["facts"],
            other["fingerprint"],
        )
        assert one["message"] != other["message"]
        assert one["fix"] != other["fix"]


def test_language_does_not_follow_the_system(plans: Path) -> None:
    plain = validate_json("fout.xlsx", cwd=plans)
    elsewhere = validate_json("fout.xlsx", cwd=plans, env={"LANG": "en_US.UTF-8", "LC_ALL": "C"})
    assert plain.report() == elsewhere.report()


def test_isolated_ignores_variables(plans: Path) -> None:
    ran = validate_json(
        "fout.xlsx", cwd=plans, env={"KPICHECK_LANG": "en", "KPICHECK_RULESET": "bestaat-niet"}
    )
    assert ran.report() == validate_json("fout.xlsx", cwd=plans).report()


def test_isolated_ignores_configuration(plans: Path, tmp_path: Path) -> None:
    shutil.copyfile(plans / "let-op.xlsx", tmp_path / "let-op.xlsx")
    (tmp_path / "kpicheck.toml").write_text('fail_on = "warning"\n', encoding="utf-8")
    assert validate("let-op.xlsx", cwd=tmp_path).code == 0


def test_console_report(plans: Path) -> None:
    ran = validate("fout.xlsx", cwd=plans)
    assert (ran.code, ran.err) == (1, "")
    assert all(word in ran.out for word in ("A201", "F4", "F105", "E7", "Doe nu", "Bron")), ran.out
    assert "zelf nagaan" in ran.out.lower()
    assert "\x1b" not in ran.out


def test_console_of_a_good_plan_says_what_was_not_judged(plans: Path) -> None:
    ran = validate("goed.xlsx", cwd=plans)
    assert (ran.code, ran.err) == (0, "")
    assert "zelf nagaan" in ran.out.lower()


def test_console_names_what_was_not_checked(plans: Path) -> None:
    ran = validate("regio.xlsx", cwd=plans)
    assert "P101" in ran.out
    assert "--budget" in ran.out


def test_console_in_a_poor_terminal(plans: Path) -> None:
    ran = validate("fout.xlsx", cwd=plans, env={"PYTHONIOENCODING": "cp1252", "LC_ALL": "C", "COLUMNS": "40"})
    assert ran.code == 1
    assert "Traceback" not in ran.err


def test_quiet(plans: Path) -> None:
    loud, quiet = validate("fout.xlsx", cwd=plans), validate("fout.xlsx", "--quiet", cwd=plans)
    assert (quiet.code, quiet.err) == (1, "")
    assert len(quiet.out) <= len(loud.out)
    assert validate_json("fout.xlsx", "--quiet", cwd=plans).code == 1


def test_no_progress_is_accepted(plans: Path) -> None:
    ran = validate_json("goed.xlsx", "--no-progress", cwd=plans)
    assert (ran.code, ran.err) == (0, "")


def test_version() -> None:
    ran = kpicheck("--version")
    assert ran.code == 0
    assert re.search(r"\d+\.\d+\.\d+", ran.out)
    assert ran.err == ""


def test_help() -> None:
    ran = kpicheck("--help")
    assert ran.code == 0
    assert "validate" in ran.out


@pytest.mark.parametrize("code", ["A201", "E101", "F107", "D102", "K106"])
def test_explain_by_code_and_slug(code: str) -> None:
    slug, _ = REGISTER[code]
    by_code, by_slug = kpicheck("explain", code), kpicheck("explain", slug)
    assert (by_code.code, by_slug.code) == (0, 0), by_code.err
    assert by_code.out == by_slug.out
    assert code in by_code.out
    assert slug in by_code.out


def test_explain_in_english() -> None:
    dutch, english = kpicheck("explain", "A201"), kpicheck("explain", "A201", "--lang", "en")
    assert english.code == 0
    assert dutch.out != english.out


def test_explain_unknown() -> None:
    ran = kpicheck("explain", "Q999")
    assert ran.code == 2
    assert "Traceback" not in ran.err


@pytest.fixture(scope="session")
def register_as() -> Callable[[str], Ran]:
    return lambda form: kpicheck("rules", *(("--output", form) if form else ()))


@pytest.mark.parametrize("form", ["", "json", "md"])
def test_rules(register_as: Callable[[str], Ran], form: str) -> None:
    ran = register_as(form)
    assert (ran.code, ran.err) == (0, "")
    missing = sorted(code for code in FIRST_SET if code not in ran.out)
    assert not missing


def test_rules_as_json(register_as: Callable[[str], Ran]) -> None:
    ran = register_as("json")
    assert json.loads(ran.out)
    assert all(REGISTER[code][0] in ran.out for code in FIRST_SET)


def test_rules_as_markdown(register_as: Callable[[str], Ran]) -> None:
    rows = [line for line in register_as("md").out.splitlines() if line.startswith("|")]
    assert len(rows) >= len(FIRST_SET)


@pytest.mark.register
def test_whole_register(register_as: Callable[[str], Ran]) -> None:
    out = register_as("json").out
    missing = sorted(code for code, (slug, _) in REGISTER.items() if code not in out or slug not in out)
    assert not missing


@pytest.mark.register
def test_rulesets_are_compared() -> None:
    ran = kpicheck("rules", "--compare", "landelijk", "zorg-en-zekerheid")
    assert ran.code == 0
    assert "P106" in ran.out


@pytest.mark.register
def test_insurer_ruleset(plans: Path) -> None:
    ran = validate_json("goed.xlsx", "--ruleset", "zorg-en-zekerheid", cwd=plans)
    assert ran.report()["ruleset"]["name"] == "zorg-en-zekerheid"


@pytest.mark.register
def test_configuration_is_read(plans: Path, tmp_path: Path) -> None:
    shutil.copyfile(plans / "let-op.xlsx", tmp_path / "let-op.xlsx")
    (tmp_path / "kpicheck.toml").write_text('fail_on = "warning"\n', encoding="utf-8")
    assert kpicheck("validate", "let-op.xlsx", "--today", TODAY, cwd=tmp_path).code == 1


@pytest.mark.register
def test_misspelt_configuration(plans: Path, tmp_path: Path) -> None:
    config = tmp_path / "kpicheck.toml"
    config.write_text('fail_onn = "warning"\n', encoding="utf-8")
    ran = kpicheck("validate", plans / "goed.xlsx", "--config", config, cwd=tmp_path)
    assert ran.code == 2
    assert "fail_on" in ran.err.replace("fail_onn", "")


@pytest.mark.register
def test_report_fits_the_published_schema(all_four: Ran) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    published = kpicheck("schema")
    assert published.code == 0
    jsonschema.validate(all_four.report(), json.loads(published.out))
