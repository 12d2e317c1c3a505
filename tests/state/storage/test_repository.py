"""What every place that keeps assessments must do, in a folder and in PostgreSQL alike."""

import multiprocessing
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.connection import Connection

import pytest

from state.documents.access import Access, new_token
from state.documents.assessment import SCHEMA_VERSION, Assessment, new_assessment, new_id
from state.documents.changes import set_finding, set_profile, set_text
from state.storage.line import Query
from state.storage.opening import open_storage
from state.storage.repository import Conflict, Damaged, NotFound, Repository, TooNew, update
from tests.state.conftest import STRANGE, filled, read_document, write_document

SPAWN = multiprocessing.get_context("spawn")
FINDINGS_EACH = 6

Opened = Callable[[], Repository]


def _kept(repository: Repository, assessment: Assessment | None = None) -> Assessment:
    assessment = assessment or filled()
    repository.create(assessment)
    return assessment


def test_what_is_created_is_loaded_as_it_was(repository: Repository) -> None:
    assessment = _kept(repository)
    assert repository.load(assessment.id) == assessment


def test_it_is_there_for_the_next_start_of_the_server(
    repository: Repository, opened: Opened
) -> None:
    assessment = _kept(repository)
    assert opened().load(assessment.id) == assessment


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_texts_come_back_to_the_last_character(repository: Repository, text: str) -> None:
    assessment = _kept(repository, filled(name=text, text=text))
    assert repository.load(assessment.id) == assessment
    assert repository.list().lines[0].title == text


def test_what_is_saved_replaces_what_was_there(repository: Repository) -> None:
    assessment = _kept(repository)
    shorter = new_assessment().having(id=assessment.id).stamped()
    repository.save(shorter, expected_revision=0)
    assert repository.load(assessment.id) == shorter


def test_saving_one_leaves_the_others(repository: Repository) -> None:
    one, other = _kept(repository), _kept(repository)
    repository.save(one.stamped(), expected_revision=0)
    assert repository.load(other.id) == other


def test_an_id_is_taken_once(repository: Repository) -> None:
    assessment = _kept(repository)
    with pytest.raises(Conflict):
        repository.create(new_assessment().having(id=assessment.id))
    assert repository.load(assessment.id) == assessment


@pytest.mark.parametrize("expected_revision", [0, 2, -1])
def test_saving_over_a_revision_one_has_not_seen_is_refused(
    repository: Repository, expected_revision: int
) -> None:
    first = _kept(repository)
    second = set_finding("2.1.1-a", 1)(first).stamped()
    repository.save(second, expected_revision=0)
    with pytest.raises(Conflict):
        repository.save(set_finding("2.1.1-b", 1)(first).stamped(), expected_revision)
    assert repository.load(first.id) == second


def test_a_deleted_assessment_is_gone(repository: Repository) -> None:
    gone, other = _kept(repository), _kept(repository)
    repository.delete(gone.id)
    with pytest.raises(NotFound):
        repository.load(gone.id)
    assert [summary.id for summary in repository.list().lines] == [other.id]


def test_changing_a_deleted_assessment_does_not_bring_it_back(repository: Repository) -> None:
    gone = _kept(repository)
    repository.delete(gone.id)
    with pytest.raises(NotFound):
        update(repository, gone.id, set_finding("2.1.1-a", 1))
    assert repository.list().lines == []


def test_saving_a_deleted_assessment_does_not_bring_it_back(repository: Repository) -> None:
    gone = _kept(repository)
    repository.delete(gone.id)
    with pytest.raises(NotFound):
        repository.save(gone.stamped(), expected_revision=0)
    assert repository.list().lines == []


def test_deleting_twice_is_no_error(repository: Repository) -> None:
    gone = _kept(repository)
    repository.delete(gone.id)
    repository.delete(gone.id)
    assert repository.list().lines == []


def test_the_list_has_the_latest_first_and_what_each_is_called(repository: Repository) -> None:
    first, second, third = [_kept(repository, filled(name=name)) for name in ("甲", "乙", "")]
    update(repository, second.id, set_profile("name", "乙厂"))
    listed = repository.list().lines
    assert [summary.id for summary in listed] == [second.id, third.id, first.id]
    assert [summary.title for summary in listed] == ["乙厂", "未命名企业", "甲"]
    assert {summary.standard for summary in listed} == {"condiment"}
    assert listed[0].updated == repository.load(second.id).updated


