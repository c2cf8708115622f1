"""Answers kept between runs: never wrong, at worst not there."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kpicheck import cache
from kpicheck.cache import Cache, key_of

KEY = key_of("a file", "the rules")


def entry(folder: Path) -> Path:
    return next(path for path in folder.rglob("*") if path.is_file())


def test_what_was_kept_is_given_back(tmp_path: Path) -> None:
    Cache(tmp_path).put(KEY, b'{"answer": 1}\n')
    assert Cache(tmp_path).get(KEY) == b'{"answer": 1}\n'
    assert Cache(tmp_path).get(key_of("another")) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: kept[:0],
        lambda kept: kept[:-1],
        lambda kept: kept + b" ",
        lambda kept: kept.replace(b"1}", b"2}"),
        lambda kept: b"kpicheck 0 " + kept,
        lambda kept: os.urandom(len(kept)),
    ],
)
def test_a_damaged_entry_is_not_there(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    Cache(tmp_path).put(KEY, b'{"answer": 1}')
    file = entry(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    assert Cache(tmp_path).get(KEY) is None
    Cache(tmp_path).put(KEY, b"anew")
    assert Cache(tmp_path).get(KEY) == b"anew"


def test_an_entry_under_the_key_of_another_is_not_there(tmp_path: Path) -> None:
    other = key_of("another file", "the rules")
    Cache(tmp_path).put(KEY, b"passed")
    Cache(tmp_path).put(other, b"failed")
    (tmp_path / KEY[:2] / KEY[2:]).replace(tmp_path / other[:2] / other[2:])
    assert Cache(tmp_path).get(other) is None


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with a name on Windows")
def test_a_pipe_in_the_place_of_an_entry_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / KEY[:2]).mkdir()
    os.mkfifo(tmp_path / KEY[:2] / KEY[2:])
    assert Cache(tmp_path).get(KEY) is None
    Cache(tmp_path).put(KEY, b"anew")
    assert Cache(tmp_path).get(KEY) == b"anew"


def test_a_folder_that_cannot_be_used_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept = Cache(tmp_path / "file")
    kept.put(KEY, b"x")
    assert kept.get(KEY) is None


def test_a_folder_whose_name_is_too_long_keeps_nothing(tmp_path: Path) -> None:
    kept = Cache(tmp_path / ("x" * 300))
    kept.put(KEY, b"x")
    kept.tidy()
    assert kept.get(KEY) is None


@pytest.mark.skipif(sys.platform == "win32", reason="no modes on Windows")
def test_only_the_user_may_look(tmp_path: Path) -> None:
    Cache(tmp_path).put(KEY, b"x")
    assert entry(tmp_path).stat().st_mode & 0o077 == 0


def test_many_may_write_and_read_at_once(tmp_path: Path) -> None:
    def once(number: int) -> bool:
        Cache(tmp_path).put(KEY, b"the same answer" * 1000)
        return Cache(tmp_path).get(KEY) == b"the same answer" * 1000 and number >= 0

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(once, range(200)))
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [KEY[2:]]


def test_old_entries_are_thrown_away(tmp_path: Path) -> None:
    Cache(tmp_path).put(KEY, b"old")
    Cache(tmp_path).put(key_of("new"), b"new")
    long_ago = time.time() - 40 * 86_400
    os.utime(tmp_path / KEY[:2] / KEY[2:], (long_ago, long_ago))
    Cache(tmp_path).tidy()
    assert (Cache(tmp_path).get(KEY), Cache(tmp_path).get(key_of("new"))) == (None, b"new")


def test_every_part_of_a_key_counts() -> None:
    keys = [key_of("a", "b"), key_of("ab"), key_of("a", "b", ""), key_of("b", "a")]
    assert len(set(keys)) == len(keys)


def test_another_program_has_other_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_tool", lambda: "0.2.0")
    assert key_of("a file", "the rules") != KEY
