"""Every place of the format and the help document that demands something is accounted for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docs.generate import demands_by_document

from kpicheck import ruleset as rulesets

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
RULESET = rulesets.load("landelijk", also_off=True)
DEMANDS = demands_by_document()


def places(value: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 - read from JSON
    """The path of every text that demands something: instructions, principles, checklist lines."""
    if isinstance(value, dict):
        if "letter" in value:
            instructions = value["instruction"]
            yield from (f"{path}.instruction.{number}" for number in range(len(instructions)))
        elif "label" in value or "level" in value:
            yield path
        else:
            for key, one in value.items():
                if key not in ("title", "group"):
                    yield from places(one, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            name = one["letter"] if isinstance(one, dict) and "letter" in one else number
            yield from places(one, f"{path}.{name}")
    elif isinstance(value, str):
        yield path


def covered(path: str, known: set[str]) -> bool:
    return path in known or any(path.startswith(f"{one}.") for one in known)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the transcribed documents stand beside the checkout only")
@pytest.mark.parametrize(
    ("document", "file", "parts"),
    [
        ("mijlpaal-format", "template.json", ("algemene_gegevens", "mijlpaal_format", "columns")),
        ("zorg-en-zekerheid", "zz_example.json", ("definitions", "checklist")),
    ],
)
def test_no_place_is_forgotten(document: str, file: str, parts: tuple[str, ...]) -> None:
    data = json.loads((SHARED / file).read_text(encoding="utf-8"))
    wanted = list(places({part: data[part] for part in parts}))
    assert len(wanted) > 15
    known = {one["path"] for one in DEMANDS[document]}
    assert [path for path in wanted if not covered(path, known)] == []
    assert [
        path for path in known if not any(found == path or found.startswith(f"{path}.") for found in wanted)
    ] == []


def test_every_rule_and_manual_point_exists_and_each_demand_has_an_answer() -> None:
    codes = {rule.code for rule in RULESET.rules}
    manual = {one.slug for one in RULESET.manual}
    for demands in DEMANDS.values():
        for one in demands:
            assert set(one.get("rules", ())) <= codes, one["at"]
            assert set(one.get("manual", ())) <= manual, one["at"]
            assert one.get("rules") or one.get("manual") or one.get("why"), one["at"]


def test_every_rule_of_the_format_answers_a_demand() -> None:
    named = {code for demands in DEMANDS.values() for one in demands for code in one.get("rules", ())}
    cited = {rule.code for rule in RULESET.rules if rule.source.doc != "kpicheck"}
    assert cited - named == set()
