"""Each expression of time with the words that govern it, and whether it is only a point of reference."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Final, NamedTuple

from kpicheck.dutch.moments import Moment, moments
from kpicheck.dutch.remembered import remembered
from kpicheck.dutch.sought import Sought, small_letters


class Mention(NamedTuple):
    """A moment as the sentence uses it.

    'leads' are the kinds of its governing words, 'reference' the kind of reference it is the object of, and
    'left' is where those words begin.
    """

    moment: Moment
    left: int
    leads: frozenset[str]
    reference: str | None

    def words(self, text: str) -> str:
        """Give the stretch as typed, governing words included."""
        return text[self.left : self.moment.right].strip()


_MOST_LEADS: Final = 4
_LONGEST_FILLER: Final = 40
_FARTHEST_LEAD: Final = _LONGEST_FILLER + len("niet   later   dan")
_FARTHEST_REFERENCE: Final = 100
_FARTHEST_MARK: Final = _FARTHEST_REFERENCE + len("stand   van   zaken   eind")

_LEADS: Final = {
    word: kind
    for kind, words in {
        "latest": "uiterlijk",
        "end": "eind einde ultimo",
        "half": "half",
        "halfway": "halverwege",
        "on": "op per",
        "before": "voor vóor voór vóór",
        "within": "in",
        "during": "over gedurende tijdens periode meetperiode",
        "of": "van",
        "between": "vanaf sinds tussen",
        "vague": "begin medio midden voorjaar zomer najaar herfst winter start rond omstreeks circa ca",
    }.items()
    for word in words.split()
}
_LEAD = Sought(rf"(?<![\w-])(?:niet\s{{1,3}}later\s{{1,3}}dan|{'|'.join(_LEADS)})(?!\w)")
_FILLERS: Final = (
    "de",
    "het",
    "een",
    "heel",
    "hele",
    "gehele",
    "volledige",
    "maand",
    "maanden",
    "jaar",
    "jaren",
    "kalenderjaar",
    "kalenderjaren",
    "boekjaar",
    "kwartaal",
    "datum",
)
_FILLER = Sought(rf"[\s:(.]*(?:(?:{'|'.join(_FILLERS)})\b[\s:(]*)*")

_MARK = Sought(
    r"""\b(?=t[\s.o]|te|ve|in|va|af|si|ba|pe|ui|re|st|aa|0|nu|ge|be|da)(?<!-)(?:
        (?P<versus>t\s?\.?\s?o\s?\.?\s?v\b\.? | ten\s{1,3}opzichte?n?\s{1,3}van
          | vergeleken\s{1,3}(?:met|bij) | (?:in\s{1,3})?vergelijking\s{1,3}(?:met|tot) | afgezet\s{1,3}tegen)
      | (?P<since>sinds) | (?P<open>vanaf)
      | (?P<near>basisjaar | peil(?:jaar|datum|moment) | uitgangsjaar
          | referentie(?:jaar|periode|datum|moment)
          | (?:start|ingangs|aanvangs)datum | (?:0|nul)-?\s?meting(?:en)?\s{1,3}(?:op|in|van|per|over|eind)
          | (?:gestart|begonnen)\s{1,3}(?:op|per|in)
          | situatie\s{1,3}(?:op|in|per|van|eind) | stand(?:\s{1,3}van\s{1,3}zaken)?\s{1,3}(?:op|per|van|eind)
          | (?<!later\s)(?<!eerder\s)dan)
    )(?!\w)""",
    re.VERBOSE,
)
_NEAR = Sought(
    r"[\s:(,=]*(?:(?:is|de|het|van|op|in|per|over|eind|einde|begin|half|jaar|kalenderjaar|maand|kwartaal|periode|datum)"
    r"\b[\s:(]*)*"
)
_SENTENCE_END = Sought(r"[.!?]\s+[A-ZÀ-Þ]|[;•]|\n\s{0,9}[-*\n]")
_FINITE = Sought(
    r"\b(?:is|zijn|wordt|worden|werd|werden|heeft|hebben|zal|zullen|moeten?|afgenomen|toegenomen|gedaald|gestegen)\b"
)
_RELATIVE = Sought(r"\b(?:dat|die|zoals|waarin|waarop)\b")
_LATEST = Sought(r"\buiterlijk\b", needs=("uiterlijk",))


@remembered
def timeline(text: str) -> tuple[Mention, ...]:
    """All moments of a text, each with its governing words and its use as a reference (D102, D103, S107)."""
    small = small_letters(text)
    found = moments(small)
    if not found:
        return ()
    references = _references(text, small, found)
    return tuple(_mention(small, moment, references.get(nth)) for nth, moment in enumerate(found))


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Give the text with these stretches as spaces, so that positions stay."""
    parts: list[str] = []
    done = 0
    for left, right in sorted(spans):
        parts += (text[done:left], " " * (right - max(done, left)))
        done = max(done, right)
    return "".join(parts) + text[done:]


def _mention(small: str, moment: Moment, reference: tuple[str, int] | None) -> Mention:
    left = moment.left
    names: list[str] = []
    while len(names) < _MOST_LEADS and (lead := _lead_before(small, left)):
        left, words = lead
        names.append(_LEADS.get(words, "latest"))
    if reference:
        return Mention(moment, reference[1], frozenset(names), reference[0])
    return Mention(moment, left, frozenset(names), None)


def _lead_before(small: str, left: int) -> tuple[int, str] | None:
    """The nearest governing words before a place and where they begin, if only filler stands between.

    Mostly the last word decides: it governs, or it is neither filler nor the end of "niet later dan".
    """
    first = max(0, left - _FARTHEST_LEAD)
    words = small[first:left].split()
    if not words:
        return None
    if len(words) > 1 or not first:
        last = words[-1]
        if last in _LEADS:
            begin = small.rindex(last, first, left)
            return (begin, last) if left - begin <= len(last) + _LONGEST_FILLER else None
        if last.isalpha() and last not in _FILLERS and last != "dan":
            return None
    leads = list(_LEAD.finditer(small, first, left))
    if not leads or left - leads[-1].end() > _LONGEST_FILLER:
        return None
    lead, gap = leads[-1], small[leads[-1].end() : left]
    governs = gap.isspace() if lead[0] == "half" else _FILLER.fullmatch(gap)
    return (lead.start(), lead[0]) if governs else None


def _references(text: str, small: str, found: list[Moment]) -> dict[int, tuple[str, int]]:
    """Which moments are the object of 't.o.v.', 'sinds', 'peildatum' …: the nearest one after the word."""
    lefts = [moment.left for moment in found]
    references: dict[int, tuple[str, int]] = {}
    for mark in _MARK.finditer(small, max(0, lefts[0] - _FARTHEST_MARK), lefts[-1]):
        nth = bisect_left(lefts, mark.end())
        if lefts[nth] - mark.end() > _FARTHEST_REFERENCE or references.get(nth, ("",))[0] == "versus":
            continue
        kind = str(mark.lastgroup)
        if kind in ("open", "since") and found[nth].kind == "span":
            continue
        if kind == "near":
            governs = _NEAR.fullmatch(small, mark.end(), lefts[nth]) is not None
        else:
            governs = _reaches(text[mark.end() : lefts[nth]])
        if governs:
            references[nth] = (kind, mark.start())
    return references


def _reaches(gap: str) -> bool:
    """Whether the words between a reference word and a moment leave them in one phrase."""
    small = small_letters(gap)
    if _SENTENCE_END.search(gap) or _LATEST.search(small):
        return False
    verb = _FINITE.search(small)
    return verb is None or _RELATIVE.search(small, 0, verb.start()) is not None
