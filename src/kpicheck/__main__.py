"""`python -m kpicheck` is the command kpicheck."""

from kpicheck.cli import main

if __name__ == "__main__":
    main()
