"""Work goes on while the folder is away, on a real folder that goes away."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import schemes
from state.documents.access import PRIVATE, Access
from state.documents.assessment import Assessment, Entry, new_assessment, new_id
from state.documents.changes import add_entry, set_finding, set_profile, set_scheme, set_text
from state.service import outbox
from state.service.outbox import Outbox
from state.storage.folder import TinyRepository
from state.storage.line import Line
from state.storage.repository import Clashed, Damaged, Moved, NotFound, Unavailable, update
from tests.state.conftest import filled


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the place again at once, so that tests need not wait."""
    monkeypatch.setattr(outbox, "_PAUSE", 0.0)


@contextmanager
def away(repository: TinyRepository) -> Iterator[TinyRepository]:
    """A disk pulled out and, later, put back in; where another server still reaches it."""
    elsewhere = repository.folder.with_name("elsewhere")
    repository.folder.rename(elsewhere)
    repository.folder.write_text("in the way")
    try:
        yield TinyRepository(elsewhere)
    finally:
        repository.folder.unlink()
        elsewhere.rename(repository.folder)


@pytest.fixture
def repository(tmp_path: Path) -> TinyRepository:
    """A folder that is there; a database that goes away is stopped in tests/deployment."""
    repository = TinyRepository(tmp_path / "data")
    repository.folder.mkdir(exist_ok=True)
    return repository


@pytest.fixture
def box(repository: TinyRepository) -> Outbox:
    return Outbox(repository)


def _in_use(box: Outbox) -> str:
    assessment = filled()
    box.create(assessment, Access(owner="browser:1"))
    box.load(assessment.id)
    return assessment.id


def test_changes_made_while_it_is_away_are_shown_and_saved_when_it_is_back(
    box: Outbox, repository: TinyRepository
) -> None:
    used = _in_use(box)
    with away(repository):
        box.update(used, set_finding("1.1.1-a", 1))
        box.update(used, set_profile("name", "新名"))
        shown, access = box.load(used)
        assert shown.work.answers.findings["1.1.1-a"] == 1
        assert shown.profile.name == "新名"
        assert access.owner == "browser:1"
        waiting = box.waiting(used)
        assert waiting and len(waiting.changes) == 2
    kept, _ = box.load(used)
    assert box.waiting(used) is None
    assert kept == repository.load(used)
    assert (kept.work.answers.findings["1.1.1-a"], kept.profile.name) == (1, "新名")


def test_what_waits_is_applied_to_what_another_server_saved_meanwhile(
    box: Outbox, repository: TinyRepository
) -> None:
    used = _in_use(box)
    with away(repository) as elsewhere:
        box.update(used, set_text("remarks", "1.1.1", "", "我写的"))
        update(elsewhere, used, set_text("remarks", "1.1.1", "", "别处写的"))
        update(elsewhere, used, set_finding("1.1.2-a", 2))
    kept, _ = box.load(used)
    assert kept.work.remarks["1.1.1"] == "我写的\n别处写的"
    assert kept.work.answers.findings["1.1.2-a"] == 2


def test_saving_resumes_with_the_next_change_too(box: Outbox, repository: TinyRepository) -> None:
    used = _in_use(box)
    with away(repository):
        box.update(used, set_finding("1.1.1-a", 1))
    box.update(used, set_finding("1.1.1-b", 1))
    assert {"1.1.1-a", "1.1.1-b"} <= set(repository.load(used).work.answers.findings)


def test_a_new_assessment_is_begun_in_memory(box: Outbox, repository: TinyRepository) -> None:
    assessment = new_assessment()
    with away(repository):
        box.create(assessment, Access(owner="browser:1"))
        box.update(assessment.id, set_profile("name", "甲"))
        assert box.load(assessment.id)[0].profile.name == "甲"
        waiting = box.waiting(assessment.id)
        assert waiting and waiting.created
    assert box.load(assessment.id)[0].profile.name == "甲"
    assert repository.load(assessment.id).profile.name == "甲"
    assert repository.access(assessment.id).owner == "browser:1"


def test_an_assessment_never_seen_cannot_be_opened_while_it_is_away(
    box: Outbox, repository: TinyRepository
) -> None:
    with away(repository):
        with pytest.raises(Unavailable):
            box.load(new_id())
        with pytest.raises(Unavailable):
            box.update(new_id(), set_finding("a", 1))


def test_a_change_that_does_not_fit_is_refused_at_once_and_does_not_wait(
    box: Outbox, repository: TinyRepository
) -> None:
    used = _in_use(box)
    with away(repository):
        with pytest.raises(ValueError, match="100"):
            box.update(used, set_profile("name", "长" * 101))
        waiting = box.waiting(used)
        assert waiting is None or not waiting.changes
    assert box.load(used)[0].profile.name == filled().profile.name


