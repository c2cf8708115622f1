"""A comparison without amounts and typed texts, to share: where something changed stays, not what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kpicheck import texts
from kpicheck.comparison.changes import Change, FieldChange, RowChanges
from kpicheck.comparison.entries import number_of
from kpicheck.comparison.shape import Comparison
from kpicheck.model import Payment
from kpicheck.report.differences.document import Document, FindingGroup, Noted, document
from kpicheck.report.differences.sentences import Line
from kpicheck.report.differences.telling import Group, Item
from kpicheck.report.differences.versions import Versions

_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_COUNTED = 4  # the last rows of the table in short: KPIs, errors, warnings and hints


def hidden_document(versions: Versions) -> Document:
    """The document as others may see it."""
    found = versions.comparison
    told = document(versions)
    page = {"number": 1}, {"number": 2}
    names = [texts.text("page", "hidden_plan", versions.language, one) for one in page]
    title = (
        versions.say("title_whatif", plan=names[0])
        if versions.what_if
        else versions.say("title", old=names[0], new=names[1])
    )
    if found is None:
        why = texts.text("page", "hidden_reason", versions.language)
        return replace(told, title=title, verdict=versions.say("refused", file=names[0], why=why))
    return replace(
        told,
        title=title,
        sides=tuple(_sides(versions, names)),
        told=(texts.text("page", "hidden_told", versions.language),),
        asked=(),
        groups=tuple(_groups(versions, found, told)),
        tables=tuple(
            replace(one, said="", rows=one.rows[-_COUNTED:]) for one in told.tables if one.key == "short"
        ),
        findings=tuple(_findings(one, versions.language) for one in told.findings),
    )


def _sides(versions: Versions, names: list[str]) -> Iterator[str]:
    for key, name, one in zip(("old", "new"), names, versions.sides, strict=True):
        number = one.file.plan.kpis if one.file.plan else 0
        about = versions.say("hidden_about", kpis=number)
        yield versions.say("version", side=versions.side(key), file=name, about=about)


def _groups(versions: Versions, found: Comparison, told: Document) -> Iterator[Group]:
    rows: dict[str, list[Item]] = {
        "changed": [_changed(versions, one) for one in found.rows],
        "divided": [_row(versions, one.whole) for one in found.splits],
        "added": [_row(versions, one) for one in found.added],
        "dropped": [_row(versions, one) for one in found.dropped],
        "unclear": [_row(versions, row) for one in found.unclear for row in (*one.old, *one.new)],
    }
    for group in told.groups:
        if group.key in rows:
            yield replace(group, items=tuple(rows[group.key]))


def _row(versions: Versions, row: Payment, lines: tuple[Line, ...] = ()) -> Item:
    number = number_of(row)
    place = versions.say("row", row=row.row)
    plain = bool(_PLAIN_NUMBER.fullmatch(number))
    return Item(versions.say("kpi", number=number), place, lines) if plain else Item(place, "", lines)


def _changed(versions: Versions, row: RowChanges) -> Item:
    return _row(versions, row.new, tuple(Line(_said(versions, one)) for one in row.changes))


def _said(versions: Versions, one: Change) -> str:
    if not isinstance(one, FieldChange):
        return versions.say("hidden_field", field=texts.text("fields", "total", versions.language))
    if one.field == "number":
        return versions.say("hidden_number")
    field = texts.text("fields", one.field, versions.language)
    if one.days:
        return versions.say(
            "hidden_later" if one.days > 0 else "hidden_earlier", field=field, days=abs(one.days)
        )
    return versions.say("hidden_field", field=field)


def _findings(group: FindingGroup, language: str) -> FindingGroup:
    return replace(group, findings=tuple(_noted(one, language) for one in group.findings))


def _noted(one: Noted, language: str) -> Noted:
    return replace(one, place=one.cell, message=texts.advice(one.code, language))
