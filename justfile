bin := if os_family() == "windows" { ".venv/Scripts" } else { ".venv/bin" }

# list what can be done
default:
    @just --list

# a fresh environment with everything needed to work on kpicheck
setup:
    {{ if os_family() == "windows" { "py" } else { "python3" } }} -m venv .venv
    {{ bin }}/pip install -e ".[dev]"

# lint, types, stale documentation, tests
check: lint test
    {{ bin }}/python docs/generate.py --check

# lint, format and types
lint:
    {{ bin }}/ruff check .
    {{ bin }}/ruff format --check .
    {{ bin }}/mypy

# the tests, or a part of them: just test tests/test_examples.py
test *arguments:
    {{ bin }}/python -m pytest {{ arguments }}

# the hostile files in processes of their own, with a table of time and memory by class
hostile *words:
    {{ bin }}/python -m tests.hostile {{ words }}

# random changes to the samples: just fuzz --count 40000 --seed 2
fuzz *arguments:
    {{ bin }}/python -m tests.hostile.fuzz {{ arguments }}

# break the checks on purpose: how many changes does no test notice?
mutation *modules:
    {{ bin }}/python -m tests.mutation --at-most 5 {{ modules }}

# write the generated parts of the documentation
docs:
    {{ bin }}/python docs/generate.py

# build the sample workbooks from their data
samples:
    {{ bin }}/python samples/build.py

# what kpicheck costs beside its peers, into docs/benchmarks.md
bench *arguments:
    {{ bin }}/python -m benchmarks.run {{ arguments }}
