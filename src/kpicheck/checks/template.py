"""T: the workbook and the template."""

from decimal import Decimal

from kpicheck.finding import Problem, Problems
from kpicheck.model import (
    Cell,
    ColumnFormulas,
    Example,
    Field,
    Gap,
    MissingColumn,
    Payment,
    Plan,
    Share,
    sum_of,
)
from kpicheck.registry import check


@check("T101", per=MissingColumn)
def column_missing(missing: MissingColumn) -> Problems:
    """A column of the format is not in the table.

    Bad:
        --without-column Bewijsvoering
        | Naam                         | <- Naam
        | Wijkteam - Opzetten - KPI 10 |
    Good:
        | Naam                         | Bewijsvoering              | Opmerkingen |
        | Wijkteam - Opzetten - KPI 10 | Verslag van de werkgroep.  | akkoord     |
    """
    yield Problem("cell", column=missing.heading, key=missing.heading)


@check("T102", per=Plan)
def excel_error(error_cells: tuple[Cell, ...]) -> Problems:
    """A cell shows an Excel error.

    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 5000           | #VERW!                  | <- Zorghuis Noord 01234567
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 5000           | 5000                    |
    """
    for cell in error_cells:
        yield Problem(cell, typed=str(cell.value))


@check("T103", per=Plan)
def formula_never_calculated(uncalculated: tuple[Cell, ...]) -> Problems:
    """A formula has no stored result and could not be worked out.

    Bad:
        | (totaal)Bedrag                | Zorghuis Noord 01234567 |
        | =VLOOKUP("a",Z1:Z9,1,0) ->    | 5000                    | <- (totaal)Bedrag
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | =SUM(I2:I2) -> | 5000                    |
    """
    causes = {(cell.sheet, cell.row) for cell in uncalculated if cell.unworkable != "part"}
    for cell in uncalculated:
        if cell.unworkable != "part" or (cell.sheet, cell.row) not in causes:
            yield Problem(cell, formula=cell.formula or "")


@check("T104", per=ColumnFormulas)
def formula_overwritten(column: ColumnFormulas) -> Problems:
    """A typed value stands where the neighbouring rows have a formula.

    Bad:
        | (totaal)Bedrag        | Zorghuis Noord 01234567 |
        | =SUM(I2:I2) -> 5000   | 5000                    |
        | 6000                  | 6000                    | <- (totaal)Bedrag
    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 | <- (totaal)Bedrag
        | 5000           | 5000                    |
        | 6000           | 6000                    |
    Good:
        | (totaal)Bedrag        | Zorghuis Noord 01234567 |
        | =SUM(I2:I2) -> 5000   | 5000                    |
    """
    if not column.formulas and column.typed:
        yield Problem(column, kind="column", rows=len(column.typed))
    elif column.formulas:
        for row, cell in column.typed:
            yield Problem(cell, on=row, kind="row", rows=1)


@check("T105", per=Payment)
def control_cell_wrong(control: Field[bool], total: Decimal, shares: tuple[Share, ...]) -> Problems:
    """The control cell says something else than the amounts do.

    Bad:
        | (totaal)Bedrag | Controle cel           | Zorghuis Noord 01234567 |
        | 5000           | Bedragen komen overeen | 4999                    | <- Controle cel
    Bad:
        | (totaal)Bedrag | Controle cel                | Zorghuis Noord 01234567 |
        | 5000           | Bedragen komen niet overeen | 5000                    | <- Controle cel
    Bad:
        | (totaal)Bedrag | Controle cel | Zorghuis Noord 01234567 |
        | 5000           | akkoord      | 5000                    | <- Controle cel
    Good:
        | (totaal)Bedrag | Controle cel           | Zorghuis Noord 01234567 |
        | 5000           | Bedragen komen overeen | 5000                    |
    """
    if not control.filled or control.gap in (Gap.ERROR, Gap.UNCALCULATED):
        return
    agrees = total == sum_of(shares)
    if control.value is not agrees:
        kind = "other-text" if control.value is None else "says-agree" if control.value else "says-differ"
        typed = str(control.cell.value) if control.cell else ""
        yield Problem(
            "control", typed=typed, kind=kind, total=total, sum=sum_of(shares), related=("total", *shares)
        )


@check("T106", per=Example)
def example_left(example: Example) -> Problems:
    """An example or instruction of the format is still in the table.

    Bad:
        | Naam                                                   |
        | Fase 1 - Digitale onboarding nieuwe patiënten - KPI 1  | <- Naam
        | Wijkteam - Opzetten - KPI 10                           |
    Good:
        | Naam                          |
        | Onboarding - Digitaal - KPI 1 |
    """
    yield Problem("cell", typed=example.text, kind=example.kind)
