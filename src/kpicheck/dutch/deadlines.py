"""Deadlines a text states in words (D102)."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from kpicheck.dutch.timeline import Mention, timeline


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day a text leaves for its result, with the words that say so.

    With `before` the text says "voor 1 juli": the day before is meant just as well.
    """

    day: date
    words: str
    before: bool = field(default=False, compare=False)

    def days_from(self, other: date) -> int:
        """How many days another date lies from this deadline."""
        if self.before and other == self.day - timedelta(days=1):
            return 0
        return abs((other - self.day).days)


_JULY: Final = 7
_WINDOW: Final = 48

_CONTINUES = re.compile(r"\s{0,3}(?:,|en|of|respectievelijk|resp\.)\s{1,3}", re.IGNORECASE)
_LINE_START = re.compile(r"(?:^|\n)[\s•*>-]{0,4}$")
_SENTENCE_START = re.compile(r"(?:^|[.!?\n•]\s*)[\s*>-]{0,4}$")
_ARTICLE_BEFORE = re.compile(r"\b(?:het|de|een|deze|dit|onze|hun|alle)\s{1,3}$", re.IGNORECASE)
_ADJECTIVE_AFTER = re.compile(
    r"\s{1,3}(?:te|\w{2,20}[dt]e|ge\w{2,20}en|overeengekomen)\s{1,3}\w", re.IGNORECASE
)
_ASIDE_BEFORE = re.compile(
    r"\b(?:die|zoals|conform|volgens|welke|waarvan|waarover|waarna|waardoor|zodat|opdat|omdat|want"
    r"|(?<!blijkt )(?<!blijken )(?<!aan )(?<!aantoont )(?<!aantonen )(?<!betekent )dat)"
    r"\s{1,3}(?:\w{1,20}\s{1,3}){0,3}$",
    re.IGNORECASE,
)


_START_AFTER = re.compile(r"\s{0,3}(?:te (?:starten|beginnen)|van start te gaan|in te gaan)\b", re.IGNORECASE)


def deadlines(text: str) -> list[Deadline]:
    """All deadlines in the order of the text; reference and measuring periods are none (D102)."""
    mentions = timeline(text)
    lone_quarter = sum(mention.moment.kind == "quarter" for mention in mentions) == 1
    found: list[Deadline] = []
    inherited = False
    for nth, mention in enumerate(mentions):
        listed = (
            inherited
            and not mention.leads
            and mention.moment.kind == "day"
            and _CONTINUES.fullmatch(text, mentions[nth - 1].moment.right, mention.moment.left)
        )
        last = mention.moment.end if listed else _last_day(text, mention, lone_quarter=lone_quarter)
        inherited = last is not None
        if last:
            found.append(Deadline(last, mention.words(text), before="before" in mention.leads))
    return found


def _last_day(text: str, mention: Mention, *, lone_quarter: bool) -> date | None:
    last = _named_day(text, mention, lone_quarter=lone_quarter)
    return None if last and "latest" not in mention.leads and _is_aside(text, mention) else last


def _named_day(text: str, mention: Mention, *, lone_quarter: bool) -> date | None:
    moment, leads = mention.moment, mention.leads
    if mention.reference or moment.kind in ("unread", "span") or leads & {"vague", "during", "between"}:
        return None
    if leads & {"half", "halfway"}:
        return date(moment.start.year, _JULY, 1) if moment.kind == "year" else None
    if "end" in leads:
        return None if moment.kind == "day" else moment.end
    if "before" in leads and "latest" not in leads and not _opens_sentence(text, mention):
        return None
    return moment.end if _is_due(text, mention, lone_quarter=lone_quarter) else None


def _is_due(text: str, mention: Mention, *, lone_quarter: bool) -> bool:
    """Whether a day, month, quarter or half is named as the moment by which; a bare year never is."""
    leads = mention.leads
    match mention.moment.kind:
        case "day":
            return bool(leads & {"latest", "on", "before"})
        case "month":
            return bool(leads & {"latest", "within"})
        case "quarter":
            alone = (
                not leads
                and lone_quarter
                and _LINE_START.search(text[max(0, mention.left - _WINDOW) : mention.left])
            )
            return bool(leads & {"latest", "within", "on"} or alone)
        case "half":
            return "latest" in leads
        case _:
            return False


def _opens_sentence(text: str, mention: Mention) -> bool:
    """'Voor 1 juli 2026 is …' is a deadline, 'het plan voor 1 juli 2026' is none; 'vóór' always is one."""
    before = text[max(0, mention.left - _WINDOW) : mention.left]
    return "ó" in mention.words(text).split()[0].lower() or _SENTENCE_START.search(before) is not None


def _is_aside(text: str, mention: Mention) -> bool:
    """'het op 1-3-2025 vastgestelde plan', 'om per 1-1-2027 te starten': no deadline of this text."""
    before = text[max(0, mention.left - _WINDOW) : mention.left]
    if _ASIDE_BEFORE.search(before) or _START_AFTER.match(text, mention.moment.right):
        return True
    return bool(_ARTICLE_BEFORE.search(before) and _ADJECTIVE_AFTER.match(text, mention.moment.right))
