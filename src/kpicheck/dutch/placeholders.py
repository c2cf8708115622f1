"""Places the author still has to fill in: '[aantal]', 'xx%', '202X' (S101)."""

import re

from kpicheck.dutch.naming import without_open_number
from kpicheck.dutch.remembered import remembered
from kpicheck.dutch.sought import Sought, holds_any, small_letters

_QUANTITY_BEFORE = (
    r"minimaal|maximaal|minstens|tenminste|ten\s{1,3}minste|circa|ongeveer|aantal|totaal|uiterlijk"
)
_SLOT_BEFORE = (
    r"jaar|ziekenhuis|aanbieder|zorgaanbieder|organisatie|partij|partner|gemeente|regio|product|concept|zorgpad"
    r"|huisartsenpraktijk|praktijk|locatie|wijk|doelgroep|interventie|patiënten\s{1,3}van|inwoners\s{1,3}van"
    r"|cliënten\s{1,3}van|bezoekers\s{1,3}van"
)
_COUNTED = (
    r"aantal|unieke|nieuwe|actieve|fte|uur|euro|keer|procent\w{0,4}"
    r"|(?!(?:worden|hebben|zullen|moeten|kunnen|willen|mogen|gaan|staan|bestaan|bieden|maken)\b)[a-zëïéèü]{3,30}(?:en|ers|s)"
)
_SLOT_WORDS = (
    r"aantal|naam|namen|periode|datum|bedrag|jaar|organisatie|partij|partijen|percentage|code|functie|locatie|doelgroep"
    r"|xx?x?"
)
_OPEN_AMOUNT = r"\s{0,3}(?:[xX]+\b(?:[.,][xX]+\b){0,3}|…|\.\.\.+|_{2,})"
_ROMAN_AFTER = Sought(
    r"\b(?:fase|generaties?|bijlage|hoofdstuk|deel|artikel|paragraaf|titel|annex|appendix|type|model|klasse|categorie"
    r"|niveau|versie|variant|optie|scenario|pijler|MDT|factor|chromosoom|ronde|stap|sessie|cohort|tranche|spoor|team"
    r"|werkpakket|lidwoord|eeuw|via|op)[\s-]{1,3}$",
    re.IGNORECASE,
)
_ONLY_X = Sought(r"X{1,3}\b(?!\s?%)")
_LINK = Sought(r"(?:https?://|www\.)\S+|(?<!\S)\S{1,64}@\S{1,64}", re.IGNORECASE, needs=("http", "www.", "@"))
_PLACEHOLDER = Sought(
    rf"""
    (?=[\[<.€…+_])
    (?: \[ (?!\s?x\s?\]) (?!\s?(?:zie|bron|bijlage|noot|ref\w{{0,10}}|sic|voetnoot|link)\b)
           (?: (?=[a-zëïéèü…._?-])[^\[\]\n\d]{{1,60}} | (?i:{_SLOT_WORDS})\b[^\[\]\n]{{0,50}} ) \]
      | <(?!(?:br|b|i|p|u|li|ul|ol|div|span|strong|em)\b)[a-zëïéèü][a-zëïéèü\ -]{{1,40}}>
      | (?<!\.)\.\.[-/]\.\.[-/]\.{{2,4}}
      | €{_OPEN_AMOUNT}
      | (?<![\d.])(?:…|\.\.\.+)\s?%
      | \+\s?code\b
      | _{{3,}}
    )
  | \b(?=\w)
    (?: (?=[xXyY])
        (?: (?i:(?:xx?[-/.]){{2}}(?:x{{2,4}}|j{{4}}|20[0-9x]{{2}})\b)
          | (?i:x\s?,\s?y\b(?:\s?,?\s?(?:en\s|of\s)?\s?z\b)?)
          | (?i:(?<!generatie\s)(?<!generaties\s)x\s(?:en|of)\sy\b(?!-))
          | (?<![.-])[xX]{{2,}}(?:[.,][xX]{{2,}}){{0,3}}(?:\s?%|(?![\w-]))
          | (?<![.-])[xXyY]\s?%
          | (?<![.,&+-])(?<![0-9]\s)(?:X\s{{1,3}}(?:{_COUNTED})|x\s{{1,3}}aantal)\b
        )
      | (?i:dd?[-/]m{{1,2}}[-/](?:jjjj|yyyy|jj|20[0-9x]{{2}})\b)
      | EUR{_OPEN_AMOUNT}
      | 20(?:[2-4][xX]|[xX]{{2}})\b(?:\s?-\s?[0-9]\b)?
      | (?i:{_SLOT_BEFORE})\s{{1,3}}[xX](?:\s?,\s?[yY]\b(?:\s?,?\s?(?:en\s|of\s)?[zZ]\b)?)?(?![\w'’-])
      | (?i:{_QUANTITY_BEFORE})\s{{1,3}}(?:[xX](?![\w'’-])|…|\.\.\.+)
      | (?i:met|tot)\s%\s(?=[a-z])
    )
    """,
    re.VERBOSE,
)
_SIGNS = ("[", "<", "…", "..", "_", "d-", "d/", "+", "eurx")
_LOOSE_X = Sought(r"x(?<![^\W\d_x]x)", needs=("x",))
_LOOSE_PERCENT = Sought(r"%(?<=[\syY]%)")


@remembered
def placeholders(text: str) -> list[str]:
    """Give the stretches still to be filled in, as typed, each once (S101)."""
    if not _possible(text):
        return []
    readable = _LINK.sub(lambda link: " " * len(link[0]), text)
    return list(
        dict.fromkeys(
            found[0].strip() for found in _PLACEHOLDER.finditer(readable) if _is_open(readable, found)
        )
    )


@remembered
def placeholders_of_name(name: str) -> list[str]:
    """The same in a name; a KPI number that was never filled in has its own rule (N101, N103, S101)."""
    return placeholders(without_open_number(name)) if _possible(name) else []


def only_placeholders(text: str) -> bool:
    """Whether nothing was written beside the stretches still to be filled in (S111)."""
    if not _possible(text):
        return False
    rest = _PLACEHOLDER.sub(lambda found: " " if _is_open(text, found) else found[0], text)
    return rest != text and not re.search(r"\w", rest)


def _possible(text: str) -> bool:
    """A place to fill in has one of a few signs, an x after no letter, or a percent sign after no figure."""
    small = small_letters(text)
    if holds_any(small, _SIGNS) or _LOOSE_X.search(small):
        return True
    return "%" in text and _LOOSE_PERCENT.search(text) is not None


def _is_open(text: str, found: re.Match[str]) -> bool:
    """'bijlage XX', 'fase X' and 'MDT X' are names, not places to fill in."""
    return not (
        _ONLY_X.match(found[0]) and _ROMAN_AFTER.search(text[max(0, found.start() - 24) : found.start()])
    )
