"""Measuring and reference periods, and whether a text names any time at all (D103, S107, S108, S111)."""

import re
from datetime import date
from typing import Final, NamedTuple

from kpicheck.dutch.notation import MONTH
from kpicheck.dutch.remembered import remembered
from kpicheck.dutch.sought import Sought, small_letters
from kpicheck.dutch.timeline import Mention, blanked, timeline


class Period(NamedTuple):
    """The first and last day something is measured over, with the words that say so."""

    start: date
    end: date
    words: str


_WINDOW: Final = 60
_NOT_MEASURING: Final = frozenset({"latest", "end", "half", "halfway", "on", "before", "vague"})
_STRETCHES: Final = frozenset({"month", "quarter", "half", "year", "span"})

_PURPOSE_BEFORE = Sought(
    r"\b(?:zodat|opdat|waarna|ambitie|doelstelling|prognose|verwacht\w{0,4}|streef\w{0,4}|streven|voorbereiding)\b"
    r"(?:[^.;\n]{0,50})$",
    needs=(
        "zodat",
        "opdat",
        "waarna",
        "ambitie",
        "doelstelling",
        "prognose",
        "verwacht",
        "stre",
        "voorbereiding",
    ),
)
_TERM_BEFORE = Sought(
    r"\b(?:looptijd|loopt|lopende?|duurt|(?:project|plan|programma|contract|subsidie)(?:periode|termijn)?|transformatieplan)"
    r"\s{1,3}(?:is\s{1,3})?$",
    needs=("loop", "lopend", "duurt", "project", "plan", "programma", "contract", "subsidie"),
)
_PRONOUN_BEFORE = Sought(r"\b(?:die|dat|welke)\s{1,3}$", needs=("die", "dat", "welke"))
_ARTICLE_BEFORE = Sought(r"\b(?:het|de|een)\s{1,3}$")
_ADJECTIVE_AFTER = Sought(r"\s{1,3}(?:te|\w{2,20}[dt]e)\s{1,3}\w")
_IN = r"(?:in|over|gedurende|tijdens)\s{1,3}"
_WORD = r"(?:\w{1,20}\s{1,3})?"
_COUNT = r"(?:\d{1,3}|een|één|twee|drie|vier|vijf|zes|negen|tien|twaalf|achttien|vierentwintig)"
_UNIT = r"(?:weken|maanden|kwartalen|jaren|kalenderjaar|halfjaar|half\s?jaar|kwartaal|maand|jaar|week|dag)"
_PERIOD_WORDS = Sought(
    rf"""\b(?: {_IN}(?:de|een|deze|iedere|elke)\s{{1,3}}{_WORD}periode
      | meetperiode | per\s{{1,3}}{_UNIT} | (?:half)?jaarlijks | maandelijks | wekelijks
      | (?:over|gedurende|in|afgelopen|laatste|voorafgaande|eerste|periode\s{{1,3}}van|minimaal)\s{{1,3}}
        (?:de\s{{1,3}})?{_WORD}{_COUNT}\s{{1,3}}(?:opeenvolgende\s{{1,3}})?{_UNIT}
      | {_IN}(?:het|elk|ieder)\s{{1,3}}{_WORD}(?:kwartaal|jaar|halfjaar)
      | op\s{{1,3}}jaarbasis | q[1-4](?!\s{{0,3}}[-'/]?\s{{0,3}}20\d) | \d{{1,2}}-maands\w{{0,5}} )\b""",
    re.VERBOSE,
)
_OTHER_DATE = Sought(
    rf"""(?<!\w)(?: (?:in|eind|einde|begin|half|medio|uiterlijk|per)\s{{1,3}}{MONTH}
      | \d{{1,2}}\s{{1,3}}{MONTH}
      | (?:uiterlijk|op|per)\s{{1,3}}\d{{1,2}}-\d{{1,2}}(?![\d%-])
      | (?:binnen|na)\s{{1,3}}{_COUNT}\s{{1,3}}{_UNIT} | {_COUNT}\s{{1,3}}{_UNIT}\s{{1,3}}na
      | einde?\s{{1,3}}(?:van\s{{1,3}})?(?:het\s{{1,3}}|de\s{{1,3}})?
        (?:project|plan|looptijd|programma|traject|transformatie)\w{{0,10}}
      | 202x | jaar\s{{1,3}}x | x{{1,2}}-x{{1,2}}-\w{{2,4}} | dd-mm-\w{{2,4}} )(?!\w)
    | \[[^\]\n]{{0,20}}(?:datum|periode|jaar|kwartaal|maand)[^\]\n]{{0,20}}\]""",
    re.VERBOSE,
)
_REFERENCE_WORDS = Sought(
    r"""(?<!\w)(?: t\s?\.?\s?o\s?\.?\s?v\b\.? | ten\s{1,3}opzichte?n?\s{1,3}van | vergeleken\s{1,3}(?:met|bij)
      | vergelijking\s{1,3}(?:met|tot) | afgezet\s{1,3}tegen
      | basis(?:jaar|lijn|niveau|meting) | peil(?:jaar|datum|moment)
      | referentie\w{0,12} | (?:0|nul)-?\s?meting\w{0,3} | controle-?\s?(?:gebied|groep|regio)\w{0,3}
      | (?:start|uitgangs|begin)-?(?:niveau|waarde|situatie) | baseline
      | van\s{1,3}\d{1,6}(?:,\d{1,3})?\s?%?\s{1,3}naar\s{1,3}\d+ )(?!\w)""",
    re.VERBOSE,
)
_NEVER_COMPARED: Final = frozenset({"open"})


