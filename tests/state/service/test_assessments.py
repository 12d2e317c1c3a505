"""Who may do what: every way in that should be closed, tried."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from state.documents.access import (
    MAX_SHARED,
    Access,
    Right,
    holder_of_browser,
    holder_of_mail,
    holder_of_person,
)
from state.documents.assessment import Assessment, new_assessment
from state.documents.changes import set_finding
from state.service.assessments import AssessmentService, Forbidden, Key, TooMany, Visitor
from state.service.logins import Login, SignedOut
from state.service.mode import Mode, mode_set
from state.storage.folder import TinyRepository
from state.storage.line import Query
from state.storage.repository import NotFound, RepositoryError
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
BIN = Query(deleted=True)

Action = Callable[[AssessmentService, Key, Visitor], object]

READS: dict[str, Action] = {"open": lambda service, key, visitor: service.open(key, visitor)}
WRITES: dict[str, Action] = {
    "change": lambda service, key, visitor: service.change(key, visitor, CHANGE),
}
OWNS: dict[str, Action] = {
    "discard": lambda service, key, visitor: service.discard(key, visitor),
    "restore": lambda service, key, visitor: service.restore(key, visitor),
    "erase": lambda service, key, visitor: service.erase(key, visitor),
    "access": lambda service, key, visitor: service.access(key, visitor),
    "add_link": lambda service, key, visitor: service.add_link(key, visitor),
    "drop_link": lambda service, key, visitor: service.drop_link(key, visitor, "0" * 32),
    "share": lambda service, key, visitor: service.share(key, visitor, "mail:x@example.com", True),
    "renew": lambda service, key, visitor: service.renew(key, visitor),
    "give": lambda service, key, visitor: service.give(key, visitor, "mail:x@example.com"),
}
EVERYTHING = READS | WRITES | OWNS


@pytest.fixture
def service(repository: TinyRepository, request: pytest.FixtureRequest) -> AssessmentService:
    return AssessmentService(repository, getattr(request, "param", Mode.LOGIN))


def kept(service: AssessmentService, visitor: Visitor) -> Key:
    assessment = filled()
    service.create(assessment, visitor)
    return Key(assessment.id)


def state(service: AssessmentService) -> list[tuple[Assessment, object]]:
    """Everything the place keeps."""
    ids = [summary.id for summary in service.repository.list().lines]
    return [(service.repository.load(i), service.repository.access(i)) for i in ids]


def refused(
    service: AssessmentService, action: Action, key: Key, visitor: Visitor
) -> type[RepositoryError]:
    """How an action is refused, after making sure that it has changed nothing."""
    before = state(service)
    with pytest.raises(RepositoryError) as error:
        action(service, key, visitor)
    assert state(service) == before
    return type(error.value)


login = pytest.mark.parametrize("service", [Mode.LOGIN], indirect=True)
link = pytest.mark.parametrize("service", [Mode.LINK], indirect=True)
local = pytest.mark.parametrize("service", [Mode.LOCAL], indirect=True)
every_mode = pytest.mark.parametrize("service", list(Mode), indirect=True, ids=str)


@every_mode
@pytest.mark.parametrize("action", EVERYTHING.values(), ids=EVERYTHING)
def test_a_guess_finds_nothing(service: AssessmentService, action: Action) -> None:
    kept(service, OWNER)
    for key in (Key("0" * 32), Key(token="0" * 32), Key(), Key("x"), Key(token="../x")):
        assert refused(service, action, key, STRANGER) is NotFound


@login
@pytest.mark.parametrize("action", EVERYTHING.values(), ids=EVERYTHING)
def test_knowing_the_id_is_not_enough_where_people_sign_in(
    service: AssessmentService, action: Action
) -> None:
    key = kept(service, OWNER)
    for visitor in (STRANGER, NOBODY, MINE):
        assert refused(service, action, key, visitor) is NotFound


@login
def test_nobody_makes_an_assessment_without_signing_in(service: AssessmentService) -> None:
    with pytest.raises(Forbidden):
        service.create(filled(), NOBODY)
    assert state(service) == []


@login
@pytest.mark.parametrize("action", OWNS.values(), ids=OWNS)
def test_who_shares_the_work_may_edit_but_not_decide(
    service: AssessmentService, action: Action
) -> None:
    key = kept(service, OWNER)
    service.share(key, OWNER, holder_of_mail("TWO@example.com "), True)
    assert service.open(key, COLLEAGUE)[1] is Right.EDIT
    service.change(key, COLLEAGUE, CHANGE)
    assert refused(service, action, key, COLLEAGUE) is Forbidden


@login
@pytest.mark.parametrize("action", EVERYTHING.values(), ids=EVERYTHING)
def test_who_no_longer_shares_the_work_is_a_stranger(
    service: AssessmentService, action: Action
) -> None:
    key = kept(service, OWNER)
    service.share(key, OWNER, holder_of_mail("two@example.com"), True)
    service.share(key, OWNER, holder_of_mail("two@example.com"), False)
    assert refused(service, action, key, COLLEAGUE) is NotFound


def signed_in(visitor: Visitor, seconds_ago: int = 60) -> Visitor:
    """The same person by a login of theirs."""
    issued = int(datetime.now(UTC).timestamp()) - seconds_ago
    return replace(visitor, login=Login(visitor.owner, issued))


@login
@pytest.mark.parametrize(
    "action",
    [
        *EVERYTHING.values(),
        lambda service, _, visitor: service.list(visitor),
        lambda service, _, visitor: service.create(filled(), visitor),
        lambda service, key, visitor: service.leave(key, visitor),
        lambda service, key, visitor: service.take_snapshot(key, visitor, "x"),
        lambda service, key, visitor: service.recover(key, visitor),
    ],
)
def test_an_ended_login_does_nothing_any_more(service: AssessmentService, action: Action) -> None:
    key = kept(service, signed_in(OWNER))
    out = signed_in(OWNER, seconds_ago=90)
    assert service.open(key, out)[1] is Right.OWN
    service.logins.end(out.login)
    assert refused(service, action, key, out) is SignedOut
    assert service.open(key, signed_in(OWNER))[1] is Right.OWN


@login
def test_an_ended_login_still_reads_by_a_read_only_link(service: AssessmentService) -> None:
    key = kept(service, OWNER)
    read = Key(token=service.add_link(key, OWNER).links[0])
    out = signed_in(STRANGER)
    service.logins.end(out.login)
    assert service.open(read, out)[1] is Right.READ


@login
def test_who_is_handed_an_assessment_owns_it_and_the_giver_edits(
    service: AssessmentService,
) -> None:
    key = kept(service, OWNER)
    service.share(key, OWNER, holder_of_mail("two@example.com"), True)
    service.give(key, OWNER, holder_of_mail("two@example.com"))
    assert service.open(key, COLLEAGUE)[1] is Right.OWN
    assert service.open(key, OWNER)[1] is Right.EDIT
    access = service.access(key, COLLEAGUE)
    assert access.owner == holder_of_mail("two@example.com")
    assert access.shared == (holder_of_mail("owner@example.com"),)
    with pytest.raises(Forbidden):
        service.give(key, OWNER, OWNER.mail)
    service.give(key, COLLEAGUE, OWNER.mail)
    assert service.open(key, OWNER)[1] is Right.OWN


@login
def test_nobody_is_put_out_without_a_word_when_a_full_one_is_handed_over(
    service: AssessmentService,
) -> None:
    """The giver goes on editing, so there has to be room for them."""
    key = kept(service, OWNER)
    for number in range(MAX_SHARED):
        service.share(key, OWNER, holder_of_mail(f"{number}@example.com"), True)
    before = service.access(key, OWNER)
    with pytest.raises(ValidationError):
        service.give(key, OWNER, COLLEAGUE.mail)
    assert service.access(key, OWNER) == before
    service.give(key, OWNER, holder_of_mail("0@example.com"))  # who makes room by it
    assert service.open(key, OWNER)[1] is Right.EDIT


@login
def test_to_be_given_what_one_owns_changes_nothing(service: AssessmentService) -> None:
    key = kept(service, OWNER)
    before = service.access(key, OWNER)
    service.give(key, OWNER, OWNER.mail)
    assert service.access(key, OWNER) == before


@login
def test_what_was_shared_can_be_taken_off_ones_own_list(service: AssessmentService) -> None:
    key = kept(service, OWNER)
    for visitor in (COLLEAGUE, STRANGER):
        service.share(key, OWNER, visitor.mail, True)
    service.leave(key, COLLEAGUE)
    assert service.list(COLLEAGUE).lines == []
    assert refused(service, READS["open"], key, COLLEAGUE) is NotFound
    assert service.open(key, STRANGER)[1] is Right.EDIT
    assert service.open(key, OWNER)[1] is Right.OWN
    with pytest.raises(Forbidden):
        service.leave(Key(token=service.add_link(key, OWNER).links[0]), STRANGER)


@login
def test_ones_own_and_what_others_shared_are_listed_apart(service: AssessmentService) -> None:
    mine, theirs = kept(service, COLLEAGUE), kept(service, OWNER)
    kept(service, OWNER)
    service.share(theirs, OWNER, COLLEAGUE.mail, True)
    for own, ids in ((True, {mine.id}), (False, {theirs.id}), (None, {mine.id, theirs.id})):
        found = service.list(COLLEAGUE, Query(deleted=False, own=own))
        assert {line.id for line in found.lines} == ids
        assert found.count == len(ids)


@link
def test_the_link_is_the_key(service: AssessmentService) -> None:
    key = kept(service, MINE)
    assert service.open(key, YOURS)[1] is Right.OWN


@link
@pytest.mark.parametrize("action", EVERYTHING.values(), ids=EVERYTHING)
def test_a_link_that_was_replaced_is_dead(service: AssessmentService, action: Action) -> None:
    key = kept(service, MINE)
    read = Key(token=service.add_link(key, MINE).links[0])
    before, _ = service.open(key, MINE)
    fresh = Key(service.renew(key, MINE))
    assert refused(service, action, key, YOURS) is NotFound
    assert refused(service, action, read, YOURS) is NotFound
    assert service.open(fresh, MINE)[0].work == before.work
    assert [summary.id for summary in service.list(MINE).lines] == [fresh.id]


@every_mode
@pytest.mark.parametrize("action", (WRITES | OWNS).values(), ids=(WRITES | OWNS))
def test_a_read_only_link_lets_look_and_nothing_else(
    service: AssessmentService, action: Action
) -> None:
    key = kept(service, OWNER)
    read = Key(token=service.add_link(key, OWNER).links[0])
    for visitor in (NOBODY, OWNER):
        assert service.open(read, visitor)[1] is Right.READ
        assert refused(service, action, read, visitor) is Forbidden


@every_mode
@pytest.mark.parametrize("action", EVERYTHING.values(), ids=EVERYTHING)
def test_a_read_only_link_taken_back_is_dead_and_others_are_not(
    service: AssessmentService, action: Action
) -> None:
    key = kept(service, OWNER)
    first = service.add_link(key, OWNER).links[0]
    second = service.add_link(key, OWNER).links[-1]
    service.drop_link(key, OWNER, first)
    assert refused(service, action, Key(token=first), STRANGER) is NotFound
    assert service.open(Key(token=second), STRANGER)[1] is Right.READ


@pytest.mark.parametrize(
    ("service", "mine", "yours"),
    [(Mode.LINK, MINE, YOURS), (Mode.LOGIN, OWNER, STRANGER)],
    indirect=["service"],
)
def test_a_list_shows_only_what_this_visitor_made(
    service: AssessmentService, mine: Visitor, yours: Visitor
) -> None:
    key, other = kept(service, mine), kept(service, yours)
    assert [summary.id for summary in service.list(mine).lines] == [key.id]
    assert [summary.id for summary in service.list(yours).lines] == [other.id]
    assert service.list(NOBODY).lines == []


@link
def test_what_a_browser_opened_by_a_link_to_edit_is_listed_until_the_link_ends(
    service: AssessmentService,
) -> None:
    key = kept(service, MINE)
    read = Key(token=service.add_link(key, MINE).links[0])
    service.note_opened(read, YOURS)
    assert service.list(YOURS).lines == []
    service.note_opened(key, YOURS)
    service.note_opened(key, YOURS)
    assert [line.id for line in service.list(YOURS).lines] == [key.id]
    assert len(service.repository.access(key.id).shared) == 1
    for number in range(MAX_SHARED + 1):
        service.note_opened(key, Visitor(frozenset({holder_of_browser(f"{number:032x}")})))
    assert service.list(YOURS).lines == []  # the earliest of too many
    service.note_opened(key, YOURS)
    fresh = service.renew(key, MINE)
    assert service.list(YOURS).lines == []
    assert [line.id for line in service.list(MINE).lines] == [fresh]


@pytest.mark.parametrize("service", [Mode.LINK, Mode.LOGIN], indirect=True)
def test_what_was_made_in_another_mode_is_in_nobodys_list(service: AssessmentService) -> None:
    """Of nobody, of a browser, of a person: docs/modes.md, on changing the mode."""
    mine, others = (
        (OWNER, ("", MINE.owner)) if service.mode is Mode.LOGIN else (MINE, ("", OWNER.owner))
    )
    for owner in others:
        service.repository.create(filled(), Access(owner=owner))
    for visitor in (mine, NOBODY):
        assert service.list(visitor).lines == []
    if service.mode is Mode.LOGIN:
        for line in service.repository.list().lines:
            assert refused(service, READS["open"], Key(line.id), mine) is NotFound


@local
def test_the_only_person_sees_everything(service: AssessmentService) -> None:
    keys = {kept(service, NOBODY).id, kept(service, NOBODY).id}
    assert {summary.id for summary in service.list(NOBODY).lines} == keys


@every_mode
def test_what_is_in_the_bin_is_closed_and_comes_back_whole(service: AssessmentService) -> None:
    key = kept(service, OWNER)
    before, _ = service.open(key, OWNER)
    read = Key(token=service.add_link(key, OWNER).links[0])
    service.discard(key, OWNER)
    for closed in (key, read):
        with pytest.raises(NotFound):
            service.open(closed, OWNER)
    assert service.list(OWNER).lines == []
    (line,) = service.list(OWNER, BIN).lines
    assert line.access.deleted
    service.restore(key, OWNER)
    assert service.open(key, OWNER)[0] == before
    assert service.open(read, NOBODY)[1] is Right.READ


@login
def test_somebody_elses_bin_is_not_shown(service: AssessmentService) -> None:
    key = kept(service, OWNER)
    service.share(key, OWNER, holder_of_mail("two@example.com"), True)
    service.discard(key, OWNER)
    assert service.list(COLLEAGUE).lines == service.list(COLLEAGUE, BIN).lines == []
    assert len(service.list(OWNER, BIN).lines) == 1
    assert refused(service, WRITES["change"], key, COLLEAGUE) is NotFound


@every_mode
def test_erasing_leaves_nothing(service: AssessmentService) -> None:
    key = kept(service, OWNER)
    service.erase(key, OWNER)
    assert state(service) == []
    with pytest.raises(NotFound):
        service.restore(key, OWNER)


def test_the_mode_is_one_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANBIAO_MODE", raising=False)
    assert mode_set() is Mode.LOCAL
    for text, mode in (("", Mode.LOCAL), ("link", Mode.LINK), (" LOGIN ", Mode.LOGIN)):
        monkeypatch.setenv("ANBIAO_MODE", text)
        assert mode_set() is mode
    monkeypatch.setenv("ANBIAO_MODE", "public")
    with pytest.raises(ValueError, match=r"ANBIAO_MODE.*public"):
        mode_set()


@pytest.mark.parametrize("service", [Mode.LINK], indirect=True)
def test_what_is_saved_while_the_link_is_renewed_is_carried_over(
    service: AssessmentService, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = kept(service, MINE)
    create = service.repository.create

    def slowly(assessment: Assessment, *access: Access) -> None:
        create(assessment, *access)
        service.change(key, YOURS, set_finding("1.1.1-b", 1))

    monkeypatch.setattr(service.repository, "create", slowly)
    renewed = service.renew(key, MINE)
    kept_now, right = service.open(Key(renewed), MINE)
    assert kept_now.work.answers.findings["1.1.1-b"] == 1
    assert right is Right.OWN
    with pytest.raises(NotFound):
        service.change(key, YOURS, CHANGE)


@pytest.mark.parametrize("service", [Mode.LINK, Mode.LOGIN], indirect=True)
def test_nobody_edits_what_is_in_the_bin(service: AssessmentService) -> None:
    key = kept(service, OWNER)
    service.discard(key, OWNER)
    with pytest.raises(NotFound):
        service.change(key, OWNER, CHANGE)


def _made(service: AssessmentService, visitor: Visitor, times: int) -> int:
    """How many of so many are taken."""
    for done in range(times):
        try:
            service.create(new_assessment(), visitor)
        except TooMany as error:
            assert "已有的自评都在" in str(error)
            return done
    return times


@pytest.mark.parametrize("service", [Mode.LINK], indirect=True)
def test_who_makes_assessments_in_a_loop_is_stopped_and_others_are_not(
    service: AssessmentService,
) -> None:
    holders = frozenset({holder_of_browser("a" * 32)})
    assert _made(service, Visitor(holders, session="one", address="192.0.2.1"), 50) == 20
    assert (
        _made(service, Visitor(holders, session="two", address="192.0.2.1"), 50) == 20
    )  # the browser's last
    assert _made(service, Visitor(holders, session="three", address="192.0.2.1"), 50) == 0
    other = Visitor(frozenset({holder_of_browser("b" * 32)}), session="four", address="192.0.2.1")
    assert _made(service, other, 1) == 1
    service.change(kept(service, other), other, CHANGE)


@pytest.mark.parametrize("service", [Mode.LINK], indirect=True)
def test_a_class_of_two_hundred_begins_at_once_behind_one_address(
    service: AssessmentService,
) -> None:
    for number in range(200):
        browser = frozenset({holder_of_browser(f"{number:032x}")})
        assert _made(service, Visitor(browser, session=str(number), address="192.0.2.1"), 1) == 1


@pytest.mark.parametrize("service", [Mode.LOCAL], indirect=True)
def test_one_person_alone_makes_any_number(service: AssessmentService) -> None:
    assert _made(service, Visitor(session="one"), 60) == 60
