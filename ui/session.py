"""Ties the assessment document to one browser session.

The document in the repository is the truth. The address bar carries its id, or the token of a
read-only link, so that a refresh, another device or a link comes back to it; the session only
remembers them across page switches, which drop the address's parameters.

State: one service for the whole process, opened when it is first asked for; the rest is in
`st.session_state` under the names below.
"""

import contextlib
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from threading import Lock
from time import monotonic

import streamlit as st
from pydantic import ValidationError

import wording.dates
from schemes import Scheme, UnknownScheme
from schemes.library import installed
from scoring import Result
from state.documents.access import Right
from state.documents.assessment import NAME_LENGTH, Assessment, Touch
from state.documents.changes import Change
from state.documents.clashes import Clash
from state.documents.faults import first_fault
from state.documents.touches import signed
from state.documents.versions import missing_version
from state.documents.versions import scheme_of as version_of
from state.documents.written import newly_written
from state.service.assessments import AssessmentService, Key, Visitor
from state.service.logins import Login, SignedOut, login_lasts
from state.service.mode import Mode, mode_set
from state.service.outbox import Refused, Waiting
from state.storage.line import Found, Query
from state.storage.opening import open_repository
from state.storage.repository import Clashed, Damaged, RepositoryError, Unavailable
from ui import files, party, refusals
from ui.undecided import Undecided
from ui.unsaved import keep_unsaved
from ui.visiting import holders, login_of_browser
from wording.dates import zone_named

ID = "a"
"""Name of the address parameter that carries the assessment's id."""

LINK = "r"
"""Name of the address parameter that carries the token of a read-only link."""

_TROUBLE = "trouble"
_NOTICE = "notice"
_SEEN = "seen"
_DAMAGED = "damaged"
_RIGHT = "right"
_TOLD = "told"
_SAVED = "saved"
_OPEN = "open-here"
_NOTED = "noted"

_MOMENT = 2.0
"""Seconds for which what was saved or handed on counts as read."""


_opening = Lock()


def service() -> AssessmentService:
    """Where this server hands assessments out and takes changes in.

    Not in a cache of Streamlit's, which any browser may have cleared: what waits to be saved is
    in here. Raises: ValueError, Unavailable for settings that cannot be used.
    """
    with _opening:
        return _service()


def close_service() -> None:
    """Forget the service, so that the next one is opened by the settings as they are then."""
    installed.bring(None)
    _service.cache_clear()


@cache
def _service() -> AssessmentService:
    made = AssessmentService(open_repository(os.environ), mode_set(), login_lasts())
    installed.bring(made.standards)
    return made


def zone() -> tzinfo | None:
    """The visitor's time zone, as their browser says."""
    return zone_named(st.context.timezone)


def today() -> date:
    """The day it is where the visitor is."""
    return wording.dates.today(zone())


def local_time(moment: datetime) -> str:
    """A stored moment where the visitor is, to the minute."""
    return wording.dates.local_time(moment, zone())


def visitor() -> Visitor:
    """Who is at the other end, as far as the mode tells people apart."""
    mode = service().mode
    if mode is Mode.LOCAL:
        return Visitor()
    login = login_of_browser() if mode is Mode.LOGIN else None
    return Visitor(holders(mode, login), login, party.session_id(), party.address())


def signed_in() -> bool:
    """Whether the login counts; what has ended is said once. Raises: Unavailable."""
    login = visitor().login
    if login is None:
        return False
    try:
        service().logins.check(login)
    except SignedOut as error:
        st.session_state[_TROUBLE] = str(error)
        return False
    with contextlib.suppress(RepositoryError, ValidationError):  # only what others call them
        service().logins.meet(login)
    return True


def sign_out() -> None:
    """End this login in every window and for every copy of its cookie, then the provider's."""
    login = visitor().login
    if login:
        service().logins.end(login)
    st.logout()


def may_see(unknown: bool = False) -> bool:
    """Whether what the session has open is still open to the visitor.

    unknown: what to say while the storage is away.
    """
    found = settle_address()
    if found is None:
        return False
    try:
        service().open(found, visitor())
    except Unavailable:
        return unknown
    except RepositoryError:
        return False
    return True