def test_the_list_follows_saves_made_by_another_server(
    repository: Repository, opened: Opened
) -> None:
    assessment = _kept(repository, filled(name="旧名"))
    assert [summary.title for summary in repository.list().lines] == ["旧名"]
    update(opened(), assessment.id, set_profile("name", "新名"))
    assert [summary.title for summary in repository.list().lines] == ["新名"]


# Several at once


def test_an_update_is_applied_to_what_another_window_saved(
    repository: Repository, opened: Opened
) -> None:
    assessment = _kept(repository, new_assessment())
    update(repository, assessment.id, set_finding("a", 1))
    returned = update(opened(), assessment.id, set_finding("b", 2))
    assert returned == repository.load(assessment.id)
    assert returned.work.answers.findings == {"a": 1, "b": 2}
    assert returned.revision == 2


def test_an_update_meets_a_save_made_in_between(repository: Repository) -> None:
    """The first attempt is overtaken; the second keeps both changes."""
    assessment = _kept(repository, new_assessment())
    overtaken = []

    def change(current: Assessment) -> Assessment:
        if not overtaken:
            overtaken.append(update(repository, assessment.id, set_finding("quick", 1)))
        return set_finding("slow", 1)(current)

    update(repository, assessment.id, change)
    assert repository.load(assessment.id).work.answers.findings == {"quick": 1, "slow": 1}


def test_an_update_that_is_overtaken_every_time_gives_up(repository: Repository) -> None:
    assessment = _kept(repository, new_assessment())

    def change(current: Assessment) -> Assessment:
        update(repository, assessment.id, set_finding("quick", current.revision + 1))
        return set_finding("slow", 1)(current)

    with pytest.raises(Conflict):
        update(repository, assessment.id, change)
    assert list(repository.load(assessment.id).work.answers.findings) == ["quick"]


def test_a_change_that_is_refused_writes_nothing(repository: Repository) -> None:
    assessment = _kept(repository)
    with pytest.raises(ValueError, match="2000"):
        update(repository, assessment.id, set_text("remarks", "1.1.1", "", "字" * 2001))
    assert repository.load(assessment.id) == assessment


def _record(storage: str, assessment_id: str, worker: int) -> None:
    """What one server of a busy assessment does."""
    _record_in(open_storage(storage), assessment_id, worker)


def _record_in(repository: Repository, assessment_id: str, worker: int) -> None:
    """What one window of a busy assessment does."""
    for number in range(FINDINGS_EACH):
        update(repository, assessment_id, set_finding(f"{worker}-{number}", 1))


def _assert_nothing_lost(repository: Repository, assessment_id: str, workers: int) -> None:
    kept = repository.load(assessment_id)
    expected = {f"{w}-{n}" for w in range(workers) for n in range(FINDINGS_EACH)}
    assert set(kept.work.answers.findings) == expected
    assert kept.revision == len(expected)


