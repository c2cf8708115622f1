"""What a result is measured by: numbers, changes and ranges (S106, S107, S109)."""

import re

from kpicheck.dutch.notation import MONTH
from kpicheck.dutch.remembered import remembered
from kpicheck.dutch.sought import Sought, small_letters
from kpicheck.dutch.timeline import blanked, timeline

_NUMBER = r"[0-9](?:[0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?|[0-9]{0,6}(?:,[0-9]{1,2})?)"
_PERCENT = r"(?:%|procent(?:punt(?:en)?)?\b)"
_LABEL = (
    r"kpi['’]?s?|mijlpa(?:al|len)|fase|deel|pijler|bijlage|hoofdstuk|stap|versie|tranche|spoor|werkpakket|wp"
    r"|artikel|art\.|paragraaf|nr\.?|nummer|categorie|iza|\w{0,30}codes?|agb|kvk|dbc"
)

_NO_TARGET = Sought(
    rf"""
    \(\s?[0-9]{{1,2}}\s?\)
  | (?:^|\n)\s{{0,9}}[0-9]{{1,2}}[.)]\s
  | \b(?=\w)
    (?: (?=[\w.'’]{{1,40}}+[\s:]{{1,3}}+[0-9])(?:{_LABEL})[\s:]{{1,3}}[0-9]+(?:\.[0-9]+)*[a-z]?\b
          (?:\s?(?:,|en|t/m|/|-)\s?(?:[0-9]{{4,9}}|[0-9]+\.[0-9]{{1,2}})\b)*
      | (?=[0-9])
        (?: [0-9]{{1,2}}\s{MONTH}\b
          | [0-9]{{1,3}}(?:\s?(?:-|–|tot|t/m|en|tot\sen\smet)\s?[0-9]{{1,3}})?\s?(?:jaar|jarigen?|-jarigen?)\b
          | [0-9]{{2}}\s?-?\s?(?:\+|plus\w{{0,6}})
          | [0-9]{{1,3}}(?:ste|de|e)\b
          | 0-?\s?meting\w*
          | 24\s?/\s?7\b | 24-?uurs\w*
          | [0-9]{{1,3}}-(?:meting|maand|week|uur|daag|weken|maanden)\w*
          | (?<![.,])0[0-9]+\b
        )
      | (?=[opujlgeav])
        (?: (?:op|per|uiterlijk|peildatum)\s[0-9]{{1,2}}-[0-9]{{1,2}}(?![0-9%-])
          | product\s[0-9]{{4,9}}
          | (?:ouder|jonger)\sdan\s[0-9]{{1,3}} | leeftijd\s(?:van|vanaf)\s[0-9]{{1,3}}
          | (?:over|gedurende|per|elke|afgelopen|laatste|voorafgaande|eerste)\s(?:de\s|een\speriode\svan\s)?
              [0-9]{{1,3}}\s(?:dagen|weken|maanden|kwartalen)\b
        )
      | nul-?\s?meting\w*
      | [^\W\d]\w*+-[0-9]+\b | [^\W\d_]++[0-9]+\w*
    )
    """,
    re.VERBOSE,
)
_TARGET = Sought(
    rf"(?=[0-9€])(?<![\w.,])(?<!\w-)(?:€\s?)?(?:{_NUMBER})(?:\s?{_PERCENT})?(?:\s?(?:-|–|tot|à)\s?(?:{_NUMBER}))?(?:\s?{_PERCENT})?(?![\w])",
)

_DIGIT = Sought("[0-9]")

