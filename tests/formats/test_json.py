"""The JSON of the reports: the same bytes as json gives, without its slow way to indent."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicheck.report.as_json import strict, to_pieces
from kpicheck.report.shape import PaymentView

SAMPLE = Path(__file__).parents[2] / "samples" / "goed-plan.xlsx"
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
SHOWN = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp"], exclude_characters="#")
WORDS = st.text(SHOWN, max_size=8)
PLAIN = st.recursive(
    LEAVES | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=20,
)


@given(PLAIN, st.sampled_from([None, 1, 2]))
def test_json_is_as_json_writes_it(plain: object, indent: int | None) -> None:
    assert strict(plain, indent) == json.dumps(plain, ensure_ascii=False, indent=indent) + "\n"


@given(PLAIN)
def test_json_in_pieces_is_the_same(plain: object) -> None:
    assert b"".join(to_pieces(plain)) == strict(plain, 1).encode()
    paid = PaymentView("2026-07-01", "1000", 2)
    assert b"".join(to_pieces([paid, plain])) == strict([paid, plain], 1).encode()


def test_much_json_comes_in_pieces_that_are_small() -> None:
    run = {"files": [{"findings": [PaymentView("2026-07-01", "1000", number) for number in range(10_000)]}]}
    pieces = list(to_pieces(run))
    assert b"".join(pieces) == strict(run, 1).encode()
    assert len(pieces) > 1
    assert max(map(len, pieces)) < 1 << 17


def test_a_record_is_an_object_with_its_fields() -> None:
    paid = PaymentView("2026-07-01", "1000", 2)
    assert strict((paid, ())) == '[{"date": "2026-07-01", "amount": "1000", "kpis": 2}, []]\n'


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_json_is_not_written(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        strict({"number": number}, indent=1)


@pytest.mark.parametrize(("form", "needs"), [("json", "as_json"), ("console", "console"), ("short", "short")])
def test_only_the_format_that_is_asked_is_loaded(form: str, needs: str) -> None:
    script = (
        "import sys; from kpicheck.cli.app import run;"
        f"run(['validate', {str(SAMPLE)!r}, '--isolated', '--output', {form!r}]);"
        "print(*(one for one in sys.modules if one.startswith('kpicheck.report.')), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    loaded = {one.removeprefix("kpicheck.report.") for one in ran.stderr.split()}
    known = {"as_json", "console", "short", "jsonl", "as_csv", "sarif", "junit", "xlsx", "markdown", "gitlab"}
    assert loaded & known == {needs}
    assert not loaded & {"glance", "glancing", "schema", "html.render"}
