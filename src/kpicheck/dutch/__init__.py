"""What kpicheck knows of Dutch texts: pure functions from a text to facts, free of workbook and verdict."""