_CHANGE = Sought(
    r"\b(?:afname|toename|afgenomen|toegenomen|daling|gedaald|stijging|gestegen|vermindering|verminderd|reductie"
    r"|gereduceerd|teruggebracht|teruggedrongen|afneemt|toeneemt|daalt|stijgt|gegroeid)\b",
    needs=("fn", "fg", "toe", "dal", "daal", "stijg", "stegen", "verminder", "reduc", "terugge", "gegroeid"),
)
_TAKEN = Sought(
    r"\b(?:vragenlijst|enquête|enquete|interview|test|toets|examen|bloed|monster|prom|meting|survey|biopt)\w{0,6}\b",
)
_TAKING = Sought(r"afname|afgenomen")
_COMPARATIVE = Sought(
    rf"{_NUMBER}\s?{_PERCENT}\s(?:\w{{1,20}}\s){{0,2}}?(?:minder|meer|lagere?|hogere?|kortere?|langere?|betere?|verlaagd|verhoogd"
    r"|verbeterd|bespaard|groei|verbetering|verlaging|verhoging|besparing)\b(?!\sdan\s[0-9])",
    needs=("%", "procent"),
)
_CHANGED_BY = Sought(
    rf"\b(?:verlaagd|verhoogd|verbeterd|verkort|verlaging|verhoging|verbetering|groei|besparing)\s(?:met|van)\s"
    rf"(?:\w{{1,20}}\s){{0,2}}?(?:{_NUMBER})\s?{_PERCENT}",
    needs=("%", "procent"),
)

_TO_MORE = (
    rf"\s?%?\s?(?P<tie>-|–|à|tot|en)\s?(?:{_NUMBER})"
    rf"(?:\s?{_PERCENT}|\s(?:unieke\s|nieuwe\s)?(?:patiënten|inwoners|bewoners|cliënten|consulten|deelnemers|verwijzingen)\b)"
)
_ENDED_RANGE = Sought(rf"[0-9]{_TO_MORE}")
_RANGE = Sought(
    rf"(?<![\w.,/-])(?P<words>(?:tussen\s(?:de\s)?)?(?:{_NUMBER}){_TO_MORE})",
    re.IGNORECASE,
)
_FROM_BEFORE = Sought(r"\bvan\s(?:de\s)?$", re.IGNORECASE)
_MINIMUM = Sought(
    r"\b(?:minimaal|minimum|ten\s?minste|minstens|op zijn minst|ondergrens|drempel\w*)\b", re.IGNORECASE
)
_THRESHOLD = Sought(
    r"\b(?:behaald|gehaald|geslaagd|voldaan|gerealiseerd)\s(?:bij|als|wanneer|indien|vanaf|zodra)\b|\b(?:ondergrens|drempel\w*)\b",
    re.IGNORECASE,
)
_SENTENCE = Sought(r"[.!?]\s+(?=[A-ZÀ-Þ])|\n")


@remembered
def targets(text: str) -> list[str]:
    """Numbers and percentages that can be a target; dates, ages, years, labels and codes cannot (S106)."""
    rest = _without_moments(text, small_letters(text))
    if not _DIGIT.search(rest):
        return []
    masked = _NO_TARGET.sub(lambda found: " " * len(found[0]), rest)
    return [text[found.start() : found.end()].strip() for found in _TARGET.finditer(masked)]


@remembered
def is_relative_change(text: str) -> bool:
    """Whether the text promises a change ('10% afname', 'is afgenomen'), not a count or a share (S107)."""
    small = small_letters(text)
    for found in _CHANGE.finditer(small):
        around = small[max(0, found.start() - 50) : found.end() + 30]
        if not (_TAKING.fullmatch(found[0]) and _TAKEN.search(around)):
            return True
    return bool(_COMPARATIVE.search(small) or _CHANGED_BY.search(small))


@remembered
def ranges_without_minimum(text: str) -> list[str]:
    """Target ranges ('10-20%') of which no words say that the lower end is enough (S109)."""
    if not _ENDED_RANGE.search(small_letters(text)) or _THRESHOLD.search(text):
        return []
    masked = _without_moments(text, text)
    return [
        found["words"]
        for sentence in _SENTENCE.compiled.split(masked)
        if not _MINIMUM.search(sentence)
        for found in _RANGE.finditer(sentence)
        if _is_range(sentence, found)
    ]


def _is_range(sentence: str, found: re.Match[str]) -> bool:
    if found["tie"].lower() == "en":
        return found["words"].lower().startswith("tussen")
    return found["tie"].lower() != "tot" or not _FROM_BEFORE.search(
        sentence[max(0, found.start() - 8) : found.start()]
    )


def _without_moments(text: str, shown: str) -> str:
    """The text, as it is shown or in small letters, with its expressions of time as spaces."""
    return blanked(shown, ((mention.moment.left, mention.moment.right) for mention in timeline(text)))
