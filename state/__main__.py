"""Look after where documents are kept: `migrate` a database, `copy` from storage to storage."""

import argparse
import os
import sys
from pathlib import Path

from schemes.console import speak_utf8
from state.service.housekeeping import describe
from state.storage.copying import Copied, copy, total
from state.storage.opening import DATABASE_URL, is_database, open_repository, open_storage
from state.storage.repository import Unavailable

_WRONG = 2
_STEP = 100
"""After how many documents and files progress is told."""


def main() -> int:
    """Run one command. Exit status 1 when not all went well, 2 for bad input."""
    speak_utf8()
    arguments = _parser().parse_args()
    try:
        return int(arguments.run(arguments))
    except Unavailable as error:
        return _fail(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m state", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    migrating = commands.add_parser(
        "migrate", help=f"make the database of {DATABASE_URL} ready for this version"
    )
    migrating.set_defaults(run=_migrate)
    copying = commands.add_parser(
        "copy", help="copy all documents and files and compare; nothing is replaced or removed"
    )
    for name in ("source", "target"):
        copying.add_argument(name, metavar=name.upper(), help="a folder, or postgresql://…")
    copying.set_defaults(run=_copy)
    return parser


def _migrate(_: argparse.Namespace) -> int:
    """Raises: Unavailable."""
    address = os.environ.get(DATABASE_URL)
    if not address:
        return _fail(f"没有设置环境变量 {DATABASE_URL}", _WRONG)
    try:
        open_repository(os.environ)
    except Unavailable as error:
        return _fail(str(error), _WRONG)
    from state.storage.migrate import migrate  # not before it is known to be installed

    revision = migrate(address)
    described = describe(open_storage(address))
    print(f"数据库已就绪，版本 {revision}" + (f"，补写目录 {described} 条" if described else ""))
    return 0


def _copy(arguments: argparse.Namespace) -> int:
    """Raises: Unavailable."""
    if arguments.source == arguments.target:
        return _fail("来源和目标是同一个地方", _WRONG)
    if not is_database(arguments.source) and not Path(arguments.source).is_dir():
        return _fail(f"没有这个文件夹：{arguments.source}", _WRONG)
    try:
        source, target = open_storage(arguments.source), open_storage(arguments.target)
    except Unavailable as error:
        return _fail(str(error), _WRONG)
    return _tell(copy(source, target, _progress))


def _progress(done: int, count: int) -> None:
    if done % _STEP == 0:
        print(f"{done}/{count}", file=sys.stderr)


def _tell(report: Copied) -> int:
    for name, why in report.refused.items():
        print(f"没有复制 {name}：{why}", file=sys.stderr)
    for name in report.different:
        if name not in report.refused:
            print(f"两边不一致 {name}", file=sys.stderr)
    print(f"来源：{len(report.source)} 份，SHA-256 {total(report.source)}")
    print(f"目标：{len(report.target)} 份，SHA-256 {total(report.target)}")
    left = len(report.refused)
    print(f"新复制 {report.copied} 份，原已相同 {report.same} 份，没有复制 {left} 份")
    return 1 if left or report.different else 0


def _fail(words: str, status: int = 1) -> int:
    print(words, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
