"""Look after what is kept: move it, end logins, hand it over.

`migrate` a database, `copy` from storage to storage, `backup` everything into one file and
`restore` from one, `import` an exported file that is too large for a page; for login mode `logout`
ends a person's logins and `give` hands what one person owns to another.
"""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from schemes.console import speak_utf8
from state.documents.access import Access, holder_of_mail, mail_of
from state.documents.addresses import addresses_in
from state.documents.packing import import_file
from state.documents.transfer import TransferError, oddities
from state.service.backups import compare, restore
from state.service.housekeeping import describe
from state.service.index_line import assessment_line
from state.service.logins import Logins, login_lasts, people
from state.service.mode import Mode, mode_set
from state.service.photos import put_photos
from state.storage.backup import BackupFault, open_backup, write_backup
from state.storage.copying import Copied, copy, total
from state.storage.line import Query
from state.storage.opening import DATABASE_URL, is_database, open_repository, open_storage
from state.storage.repository import Damaged, Repository, RepositoryError, TooNew, Unavailable
from wording.backup import compared_words, restored_words, written_words

_PERSON = "an e-mail address, or person:ISSUER|SUBJECT"

_WRONG = 2
_STEP = 100
"""After how many documents and files progress is told."""


def main() -> int:
    """Run one command. Exit status 1 when not all went well, 2 for bad input."""
    speak_utf8()
    os.umask(0o077)  # what people keep is for this user alone
    arguments = _parser().parse_args()
    try:
        return int(arguments.run(arguments))
    except RepositoryError as error:
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
    backing = commands.add_parser("backup", help="write everything that is kept into one ZIP")
    backing.add_argument("file", metavar="FILE", type=Path, help="which is not there yet")
    backing.set_defaults(run=_backup)
    restoring = commands.add_parser(
        "restore", help="bring back what such a file has; what is here is never replaced"
    )
    restoring.add_argument("file", metavar="FILE", type=Path)
    restoring.add_argument("--dry-run", action="store_true", help="only say what it would bring")
    restoring.set_defaults(run=_restore)
    taking = commands.add_parser("import", help="take in an exported assessment of any size")
    taking.add_argument("file", metavar="FILE", type=Path)
    taking.add_argument("--owner", metavar="PERSON", help=f"whose it is to be: {_PERSON}")
    taking.set_defaults(run=_import)
    leaving = commands.add_parser("logout", help="end every login of a person, in every process")
    leaving.add_argument("person", metavar="PERSON", help=_PERSON)
    leaving.set_defaults(run=_logout)
    giving = commands.add_parser("give", help="make all assessments of one person another's")
    giving.add_argument("old", metavar="OLD", help=_PERSON)
    giving.add_argument("new", metavar="NEW", help=_PERSON)
    giving.set_defaults(run=_give)
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


def _backup(arguments: argparse.Namespace) -> int:
    """Raises: RepositoryError."""
    try:
        with arguments.file.open("xb") as file:
            try:
                written = write_backup(open_repository(os.environ), file, _progress)
            except BaseException:
                arguments.file.unlink()  # half of a backup is none
                raise
    except FileExistsError:
        return _fail(f"已有 {arguments.file}，没有覆盖；请换一个文件名", _WRONG)
    except BackupFault as fault:
        return _fail(f"没有备份：{fault}")
    except OSError as error:
        return _fail(f"无法写入 {arguments.file}：{error.strerror}", _WRONG)
    print(written_words(written))
    for why in written.left.values():  # not its id, which may be a key
        print(f"没有备份一份：{why}", file=sys.stderr)
    return 1 if written.left else 0


def _restore(arguments: argparse.Namespace) -> int:
    """Raises: RepositoryError."""
    repository = open_repository(os.environ)
    try:
        with arguments.file.open("rb") as file, open_backup(file) as backup:
            backup.check()
            for line in compared_words(compare(backup, repository)):
                print(line)
            if not arguments.dry_run:
                print(restored_words(restore(backup, repository)))
    except BackupFault as fault:
        return _fail(f"没有恢复，现有数据没有变化：{fault}", _WRONG)
    except OSError as error:
        return _fail(f"无法读取 {arguments.file}：{error.strerror}", _WRONG)
    return 0


def _import(arguments: argparse.Namespace) -> int:
    """Raises: RepositoryError."""
    owner = _holder(arguments.owner) if arguments.owner else ""
    if owner is None:
        return _fail("请写邮箱，或 person:ISSUER|SUBJECT", _WRONG)
    if mode_set() is Mode.LOGIN and not owner:
        return _fail("这台服务器要登录：请用 --owner 写明这份自评归谁", _WRONG)
    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        return _fail(f"无法读取 {arguments.file}：{error.strerror}", _WRONG)
    try:
        packed = import_file(content)
    except TransferError as error:
        return _fail(f"没有导入：{error}", _WRONG)
    repository, read = open_repository(os.environ), packed.assessment
    put_photos(
        repository,
        packed,
        lambda: repository.create(read, Access(owner=owner), assessment_line(read)),
    )
    print(f"已导入 {read.title}，照片 {len(packed.photos)} 张；在自评的地址后加 ?a={read.id} 打开")
    for words in oddities(read):
        print(words)
    return 0


def _logout(arguments: argparse.Namespace) -> int:
    """Raises: RepositoryError."""
    repository = open_repository(os.environ)
    # A login is somebody's by issuer and subject; an address alone has none.
    found = {name for name in _holders(repository, arguments.person) if not mail_of(name)}
    if not found:
        return _fail("没有用这个邮箱登录过的人", _WRONG)
    until = int(datetime.now(UTC).timestamp())
    for holder in found:
        Logins(repository, login_lasts()).end_all(holder, until)
    print(f"已结束 {len(found)} 个人的全部登录")
    return 0


def _give(arguments: argparse.Namespace) -> int:
    """Raises: RepositoryError."""
    new = _holder(arguments.new)
    if new is None or _holder(arguments.old) is None:
        return _fail("请写邮箱，或 person:ISSUER|SUBJECT", _WRONG)
    repository, given, left = open_repository(os.environ), 0, 0
    old = _holders(repository, arguments.old)
    for line in repository.list(Query(holders=old)).lines:

        def change(access: Access) -> Access:
            if access.owner not in old:
                return access
            others = tuple(h for h in access.shared if h != new and h not in old)
            return access.having(owner=new, shared=others)

        if line.access.owner not in old:
            continue
        try:
            given += repository.change_access(line.id, change).owner == new
        except (Damaged, TooNew):  # not its words: they may name an id, which may be a key
            left += 1
    print(f"已转交 {given} 份")
    return _fail(f"{left} 份无法读取，没有转交") if left else 0


def _holder(person: str) -> str | None:
    """The name of somebody as an administrator writes it."""
    if person.startswith("person:") and "|" in person:
        return person
    found = addresses_in(person)
    return holder_of_mail(found.understood[0]) if len(found.understood) == 1 else None


def _holders(repository: Repository, person: str) -> set[str]:
    """Every name of somebody: also those they have signed in by. Raises: RepositoryError."""
    holder = _holder(person)
    if holder is None:
        return set()
    known = people(repository, holder) if mail_of(holder) else []
    return {holder, *(one.holder for one in known)}


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
