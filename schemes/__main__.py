"""The standards' own commands.

`validate [FOLDER …]` says everything that is wrong with a scheme; `freeze FOLDER` keeps its
version for ever, before the next one is written; `import TABLE -o FOLDER` makes a scheme of an
official table in Word, Excel or text.
"""

import argparse
import sys
from pathlib import Path

from schemes.check_history import history_problems, without_heir
from schemes.console import speak_utf8
from schemes.guidance import guidance_problems
from schemes.library import Library, installed
from schemes.loader import load_folder
from schemes.problems import SchemeError
from schemes.tables.command import add_arguments, run


def main() -> int:
    """Run one command. Exit status 1 with one line per problem; 2 for a table that is bad input."""
    speak_utf8()
    parser = argparse.ArgumentParser(prog="python -m schemes", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    validate = commands.add_parser("validate", help="check scheme folders")
    validate.add_argument("folders", nargs="*", type=_folder, metavar="FOLDER")
    freeze = commands.add_parser("freeze", help="keep a version of a scheme for ever")
    freeze.add_argument("folder", type=_folder, metavar="ID|FOLDER")
    add_arguments(commands.add_parser("import", help="make a scheme of an official table"))
    arguments = parser.parse_args()
    if arguments.command == "import":
        return run(arguments)
    if arguments.command == "freeze":
        return _freeze(arguments.folder)
    folders = arguments.folders or [installed.home / scheme_id for scheme_id in installed.ids()]
    return max([_validate(folder) for folder in folders], default=0)


def _folder(text: str) -> Path:
    """The folder meant: an installed standard's by its id, else a path."""
    return installed.home / text if text in installed.ids() else Path(text)


def _freeze(folder: Path) -> int:
    try:
        folder = folder.resolve()  # whose name, even of ".", is the id
        path, new = Library(folder.parent).freeze(folder.name)
    except (SchemeError, KeyError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{'已冻结' if new else '早已冻结，内容相同'}：{path}")
    return 0


def _validate(folder: Path) -> int:
    try:
        scheme = load_folder(folder)
        problems = [*history_problems(folder, scheme), *guidance_problems(folder, scheme)]
        gone = [] if problems else without_heir(folder, scheme)
    except SchemeError as error:
        problems = error.problems
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    conditions = len(scheme.conditions)
    print(
        f"{scheme.id}: {scheme.title} — {len(scheme.elements)} 个一级要素，"
        f"{len(scheme.items)} 条内容，{conditions} 个扣分情形，满分 {scheme.full}"
    )
    if scheme.unread:
        print(f"  待确认的内容 {len(scheme.unread)} 条：{'、'.join(scheme.unread)}")
    if gone:
        print(f"  上一版的这些编号没有继承者：{'、'.join(gone)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
