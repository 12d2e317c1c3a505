"""How a login ends, in every process, and what remembers it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from state.documents.access import holder_of_mail, holder_of_person
from state.documents.person import MOST_ENDED, Person, id_of_person
from state.service import logins as module
from state.service.logins import Login, Logins, SignedOut, forget_ended, login_lasts, people
from state.storage.repository import Repository, Unavailable

DAY = timedelta(hours=12)
ANNA, BOB = (holder_of_person("https://id.example", name) for name in ("anna", "bob"))

Opened = Callable[[], Repository]


def seconds_ago(count: float) -> int:
    return int(datetime.now(UTC).timestamp() - count)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing read counts for a moment, so that no test waits for it to pass."""
    monkeypatch.setattr(module, "_MOMENT", 0.0)


def test_a_login_counts_until_it_is_ended_also_for_another_process(
    repository: Repository, opened: Opened
) -> None:
    here, there = Logins(repository, DAY), Logins(opened(), DAY)
    one, other = Login(ANNA, seconds_ago(60)), Login(ANNA, seconds_ago(30))
    for logins in (here, there):
        logins.check(one)
        logins.check(other)
    here.end(one)
    for logins in (here, there):
        with pytest.raises(SignedOut):
            logins.check(one)
        logins.check(other)
        logins.check(Login(BOB, one.issued))
    with pytest.raises(SignedOut):
        Logins(opened(), DAY).check(one)  # after a restart too


@pytest.mark.parametrize("ago", [12 * 3600 + 1, 40 * 86400, -3600])
def test_a_login_lasts_a_working_day_from_its_time_of_issue(
    repository: Repository, ago: int
) -> None:
    logins = Logins(repository, DAY)
    logins.check(Login(ANNA, seconds_ago(12 * 3600 - 60)))
    with pytest.raises(SignedOut, match="到期"):
        logins.check(Login(ANNA, seconds_ago(ago)))


def test_all_logins_of_one_person_can_be_ended(repository: Repository, opened: Opened) -> None:
    logins = Logins(repository, DAY)
    logins.meet(Login(ANNA, seconds_ago(50), "anna@example.com", "安娜"))
    logins.meet(Login(BOB, seconds_ago(50), "joanna@example.com", "乔"))
    (found,) = people(opened(), holder_of_mail("Anna@example.com"))
    assert (found.holder, found.name) == (ANNA, "安娜")
    Logins(opened(), DAY).end_all(found.holder, seconds_ago(0))
    for issued in (seconds_ago(50), seconds_ago(1)):
        with pytest.raises(SignedOut):
            logins.check(Login(ANNA, issued))
    logins.check(Login(ANNA, seconds_ago(-2)))  # signed in again
    logins.check(Login(BOB, seconds_ago(50)))


def test_people_are_called_by_their_address(repository: Repository) -> None:
    logins = Logins(repository, DAY)
    assert logins.called(ANNA) == ""
    logins.meet(Login(ANNA, 0, name="安娜"))
    assert logins.called(ANNA) == "安娜"
    logins.meet(Login(ANNA, 0, "anna@example.com", "安娜"))
    assert logins.called(ANNA) == "anna@example.com"
    assert logins.called(holder_of_mail("bob@example.com")) == "bob@example.com"


def test_more_ended_logins_than_are_remembered_never_count_again() -> None:
    person = Person(id=id_of_person(ANNA), holder=ANNA, updated=datetime.now(UTC))
    for issued in range(1000, 1000 + 2 * MOST_ENDED, 2):
        person = person.without(issued)
    person = person.without(5).without(999_999)
    assert all(person.has_ended(i) for i in (5, 999_999, *range(1000, 1000 + 2 * MOST_ENDED, 2)))
    assert not person.has_ended(1000 + 2 * MOST_ENDED)
    assert len(person.ended) == MOST_ENDED


def test_who_signs_out_while_the_storage_is_away_is_out(tmp_path) -> None:
    from state.storage.folder import TinyRepository

    folder = tmp_path / "data"
    logins = Logins(TinyRepository(folder), DAY)
    login, other = Login(ANNA, seconds_ago(60)), Login(ANNA, seconds_ago(30))
    logins.check(login)
    away = folder.with_name("away")
    folder.rename(away)
    folder.write_text("in the way")
    logins.end(login)
    with pytest.raises(SignedOut):
        logins.check(login)
    logins.check(other)  # goes on, as work does
    with pytest.raises(Unavailable):
        logins.check(Login(BOB, seconds_ago(30)))  # nobody knows
    folder.unlink()
    away.rename(folder)
    logins.check(other)
    with pytest.raises(SignedOut):
        Logins(TinyRepository(folder), DAY).check(login)


def test_one_record_that_cannot_be_read_keeps_nobody_else_out(tmp_path) -> None:
    from state.storage.folder import TinyRepository

    repository = TinyRepository(tmp_path)
    logins = Logins(repository, DAY)
    login, other = Login(ANNA, seconds_ago(60)), Login(BOB, seconds_ago(60))
    logins.meet(login)
    logins.end(Login(ANNA, seconds_ago(90)))
    logins.end(Login(BOB, seconds_ago(40 * 86400)))
    for file in tmp_path.rglob(f"{id_of_person(ANNA)}*"):
        file.write_text("no longer what was written")
    logins.end(login)
    with pytest.raises((SignedOut, Unavailable)):
        logins.check(login)
    logins.check(other)
    assert forget_ended(repository, datetime.now(UTC)) == 1


def test_ended_logins_are_forgotten_when_no_setting_lets_them_count(
    repository: Repository,
) -> None:
    logins = Logins(repository, DAY)
    for days in (1, 40):
        logins.end(Login(ANNA, seconds_ago(days * 86400)))
    assert forget_ended(repository, datetime.now(UTC)) == 1
    assert forget_ended(repository, datetime.now(UTC)) == 0
    kept = repository.load(id_of_person(ANNA), Person)
    assert len(kept.ended) == 1
    assert kept.has_ended(seconds_ago(40 * 86400))


def test_the_setting_is_hours() -> None:
    assert login_lasts({}) == timedelta(hours=12)
    assert login_lasts({module.HOURS: " 8 "}) == timedelta(hours=8)
    for wrong in ("0", "-1", "1.5", "721", "八", "9" * 400):
        with pytest.raises(ValueError, match=module.HOURS):
            login_lasts({module.HOURS: wrong})
