"""The same exit code and the same JSON wherever the tool runs: streams, locales, terminals, folders."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from samples.expected import FOLDER

import kpicheck
from kpicheck.cli.paths import find

pytestmark = pytest.mark.skipif(os.name == "nt", reason="shells, terminals and signals of Unix")

SOURCE = Path(kpicheck.__file__).resolve().parents[1]
GOOD, FAULTY = FOLDER / "goed-plan.xlsx", FOLDER / "fouten-per-familie.xlsx"
ONE_PIECE = 1 << 16
NO_PLAN = FOLDER / "README.md"
NO_FILE = FOLDER / "bestaat-niet.xlsx"
CODES = {GOOD: 0, FAULTY: 1, NO_FILE: 2, NO_PLAN: 3}
FIXED = ("--isolated", "--today", "2026-11-22")
START = f"import sys; sys.path.insert(0, {str(SOURCE)!r}); from kpicheck.cli import main; main()"

Done = subprocess.CompletedProcess[bytes]


def python(*flags: str) -> list[str]:
    """Python with the tool as its program, also where the environment is ignored."""
    return [sys.executable, *flags, "-c", START]


def environment(**changes: str | None) -> dict[str, str]:
    own = ("KPICHECK_", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "PYTHON", "LC_", "LANG")
    known: dict[str, str | None] = {key: one for key, one in os.environ.items() if not key.startswith(own)}
    return {key: one for key, one in (known | changes).items() if one is not None}


def run(
    *arguments: str | Path,
    flags: tuple[str, ...] = (),
    shell: str = "",
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
) -> Done:
    call = [*python(*flags), *map(str, arguments)]
    if shell:
        call = ["bash", "-c", f'"$@" {shell}; exit ${{PIPESTATUS[0]}}', "bash", *call]
    return subprocess.run(
        call,
        capture_output=True,
        check=False,
        cwd=cwd,
        env=environment() if env is None else env,
        stdin=None if "<" in shell else subprocess.DEVNULL,
        timeout=60,
    )


@cache
def json_report(plan: Path) -> bytes:
    return run("validate", plan, *FIXED, "--output", "json").stdout


def assert_plain(done: Done, plan: Path, code: int | None = None, *, full: bool = False) -> None:
    """The exit code of always, no traceback, no warning, and one sentence for what was not checked.

    One more where stdout was full.
    """
    said = done.stderr.decode("utf-8", "replace")
    assert done.returncode == (CODES[plan] if code is None else code), said
    assert said.count("not written in full") == full, said
    assert len(said.splitlines()) <= (1 if CODES[plan] > 1 else 0) + full, said
    assert "Traceback" not in said
    assert "Warning" not in said


ENVIRONMENTS: dict[str, dict[str, str | None]] = {
    "c": {"LC_ALL": "C"},
    "c-utf-8": {"LC_ALL": "C.UTF-8"},
    "dutch": {"LC_ALL": "nl_NL.UTF-8", "LANG": "nl_NL.UTF-8"},
    "40-columns": {"COLUMNS": "40"},
    "20-columns": {"COLUMNS": "20"},
    "1-column": {"COLUMNS": "1"},
    "no-color": {"NO_COLOR": "1"},
    "force-color": {"FORCE_COLOR": "1"},
    "force-color-narrow": {"FORCE_COLOR": "1", "COLUMNS": "20"},
    "dumb": {"TERM": "dumb"},
    "no-home": {"HOME": None, "TERM": None, "PATH": None},
    "other-clock": {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1234"},
}
ENCODINGS: dict[str, dict[str, str | None]] = {
    "ascii": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "cp1252": {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
    "cp850-strict": {"PYTHONIOENCODING": "cp850:strict"},
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_environment(name: str, tmp_path: Path) -> None:
    target = tmp_path / "verslag.json"
    formats = ("--output", "console", "--output", f"json={target}")
    done = run("validate", FAULTY, *FIXED, *formats, env=environment(**ENVIRONMENTS[name]))
    assert_plain(done, FAULTY)
    assert b"E101" in done.stdout or "1-column" in name
    assert target.read_bytes() == json_report(FAULTY)


@pytest.mark.parametrize("name", ENCODINGS)
def test_encoding_of_stdout(name: str) -> None:
    env = environment(**ENCODINGS[name])
    assert_plain(run("validate", FAULTY, *FIXED, env=env), FAULTY)
    as_json = run("validate", FAULTY, *FIXED, "--output", "json", env=env)
    assert_plain(as_json, FAULTY)
    assert as_json.stdout == json_report(FAULTY)
    for plan in (NO_PLAN, NO_FILE):
        refused = run("validate", plan, *FIXED, env=env)
        assert_plain(refused, plan)
        assert refused.stderr


@pytest.mark.parametrize("command", ["rules", "explain A201", "schema", "--help", "--version"])
@pytest.mark.parametrize("name", ["ascii", "cp850-strict"])
def test_other_commands_in_any_encoding(command: str, name: str) -> None:
    done = run(*command.split(), env=environment(**ENCODINGS[name]))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


@pytest.mark.parametrize(
    "flags",
    [("-I",), ("-O",), ("-OO",), ("-bb",), ("-B", "-u"), ("-X", "dev", "-W", "error"), ("-X", "utf8=0")],
    ids=" ".join,
)
def test_python_with_other_flags(flags: tuple[str, ...]) -> None:
    for plan in (FAULTY, NO_PLAN):
        assert_plain(run("validate", plan, *FIXED, flags=flags), plan)
    assert run("validate", FAULTY, *FIXED, "--output", "json", flags=flags).stdout == json_report(FAULTY)


STREAMS = [
    *("| head -1", "| true", "| cat", "> /dev/full", ">&-", "2>&-", "2>/dev/full", "<&-", "</dev/null"),
    *(">&- 2>&-", "<&- >&- 2>&-", "> /dev/full 2>&1", "2>&1 | true"),
]


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("plan", [FAULTY, NO_PLAN], ids=lambda plan: plan.stem)
def test_a_lost_stream(stream: str, plan: Path) -> None:
    full = stream == "> /dev/full" and plan == FAULTY  # of the other nothing is said on stdout
    assert_plain(run("validate", plan, *FIXED, shell=stream, flags=("-X", "dev")), plan, full=full)


@pytest.mark.parametrize("command", ["--help", "validate -h", "--version", "rules", "explain A201", "schema"])
def test_other_commands_on_a_full_disk(command: str) -> None:
    full = "> /dev/full"
    done = run(*command.split(), shell=full)
    assert done.returncode == 0
    assert done.stderr.count(b"\n") == done.stderr.count(b"not written in full") == 1


@pytest.mark.parametrize("stream", [">&-", "> /dev/full", "<&- >&- 2>&-"])
def test_a_report_file_is_the_same_with_lost_streams(stream: str, tmp_path: Path) -> None:
    target = tmp_path / "verslag.json"
    formats = ("--output", "console", "--output", f"json={target}")
    full = stream == "> /dev/full"
    assert_plain(run("validate", FAULTY, *FIXED, *formats, shell=stream), FAULTY, full=full)
    assert target.read_bytes() == json_report(FAULTY)


@pytest.mark.parametrize("stream", ["| head -1", "> /dev/full", ">&-", "| true"])
def test_a_report_of_several_pieces_on_a_lost_stream(stream: str) -> None:
    whole = run("validate", FOLDER, *FIXED, "--output", "json")
    assert len(whole.stdout) > ONE_PIECE
    lost = run("validate", FOLDER, *FIXED, "--output", "json", shell=stream)
    told = lost.stderr.splitlines()
    assert (lost.returncode, len(told)) == (whole.returncode, 1 if "full" in stream else 0)


def test_a_report_of_several_pieces_on_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "verslag.json"
    target.write_bytes(b"wat er stond")
    call = [*python(), "validate", str(FOLDER), *FIXED, "--output", f"json={target}"]
    room = ONE_PIECE // 1024 + 10
    done = subprocess.run(
        ["bash", "-c", f'trap "" XFSZ; ulimit -f {room}; "$@"', "bash", *call],
        capture_output=True,
        check=False,
        env=environment(),
        timeout=60,
    )
    assert done.returncode == 2, done.stderr
    assert b"verslag.json" in done.stderr
    assert target.read_bytes() == b"wat er stond"
    assert list(tmp_path.iterdir()) == [target]


@contextmanager
def pipe_without_reader() -> Iterator[int]:
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


COMMANDS: list[tuple[int, tuple[str | Path, ...]]] = [
    (0, ("validate", GOOD)),
    (1, ("validate", FAULTY)),
    (1, ("validate", FAULTY, "--output", "json")),
    (3, ("validate", NO_PLAN, FAULTY)),
    (0, ("rules",)),
    (0, ("rules", "--output", "json")),
    (0, ("explain", "A201")),
    (0, ("schema",)),
    (0, ("--help",)),
    (0, ("--version",)),
    (2, ()),
]


@pytest.mark.parametrize(("code", "arguments"), COMMANDS)
def test_nobody_reads(code: int, arguments: tuple[str | Path, ...]) -> None:
    with pipe_without_reader() as stdout:
        done = subprocess.run(
            [*python("-X", "dev"), *map(str, arguments)],
            check=False,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert done.returncode == code, done.stderr
    assert done.stderr.count(b"\n") == (1 if code == 3 else 0), done.stderr


@pytest.mark.parametrize("columns", [20, 40, 200])
def test_a_terminal(columns: int) -> None:
    import fcntl
    import pty
    import struct
    import termios

    inside, outside = pty.openpty()
    fcntl.ioctl(outside, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    call = [*python(), "validate", str(FAULTY), *FIXED]
    with subprocess.Popen(call, stdin=outside, stdout=outside, stderr=outside, env=environment()) as started:
        os.close(outside)
        shown = b"".join(read_until_closed(inside))
        os.close(inside)
    assert started.returncode == 1
    assert b"Traceback" not in shown
    assert b"A201" in shown.replace(b"\r\n", b"")


def test_who_breaks_a_run_off_is_told_so(tmp_path: Path) -> None:
    import pty

    for number in range(400):
        os.link(FAULTY, tmp_path / f"{number}.xlsx")
    inside, outside = pty.openpty()
    call = [sys.executable, "-c", INTERRUPTIBLE, "validate", str(tmp_path), *FIXED]
    with subprocess.Popen(call, stdin=outside, stdout=outside, stderr=outside, env=environment()) as started:
        os.close(outside)
        time.sleep(1.5)
        started.send_signal(signal.SIGINT)
        shown = b"".join(read_until_closed(inside))
        os.close(inside)
    assert started.returncode == 130
    assert b"Afgebroken: niet alles is gedaan" in shown
    assert b"Traceback" not in shown


def read_until_closed(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux: the other side is gone
            return
        if not piece:
            return
        yield piece


def test_a_working_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "weg"
    for plan in CODES:
        gone.mkdir()
        call = 'rmdir "$PWD"; exec "$@"'
        done = subprocess.run(
            ["bash", "-c", call, "bash", *python(), "validate", str(plan), "--today", "2026-11-22"],
            cwd=gone,
            capture_output=True,
            check=False,
            env=environment(),
            timeout=60,
        )
        assert_plain(done, plan)


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="a folder where nobody can write")
def test_a_working_folder_without_room_to_write() -> None:
    for plan in CODES:
        assert_plain(run("validate", plan, *FIXED, cwd=Path("/sys/kernel")), plan)


@pytest.mark.parametrize("missing", ["rules", "rules/texts/nl.toml", "rules/landelijk.toml"])
def test_without_its_rules_it_never_says_that_all_is_well(missing: str, tmp_path: Path) -> None:
    for name in ("src", "rules"):
        (tmp_path / name).mkdir()
    copy = ["cp", "-r", str(SOURCE / "kpicheck"), str(tmp_path / "src")]
    subprocess.run(copy, check=True)
    rules = [str(path) for path in (FOLDER.parent / "rules").iterdir()]
    subprocess.run(["cp", "-r", *rules, str(tmp_path / "rules")], check=True)
    subprocess.run(["rm", "-r", str(tmp_path / missing)], check=True)
    start = START.replace(str(SOURCE), str(tmp_path / "src"))
    for arguments in (["validate", str(GOOD)], ["rules"], ["validate", str(NO_FILE)]):
        done = subprocess.run(
            [sys.executable, "-c", start, *arguments],
            capture_output=True,
            check=False,
            env=environment(),
            timeout=60,
        )
        assert done.returncode in (2, 3), arguments
        assert done.stderr.count(b"\n") == 1, done.stderr
        assert b"Traceback" not in done.stderr


def test_a_name_that_is_too_long_does_not_exist() -> None:
    assert run("validate", "x" * 300 + ".xlsx").returncode == 2
    assert run("validate", "@" + "x" * 300).returncode == 2


def test_a_folder_that_may_not_be_looked_into_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "dicht"
    closed.mkdir()
    (tmp_path / "plan.xlsx").write_bytes(b"")
    look = os.scandir

    def refuse(path: str) -> os._ScandirIterator[str]:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert list(find([str(tmp_path)]).plans) == [closed, tmp_path / "plan.xlsx"]


INTERRUPTIBLE = START.replace(
    "main()",
    "import os, signal; signal.signal(signal.SIGINT, signal.default_int_handler); os.write(2, b'.'); main()",
)


@pytest.mark.parametrize("busy", ["waiting", "working"])
def test_interrupted(busy: str, tmp_path: Path) -> None:
    for number in range(400):
        os.link(FAULTY, tmp_path / f"{number}.xlsx")
    words = ["-"] if busy == "waiting" else [str(tmp_path)]
    call = [sys.executable, "-c", INTERRUPTIBLE, "validate", *words, *FIXED]
    pipe = subprocess.PIPE
    with subprocess.Popen(call, env=environment(), stdin=pipe, stdout=pipe, stderr=pipe) as started:
        assert started.stdout
        assert started.stderr
        assert started.stderr.read(1) == b"."
        time.sleep(1.5)
        assert started.poll() is None
        begun = time.monotonic()
        started.send_signal(signal.SIGINT)
        code = started.wait(timeout=30)
        took = time.monotonic() - begun
        said = started.stderr.read() + started.stdout.read()
    assert code == 130
    assert took < 1
    assert said == b""


def test_an_output_file_that_is_no_plain_file_stays_what_it_is(tmp_path: Path) -> None:
    target = tmp_path / "pijp"
    os.mkfifo(target)
    reading = os.open(target, os.O_RDONLY | os.O_NONBLOCK)
    assert_plain(run("validate", GOOD, *FIXED, "--output", f"json={target}"), GOOD)
    assert target.is_fifo()
    assert os.read(reading, 1 << 20) == json_report(GOOD)
    os.close(reading)


@pytest.mark.parametrize("lines", [1, 20, 25])
def test_the_reader_of_the_help_leaves_on_the_way(lines: int) -> None:
    call = f'"$@" --help | head -{lines} > /dev/null; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(
        ["bash", "-c", call, "bash", *python()],
        check=False,
        env=environment(),
        capture_output=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