@pytest.mark.parametrize("shared", [True, False], ids=["one server", "a server each"])
def test_eight_threads_lose_no_finding(
    repository: Repository, opened: Opened, shared: bool
) -> None:
    assessment = _kept(repository, new_assessment())
    jobs = [(repository if shared else opened(), assessment.id, worker) for worker in range(8)]
    threads = [threading.Thread(target=_record_in, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _assert_nothing_lost(repository, assessment.id, 8)


def test_four_processes_lose_no_finding(repository: Repository, storage: str) -> None:
    assessment = _kept(repository, new_assessment())
    jobs = [(storage, assessment.id, worker) for worker in range(4)]
    with SPAWN.Pool(4) as pool:
        pool.starmap(_record, jobs, chunksize=1)
    _assert_nothing_lost(repository, assessment.id, 4)


def _save_until_killed(storage: str, assessment_id: str, saved: Connection) -> None:
    repository = open_storage(storage)
    assessment = repository.load(assessment_id)
    while True:
        assessment, before = assessment.stamped(), assessment.revision
        repository.save(assessment, expected_revision=before)
        saved.send(assessment.revision)


def test_a_killed_server_leaves_every_save_it_confirmed(
    repository: Repository, storage: str
) -> None:
    """kill -9 at different moments of a save; what is kept is always whole and as new as confirmed."""
    long = {str(number): "长" * 2000 for number in range(200)}  # so that a write takes a while
    assessment = filled()
    assessment = assessment.having(work=assessment.work.having(remarks=long))
    repository.create(assessment)
    for moment in range(5):
        ours, theirs = SPAWN.Pipe(duplex=False)
        arguments = (storage, assessment.id, theirs)
        process = SPAWN.Process(target=_save_until_killed, args=arguments)
        process.start()
        theirs.close()
        confirmed = [ours.recv()]
        time.sleep(moment * 0.007)
        process.kill()
        process.join()
        confirmed += _rest(ours)
        kept = repository.load(assessment.id)
        assert kept.revision - confirmed[-1] in (0, 1)
        assert kept.work == assessment.work
        assert [summary.id for summary in repository.list().lines] == [assessment.id]


def _rest(connection: Connection) -> list[int]:
    """What was sent before the other side died."""
    rest = []
    try:
        while True:
            rest.append(connection.recv())
    except EOFError:
        return rest


# What cannot be read, or is not there


def test_a_later_version_of_the_document_is_left_as_it_is(
    repository: Repository, storage: str
) -> None:
    good, later = _kept(repository), filled()
    document = later.model_dump(mode="json")
    document |= {"schema_version": SCHEMA_VERSION + 1, "new_field": {"deep": [1]}}
    write_document(storage, document)
    with pytest.raises(TooNew):
        repository.load(later.id)
    with pytest.raises(TooNew):
        repository.access(later.id)
    with pytest.raises(TooNew):
        update(repository, later.id, set_finding("a", 1))
    with pytest.raises(TooNew):
        repository.save(later.stamped(), expected_revision=later.revision)
    with pytest.raises(TooNew):
        repository.change_access(later.id, lambda access: access.having(owner="person:me"))
    with pytest.raises(Conflict):
        repository.create(later)
    assert [summary.id for summary in repository.list().lines] == [good.id]
    assert read_document(storage, later.id) == document


def test_a_damaged_document_is_said_and_the_others_are_there(
    repository: Repository, storage: str
) -> None:
    good, bad = _kept(repository), filled()
    document = bad.model_dump(mode="json")
    document["work"]["answers"]["findings"] = {"2.1.1-c": -1}
    write_document(storage, document)
    with pytest.raises(Damaged) as damaged:
        repository.load(bad.id)
    assert damaged.value.copy is None
    with pytest.raises(NotFound):
        repository.recover(bad.id)
    assert repository.load(good.id) == good


@pytest.mark.parametrize(
    "text",
    [
        "",
        "' OR '1'='1",
        "'; DROP TABLE assessments; --",
        "%",
        "_" * 32,
        "a" * 33,
        "A" * 32,
        "a" * 31 + "\n",
        "a" * 32 + "\n",
        "\0" * 32,
        "\ud800" * 32,
        "\uff10" * 32,
        "../" + "a" * 32,
        "酱" * 32,
    ],
    ids=ascii,
)
def test_text_that_is_no_id_finds_nothing_and_touches_nothing(
    repository: Repository, text: str
) -> None:
    assessment = filled()
    repository.create(assessment, Access(owner="person:me", links=[new_token()]))
    for attempt in (
        lambda: repository.load(text),
        lambda: repository.access(text),
        lambda: repository.change_access(text, lambda _: Access()),
        lambda: repository.behind(text),
        lambda: repository.recover(text),
    ):
        with pytest.raises(NotFound):
            attempt()
    repository.delete(text)
    assert repository.load(assessment.id) == assessment
    assert repository.access(assessment.id).owner == "person:me"


def test_an_unknown_id_finds_nothing(repository: Repository) -> None:
    _kept(repository)
    with pytest.raises(NotFound):
        repository.load(new_id())


# Whose it is


def test_a_change_of_access_touches_no_answer_and_an_answer_no_access(
    repository: Repository, opened: Opened
) -> None:
    assessment = filled()
    repository.create(assessment, Access(owner="browser:1"))
    link = new_token()
    repository.change_access(assessment.id, lambda access: access.having(links=[link]))
    assert repository.load(assessment.id) == assessment
    update(repository, assessment.id, set_finding("2.1.1-a", 1))
    assert repository.access(assessment.id) == Access(owner="browser:1", links=(link,))
    assert opened().access(assessment.id).owner == "browser:1"


def test_a_link_leads_to_its_assessment_until_it_is_taken_back(repository: Repository) -> None:
    one, other = _kept(repository), _kept(repository)
    link = new_token()
    repository.change_access(one.id, lambda access: access.having(links=[link]))
    repository.change_access(other.id, lambda access: access.having(links=[new_token()]))
    assert repository.behind(link) == one.id
    repository.change_access(one.id, lambda access: access.having(links=[]))
    with pytest.raises(NotFound):
        repository.behind(link)


@pytest.mark.parametrize("token", ["", "x", "0" * 32, "../x", "links", "\0" * 32])
def test_a_link_nobody_made_leads_nowhere(repository: Repository, token: str) -> None:
    _kept(repository)
    with pytest.raises(NotFound):
        repository.behind(token)


def test_somebodys_list_has_what_is_theirs_or_shared_with_them(repository: Repository) -> None:
    mine, shared, others = filled("甲"), filled("乙"), filled("丙")
    repository.create(mine, Access(owner="person:me"))
    repository.create(shared, Access(owner="person:you", shared=["mail:me@example.com"]))
    repository.create(others, Access(owner="person:you"))
    nobodys = _kept(repository, filled("丁"))
    names = {"person:me", "mail:me@example.com"}
    assert [summary.id for summary in repository.list(Query(holders=names)).lines] == [
        shared.id,
        mine.id,
    ]
    assert repository.list(Query(holders={"person:stranger"})).lines == []
    assert {summary.id for summary in repository.list().lines} == {
        mine.id,
        shared.id,
        others.id,
        nobodys.id,
    }


@pytest.mark.parametrize(
    "name", ["person:' OR true --", "person:张三\\", 'person:"}', "person:a,b"]
)
def test_strange_names_are_told_apart(repository: Repository, name: str) -> None:
    mine, shared, others = filled("甲"), filled("乙"), filled("丙")
    repository.create(mine, Access(owner=name))
    repository.create(shared, Access(owner="person:you", shared=["person:x", name]))
    repository.create(others, Access(owner="person:you"))
    assert {summary.id for summary in repository.list(Query(holders={name})).lines} == {
        mine.id,
        shared.id,
    }
    assert repository.list(Query(holders=[])).lines == []


def test_the_list_says_whose_each_is_also_of_those_in_the_bin(repository: Repository) -> None:
    access = Access(
        owner="person:me",
        shared=["mail:you@example.com"],
        links=[new_token()],
        deleted=datetime(2026, 11, 2, 8, 30, 0, 5, tzinfo=UTC),
    )
    repository.create(filled(), access)
    assert [summary.access for summary in repository.list(Query(holders={"person:me"})).lines] == [
        access
    ]


@pytest.mark.parametrize("text", ["", "x", "0" * 32])
def test_changing_whose_an_unknown_one_is_finds_nothing(repository: Repository, text: str) -> None:
    with pytest.raises(NotFound):
        repository.change_access(text, lambda access: access)


def test_a_change_of_access_that_fails_changes_nothing(repository: Repository) -> None:
    assessment = filled()
    repository.create(assessment, Access(owner="person:me"))

    def refuse(_: Access) -> Access:
        raise Conflict("too many links")

    with pytest.raises(Conflict, match="too many links"):
        repository.change_access(assessment.id, refuse)
    assert repository.access(assessment.id) == Access(owner="person:me")


def test_changes_of_access_made_at_once_are_all_kept(
    repository: Repository, opened: Opened
) -> None:
    assessment = _kept(repository)
    places = [opened() for _ in range(8)]

    def share(opened_again: Repository, name: str) -> None:
        opened_again.change_access(
            assessment.id, lambda access: access.having(shared=[*access.shared, name])
        )

    threads = [
        threading.Thread(target=share, args=(one, f"person:{number}"))
        for number, one in enumerate(places)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(repository.access(assessment.id).shared) == {f"person:{n}" for n in range(8)}
