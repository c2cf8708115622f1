"""What an office program makes of the workbook and of the CSV file, with Dutch settings."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl  # noqa: TID251 - reads what LibreOffice has written
import pytest

from kpicheck.report.as_csv import to_csv
from kpicheck.report.run import Run
from kpicheck.report.table import COLUMNS
from kpicheck.report.xlsx import to_xlsx

from .runs import all_samples, findings, trapped

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice is not installed"),
]
DUTCH = "CSV:59,34,76,1,,1043,false,true"


@pytest.fixture
def both() -> Run:
    """The samples, and a plan full of traps."""
    run = all_samples()
    return replace(run, judged=(*run.judged, *trapped().judged))


def converted(file: Path, form: str, *options: str) -> Path:
    folder = file.parent / "uit"
    call = [
        "soffice",
        f"-env:UserInstallation={(file.parent / 'profile').as_uri()}",
        *("--headless", *options, "--convert-to", form, "--outdir", str(folder), str(file)),
    ]
    subprocess.run(call, check=True, capture_output=True, timeout=180)
    return folder / f"{file.stem}.{form}"


def test_the_workbook_opens_with_all_its_rows_and_links(both: Run, tmp_path: Path) -> None:
    file = tmp_path / "verslag.xlsx"
    file.write_bytes(to_xlsx(replace(both, target=Path("map/verslag.xlsx"))))
    page = converted(file, "fods").read_text(encoding="utf-8")
    sheets = re.findall(r'<table:table table:name="([^"]+)"', page)
    assert sheets == ["Overzicht", "Bevindingen", "Niet gecontroleerd"]
    assert "table:formula=" not in page
    places = re.findall(r'xlink:href="(?:\.\./)+([^#"/]+)#&apos;Mijlpalen&apos;!([A-Z]+\d+)"', page)
    wanted = [(one.path, found.cell) for one, found in findings(all_samples()) if found.sheet == "Mijlpalen"]
    assert sorted(places) == sorted(wanted)
    assert page.count('xlink:href="#') > len(findings(both))


def test_a_dutch_spreadsheet_reads_amounts_as_numbers_and_all_else_as_text(both: Run, tmp_path: Path) -> None:
    file = tmp_path / "verslag.csv"
    file.write_bytes(to_csv(both).encode())
    book = openpyxl.load_workbook(converted(file, "xlsx", f"--infilter={DUTCH}"))
    assert book.active is not None
    head, *rows = book.active.iter_rows()
    assert len(head) == len(COLUMNS)
    assert len(rows) == to_csv(both).count("\r\n") - 1
    for row in rows:
        kinds = {cell.data_type for cell in row if cell.value is not None and cell.column != 12}
        assert kinds == {"s"}
    amounts = [row[11].value for row in rows if row[11].value is not None]
    assert {type(one) for one in amounts} <= {int, float}
    assert 248808.8 in amounts
