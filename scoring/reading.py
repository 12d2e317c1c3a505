"""Answers from a file: one JSON object, or one in each line."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from schemes import Library, Scheme
from schemes.library import installed
from schemes.translate import Moved, Translation
from scoring.answers import Answers, parse_answers
from scoring.problems import MOST_PROBLEMS, AnswersError, Problem, ProblemKind, clipped
from scoring.versions import OlderIds, version_named

_MOST_BYTES = 50 * 1024 * 1024
"""Largest file that is read; a line of answers takes some hundred bytes."""

_MOST_VALUES = 200_000
"""Most values in one answers object: read, each takes many times its room in the file."""


def read(path: Path) -> str:
    """A text file's content. Raises: AnswersError when it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            size = str(_MOST_BYTES // 1024 // 1024)
            raise AnswersError([Problem(str(path), ProblemKind.FILE_TOO_LARGE, (size,))])
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(str(path), ProblemKind.UNREADABLE, (str(error),))
        raise AnswersError([problem]) from error


def decode(content: str) -> Any:
    """Strict JSON: no repeated keys, no NaN. Raises: AnswersError."""
    if sum(map(content.count, ",[{")) > _MOST_VALUES:
        raise AnswersError([Problem("", ProblemKind.TOO_MANY_VALUES, (str(_MOST_VALUES),))])
    try:
        return json.loads(content, object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise AnswersError([Problem("", ProblemKind.NOT_JSON, (str(error),))]) from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        repeated = sorted(clipped(key) for key, count in counts.items() if count > 1)
        raise AnswersError([Problem("", ProblemKind.REPEATED_KEYS, (tuple(repeated[:10]),))])
    return values


def _no_constant(name: str) -> NoReturn:
    raise AnswersError([Problem("", ProblemKind.NO_NUMBER, (name,))])


class Parsed(NamedTuple):
    """Answers checked against a version of a standard.

    moved: ids of older versions, with what they became. line: of a file with an object in each.
    """

    scheme: Scheme
    answers: Answers
    moved: tuple[Moved, ...] = ()
    line: int | None = None


def parse(raw: Any, library: Library = installed) -> Parsed:
    """A decoded answers object, checked against the version of the standard that it names.

    Without a version the newest counts, and what only older ones know is translated.
    Raises: AnswersError with every problem found; SchemeError for a faulty standard.
    """
    if not isinstance(raw, dict):
        raise AnswersError([Problem("", ProblemKind.NO_OBJECT)])
    if "version" in raw:
        scheme = version_named(library, raw.get("scheme"), raw["version"])
        return Parsed(scheme, parse_answers(scheme, raw))
    newest = version_named(library, raw.get("scheme"))
    if not newest.has_former_ids and len(library.versions(newest.id)) == 1:
        return Parsed(newest, parse_answers(newest, raw))
    older = OlderIds(library, newest)
    if not older.concern(raw):
        return Parsed(newest, parse_answers(newest, raw))
    translation = Translation(older, newest)
    answers = parse_answers(newest, translation.answers(raw), older.former)
    return Parsed(newest, answers, translation.moved)


def parse_lines(content: str, library: Library = installed) -> Iterator[Parsed]:
    """The answers objects of a file that has one in each line.

    All are checked before the first is handed out: never a batch with gaps. Reading each line
    twice costs less than keeping all of them. Raises: AnswersError with the problems of all lines.
    """
    problems: list[Problem] = []
    for number, line in _lines(content):
        try:
            parse(decode(line), library)
        except AnswersError as error:
            problems += [replace(problem, line=number) for problem in error.problems]
        if len(problems) > MOST_PROBLEMS:
            problems.append(Problem("", ProblemKind.UNCHECKED_LINES, line=number))
            break
    if problems:
        raise AnswersError(problems)
    return (parse(decode(line), library)._replace(line=number) for number, line in _lines(content))


def _lines(content: str) -> Iterator[tuple[int, str]]:
    """Lines that are not empty with their numbers; splitlines() would cut inside texts."""
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            yield number, line
