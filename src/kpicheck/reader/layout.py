"""Layouts as data: which headings mean which field, and the words that tell rows and labels apart."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import cast

from kpicheck.dutch.remembered import remembered
from kpicheck.dutch.sought import holds_any
from kpicheck.model import normalised
from kpicheck.resources import load_toml, rules_folder

_LIKENESS = 0.86
_WORDS = re.compile(r"[0-9a-zà-ÿ]+")
_FIGURE = re.compile("[0-9]")
_SHORTEST_TYPO = 6
_TAIL, _ENDING = 16, 3  # characters
_BEHIND_WORDS = " .,:;!?)\n"

Columns = dict[str, dict[str, object]]


def fingerprint(text: str) -> str:
    """Recognises a text of the format without carrying it."""
    plain = " ".join(_WORDS.findall(text.casefold()))
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def _ends_in(text: str, endings: Container[str]) -> bool:
    """Whether the last word of a text ends in one of those, or that cannot be told from its last letters."""
    tail = text[-_TAIL:].casefold()
    ending = tail.rstrip(_BEHIND_WORDS)[-_ENDING:]
    if len(ending) == _ENDING and ending.isascii() and ending.isalnum():
        return ending in endings
    words = _WORDS.findall(tail)
    is_whole = len(words) > 1 or len(text) <= _TAIL or (len(words) == 1 and len(words[0]) >= _ENDING)
    return words[-1][-_ENDING:] in endings if words and is_whole else True


def plain_heading(heading: str) -> str:
    """A heading to compare by; "#" is a number, so that "Mijlpaal #" is not "Mijlpaal"."""
    return normalised(heading.replace("#", " nr ") if "#" in heading else heading)


@dataclass(frozen=True, eq=False)
class Layout:
    """One known layout: headings by field and the words that tell rows and labels apart."""

    name: str
    columns: Mapping[str, tuple[str, ...]]
    demanded: Mapping[str, str]
    expected: frozenset[str]
    words: Mapping[str, Mapping[str, object]]
    fewest: int = 0

    def texts(self, part: str, key: str) -> tuple[str, ...]:
        """A list of words of the layout file."""
        return _texts(self, part, key)

    def plain_texts(self, part: str, key: str) -> tuple[str, ...]:
        """The same, normalised."""
        return _plain_texts(self, part, key)

    @cached_property
    def fields_by_heading(self) -> dict[str, str]:
        """Every known heading, normalised."""
        return {plain_heading(text): name for name, texts in self.columns.items() for text in texts}

    @cached_property
    def own_headings(self) -> dict[str, str]:
        """The headings as the format itself writes them, normalised."""
        return {plain_heading(texts[0]): name for name, texts in self.columns.items()}

    def field_of(self, plain: str) -> str | None:
        """The field a normalised heading stands for; small typing errors are tolerated in longer headings."""
        if plain in self.fields_by_heading:
            return self.fields_by_heading[plain]
        found = (self.fields_by_heading.get(one) for one in _headings_like(plain))
        return next((name for name in found if name), None)

    @cached_property
    def example(self) -> Callable[[str], str | None]:
        """Which text of the format a text is, "rows" or "instructions"; None where it is the author's own."""
        kinds, endings = ("rows", "instructions"), frozenset(self.texts("examples", "endings"))

        @remembered
        def example(text: str) -> str | None:
            if endings and not _ends_in(text, endings):
                return None
            found = fingerprint(text)
            return next((kind for kind in kinds if found in self.texts("examples", kind)), None)

        return example

    @cached_property
    def total_word(self) -> Callable[[str], str | None]:
        """Whether a label begins as that of a total or a subtotal does: "total", "subtotal" or None."""
        words = [(word, kind) for kind in ("subtotal", "total") for word in self.plain_texts("rows", kind)]

        @remembered
        def total_word(label: str) -> str | None:
            plain = f"{normalised(label)} "
            return next((kind for word, kind in words if plain.startswith(f"{word} ")), None)

        return total_word

    @cached_property
    def is_start(self) -> Callable[[str], bool]:
        """Whether a name begins as that of a start contribution does."""
        words = self.plain_texts("rows", "start_contribution")
        first_words = tuple(word.split(" ", 1)[0] for word in words)

        @remembered
        def is_start(name: str) -> bool:
            typed = name.casefold()  # most names do not hold the word at all
            return holds_any(typed, first_words) and normalised(typed).startswith(words)

        return is_start

    @cached_property
    def agrees(self) -> Callable[[str], bool | None]:
        """Whether a control cell says that the amounts agree; None where it says something else."""
        answers = {
            one: key == "agrees"
            for key in ("disagrees", "agrees")
            for one in self.plain_texts("control", key)
        }

        @remembered
        def agrees(text: str) -> bool | None:
            return answers.get(normalised(text))

        return agrees

    def known_of(self, columns: Iterable[str]) -> frozenset[str]:
        """The columns found that tell this layout from another; none where it cannot be this layout."""
        all_found = frozenset(columns)
        found = self.expected & all_found
        lacking = set(self.texts("heading_row", "needs")) - found
        foreign = all_found.intersection(self.texts("heading_row", "never"))
        return frozenset() if lacking or foreign or len(found) < self.fewest else found


