"""Upper bounds that no lower bound goes with (S110)."""

import re
from typing import NamedTuple

from kpicheck.dutch.remembered import remembered
from kpicheck.dutch.sought import Sought


class _Bound(NamedTuple):
    upper: bool
    left: int
    number_right: int
    right: int
    noun: str


_COUNT = (
    r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,6}|(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien"
    r"|veertien|vijftien|zestien|zeventien|achttien|negentien|twintig)\b)(?![\w%,.]?[\w%])"
)
_UPPER = Sought(
    r"maximaal|max\.|ten\shoogste|hoogstens|hooguit|niet\smeer\sdan",
    re.IGNORECASE,
    needs=("max", "hoogst", "hooguit", "niet"),
)
_BOUND = Sought(
    rf"\b(?:(?P<upper>{_UPPER.source})"
    rf"|minimaal|min\.|minstens|ten\s?minste|op\szijn\sminst|minimum(?:\svan)?)\s{{1,3}}(?:de\s)?{_COUNT}",
    re.IGNORECASE,
)
_WORDS_AFTER = Sought(
    r"\s{1,3}(?:van\s(?:de|het)\s(?:[0-9]{1,6}\s)?)?(?P<words>[^\W\d][\w'’-]{0,40}(?:\s[^\W\d][\w'’-]{0,40}){0,2})"
)
_WORD = Sought(r"\S+")
_NO_NOUN = Sought(
    r"(?:en|of|tot|maar|met|van|in|op|per|bij|voor|door|is|zijn|wordt|worden|maximaal|max|minimaal|waarvan|doen"
    r"|hebben|nemen|krijgen|werken|deelnemen|meedoen|gebruiken)",
    re.IGNORECASE,
)
_ADJECTIVE = Sought(r"\w+e", re.IGNORECASE)
_MINIMUM_JUST_BEFORE = Sought(r"[\s,]{1,3}(?:(?:en|tot|maar|met|of)\s)?(?:een\s)?", re.IGNORECASE)
_MINIMUM_JUST_AFTER = Sought(r",?\s\(?(?:en|maar|met|waarvan|,)?\s?", re.IGNORECASE)
_RANGE_BEFORE = Sought(r"[0-9]\s?(?:en|tot|-|–|à)\s?$", re.IGNORECASE)
_SIZE_BEFORE = Sought(
    r"\b(?:\w{0,20}groep\w{0,6}|klas\w{0,5}|teams?|sessies?|bijeenkomst\w{0,2})\s(?:van|met)\s$|[0-9]\svan\sde\s$",
    re.IGNORECASE,
)
_GROUP_SIZE = Sought(r"\s(?:per|tegelijk|elk)\b", re.IGNORECASE)
_LOW_IS_GOOD = Sought(
    r"(?:procent\w*|euro|eur|dagen|werkdagen|weken|maanden|kwartalen|jaar|jaren|uur|uren|minuten|minuut|dag|week|maand"
    r"|keer|pagina['’]?s|a4\w*|woorden|km|kilometer|her?opnames?|opnam\w+|klachten|\w*incidenten|fouten|ligdagen"
    r"|verpleegdagen|wachtenden|no-shows?|complicaties|seh-\w+|kpi['’]?s|punten)",
    re.IGNORECASE,
)


@remembered
def upper_bounds_only(text: str) -> list[str]:
    """Each 'maximaal n …' of something without a minimum: one of them would do as well (S110)."""
    if not _UPPER.possible(text):
        return []
    bounds = [_bound(text, found) for found in _BOUND.finditer(text)]
    with_minimum = {bound.noun for bound in bounds if not bound.upper}
    return [
        text[bound.left : bound.right]
        for nth, bound in enumerate(bounds)
        if bound.upper
        and bound.noun
        and bound.noun not in with_minimum
        and not _LOW_IS_GOOD.fullmatch(bound.noun)
        and not _GROUP_SIZE.compiled.match(text, bound.right)
        and not _RANGE_BEFORE.search(text[max(0, bound.left - 9) : bound.left])
        and not _SIZE_BEFORE.search(text[max(0, bound.left - 40) : bound.left])
        and not (nth and _shares_noun(text, bounds[nth - 1], bound))
        and not (nth + 1 < len(bounds) and _is_completed(text, bound, bounds[nth + 1]))
    ]


def _bound(text: str, found: re.Match[str]) -> _Bound:
    right, noun = found.end(), ""
    if after := _WORDS_AFTER.compiled.match(text, found.end()):
        for word in _WORD.compiled.finditer(text, after.start("words"), after.end("words")):
            if _NO_NOUN.fullmatch(word[0]):
                break
            right, noun = word.end(), word[0].lower()
            if noun == "fte" or not _ADJECTIVE.fullmatch(noun):
                break
    return _Bound(found["upper"] is not None, found.start(), found.end(), right, noun)


def _shares_noun(text: str, before: _Bound, bound: _Bound) -> bool:
    """'minimaal 5 en maximaal 10 wijken': the minimum stands right before it."""
    return (
        not before.upper
        and _MINIMUM_JUST_BEFORE.compiled.fullmatch(text, before.number_right, bound.left) is not None
    )


def _is_completed(text: str, bound: _Bound, after: _Bound) -> bool:
    """'maximaal 10 wijken en minimaal 5': the minimum follows without a noun of its own."""
    return (
        not (after.upper or after.noun)
        and _MINIMUM_JUST_AFTER.compiled.fullmatch(text, bound.right, after.left) is not None
    )
