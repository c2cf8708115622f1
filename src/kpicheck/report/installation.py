"""The state of the installation in words or as JSON, also where the texts themselves are damaged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from kpicheck import __version__, texts
from kpicheck.clean import shown
from kpicheck.installation import Point, State, works
from kpicheck.usage import UsageError


def write(points: Sequence[Point], output: str, language: str) -> str:
    """Each part on a line, what to do about it, and whether kpicheck works."""
    return _json(points, language) if output == "json" else _text(points, language)


def _text(points: Sequence[Point], language: str) -> str:
    lines = []
    for one in points:
        lines.append(f"{_said('level', one.state, language):<7} {_message(one, language)}")
        if advice := _advice(one, language):
            lines.append(f"{'':<7} {_said('level', 'advice', language)} {advice}")
    worst = State.OK if works(points) else State.ERROR
    return "\n".join([*lines, "", _said("verdict", worst, language), ""])


def _json(points: Sequence[Point], language: str) -> str:
    listed = [
        {
            "part": one.part,
            "state": one.state.value,
            "message": _message(one, language),
            "fix": _advice(one, language) or None,
            "facts": {name: fact for name, fact in one.facts.items() if not isinstance(fact, Exception)},
        }
        for one in points
    ]
    whole = {"schema": 1, "kpicheck": __version__, "works": works(points), "points": listed}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _message(point: Point, language: str) -> str:
    usage = point.facts.get("usage")
    facts = dict(point.facts)
    if isinstance(usage, UsageError):
        facts["why"] = _said_of(("usage", usage.code, "message"), language, usage.facts)
    return _said(point.part, point.state, language, facts)


def _advice(point: Point, language: str) -> str:
    return "" if point.state is State.OK else _said(point.part, "fix", language, point.facts)


def _said(part: str, word: str, language: str, facts: Mapping[str, object] | None = None) -> str:
    return _said_of(("doctor", part, word), language, facts or {})


def _said_of(place: tuple[str, str, str], language: str, facts: Mapping[str, object]) -> str:
    """One text, in the other language where this one is damaged, and else its key with the facts."""
    for spoken in (language, *texts.LANGUAGES):
        try:
            return texts.nested(*place, spoken, facts)
        except (OSError, ValueError, KeyError):
            continue
    told = ", ".join(f"{name}: {fact}" for name, fact in facts.items())
    return shown(" ".join([*place[1:], told]).strip())
