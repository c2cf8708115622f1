"""Workbooks behind a password: opened for the right one, refused in one sentence otherwise."""

from __future__ import annotations

import hashlib
import io
import random
import struct
import sys
import time
import zipfile
from functools import cache
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile  # noqa: TID251 - the tests write the files that the reader opens
from msoffcrypto.method.ecma376_agile import ECMA376Agile  # noqa: TID251 - as above
from samples.expected import FOLDER

from kpicheck import ruleset as rulesets
from kpicheck.finding import Report
from kpicheck.job import Stated, check_bytes
from kpicheck.reader import Refusal
from kpicheck.reader.encrypted import MAX_SPINS, unlocked

DATA = Path(__file__).parents[1] / "data"
PLAIN = (FOLDER / "fouten-per-familie.xlsx").read_bytes()
TYPED = "gehéim € 1"


@cache
def encrypted(workbook: bytes = PLAIN, spins: int = 10) -> bytes:
    """The workbook as Excel encrypts it ("agile"); few spins make the tests fast."""
    return bytes(ECMA376Agile.encrypt(TYPED, io.BytesIO(workbook), spin_count=spins))


def answer(password: str | None) -> str | None:
    return password


def judged(data: bytes, password: str | None = TYPED) -> Report:
    asked: list[str] = []

    def ask(name: str) -> str | None:
        asked.append(name)
        return password

    report = check_bytes(data, "map/plan.xlsx", rulesets.load("landelijk"), Stated(), ask_password=ask)
    assert asked in ([], ["map/plan.xlsx"])
    return report


def code(data: bytes, password: str | None = TYPED) -> str:
    failure = judged(data, password).failure
    return failure.code if failure else ""


def test_the_right_password_gives_the_report_of_the_plain_workbook() -> None:
    ordinary = io.BytesIO()
    OOXMLFile(io.BytesIO(PLAIN)).encrypt(TYPED, ordinary)
    data = ordinary.getvalue()
    report, plain = judged(data), judged(PLAIN)
    assert report.failure is None
    assert report.findings == plain.findings
    assert report.plan == plain.plan
    assert report.sha256 == hashlib.sha256(data).hexdigest()


def test_a_workbook_that_libreoffice_encrypted() -> None:
    data = (DATA / "libreoffice-wachtwoord.xlsx").read_bytes()
    report = judged(data, "geheim")
    assert (report.failure, report.findings) == (None, ())
    assert report.plan is not None
    assert len(report.plan.kpis) == 12
    assert code(data, "Geheim") == "wrong-password"


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        (TYPED.upper(), "wrong-password"),
        ("\udc80", "wrong-password"),
        ("", "encrypted"),
        (None, "password-not-asked"),
    ],
)
def test_another_answer(password: str | None, expected: str) -> None:
    assert code(encrypted(), password) == expected


def test_nobody_is_asked_about_other_files() -> None:
    def ask() -> str:
        raise AssertionError

    plain = [PLAIN, b"", b"Naam;Bedrag", (DATA / "libreoffice-wachtwoord.ods").read_bytes()]
    for data in plain:
        assert unlocked(data, ask) is data
    assert unlocked(encrypted(), None) == encrypted()
    assert code(plain[-1]) == "open-document"
    assert (
        judged(plain[-1]).failure == check_bytes(plain[-1], "", rulesets.load("landelijk"), Stated()).failure
    )


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    assert code(encrypted()) == "password-extra-missing"


NOISE = random.Random(1).randbytes(6_000)  # noqa: S311 - nothing secret


def package(part: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return target.getvalue()


def bomb() -> bytes:
    return package("xl/workbook.xml", bytes(101 << 20))


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (b"Naam;Bedrag", "encryption-unknown"),
        (b"", "encryption-unknown"),
        (bomb(), "zip-bomb"),
        (package("xl/workbook.bin", NOISE), "binary-excel"),
        (package("foto.png", NOISE), "not-a-workbook"),
    ],
    ids=["text", "empty", "bomb", "binary", "other"],
)
def test_what_comes_out_passes_the_guard(inside: bytes, expected: str) -> None:
    assert code(encrypted(inside)) == expected


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def changed(old: bytes, new: bytes, *, spins: int = 10) -> bytes:
    data = encrypted(PLAIN, spins)
    assert old in data
    return data.replace(old, new.ljust(len(old)))


def at(place: int, value: bytes) -> bytes:
    data = encrypted()
    return data[:place] + value + data[place + len(value) :]


