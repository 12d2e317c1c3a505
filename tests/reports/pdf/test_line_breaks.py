"""Lines break where Chinese print breaks them, and no character is lost."""

from hypothesis import given
from hypothesis import strategies as st

from reports.pdf.line_breaks import break_lines

ALPHABET = "甲乙丙丁，。；：（）“”、ab12.3% \n"


def _measure(character: str) -> float:
    return 0.5 if character.isascii() else 1.0


def _width(line: str) -> float:
    return sum(map(_measure, line))


@given(text=st.text(ALPHABET, max_size=200), width=st.integers(2, 20))
def test_no_line_is_too_wide_and_only_white_space_is_dropped(text: str, width: int) -> None:
    lines = break_lines(text, width, _measure)
    assert all(_width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert len(lines) >= text.count("\n") + 1


def test_a_line_never_starts_with_a_closing_mark() -> None:
    assert break_lines("甲乙丙丁，戊己", 4, _measure) == ["甲乙丙", "丁，戊己"]


def test_a_line_never_ends_with_an_opening_mark() -> None:
    assert break_lines("甲乙丙（丁戊）", 4, _measure) == ["甲乙丙", "（丁戊）"]


def test_numbers_and_words_stay_whole() -> None:
    assert break_lines("总分 79.85 分", 4, _measure) == ["总分", "79.85 分"]


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert break_lines("W" * 9, 2, _measure) == ["WWWW", "WWWW", "W"]


def test_line_breaks_are_kept() -> None:
    assert break_lines("甲\n\n乙", 5, _measure) == ["甲", "", "乙"]
