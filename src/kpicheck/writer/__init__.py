"""The workbook back: a copy of a package, part by part, in which only what must change was changed."""
