"""`--ask-password`: asked on a terminal, once a file, unseen; in no other way and of nobody else."""

from __future__ import annotations

import io
import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile  # noqa: TID251 - the tests write the files that the tool opens
from samples.expected import FOLDER

pytestmark = pytest.mark.skipif(os.name == "nt", reason="terminals of Unix")

FAULTY = FOLDER / "fouten-per-familie.xlsx"
TYPED = "wachtwoord-é"
PATIENCE = 20


@pytest.fixture(scope="session")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(FAULTY.read_bytes())).encrypt(TYPED, target)
    path = tmp_path_factory.mktemp("map") / "op slot.xlsx"
    path.write_bytes(target.getvalue())
    return path


class Terminal:
    """The tool with a terminal as its stdin and stderr, and a pipe as its stdout."""

    def __init__(self, *arguments: str | Path) -> None:
        import pty

        self.side, other = pty.openpty()
        call = [sys.executable, "-m", "kpicheck", "validate", "--isolated", "--output", "json"]
        self.process = subprocess.Popen(
            [*call, *map(str, arguments)],
            stdin=other,
            stdout=subprocess.PIPE,
            stderr=other,
            start_new_session=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        os.close(other)
        self.shown = ""

    def sees(self, word: str, times: int = 1) -> None:
        end = time.monotonic() + PATIENCE
        while self.shown.count(word) < times:
            assert time.monotonic() < end, self.shown
            self.shown += self.read()

    def read(self) -> str:
        if not select.select([self.side], [], [], 0.1)[0]:
            return ""
        try:
            return os.read(self.side, 65536).decode()
        except OSError:  # the tool has ended
            return ""

    def types(self, text: str) -> None:
        os.write(self.side, text.encode())

    def ends(self) -> tuple[int, dict[str, list[dict[str, object]]]]:
        out, _ = self.process.communicate(timeout=PATIENCE)
        while more := self.read():
            self.shown += more
        os.close(self.side)
        return self.process.returncode, json.loads(out) if out else {}


def test_the_right_password_gives_the_findings_of_the_plain_plan(locked: Path) -> None:
    terminal = Terminal(locked, "--ask-password")
    terminal.sees("Wachtwoord van")
    assert "op slot.xlsx" in terminal.shown
    terminal.types(f"{TYPED}\n")
    code, report = terminal.ends()
    plain = Terminal(FAULTY, "--ask-password").ends()
    assert (code, plain[0]) == (1, 1)
    assert report["files"][0]["findings"] == plain[1]["files"][0]["findings"]
    assert report["files"][0]["error"] is None
    assert "wachtwoord-" not in terminal.shown
    assert "Traceback" not in terminal.shown


def test_each_file_is_asked_for_once(locked: Path, tmp_path: Path) -> None:
    second = tmp_path / "tweede.xlsx"
    second.write_bytes(locked.read_bytes())
    terminal = Terminal(locked, FAULTY, second, "--ask-password", "--lang", "en")
    for times, typed in ((1, "wrong\n"), (2, f"{TYPED}\n")):
        terminal.sees("Password of", times)
        terminal.types(typed)
    code, report = terminal.ends()
    assert code == 3
    assert [one["status"] for one in report["files"]] == ["not_checked", "failed", "failed"]
    assert terminal.shown.count("Password of") == 2
    assert "The password is not right." in terminal.shown


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [("\n", 3, "met een wachtwoord."), ("\x04", 3, "met een wachtwoord."), ("\x03", 130, "")],
)
def test_no_answer(typed: str, code: int, said: str, locked: Path) -> None:
    terminal = Terminal(locked, "--ask-password")
    terminal.sees("Wachtwoord van")
    if typed == "\x03":
        terminal.process.send_signal(2)
    else:
        terminal.types(typed)
    assert terminal.ends()[0] == code
    assert said in terminal.shown
    assert "Traceback" not in terminal.shown


def test_nobody_is_asked_without_the_option(locked: Path) -> None:
    terminal = Terminal(locked)
    code, report = terminal.ends()
    assert code == 3
    assert "Wachtwoord van" not in terminal.shown
    error = report["files"][0]["error"]
    assert isinstance(error, dict)
    assert error["code"] == "encrypted"
    assert "Werkmap beveiligen" in error["fix"]


@pytest.mark.parametrize("text", ["", f"{TYPED}\n"])
def test_a_pipe_is_not_asked(text: str, locked: Path) -> None:
    call = [sys.executable, "-m", "kpicheck", "validate", str(locked), "--ask-password"]
    done = subprocess.run(
        call, input=text, capture_output=True, encoding="utf-8", check=False, timeout=PATIENCE
    )
    assert done.returncode == 3
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "geen scherm" in done.stderr


@pytest.mark.parametrize("word", [f"--ask-password={TYPED}", f"--password={TYPED}"])
def test_a_password_is_never_an_argument(word: str, locked: Path) -> None:
    call = [sys.executable, "-m", "kpicheck", "validate", str(locked), word]
    assert subprocess.run(call, capture_output=True, check=False, timeout=PATIENCE).returncode == 2
