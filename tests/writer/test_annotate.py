from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl  # noqa: TID251 - a second opinion
import pytest
from samples.expected import FOLDER

from kpicheck.job import Stated
from kpicheck.registry import checks
from kpicheck.writer.annotate import annotated
from kpicheck.writer.marked import marked
from kpicheck.writer.splicing import Unpatchable
from tests.libreoffice.cases import BUILT, example
from tests.libreoffice.strict import strict

from .judging import mark, notes, parts, rebuilt, report, run_of, view, without_findings
from .rich import CONVERSATION, NOTE_ELSEWHERE, NOTE_ON_A_FAULT, USERS_NOTE, USERS_OTHER_NOTE, rich
from .soundness import faults

SAMPLE = (FOLDER / "fouten-per-familie.xlsx").read_bytes()
CHANGED = {
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet3.xml",
}
ADDED = {
    "xl/comments2.xml",
    "xl/drawings/vmlDrawing2.vml",
    "xl/worksheets/_rels/sheet1.xml.rels",
    "xl/worksheets/sheet5.xml",
}


def opened(data: bytes) -> Any:  # noqa: ANN401 - openpyxl has no types for what is asked here
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl says what it does not know
        return openpyxl.load_workbook(io.BytesIO(data))


def stated(name: str) -> Stated:
    return example(name).stated if name in checks() else Stated()


@pytest.mark.parametrize("name", BUILT)
def test_the_copy_is_sound_and_judged_as_the_plan(name: str) -> None:
    data = BUILT[name]()
    copy = mark(data, stated(name))
    assert faults(copy) == faults(data) == []
    assert mark(copy, stated(name)) == copy


@pytest.mark.parametrize("name", ["midden-limburg-west", "T107", "around", "A203"])
def test_a_strict_workbook_is_marked_in_its_own_dialect(name: str) -> None:
    copy = mark(strict(BUILT[name]()), stated(name))
    assert faults(copy) == []
    for part, xml in parts(copy).items():
        if part.endswith(".xml") and "docProps" not in part and b"spreadsheetml" in xml and "[" not in part:
            assert b"schemas.openxmlformats.org/spreadsheetml" not in xml, part


def test_only_what_must_change_is_changed() -> None:
    before, after = parts(rich()), parts(mark(rich()))
    assert {name for name in before if before[name] != after[name]} == CHANGED
    assert set(after) - set(before) == ADDED
    with zipfile.ZipFile(io.BytesIO(rich())) as old, zipfile.ZipFile(io.BytesIO(mark(rich()))) as new:
        for info in old.infolist():
            assert new.getinfo(info.filename).date_time == info.date_time
    assert faults(mark(rich())) == []


def test_what_excel_keeps_in_the_sheet_is_kept_to_the_byte() -> None:
    before, after = (parts(one)["xl/worksheets/sheet3.xml"] for one in (rich(), mark(rich())))
    for pattern in (
        rb"<legacyDrawing[^>]*>.*",
        rb"<sheetProtection[^>]*>",
        rb"<dataValidations.*</dataValidations>",
        rb'<conditionalFormatting sqref="F2:F13">.*?</conditionalFormatting>',
        rb"<sheetData>.*?</row>",
    ):
        found = re.search(pattern, before, re.DOTALL)
        assert found
        assert found[0].removesuffix(b"</row>") in after
    assert re.findall(rb"<f>.*?</c>", before) == re.findall(rb"<f>.*?</c>", after)


def test_each_failing_cell_has_a_note_with_level_fault_remedy_and_code() -> None:
    said = notes(mark(SAMPLE))
    for one in view(SAMPLE).findings:
        level = {"error": "Fout", "warning": "Let op", "info": "Tip"}[one.severity]
        assert f"{level}: {one.message}\nDoe nu: {one.fix} (kpicheck {one.rule})" in said[one.cell]
    assert set(said) == {one.cell for one in view(SAMPLE).findings}


def test_the_users_notes_are_kept_and_extended() -> None:
    said = notes(mark(rich()))
    assert said[NOTE_ON_A_FAULT].startswith(f"{USERS_NOTE}\n\nFout: Er is € 1.000 verschil")
    assert said[NOTE_ELSEWHERE] == USERS_OTHER_NOTE
    assert said[CONVERSATION] == notes(rich())[CONVERSATION]


def test_a_cell_with_a_conversation_is_framed_and_told_of_on_the_sheet() -> None:
    sheet = opened(mark(rich()))["Controle"]
    told = [row for row in sheet.iter_rows(values_only=True) if row[2] == CONVERSATION]
    assert len(told) == 1
    assert str(told[0][4]).endswith("(Zonder notitie: bij deze cel staat een opmerkingenreeks.)")


def test_what_was_repaired_loses_its_note_and_frame_and_the_user_keeps_theirs() -> None:
    copy = mark(rich())
    clean = annotated(copy, without_findings(copy)).data()
    assert notes(clean) == notes(rich())
    assert faults(clean) == []
    before, after = (parts(one)["xl/worksheets/sheet3.xml"] for one in (rich(), clean))
    assert b"kpicheck" not in after
    strip = rb'<dimension [^>]*/>| spans="[^"]*"| tabSelected="1"'
    assert re.sub(strip, b"", after) == re.sub(strip, b"", before)