def unsure() -> bool:
    """Whether nobody can say just now if what the session has open is open to the visitor."""
    return may_see(unknown=True) and not may_see()


def was_open() -> bool:
    """Whether the page has shown what the session has open."""
    found = settle_address()
    return found is not None and st.session_state.get(_OPEN) == found


def open_assessment(assessment_id: str) -> None:
    """Make this the session's assessment."""
    _open(ID, assessment_id)


def _open(name: str, value: str) -> None:
    other = LINK if name == ID else ID
    st.session_state.pop(other, None)
    st.session_state[name] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def settle_address() -> Key | None:
    """What the address or, after a page switch, the session leads to; both lead there then."""
    for places in (st.query_params, st.session_state):
        for name in (LINK, ID):
            found = places.get(name)
            if found:
                _open(name, found)
                return Key(token=found) if name == LINK else Key(id=found)
    return None


def start(
    assessment: Assessment, keep: Callable[[Assessment, Visitor], object] | None = None
) -> bool:
    """Keep a new assessment and open it; False, with a message, when it cannot be kept.

    keep: how, where more is kept with it than itself.
    """
    keeping = keep or service().create
    if not tried(lambda: keeping(assessment, visitor())):
        return False
    open_assessment(assessment.id)
    return True


def current() -> Assessment | None:
    """The session's assessment as it is kept now; None, with a message, when there is none.

    When it cannot be reached just now, the session stays with it.
    """
    found = settle_address()
    if found is None:
        return None
    try:
        assessment, st.session_state[_RIGHT] = _saved(found) or service().open(found, visitor())
    except RepositoryError as error:
        st.session_state[_TROUBLE] = str(error)
        if isinstance(error, Unavailable | SignedOut):
            return None
        if isinstance(error, Damaged) and found.id:
            st.session_state[_DAMAGED] = found, error.copy
        for name in (ID, LINK):
            st.session_state.pop(name, None)
            st.query_params.pop(name, None)
        return None
    st.session_state[_SEEN] = assessment
    files.note(service(), found, visitor())
    _note_opened(found)
    if may_edit():
        _hear(service().refused(found))
    return assessment


def _note_opened(found: Key) -> None:
    """List what a link has led to in this browser from now on; once a session is enough."""
    if service().mode is Mode.LINK and st.session_state.get(_NOTED) != found.id:
        with contextlib.suppress(RepositoryError):  # the next page tries again
            service().note_opened(found, visitor())
            st.session_state[_NOTED] = found.id


def hand_on(assessment: Assessment) -> None:
    """Let the fragment that is drawn next use what the page has just read."""
    st.session_state[_SAVED] = settle_address(), (assessment, st.session_state[_RIGHT]), monotonic()


def _saved(found: Key) -> tuple[Assessment, Right] | None:
    """What this run of the script has saved or read just now, instead of reading it again.

    Once, and for a moment only: a run that was cut short leaves it for the next one.
    """
    key_then, opened, since = st.session_state.pop(_SAVED, (None, None, 0.0))
    fresh = key_then == found and monotonic() - since < _MOMENT
    return opened if fresh else None


def _hear(refused: list[Refused]) -> None:
    """Pass on what waited and was not saved: to be decided, or that it no longer fits."""
    for one in refused:
        if one.clashes:
            _undecided().add(one.change, one.clashes)
    unfit = [one.why for one in refused if not one.clashes]
    if unfit:
        count = f"暂存的修改中有 {len(unfit)} 处没有保存"
        st.session_state[_TROUBLE] = f"{count}（{'；'.join(dict.fromkeys(unfit))}）"


def may_edit() -> bool:
    """Whether the session may change its assessment, or only look."""
    right: Right = st.session_state.get(_RIGHT, Right.NONE)
    return right >= Right.EDIT


def may_answer() -> bool:
    """Whether the session may change answers: all, or those of the elements it was given."""
    right: Right = st.session_state.get(_RIGHT, Right.NONE)
    return right >= Right.PART


