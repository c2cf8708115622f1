"""Cost lines of an explanation (Toelichting bedrag), and words of pre-financing (A302, A303, P102)."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from kpicheck.dutch.lines import Item, items
from kpicheck.dutch.money import Stated, stated


@dataclass(frozen=True, slots=True)
class CostLine:
    """One line of an explanation: what it costs, in which years, and which part of a split cost it is."""

    text: str
    amount: Decimal | None
    years: tuple[int, ...]
    part: int | None


class _Line(NamedTuple):
    item: Item
    money: Stated


_TOTAL = re.compile(
    r"(?:=|(?:sub|eind)?tota(?:al|le)(?:bedrag|kosten)?\b|som\b|samen\b|tezamen\b|opgeteld\b)", re.IGNORECASE
)
_PRICE = re.compile(r"(?:\w{0,20}tarief|uurloon|dagprijs|kostprijs|prijs)\b", re.IGNORECASE)
_SUBTOTAL = re.compile(r"sub", re.IGNORECASE)
_OWN_LABEL = re.compile(r"[^:€]{3,200}:\s*€")
_YEARS = re.compile(
    r"(?<![\w€.,/-])(?<!€\s)(?<!EUR\s)(?P<first>20[0-9]{2})"
    r"(?:\s?(?P<tie>[-–/]|t\s?/\s?m|tot en met|en)\s?(?P<last>20[0-9]{2}))?(?![\w%])"
)
_PRICE_LEVEL = re.compile(
    r"\b(?:prijspeil|loonpeil|peil|cao|tarief\w{0,8}|index\w{0,8}|versie)\s{1,3}(?:van\s)?$", re.IGNORECASE
)
_PART = re.compile(r"\bdeel\s{0,3}(?P<number>[0-9]{1,2})\b", re.IGNORECASE)
_ENDS_WITH_YEAR = re.compile(r"\(\s?20[0-9]{2}[^()]{0,20}\)$")
_VERB = re.compile(
    r"\b(?:is|zijn|wordt|worden|betreft|betreffen|bedraagt|bedragen|kost|bestaat|bestaan|heeft|hebben|dient|dienen|zal"
    r"|zullen|komt|komen|gaat|gaan|ontvangt|krijgt|gebruiken|gebruikt|rekenen|berekend|gebaseerd|uitgegaan|nodig)\b",
    re.IGNORECASE,
)
_AFTER_LABEL = re.compile(r"[:=]\s{0,3}(?:-\s?)?(?:€|EUR|[0-9])", re.IGNORECASE)
_NO_COST_OF_ITS_OWN = re.compile(
    r"%|\btota(?:al|le)\b|\bmaxima(?:al|le)\b|\bbegroting\b|\bbudget van\b|\bmeer dan\b|\bminder dan\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\bvan (?:de |het |een )?(?:\w{1,20} )?(?:tota\w*|begroting|budget|aanvraag)\b", re.IGNORECASE
)
_NOTE = re.compile(
    r"(?:zie|conform|volgens|betreft|dit|deze|n\.?b\.?|noot|let op|toelichting|excl\w*|incl\w*"
    r"|op basis van|gebaseerd|uitgaande|uitgangspunt\w*|bron|onderbouwing|verdeling|bijlage)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\((?:excl|incl|waarvan)[^()]*\)", re.IGNORECASE)
_MOST_LABEL_WORDS = 12
_OPEN_AMOUNT = re.compile(
    r":\s{0,3}(?:n\.?t\.?b\b|p\.?m\b|nog (?:niet|te|onbekend)|volgt|onbekend|\?)", re.IGNORECASE
)
_BARE_LABEL = re.compile(r"[^\W\d_][\w/&-]*(?: [\w/&-]+){0,2}")

_PREFINANCING = re.compile(r"\b(?:voorfinancier\w*|voorgefinancierd\w*)", re.IGNORECASE)
_DENIED_BEFORE = re.compile(
    r"\b(?:geen|zonder|niet|nooit|noch)[\s-]{1,3}(?:[^\W\d]\w{0,20}\s{1,3}){0,4}$", re.IGNORECASE
)
_DENIED_AFTER = re.compile(
    r"\s{0,3}:?\s{0,3}(?:[^\W\d]\w{0,20}\s{1,3}){0,5}(?:geen|niet|nee|n\.?v\.?t|voorkomen|vermeden)\b",
    re.IGNORECASE,
)


def cost_lines(text: str) -> list[CostLine]:
    """Split an explanation into its cost lines; totals, headings, notes and prose are none (A302, A303)."""
    lines = _without_subdivisions(_cost_candidates(_joined(_pieces(text))))
    if not any(_is_listed(line) for line in lines):
        return []
    return [
        CostLine(line.item.text, line.money.amount, _years(line.item.text), _part(line.item.text))
        for line in lines
    ]


def prefinancing_words(text: str) -> str | None:
    """Find a mention of pre-financing that is not denied, as typed (P102)."""
    for found in _PREFINANCING.finditer(text):
        before = text[max(0, found.start() - 60) : found.start()]
        if not _DENIED_BEFORE.search(before) and not _DENIED_AFTER.match(text, found.end()):
            return found[0]
    return None


def _pieces(text: str) -> list[_Line]:
    return [
        _Line(Item(piece, item.mark, item.indent), stated(piece))
        for item in items(text)
        for typed in item.text.split(";")
        if (piece := typed.strip())
    ]


def _joined(lines: list[_Line]) -> list[_Line]:
    """Put a wrapped line back behind the bullet it belongs to."""
    if not any(line.item.mark for line in lines):
        return lines
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and not line.item.mark and _is_unfinished(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [group[0] if len(group) == 1 else _one_line(group) for group in groups]


def _is_unfinished(group: list[_Line], line: _Line) -> bool:
    """Whether a bullet still waits for its amount, and the next line is not a cost with a name of its own."""
    if not group[0].item.mark or any(part.money.mentioned for part in (group[0], group[-1])):
        return False
    return not (group[-1].item.text.endswith(":") and _OWN_LABEL.match(line.item.text))


def _one_line(group: list[_Line]) -> _Line:
    words = " ".join(line.item.text for line in group)
    return _Line(Item(words, group[0].item.mark, group[0].item.indent), stated(words))


def _cost_candidates(lines: list[_Line]) -> list[_Line]:
    bulleted = any(line.item.mark for line in lines)
    return [
        line
        for nth, line in enumerate(lines)
        if not _TOTAL.match(line.item.text)
        and not _ASIDE.fullmatch(line.item.text)
        and not _PRICE.match(line.item.text)
        and _is_cost(line, bulleted=bulleted, first=nth == 0)
    ]


def _is_cost(line: _Line, *, bulleted: bool, first: bool) -> bool:
    words = line.item.text
    if line.money.mentioned:
        is_share = _SHARE.search(words) and not _AFTER_LABEL.search(words)
        return not is_share and not (_is_prose(line) and _NO_COST_OF_ITS_OWN.search(words))
    if _NOTE.match(words) or _is_prose(line):
        return False
    if bulleted:
        return bool(line.item.mark) and not words.endswith(".") and len(words.split()) <= _MOST_LABEL_WORDS
    is_label = not first and words.endswith(":") and not words[:-1].isdigit()
    if not first and (_OPEN_AMOUNT.search(words) or _BARE_LABEL.fullmatch(words)):
        return True
    return is_label or _ENDS_WITH_YEAR.search(words) is not None


def _is_listed(line: _Line) -> bool:
    """Whether a line by itself shows that the explanation is a list of costs."""
    if line.money.mentioned:
        return not _is_prose(line)
    return bool(line.item.mark) and line.item.text.endswith(":")


def _is_prose(line: _Line) -> bool:
    """Whether the line is a sentence about the amount, rather than a label with its amount."""
    return bool(_VERB.search(line.item.text)) and not _AFTER_LABEL.search(line.item.text)


def _without_subdivisions(lines: list[_Line]) -> list[_Line]:
    """Where bullets below a line divide its amount, or explain a heading, count the money once."""
    found: list[_Line] = []
    nth = 0
    while nth < len(lines):
        parent = lines[nth]
        end = nth + 1
        while end < len(lines) and _is_below(lines[end], parent):
            end += 1
        amounts = [line.money.amount for line in lines[nth + 1 : end] if line.money.amount is not None]
        is_heading = bool(amounts) and not parent.money.mentioned and parent.item.text.endswith(":")
        if not is_heading:
            found.append(parent)
        nth = end if amounts and parent.money.amount == sum(amounts) else nth + 1
    return found


def _is_below(line: _Line, parent: _Line) -> bool:
    if line.item.indent != parent.item.indent:
        return line.item.indent > parent.item.indent
    return line.item.mark not in ("", parent.item.mark)


def _years(text: str) -> tuple[int, ...]:
    years: set[int] = set()
    for found in _YEARS.finditer(text):
        if _PRICE_LEVEL.search(text[max(0, found.start() - 20) : found.start()]):
            continue
        first, last = int(found["first"]), int(found["last"] or found["first"])
        years.update(range(first, last + 1) if found["tie"] != "en" else (first, last))
    return tuple(sorted(years))


def _part(text: str) -> int | None:
    found = _PART.search(text)
    return int(found["number"]) if found else None
