"""Deadlines a text states in words (D102)."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from kpicheck.dutch.remembered import remembered
from kpicheck.dutch.sought import Sought, small_letters
from kpicheck.dutch.timeline import Mention, timeline


class Deadline(NamedTuple):
    """The last day a text leaves for its result, with the words that say so.

    With `before` the text says "voor 1 juli": the day before is meant just as well.
    """

    day: date
    words: str
    before: bool = False

    def days_from(self, other: date) -> int:
        """How many days another date lies from this deadline."""
        if self.before and other == self.day - timedelta(days=1):
            return 0
        return abs((other - self.day).days)


_JULY: Final = 7
_WINDOW: Final = 48

_CONTINUES = Sought(r"\s{0,3}(?:,|en|of|respectievelijk|resp\.)\s{1,3}")
_LINE_START = Sought(r"(?:^|\n)[\s•*>-]{0,4}$")
_SENTENCE_START = Sought(r"(?:^|[.!?\n•]\s*)[\s*>-]{0,4}$")
_ARTICLE_BEFORE = Sought(r"\b(?:het|de|een|deze|dit|onze|hun|alle)\s{1,3}$")
_ADJECTIVE_AFTER = Sought(r"\s{1,3}(?:te|\w{2,20}[dt]e|ge\w{2,20}en|overeengekomen)\s{1,3}\w")
_ASIDE_BEFORE = Sought(
    r"\b(?:die|zoals|conform|volgens|welke|waarvan|waarover|waarna|waardoor|zodat|opdat|omdat|want"
    r"|(?<!blijkt )(?<!blijken )(?<!aan )(?<!aantoont )(?<!aantonen )(?<!betekent )dat)"
    r"\s{1,3}(?:\w{1,20}\s{1,3}){0,3}$",
    needs=("die", "zoals", "conform", "volgens", "welke", "waar", "dat", "want"),
)


_START_AFTER = Sought(
    r"\s{0,3}(?:te (?:starten|beginnen)|van start te gaan|in te gaan)\b",
    needs=("te starten", "te beginnen", "te gaan"),
)


@remembered
def deadlines(text: str) -> tuple[Deadline, ...]:
    """All deadlines in the order of the text; reference and measuring periods are none (D102)."""
    mentions = timeline(text)
    small = small_letters(text)
    lone_quarter = sum(mention.moment.kind == "quarter" for mention in mentions) == 1
    found: list[Deadline] = []
    inherited = False
    for nth, mention in enumerate(mentions):
        listed = (
            inherited
            and not mention.leads
            and mention.moment.kind == "day"
            and _CONTINUES.fullmatch(small, mentions[nth - 1].moment.right, mention.moment.left)
        )
        last = mention.moment.end if listed else _last_day(small, mention, lone_quarter=lone_quarter)
        inherited = last is not None
        if last:
            found.append(Deadline(last, mention.words(text), before="before" in mention.leads))
    return tuple(found)


def _last_day(small: str, mention: Mention, *, lone_quarter: bool) -> date | None:
    last = _named_day(small, mention, lone_quarter=lone_quarter)
    return None if last and "latest" not in mention.leads and _is_aside(small, mention) else last


def _named_day(small: str, mention: Mention, *, lone_quarter: bool) -> date | None:
    moment, leads = mention.moment, mention.leads
    if mention.reference or moment.kind in ("unread", "span") or leads & {"vague", "during", "between"}:
        return None
    if leads & {"half", "halfway"}:
        return date(moment.start.year, _JULY, 1) if moment.kind == "year" else None
    if "end" in leads:
        return None if moment.kind == "day" else moment.end
    if "before" in leads and "latest" not in leads and not _opens_sentence(small, mention):
        return None
    return moment.end if _is_due(small, mention, lone_quarter=lone_quarter) else None


def _is_due(small: str, mention: Mention, *, lone_quarter: bool) -> bool:
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
                and _LINE_START.search(small[max(0, mention.left - _WINDOW) : mention.left])
            )
            return bool(leads & {"latest", "within", "on"} or alone)
        case "half":
            return "latest" in leads
        case _:
            return False


def _opens_sentence(small: str, mention: Mention) -> bool:
    """'Voor 1 juli 2026 is …' is a deadline, 'het plan voor 1 juli 2026' is none; 'vóór' always is one."""
    before = small[max(0, mention.left - _WINDOW) : mention.left]
    return "ó" in mention.words(small).split()[0] or _SENTENCE_START.search(before) is not None


def _is_aside(small: str, mention: Mention) -> bool:
    """'het op 1-3-2025 vastgestelde plan', 'om per 1-1-2027 te starten': no deadline of this text."""
    before = small[max(0, mention.left - _WINDOW) : mention.left]
    if _ASIDE_BEFORE.search(before) or _START_AFTER.match(small, mention.moment.right):
        return True
    return bool(_ADJECTIVE_AFTER.match(small, mention.moment.right) and _ARTICLE_BEFORE.search(before))
