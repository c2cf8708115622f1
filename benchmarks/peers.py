"""What others do with the same workbooks. Each is a program of its own: `python peers.py NAME FILE…`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

TABLE = "KPI's"


def openpyxl_once(files: Sequence[str]) -> None:
    """Load each workbook."""
    import openpyxl  # noqa: TID251 - what is measured

    for file in files:
        openpyxl.load_workbook(file)


def openpyxl_twice(files: Sequence[str]) -> None:
    """Formulas and stored values together: what a checker on plain openpyxl has before it checks anything."""
    import openpyxl  # noqa: TID251 - what is measured

    for file in files:
        _ = openpyxl.load_workbook(file), openpyxl.load_workbook(file, data_only=True)


def calamine(files: Sequence[str]) -> None:
    """Read the cells of every sheet in Rust; no formulas."""
    from python_calamine import CalamineWorkbook

    for file in files:
        book = CalamineWorkbook.from_path(file)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def pandas_openpyxl(files: Sequence[str]) -> None:
    """Make a table of every sheet, through openpyxl."""
    import pandas as pd

    for file in files:
        pd.read_excel(file, sheet_name=None, engine="openpyxl")


def pandas_calamine(files: Sequence[str]) -> None:
    """Make a table of every sheet, through calamine."""
    import pandas as pd

    for file in files:
        pd.read_excel(file, sheet_name=None, engine="calamine")


def frictionless(files: Sequence[str]) -> None:
    """The same table against a schema with its types and what must be filled in."""
    from frictionless import Detector, Resource, Schema, formats, system

    kinds = {"(streef)datum": "any", "(totaal)Bedrag": "number"}
    names = (
        *("Naam", "SMART omschrijving", "(streef)datum", "Resultaat- of inspanningsverplichting"),
        *("Bewijsvoering", "(totaal)Bedrag", "Toelichting bedrag.", "Controle cel"),
    )
    fields = [
        {"name": one, "type": kinds.get(one, "string"), "constraints": {"required": True}} for one in names
    ]
    for file in files:
        control = formats.ExcelControl(sheet=TABLE)
        schema = Schema.from_descriptor({"fields": fields})
        detector = Detector(schema_sync=True)
        with system.use_context(trusted=True):
            report = Resource(path=file, control=control, schema=schema, detector=detector).validate()
        if not report.tasks[0].stats.get("rows"):
            message = f"frictionless did not read {file}: {report}"
            raise RuntimeError(message)


PEERS: dict[str, Callable[[Sequence[str]], None]] = {
    one.__name__: one
    for one in (openpyxl_once, openpyxl_twice, calamine, pandas_openpyxl, pandas_calamine, frictionless)
}

if __name__ == "__main__":
    PEERS[sys.argv[1]](sys.argv[2:])
