"""Answers from files, read in this process: what is taken, and the facts of what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from scoring.answers import parse_answers
from scoring.problems import AnswersError, Problem, ProblemKind, clipped, quoted
from scoring.reading import decode, parse_lines, read
from tests.conftest import scheme_named

GOOD = json.dumps({"scheme": "model-enterprise", "findings": {"2.4.2-b": 3}})
BAD = json.dumps({"scheme": "model-enterprise", "findings": {"x": 1, "y": 1}})


def _problems(error: pytest.ExceptionInfo[AnswersError]) -> list[Problem]:
    return error.value.problems


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("酱油\r\n".encode(), "酱油\r\n"),
        (b"\xef\xbb\xbf{}", "{}"),
        (b"", ""),
    ],
)
def test_a_file_is_read_as_it_stands_without_its_bom(
    tmp_path: Path, content: bytes, text: str
) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes(content)
    assert read(path) == text


def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(AnswersError) as refused:
        read(path)
    why = "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"
    assert _problems(refused) == [Problem(str(path), ProblemKind.UNREADABLE, (why,))]


def test_a_file_may_have_50_megabytes_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert len(read(path)) == 52_428_800
    with path.open("ab") as file:
        file.write(b" ")
    with pytest.raises(AnswersError) as refused:
        read(path)
    assert _problems(refused) == [Problem(str(path), ProblemKind.FILE_TOO_LARGE, ("50",))]


def test_an_object_may_have_200000_values_and_no_more() -> None:
    """One bracket and a comma before each value but the first."""
    assert len(decode('["' + "X" * 200_001 + '"]')[0]) == 200_001
    assert len(decode("[" + ",".join(["1"] * 200_000) + "]")) == 200_000
    with pytest.raises(AnswersError) as refused:
        decode("[" + ",".join(["1"] * 200_001) + "]")
    assert _problems(refused) == [Problem("", ProblemKind.TOO_MANY_VALUES, ("200000",))]


@pytest.mark.parametrize(
    ("content", "kind", "details"),
    [
        ("{", ProblemKind.NOT_JSON, None),
        ('{"a": NaN}', ProblemKind.NO_NUMBER, ("NaN",)),
        ('{"a": -Infinity}', ProblemKind.NO_NUMBER, ("-Infinity",)),
        ('{"b": 1, "a": 1, "c": 2, "b": 3, "a": 4}', ProblemKind.REPEATED_KEYS, (("a", "b"),)),
        (
            "{" + ",".join(f'"k{i % 12:02}":0' for i in range(24)) + "}",
            ProblemKind.REPEATED_KEYS,
            (("k00", "k01", "k02", "k03", "k04", "k05", "k06", "k07", "k08", "k09"),),
        ),
        (
            '{"' + "k" * 61 + '": 1, "' + "k" * 61 + '": 2}',
            ProblemKind.REPEATED_KEYS,
            (("k" * 60 + "…",),),
        ),
    ],
)
def test_what_is_not_strict_json_is_refused_with_the_reason(
    content: str, kind: ProblemKind, details: tuple[Any, ...] | None
) -> None:
    with pytest.raises(AnswersError) as refused:
        decode(content)
    (problem,) = _problems(refused)
    assert (problem.key, problem.kind, problem.line) == ("", kind, None)
    if details is None:
        details = ("Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",)
    assert problem.details == details


def test_each_line_with_something_in_it_is_one_object_in_order() -> None:
    other = json.dumps({"scheme": "hazchem"})
    found = list(parse_lines(f"\n{GOOD}\r\n  \t\n{other}\n{GOOD}"))
    assert [parsed[0].id for parsed in found] == ["model-enterprise", "hazchem", "model-enterprise"]
    assert dict(found[0][1].findings) == {"2.4.2-b": 3}


def test_problems_of_all_lines_are_told_with_their_numbers() -> None:
    with pytest.raises(AnswersError) as refused:
        parse_lines(f"{GOOD}\n\n{BAD}\n{GOOD}\n[]")
    assert [(p.line, p.key, p.kind) for p in _problems(refused)] == [
        (3, "findings.x", ProblemKind.UNKNOWN_CONDITION),
        (3, "findings.y", ProblemKind.UNKNOWN_CONDITION),
        (5, "", ProblemKind.NO_OBJECT),
    ]


def test_after_some_200_problems_the_other_lines_are_not_looked_at() -> None:
    """Two a line: 100 lines have just 200, the 101st is one too many and the last looked at."""
    with pytest.raises(AnswersError) as refused:
        parse_lines("\n".join([BAD] * 100))
    assert len(_problems(refused)) == 200
    with pytest.raises(AnswersError) as refused:
        parse_lines("\n".join([BAD] * 300))
    problems = _problems(refused)
    assert len(problems) == 203
    assert problems[-1] == Problem("", ProblemKind.UNCHECKED_LINES, line=101)


def test_answers_tell_200_faults_and_how_many_more_there_are() -> None:
    scheme = scheme_named("mini-percent")
    for faults, told in ((200, 200), (201, 201), (250, 201)):
        findings = {f"x{number}": 1 for number in range(faults)}
        with pytest.raises(AnswersError) as refused:
            parse_answers(scheme, {"scheme": "mini-percent", "findings": findings})
        problems = _problems(refused)
        assert len(problems) == told
        if faults > 200:
            assert problems[-1] == Problem("", ProblemKind.MORE, (str(faults - 200),))


@pytest.mark.parametrize(
    ("text", "kept"),
    [("", ""), ("长" * 60, "长" * 60), ("长" * 61, "长" * 60 + "…"), ("ab", "ab")],
)
def test_a_long_text_is_cut_after_60_characters(text: str, kept: str) -> None:
    assert clipped(text) == kept


def test_values_are_quoted_as_json() -> None:
    assert quoted(None) == "null"
    assert quoted({"键": [1.5, True]}) == '{"键": [1.5, true]}'
    assert quoted("x" * 60) == '"' + "x" * 59 + "…"
    assert quoted({1j}) == '"{1j}"'
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    assert quoted(nested) == ""


def test_the_error_says_its_problems_to_a_programmer() -> None:
    problems = [Problem("a", ProblemKind.NO_ITEMS), Problem("b", ProblemKind.MORE, ("3",))]
    assert str(AnswersError(problems)) == "a: no_items ()\nb: more ('3',)"
