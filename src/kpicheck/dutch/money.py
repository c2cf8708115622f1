"""The amount a cost line states: told apart from years, parts, hours and percentages (A302, A303)."""

import re
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from kpicheck.dutch.notation import amount


class Stated(NamedTuple):
    """The money on a line: 'mentioned' without 'amount' means that it is there but cannot be read."""

    amount: Decimal | None
    mentioned: bool
    rate: bool = False


_MOST_AMOUNTS = 12

_NUMBER = r"[0-9](?:[0-9.,]{0,18}[0-9])?"
_CENTS_DASH = r"(?:,(?:[-–—]{1,2}|=))"
_MONEY = re.compile(
    rf"""(?<![\w,.])
    (?: (?:€|EUR\b|euro\b)\s{{0,3}}(?P<minus>[-−]\s?)?(?P<euros>{_NUMBER})(?![.,]?\w)
          (?!\s?(?:mln|miljoen|mio|duizend)\b){_CENTS_DASH}?
      | (?P<before>{_NUMBER}){_CENTS_DASH}?\s{{0,2}}(?:€|EUR\b|euro\b)(?!\s{{0,3}}[-−]?\s?[0-9])
      | (?P<dashed>{_NUMBER}){_CENTS_DASH} )""",
    re.IGNORECASE | re.VERBOSE,
)
_MINUS_BEFORE = re.compile(r"[:=]\s{0,2}[-−]\s?$")
_LABEL_BEFORE = re.compile(r":\s{0,3}$")
_EACH_BEFORE = re.compile(r"(?:[x×*à]|\b(?:elk|ieder|per\s{1,2}\w{1,20}))\s{0,2}$", re.IGNORECASE)
_DIGIT = re.compile(r"[0-9]")
_SIGN = re.compile(r"€|\bEUR\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<![\w,.€-])[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?(?=\s{0,3}(?:$|[-–/(,|]\s))")
_LAST_AFTER_SIGN = re.compile(
    r"[:=]\s{0,3}(?P<number>[0-9]+(?:,[0-9]{1,2})?|[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?)\.?$"
)
_NO_MONEY_LABEL = re.compile(
    r"\baantal\b|\b(?:uren|uur|fte|looptijd|duur|periode|maanden|weken|datum|nummer|code|kpi|jaar|deel)\s{0,2}[:=]",
    re.IGNORECASE,
)
_YEAR = re.compile(r"20[0-9]{2}")
_FORMULA = re.compile(r"(?<!,)=")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_PART_OF = re.compile(
    r"\b(?:waarvan|inclusief|incl|exclusief|excl|in plaats van|i\.p\.v|voorheen|van (?:het |de )?tota\w+)\b",
    re.IGNORECASE,
)
_TIMES_BEFORE = re.compile(
    r"(?<![\w.,])(?P<count>[0-9]{1,6}(?:,[0-9]{1,2})?)\s{0,2}(?:[^\W\d][\w.-]{0,30}\s{1,2}){0,3}(?:x|×|\*|à|a|keer|maal)\s{0,2}$",
    re.IGNORECASE,
)
_TIMES_AFTER = re.compile(r"\s{0,2}(?:x|×|\*)\s{0,2}(?P<count>[0-9]{1,6}(?:,[0-9]{1,2})?)\b", re.IGNORECASE)
_TIMES = re.compile(r"(?<![^\W\d])(?:x|×|\*|à)(?![^\W\d])", re.IGNORECASE)
_RATE = re.compile(r"\s{0,2}(?:/\s?|p\.?\s?/\s?|per\s{1,2}|p\.\s?)(?P<unit>\w+)", re.IGNORECASE)
_LONG_UNITS = frozenset({"jaar", "maand", "kwartaal", "week"})
_FROM_TO = re.compile(r"\s{0,3}(?:/|-|–|tot|naar|à)\s{0,3}", re.IGNORECASE)


def stated(line: str) -> Stated:
    """Read the amount of one cost line: after '=', a plain amount, a sum of several or 'n x amount'."""
    mentioned = _SIGN.search(line) is not None
    if not _DIGIT.search(line):
        return Stated(None, mentioned)
    formula = list(_FORMULA.finditer(line))
    if formula:
        tail = line[formula[-1].end() :].strip()
        first = _MONEY.search(tail)
        euros = _euros(first) if first else amount(tail)
        return Stated(euros, mentioned or euros is not None)
    outside = _IN_BRACKETS.sub(lambda found: " " * len(found[0]), line)
    found = list(_MONEY.finditer(outside))
    if not found and not _SIGN.search(outside):
        found = list(_MONEY.finditer(line))
        outside = line
    if found:
        return _of_money(outside, found)
    if mentioned:
        return Stated(None, mentioned=True)
    euros = _bare(outside.rstrip())
    return Stated(euros, mentioned=euros is not None or _THOUSANDS.search(outside) is not None)


def _of_money(line: str, found: list[re.Match[str]]) -> Stated:
    cut = _PART_OF.search(line, found[0].end())
    kept = [match for match in found if not cut or match.start() < cut.start()]
    if _is_outcome(line, kept):
        kept = kept[-1:]
    if len(kept) == 1:
        return _of_one(line, kept[0])
    if len(kept) > _MOST_AMOUNTS:
        return Stated(None, mentioned=True, rate=True)
    values = [_euros(match) for match in kept]
    gaps = [line[left.end() : right.start()] for left, right in pairwise(kept)]
    unclear = any(_FROM_TO.fullmatch(gap) or _RATE.match(gap) for gap in gaps) or _TIMES.search(line)
    read = [value for value in values if value is not None]
    if unclear or len(read) < len(values) or _RATE.match(line, kept[-1].end()):
        return Stated(None, mentioned=True, rate=True)
    return Stated(sum(read, Decimal(0)), mentioned=True)


def _is_outcome(line: str, found: list[re.Match[str]]) -> bool:
    """'€ 100 per wijk voor 10 wijken: € 1.000': the amount after the label says what the line comes to."""
    labelled = [_LABEL_BEFORE.search(line[max(0, match.start() - 4) : match.start()]) for match in found]
    return len(found) > 1 and labelled[-1] is not None and not any(labelled[:-1])


def _of_one(line: str, match: re.Match[str]) -> Stated:
    euros = _euros(match)
    before, rate = line[: match.start()], _RATE.match(line, match.end())
    times = _TIMES_BEFORE.search(before[-80:]) or _TIMES_AFTER.match(line, match.end())
    if times and len(_TIMES.findall(line)) <= 1:
        count = amount(times["count"])
        long_rate = rate and rate["unit"].lower() in _LONG_UNITS
        product = None if long_rate or count is None or euros is None else count * euros
        return Stated(product, mentioned=True, rate=product is None)
    if rate or times or _EACH_BEFORE.search(before[-30:]):
        return Stated(None, mentioned=True, rate=True)
    return Stated(euros, mentioned=True)


def _euros(match: re.Match[str]) -> Decimal | None:
    euros = amount(match["euros"] or match["before"] or match["dashed"])
    minus = match["minus"] or _MINUS_BEFORE.search(match.string[max(0, match.start() - 6) : match.start()])
    return -euros if euros and minus else euros


def _bare(line: str) -> Decimal | None:
    """Read a number without €: Dutch thousands, or the last thing after ':'; never a year."""
    if found := list(_THOUSANDS.finditer(line)):
        return amount(found[0][0]) if len(found) == 1 else None
    last = _LAST_AFTER_SIGN.search(line)
    if last and not _YEAR.fullmatch(last["number"]) and not _NO_MONEY_LABEL.search(line):
        return amount(last["number"])
    return None
