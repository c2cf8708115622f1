from __future__ import annotations

from kpicheck.dutch.remembered import EACH, ROOM, Answers, remembered


def test_a_question_about_a_text_is_answered_once() -> None:
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [length(text) for text in ("een", "twee", "een", "twee", "een")] == [3, 4, 3, 4, 3]
    assert asked == ["een", "twee"]


def test_what_is_kept_is_bounded_in_number_and_in_size() -> None:
    length = Answers(len)
    for nth in range(20_000):
        assert length[str(nth)] == len(str(nth))
    assert len(length) <= ROOM / EACH
    for nth in range(100):
        text = f"{nth:<32767}"
        assert length[text] == len(text)
        assert sum(map(len, length)) <= ROOM
    huge = "x" * ROOM
    assert (length[huge], length[huge], length["klein"]) == (len(huge), len(huge), 5)
    assert huge not in length