def like(plain: str, known: Iterable[str]) -> str | None:
    """The known text that this one is a small typing error of, if there is one."""
    return next(iter(_like(plain, frozenset(known))), None)


@lru_cache(maxsize=1024)
def _like(plain: str, known: frozenset[str]) -> list[str]:
    """The known texts that this one may be a small typing error of, the nearest first."""
    if len(plain) < _SHORTEST_TYPO:
        return []
    near = [one for one in known if abs(len(one) - len(plain)) <= len(plain) // 5 + 1]
    return difflib.get_close_matches(plain, near, n=len(near), cutoff=_LIKENESS) if near else []


def _headings_like(plain: str) -> list[str]:
    """The headings of any layout that this one may be a small typing error of, the nearest first."""
    return _like(plain, known_headings())


@cache
def known_headings() -> frozenset[str]:
    """Every heading of every layout, normalised."""
    return frozenset(heading for layout in layouts() for heading in layout.fields_by_heading)


@remembered
def is_known_heading(text: str) -> bool:
    """Whether a text is a heading of any layout, as one of them writes it."""
    if _FIGURE.search(text) and not _headings_hold_figures():
        return False
    return plain_heading(text) in known_headings()


@cache
def _headings_hold_figures() -> bool:
    """Whether a heading of any layout holds a figure: mostly none does, and most texts of a plan do."""
    return any(map(_FIGURE.search, known_headings()))


@cache
def _texts(layout: Layout, part: str, key: str) -> tuple[str, ...]:
    found = layout.words.get(part, {}).get(key, ())
    return (found,) if isinstance(found, str) else tuple(cast("list[str]", found))


@cache
def _plain_texts(layout: Layout, part: str, key: str) -> tuple[str, ...]:
    return tuple(map(normalised, _texts(layout, part, key)))


@cache
def layouts() -> tuple[Layout, ...]:
    """All layouts of rules/layouts, the official one first."""
    folder = rules_folder() / "layouts"
    found = [_load(path.stem) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(found, key=lambda one: (one.name != "official", one.name)))


def official() -> Layout:
    """The official format, which says what a plan must have."""
    return layouts()[0]


def _load(stem: str) -> Layout:
    data = load_toml(rules_folder() / "layouts" / f"{stem}.toml")
    without = set(cast("list[str]", data.get("without", [])))
    while "extends" in data:
        parent = load_toml(rules_folder() / "layouts" / f"{data.pop('extends')}.toml")
        columns = {**cast("Columns", parent["columns"]), **cast("Columns", data.get("columns", {}))}
        data = {**parent, **data, "columns": columns}
    columns = cast("Columns", data.pop("columns"))
    heading_row = cast("dict[str, int]", data.get("heading_row", {}))
    return Layout(
        name=str(data["name"]),
        columns={
            key: (str(one["heading"]), *cast("list[str]", one.get("also", [])))
            for key, one in columns.items()
        },
        demanded={key: str(one["heading"]) for key, one in columns.items() if one.get("part_of_format")},
        expected=frozenset(columns) - without,
        words={key: one for key, one in data.items() if isinstance(one, dict)},
        fewest=heading_row.get("fewest", 0),
    )
