"""Everything as one file: written, brought back beside what is here, and refused where damaged."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from state.documents.access import Access
from state.documents.assessment import Assessment, Photo, new_id
from state.documents.changes import set_finding, set_profile
from state.documents.classroom import Classroom, join, new_classroom, token_of
from state.documents.installed import InstalledScheme
from state.documents.kinds import KINDS
from state.documents.photo_changes import add_photo
from state.documents.photo_files import photo_of
from state.documents.project import Attachment, Project, new_project
from state.documents.project_changes import attach
from state.service.assessments import AssessmentService, Key, Visitor
from state.service.backups import Compared, Fate, compare, restore
from state.service.mode import Mode
from state.service.project_saving import save_project
from state.service.rounds import Rounds
from state.service.standards import StandardService
from state.storage import backup as storing
from state.storage.backup import BackupFault, open_backup, write_backup
from state.storage.folder import TinyRepository
from state.storage.repository import Repository, update
from tests.commands import Finished, run_command
from tests.state.conftest import filled
from tests.state.photos import photo
from tests.state.service.test_standards import TABLE

MOMENT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
PDF = b"%PDF-1.7 minutes of the kickoff"
ME = Visitor()


@pytest.fixture
def other(tmp_path: Path) -> TinyRepository:
    """Another computer."""
    return TinyRepository(tmp_path / "other")


def fill(repository: Repository) -> tuple[Assessment, Project]:
    """Something of most kinds: finished, with a photo, in a project and in a class."""
    service = AssessmentService(repository, Mode.LOCAL)
    digest = repository.put_blob(photo_of(photo(1)))
    shown = add_photo("1.1.1", Photo(digest=digest, at=MOMENT))(filled("清溪酱园"))
    service.create(shown, ME)
    key = Key(shown.id)
    service.take_snapshot(key, ME, "初评")
    Rounds(service).finish(key, ME)
    finishing = service.open(key, ME)[0].finishings[0].snapshot
    file = repository.put_blob(PDF)
    attached = Attachment(
        id=new_id(), name="会议.pdf", kind="pdf", digest=file, size=len(PDF), at=MOMENT
    )
    project = new_project("consultancy", "1.0", date(2026, 1, 5), date(2026, 11, 8))
    project = attach("kickoff", attached)(
        project.having(enterprise="清溪酱园", assessments=(shown.id,), snapshots=(finishing,))
    )
    repository.create(project)
    classroom = join("王五", shown.id)(new_classroom("十一月班", "condiment", "1.1"))
    repository.create(classroom, Access(links=(token_of(classroom.code),)))
    binned = filled("删掉的")
    repository.create(binned, Access(deleted=MOMENT))
    return shown, project


def written(repository: Repository) -> io.BytesIO:
    file = io.BytesIO()
    write_backup(repository, file)
    return file


def everything(repository: Repository) -> dict[str, object]:
    """Every document with whose it is by its id, and every file by its hash."""
    kept: dict[str, object] = {d: repository.blob(d) for d in repository.blobs()}
    for kind in KINDS:
        kept |= {one: repository.read(one, kind) for one in repository.ids(kind)}
    return kept


def compared(file: io.BytesIO, repository: Repository) -> list[Compared]:
    with open_backup(file) as opened:
        opened.check()
        return compare(opened, repository)


def restored(file: io.BytesIO, repository: Repository) -> tuple[int, int, int]:
    with open_backup(file) as opened:
        done = restore(opened, repository)
    return done.documents, done.files, done.refused


def fates(found: list[Compared]) -> list[tuple[str, str]]:
    return sorted((one.kind, one.fate.value) for one in found)


def test_everything_arrives_as_it_was_and_once(
    repository: Repository, other: TinyRepository
) -> None:
    shown, _ = fill(repository)
    file = written(repository)
    assert {one.fate for one in compared(file, other)} == {Fate.NEW}
    assert everything(other) == {}  # looking changes nothing
    assert restored(file, other) == (6, 2, 0)
    assert everything(other) == everything(repository)
    line = other.line(shown.id)
    assert line.reviewed == repository.line(shown.id).reviewed is not None
    assert {one.fate for one in compared(file, other)} == {Fate.SAME}
    assert restored(written(other), repository) == (0, 0, 0)


def test_what_differs_stands_beside_and_takes_along_what_belongs_to_it(
    repository: Repository, other: TinyRepository
) -> None:
    shown, project = fill(repository)
    file = written(repository)
    restored(file, other)
    service = AssessmentService(other, Mode.LOCAL)
    Rounds(service).reopen(Key(shown.id), ME)
    update(other, shown.id, set_finding("2.1.1-c", 9))
    save_project(other, project.id, lambda one: one.having(enterprise="新名称"))
    before = everything(other)
    found = compared(file, other)
    assert fates(found) == [
        ("assessment", "beside"),
        ("assessment", "same"),  # the one in the bin
        ("class", "beside"),  # who took part is the copy
        ("project", "beside"),
        ("snapshot", "new"),
        ("snapshot", "new"),
    ]
    (told,) = [one for one in found if (one.kind, one.fate) == ("assessment", Fate.BESIDE)]
    assert told.here is not None and told.updated < told.here
    assert restored(file, other) == (5, 0, 0)
    assert everything(other).items() >= before.items()  # nothing that was here has changed
    (copy_id,) = {*other.ids()} - {*before}
    copy = other.load(copy_id)
    assert copy.having(id=shown.id, finishings=[]).work == shown.work
    assert copy.locked and copy.profile.name == "清溪酱园"
    taken = service.list_snapshots(Key(copy_id), ME)
    assert [line.title for line in taken] == ["完成自评", "初评"]
    assert copy.finishings[0].snapshot == taken[0].id
    (tied,) = [other.load(one, Project) for one in other.ids(Project) if one != project.id]
    assert (tied.assessments, tied.snapshots) == ((copy_id,), (taken[0].id,))
    assert tied.blobs == project.blobs
    (seats,) = [
        one
        for one in (other.load(i, Classroom) for i in other.ids(Classroom))
        if one.id not in before
    ]
    assert seats.participants[0].assessment == copy_id
    assert other.behind(token_of(seats.code), Classroom) == seats.id
    assert restored(file, other) == (0, 0, 0)  # again brings nothing twice
    update(other, copy_id, set_profile("name", "改过的"))
    assert restored(file, other) == (0, 0, 0)


def test_what_is_only_in_the_bin_or_called_otherwise_here_is_not_doubled(
    repository: Repository, other: TinyRepository
) -> None:
    shown, _ = fill(other)
    file = written(other)
    restored(file, repository)
    service = AssessmentService(repository, Mode.LOCAL)
    service.discard(Key(shown.id), ME)
    (told,) = [one for one in compared(file, repository) if one.binned]
    assert (told.kind, told.fate) == ("assessment", Fate.SAME)
    service.restore(Key(shown.id), ME)
    first = service.list_snapshots(Key(shown.id), ME)[-1]
    service.rename_snapshot(Key(shown.id), ME, first.id, "另一名称")
    assert restored(file, repository) == (0, 0, 0)  # a name is not what a snapshot keeps
    titles = [line.title for line in service.list_snapshots(Key(shown.id), ME)]
    assert titles == ["完成自评", "另一名称"]


def test_a_draft_that_differs_becomes_another_standard(
    other: TinyRepository, tmp_path: Path
) -> None:
    service = StandardService(AssessmentService(other, Mode.LOCAL))
    draft = service.read(TABLE, "小微表.xlsx", "小微企业评分表", ME)
    file = written(other)
    here = TinyRepository(tmp_path / "here")
    restored(file, here)
    StandardService(AssessmentService(here, Mode.LOCAL)).change(
        draft.id, ME, lambda one: one.having(name="改过的")
    )
    assert restored(file, here) == (1, 0, 0)
    found = [here.load(one, InstalledScheme) for one in here.ids(InstalledScheme)]
    (copy,) = [one for one in found if one.id != draft.id]
    assert copy.name == "小微企业评分表" and copy.scheme != draft.scheme
    assert json.loads(copy.content)["scheme"]["id"] == copy.scheme
    assert restored(file, here) == (0, 0, 0)


def changed(file: io.BytesIO, change: Callable[[str, bytes], bytes | None]) -> io.BytesIO:
    """The same with other contents; None leaves a part out."""
    target = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            content = change(part.filename, old.read(part))
            if content is not None:
                new.writestr(part.filename, content, zipfile.ZIP_DEFLATED)
    return target


def instead(start: str, content: bytes | None) -> Callable[[str, bytes], bytes | None]:
    return lambda name, old: content if name.startswith(start) else old


def edited(start: str, **fields: object) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        if not name.startswith(start):
            return content
        data = json.loads(content)
        target = data.get("document", data)
        target.update(fields)
        return json.dumps(data).encode()

    return change


def test_what_is_foreign_damaged_or_newer_is_refused_and_changes_nothing(
    repository: Repository, other: TinyRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, _ = fill(other)
    whole = written(other).getvalue()
    flipped = bytearray(whole)
    flipped[whole.index(photo_of(photo(1))) + 300] ^= 1
    foreign = io.BytesIO()
    with zipfile.ZipFile(foreign, "w") as package:
        package.writestr("assessment.json", "{}")
    cases: list[tuple[io.BytesIO, str]] = [
        (io.BytesIO(b""), storing.NOT_OURS),
        (io.BytesIO(b"%PDF-1.7"), storing.NOT_OURS),
        (foreign, storing.NOT_OURS),
        (io.BytesIO(whole[:-40]), storing.DAMAGED),
        (io.BytesIO(whole[: len(whole) // 2]), storing.DAMAGED),
        (io.BytesIO(bytes(flipped)), storing.DAMAGED),
    ]
    one = f"documents/assessment/{shown.id}"
    for change, words in (
        (instead("files/", b"something else"), storing.DAMAGED),
        (instead(one, None), storing.DAMAGED),
        (instead(one, b"[" * 100_000), storing.DAMAGED),
        (instead(one, b"," * 1_100_000), storing.DAMAGED),
        (instead(one, b"{}"), storing.DAMAGED),
        (edited(one, id="a" * 32), storing.DAMAGED),
        (edited(one, created="gestern"), "备份里的内容有误（建立时间：不是日期或时间）"),
        (edited(one, schema_version=99), storing.NEWER),
        (edited(one, of_tomorrow=1), storing.NEWER),
        (edited("anbiao-backup", version=2), storing.NEWER),
        (edited("anbiao-backup", kind="backup"), storing.NOT_OURS),
        (edited("anbiao-backup", documents=7), storing.DAMAGED),
        (edited("anbiao-backup", made="once"), storing.DAMAGED),
    ):
        cases.append((changed(io.BytesIO(whole), change), words))
    for file, words in cases:
        with pytest.raises(BackupFault) as told, open_backup(file) as opened:
            opened.check()
        assert str(told.value) == words
    monkeypatch.setattr(storing, "MOST_DOCUMENT", 500)
    with pytest.raises(BackupFault, match="已损坏"):
        compared(io.BytesIO(whole), repository)
    monkeypatch.setattr(storing, "MOST_PARTS", -995)
    with pytest.raises(BackupFault, match="不是安标自评的备份"):
        compared(io.BytesIO(whole), repository)
    assert everything(repository) == {}


def test_a_file_that_this_program_would_not_have_kept_stays_outside(
    repository: Repository, other: TinyRepository
) -> None:
    """As somebody else may have made the backup: a page, and a photo that says where it was taken."""
    page, told = b"<html><script>alert(1)</script>", photo(3)
    photos = [Photo(digest=other.put_blob(one), at=MOMENT) for one in (page, told)]
    shown = add_photo("1.1.1", photos[1])(add_photo("1.1.1", photos[0])(filled()))
    other.create(shown)
    assert restored(written(other), repository) == (1, 0, 2)
    assert repository.load(shown.id) == shown
    assert not repository.blobs()


def _run(folder: Path, *arguments: str | Path) -> Finished:
    environ = {"ANBIAO_DATABASE_URL": "", "ANBIAO_DATA": str(folder)}
    return run_command("state", *arguments, environ=environ)


def test_the_command_line_backs_up_looks_and_restores(
    other: TinyRepository, tmp_path: Path
) -> None:
    shown, _ = fill(other)
    (tmp_path / "other" / ("b" * 32 + ".json")).write_text("{", encoding="utf-8")
    file, here = tmp_path / "all.zip", tmp_path / "here"
    done = _run(tmp_path / "other", "backup", file)
    assert done.returncode == 1  # one could not be read
    assert done.stdout == "已备份 6 份，照片和附件 2 个；读不出的 1 份没有备份\n"
    again = _run(tmp_path / "other", "backup", file)
    assert (again.returncode, again.stdout) == (2, "")
    assert "没有覆盖" in again.stderr
    looked = _run(here, "restore", "--dry-run", file)
    assert looked.stdout.splitlines() == [
        "自评 2 份：这里没有，会恢复",
        "快照 2 份：这里没有，会恢复",
        "项目 1 份：这里没有，会恢复",
        "课堂 1 份：这里没有，会恢复",
    ]
    assert not TinyRepository(here).ids()
    assert "已恢复 6 份，照片和附件 2 个" in _run(here, "restore", file).stdout
    assert TinyRepository(here).load(shown.id).title == "清溪酱园"
    file.write_bytes(file.read_bytes()[:-9])
    broken = _run(here, "restore", file)
    assert (broken.returncode, broken.stdout) == (2, "")
    assert broken.stderr == f"没有恢复，现有数据没有变化：{storing.DAMAGED}\n"
