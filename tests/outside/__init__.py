"""The finished tool judged from outside: real workbooks in, report and exit code out."""
