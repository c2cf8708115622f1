"""Wording that promises nothing: 'kan', 'zou', 'zo veel mogelijk' (S104)."""

import re
from bisect import bisect_left, bisect_right

from kpicheck.dutch.remembered import remembered
from kpicheck.dutch.sought import Sought

_ALWAYS = (
    r"streven|streeft|strevend|gestreefd|zo\s?veel\s{1,3}mogelijk|zo\s(?:goed|snel|spoedig)\s{1,3}mogelijk|eventueel"
    r"|indien\s{1,3}mogelijk|waar\s{1,3}mogelijk|wellicht|misschien"
)
_NONCOMMITTAL = Sought(
    rf"\b(?:(?P<modal>kan|kunnen|zou|zouden)|{_ALWAYS})\b(?!-)",
    re.IGNORECASE,
    needs=("kan", "kunnen", "zou", "stre", "mogelijk", "eventueel", "wellicht", "misschien"),
)
_CLAUSE_START = Sought(r"[.!?;:•]\s|\n")
_SUBORDINATE = Sought(
    r"\b(?:die|dat|waar\w{1,8}|wat|wie|welke|welk|zodat|opdat|omdat|doordat|zoals|hoe|indien|als|wanneer|of|tenzij"
    r"|voordat|nadat|mits|totdat|zodra)\b",
    re.IGNORECASE,
)
_MAIN_AGAIN = Sought(r",\s{1,3}$")
_ABLE = Sought(r"\b(?:te|elkaar|aanmerking|niet)\s{1,3}$", re.IGNORECASE)
_ABLE_AFTER = Sought(r"\s{1,3}(?:niet|geen|(?:\w{1,20}\s{1,3}){0,6}in\s{1,3}aanmerking)\b", re.IGNORECASE)
_LONGEST_BEFORE = 16


@remembered
def noncommittal(text: str) -> list[str]:
    """Words that leave the promise open; what someone is able to do is no such word (S104)."""
    found = list(_NONCOMMITTAL.finditer(text))
    if not any(word["modal"] for word in found):
        return [word[0] for word in found]
    clauses = [start.end() for start in _CLAUSE_START.finditer(text)]
    subordinates = [word.start() for word in _SUBORDINATE.finditer(text)]
    return [word[0] for word in found if not word["modal"] or _is_promise(text, word, clauses, subordinates)]


def _is_promise(text: str, word: re.Match[str], clauses: list[int], subordinates: list[int]) -> bool:
    """Tell a modal verb in a main clause ('patiënten kunnen …') from 'zodat patiënten … kunnen …'."""
    before = text[max(0, word.start() - _LONGEST_BEFORE) : word.start()]
    if _ABLE.search(before) or _ABLE_AFTER.compiled.match(text, word.end()):
        return False
    if _MAIN_AGAIN.search(before):
        return True
    clause = bisect_right(clauses, word.start())
    start = clauses[clause - 1] if clause else 0
    return bisect_left(subordinates, start) == bisect_left(subordinates, word.start())
