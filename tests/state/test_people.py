"""What an administrator does about people, by command."""

import sys
from datetime import UTC, datetime, timedelta

import pytest

from state.__main__ import main
from state.documents.access import Access, holder_of_mail, holder_of_person
from state.service.logins import Login, Logins, SignedOut
from state.storage.folder import TinyRepository
from tests.state.conftest import filled

ANNA, BOB = (holder_of_person("https://id.example", name) for name in ("anna", "bob"))
NOW = int(datetime.now(UTC).timestamp())
LOGIN = Login(ANNA, NOW - 60, "anna@example.com", "安娜")


@pytest.fixture
def kept(tmp_path, monkeypatch) -> TinyRepository:
    """A folder in which Anna has signed in."""
    monkeypatch.setenv("ANBIAO_DATA", str(tmp_path))
    repository = TinyRepository(tmp_path)
    Logins(repository, timedelta(hours=12)).meet(LOGIN)
    return repository


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["state", *words])
    return main()


@pytest.mark.parametrize("whom", ["Anna@example.com", "安娜 <anna＠example．com>", ANNA])
def test_a_persons_logins_are_ended(kept, monkeypatch, capsys, whom) -> None:
    assert run(monkeypatch, "logout", whom) == 0
    assert "1 个人" in capsys.readouterr().out
    logins = Logins(kept, timedelta(hours=12))
    with pytest.raises(SignedOut):
        logins.check(LOGIN)
    logins.check(Login(BOB, NOW - 60))


@pytest.mark.parametrize(
    "whom", ["nobody@example.com", "nobody＠example.com", "N <nobody@example.com>", "anna", ""]
)
def test_nobody_elses_are(kept, monkeypatch, capsys, whom) -> None:
    assert run(monkeypatch, "logout", whom) == 2
    assert "没有" in capsys.readouterr().err
    Logins(kept, timedelta(hours=12)).check(LOGIN)


def test_what_one_person_owns_is_handed_over(kept, monkeypatch, capsys) -> None:
    carl = holder_of_mail("carl@example.com")
    own, given, other = filled(), filled(), filled()
    kept.create(own, Access(owner=ANNA, shared=(carl,)))
    kept.create(given, Access(owner=holder_of_mail("anna@example.com"), deleted=datetime.now(UTC)))
    kept.create(other, Access(owner=BOB, shared=(holder_of_mail("anna@example.com"),)))
    assert run(monkeypatch, "give", "anna@example.com", "Carl@example.com") == 0
    assert "2 份" in capsys.readouterr().out
    assert kept.access(own.id) == Access(owner=carl)
    assert kept.access(given.id).owner == carl
    assert kept.access(other.id).owner == BOB
    assert run(monkeypatch, "give", "anna@example.com", "carl") == 2


def test_who_leaves_keeps_no_right_to_what_is_handed_over(kept, monkeypatch, capsys) -> None:
    """Also where they had shared it with themselves, by their address."""
    bob, carl = holder_of_mail("bob@example.com"), holder_of_mail("carl@example.com")
    own = filled()
    kept.create(own, Access(owner=ANNA, shared=(holder_of_mail("anna@example.com"), bob)))
    assert run(monkeypatch, "give", "anna@example.com", "carl@example.com") == 0
    assert "1 份" in capsys.readouterr().out
    assert kept.access(own.id) == Access(owner=carl, shared=(bob,))


def test_what_cannot_be_read_keeps_nothing_else_from_being_handed_over(
    kept, monkeypatch, capsys
) -> None:
    carl = holder_of_mail("carl@example.com")
    documents = [filled() for _ in range(3)]
    for document in documents:
        kept.create(document, Access(owner=ANNA))
    (kept.folder / f"{documents[1].id}.json").write_text("no longer what was written")
    assert run(monkeypatch, "give", "anna@example.com", "carl@example.com") == 1
    told = capsys.readouterr()
    assert "2 份" in told.out
    assert "1 份无法读取" in told.err
    assert documents[1].id not in told.out + told.err  # it may be the key to edit
    assert [kept.access(documents[n].id).owner for n in (0, 2)] == [carl, carl]


@pytest.mark.parametrize("words", [["logout", "anna@example.com"], ["give", ANNA, "c@example.com"]])
def test_a_damaged_record_of_a_login_is_said_without_a_trace(
    kept, monkeypatch, capsys, words
) -> None:
    (file,) = [f for f in kept.folder.rglob("*.json") if "person" in str(f)]
    file.write_text("no longer what was written")
    status = run(monkeypatch, *words)
    assert (status, bool(capsys.readouterr().err)) == (
        (1, True) if "logout" in words else (0, False)
    )
