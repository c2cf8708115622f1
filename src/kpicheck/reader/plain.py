"""Rows and strings written as every program writes them: read past the parser, at a fraction of its cost.

What is plain is told so narrowly that it cannot be read in two ways. All else goes to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

TEXT: Final = r"[^<>\x00-\x08\x0b-\x1f]*+"
_ENCODING = rb"(?: encoding=\"(?i:utf-8)\")?(?: standalone=\"\w+\")?"
_DECLARATION = rb"(?:\xef\xbb\xbf)?(?:<\?xml version=\"1\.0\"" + _ENCODING + rb"\s*\?>)?"
_HEAD = re.compile(_DECLARATION + rb"(?!.*<[!?])", re.DOTALL)
_ATTRIBUTE = r' [A-Za-z0-9:]+="[^"<>&\x00-\x1f]*+"'
_ATTRIBUTES = rf"((?:{_ATTRIBUTE})*+)"
_OTHER_ENTITY = re.compile("&(?!(?:amp|lt|gt|quot|apos);)")
_NEVER = ("\ufffe", "\uffff")
_LONGEST_ATTRIBUTES = 300

ROW: Final = re.compile(rf'[ \t\r\n]*<row r="([1-9][0-9]{{0,6}})"{_ATTRIBUTES}(/?)>')
CELL: Final = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="(0|[1-9][0-9]{0,8})")?+'
    r'(?: t="s"><v>([0-9]{1,9}+)</v></c>'
    rf'| t="inlineStr"><is><t(?: xml:space="preserve")?+>({TEXT})</t></is></c>'
    rf'|(?: t="(n|str|b|e|d|s)")?+(?:/>|>(?:<f{_ATTRIBUTES}(?:/>|>({TEXT})</f>))?+'
    rf"(?:<v( ?)(?:/>|>({TEXT})</v>))?+</c>))"
)
STRING: Final = re.compile(rf'[ \t\r\n]*<si><t(?: xml:space="preserve")?+>({TEXT})</t></si>')
_OF_ROW = frozenset(
    (
        *("spans", "s", "customFormat", "ht", "hidden", "customHeight"),
        *("outlineLevel", "collapsed", "thickTop", "thickBot", "ph"),
    )
)
_OF_FORMULA = frozenset(("t", "aca", "ref", "dt2D", "dtr", "del1", "del2", "r1", "r2", "ca", "si", "bx"))
_PREFIXED = frozenset(("x14ac:dyDescent",))


class Plain(NamedTuple):
    """The element in which like elements stand, often plainly written, and who takes one of those.

    `take` is given one up to its end tag, `take_all` many with theirs. Both say whether all they were
    given was plain; if not they have done nothing.
    """

    within: tuple[str, ...]
    opening: re.Pattern[bytes]
    closing: str
    take: Callable[[str], bool]
    take_all: Callable[[str], bool] | None = None

    def begins(self, xml: bytes, longest: int) -> int:
        """Where the first of them begins, or 0 where nothing can be plain."""
        found = self.opening.search(xml, 0, longest)
        return found.end() if found and _HEAD.match(xml, 0, found.end()) else 0


def plain_text(text: str) -> bool:
    """Whether there is a text, without the characters that XML has not."""
    return bool(text) and not any(one in text for one in _NEVER)


def plain_entities(text: str) -> bool:
    """Whether a text holds no entities but those everybody knows."""
    return "&" not in text or _OTHER_ENTITY.search(text) is None


def decoded(text: str) -> str:
    """A text with its entities as the characters they stand for."""
    if "&" not in text:
        return text
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&apos;", "'")
    return text.replace("&amp;", "&")


@lru_cache(maxsize=1024)
def _told(text: str, known: frozenset[str]) -> dict[str, str] | None:
    names = [one.split("=", 1) for one in text.split('"')[:-1:2]]
    told = dict(zip((name[0].strip() for name in names), text.split('"')[1::2], strict=True))
    return told if len(told) == len(names) and told.keys() <= known else None


def row_attributes(text: str, *, prefixed: bool) -> dict[str, str] | None:
    """The attributes of a row by name; None where one is unknown or told twice."""
    known = _OF_ROW | _PREFIXED if prefixed else _OF_ROW
    return _told(text, known) if len(text) <= _LONGEST_ATTRIBUTES else None


def formula_attributes(text: str) -> dict[str, str] | None:
    """The attributes of a formula by name; None where one is unknown or told twice."""
    return _told(text, _OF_FORMULA) if len(text) <= _LONGEST_ATTRIBUTES else None