def part() -> tuple[str, ...]:
    """Elements that the link which led here may change; empty for other visitors."""
    found = settle_address()
    if found is None or not found.token:
        return ()
    try:
        return service().part_of(found)
    except RepositoryError:
        return ()


def owns() -> bool:
    """Whether the session may also say who else sees its assessment."""
    right: Right = st.session_state.get(_RIGHT, Right.NONE)
    return right is Right.OWN


def reading() -> bool:
    """Whether a read-only link has led here."""
    found = settle_address()
    return found is not None and bool(found.token)


def shown_out() -> bool:
    """Whether what the page shows has been closed to the visitor since; said once."""
    found = settle_address()
    if found and st.session_state.get(_OPEN) == found and not may_see(unknown=True):
        st.session_state.pop(_OPEN)
        return True
    if service().mode is Mode.LOGIN and not reading():
        with contextlib.suppress(Unavailable):
            return not signed_in()
    return False


def listing(query: Query) -> Found:
    """Of what the visitor made or was given, or of their bin. Raises: RepositoryError."""
    return service().list(visitor(), query)


def tried(action: Callable[[], object]) -> bool:
    """Do something; what is refused is said on the page."""
    try:
        action()
    except RepositoryError as error:
        st.session_state[_TROUBLE] = str(error)
        return False
    except ValidationError as error:
        st.session_state[_TROUBLE] = f"没有保存（{first_fault(error)}）"
        return False
    return True


def close_any() -> None:
    """Have no assessment open."""
    for places in (st.session_state, st.query_params):
        for name in (ID, LINK):
            places.pop(name, None)


def close(assessment_id: str) -> None:
    """Forget an assessment that is no longer there, wherever it was open."""
    for places in (st.session_state, st.query_params):
        if places.get(ID) == assessment_id:
            places.pop(ID)


def later(make: Callable[[Assessment], bytes]) -> Callable[[], bytes]:
    """What a download button calls, outside of any session and after more clicks.

    It makes the file of the assessment as it is then, if the visitor may still see it.
    """
    service_now, found, who = service(), settle_address() or Key(), visitor()
    return refusals.noting(lambda: make(service_now.open(found, who)[0]))


def waiting() -> Waiting | None:
    """What of the session's assessment is not saved yet."""
    found = settle_address()
    return service().waiting(found) if found and found.id else None


def lost() -> Assessment | None:
    """The session's assessment as it was before the place lost its last writes."""
    found = settle_address()
    return service().lost(found) if found and found.id else None


def settle_lost(back: bool) -> None:
    """Bring back what the place lost, or leave what is kept."""
    found = settle_address()
    if found:
        st.session_state.pop(_SAVED, None)
        if tried(lambda: service().settle_lost(found, visitor(), back)):
            notify("已恢复较新的内容" if back else "已保留现在的内容")


def remembered(name: str) -> str | None:
    """A place on the page, from the address or, after a page switch, from the session."""
    return st.query_params.get(name) or st.session_state.get(f"remembered:{name}")


def remember(name: str, value: str) -> None:
    """Keep a place on the page in the address, where a refresh and another device find it."""
    st.session_state[f"remembered:{name}"] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def forget(name: str) -> None:
    """Drop a place on the page."""
    st.session_state.pop(f"remembered:{name}", None)
    st.query_params.pop(name, None)


def scheme_of(assessment: Assessment) -> Scheme | None:
    """The standard chosen, in the version it was answered with; None if that is not there."""
    if missing_version(assessment) is not None:
        return None
    with contextlib.suppress(UnknownScheme):
        return version_of(assessment)
    return None


def result_of(assessment: Assessment, scheme: Scheme) -> Result:
    """What an assessment scores; nothing is scored that is as it was when it was scored last."""
    return service().scores.of(assessment, scheme)


def apply(change: Change) -> None:
    """Save a change to the session's assessment; used as the callback of every widget.

    What cannot be saved is said on the page, and the widget falls back to the
    answer that is kept.
    """
    applied(change)


