"""Workbooks of other programs than Excel: other prefixes, encodings, and notes in another shape."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from defusedxml.ElementTree import fromstring
from samples.expected import FOLDER

from .judging import mark, notes, parts, rebuilt, view
from .rich import NOTE_ON_A_FAULT, USERS_NOTE, rich
from .soundness import faults

SAMPLE = (FOLDER / "fouten-per-familie.xlsx").read_bytes()
COMMENTS, DRAWING, SHEET = "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/worksheets/sheet3.xml"
RELATIONS = "xl/worksheets/_rels/sheet3.xml.rels"


def prefixed(data: bytes) -> bytes:
    """Every element of workbook, sheets, styles and strings with a prefix, as some programs write them."""
    changed: dict[str, bytes | None] = {}
    for name, xml in parts(data).items():
        if re.match(r"xl/(workbook|styles|sharedStrings|comments\d+|worksheets/sheet\d+)\.xml$", name):
            text = re.sub(rb"<(/?)(?=[a-zA-Z])(?!\w+:)", rb"<\1q:", xml)
            changed[name] = text.replace(b"xmlns=", b"xmlns:q=", 1)
    return rebuilt(data, changed)


def in_utf16(data: bytes) -> bytes:
    changed: dict[str, bytes | None] = {
        name: xml.decode().replace("UTF-8", "UTF-16", 1).encode("utf-16")
        for name, xml in parts(data).items()
        if re.match(r"xl/(workbook|styles|worksheets/sheet\d+)\.xml$", name)
    }
    return rebuilt(data, changed)


def with_mark_of_bytes(data: bytes) -> bytes:
    return rebuilt(data, {SHEET: b"\xef\xbb\xbf" + parts(data)[SHEET]})


def without_addresses(data: bytes) -> bytes:
    """Rows and cells that do not say where they are: each is behind the one before."""
    changed: dict[str, bytes | None] = {}
    for name, xml in parts(data).items():
        if name.startswith("xl/worksheets/sheet"):
            rows = [int(one) for one in re.findall(rb'<row r="(\d+)"', xml)]
            full = all(
                re.findall(rb'<c r="([A-Z])\d+"', row)
                == [bytes([65 + nth]) for nth in range(row.count(b"<c "))]
                for row in re.findall(rb"<row .*?</row>", xml, re.DOTALL)
            )
            if rows == list(range(1, len(rows) + 1)) and full:
                changed[name] = re.sub(rb'(<(?:row|c)) r="[A-Z]*\d+"', rb"\1", xml)
    assert changed
    return rebuilt(data, changed)


@pytest.mark.parametrize("plan", [SAMPLE, rich()], ids=["sample", "rich"])
@pytest.mark.parametrize("odd", [prefixed, in_utf16, without_addresses], ids=lambda one: str(one.__name__))
def test_marked_all_the_same(plan: bytes, odd: Callable[[bytes], bytes]) -> None:
    data = odd(plan)
    assert view(data).findings == view(plan).findings
    copy = mark(data)
    assert faults(copy) == []
    assert notes(copy) == notes(mark(plan))
    assert mark(copy) == copy


def test_a_byte_order_mark_moves_nothing() -> None:
    copy = mark(with_mark_of_bytes(rich()))
    assert faults(copy) == []
    assert notes(copy) == notes(mark(rich()))


def test_a_plain_note_becomes_a_run_and_keeps_its_words() -> None:
    xml = parts(rich())[COMMENTS]
    plain = re.sub(rb"<r><rPr>.*?</rPr>(<t[^>]*>[^<]*</t>)</r>", rb"\1", xml, flags=re.DOTALL)
    assert b"<r>" not in plain
    copy = mark(rebuilt(rich(), {COMMENTS: plain}))
    assert notes(copy)[NOTE_ON_A_FAULT].startswith(f"{USERS_NOTE}\n\nFout: ")
    ours = next(one for one in parts(copy)[COMMENTS].split(b"<comment ") if b"A201" in one)
    assert not re.search(rb"</t><r>|<text><t>", ours)
    assert faults(copy) == []


def test_an_empty_note_gets_our_lines() -> None:
    xml = parts(rich())[COMMENTS]
    empty = re.sub(rb'(ref="F10"[^>]*><text>).*?(</text>)', rb"\1\2", xml, flags=re.DOTALL)
    copy = mark(rebuilt(rich(), {COMMENTS: empty}))
    assert notes(copy)[NOTE_ON_A_FAULT].startswith("Fout: ")


def test_a_drawing_that_is_no_xml_is_kept_and_added_to() -> None:
    """Excel itself writes <br> in the labels of buttons."""
    drawing = parts(rich())[DRAWING].replace(b"Hulp", b"Hulp<br>hier", 1)
    assert b"<br>" in drawing
    copy = mark(rebuilt(rich(), {DRAWING: drawing}))
    after = parts(copy)[DRAWING]
    assert b"Hulp<br>hier" in after
    assert after.count(b'ObjectType="Note"') == len(re.findall(rb"<comment ", parts(copy)[COMMENTS]))


def test_notes_without_a_drawing_get_one() -> None:
    """Without boxes no note shows; with a drawing for ours alone Excel would repair the file."""
    sheet = re.sub(rb"<legacyDrawing [^>]*/>", b"", parts(rich())[SHEET])
    rels = re.sub(rb"<Relationship [^>]*vmlDrawing[^>]*/>", b"", parts(rich())[RELATIONS])
    copy = mark(rebuilt(rich(), {SHEET: sheet, RELATIONS: rels, DRAWING: None}))
    assert faults(copy) == []
    assert notes(copy)[NOTE_ON_A_FAULT].startswith(USERS_NOTE)


def test_the_box_of_a_longer_note_grows() -> None:
    def bottom(data: bytes) -> int:
        shapes = parts(data)[DRAWING].split(b"<v:shape ")
        one = next(shape for shape in shapes if b"<x:Row>9</x:Row>" in shape and b"<x:Column>5<" in shape)
        found = re.search(rb"<x:Anchor>([^<]*)</x:Anchor>", one)
        assert found
        return int(found[1].split(b",")[6])

    assert bottom(mark(rich())) > bottom(rich())


def test_numbers_of_boxes_are_not_those_of_other_sheets() -> None:
    drawings = [xml for name, xml in parts(mark(rich())).items() if name.endswith(".vml")]
    blocks = [re.findall(rb'idmap [^>]*data="(\d+)"', one) for one in drawings]
    assert len({block for one in blocks for block in one}) == len(drawings)
    numbers = [number for one in drawings for number in re.findall(rb'<v:shape id="_x0000_s(\d+)"', one)]
    assert len(numbers) == len(set(numbers))


def test_a_workbook_with_macros_keeps_them() -> None:
    types = parts(SAMPLE)["[Content_Types].xml"]
    kinds = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    types = re.sub(rb'(PartName="/xl/workbook.xml" ContentType=")[^"]*', rb"\1" + kinds, types)
    types = types.replace(
        b"<Override", b'<Default Extension="bin" ContentType="application/vnd.ms-office"/><Override', 1
    )
    data = rebuilt(SAMPLE, {"[Content_Types].xml": types, "xl/vbaProject.bin": b"\xd0\xcf macro"})
    copy = mark(data)
    assert parts(copy)["xl/vbaProject.bin"] == b"\xd0\xcf macro"
    assert kinds in parts(copy)["[Content_Types].xml"]


def test_what_a_stranger_typed_is_only_text() -> None:
    """Markup, formulas and a citizen number in a plan stay text in notes and on the sheet."""
    strings = parts(SAMPLE)["xl/sharedStrings.xml"]
    evil = b"&lt;/t&gt;&lt;x/&gt; =cmd|calc [aantal] 111222333 &amp;lt;b&amp;gt;"
    data = rebuilt(SAMPLE, {"xl/sharedStrings.xml": strings.replace(b"[aantal]", evil, 1)})
    copy = mark(data)
    assert faults(copy) == []
    for name, xml in parts(copy).items():
        if xml != parts(data).get(name):
            assert b"111222333" not in xml
            assert b"<f>=cmd" not in xml


def test_other_prefixes_in_the_drawing_are_as_good() -> None:
    """openpyxl calls them ns0 and ns1."""
    drawing = parts(rich())[DRAWING]
    for prefix, other in ((b"v:", b"ns0:"), (b"o:", b"ns1:"), (b"x:", b"ns2:")):
        drawing = re.sub(rb"(?<=[<\s/])" + prefix + rb"(?=\w)", other, drawing)
        drawing = drawing.replace(b"xmlns:" + prefix[:-1] + b"=", b"xmlns:" + other[:-1] + b"=")
    copy = mark(rebuilt(rich(), {DRAWING: drawing}))
    after = parts(copy)[DRAWING]
    fromstring(after)
    assert len(re.findall(rb"<(?:x|ns2):Row>", after)) == after.count(b'ObjectType="Note"')
    assert notes(copy)[NOTE_ON_A_FAULT].startswith(f"{USERS_NOTE}\n\nFout: ")
    assert mark(copy) == copy


def test_a_link_back_is_where_it_shows() -> None:
    """Not in a hidden column, and not under merged cells."""
    xml = parts(SAMPLE)[SHEET]
    hidden = b'<col min="13" max="13" width="9" hidden="1" customWidth="1"/></cols>'
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="N3:O12"/></mergeCells>'
    xml = xml.replace(b"</cols>", hidden, 1).replace(b"</sheetData>", merged, 1)
    copy = mark(rebuilt(SAMPLE, {SHEET: xml}))
    links = re.findall(rb'<hyperlink ref="([A-Z]+)\d+" location=', parts(copy)[SHEET])
    assert set(links) == {b"P"}


def test_a_relation_in_percent_signs_leads_to_its_part() -> None:
    """Also on a sheet that gets relations of its own."""
    rels = parts(rich())[RELATIONS].replace(b"vmlDrawing1.vml", b"vml%44rawing1.vml")
    rels = re.sub(rb"<Relationship [^>]*comments[^>]*/>", b"", rels)
    copy = mark(rebuilt(rich(), {RELATIONS: rels}))
    assert NOTE_ON_A_FAULT in notes(copy)
    assert parts(copy)[DRAWING] != parts(rich())[DRAWING]
