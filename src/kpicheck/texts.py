"""The words: per rule a title, message, why and fix, in Dutch and English, from rules/texts.

A template may name any fact of its finding; `{difference:euro}` says how a fact is written.
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, cast

from kpicheck.clean import one_line, shown
from kpicheck.dutch.notation import TOO_MUCH_FOR_EUROS
from kpicheck.finding import Finding, NotChecked
from kpicheck.ranges import ranges
from kpicheck.resources import load_toml, rules_folder

LANGUAGES = ("nl", "en")
_DUTCH_SIGNS = str.maketrans(",.", ".,")


class _Ways:
    """The ways of writing that the texts use, such as euro, share, day and cells."""

    def __init__(self, language: str, part: str, figure: str) -> None:
        self.language = language
        self.part = part
        self.figure = figure

    def way(self, name: str) -> Callable[[Any], str]:
        """How the texts write something by that name; without one, by what it is."""
        found: Callable[[Any], str] = getattr(self, f"_{name}") if name else self._plainly
        return found

    def _plainly(self, value: object) -> str:
        if isinstance(value, str):
            return shown(value)
        if isinstance(value, int):
            return str(value)
        if isinstance(value, dt.date):
            return day(value, self.language)
        if isinstance(value, list | tuple):
            return self._list(value)
        return shown(str(value))

    def _word(self, key: str) -> str:
        return str(texts(self.language)["words"][key])

    def _euro(self, value: object) -> str:
        return euro(value, self.language) if isinstance(value, Decimal) else self._word("an-amount")

    def _share(self, value: Decimal) -> str:
        return share(value, self.language)

    def _amount(self, value: Decimal) -> str:
        """Euro, a plain number or a percentage, by the figure it is."""
        if "share" in self.figure:
            return self._share(value)
        return f"{value:f}" if self.figure == "count" else self._euro(value)

    def _value(self, value: object) -> str:
        """A stored value: euro where it is a number, else as typed."""
        return self._euro(value) if isinstance(value, Decimal) else f'"{self._typed(value)}"'

    def _day(self, value: dt.date) -> str:
        return day(value, self.language)

    def _days(self, value: int) -> str:
        return self._counted("day", value)

    def _rows(self, value: int) -> str:
        return self._counted("row", value)

    def _words(self, value: int) -> str:
        return self._counted("word", value)

    def _counted(self, one: str, number: int) -> str:
        return self._word(one if number == 1 else f"{one}s")

    def _by(self, value: str) -> str:
        return f", {self._typed(value)}" if value else ""

    def _until(self, value: dt.date | str) -> str:
        if isinstance(value, str):
            return ""
        return self._word("until").replace("{day}", day(value, self.language))

    def _typed(self, value: object) -> str:
        return one_line(shown(str(value)))

    def _quoted(self, value: object) -> str:
        return f': "{self._typed(value)}"' if value else ""

    def _quotes(self, value: Sequence[object]) -> str:
        return self._list([f'"{self._typed(one)}"' for one in value])

    def _list(self, value: Sequence[object]) -> str:
        return listing([shown(str(one)) for one in value], self.language)

    def _cells(self, value: Sequence[str]) -> str:
        return cells(value, self.language)

    def _range(self, value: Sequence[str]) -> str:
        return f"{value[0]}:{value[-1]}" if value else ""

    def _terms(self, value: Sequence[str]) -> str:
        known = cast("Mapping[str, str]", texts(self.language)[self.part]["terms"])
        return self._list([known[one] for one in value])

    def _kind(self, value: str) -> str:
        return self._word(value)

    def _rhythm(self, value: str) -> str:
        return self._word(value)

    def _figure(self, value: str) -> str:
        return self._word(f"{value}-figure")

    def _limit(self, value: str) -> str:
        return self._word(f"limit-{value}")

    def _derived(self, value: object) -> str:
        return self._word("derived") if value else ""


def euro(amount: Decimal, language: str) -> str:
    """An amount as people write it: € 1.000 or € 1.000,50; € 1,000 in English; 9E+307 where it is none."""
    if abs(amount) >= TOO_MUCH_FOR_EUROS:
        number = f"{abs(amount):.0E}"
    else:
        whole, _, cents = f"{abs(round(amount, 10)).normalize():,f}".partition(".")
        number = _signs(f"{whole}.{cents:0<2}" if cents else whole, language)
    sign = "-" if amount < 0 else ""
    return f"€ {sign}{number}" if language == "nl" else f"{sign}€{number}"


def share(value: Decimal, language: str) -> str:
    """A share of 1 as a percentage with one decimal."""
    return f"{_signs(f'{value * 100:.1f}', language)}%"


def _signs(number: str, language: str) -> str:
    """A number with the signs for thousands and decimals that the language uses."""
    return number.translate(_DUTCH_SIGNS) if language == "nl" else number


def day(value: dt.date, language: str) -> str:
    """A date: 1-7-2026 in Dutch, 2026-07-01 in English."""
    return f"{value.day}-{value.month}-{value.year}" if language == "nl" else value.isoformat()


def listing(words: Sequence[str], language: str) -> str:
    """A, B en C."""
    if len(words) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(words)
    return f"{', '.join(words[:-1])} {texts(language)['words']['and']} {words[-1]}"


def cells(refs: Sequence[str], language: str) -> str:
    """Cell addresses, with runs in one row or one column as a range: I15 t/m L15."""
    through = texts(language)["words"]["through"]
    return listing(
        [first if first == last else f"{first} {through} {last}" for first, last in ranges(map(shown, refs))],
        language,
    )


@cache
def texts(language: str) -> Mapping[str, Mapping[str, object]]:
    """All texts of a language."""
    return cast(
        "Mapping[str, Mapping[str, object]]", load_toml(rules_folder() / "texts" / f"{language}.toml")
    )


class _Template:
    """A text taken apart: words, each with the fact that follows them and the way that is written."""

    def __init__(self, text: str, ways: _Ways) -> None:
        pieces = [(words, fact, way or "") for words, fact, way, _ in string.Formatter().parse(text)]
        self.pieces = [(words, fact, ways.way(way)) for words, fact, way in pieces if fact is not None]
        end = "".join(words for words, fact, _ in pieces if fact is None)
        self.end = end if self.pieces else end.strip()

    def filled(self, facts: Mapping[str, object]) -> str:
        """The text with each of its facts as it is to be written."""
        if not self.pieces:
            return self.end
        said = [words + write(facts[fact]) for words, fact, write in self.pieces]
        return ("".join(said) + self.end).strip()


@lru_cache(maxsize=4096)
def _template(part: str, key: str, form: str | None, language: str, figure: str) -> _Template:
    """A text of a part; of a table of texts the one in that form, or the first."""
    text = texts(language)[part][key]
    if isinstance(text, dict):
        text = next(iter(text.values())) if form is None else text[form]
    return _Template(str(text), _Ways(language, part, figure))


@lru_cache(maxsize=512)
def _nested(part: str, key: str, field: str, language: str, figure: str) -> _Template:
    table = cast("Mapping[str, str]", texts(language)[part][key])
    return _Template(table.get(field, ""), _Ways(language, part, figure))


def text(part: str, key: str, language: str, facts: Mapping[str, object] | None = None) -> str:
    """One text of a part (a rule's code or a named part) with its facts filled in.

    A text with several forms is a table; the fact `kind` says which one it is, without it the first.
    """
    known = facts or {}
    form = str(known["kind"]) if "kind" in known else None
    return _template(part, key, form, language, str(known.get("figure", ""))).filled(known)


def nested(part: str, key: str, field: str, language: str, facts: Mapping[str, object] | None = None) -> str:
    """One text of a table within a part, such as refused.encrypted.message; empty where there is none."""
    known = facts or {}
    return _nested(part, key, field, language, str(known.get("figure", ""))).filled(known)


def message(finding: Finding, language: str) -> str:
    """What is wrong, in a sentence or two."""
    return text(finding.rule, "message", language, _context(finding))


def fix(finding: Finding, language: str) -> str:
    """What to do now."""
    return text(finding.rule, "fix", language, _context(finding))


def advice(code: str, language: str) -> str:
    """What to do about this fault wherever it stands."""
    return text(code, "advice" if "advice" in texts(language)[code] else "fix", language)


def title(code: str, language: str) -> str:
    """The fault in a few words."""
    return text(code, "title", language)


def reason(word: NotChecked, language: str) -> str:
    """Why a rule was not checked."""
    facts = {"cell": word.cell or "", **word.facts}
    if "field" in word.facts:
        facts["heading"] = text("fields", str(word.facts["field"]), language)
    return nested("not_checked", word.reason, "reason", language, facts)


def remedy(word: NotChecked, language: str) -> str | None:
    """What to give so that the rule can be checked, if anything helps."""
    facts = {"cell": word.cell or "", **word.facts}
    return nested("not_checked", word.reason, "remedy", language, facts) or None


def _context(finding: Finding) -> dict[str, object]:
    return {
        "cell": finding.cell,
        "row": finding.row,
        "related": finding.related,
        "heading": finding.heading,
        "name": finding.name or "",
        **finding.facts,
    }
