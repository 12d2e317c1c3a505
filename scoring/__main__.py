"""Score without a browser: `list`, `show SCHEME`, `score FILE`."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import schemes
from schemes.console import speak_utf8
from scoring.answers import (
    MOST_PROBLEMS,
    Answers,
    AnswersError,
    clipped,
    parse_answers,
    quoted,
)
from scoring.engine import score
from scoring.numbers import candid, fixed, text
from scoring.result import Result
from wording.output import result_json, scheme_json

_MOST_BYTES = 50 * 1024 * 1024
"""Largest file that is read; a line of answers takes some hundred bytes."""

_MOST_VALUES = 200_000
"""Most values in one answers object: read, each takes many times its room in the file."""


def main() -> int:
    """Run one command. Exit status 2 with one line per problem for bad input."""
    speak_utf8()
    arguments = _parser().parse_args()
    try:
        arguments.run(arguments)
    except AnswersError as error:
        return fail(error.problems)
    except schemes.SchemeError as error:
        return fail([str(problem) for problem in error.problems])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scoring", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="ids and titles of the standards")
    listing.set_defaults(run=_list)
    show = commands.add_parser("show", help="one standard as a tree")
    show.add_argument("scheme")
    show.add_argument("--json", action="store_true")
    show.set_defaults(run=_show)
    scoring = commands.add_parser("score", help="score answers.json, or each line of a .jsonl file")
    scoring.add_argument("file", type=Path)
    scoring.add_argument("--json", action="store_true")
    scoring.set_defaults(run=_score)
    return parser


def _list(_: argparse.Namespace) -> None:
    for scheme_id in schemes.available():
        print(f"{scheme_id}\t{schemes.load(scheme_id).title}")


def _show(arguments: argparse.Namespace) -> None:
    scheme = _scheme(arguments.scheme)
    if arguments.json:
        _print_json(scheme_json(scheme), indent=1)
    else:
        for element in scheme.elements:
            print(f"{element.id} {element.title}")
            for item in element.items:
                print(f"  {item.id} {item.title} [{text(item.points)}]")
                for condition in item.conditions:
                    amount = "不得分" if condition.deduct is None else f"-{text(condition.deduct)}"
                    per = f"/{condition.per}" if condition.per else ""
                    print(f"    {condition.id} {condition.when} ({amount}{per})")


def _score(arguments: argparse.Namespace) -> None:
    content = read(arguments.file)
    if arguments.file.suffix == ".jsonl":
        _check_lines(content)
        for _, line in _lines(content):
            _print_json(result_json(score_one(decode(line))))
        return
    result = score_one(decode(content))
    if arguments.json:
        _print_json(result_json(result), indent=1)
    else:
        _print_summary(result)


def _check_lines(content: str) -> None:
    """Raise the problems of all lines before any is scored: never a batch with gaps.

    Reading each line twice costs less than keeping all results until the last line.
    """
    problems: list[str] = []
    for number, line in _lines(content):
        try:
            parse_one(decode(line))
        except AnswersError as error:
            problems += [f"第 {number} 行: {problem}" for problem in error.problems]
        if len(problems) > MOST_PROBLEMS:
            problems.append(f"第 {number} 行: 问题太多，后面的行没有检查")
            break
    if problems:
        raise AnswersError(problems)


def _lines(content: str) -> Iterator[tuple[int, str]]:
    """Lines that are not empty with their numbers; splitlines() would cut inside texts."""
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            yield number, line


def score_one(raw: Any) -> Result:
    """Score one decoded answers object. Raises: AnswersError."""
    return score(*parse_one(raw))


def parse_one(raw: Any) -> tuple[schemes.Scheme, Answers]:
    """A decoded answers object, checked against the standard it names. Raises: AnswersError."""
    if not isinstance(raw, dict):
        raise AnswersError(["（文件）: 应为键值对 { }"])
    scheme = _scheme(raw.get("scheme"))
    return scheme, parse_answers(scheme, raw)


def _scheme(scheme_id: Any) -> schemes.Scheme:
    known = schemes.available()
    if not isinstance(scheme_id, str) or scheme_id not in known:
        raise AnswersError([f"scheme: 没有标准 {quoted(scheme_id)}；可用：{'、'.join(known)}"])
    return schemes.load(scheme_id)


def read(path: Path) -> str:
    """A text file's content. Raises: AnswersError when it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            size = _MOST_BYTES // 1024 // 1024
            raise AnswersError([f"{path}: 文件超过 {size} MB，请分成几个文件"])
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AnswersError([f"{path}: 无法读取（{error}）"]) from error


def decode(content: str) -> Any:
    """Strict JSON: no repeated keys, no NaN. Raises: AnswersError."""
    if sum(map(content.count, ",[{")) > _MOST_VALUES:
        raise AnswersError([f"（文件）: 内容超过 {_MOST_VALUES} 项，不像一份答案"])
    try:
        return json.loads(content, object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise AnswersError([f"（文件）: 不是有效的 JSON（{error}）"]) from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        repeated = sorted(key for key, count in counts.items() if count > 1)
        raise ValueError(f"键重复：{clipped('、'.join(repeated))}")
    return values


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"不允许的数值 {name}")


def _print_summary(result: Result) -> None:
    places = result.scheme.scoring.decimals
    print(f"{result.scheme.title}")
    print(f"总分 {fixed(result.total, places)}  等级 {result.grade or '未达到'}")
    for element in result.elements:
        percent = "不适用" if element.percent is None else f"{candid(element.percent, 2)}%"
        marks = f"{text(element.score)}/{text(element.full)}"
        print(f"  {element.section.id} {element.section.title}  {marks}  {percent}")
    for line in _remarks(result):
        print(line)


def _remarks(result: Result) -> Iterator[str]:
    for grade in result.grades:
        for reason in grade.unmet:
            yield f"未达{grade.title}：{reason}"
    for warning in result.warnings:
        yield f"注意：{warning}"


def _print_json(value: dict[str, Any], indent: int | None = None) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent))


def fail(problems: list[str]) -> int:
    """Print one line per problem on standard error; the exit status for bad input."""
    for problem in problems:
        print("".join(c if c.isprintable() else " " for c in problem), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
