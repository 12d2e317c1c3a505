"""Who may do what: every way in that should be closed, tried."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from state.access import KEEP, Access, Right, holder_of_browser, holder_of_mail, holder_of_person
from state.assessment import Assessment
from state.changes import set_finding
from state.desk import Desk, Forbidden, Key, Visitor
from state.mode import Mode, mode_set
from state.repository import NotFound, RepositoryError
from state.tiny import TinyRepository
from tests.state.conftest import filled

NOBODY = Visitor()
MINE, YOURS = (Visitor(frozenset({holder_of_browser(k * 32)})) for k in "ab")
OWNER = Visitor(
    frozenset({holder_of_person("https://id.example", "1"), holder_of_mail("Owner@example.com")})
)
COLLEAGUE = Visitor(
    frozenset({holder_of_person("https://id.example", "2"), holder_of_mail("two@example.com")})
)
STRANGER = Visitor(
    frozenset({holder_of_person("https://id.example", "3"), holder_of_mail("three@example.com")})
)
CHANGE = set_finding("1.1.1-a", 1)

Action = Callable[[Desk, Key, Visitor], object]

READS: dict[str, Action] = {"open": lambda desk, key, visitor: desk.open(key, visitor)}
WRITES: dict[str, Action] = {
    "change": lambda desk, key, visitor: desk.change(key, visitor, CHANGE),
}
OWNS: dict[str, Action] = {
    "discard": lambda desk, key, visitor: desk.discard(key, visitor),
    "restore": lambda desk, key, visitor: desk.restore(key, visitor),
    "erase": lambda desk, key, visitor: desk.erase(key, visitor),
    "access": lambda desk, key, visitor: desk.access(key, visitor),
    "add_link": lambda desk, key, visitor: desk.add_link(key, visitor),
    "drop_link": lambda desk, key, visitor: desk.drop_link(key, visitor, "0" * 32),
    "share": lambda desk, key, visitor: desk.share(key, visitor, "mail:x@example.com", True),
    "renew": lambda desk, key, visitor: desk.renew(key, visitor),
}
EVERYTHING = READS | WRITES | OWNS


@pytest.fixture
def desk(repository: TinyRepository, request: pytest.FixtureRequest) -> Desk:
    return Desk(repository, getattr(request, "param", Mode.LOGIN))


def kept(desk: Desk, visitor: Visitor) -> Key:
    assessment = filled()
    desk.create(assessment, visitor)
    return Key(assessment.id)


def state(desk: Desk) -> list[tuple[Assessment, object]]:
    """Everything the place keeps."""
    ids = [summary.id for summary in desk.repository.list()]
    return [(desk.repository.load(i), desk.repository.access(i)) for i in ids]


def refused(desk: Desk, action: Action, key: Key, visitor: Visitor) -> type[RepositoryError]:
    """How an action is refused, after making sure that it has changed nothing."""
    before = state(desk)
    with pytest.raises(RepositoryError) as error:
        action(desk, key, visitor)
    assert state(desk) == before
    return type(error.value)


login = pytest.mark.parametrize("desk", [Mode.LOGIN], indirect=True)
link = pytest.mark.parametrize("desk", [Mode.LINK], indirect=True)
local = pytest.mark.parametrize("desk", [Mode.LOCAL], indirect=True)
every_mode = pytest.mark.parametrize("desk", list(Mode), indirect=True, ids=str)


@every_mode
@pytest.mark.parametrize("action", EVERYTHING.values(), ids=EVERYTHING)
@pytest.mark.parametrize(
    "key",
    [Key("0" * 32), Key(token="0" * 32), Key(), Key("x"), Key(token="../x")],
    ids=["id", "token", "nothing", "no id", "no token"],
)
def test_a_guess_finds_nothing(desk: Desk, action: Action, key: Key) -> None:
    kept(desk, OWNER)
    assert refused(desk, action, key, STRANGER) is NotFound


@login
@pytest.mark.parametrize("action", EVERYTHING.values(), ids=EVERYTHING)
@pytest.mark.parametrize("visitor", [STRANGER, NOBODY, MINE], ids=["stranger", "nobody", "browser"])
def test_knowing_the_id_is_not_enough_where_people_sign_in(
    desk: Desk, action: Action, visitor: Visitor
) -> None:
    assert refused(desk, action, kept(desk, OWNER), visitor) is NotFound


@login
def test_nobody_makes_an_assessment_without_signing_in(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.create(filled(), NOBODY)
    assert state(desk) == []


@login
@pytest.mark.parametrize("action", OWNS.values(), ids=OWNS)
def test_who_shares_the_work_may_edit_but_not_decide(desk: Desk, action: Action) -> None:
    key = kept(desk, OWNER)
    desk.share(key, OWNER, holder_of_mail("TWO@example.com "), True)
    assert desk.open(key, COLLEAGUE)[1] is Right.EDIT
    desk.change(key, COLLEAGUE, CHANGE)
    assert refused(desk, action, key, COLLEAGUE) is Forbidden


@login
@pytest.mark.parametrize("action", EVERYTHING.values(), ids=EVERYTHING)
def test_who_no_longer_shares_the_work_is_a_stranger(desk: Desk, action: Action) -> None:
    key = kept(desk, OWNER)
    desk.share(key, OWNER, holder_of_mail("two@example.com"), True)
    desk.share(key, OWNER, holder_of_mail("two@example.com"), False)
    assert refused(desk, action, key, COLLEAGUE) is NotFound


@link
def test_the_link_is_the_key(desk: Desk) -> None:
    key = kept(desk, MINE)
    assert desk.open(key, YOURS)[1] is Right.OWN


@link
@pytest.mark.parametrize("action", EVERYTHING.values(), ids=EVERYTHING)
def test_a_link_that_was_replaced_is_dead(desk: Desk, action: Action) -> None:
    key = kept(desk, MINE)
    read = Key(token=desk.add_link(key, MINE).links[0])
    before, _ = desk.open(key, MINE)
    fresh = Key(desk.renew(key, MINE))
    assert refused(desk, action, key, YOURS) is NotFound
    assert refused(desk, action, read, YOURS) is NotFound
    assert desk.open(fresh, MINE)[0].work == before.work
    assert [summary.id for summary in desk.list(MINE)] == [fresh.id]


@every_mode
@pytest.mark.parametrize("action", (WRITES | OWNS).values(), ids=(WRITES | OWNS))
@pytest.mark.parametrize("visitor", [NOBODY, OWNER], ids=["nobody", "owner"])
def test_a_read_only_link_lets_look_and_nothing_else(
    desk: Desk, action: Action, visitor: Visitor
) -> None:
    key = kept(desk, OWNER)
    read = Key(token=desk.add_link(key, OWNER).links[0])
    assert desk.open(read, visitor)[1] is Right.READ
    assert refused(desk, action, read, visitor) is Forbidden


@every_mode
@pytest.mark.parametrize("action", EVERYTHING.values(), ids=EVERYTHING)
def test_a_read_only_link_taken_back_is_dead_and_others_are_not(desk: Desk, action: Action) -> None:
    key = kept(desk, OWNER)
    first = desk.add_link(key, OWNER).links[0]
    second = desk.add_link(key, OWNER).links[-1]
    desk.drop_link(key, OWNER, first)
    assert refused(desk, action, Key(token=first), STRANGER) is NotFound
    assert desk.open(Key(token=second), STRANGER)[1] is Right.READ


@pytest.mark.parametrize(
    ("desk", "mine", "yours"),
    [(Mode.LINK, MINE, YOURS), (Mode.LOGIN, OWNER, STRANGER)],
    indirect=["desk"],
)
def test_a_list_shows_only_what_this_visitor_made(
    desk: Desk, mine: Visitor, yours: Visitor
) -> None:
    key, other = kept(desk, mine), kept(desk, yours)
    assert [summary.id for summary in desk.list(mine)] == [key.id]
    assert [summary.id for summary in desk.list(yours)] == [other.id]
    assert desk.list(NOBODY) == []


@local
def test_the_only_person_sees_everything(desk: Desk) -> None:
    keys = {kept(desk, NOBODY).id, kept(desk, NOBODY).id}
    assert {summary.id for summary in desk.list(NOBODY)} == keys


@every_mode
def test_what_is_in_the_bin_is_closed_and_comes_back_whole(desk: Desk) -> None:
    key = kept(desk, OWNER)
    before, _ = desk.open(key, OWNER)
    read = Key(token=desk.add_link(key, OWNER).links[0])
    desk.discard(key, OWNER)
    for closed in (key, read):
        with pytest.raises(NotFound):
            desk.open(closed, OWNER)
    (line,) = desk.list(OWNER)
    assert line.access.deleted
    desk.restore(key, OWNER)
    assert desk.open(key, OWNER)[0] == before
    assert desk.open(read, NOBODY)[1] is Right.READ


@login
def test_somebody_elses_bin_is_not_shown(desk: Desk) -> None:
    key = kept(desk, OWNER)
    desk.share(key, OWNER, holder_of_mail("two@example.com"), True)
    desk.discard(key, OWNER)
    assert desk.list(COLLEAGUE) == []
    assert refused(desk, WRITES["change"], key, COLLEAGUE) is NotFound


@every_mode
@pytest.mark.parametrize(("age", "there"), [(KEEP - timedelta(hours=1), 1), (KEEP * 1.01, 0)])
def test_the_bin_keeps_for_thirty_days(desk: Desk, age: timedelta, there: int) -> None:
    key = kept(desk, OWNER)
    deleted = datetime.now(UTC) - age
    desk.repository.change_access(key.id, lambda access: access.having(deleted=deleted))
    assert len(desk.list(OWNER)) == there
    assert len(desk.repository.list()) == there


@every_mode
def test_erasing_leaves_nothing(desk: Desk) -> None:
    key = kept(desk, OWNER)
    desk.erase(key, OWNER)
    assert state(desk) == []
    with pytest.raises(NotFound):
        desk.restore(key, OWNER)


def test_the_mode_is_one_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANBIAO_MODE", raising=False)
    assert mode_set() is Mode.LOCAL
    for text, mode in (("", Mode.LOCAL), ("link", Mode.LINK), (" LOGIN ", Mode.LOGIN)):
        monkeypatch.setenv("ANBIAO_MODE", text)
        assert mode_set() is mode
    monkeypatch.setenv("ANBIAO_MODE", "public")
    with pytest.raises(ValueError, match=r"ANBIAO_MODE.*public"):
        mode_set()


@pytest.mark.parametrize("desk", [Mode.LINK], indirect=True)
def test_what_is_saved_while_the_link_is_renewed_is_carried_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = kept(desk, MINE)
    create = desk.repository.create

    def slowly(assessment: Assessment, *access: Access) -> None:
        create(assessment, *access)
        desk.change(key, YOURS, set_finding("1.1.1-b", 1))

    monkeypatch.setattr(desk.repository, "create", slowly)
    renewed = desk.renew(key, MINE)
    kept_now, right = desk.open(Key(renewed), MINE)
    assert kept_now.work.answers.findings["1.1.1-b"] == 1
    assert right is Right.OWN
    with pytest.raises(NotFound):
        desk.change(key, YOURS, CHANGE)


@pytest.mark.parametrize("desk", [Mode.LINK, Mode.LOGIN], indirect=True)
def test_nobody_edits_what_is_in_the_bin(desk: Desk) -> None:
    key = kept(desk, OWNER)
    desk.discard(key, OWNER)
    with pytest.raises(NotFound):
        desk.change(key, OWNER, CHANGE)
