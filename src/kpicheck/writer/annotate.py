"""The marked copy: a note and a frame at each cell with a finding, and a sheet that leads to all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kpicheck import texts
from kpicheck.clean import flat, masked
from kpicheck.reader.package import open_package
from kpicheck.reader.parts import read_book
from kpicheck.reader.places import Place
from kpicheck.reader.sheet import Sheet
from kpicheck.reader.stored import Unreadable, place_of
from kpicheck.report.run import Run
from kpicheck.report.shape import FindingView
from kpicheck.report.telling import SEVERITIES
from kpicheck.writer.back_links import WayBack, drop_links, own_links, put_links
from kpicheck.writer.control_sheet import Reached, control_sheet, is_title
from kpicheck.writer.marks import drop_marks, put_marks
from kpicheck.writer.notes import Line, conversations, write_notes
from kpicheck.writer.overview import looks, write_overview
from kpicheck.writer.package_copy import PackageCopy, SheetPart, unlimited
from kpicheck.writer.sheet_markup import SheetMarkup, letters_of
from kpicheck.writer.splicing import Unpatchable
from kpicheck.writer.styles import Styles

_FIRST_CELL = (1, 1)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A finding and the cell of the workbook it is at."""

    finding: FindingView
    sheet: SheetPart | None
    place: Place = _FIRST_CELL
    hidden: bool = False


def annotated(data: bytes, run: Run, *, links_back: bool = True) -> PackageCopy:
    """The copy of a workbook with the findings of a run about it alone.

    What was put there before by this command is replaced. Raises Unpatchable where the workbook cannot be
    changed without a risk, and Refusal where it cannot be read.
    """
    try:
        return _annotated(data, run, links_back=links_back)
    except (KeyError, ValueError, Unreadable) as error:  # an attribute that is missing or no number
        raise Unpatchable("markup") from error


def _annotated(data: bytes, run: Run, *, links_back: bool) -> PackageCopy:
    package = PackageCopy(data)
    read = {one.name: one for one in read_book(open_package(data, unlimited())).sheets}
    parts = [one for one in package.sheets() if one.name in read]
    own = next((one for one in parts if _is_own(read[one.name])), None)
    parts = [one for one in parts if one != own]
    spots = [_spot(one, parts, read) for one in run.judged[0].file.findings]
    talked_about = {one.name: conversations(package, one.part) for one in parts}
    title = own.name if own else _free_title(run, [one.name for one in package.sheets()])
    overview, rows = control_sheet(run, [_reached(one, talked_about, run) for one in spots])
    styles = Styles(package)
    look = looks(styles)
    way = WayBack(title, _say(run, "back"), look["link"]) if links_back else None
    for part in parts:
        here = [(one, row) for one, row in zip(spots, rows, strict=True) if one.sheet == part]
        xml, before = package.xml(part.part), own_links(read[part.name])
        sheet = SheetMarkup(xml, {one.place for one, _ in here}, before)
        drop_marks(sheet)
        drop_links(sheet, before)
        tinted = sheet.root.child("tableParts") is None
        put_marks(sheet, styles, _worst(one for one, _ in here), tinted=tinted)
        if way:
            put_links(sheet, way, _lines(here), gone=before, merged=read[part.name].merged)
        notes = _notes((one for one, _ in here), talked_about[part.name], run)
        write_notes(package, part.part, sheet, notes)
        after = sheet.result()
        if after != xml:
            package.put(part.part, after)
    write_overview(package, look, overview, name=title, part=own.part if own else None)
    return package


def _lines(here: Sequence[tuple[_Spot, int]]) -> dict[int, int]:
    """The first line about each row of the table with findings of its own, by that row.

    What stands beside a heading would be read as one, and beside a label as its answer.
    """
    return {one.place[0]: line for one, line in reversed(here) if one.finding.name or one.finding.kpi}


def is_marked(data: bytes) -> bool:
    """Whether a workbook that can be read is a marked copy. Raises Refusal where it cannot."""
    return any(map(_is_own, read_book(open_package(data, unlimited())).sheets))


def _is_own(sheet: Sheet) -> bool:
    first = sheet.stored.get(_FIRST_CELL)
    return first is not None and is_title(first.value)


def _free_title(run: Run, taken: Iterable[str]) -> str:
    """A name for the sheet that no other has."""
    known = {one.casefold() for one in taken}
    wished = _say(run, "sheet")
    names = (
        wished,
        f"{wished} kpicheck",
        *(f"{wished} kpicheck {number}" for number in range(2, len(known) + 3)),
    )
    return next(one for one in names if one.casefold() not in known)


def _spot(finding: FindingView, parts: Iterable[SheetPart], read: Mapping[str, Sheet]) -> _Spot:
    """Where a finding is in the workbook; the first cell of those that are merged shows for all of them."""
    part = next((one for one in parts if masked(one.name) == finding.sheet), None)
    if part is None:
        return _Spot(finding, None)
    sheet, (row, column) = read[part.name], place_of(finding.cell)
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            row, column = top, left
    return _Spot(finding, part, (row, column), hidden=sheet.hidden)


def _reached(spot: _Spot, talked_about: Mapping[str, set[Place]], run: Run) -> Reached:
    if spot.sheet is None:
        return Reached(spot.finding, None)
    if spot.hidden:
        return Reached(spot.finding, None, _say(run, "hidden"))
    talked = spot.place in talked_about[spot.sheet.name]
    to = spot.sheet.name, letters_of(spot.place)
    return Reached(spot.finding, to, _say(run, "conversation") if talked else "")


def _worst(spots: Iterable[_Spot]) -> dict[Place, str]:
    """The level of each cell: that of its severest finding."""
    found: dict[Place, str] = {}
    for one in spots:
        level = found.setdefault(one.place, one.finding.severity)
        found[one.place] = min(level, one.finding.severity, key=SEVERITIES.index)
    return found


def _notes(spots: Iterable[_Spot], talked_about: set[Place], run: Run) -> dict[Place, list[Line]]:
    found: dict[Place, list[Line]] = {}
    for one in spots:
        if one.place not in talked_about:
            told = one.finding
            fix = f"{run.say('do_now')} {flat(told.fix)}"
            line = Line(run.say(told.severity), flat(told.message), fix, told.rule)
            found.setdefault(one.place, []).append(line)
    return found


def _say(run: Run, key: str) -> str:
    return texts.text("annotate", key, run.basis.language)