def measuring_periods(text: str, after: date = date.min) -> list[Period]:
    """Periods over which the text measures its own result, and that end after a day (D103)."""
    found: list[Period] = []
    dated = False
    for mention in timeline(text):
        if mention.moment.end > after and _measures(mention) and not _is_aside(text, mention, dated=dated):
            found.append(Period(mention.moment.start, mention.moment.end, mention.words(text)))
        dated = dated or not mention.reference
    return found


def reference_spans(text: str) -> list[tuple[int, int]]:
    """Give the stretches that only say what the result is compared with, or since when (D102, D103)."""
    return [(mention.left, mention.moment.right) for mention in timeline(text) if mention.reference]


def has_reference(text: str) -> bool:
    """Whether the text says what its change is relative to (S107)."""
    if any(mention.reference and mention.reference not in _NEVER_COMPARED for mention in timeline(text)):
        return True
    return _REFERENCE_WORDS.search(small_letters(text)) is not None


@remembered
def has_period(text: str) -> bool:
    """Whether the text says over which period it measures: 'in 2026', 'vanaf <date>', 'per jaar' (S108)."""
    mentions = timeline(text)
    if any(
        mention.reference == "open"
        or (
            not mention.reference and mention.moment.kind in _STRETCHES and not mention.leads & _NOT_MEASURING
        )
        for mention in mentions
    ):
        return True
    return _PERIOD_WORDS.search(small_letters(blanked(text, reference_spans(text)))) is not None


def has_date(text: str) -> bool:
    """Whether the text names any date or period (S111)."""
    if timeline(text):
        return True
    small = small_letters(text)
    return _PERIOD_WORDS.search(small) is not None or _OTHER_DATE.search(small) is not None


def _measures(mention: Mention) -> bool:
    moment, leads = mention.moment, mention.leads
    if mention.reference or leads & _NOT_MEASURING:
        return False
    match moment.kind:
        case "span":
            return bool(leads & {"within", "during", "between"}) or (
                "of" in leads and not _is_plan_term(mention)
            )
        case "year" | "quarter":
            return bool(leads & {"within", "during"})
        case "month":
            return "during" in leads
        case "half":
            return True
        case _:
            return False


def _is_plan_term(mention: Mention) -> bool:
    """'het plan van 2025-2027' names the plan, not a measuring period."""
    return mention.moment.right - mention.moment.left <= len("2025 - 2027")


def _is_aside(text: str, mention: Mention, *, dated: bool) -> bool:
    """'het in 2028 te openen gebouw', 'zodat in 2030 …': no measuring of this text.

    A relative clause ('… die in 2028 …') is an aside where the text already has a time of its own.
    """
    small = small_letters(text)
    before = small[max(0, mention.left - _WINDOW) : mention.left]
    if _PURPOSE_BEFORE.search(before) or _TERM_BEFORE.search(before):
        return True
    if dated and _PRONOUN_BEFORE.search(before):
        return True
    return bool(_ADJECTIVE_AFTER.match(small, mention.moment.right) and _ARTICLE_BEFORE.search(before))
