"""Cost lines of an explanation (Toelichting bedrag), and words of pre-financing (A302, A303, P102)."""

from decimal import Decimal
from typing import NamedTuple

from kpicheck.dutch.lines import Item, items
from kpicheck.dutch.money import Stated, stated
from kpicheck.dutch.remembered import remembered
from kpicheck.dutch.sought import Sought, small_letters


class CostLine(NamedTuple):
    """One line of an explanation: what it costs, in which years, and which part of a split cost it is."""

    text: str
    amount: Decimal | None
    years: tuple[int, ...]
    part: int | None


class _Line(NamedTuple):
    """A piece of the explanation; as prose it is a sentence about money, not a label with its amount."""

    item: Item
    small: str
    money: Stated
    prose: bool


_TOTAL = Sought(r"(?:=|(?:sub|eind)?tota(?:al|le)(?:bedrag|kosten)?\b|som\b|samen\b|tezamen\b|opgeteld\b)")
_PRICE = Sought(
    r"(?:\w{0,20}tarief|uurloon|dagprijs|kostprijs|prijs)\b", needs=("tarief", "uurloon", "prijs")
)
_OWN_LABEL = Sought(r"[^:€]{3,200}:\s*€", needs=("€",))
_YEARS = Sought(
    r"(?P<first>20[0-9]{2})(?<![\w€.,/-].{4})(?<!€\s.{4})(?<!EUR\s.{4})"
    r"(?:\s?(?P<tie>[-–/]|t\s?/\s?m|tot en met|en)\s?(?P<last>20[0-9]{2}))?(?![\w%])",
    needs=("20",),
)
_PRICE_LEVEL = Sought(
    r"\b(?:prijspeil|loonpeil|peil|cao|tarief\w{0,8}|index\w{0,8}|versie)\s{1,3}(?:van\s)?$",
    needs=("peil", "cao", "tarief", "index", "versie"),
)
_PART = Sought(r"\bdeel\s{0,3}(?P<number>[0-9]{1,2})\b", needs=("deel",))
_ENDS_WITH_YEAR = Sought(r"\(\s?20[0-9]{2}[^()]{0,20}\)$", needs=("(",))
_VERB = Sought(
    r"\b(?:is|zijn|wordt|worden|betreft|betreffen|bedraagt|bedragen|kost|bestaat|bestaan|heeft|hebben|dient|dienen|zal"
    r"|zullen|komt|komen|gaat|gaan|ontvangt|krijgt|gebruiken|gebruikt|rekenen|berekend|gebaseerd|uitgegaan|nodig)\b"
)
_AFTER_LABEL = Sought(r"[:=]\s{0,3}(?:-\s?)?(?:€|eur|[0-9])", needs=(":", "="))
_NO_COST_OF_ITS_OWN = Sought(
    r"%|\btota(?:al|le)\b|\bmaxima(?:al|le)\b|\bbegroting\b|\bbudget van\b|\bmeer dan\b|\bminder dan\b",
    needs=("%", "tota", "maxima", "begroting", "budget", "er dan"),
)
_SHARE = Sought(
    r"\bvan (?:de |het |een )?(?:\w{1,20} )?(?:tota\w*|begroting|budget|aanvraag)\b",
    needs=("tota", "begroting", "budget", "aanvraag"),
)
_NOTE = Sought(
    r"(?:zie|conform|volgens|betreft|dit|deze|n\.?b\.?|noot|let op|toelichting|excl\w*|incl\w*"
    r"|op basis van|gebaseerd|uitgaande|uitgangspunt\w*|bron|onderbouwing|verdeling|bijlage)\b"
)
_ASIDE = Sought(r"\((?:excl|incl|waarvan)[^()]*\)", needs=("(excl", "(incl", "(waarvan"))
_MOST_LABEL_WORDS = 12
_OPEN_AMOUNT = Sought(
    r":\s{0,3}(?:n\.?t\.?b\b|p\.?m\b|nog (?:niet|te|onbekend)|volgt|onbekend|\?)", needs=(":",)
)
_BARE_LABEL = Sought(r"[^\W\d_][\w/&-]*(?: [\w/&-]+){0,2}")

_PREFINANCING = Sought(r"\b(?:voorfinancier|voorgefinancierd)\w*", needs=("voorf", "voorg"))
_DENIED_BEFORE = Sought(r"\b(?:geen|zonder|niet|nooit|noch)[\s-]{1,3}(?:[^\W\d]\w{0,20}\s{1,3}){0,4}$")
_DENIED_AFTER = Sought(
    r"\s{0,3}:?\s{0,3}(?:[^\W\d]\w{0,20}\s{1,3}){0,5}(?:geen|niet|nee|n\.?v\.?t|voorkomen|vermeden)\b"
)