def applied(change: Change) -> bool:
    """The same. Returns: whether the change was saved, or waits to be."""
    seen = st.session_state.get(_SEEN)
    saved = _save(change, seen)
    if seen is not None:  # a second callback of the same run must not clash with this one
        with contextlib.suppress(ValidationError):
            st.session_state[_SEEN] = change(seen)
    return saved


def _save(change: Change, seen: Assessment | None) -> bool:
    found = settle_address()
    if found is None:
        return False
    seen = seen if seen and seen.id == found.id else None
    st.session_state.pop(_SAVED, None)
    who = visitor()
    change = _signed(change, who.login, seen)
    try:
        opened = service().change(found, who, change, seen)
        st.session_state[_SAVED] = found, opened, monotonic()
    except Clashed as error:
        _undecided().add(change, error.clashes)
    except RepositoryError as error:
        st.session_state[_TROUBLE] = f"刚才的修改没有保存：{error}"
        _keep_written(change, seen)
    except ValidationError as error:
        st.session_state[_TROUBLE] = f"刚才的修改没有保存（{first_fault(error)}）"
    else:
        return True
    return False


def ask(action: Callable[..., object], *inputs: object) -> bool:
    """Call a method of a service with the session's key and visitor; what is refused is said.

    For what is more than a change. Returns: whether it was done.
    """
    found = settle_address()
    st.session_state.pop(_SAVED, None)
    return found is not None and tried(lambda: action(found, visitor(), *inputs))


def signing(who: Visitor) -> Callable[[Change], Change]:
    """What lets a change say by whom it is, where people sign in."""
    seen = st.session_state.get(_SEEN)
    return lambda change: _signed(change, who.login, seen)


def _signed(change: Change, login: Login | None, seen: Assessment | None) -> Change:
    """The change, by whom it is where people sign in."""
    scheme = scheme_of(seen) if login and seen else None
    if login is None or scheme is None:
        return change
    by = (login.name or login.mail)[:NAME_LENGTH]
    return signed(change, scheme, Touch(by=by, at=datetime.now(UTC)))


def _keep_written(change: Change, seen: Assessment | None) -> None:
    """Keep the words of a change that was refused, to be copied by whoever wrote them."""
    if seen is None:
        return
    with contextlib.suppress(ValidationError):
        keep_unsaved(newly_written(seen, change(seen)))


def _undecided() -> Undecided[Change]:
    """Changes of the session's assessment that overwrite somebody else's."""
    found = settle_address()
    return Undecided(found.id if found else "")


def clashes() -> list[Clash]:
    """What the user and somebody else changed at the same time, until the user decides."""
    return _undecided().clashes()


def settle_clash(mine: bool) -> None:
    """Save my values over the others, or leave theirs."""
    for change in _undecided().taken():
        if mine:
            _save(change, None)


def warn(told: list[str]) -> None:
    """Say on the next page what deserves to be looked at; nothing if there is nothing."""
    if told:
        st.session_state[_TROUBLE] = "\n".join(told)


def notify(message: str) -> None:
    """Say something good once, on the page shown next."""
    st.session_state[_NOTICE] = message


def messages() -> tuple[str | None, str | None]:
    """What went wrong and what went right since the last page; told once."""
    return st.session_state.pop(_TROUBLE, None), st.session_state.pop(_NOTICE, None)


def told() -> None:
    """Note what the page shows of what waits or has to be decided."""
    st.session_state[_TOLD] = _state()
    st.session_state[_OPEN] = settle_address()


def news() -> bool:
    """Whether something has to be said that the page does not show yet."""
    return _TROUBLE in st.session_state or st.session_state.get(_TOLD) != _state()


def _state() -> tuple[bool, int, bool]:
    return waiting() is not None, len(clashes()), lost() is not None


def damaged() -> tuple[Key, datetime | None] | None:
    """A damaged assessment just met, and when its last good copy was saved; told once."""
    met: tuple[Key, datetime | None] | None = st.session_state.pop(_DAMAGED, None)
    return met