def _full(assessment: Assessment) -> Assessment:
    """With as many requirements typed in as there may be."""
    entries = {"12.1": [Entry(text=str(number)) for number in range(200)]}
    return assessment.having(work=assessment.work.having(entries=entries))


def test_a_waiting_change_that_no_longer_fits_is_told_and_stops_no_other(
    box: Outbox, repository: TinyRepository
) -> None:
    used = _in_use(box)
    with away(repository) as elsewhere:
        box.update(used, add_entry("12.1", "12.1-a", Entry(text="我")))
        box.update(used, set_finding("1.1.1-a", 1))
        update(elsewhere, used, _full)
    kept, _ = box.load(used)
    assert "我" not in {entry.text for entry in kept.work.entries["12.1"]}
    assert kept.work.answers.findings["1.1.1-a"] == 1
    (refused,) = box.refused(used)
    assert "太多" in refused.why
    assert refused.clashes == ()
    assert box.refused(used) == []


def test_a_waiting_change_of_what_another_server_changed_is_left_to_the_user(
    box: Outbox, repository: TinyRepository
) -> None:
    used = _in_use(box)
    with away(repository) as elsewhere:
        box.update(used, set_finding("2.1.1-c", 5))
        box.update(used, set_finding("1.1.1-a", 1))
        update(elsewhere, used, set_finding("2.1.1-c", 7))
    kept, _ = box.load(used)
    assert kept.work.answers.findings["2.1.1-c"] == 7
    assert kept.work.answers.findings["1.1.1-a"] == 1
    (refused,) = box.refused(used)
    (clash,) = refused.clashes
    assert (clash.mine, clash.theirs) == (5, 7)
    box.update(used, refused.change)  # the user has decided
    assert repository.load(used).work.answers.findings["2.1.1-c"] == 5


def test_waiting_changes_of_one_answer_do_not_clash_with_each_other(
    box: Outbox, repository: TinyRepository
) -> None:
    used = _in_use(box)
    with away(repository) as elsewhere:
        for count in (5, 6, 7):
            box.update(used, set_finding("2.1.1-c", count))
        update(elsewhere, used, set_finding("1.1.1-a", 1))
    kept, _ = box.load(used)
    assert kept.work.answers.findings["2.1.1-c"] == 7
    assert kept.work.answers.findings["1.1.1-a"] == 1
    assert box.refused(used) == []


def test_two_windows_on_one_server_clash_while_it_is_away_too(
    box: Outbox, repository: TinyRepository
) -> None:
    used = _in_use(box)
    seen, _ = box.load(used)
    with away(repository):
        box.update(used, set_profile("leader", "李四"), seen)
        with pytest.raises(Clashed) as clashed:
            box.update(used, set_profile("leader", "王五"), seen)
    (clash,) = clashed.value.clashes
    assert (clash.mine, clash.theirs) == ("王五", "李四")
    assert box.load(used)[0].profile.leader == "李四"


def test_two_texts_that_do_not_fit_together_are_asked_about(
    box: Outbox, repository: TinyRepository
) -> None:
    used = _in_use(box)
    seen, _ = box.load(used)
    box.update(used, set_text("remarks", "1.1.1", "", "我" * 1500), seen)
    with pytest.raises(Clashed) as clashed:
        box.update(used, set_text("remarks", "1.1.1", "", "他" * 1500), seen)
    (clash,) = clashed.value.clashes
    assert (clash.mine, clash.theirs) == ("他" * 1500, "我" * 1500)
    assert repository.load(used).work.remarks["1.1.1"] == "我" * 1500


def test_a_click_on_a_page_of_another_standard_is_refused_and_not_misplaced(
    box: Outbox, repository: TinyRepository
) -> None:
    used = _in_use(box)
    seen, _ = box.load(used)
    box.update(used, set_scheme(schemes.load("model-enterprise")), seen)
    before = repository.load(used)
    with pytest.raises(Moved):
        box.update(used, set_finding("1.1.1-a", 1), seen)
    box.update(used, set_profile("leader", "李四"), seen)  # is about no standard
    kept = repository.load(used)
    assert kept.work == before.work
    assert kept.shelved == before.shelved
    assert kept.profile.leader == "李四"


def test_a_waiting_click_on_another_standard_is_told(
    box: Outbox, repository: TinyRepository
) -> None:
    used = _in_use(box)
    with away(repository) as elsewhere:
        box.update(used, set_finding("1.1.1-a", 1))
        update(elsewhere, used, set_scheme(schemes.load("model-enterprise")))
    assert box.load(used)[0].work.answers.findings == {}
    (refused,) = box.refused(used)
    assert "换了标准" in refused.why