@remembered
def cost_lines(text: str) -> tuple[CostLine, ...]:
    """Split an explanation into its cost lines; totals, headings, notes and prose are none (A302, A303)."""
    lines = _without_subdivisions(_cost_candidates(_joined(_pieces(text))))
    if not any(_is_listed(line) for line in lines):
        return ()
    return tuple(
        CostLine(line.item.text, line.money.amount, _years(line), _part(line.small)) for line in lines
    )


@remembered
def prefinancing_words(text: str) -> str | None:
    """Find a mention of pre-financing that is not denied, as typed (P102)."""
    small = small_letters(text)
    for found in _PREFINANCING.finditer(small):
        before = small[max(0, found.start() - 60) : found.start()]
        if not _DENIED_BEFORE.search(before) and not _DENIED_AFTER.match(small, found.end()):
            return text[found.start() : found.end()]
    return None


def _pieces(text: str) -> list[_Line]:
    return [
        _line(piece, item)
        for item in items(text)
        for typed in item.text.split(";")
        if (piece := typed.strip())
    ]


def _line(words: str, item: Item) -> _Line:
    """These words with the bullet of an item, and what they say of money."""
    small = small_letters(words)
    money = stated(small)
    prose = not money.plain and not _AFTER_LABEL.search(small) and _VERB.search(small) is not None
    return _Line(Item(words, item.mark, item.indent), small, money, prose)


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
    return [
        group[0] if len(group) == 1 else _line(" ".join(line.item.text for line in group), group[0].item)
        for group in groups
    ]


def _is_unfinished(group: list[_Line], line: _Line) -> bool:
    """Whether a bullet still waits for its amount, and the next line is not a cost with a name of its own."""
    if not group[0].item.mark or any(part.money.mentioned for part in (group[0], group[-1])):
        return False
    return not (group[-1].small.endswith(":") and _OWN_LABEL.match(line.small))


def _cost_candidates(lines: list[_Line]) -> list[_Line]:
    bulleted = any(line.item.mark for line in lines)
    return [
        line
        for nth, line in enumerate(lines)
        if not _TOTAL.match(line.small)
        and not _PRICE.match(line.small)
        and (line.money.plain or _is_cost(line, bulleted=bulleted, first=nth == 0))
    ]


def _is_cost(line: _Line, *, bulleted: bool, first: bool) -> bool:
    words = line.small
    if _ASIDE.fullmatch(words):
        return False
    if line.money.mentioned:
        is_share = _SHARE.search(words) and not _AFTER_LABEL.search(words)
        return not is_share and not (line.prose and _NO_COST_OF_ITS_OWN.search(words))
    if line.prose or _NOTE.match(words):
        return False
    if bulleted:
        return bool(line.item.mark) and not words.endswith(".") and len(words.split()) <= _MOST_LABEL_WORDS
    is_label = not first and words.endswith(":") and not words[:-1].isdigit()
    is_open = not first and (_OPEN_AMOUNT.search(words) or _BARE_LABEL.fullmatch(words))
    return bool(is_open or is_label or _ENDS_WITH_YEAR.search(words))


def _is_listed(line: _Line) -> bool:
    """Whether a line by itself shows that the explanation is a list of costs."""
    if line.money.mentioned:
        return not line.prose
    return bool(line.item.mark) and line.small.endswith(":")


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
        is_heading = bool(amounts) and not parent.money.mentioned and parent.small.endswith(":")
        if not is_heading:
            found.append(parent)
        nth = end if amounts and parent.money.amount == sum(amounts) else nth + 1
    return found


def _is_below(line: _Line, parent: _Line) -> bool:
    if line.item.indent != parent.item.indent:
        return line.item.indent > parent.item.indent
    return line.item.mark not in ("", parent.item.mark)


def _years(line: _Line) -> tuple[int, ...]:
    years: set[int] = set()
    for found in _YEARS.finditer(line.item.text):
        if _PRICE_LEVEL.search(line.small[max(0, found.start() - 20) : found.start()]):
            continue
        first, tie, last = found.groups()
        if last is None:
            years.add(int(first))
        else:
            years.update(range(int(first), int(last) + 1) if tie != "en" else (int(first), int(last)))
    return tuple(sorted(years))


def _part(small: str) -> int | None:
    found = _PART.search(small)
    return int(found["number"]) if found else None
