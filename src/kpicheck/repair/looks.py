"""Texts that are left alone for what stands around them: looks, choice lists, headings of Excel tables."""

from __future__ import annotations

import re

from kpicheck.reader.formula_reads import areas_read
from kpicheck.reader.places import Place
from kpicheck.reader.refusal import Refusal
from kpicheck.reader.stored import Unreadable
from kpicheck.reader.workbook import Book
from kpicheck.repair.change import Change, Reason, Repair
from kpicheck.writer.cells import RichTexts, Words
from kpicheck.writer.package_copy import PackageCopy
from kpicheck.writer.sheet_markup import SheetMarkup
from kpicheck.writer.splicing import Unpatchable
from kpicheck.writer.surroundings import Choices, looked_for, table_headings

_WORDS = re.compile('"(?:[^"]|"")*"')
_LONGEST_LIST = 10_000


class Around:
    """What the package says of certain cells outside what they hold."""

    def __init__(
        self, package: PackageCopy, book: Book, names: dict[str, str], repairs: tuple[Repair, ...]
    ) -> None:
        """Look at the sheets on which texts are going to change. Raises Unpatchable."""
        self._book, self._names = book, names
        self._rich: set[tuple[str, Place]] = set()
        self._headings: dict[str, list[tuple[int, int, int]]] = {}
        self._choices: dict[str, Choices] = {}
        self._looked_for: dict[str, set[str]] = {}
        texts = [one for repair in repairs for one in repair.changes if isinstance(one.content, Words)]
        if not texts:
            return
        try:
            rich = RichTexts(package)
            for part in package.sheets():
                places = {one.place for one in texts if one.sheet == part.name}
                if places:
                    self._look(package, part.name, part.part, places, rich)
        except (Refusal, KeyError, ValueError, Unreadable) as error:
            raise Unpatchable("markup") from error

    def _look(self, package: PackageCopy, name: str, part: str, places: set[Place], rich: RichTexts) -> None:
        xml = package.xml(part)
        sheet = SheetMarkup(xml, places)
        for place in places:
            cell = sheet.cell(place)
            if cell is None or rich.holds(sheet, cell):
                self._rich.add((name, place))
        self._headings[name] = table_headings(package, part)
        self._choices[name] = Choices(xml)
        self._looked_for[name] = looked_for(xml)

    def refuses(self, repair: Repair) -> Reason | None:
        """Why a repair may not be made here, if so."""
        return next((found for one in repair.changes if (found := self._refuses(one))), None)

    def _refuses(self, one: Change) -> Reason | None:
        if not isinstance(one.content, Words):
            return None
        if (one.sheet, one.place) in self._rich:
            return Reason("rich", {"at": one.ref})
        row, column = one.place
        if any(row == top and left <= column <= right for top, left, right in self._headings[one.sheet]):
            return Reason("table-heading", {"at": one.ref})
        if str(one.was).casefold() in self._looked_for[one.sheet]:
            return Reason("colour-rule", {"at": one.ref, "word": one.was})
        for formula in self._choices[one.sheet].of(one.place):
            if one.content.value not in self._listed(formula, one.sheet):
                return Reason("choice-list", {"at": one.ref, "word": one.content.value})
        return None

    def _listed(self, formula: str, sheet: str) -> list[object]:
        """The words of a choice list; none where they cannot be told."""
        if _WORDS.fullmatch(formula):
            return [word.strip() for word in formula[1:-1].replace('""', '"').split(",")]
        areas = areas_read(f"={formula.removeprefix('=')}", sheet, self._names) or ()
        if sum(area.size for area in areas) > _LONGEST_LIST:
            return []
        known = {one.name.casefold(): one for one in self._book.sheets}
        return [
            known[name].stored[place].value
            for area in areas
            if (name := (area.sheet or sheet).casefold()) in known
            for place in (
                (row, column)
                for row in range(area.top, area.bottom + 1)
                for column in range(area.left, area.right + 1)
            )
            if place in known[name].stored
        ]