def test_what_was_kept_though_nobody_heard_of_it_is_not_kept_again(
    repository: TinyRepository,
) -> None:
    class Deaf(TinyRepository):
        """Loses the answer to the first creation on the way."""

        def create(
            self, assessment: Assessment, access: Access = PRIVATE, line: Line | None = None
        ) -> None:
            super().create(assessment, access, line)
            if assessment.revision == 0 and not answered:
                answered.append(True)
                raise Unavailable("暂时连不上")

    answered: list[bool] = []
    box = Outbox(Deaf(repository.folder))
    assessment = filled()
    box.create(assessment)
    box.update(assessment.id, set_finding("1.1.1-a", 1))
    assert box.load(assessment.id)[0].work.answers.findings["1.1.1-a"] == 1
    assert box.waiting(assessment.id) is None
    assert repository.load(assessment.id).work.answers.findings["1.1.1-a"] == 1


def test_an_answer_changed_in_two_windows_is_told_and_not_overwritten(
    box: Outbox, repository: TinyRepository
) -> None:
    used = _in_use(box)
    seen, _ = box.load(used)
    box.update(used, set_finding("2.1.1-c", 5), seen)
    with pytest.raises(Clashed) as clashed:
        box.update(used, set_finding("2.1.1-c", 7), seen)
    (clash,) = clashed.value.clashes
    assert (clash.mine, clash.theirs) == (7, 5)
    assert repository.load(used).work.answers.findings["2.1.1-c"] == 5
    box.update(used, set_finding("2.1.1-c", 7))  # the user has decided
    assert repository.load(used).work.answers.findings["2.1.1-c"] == 7


def test_a_damaged_file_comes_back_as_last_seen_not_as_its_older_copy(
    box: Outbox, repository: TinyRepository
) -> None:
    used = _in_use(box)
    box.update(used, set_finding("1.1.1-a", 1))
    latest, _ = box.load(used)
    (repository.folder / f"{used}.json").write_bytes(b"{")
    with pytest.raises(Damaged):
        box.load(used)
    box.recover(used)
    assert repository.load(used) == latest


def test_after_a_restart_the_last_good_copy_comes_back(
    box: Outbox, repository: TinyRepository
) -> None:
    used = _in_use(box)
    before, _ = box.load(used)
    box.update(used, set_finding("1.1.1-a", 1))
    (repository.folder / f"{used}.json").write_bytes(b"{")
    fresh = Outbox(repository)
    with pytest.raises(Damaged):
        fresh.load(used)
    fresh.recover(used)
    assert fresh.load(used)[0] == before


def test_what_is_deleted_is_forgotten(box: Outbox, repository: TinyRepository) -> None:
    used = _in_use(box)
    box.delete(used)
    with away(repository), pytest.raises(Unavailable):
        box.load(used)
    with pytest.raises(NotFound):
        box.load(used)


def test_of_many_in_use_none_is_forgotten_that_has_something_to_tell(
    box: Outbox, repository: TinyRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "_REMEMBERED", 3)
    told, lost, idle = _in_use(box), _in_use(box), _in_use(box)
    older = (repository.folder / f"{lost}.json").read_bytes()
    latest = box.update(lost, set_finding("1.1.1-a", 1)).document
    (repository.folder / f"{lost}.json").write_bytes(older)
    box.load(lost)
    with away(repository) as elsewhere:
        box.update(told, set_finding("2.1.1-c", 5))
        update(elsewhere, told, set_finding("2.1.1-c", 7))
    box.load(told)
    for _ in range(5):
        _in_use(box)
    assert idle not in box._known
    assert box.lost(lost) == latest
    assert len(box.refused(told)) == 1


def test_a_change_waits_also_where_its_assessment_is_forgotten_meanwhile(
    box: Outbox, repository: TinyRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others begin theirs while it is found out that the place is away."""
    monkeypatch.setattr(outbox, "_REMEMBERED", 3)
    used, revise = _in_use(box), repository.revise

    def slow(*inputs: Any) -> Any:
        for _ in range(5):
            box.create(filled())
        return revise(*inputs)

    with away(repository), monkeypatch.context() as patched:
        patched.setattr(repository, "revise", slow)
        box.update(used, set_finding("1.1.1-a", 1))
        assert box.waiting(used)
    assert box.load(used)[0].work.answers.findings["1.1.1-a"] == 1
    assert repository.load(used).work.answers.findings["1.1.1-a"] == 1
