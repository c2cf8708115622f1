"""Every expression of time in a text: days, months, quarters, halves, years and ranges of them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from kpicheck.dutch.notation import MONTH, MONTHS, existing_day, month_number
from kpicheck.dutch.sought import Sought

Kind = Literal["day", "month", "quarter", "half", "year", "span", "unread"]


class Moment(NamedTuple):
    """What an expression of time covers, and where it stands in the text."""

    kind: Kind
    start: date
    end: date
    left: int
    right: int


_ORDINALS: Final = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
_MONTHS_IN: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_ONE_DAY: Final = timedelta(days=1)
_DASHES: Final = str.maketrans("‐‑–", "---")

_S = r"\s{1,3}"
_YEAR = r"(?:20[1-5][0-9])"
_ORDINAL = r"(?:eerste|tweede|derde|vierde|laatste|[1-4](?:ste|de|e))"
_OF = rf"(?:{_S}(?:van|in))?(?:{_S}het)?(?:{_S}(?:kalender)?jaar)?[\s'/-]{{1,3}}"
_QUARTER_SIGN = rf"[qk]\s?[1-4]|kwartaal{_S}[1-4]"
_QUARTER = rf"(?:{_QUARTER_SIGN}|{_ORDINAL}{_S}kwartaal)"
_HALF = rf"(?:h[12]|{_ORDINAL}{_S}(?:helft|half\s?jaar|jaarhelft))"
_TIE = rf"t\s?/\s?m\.?|t\.?e\.?m\.?|tot{_S}en{_S}met|tot|[-–—]|en"
_COUNTED = (
    "unieke|patiënten|inwoners|bewoners|cliënten|consulten|deelnemers|mensen|ouderen|bezoeken|"
    "verwijzingen|huishoudens|medewerkers|uur|uren|euro|keer|fte"
)

_LONGEST_BEFORE_NUMBER = 93
_LONGEST_WORD = len("kalenderjaar    ")
_NUMBER = Sought("[0-9](?:[0-9]{3}|[/-][0-9]{1,2}[/-][0-9])")
_BEGUN = Sought(
    rf"(?:[0-9]|{MONTH}|kwartaal|helft|\b(?:(?:kalender|half)?jaar|van|in|het))[\s.'/‐‑–-]{{0,4}}$"
)
_MOMENT = Sought(
    rf"""
    (?=[0-9a-z])(?<![\w/€])(?=[0-9]|ja|fe|m[aer]|ap|ju|au|se|ok|no|de|[qkhe]|tw|v|la)(?<!\d[.,])
    (?: (?P<iso>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})
      | (?P<dmy>[0-9]{{1,2}}[-‐‑–][0-9]{{1,2}}[-‐‑–][0-9]{{4}})
      | (?P<odd>[0-9]{{1,2}}/[0-9]{{1,2}}/(?:[0-9]{{4}}|[0-9]{{2}})|[0-9]{{1,2}}\.[0-9]{{1,2}}\.[0-9]{{4}}
              |[0-9]{{1,2}}-[0-9]{{1,2}}-[0-9]{{2}})
      | (?:(?P<since>(?:[0-9]{{1,2}}{_S})?{MONTH}|{_QUARTER_SIGN}|{_ORDINAL}(?:{_S}kwartaal)?)\.?
           \s{{0,3}}(?P<tie>{_TIE})\s{{0,3}}(?:het{_S}|de{_S})?)?
        (?: (?P<nday>[0-9]{{1,2}})(?:ste|de|e)?{_S}(?P<nmonth>{MONTH})\.?{_S}(?P<nyear>[0-9]{{4}})
          | (?P<month>{MONTH})\.?{_OF}(?P<myear>{_YEAR})
          | (?P<quarter>{_QUARTER}){_OF}(?P<qyear>{_YEAR}) )
      | (?P<qyear2>{_YEAR})[\s/-]{{0,3}}(?P<quarter2>[qk][1-4])
      | (?P<half>{_HALF}){_OF}(?P<hyear>{_YEAR})
      | (?P<hyear2>{_YEAR})[\s/-]{{0,3}}(?P<half2>h[12])
      | (?P<year_from>{_YEAR})\s?[-–/]\s?(?P<year_to>{_YEAR})(?!-[0-9])
      | (?<!-)(?P<year>{_YEAR})(?![%-]?[0-9])(?![.,/][0-9])(?!\s{{0,3}}%)(?!{_S}(?:{_COUNTED})\b)
    )(?!\w)
    """,
    re.VERBOSE,
)
_BETWEEN = Sought(rf"[^\S\n]{{0,3}}(?P<tie>{_TIE})\s{{0,3}}(?:(?:het|de){_S})?")
_BETWEEN_AND = Sought(r"tussen\s{1,3}(?:de\s{1,3})?$", needs=("tussen",))


def moments(text: str) -> list[Moment]:
    """All expressions of time, in order; the two ends of a range are one moment of kind 'span'.

    The text is in small letters.
    """
    found: list[Moment] = []
    for match in _expressions(text):
        moment = _moment(match)
        if found and (joined := _joined(text, found[-1], moment)):
            found[-1] = joined
        else:
            found.append(moment)
    return found


def _expressions(text: str) -> Iterator[re.Match[str]]:
    """Each expression holds a year or a date in digits: it begins there, or where the words before it do."""
    done = seen = 0
    while number := _NUMBER.search(text, seen):
        at = number.start()
        begun = _BEGUN.search(text, max(done, at - _LONGEST_WORD), at)
        if begun:
            match = _MOMENT.search(text, max(done, at - _LONGEST_BEFORE_NUMBER))
        else:
            match = _MOMENT.match(text, at)
        if match:
            yield match
            done = seen = match.end()
        elif begun:
            return
        else:
            seen = at + 1


def _moment(match: re.Match[str]) -> Moment:
    match match.lastgroup:
        case "year":
            moment = _stretch(match, "year", int(match["year"]), 1)
        case "iso":
            year, month, number = match["iso"].split("-")
            moment = _day(match, int(year), int(month), int(number))
        case "dmy":
            number, month, year = match["dmy"].translate(_DASHES).split("-")
            moment = _day(match, int(year), int(month), int(number))
        case "nyear":
            moment = _day(match, int(match["nyear"]), month_number(match["nmonth"]), int(match["nday"]))
        case "myear":
            moment = _stretch(match, "month", int(match["myear"]), month_number(match["month"]))
        case "qyear" | "quarter2":
            typed, year = match["quarter"] or match["quarter2"], match["qyear"] or match["qyear2"]
            moment = _stretch(match, "quarter", int(year), _ordinal(typed, last=4))
        case "hyear" | "half2":
            typed, year = match["half"] or match["half2"], match["hyear"] or match["hyear2"]
            moment = _stretch(match, "half", int(year), _ordinal(typed, last=2))
        case "year_to":
            start, end = date(int(match["year_from"]), 1, 1), date(int(match["year_to"]), 12, 31)
            moment = _span(start, end, match.start(), match.end())
        case _:
            moment = _unread(match)
    return _from_elliptic_start(match, moment) if match["since"] else moment


def _unread(match: re.Match[str]) -> Moment:
    return Moment("unread", date.min, date.min, match.start(), match.end())


def _day(match: re.Match[str], year: int, month: int, number: int) -> Moment:
    if not (found := existing_day(year, month, number)):
        return _unread(match)
    return Moment("day", found, found, match.start(), match.end())


def _stretch(
    match: re.Match[str], kind: Literal["month", "quarter", "half", "year"], year: int, nth: int
) -> Moment:
    length = _MONTHS_IN[kind]
    if nth * length > _MONTHS_IN["year"]:
        return _unread(match)
    last = nth * length
    following = date(year + last // 12, last % 12 + 1, 1)
    return Moment(kind, date(year, last - length + 1, 1), following - _ONE_DAY, match.start(), match.end())


def _span(start: date, end: date, left: int, right: int) -> Moment:
    return Moment("span" if start <= end else "unread", start, end, left, right)


def _ordinal(typed: str, *, last: int) -> int:
    for digit in "1234":
        if digit in typed:
            return int(digit)
    return _ORDINALS.get(typed.split(maxsplit=1)[0], last)


def _from_elliptic_start(match: re.Match[str], end: Moment) -> Moment:
    """'Q1 t/m Q4 2026', '1 januari t/m 31 december 2026': the year stands only at the end."""
    typed = match["since"].split()
    if typed[-1] in MONTHS:
        month, number = MONTHS[typed[-1]], int(typed[0]) if len(typed) > 1 else 1
    else:
        month, number = _MONTHS_IN["quarter"] * (_ordinal(match["since"], last=4) - 1) + 1, 1
    year = end.end.year - ((month, number) > (end.end.month, end.end.day))
    start = None if end.kind == "unread" else existing_day(year, month, number)
    if start is None:
        return _unread(match)
    return _span(start, _last_day(end, match["tie"]), match.start(), match.end())


def _joined(text: str, first: Moment, second: Moment) -> Moment | None:
    """One span for two moments with 't/m', 'tot', a dash or 'en' between them."""
    if "span" in (first.kind, second.kind):
        return None
    tie = _BETWEEN.fullmatch(text, first.right, second.left)
    if not tie:
        return None
    word = tie["tie"]
    if word == "en" and not (
        (first.kind == second.kind and first.kind != "day")
        or _BETWEEN_AND.search(text[max(0, first.left - 15) : first.left])
    ):
        return None
    if "unread" in (first.kind, second.kind):
        return Moment("unread", date.min, date.min, first.left, second.right)
    return _span(first.start, _last_day(second, word), first.left, second.right)


def _last_day(end: Moment, tie: str) -> date:
    """'tot' leaves its own start out: a range 'tot 1-1-2027' or 'tot 2027' ends on 31-12-2026."""
    if tie == "tot" and end.start.day == 1:
        return end.start - _ONE_DAY
    return end.end
