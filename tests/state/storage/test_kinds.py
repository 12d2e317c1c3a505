"""Documents of another kind than assessments, lines and files' contents, in either storage."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from process import Standing
from state.documents.access import Access
from state.documents.assessment import new_id
from state.documents.changes import set_finding, set_profile
from state.documents.project import Attachment, Project, Record, VisitRecord, new_project
from state.documents.project_changes import set_standing
from state.documents.snapshot import Snapshot
from state.storage.folder import TinyRepository
from state.storage.line import MAX_FACTS, Line, Query
from state.storage.repository import Conflict, Damaged, NotFound, Repository, Unavailable, update
from tests.state.conftest import STRANGE, filled

Opened = Callable[[], Repository]
MOMENT = datetime(2026, 11, 25, 8, 30, 0, 7, tzinfo=UTC)


def snapshot(assessment_id: str, name: str = "第一次", minutes: int = 0) -> Snapshot:
    of = filled()
    return Snapshot(
        id=new_id(),
        assessment=assessment_id,
        name=name,
        updated=MOMENT + timedelta(minutes=minutes),
        scheme="condiment",
        profile=of.profile,
        chapters=of.chapters,
        work=of.work,
    )


def test_kinds_are_kept_apart(repository: Repository, opened: Opened) -> None:
    assessment = filled()
    repository.create(assessment)
    taken = snapshot(assessment.id)
    repository.create(taken, Access(owner="browser:1"))
    for again in (repository, opened()):
        assert again.load(taken.id, Snapshot) == taken
        assert again.access(taken.id, Snapshot).owner == "browser:1"
        assert [line.id for line in again.list().lines] == [assessment.id]
        assert [line.id for line in again.list(kind=Snapshot).lines] == [taken.id]
        with pytest.raises(NotFound):
            again.load(taken.id)
        with pytest.raises(NotFound):
            again.load(assessment.id, Snapshot)
    repository.delete(taken.id)
    assert repository.load(taken.id, Snapshot) == taken
    repository.delete(taken.id, Snapshot)
    assert repository.list(kind=Snapshot).lines == []
    assert repository.load(assessment.id) == assessment


def test_another_kind_has_revisions_access_and_links_too(repository: Repository) -> None:
    taken = snapshot("1" * 32)
    repository.create(taken)
    with pytest.raises(Conflict):
        repository.create(taken)
    repository.save(taken.stamped(), expected_revision=0)
    with pytest.raises(Conflict):
        repository.save(taken.stamped(), expected_revision=0)
    token = "a" * 32
    repository.change_access(taken.id, lambda a: a.having(links=[token]), Snapshot)
    assert repository.behind(token, Snapshot) == taken.id
    with pytest.raises(NotFound):
        repository.behind(token)


def test_a_group_is_found_without_opening_anything(repository: Repository) -> None:
    one, other = new_id(), new_id()
    kept = [snapshot(one, name, minutes) for minutes, name in enumerate("甲乙丙")]
    for taken in (*kept, snapshot(other)):
        repository.create(taken)
    found = repository.list(Query(group=one), Snapshot)
    assert [line.title for line in found.lines] == ["丙", "乙", "甲"]
    assert found.count == 3


# Lines


def test_a_line_says_what_was_handed_over(repository: Repository, opened: Opened) -> None:
    assessment = filled()
    line = replace(
        Line.of(assessment),
        total="86.5",
        grade="二级",
        reviewed=3,
        applicable=80,
        facts={"weakest": {"id": "2", "percent": "40.0"}},
    )
    access = Access(owner="person:me", shared=["mail:you@example.com"], links=["b" * 32])
    repository.create(assessment, access, line)
    for again in (repository, opened()):
        assert again.list().lines == [replace(line, access=access)]
        assert again.line(assessment.id) == replace(line, access=access)
    changed = set_profile("name", "新名")(assessment).stamped()
    newer = replace(Line.of(changed), total="90", reviewed=4, applicable=80)
    repository.save(changed, 0, newer)
    assert opened().line(assessment.id) == replace(newer, access=access)


def test_a_save_without_a_line_leaves_no_figure_that_was_true_before(
    repository: Repository,
) -> None:
    assessment = filled()
    repository.create(assessment, line=replace(Line.of(assessment), total="86.5", reviewed=3))
    assert repository.undescribed(10, type(assessment)) == []
    update(repository, assessment.id, set_finding("2.1.1-a", 1))
    assert repository.line(assessment.id).total is None
    (found,) = repository.undescribed(10, type(assessment))
    repository.describe(found, replace(Line.of(found), total="70", reviewed=3))
    assert repository.line(assessment.id).total == "70"
    assert repository.undescribed(10, type(assessment)) == []
    repository.describe(assessment, replace(Line.of(assessment), total="1"))  # of an older one
    assert repository.line(assessment.id).total == "70"


def test_facts_are_kept_short() -> None:
    assessment = filled()
    assert replace(Line.of(assessment), facts={"a": "字" * (MAX_FACTS - 20)})
    with pytest.raises(ValueError, match="too long"):
        replace(Line.of(assessment), facts={"a": "字" * MAX_FACTS})


@pytest.mark.parametrize("holders", [None, {"person:me"}], ids=["everybody", "me"])
def test_pages_add_up_to_the_whole(repository: Repository, holders: set[str] | None) -> None:
    for number in range(7):
        repository.create(filled(f"厂 {number}"), Access(owner="person:me"))
    for pages in ([0, 3, 6], [0, 7]):
        step = pages[1]
        found = [
            repository.list(Query(holders=holders, offset=offset, limit=step)) for offset in pages
        ]
        assert {one.count for one in found} == {7}
        titles = [line.title for one in found for line in one.lines]
        assert titles == [f"厂 {number}" for number in reversed(range(7))]
    assert repository.list(Query(holders=holders, limit=0)).lines == []


@pytest.mark.parametrize(
    ("search", "titles"),
    [
        ("酱油", ["清溪酱油作坊"]),
        ("abc", ["ABC 100%_厂"]),
        ("100%", ["ABC 100%_厂"]),
        ("%", ["ABC 100%_厂"]),
        ("_", ["ABC 100%_厂"]),
        ("'", ["O'Brien"]),
        ("没有", []),
    ],
    ids=ascii,
)
def test_a_search_is_for_a_part_of_the_title(
    repository: Repository, search: str, titles: list[str]
) -> None:
    for name in ("清溪酱油作坊", "ABC 100%_厂", "O'Brien"):
        repository.create(filled(name))
    found = repository.list(Query(search=search))
    assert [line.title for line in found.lines] == titles
    assert found.count == len(titles)


@pytest.mark.parametrize("search", ["\ud800", "\x00"], ids=ascii)
def test_a_search_for_what_no_title_can_hold_finds_nothing_or_says_so(
    repository: Repository, search: str
) -> None:
    repository.create(filled("清溪酱油作坊"))
    if isinstance(repository, TinyRepository):
        assert repository.list(Query(search=search)).count == 0
    else:
        with pytest.raises(Unavailable, match="数据库不能保存的字符"):
            repository.list(Query(search=search))


def test_the_bin_is_its_owners(repository: Repository) -> None:
    here, there = filled("在"), filled("已删")
    repository.create(here, Access(owner="person:me", shared=["person:you"]))
    repository.create(there, Access(owner="person:me", shared=["person:you"], deleted=MOMENT))

    def titles(holder: str, deleted: bool | None) -> set[str]:
        query = Query(holders=[holder], deleted=deleted)
        return {line.title for line in repository.list(query).lines}

    assert titles("person:me", None) == {"在", "已删"}
    assert titles("person:me", True) == {"已删"}
    assert titles("person:me", False) == {"在"}
    assert titles("person:you", None) == {"在"}
    assert titles("person:you", True) == set()


# Files' contents


def test_a_file_is_kept_once_and_comes_back(repository: Repository, opened: Opened) -> None:
    content = bytes(range(256)) * 40
    digest = repository.put_blob(content)
    assert digest == hashlib.sha256(content).hexdigest()
    assert repository.put_blob(content) == digest
    again = opened()
    assert again.blob(digest) == content
    assert again.has_blob(digest)
    assert list(again.blobs()) == [digest]
    assert repository.blob(repository.put_blob(b"")) == b""
    repository.delete_blob(digest)
    repository.delete_blob(digest)
    assert not again.has_blob(digest)
    with pytest.raises(NotFound):
        again.blob(digest)


@pytest.mark.parametrize("digest", ["", "x", "a" * 63, "A" * 64, "../" + "a" * 61, "a" * 64 + "\n"])
def test_text_that_is_no_hash_finds_nothing(repository: Repository, digest: str) -> None:
    with pytest.raises(NotFound):
        repository.blob(digest)
    assert not repository.has_blob(digest)
    repository.delete_blob(digest)


def test_a_damaged_file_is_not_shown_and_may_be_put_again(
    repository: Repository, storage: str
) -> None:
    content = b"photo"
    digest = repository.put_blob(content)
    if isinstance(repository, TinyRepository):
        (repository.folder / "blobs" / digest[:2] / digest).write_bytes(b"phot0")
    else:
        with psycopg.connect(storage) as connection:
            connection.execute("UPDATE blobs SET content = %s", (b"phot0",))
    with pytest.raises(Damaged):
        repository.blob(digest)
    repository.put_blob(content)
    assert repository.blob(digest) == content


def test_which_files_are_shown_is_known(repository: Repository) -> None:
    shown, unshown = repository.put_blob(b"shown"), repository.put_blob(b"unshown")
    assessment = filled()
    repository.create(assessment, line=replace(Line.of(assessment), blobs=(shown,)))
    assert set(repository.shown([shown, unshown])) == {shown}
    assert set(repository.blobs(before=datetime.now(UTC) + timedelta(minutes=1))) == {
        shown,
        unshown,
    }
    assert list(repository.blobs(before=datetime.now(UTC) - timedelta(minutes=1))) == []


# Projects


def test_a_project_is_kept_with_everything_in_it(repository: Repository, opened: Opened) -> None:
    content = b"%PDF-1.7"
    digest = repository.put_blob(content)
    project = new_project(
        "consultancy",
        "1.0",
        date(2026, 1, 5),
        date(2026, 11, 8),
        enterprise="清溪酱油作坊",
        firm=STRANGE["quotes and backslashes"],
        scheme="condiment",
        target_grade="二级",
        assessments=["1" * 32],
        snapshots=["2" * 32],
        persons={"head": STRANGE["HTML"]},
        records={
            "kickoff": Record(
                standing=Standing.NOT_NEEDED,
                reason=STRANGE["emoji"],
                planned_start=date(2026, 1, 5),
                planned_end=date(2026, 1, 6),
                note=STRANGE["spaces and line breaks"],
            )
        },
        attachments={
            "diagnosis": [
                Attachment(
                    id="3" * 32, name="诊断.pdf", kind="pdf", digest=digest, size=8, at=MOMENT
                )
            ]
        },
        visits=[VisitRecord(id="4" * 32, on=date(2026, 2, 1), done=STRANGE["formula"])],
        helpers=["a" * 32],
    )
    repository.create(project, Access(owner="person:me", links=("a" * 32,)))
    for again in (repository, opened()):
        assert again.load(project.id, Project) == project
        assert again.behind("a" * 32, Project) == project.id
        assert set(again.shown([digest])) == {digest}
        (line,) = again.list(Query(group="1" * 32), Project).lines
        assert (line.title, line.standard, line.blobs) == ("清溪酱油作坊", "condiment", (digest,))
        assert again.list(Query(group="1" * 32)).lines == []
    changed = set_standing("kickoff", Standing.DONE)(project).stamped()
    repository.save(changed, 0)
    with pytest.raises(Conflict):
        repository.save(changed, 0)
    assert opened().load(project.id, Project) == changed
