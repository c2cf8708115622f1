"""The amount a cost line states: told apart from years, parts, hours and percentages (A302, A303)."""

import re
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from kpicheck.dutch.notation import amount
from kpicheck.dutch.sought import Sought


class Stated(NamedTuple):
    """The money on a line: 'mentioned' without 'amount' means that it is there but cannot be read.

    It is 'plain' where the line is a label with its amount and nothing else.
    """

    amount: Decimal | None
    mentioned: bool
    rate: bool = False
    plain: bool = False


_MOST_AMOUNTS = 12

_NUMBER = r"[0-9](?:[0-9.,]{0,18}[0-9])?"
_CENTS_DASH = r"(?:,(?:[-–—]{1,2}|=))"
_SIGNS = r"(?:€|eur\b|euro\b)"
_MONEY = Sought(
    rf"""(?=[€e0-9])(?<![\w,.])
    (?: {_SIGNS}\s{{0,3}}(?P<minus>[-−]\s?)?(?P<euros>{_NUMBER})(?![.,]?\w)
          (?!\s?(?:mln|miljoen|mio|duizend)\b){_CENTS_DASH}?
      | (?P<before>{_NUMBER}){_CENTS_DASH}?\s{{0,2}}{_SIGNS}(?!\s{{0,3}}[-−]?\s?[0-9])
      | (?P<dashed>{_NUMBER}){_CENTS_DASH} )""",
    re.VERBOSE,
)
_MINUS_BEFORE = Sought(r"[:=]\s{0,2}[-−]\s?$", needs=("-", "−"))
_LABEL_BEFORE = Sought(r":\s{0,3}$", needs=(":",))
_EACH_BEFORE = Sought(
    r"(?:[x×*à]|\b(?:elk|ieder|per\s{1,2}\w{1,20}))\s{0,2}$",
    needs=("x", "×", "*", "à", "elk", "ieder", "per"),
)
_DIGIT = Sought("[0-9]")
_SIGN = Sought(r"€|\beur\b", needs=("€", "eur"))
_THOUSANDS = Sought(
    r"(?<![\w,.€-])[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?(?=\s{0,3}(?:$|[-–/(,|]\s))", needs=(".",)
)
_LAST_AFTER_SIGN = Sought(
    r"[:=]\s{0,3}(?P<number>[0-9]+(?:,[0-9]{1,2})?|[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?)\.?$",
    needs=(":", "="),
)
_NO_MONEY_LABEL = Sought(
    r"\baantal\b|\b(?:uren|uur|fte|looptijd|duur|periode|maanden|weken|datum|nummer|code|kpi|jaar|deel)\s{0,2}[:=]"
)
_YEAR = Sought(r"20[0-9]{2}", needs=("20",))
_FORMULA = Sought(r"(?<!,)=", needs=("=",))
_IN_BRACKETS = Sought(r"\([^()]*\)", needs=("(",))
_PART_OF = Sought(
    r"\b(?:waarvan|inclusief|incl|exclusief|excl|in plaats van|i\.p\.v|voorheen|van (?:het |de )?tota\w+)\b",
    needs=("waarvan", "incl", "excl", "in plaats van", "i.p.v", "voorheen", "tota"),
)
_TIMES_SIGNS = ("x", "×", "*", "à", "a", "keer", "maal")
_TIMES_BEFORE = Sought(
    r"(?<![\w.,])(?P<count>[0-9]{1,6}(?:,[0-9]{1,2})?)\s{0,2}(?:[^\W\d][\w.-]{0,30}\s{1,2}){0,3}"
    r"(?:x|×|\*|à|a|keer|maal)\s{0,2}$"
)
_TIMES_AFTER = Sought(
    r"\s{0,2}(?:x|×|\*)\s{0,2}(?P<count>[0-9]{1,6}(?:,[0-9]{1,2})?)\b", needs=("x", "×", "*")
)
_TIMES = Sought(r"(?<![^\W\d])(?:x|×|\*|à)(?![^\W\d])", needs=("x", "×", "*", "à"))
_RATE = Sought(r"\s{0,2}(?:/\s?|p\.?\s?/\s?|per\s{1,2}|p\.\s?)(?P<unit>\w+)", needs=("/", "per", "p."))
_LONG_UNITS = frozenset({"jaar", "maand", "kwartaal", "week"})
_FROM_TO = Sought(r"\s{0,3}(?:/|-|–|tot|naar|à)\s{0,3}")


_USUAL = Sought(
    r"[^0-9€=()]*(?:\([^€=()]*\)[^0-9€=()]*)?:\s{0,3}€\s{0,3}(?P<euros>[0-9](?:[0-9.,]{0,18}[0-9])?)(?:,[-–—]{1,2})?"
)


def stated(line: str) -> Stated:
    """Read the amount of one cost line: after '=', a plain amount, a sum of several or 'n x amount'.

    The line is in small letters.
    """
    if usual := _USUAL.fullmatch(line):
        return Stated(amount(usual["euros"]), mentioned=True, plain=True)
    mentioned = _SIGN.search(line) is not None
    if not _DIGIT.search(line):
        return Stated(None, mentioned)
    if formula := list(_FORMULA.finditer(line)):
        tail = line[formula[-1].end() :].strip()
        first = _MONEY.search(tail)
        euros = _euros(first) if first else amount(tail)
        return Stated(euros, mentioned or euros is not None)
    outside = _IN_BRACKETS.sub(lambda found: " " * len(found[0]), line)
    found = list(_MONEY.finditer(outside))
    if not found and outside != line and not _SIGN.search(outside):
        found = list(_MONEY.finditer(line))
        outside = line
    if found:
        return _of_money(outside, found)
    if mentioned:
        return Stated(None, mentioned=True)
    euros = _bare(outside.rstrip())
    return Stated(euros, mentioned=euros is not None or _THOUSANDS.search(outside) is not None)


def _of_money(line: str, found: list[re.Match[str]]) -> Stated:
    if len(found) == 1:
        return _of_one(line, found[0])
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
    if len(found) == 1:
        return False
    labelled = [_LABEL_BEFORE.search(line[max(0, match.start() - 4) : match.start()]) for match in found]
    return labelled[-1] is not None and not any(labelled[:-1])


def _of_one(line: str, match: re.Match[str]) -> Stated:
    euros = _euros(match)
    before = line[: match.start()]
    rate = _RATE.match(line, match.end())
    times = _times_before(before) or _TIMES_AFTER.match(line, match.end())
    if times and len(list(_TIMES.finditer(line))) <= 1:
        count = amount(times["count"])
        long_rate = rate and rate["unit"] in _LONG_UNITS
        product = None if long_rate or count is None or euros is None else count * euros
        return Stated(product, mentioned=True, rate=product is None)
    if rate or times or _EACH_BEFORE.search(before[-30:]):
        return Stated(None, mentioned=True, rate=True)
    return Stated(euros, mentioned=True)


def _times_before(before: str) -> re.Match[str] | None:
    """'3 x', '12 maanden à' as the last words before an amount."""
    return _TIMES_BEFORE.search(before[-80:]) if before.rstrip().endswith(_TIMES_SIGNS) else None


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
