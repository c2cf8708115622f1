"""A cell's text as items: lines with their bullets taken off (A302, A303, S103, S113)."""

import re
from typing import NamedTuple

from kpicheck.dutch.sought import Sought


class Item(NamedTuple):
    """One line as its author wrote it; 'mark' is its bullet, '' for a plain line."""

    text: str
    mark: str
    indent: int


_TAB = 4
_BULLET = Sought("[•▪◦●○■➢‣]")
_INLINE_BULLET = Sought(rf"(?<=\S)[ \t\xa0]{{1,9}}(?={_BULLET.source}\s?\S)")
_ITEM = Sought(
    r"""(?P<indent>[ \t\xa0]*)
    (?: (?P<mark>[•·▪◦●○■□✓➢‣∙–—*])[ \t\xa0]*(?=\S)
      | (?P<dash>[-o])[ \t\xa0]+(?=\S) | (?P<tight>-)(?=[^\W\d]|€)
      | (?P<number>[0-9]{1,2}|[a-z])[.)][ \t\xa0]+(?=\S) )?
    (?P<text>.*)""",
    re.VERBOSE,
)


def items(text: str) -> list[Item]:
    """Split a text into its lines, also where bullets were pasted into one line; blank lines are none."""
    if not text.isascii() and _BULLET.search(text):
        text = _INLINE_BULLET.sub("\n", text)
    found: list[Item] = []
    for line in text.splitlines():
        if _has_no_bullet(line):
            found.append(Item(line.rstrip(), "", 0))
        elif (match := _ITEM.fullmatch(line)) and (words := match["text"].strip()):
            mark = match["mark"] or match["dash"] or match["tight"] or ("1" if match["number"] else "")
            found.append(Item(words, mark, len(match["indent"].expandtabs(_TAB))))
    return found


def _has_no_bullet(line: str) -> bool:
    return line[:1].isupper()


def bullet_lines(text: str) -> list[str]:
    """Give the texts of the lines that begin with a bullet (S113)."""
    return [item.text for item in items(text) if item.mark]


def only_bullets(text: str) -> bool:
    """Whether the text is a list of two or more bullets and nothing else (S103)."""
    if _has_no_bullet(text):
        return False
    found = items(text)
    return len(found) > 1 and all(item.mark for item in found)
