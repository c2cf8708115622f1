"""Wording: open items, telegram style, vague terms, activities, references to KPIs (S102-S113, N105)."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice
from operator import itemgetter

from kpicheck.dutch.bounds import upper_bounds_only
from kpicheck.dutch.lines import bullet_lines, items, only_bullets
from kpicheck.dutch.modality import noncommittal
from kpicheck.dutch.remembered import remembered
from kpicheck.dutch.sought import Sought, holds_any, small_letters
from kpicheck.dutch.targets import is_relative_change, ranges_without_minimum, targets

__all__ = [
    "defines",
    "has_words",
    "is_relative_change",
    "is_telegram",
    "kpi_references",
    "noncommittal",
    "only_bullets",
    "open_items",
    "ranges_without_minimum",
    "targets",
    "upper_bounds_only",
    "vague_terms",
    "word_count",
    "work_bullets",
]

_EDGE = r"(?:^|(?<=[.(\[>;:\n/•]))[ \t]{0,3}(?:-\s{0,2})?"
_OPEN_ITEM = Sought(
    rf"""
    \bnog\s{{1,3}}(?:(?:nader|verder|door\s\w{{1,20}})\s{{1,3}})?
      (?:aan\s{{0,3}}(?:te\s{{1,3}})?vullen | in\s{{0,3}}(?:te\s{{1,3}})?vullen
        | te\s{{1,3}}(?:bepalen|formuleren|bespreken|concretiseren|definiëren|verdelen|specificeren|checken)
        | (?:af\s{{1,3}}te\s{{1,3}}stemmen|uit\s{{1,3}}te\s{{1,3}}(?:werken|zoeken)
            |toe\s{{0,3}}(?:te\s{{1,3}})?voegen) | niet\s{{1,3}}bekend
        | onbekend | checken | bepalen | uitzoeken | afstemmen)\b
  | \bnader\s{{1,3}}(?:te\s{{1,3}}(?:bepalen|specificeren|formuleren|bespreken|definiëren)
      | (?:in\s{{1,3}}te\s{{1,3}}vullen|uit\s{{1,3}}te\s{{1,3}}werken))\b
  | \bmogelijk\s{{1,3}}nog\b
  | \bn\.t\.b\b\.? | \bntb\b | \bn\.n\.b\b\.? | \bnnb\b | \btbd\b | \bt\.b\.d\b\.?
  | \btodo\b
  | \bvolgt\s{{1,3}}nog\b(?=\s{{0,3}}(?:[.,;:)\]!]|$)) | \bnog\s{{1,3}}volgt\b
  | \bwacht(?:en)?\s{{1,3}}(?:nog\s{{1,3}})?op\s{{1,3}}(?:een\s|het\s|de\s)?
      (?:antwoord|akkoord|reactie|input|besluit|gegevens|informatie|info|bevestiging|terugkoppeling|aanlevering|cijfers|data
        |offerte|nza|\w{{2,20}}verzekeraar)\b
  | {_EDGE}wacht\s{{1,3}}op\b
  | \bter\s{{1,3}}bespreking\b
  | {_EDGE}check(?:en)?\b(?![-\w])(?!\s{{1,3}}(?:(?:op|van)\b|&))
  | \?{{2,}}
  """,
    re.VERBOSE,
    needs=("nog", "nader", ".b", "ntb", "nnb", "tbd", "todo", "wacht", "bespreking", "check", "?"),
)
_TO_DO = Sought(r"to(?<!\wto)\sdo\b(?=\s?[:!]|$)", needs=("do",))
_LEADING_ARROW = Sought(r"^[ \t]{0,9}>{1,3}[ \t]{0,3}(?=[^\W\d]).{0,40}", re.MULTILINE, needs=(">",))
_NOTES = (_OPEN_ITEM, _TO_DO, _LEADING_ARROW)
_SIGNS_OF_NOTES = tuple(one for pattern in _NOTES for one in pattern.needs if one != "todo")

_WORD = Sought(r"\w[\w'’.-]*")
_FINITE = Sought(
    r"\b(?:is|zijn|wordt|worden|heeft|hebben|zal|zullen|gaat|gaan|maakt|maken|krijgt|krijgen|neemt|nemen|werkt|werken"
    r"|daalt|stijgt|ligt|liggen|staat|staan|beschikt|beschikken|biedt|bieden|gebruikt|gebruiken)\b",
    re.IGNORECASE,
)

_ACTIVITY = Sought(
    r"""(?:het\s{1,3})?(?:
        (?:op(?:stellen|zetten|leiden|leveren|halen|schalen)|ontwikkelen|uit(?:voeren|werken|rollen|breiden)|in(?:richten|voeren|zetten
          |kopen|plannen)|aan(?:stellen|schaffen|passen|sluiten|vragen)|werven|trainen|voorbereiden|begeleiden
          |af(?:stemmen|spreken)|overleggen|schrijven|bouwen|testen|verzamelen|vast(?:stellen|leggen)|bespreken|onderzoeken|verbeteren
          |versterken|starten|maken|geven|houden|samenstellen|afnemen|bijhouden|verspreiden|delen|opvolgen|bepalen|selecteren
          |(?!(?:oud|kind|patiënt|and|nummer|pap|dier|kled|letter|cijf)eren\b)[a-zëïéè]{3,20}eren)\b
      | [a-zëïéè]{4,24}ing\s{1,3}van\b | uitvoering\b | organisatie\s{1,3}van\b )""",
    re.IGNORECASE | re.VERBOSE,
)

_ONE_NUMBER = r"[0-9]{1,2}(?:\.[0-9]{1,2})?[a-z]?(?![\w%])(?![.,/-][\w])"
_KPI_REFERENCE = Sought(
    rf"\b(?P<word>kpi(?P<many>['’]?s)?|mijlpa(?:al|(?P<more>len)))[\s-]{{0,3}}(?:nr\.?|nummers?)?[\s:]{{0,3}}(?P<numbers>{_ONE_NUMBER}"
    rf"(?:\s{{0,3}}(?:,|en|of|&|t/m|tot\sen\smet)\s{{0,3}}{_ONE_NUMBER}){{0,20}})",
    re.IGNORECASE,
    needs=("kpi", "mijlpa"),
)
_NUMBER = Sought(_ONE_NUMBER, re.IGNORECASE)


@remembered
def open_items(text: str) -> list[str]:
    """Give notes the author left for later: 'nog aanvullen', 'n.t.b.', a leading '>' (S102)."""
    small = small_letters(text)
    if not holds_any(small, _SIGNS_OF_NOTES):
        return []
    found = [one.span() for pattern in _NOTES for one in pattern.finditer(small)]
    found.sort(key=itemgetter(0))
    return list(dict.fromkeys(text[left:right].strip() for left, right in found))


def word_count(text: str) -> int:
    """How many words a text has; bullets and loose signs are none (S103, S112)."""
    return sum(1 for _ in _WORD.finditer(text))


def has_words(text: str, least: int) -> bool:
    """Whether a text has so many words, without counting on (S103, S112)."""
    if _words_at_start(least).match(text):
        return True
    return len([*islice(_WORD.compiled.finditer(text), max(least, 0))]) >= least


def is_telegram(text: str, min_words: int) -> bool:
    """Whether a text is too short to be a sentence, or only a list of keywords (S103)."""
    if not has_words(text, min_words):
        return True
    return only_bullets(text) and not any(
        has_words(item.text, min_words) and _FINITE.search(item.text) for item in items(text)
    )


def vague_terms(text: str, terms: Sequence[str]) -> list[str]:
    """Which of these terms the text uses, as typed, each once (S105)."""
    return _used(tuple(terms))(text) if terms else []


def defines(text: str, term: str) -> bool:
    """Whether the text says what the term means: 'onder … verstaan', '… (75 jaar en ouder)' (S105)."""
    return _definition_of(term).search(text) is not None


@remembered
def work_bullets(text: str) -> list[str]:
    """Bullets that describe work ('opstellen van een plan') instead of an end state (S113)."""
    return [line for line in bullet_lines(text) if _ACTIVITY.match(line) and not _FINITE.search(line)]


@remembered
def kpi_references(text: str) -> list[str]:
    """Give the numbers, as typed, of the KPIs and milestones a text refers to (N105)."""
    found: list[str] = []
    for reference in _KPI_REFERENCE.finditer(text):
        numbers = _NUMBER.compiled.findall(reference["numbers"])
        several = reference["many"] or reference["more"]
        found += [number for nth, number in enumerate(numbers) if nth == 0 or several or "." in number]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=16)
def _words_at_start(number: int) -> re.Pattern[str]:
    """So many words with nothing but space between them: most texts begin with them."""
    return re.compile(rf"(?:\w\S*\s+){{{max(number - 1, 0)}}}\w")


@lru_cache(maxsize=16)
def _used(terms: tuple[str, ...]) -> Callable[[str], list[str]]:
    any_of = _any_of(terms)

    @remembered
    def used(text: str) -> list[str]:
        found: dict[str, str] = {}
        for one in any_of.finditer(text):
            found.setdefault(" ".join(one[0].lower().split()), one[0])
        return list(found.values())

    return used


@lru_cache(maxsize=16)
def _any_of(terms: tuple[str, ...]) -> Sought:
    longest_first = sorted(terms, key=len, reverse=True)
    return Sought(
        r"(?<!\w)(?:" + "|".join(_flexible(term) for term in longest_first) + r")(?!\w)",
        re.IGNORECASE,
        needs=tuple(dict.fromkeys(_first_word(term) for term in longest_first)),
    )


@lru_cache(maxsize=64)
def _definition_of(term: str) -> Sought:
    words = _flexible(term)
    return Sought(
        rf"\b(?:onder\s(?:de\s)?(?:term\s)?['\"‘“]?{words}['\"’”]?\s(?:wordt?|worden|verstaan)\b"
        rf"|met\s(?:de\s)?(?:term\s)?['\"‘“]?{words}['\"’”]?\s(?:wordt\s|worden\s)?(?:hier\s)?bedoel\w{{1,3}}\b"
        rf"|{words}\s(?:van|vanaf|boven|ouder dan)\s(?:de\s)?[0-9]{{2}}\b"
        rf"|{words}['\"’”]?\s?(?:\(|:|=|(?:zijn|is)\s(?:hier|in dit plan|gedefinieerd)"
        r"|verstaan\swij|d\.w\.z\."
        r"|dat\swil\szeggen)"
        rf"|(?:definitie|doelgroep)\s(?:van\s)?(?:de\s)?['\"‘“]?{words}['\"’”]?\s?(?:is|:|=|luidt))",
        re.IGNORECASE,
        needs=(_first_word(term),),
    )


def _first_word(term: str) -> str:
    return small_letters("".join(term.split(maxsplit=1)[:1]))


def _flexible(term: str) -> str:
    return r"\s{1,3}".join(re.escape(word) for word in term.split())
