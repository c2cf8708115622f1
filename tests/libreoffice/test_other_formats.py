"""What LibreOffice really writes in other formats: .xlsm is read, the rest refused for what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpicheck import texts

from .cases import BUILT, judged
from .saving import save

pytestmark = pytest.mark.libreoffice

NAME = "goed-plan"
REFUSED = {
    "xls:MS Excel 97": "old-excel",
    "ods:calc8": "open-document",
    "fods:OpenDocument Spreadsheet Flat XML": "open-document",
    "csv:Text - txt - csv (StarCalc)": "text-file",
    "pdf:calc_pdf_Export": "pdf",
    "html:HTML (StarCalc)": "web-page",
}
READ = ("xlsm:Calc MS Excel 2007 VBA XML", "xlsx:Calc Office Open XML")


def saved_as(form: str, folder: Path, profile: Path) -> bytes:
    plan = folder / f"{NAME}.xlsx"
    plan.write_bytes(BUILT[NAME]())
    out = folder / "uit"
    save([plan], form, out, profile)
    return (out / f"{NAME}.{form.partition(':')[0]}").read_bytes()


@pytest.mark.parametrize("form", REFUSED)
def test_refused_for_what_it_is(form: str, tmp_path: Path, profile: Path) -> None:
    data = saved_as(form, tmp_path, profile)
    code = REFUSED[form]
    for name in (f"plan.{form.partition(':')[0]}", "plan.xlsx"):
        error = judged(data, name)["error"]
        assert error["code"] == code
        assert "*.xlsx" in error["fix"]
    assert texts.nested("refused", code, "fix", "nl") == error["fix"]


@pytest.mark.parametrize("form", READ)
def test_read_as_the_plan(form: str, tmp_path: Path, profile: Path) -> None:
    assert judged(saved_as(form, tmp_path, profile), NAME) == judged(BUILT[NAME](), NAME)
