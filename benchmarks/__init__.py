"""What kpicheck costs, beside what reading a workbook costs at all: run with `just bench`."""
