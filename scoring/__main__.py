"""Score and plan without a browser: `list`, `show SCHEME`, `score`, `plan` and `next FILE`."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planning.goal import checked_grade, checked_total, goal_of, goal_of_total
from planning.next import preview
from planning.shortest import PlanError, shortest
from planning.solver import SolverError
from schemes import SchemeError
from schemes.console import speak_utf8
from schemes.library import installed
from scoring.engine import score
from scoring.numbers import text
from scoring.problems import AnswersError
from scoring.reading import Parsed, decode, parse, parse_lines, read
from scoring.result import Result
from scoring.versions import add_scheme, library_of, version_named
from wording.findings import effect, scale_words
from wording.grades import gate_words, verdict_words
from wording.numbers import percent_words
from wording.output import result_json, scheme_json
from wording.plan import plan_json, plan_lines
from wording.preview import preview_json, preview_lines
from wording.problems import fail, problem_words, tell
from wording.versions import merged_words
from wording.warnings import warning_words


def main() -> int:
    """Run one command. Exit status 2 with one line per problem for bad input."""
    speak_utf8()
    arguments = _parser().parse_args()
    try:
        arguments.run(arguments)
    except AnswersError as error:
        return fail(map(problem_words, error.problems))
    except SchemeError as error:
        return fail(map(str, error.problems))
    except (PlanError, SolverError) as error:
        tell([f"没有得到经计分确认的方案（{error}），请反馈这份答案"])
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scoring", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="ids, versions and titles of the standards")
    listing.set_defaults(run=_list)
    show = commands.add_parser("show", help="one standard as a tree")
    show.add_argument("id", nargs="?")
    show.add_argument("--version", help="an older version")
    show.add_argument("--json", action="store_true")
    add_scheme(show)
    show.set_defaults(run=_show)
    scoring = commands.add_parser("score", help="score answers.json, or each line of a .jsonl file")
    scoring.add_argument("file", type=Path)
    scoring.add_argument("--json", action="store_true")
    add_scheme(scoring)
    scoring.set_defaults(run=_score)
    planning = commands.add_parser("plan", help="the shortest way to a grade or a total")
    planning.add_argument("file", type=Path)
    goal = planning.add_mutually_exclusive_group(required=True)
    goal.add_argument("--grade", help="a grade of the standard")
    goal.add_argument("--total", help="a total, for a standard without grades")
    planning.add_argument("--json", action="store_true")
    add_scheme(planning)
    planning.set_defaults(run=_plan)
    asking = commands.add_parser("next", help="what to ask next in a preview")
    asking.add_argument("file", type=Path)
    asking.add_argument("--json", action="store_true")
    add_scheme(asking)
    asking.set_defaults(run=_next)
    return parser


def _list(_: argparse.Namespace) -> None:
    for scheme_id in installed.ids():
        versions = " ".join(installed.versions(scheme_id))
        print(f"{scheme_id}\t{versions}\t{installed.get(scheme_id).title}")


def _show(arguments: argparse.Namespace) -> None:
    library = library_of(arguments.scheme)
    scheme_id = arguments.id or (library.ids()[0] if arguments.scheme else None)
    scheme = version_named(library, scheme_id, arguments.version)
    if arguments.json:
        _print_json(scheme_json(scheme), indent=1)
        return
    for element in scheme.elements:
        print(f"{element.id} {element.title}")
        for item in element.items:
            print(f"  {item.id} {item.title} [{text(item.points)}]")
            for words in scale_words(item):
                print(f"    {words}")
            for condition in item.conditions:
                print(f"    {condition.id} {condition.when}（{effect(scheme, condition)}）")


def _score(arguments: argparse.Namespace) -> None:
    library = library_of(arguments.scheme)
    content = read(arguments.file)
    if arguments.file.suffix == ".jsonl":
        for parsed in parse_lines(content, library):
            _tell(parsed)
            _print_json(result_json(score(parsed.scheme, parsed.answers)))
        return
    parsed = parse(decode(content), library)
    _tell(parsed)
    result = score(parsed.scheme, parsed.answers)
    if arguments.json:
        _print_json(result_json(result), indent=1)
    else:
        _print_summary(result)


def _plan(arguments: argparse.Namespace) -> None:
    parsed = _parsed(arguments)
    result = score(parsed.scheme, parsed.answers)
    if arguments.grade is not None:
        goal = goal_of(result, checked_grade(parsed.scheme, arguments.grade))
    else:
        goal = goal_of_total(checked_total(parsed.scheme, arguments.total))
    plan = shortest(result, goal)
    if arguments.json:
        _print_json(plan_json(plan), indent=1)
    else:
        print("\n".join(plan_lines(plan)))


def _next(arguments: argparse.Namespace) -> None:
    parsed = _parsed(arguments)
    asked = preview(score(parsed.scheme, parsed.answers))
    if arguments.json:
        _print_json(preview_json(asked), indent=1)
    else:
        print("\n".join(preview_lines(asked)))


def _parsed(arguments: argparse.Namespace) -> Parsed:
    """One answers object, with what became of older ids told."""
    parsed = parse(decode(read(arguments.file)), library_of(arguments.scheme))
    _tell(parsed)
    return parsed


def _tell(parsed: Parsed) -> None:
    """Say on standard error which ids of older versions became one."""
    line = f"第 {parsed.line} 行: " if parsed.line else ""
    tell(f"{line}{words}" for words in merged_words(parsed.moved))


def _print_summary(result: Result) -> None:
    print(f"{result.scheme.title}")
    print(verdict_words(result))
    for element in result.elements:
        marks = _between(text(element.low), text(element.high))
        percents = element.low_percent, element.high_percent
        percent = _between(*(percent_words(result.scheme, bound) for bound in percents))
        title = f"{element.section.id} {element.section.title}"
        print(f"  {title}  {marks} / {text(element.full)}  {percent}")
    for line in _remarks(result):
        print(line)


def _between(low: str, high: str) -> str:
    """What is certain, or what open items leave."""
    return low if low == high else f"{low} – {high}"


def _remarks(result: Result) -> Iterator[str]:
    for grade in result.grades:
        for gate in grade.unmet:
            yield f"未达{grade.title}：{gate_words(result, grade, gate)}"
    for warning in warning_words(result):
        yield f"注意：{warning}"


def _print_json(value: dict[str, Any], indent: int | None = None) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent))


if __name__ == "__main__":
    sys.exit(main())