NUMBER = struct.Struct("<L").pack
DECLARED = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
AGILE_HEAD = b"\x04\x00\x04\x00\x40\x00\x00\x00<?xml"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (changed(b'spinCount="10"', b'spinCount="11"'), "wrong-password"),
        (changed(b'spinCount="10"', b'spinCount="-1"'), "encryption-unknown"),
        (changed(b'spinCount="10"', b'spinCount="x1"'), "encryption-unknown"),
        (changed(DECLARED, b"<!DOCTYPE a []>"), "unsafe-xml"),
        (changed(b"<keyData ", b"<keyDate "), "encryption-unknown"),
        (changed(AGILE_HEAD, b"\x03\x00\x03\x00" + AGILE_HEAD[4:]), "encryption-unknown"),
        (changed(AGILE_HEAD, b"\x09\x00\x09\x00" + AGILE_HEAD[4:]), "encryption-unknown"),
        (changed(wide("EncryptionInfo"), wide("EncryptionInfx")), "encryption-unknown"),
        (changed(wide("StrongEncryptionDataSpace"), wide("DRMEncryptedDataSpace\0\0\0\0")), "rights-managed"),
        (at(30, b"\x00\x00"), "encryption-unknown"),
        (at(30, b"\xff\xff"), "encryption-unknown"),
        (at(32, b"\x40\x00"), "encryption-unknown"),
        (at(44, NUMBER(0xFFFF_FFF0)), "encryption-unknown"),
        (at(48, NUMBER(0x7FFF_FFFF)), "encryption-unknown"),
        (at(64, NUMBER(0x7FFF_FFFF)), "encryption-unknown"),
        (at(76, NUMBER(0x7FFF_FFFF)), "encryption-unknown"),
        (encrypted()[:-600], "encryption-unknown"),
    ],
    ids=range(17),
)
def test_hostile_containers(data: bytes, expected: str) -> None:
    before = time.process_time()
    assert code(data) == expected
    assert time.process_time() - before < 1


def test_an_entry_larger_than_the_file() -> None:
    place = encrypted().index(wide("EncryptedPackage"))
    assert code(at(place + 120, NUMBER(0x7FFF_FFFF))) == "encryption-unknown"


def container(entries: int) -> bytes:
    """A container with so many small entries, each the next one's left neighbour, in a directory chain."""
    sectors = -(-entries // 4)
    tables = -(-(sectors + 109) // 128)
    chain = [*(number + 1 for number in range(sectors - 1)), 0xFFFF_FFFE]
    table = struct.pack(f"<{len(chain)}L", *chain) + b"\xfd\xff\xff\xff" * tables
    table = table.ljust(512 * tables, b"\xff")
    directory = b"".join(entry(number, entries) for number in range(sectors * 4))
    places = [*(sectors + number for number in range(tables)), *[0xFFFF_FFFF] * (109 - tables)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x8L", 62, 3, 0xFFFE, 9, 6, 0, tables, 0, 0, 4096, 0xFFFF_FFFE, 0, 0xFFFF_FFFE)
    header += struct.pack("<L109L", 0, *places)
    return header + directory + table + wide("EncryptedPackage")


def entry(number: int, entries: int) -> bytes:
    kind, name = (5, "Root") if number == 0 else (2, f"s{number}")
    neighbours = (0xFFFF_FFFF, 0xFFFF_FFFF, 1) if number == 0 else balanced(number, entries)
    raw = wide(name).ljust(64, b"\0") + struct.pack("<HBB3L", 2 * len(name) + 2, kind, 1, *neighbours)
    return (raw + bytes(36) + struct.pack("<LQ", 0xFFFF_FFFE, 0)).ljust(128, b"\0")


def balanced(number: int, entries: int) -> tuple[int, int, int]:
    left, right = 2 * number, 2 * number + 1
    free = 0xFFFF_FFFF
    return (left if left < entries else free, right if right < entries else free, free)


def test_a_container_with_too_many_entries_costs_no_time() -> None:
    before = time.process_time()
    assert code(container(12_000)) == "encryption-unknown"
    assert time.process_time() - before < 1


def test_a_password_that_takes_long_to_try_is_not_asked_for() -> None:
    def ask() -> str:
        raise AssertionError

    slow = changed(
        b'spinCount="100000" saltSize="16"',
        f'spinCount="{MAX_SPINS + 1}" saltSize="6"'.encode(),
        spins=100_000,
    )
    with pytest.raises(Refusal, match=r"^encryption-unknown$"):
        unlocked(slow, ask)


def test_any_damage_ends_in_a_refusal_or_in_the_workbook() -> None:
    chance = random.Random(20261122)  # noqa: S311 - the same files in every run
    data = encrypted()
    outcomes = set()
    for _ in range(400):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 1, 4, 64))):
            place = chance.randrange(len(data)) if chance.random() < 0.5 else chance.randrange(2_560)
            damaged[place] = chance.randrange(256)
        damaged = damaged[: chance.randrange(len(data))] if chance.random() < 0.1 else damaged
        try:
            unlocked(bytes(damaged), lambda: TYPED)
            outcomes.add("read")
        except Refusal as refusal:
            outcomes.add(refusal.code)
    assert {"read", "encryption-unknown"} <= outcomes
    assert outcomes <= {"read", "wrong-password", "encryption-unknown", "unsafe-xml", "broken"}
