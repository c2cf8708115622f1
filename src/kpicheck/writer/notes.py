"""Notes at cells ("notities"): a line of ours added to what the user wrote, and taken out again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpicheck.reader.places import Place
from kpicheck.reader.stored import place_of
from kpicheck.writer.package_copy import PackageCopy
from kpicheck.writer.shapes import Shapes
from kpicheck.writer.sheet_markup import SheetMarkup, letters_of
from kpicheck.writer.splicing import Element, Markup, Unpatchable, text

AUTHOR = "kpicheck"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_OWN = re.compile(r"\n*^[^\n:]{1,20}: [^\n]*(?:\n[^\n]+)? \(kpicheck [A-Z][0-9]{3}\)$", re.MULTILINE)
_COMMENT, _TEXT, _RUN, _WORDS = range(3, 7)
_LONGEST = 32_000


@dataclass(frozen=True, slots=True)
class Line:
    """One remark of a note: its level in words, what is the matter, what to do, and the code of the rule."""

    level: str
    message: str
    fix: str
    code: str

    def text(self) -> str:
        """As it stands in the note; its end tells that it is ours."""
        return f"{self.level}: {self.message}\n{self.fix} ({AUTHOR} {self.code})"


def write_notes(
    package: PackageCopy, part: str, sheet: SheetMarkup, notes: Mapping[Place, Sequence[Line]]
) -> None:
    """Give the cells of a sheet their notes, in the place of those that were given before.

    Cells with a conversation (threaded comment) on them keep it as it is: see `conversations`.
    Raises Unpatchable.
    """
    related = {one.kind: one.target for one in package.relations(part)}
    comments = related.get("comments")
    if comments is None and not notes:
        return
    if comments is None:
        comments = _new_part(package, part)
    markup = _Comments(package.xml(comments))
    left = dict(notes)
    gone = [place for place in markup.places if markup.rewrite(place, left.pop(place, ()))]
    for place, lines in sorted(left.items()):
        markup.add(place, lines)
    after = markup.result()
    if after == markup.xml:
        return
    package.put(comments, after)
    shapes = Shapes(package, part, sheet, known=markup.places)
    shapes.change(markup.longer, frozenset(gone))
    for place, lines in sorted(left.items()):
        shapes.add(place, _joined(lines))
    shapes.finish()


def conversations(package: PackageCopy, part: str) -> set[Place]:
    """The cells with a conversation on them, whose note Excel writes itself."""
    found = set()
    for one in package.relations(part):
        if one.kind == "threadedComment":
            for element in Markup(package.xml(one.target)).root.children:
                found.add(place_of(element.attributes["ref"]))
    return found


def _new_part(package: PackageCopy, part: str) -> str:
    folder = package.workbook.rpartition("/")[0]
    name = package.free_name(f"{folder}/comments{{}}.xml" if folder else "comments{}.xml")
    root = f'<comments xmlns="{package.namespace}"><authors></authors><commentList></commentList></comments>'
    package.put(name, b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + root.encode())
    package.content_type(name, _KIND)
    package.refer(part, "comments", name)
    return name


def _joined(lines: Sequence[Line]) -> str:
    return "\n\n".join(one.text() for one in lines)[:_LONGEST]


class _Comments(Markup):
    """The comments of one sheet."""

    def __init__(self, xml: bytes) -> None:
        super().__init__(xml)
        self._by_place: dict[Place, Element] = {}
        self._words: dict[int, list[Element]] = {}
        self.longer: dict[Place, str] = {}
        for one in self.elements(lambda depth, name, _: depth <= _RUN or (depth == _WORDS and name == "t")):
            if one.name == "comment":
                self._by_place[place_of(one.attributes["ref"])] = one
            if one.parent is None:
                self.__dict__["root"] = one
        if {"authors", "commentList"} - {one.name for one in self.root.children}:
            raise Unpatchable("comments")

    @property
    def places(self) -> list[Place]:
        """The cells with a note."""
        return list(self._by_place)

    def rewrite(self, place: Place, lines: Sequence[Line]) -> bool:
        """Put our lines in the place of our earlier ones; True where nothing is left and the note goes."""
        comment = self._by_place[place]
        body = comment.child("text")
        if body is None:
            raise Unpatchable("comments")
        words = list(_words(body))
        said = [self.said(one) for one in words]
        whole = "".join(said)
        ours = [one.span() for one in _OWN.finditer(whole)]
        users_own = _OWN.sub("", whole).strip()
        if not ours and not lines:
            return False
        if not users_own and ours:
            if not lines:
                self.drop(comment)
                return True
            self._set_body(body, self._runs(lines))
            return False
        self._cut(words, said, ours)
        if lines:
            self._add_behind(body, words, lines)
            self.longer[place] = f"{users_own}\n\n{_joined(lines)}"
        return False

    def _add_behind(self, body: Element, words: Sequence[Element], lines: Sequence[Line]) -> None:
        """Put our lines behind what the user wrote; a text that stands by itself becomes a run first."""
        runs = self._runs(lines, after=b"\n\n" if words else b"")
        if not words:
            self.put(body.opened, runs)
            return
        last = words[-1]
        if last.parent is body:
            opened, _, closed = self.tag("r", inside=b" ").partition(b" ")
            self.put(last.start, opened)
            self.put(last.end, closed + runs)
        elif last.parent is not None:
            self.put(last.parent.end, runs)

    def add(self, place: Place, lines: Sequence[Line]) -> None:
        """A note at a cell that has none."""
        told = {"ref": letters_of(place), "authorId": str(self._author), "shapeId": "0"}
        home = self.root.child("commentList")
        if home is None:
            raise Unpatchable("comments")
        self.append(home, self.tag("comment", told, self.tag("text", inside=self._runs(lines))))

    @property
    def _author(self) -> int:
        """Our number among the authors; we are added the first time."""
        authors = self.root.child("authors")
        if authors is None:
            raise Unpatchable("comments")
        if "author" not in self.__dict__:
            names = [self.said(one) for one in authors.children]
            if AUTHOR not in names:
                self.append(authors, self.tag("author", inside=text(AUTHOR)))
            self.__dict__["author"] = names.index(AUTHOR) if AUTHOR in names else len(names)
        return int(self.__dict__["author"])

    def _runs(self, lines: Sequence[Line], after: bytes = b"") -> bytes:
        """The lines as runs of rich text, their level in bold."""
        looks = (
            self.tag("sz", {"val": "9"})
            + self.tag("rFont", {"val": "Tahoma"})
            + self.tag("family", {"val": "2"})
        )
        bold, plain = self.tag("rPr", inside=self.tag("b") + looks), self.tag("rPr", inside=looks)
        runs = b""
        for nth, line in enumerate(lines):
            level, rest = f"{line.level}:", line.text()[len(line.level) + 1 :]
            before = after if nth == 0 else b"\n\n"
            for look, words in ((bold, before + text(level)), (plain, text(rest))):
                runs += self.tag("r", inside=look + self.tag("t", {"xml:space": "preserve"}, words))
        return runs

    def _set_body(self, body: Element, inside: bytes) -> None:
        self.replace(body.start, body.end, self.tag("text", inside=inside))

    def _cut(self, words: Sequence[Element], said: Sequence[str], spans: Sequence[tuple[int, int]]) -> None:
        """Take these stretches out of the runs, and the runs of which nothing is left."""
        here = 0
        for element, words_said in zip(words, said, strict=True):
            left = "".join(
                one
                for at, one in enumerate(words_said, here)
                if not any(start <= at < end for start, end in spans)
            )
            here += len(words_said)
            if left == words_said:
                continue
            run = element.parent
            if not left and run is not None and run.name == "r":
                self.drop(run)
            else:
                self.replace(element.opened, element.closed, text(left))


def _words(body: Element) -> Iterator[Element]:
    """The texts of a note, those of its runs too; phonetic readings left out."""
    for one in body.children:
        if one.name == "t":
            yield one
        elif one.name == "r":
            yield from (inner for inner in one.children if inner.name == "t")
