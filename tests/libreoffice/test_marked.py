"""Marked copies in LibreOffice: they open, keep what is in them, and are marked anew with nothing twice."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import openpyxl  # noqa: TID251 - a second opinion
import pytest
from samples.expected import FOLDER

from tests.writer.judging import mark, notes, view
from tests.writer.rich import (
    CONVERSATION,
    NOTE_ELSEWHERE,
    NOTE_ON_A_FAULT,
    USERS_NOTE,
    USERS_OTHER_NOTE,
    rich,
)

from .saving import WORKBOOK, save

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory, profile: Path) -> dict[str, tuple[bytes, bytes]]:
    """Marked copies as they are and as LibreOffice saves them."""
    folder = tmp_path_factory.mktemp("marked")
    made = {path.stem: mark(path.read_bytes()) for path in sorted(FOLDER.glob("*.xlsx"))}
    made["rich"] = mark(rich())
    for name, data in made.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    save(sorted(folder.glob("*.xlsx")), WORKBOOK, folder / "uit", profile)
    return {name: (data, (folder / "uit" / f"{name}.xlsx").read_bytes()) for name, data in made.items()}


def opened(data: bytes) -> Any:  # noqa: ANN401 - openpyxl has no types for what is asked here
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(data))


def test_libreoffice_shows_every_note_and_link(copies: dict[str, tuple[bytes, bytes]]) -> None:
    for name, (copy, saved) in copies.items():
        assert notes(saved) == notes(copy), name
        links = [
            [
                cell.hyperlink.location
                for row in opened(one)["Controle"].iter_rows()
                for cell in row
                if cell.hyperlink
            ]
            for one in (copy, saved)
        ]
        assert len(links[0]) == len(links[1]), name


def test_the_users_notes_come_through(copies: dict[str, tuple[bytes, bytes]]) -> None:
    said = notes(copies["rich"][1])
    assert said[NOTE_ON_A_FAULT].startswith(USERS_NOTE)
    assert said[NOTE_ELSEWHERE] == USERS_OTHER_NOTE


def test_worked_out_again_the_copy_is_judged_as_before(copies: dict[str, tuple[bytes, bytes]]) -> None:
    for name, (copy, saved) in copies.items():
        assert view(saved).findings == view(copy).findings, name
        assert view(saved).plan == view(copy).plan, name


def test_marked_again_after_libreoffice_nothing_is_there_twice(
    copies: dict[str, tuple[bytes, bytes]],
) -> None:
    for name, (copy, saved) in copies.items():
        again = mark(saved)
        talked_about = {CONVERSATION} if name == "rich" else set()  # LibreOffice keeps no conversations
        kept, before = (
            {cell: said for cell, said in notes(one).items() if cell not in talked_about}
            for one in (again, copy)
        )
        assert kept == before, name
        book = opened(again)
        assert [one for one in book.sheetnames if one.startswith("Controle")] == ["Controle"], name
        plan = next(one for one in book.worksheets if one.title == view(copy).sheet)
        back = [cell.coordinate for row in plan.iter_rows() for cell in row if cell.value == "← Controle"]
        rows = [cell for cell in back if cell]
        assert len({opened(again)[plan.title][cell].row for cell in rows}) == len(rows), name
        frames = [str(one.sqref) for one in plan.conditional_formatting if _ours(one)]
        cells = [cell for one in frames for cell in one.split()]
        assert len(cells) == len(set(cells)), name


def _ours(formatting: Any) -> bool:  # noqa: ANN401 - as above
    return any("kpicheck" in str(rule.formula) for rule in formatting.rules)
