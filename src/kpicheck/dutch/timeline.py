"""Each expression of time with the words that govern it, and whether it is only a point of reference."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from kpicheck.dutch.moments import Moment, moments


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
_FARTHEST_REFERENCE: Final = 100

_LEAD = re.compile(
    r"""(?<![\w-])(?:
        (?P<latest>uiterlijk|niet\s{1,3}later\s{1,3}dan)
      | (?P<end>eind|einde|ultimo)
      | (?P<half>half) | (?P<halfway>halverwege)
      | (?P<on>op|per) | (?P<before>v[oó][oó]r)
      | (?P<within>in) | (?P<during>over|gedurende|tijdens|periode|meetperiode)
      | (?P<of>van) | (?P<between>vanaf|sinds|tussen)
      | (?P<vague>begin|medio|midden|voorjaar|zomer|najaar|herfst|winter|start|rond|omstreeks|circa|ca)
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_FILLER = re.compile(
    r"[\s:(.]*(?:(?:de|het|een|heel|hele|gehele|volledige|maand|maanden|jaar|jaren|kalenderjaar|kalenderjaren|boekjaar|kwartaal|datum)\b[\s:(]*)*",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")

_MARK = re.compile(
    r"""(?<![\w-])(?:
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
    re.IGNORECASE | re.VERBOSE,
)
_NEAR = re.compile(
    r"[\s:(,=]*(?:(?:is|de|het|van|op|in|per|over|eind|einde|begin|half|jaar|kalenderjaar|maand|kwartaal|periode|datum)"
    r"\b[\s:(]*)*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s+[A-ZÀ-Þ]|[;•]|\n\s{0,9}[-*\n]")
_FINITE = re.compile(
    r"\b(?:is|zijn|wordt|worden|werd|werden|heeft|hebben|zal|zullen|moeten?|afgenomen|toegenomen|gedaald|gestegen)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:dat|die|zoals|waarin|waarop)\b", re.IGNORECASE)
_LATEST = re.compile(r"\buiterlijk\b", re.IGNORECASE)


@lru_cache(maxsize=64)
def timeline(text: str) -> tuple[Mention, ...]:
    """All moments of a text, each with its governing words and its use as a reference (D102, D103, S107)."""
    found = moments(text)
    if not found:
        return ()
    leads = list(_LEAD.finditer(text))
    ends = [lead.end() for lead in leads]
    references = _references(text, found)
    mentions: list[Mention] = []
    for nth, moment in enumerate(found):
        last = bisect_right(ends, moment.left)
        mentions.append(_mention(text, moment, leads[max(0, last - _MOST_LEADS) : last], references.get(nth)))
    return tuple(mentions)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Give the text with these stretches as spaces, so that positions stay."""
    parts: list[str] = []
    done = 0
    for left, right in sorted(spans):
        parts += (text[done:left], " " * (right - max(done, left)))
        done = max(done, right)
    return "".join(parts) + text[done:]


def _mention(
    text: str, moment: Moment, leads: list[re.Match[str]], reference: tuple[str, int] | None
) -> Mention:
    left = moment.left
    names: list[str] = []
    for lead in reversed(leads):
        gap = _FILLER if lead.lastgroup != "half" else _SPACE
        if left - lead.end() > _LONGEST_FILLER or not gap.fullmatch(text, lead.end(), left):
            break
        left = lead.start()
        names.append(str(lead.lastgroup))
    if reference:
        return Mention(moment, reference[1], frozenset(names), reference[0])
    return Mention(moment, left, frozenset(names), None)


def _references(text: str, found: list[Moment]) -> dict[int, tuple[str, int]]:
    """Which moments are the object of 't.o.v.', 'sinds', 'peildatum' …: the nearest one after the word."""
    lefts = [moment.left for moment in found]
    references: dict[int, tuple[str, int]] = {}
    for mark in _MARK.finditer(text):
        nth = bisect_left(lefts, mark.end())
        if nth == len(found) or lefts[nth] - mark.end() > _FARTHEST_REFERENCE:
            continue
        kind = str(mark.lastgroup)
        if kind in ("open", "since") and found[nth].kind == "span":
            continue
        if kind == "near":
            governs = _NEAR.fullmatch(text, mark.end(), lefts[nth]) is not None
        else:
            governs = _reaches(text[mark.end() : lefts[nth]])
        if governs and references.get(nth, ("",))[0] != "versus":
            references[nth] = (kind, mark.start())
    return references


def _reaches(gap: str) -> bool:
    """Whether the words between a reference word and a moment leave them in one phrase."""
    if _SENTENCE_END.search(gap) or _LATEST.search(gap):
        return False
    verb = _FINITE.search(gap)
    return verb is None or _RELATIVE.search(gap, 0, verb.start()) is not None