def test_a_line_added_by_the_user_below_ours_stays() -> None:
    copy = mark(SAMPLE)
    part = next(name for name, xml in parts(copy).items() if "comments" in name and b"A201" in xml)
    own = parts(copy)[part].replace(b"(kpicheck A201)", b"(kpicheck A201)\nNagekeken door Piet")
    edited = rebuilt(copy, {part: own})
    said = notes(mark(edited))["F10"]
    assert said.strip().startswith("Nagekeken door Piet")
    assert said.count("(kpicheck A201)") == 1


def test_the_first_sheet_leads_to_the_cells_and_back() -> None:
    book = opened(mark(SAMPLE))
    assert book.sheetnames[0] == "Controle"
    assert book.active is book["Controle"]
    controls = book["Controle"]
    assert controls["A1"].value == "Controle van dit plan door kpicheck"
    assert controls["A2"].value == "Niet in orde: 10 fouten, 2 keer let op, 0 tips."
    row = next(row for row in controls.iter_rows() if row[2].value == "F10")
    assert row[2].hyperlink.location == "'Mijlpalen'!F10"
    back = book["Mijlpalen"][10][-1]
    assert back.value == "← Controle"
    assert back.hyperlink.location == f"'Controle'!A{row[0].row}"


def test_only_the_first_sheet_is_selected() -> None:
    """Two selected sheets are a group: what is typed in one then lands in the other too."""
    copy = parts(mark(rich()))
    selected = [name for name, xml in copy.items() if b'tabSelected="1"' in xml]
    assert selected == ["xl/worksheets/sheet5.xml"]
    assert b"activeTab" not in copy["xl/workbook.xml"]


def test_names_of_one_sheet_stay_with_their_sheet() -> None:
    def areas(data: bytes) -> dict[str, object]:
        return {one.title: one.print_area for one in opened(data).worksheets}

    before, after = areas(rich()), areas(mark(rich()))
    assert before["Mijlpalen"] == "'Mijlpalen'!$A$1:$L$14"
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize(
    ("taken", "name"), [("Controle", "Controle kpicheck"), ("CONTROLE", "Controle kpicheck")]
)
def test_a_sheet_of_the_user_with_that_name_stays(taken: str, name: str) -> None:
    book = opened(SAMPLE)
    book.create_sheet(taken)["A1"] = "Onze eigen controle"
    made = io.BytesIO()
    book.save(made)
    after = opened(mark(made.getvalue()))
    assert after.sheetnames[0] == name
    assert after[taken]["A1"].value == "Onze eigen controle"


def test_a_background_of_the_user_stays_in_sight() -> None:
    xml = parts(mark(rich()))["xl/worksheets/sheet3.xml"].decode()
    rules = re.findall(r'sqref="([^"]+)"><cfRule type="expression" dxfId="(\d+)" priority="(\d+)"', xml)
    by_cell = {cell: int(look) for cells, look, _ in rules for cell in cells.split()}
    looks = re.findall(r"<dxf>.*?</dxf>", parts(mark(rich()))["xl/styles.xml"].decode())
    assert "<fill>" not in looks[by_cell["E3"]]
    assert "<fill>" in looks[by_cell["E3"] - 1]
    assert by_cell["F10"] != by_cell["E3"]
    assert min(int(one[2]) for one in rules) > 2


def test_merged_cells_are_marked_where_they_show() -> None:
    book = opened(SAMPLE)
    book["Mijlpalen"].merge_cells("C6:C7")
    made = io.BytesIO()
    book.save(made)
    found = {one.cell for one in report(made.getvalue()).findings}
    assert {cell for cell in notes(mark(made.getvalue())) if cell.startswith("C")} <= {"C1", "C6"}
    assert found


def _signed(data: bytes) -> bytes:
    return rebuilt(data, {"_xmlsignatures/sig1.xml": b"<x/>"})


def _shared(data: bytes) -> bytes:
    return rebuilt(data, {"xl/revisions/revisionHeaders.xml": b"<x/>"})


def _without_styles(data: bytes) -> bytes:
    rels = parts(data)["xl/_rels/workbook.xml.rels"]
    return rebuilt(
        data, {"xl/_rels/workbook.xml.rels": re.sub(rb"<Relationship [^>]*styles[^>]*/>", b"", rels)}
    )


def _latin(data: bytes) -> bytes:
    xml = parts(data)["xl/worksheets/sheet1.xml"]
    return rebuilt(data, {"xl/worksheets/sheet1.xml": xml.replace(b"UTF-8", b"ISO-8859-1", 1)})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_signed, "signed"),
        (_shared, "shared"),
        (_without_styles, "styles"),
        (_latin, "markup"),
    ],
)
def test_what_cannot_be_changed_without_a_risk_is_left(change: Callable[[bytes], bytes], reason: str) -> None:
    with pytest.raises(Unpatchable) as refused:
        mark(change(SAMPLE))
    assert refused.value.reason == reason


def test_a_copy_that_is_judged_otherwise_is_not_given() -> None:
    other = view((FOLDER / "goed-plan.xlsx").read_bytes())
    with pytest.raises(Unpatchable) as refused:
        marked(SAMPLE, run_of(SAMPLE), lambda _: other)
    assert refused.value.reason == "differs"


def test_in_english() -> None:
    copy = mark(SAMPLE, language="en")
    assert opened(copy).sheetnames[0] == "Check"
    assert "Error: " in notes(copy)["F10"]
    assert faults(copy) == []
    again = mark(copy)
    assert opened(again).sheetnames[0] == "Check"
    assert "Error: " not in notes(again)["F10"]
