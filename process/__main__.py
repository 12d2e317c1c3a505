"""The processes' own commands.

`validate [FOLDER|FILE …]` says everything that is wrong with a process; `show [ID|FOLDER|FILE]`
prints one, with `--json` for other programs; `freeze ID` keeps its version for ever.
"""

import argparse
import json
import sys
from pathlib import Path

from process.library import HOME, available, freeze
from process.loader import load_process
from process.model import Process
from schemes.console import speak_utf8
from schemes.problems import SchemeError


def main() -> int:
    """Run one command. Exit status 1 with one line per problem."""
    speak_utf8()
    parser = argparse.ArgumentParser(prog="python -m process", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    validate = commands.add_parser("validate", help="check processes")
    validate.add_argument("paths", nargs="*", type=_path, metavar="FOLDER|FILE")
    show = commands.add_parser("show", help="print a process")
    show.add_argument("path", nargs="?", type=_path, metavar="ID|FOLDER|FILE")
    show.add_argument("--json", action="store_true", help="as JSON, for other programs")
    kept = commands.add_parser("freeze", help="keep a version for ever")
    kept.add_argument("id", choices=available(), metavar="ID")
    arguments = parser.parse_args()
    shipped = [HOME / process_id for process_id in available()]
    if arguments.command == "show":
        return _show(arguments.path or shipped[0], arguments.json)
    if arguments.command == "freeze":
        return _freeze(arguments.id)
    return max([_validate(path) for path in arguments.paths or shipped], default=0)


def _path(text: str) -> Path:
    """What is meant: a shipped process by its id, else a path."""
    return HOME / text if text in available() else Path(text)


def _read(path: Path) -> Process | None:
    try:
        return load_process(path)
    except SchemeError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
    return None


def _validate(path: Path) -> int:
    process = _read(path)
    if process is None:
        return 1
    print(
        f"{process.id}: {process.title} — {len(process.phases)} 个阶段，"
        f"{len(process.step)} 个步骤，{len(process.deliverable)} 项成果"
    )
    compiled = [step.title for step in process.step.values() if step.provenance == "compiled"]
    if compiled:
        print(f"  源文没有写全、由本工具整理的步骤：{'、'.join(compiled)}")
    return 0


def _freeze(process_id: str) -> int:
    try:
        path, new = freeze(process_id)
    except SchemeError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 1
    print(f"{path.name}：{'已冻结' if new else '早已冻结，内容相同'}")
    return 0


def _show(path: Path, as_json: bool) -> int:
    process = _read(path)
    if process is None:
        return 1
    if as_json:
        print(json.dumps(process.model_dump(mode="json"), ensure_ascii=False, indent=1))
        return 0
    for phase in process.phases:
        print(f"{phase.title}（{phase.clause}）")
        for step in phase.steps:
            print(f"  {step.title}（{step.clause}，约 {step.weeks} 周）")
            for one in step.deliverables:
                print(f"    {one.id}: {one.title}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
