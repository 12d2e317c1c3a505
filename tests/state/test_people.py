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


@pytest.mark.parametrize("whom", ["Anna@example.com", ANNA])
def test_a_persons_logins_are_ended(kept, monkeypatch, capsys, whom) -> None:
    assert run(monkeypatch, "logout", whom) == 0
    assert "1 个人" in capsys.readouterr().out
    logins = Logins(kept, timedelta(hours=12))
    with pytest.raises(SignedOut):
        logins.check(LOGIN)
    logins.check(Login(BOB, NOW - 60))


@pytest.mark.parametrize("whom", ["nobody@example.com", "annaexample.com", ""])
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
