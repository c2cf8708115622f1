"""Files that are no readable milestone plan, made by hand."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from . import changes as ch
from .workbooks import Plan, Row, good, write

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def directory_entry(name: str, kind: int, left: int, right: int, child: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = struct.pack("<64sHBBIII", text, len(text), kind, 1, left, right, child)
    return head + bytes(16 + 4 + 16) + struct.pack("<IQ", END, 0)


def compound_file(*streams: str) -> bytes:
    """Return an old-style container: what .xls files and encrypted workbooks are inside."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    table = struct.pack("<128I", FAT, END, *[FREE] * 126)
    entries = [directory_entry("Root Entry", 5, FREE, FREE, 1)]
    for at, stream in enumerate(streams, 1):
        entries.append(directory_entry(stream, 2, FREE, at + 1 if at < len(streams) else FREE, FREE))
    return header + table + b"".join(entries).ljust(512, b"\0")


def zipped(path: Path, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def encrypted(path: Path) -> None:
    path.write_bytes(compound_file("EncryptionInfo", "EncryptedPackage"))


def old_excel(path: Path) -> None:
    path.write_bytes(compound_file("Workbook"))


def open_document(path: Path) -> None:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    zipped(
        path, {"mimetype": kind, "content.xml": "<office:document-content/>", "META-INF/manifest.xml": "<m/>"}
    )


def comma_separated(path: Path) -> None:
    path.write_text(
        "Naam;SMART omschrijving;(streef)datum\nZelfzorg - Start - KPI 1;Tekst;30-6-2025\n", encoding="utf-8"
    )


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    write(good(), path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def plain_zip(path: Path) -> None:
    zipped(path, {"brief.txt": "geen werkmap"})


def no_table(path: Path) -> None:
    plan = good()
    plan.tables.clear()
    plan.sheets["Begroting"]["B4"] = 80_000
    plan.sheets["Algemene gegevens"]["B7"] = 500_000
    write(Plan([], plan.sheets), path)


def no_rows(path: Path) -> None:
    plan = good()
    plan.table.rows = []
    plan.sheets["Begroting"]["B4"] = 80_000
    write(plan, path)


def only_template_rows(path: Path) -> None:
    plan = good()
    plan.table.rows = [*ch.template_rows(10), Row({"name": "Totaal", "total": 0}, counted=False)]
    plan.sheets["Begroting"]["B4"] = 80_000
    write(plan, path)


REFUSED: dict[str, Callable[[Path], None]] = {
    "beveiligd.xlsx": encrypted,
    "oud.xls": old_excel,
    "hernoemd-oud.xlsx": old_excel,
    "open.ods": open_document,
    "hernoemd-open.xlsx": open_document,
    "tekst.csv": comma_separated,
    "hernoemd-tekst.xlsx": comma_separated,
    "leeg.xlsx": empty,
    "afgebroken.xlsx": truncated,
    "archief.xlsx": plain_zip,
    "geen-tabel.xlsx": no_table,
    "geen-rijen.xlsx": no_rows,
    "alleen-sjabloon.xlsx": only_template_rows,
}
