"""A plan in a workbook full of what is easily lost: a picture, charts, sparklines, conversations."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from datetime import datetime
from functools import cache
from typing import Any

import openpyxl  # noqa: TID251 - a second opinion
import xlsxwriter
from samples.expected import FOLDER

SAMPLE = FOLDER / "fouten-per-familie.xlsx"
NOTE_ON_A_FAULT, NOTE_ELSEWHERE, CONVERSATION = "F10", "B2", "B5"
USERS_NOTE, USERS_OTHER_NOTE = "Navragen bij Jan\nvoor 1 mei", "Alleen voor onszelf"
_ROOT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TALK = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_TALK_KINDS = "http://schemas.microsoft.com/office/2017/10/relationships"
_GUID = "{0B5FA3A1-3F3C-4A57-9D0B-6A0B1E5C7D11}"


def png() -> bytes:
    """A red picture of 8 by 8."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\xc0\x10\x10" * 8 for _ in range(8))
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@cache
def rich() -> bytes:
    """The sample of a fault per family, with everything around it."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    day = book.add_format({"num_format": "d-m-yyyy"})
    yellow = book.add_format({"bg_color": "#FFFF00", "locked": False})
    formulas = openpyxl.load_workbook(SAMPLE)
    results = openpyxl.load_workbook(SAMPLE, data_only=True)
    sheets: dict[str, Any] = {}
    for name in formulas.sheetnames:
        sheets[name] = sheet = book.add_worksheet(name)
        for row in formulas[name].iter_rows():
            for cell in row:
                look = (
                    yellow if cell.coordinate == "E3" else day if isinstance(cell.value, datetime) else None
                )
                _write(sheet, cell, results[name][cell.coordinate].value, look)
    table = sheets["Mijlpalen"]
    table.write_comment(NOTE_ON_A_FAULT, USERS_NOTE, {"author": "Anne"})
    table.write_comment(NOTE_ELSEWHERE, USERS_OTHER_NOTE, {"author": "Anne"})
    table.write_comment(CONVERSATION, "[Threaded comment]\n\nKlopt dit?", {"author": f"tc={_GUID}"})
    table.insert_button("N3", {"macro": "Hulp", "caption": "Hulp"})
    table.conditional_format("F2:F13", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
    table.conditional_format("A2:A13", {"type": "duplicate", "format": book.add_format({"bold": True})})
    table.data_validation(
        "D2:D40", {"validate": "list", "source": ["Inspanningsverplichting", "Resultaatverplichting"]}
    )
    table.add_sparkline("P2", {"range": "Mijlpalen!F2:F13"})
    table.insert_image("P4", "rood.png", {"image_data": io.BytesIO(png())})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Mijlpalen!$F$2:$F$13"})
    table.insert_chart("P8", chart)
    table.insert_checkbox("N8", True)  # noqa: FBT003 - XlsxWriter's own way
    table.write_url("N9", "https://example.org/toelichting", string="toelichting")
    table.protect("", {"format_cells": True})
    table.freeze_panes(1, 1)
    table.print_area("A1:L14")
    table.set_row(4, 60)
    book.define_name("Bedragen", "=Mijlpalen!$F$2:$F$13")
    bars = book.add_chart({"type": "bar"})
    bars.add_series({"values": "=Mijlpalen!$F$2:$F$13"})
    book.add_chartsheet("Grafiek").set_chart(bars)
    table.activate()
    book.close()
    return _with_conversation(made.getvalue())


def _write(sheet: Any, cell: Any, result: object, look: object) -> None:  # noqa: ANN401 - XlsxWriter has no types
    if isinstance(cell.value, str) and cell.value.startswith("="):
        sheet.write_formula(cell.coordinate, cell.value, look, "" if result is None else result)
    elif isinstance(cell.value, datetime):
        sheet.write_datetime(cell.coordinate, cell.value, look)
    elif isinstance(cell.value, str):
        sheet.write_string(cell.coordinate, cell.value, look)
    elif cell.value is not None:
        sheet.write(cell.coordinate, cell.value, look)
    elif look:
        sheet.write_blank(cell.coordinate, None, look)


def _with_conversation(data: bytes) -> bytes:
    """The same with a threaded comment and the person who wrote it, as Excel 365 keeps them."""
    part = _part_of("Mijlpalen", data)
    rels = f"xl/worksheets/_rels/{part}.rels"
    talk = (
        f'<ThreadedComments xmlns="{_TALK}"><threadedComment ref="{CONVERSATION}" dT="2026-05-01T10:00:00.00"'
        f' personId="{_GUID}" id="{_GUID}"><text>Klopt dit?</text></threadedComment></ThreadedComments>'
    )
    people = (
        f'<personList xmlns="{_TALK}"><person displayName="Anne" id="{_GUID}" userId="anne"/></personList>'
    )
    added = {"xl/threadedComments/threadedComment1.xml": talk, "xl/persons/person.xml": people}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            text = old.read(info)
            if info.filename == rels:
                target = "../threadedComments/threadedComment1.xml"
                text = _related(text, f"{_TALK_KINDS}/threadedComment", target)
            elif info.filename == "xl/_rels/workbook.xml.rels":
                text = _related(text, f"{_TALK_KINDS}/person", "persons/person.xml")
            elif info.filename == "[Content_Types].xml":
                for name, kind in zip(added, ("threadedcomments", "person"), strict=True):
                    told = f'<Override PartName="/{name}" ContentType="application/vnd.ms-excel.{kind}+xml"/>'
                    text = text.replace(b"</Types>", told.encode() + b"</Types>")
            new.writestr(info, text)
        for name, content in added.items():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return made.getvalue()


def _related(rels: bytes, kind: str, target: str) -> bytes:
    told = f'<Relationship Id="rIdTalk" Type="{kind}" Target="{target}"/>'
    return rels.replace(b"</Relationships>", told.encode() + b"</Relationships>")


def _part_of(sheet: str, data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    return f"sheet{names.index(sheet) + 1}.xml"
