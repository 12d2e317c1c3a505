"""Ties the assessment document to one browser session.

The document in the repository is the truth. The address bar carries its id, or the token of a
read-only link, so that a refresh, another device or a link comes back to it; the session only
remembers them across page switches, which drop the address's parameters.

State: one service for the whole process, opened when it is first asked for; the rest is in
`st.session_state` under the names below.
"""

import contextlib
import os
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from threading import Lock
from time import monotonic
from typing import Any

import streamlit as st
from pydantic import ValidationError

import wording.dates
from schemes import Scheme, UnknownScheme
from state.documents.access import (
    Right,
    holder_of_browser,
    holder_of_mail,
    holder_of_person,
    mail_of,
    new_token,
)
from state.documents.addresses import addresses_in
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
from state.storage.line import Found, Line, Query
from state.storage.opening import open_repository
from state.storage.repository import Clashed, Damaged, RepositoryError, Unavailable
from ui import files, party, refusals
from wording.dates import zone_named

ID = "a"
"""Name of the address parameter that carries the assessment's id."""

LINK = "r"
"""Name of the address parameter that carries the token of a read-only link."""

COOKIE = "anbiao_browser"
"""Name of the cookie by which a browser finds what it made, where links are the key."""

_TROUBLE = "trouble"
_NOTICE = "notice"
_SEEN = "seen"
_DAMAGED = "damaged"
_RIGHT = "right"
_TOLD = "told"
_SAVED = "saved"
_UNSAVED = "unsaved"
_OPEN = "open-here"

_MOST_UNSAVED = 20
"""Texts that are kept for who wrote them."""

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
    _service.cache_clear()


@cache
def _service() -> AssessmentService:
    return AssessmentService(open_repository(os.environ), mode_set(), login_lasts())


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
    login = _login() if mode is Mode.LOGIN else None
    return Visitor(_holders(mode, login), login, party.session_id(), party.address())


def _holders(mode: Mode, login: Login | None) -> frozenset[str]:
    if mode is Mode.LINK:
        return frozenset({holder_of_browser(browser_key()[0])})
    if login is None:
        return frozenset()
    return frozenset({login.holder, holder_of_mail(login.mail)} if login.mail else {login.holder})


def _login() -> Login | None:
    """How the browser's cookie says somebody signed in; None without one that says it all."""
    user = st.user
    issued = user.get("iat") if user.is_logged_in else None
    if not isinstance(issued, int | float):
        return None
    mail = user.get("email") if user.get("email_verified") is True else None
    return Login(
        holder_of_person(str(user["iss"]), str(user["sub"])),
        int(issued),
        mail_of(holder_of_mail(str(mail or ""))),
        str(user.get("name") or "")[:NAME_LENGTH],
    )


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


def browser_key() -> tuple[str, bool]:
    """What this browser is known by, and whether it has the cookie for it already."""
    found = st.context.cookies.get(COOKIE, "")
    if len(found) == 32 and set(found) <= set("0123456789abcdef"):
        return found, True
    return st.session_state.setdefault(COOKIE, new_token()), False


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


def start(assessment: Assessment) -> bool:
    """Keep a new assessment and open it; False, with a message, when it cannot be kept."""
    if not _told(lambda: service().create(assessment, visitor())):
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
    if may_edit():
        _hear(service().refused(found))
    return assessment


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
            _undecided().append((one.change, one.clashes))
    unfit = [one.why for one in refused if not one.clashes]
    if unfit:
        count = f"暂存的修改中有 {len(unfit)} 处没有保存"
        st.session_state[_TROUBLE] = f"{count}（{'；'.join(dict.fromkeys(unfit))}）"


def may_edit() -> bool:
    """Whether the session may change its assessment, or only look."""
    right: Right = st.session_state.get(_RIGHT, Right.NONE)
    return right >= Right.EDIT


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


def may_discard(line: Line) -> bool:
    """Whether a line of the list is the visitor's own, and not only shared with them."""
    return service().mode is Mode.LOCAL or line.access.owner in visitor().holders


def _told(action: Callable[[], object]) -> bool:
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


def discard(assessment_id: str) -> None:
    """Move an assessment to the bin."""
    if _told(lambda: service().discard(Key(assessment_id), visitor())):
        _close(assessment_id)
        notify("已移到回收站，30 天内可以恢复")


def leave(assessment_id: str) -> None:
    """Take what somebody shared off the visitor's list."""
    if _told(lambda: service().leave(Key(assessment_id), visitor())):
        _close(assessment_id)
        notify("已从列表中移除")


def _close(assessment_id: str) -> None:
    """Forget an assessment that is no longer there, wherever it was open."""
    for places in (st.session_state, st.query_params):
        if places.get(ID) == assessment_id:
            places.pop(ID)


def restore(assessment_id: str) -> None:
    """Take an assessment out of the bin."""
    if _told(lambda: service().restore(Key(assessment_id), visitor())):
        notify("已恢复")


def erase(assessment_id: str) -> None:
    """Remove an assessment for good."""
    if _told(lambda: service().erase(Key(assessment_id), visitor())):
        _close(assessment_id)
        notify("已彻底删除")


def recover(damaged: Key) -> None:
    """Bring a damaged assessment back and open it."""
    if _told(lambda: service().recover(damaged, visitor())):
        open_assessment(damaged.id)
        shared = "" if service().mode is Mode.LOCAL else "；分享和只读链接请重新建立"
        notify(f"已恢复{shared}")


def share(action: Callable[..., object], *inputs: Any) -> None:
    """Change to whom the session's assessment is open: a method of the service and its inputs."""
    found = settle_address()
    if found:
        _told(lambda: action(found, visitor(), *inputs))


def share_with(typed: str) -> None:
    """Let everybody edit whose address was typed; says what is no address."""
    found = addresses_in(typed)
    for mail in found.understood:
        share(service().share, holder_of_mail(mail), True)
    _say_refused(found.refused)


def give_to(typed: str) -> None:
    """Hand the session's assessment over to the one person whose address was typed."""
    found = addresses_in(typed)
    if len(found.understood) != 1 or found.refused:
        _say_refused(found.refused)
        if not found.refused:
            st.session_state[_TROUBLE] = "没有转交：请只填一个邮箱"
        return
    key, (mail,) = settle_address(), found.understood
    if key and _told(lambda: service().give(key, visitor(), holder_of_mail(mail))):
        notify(f"已转交给 {mail}，您仍可修改")


def _say_refused(refused: Collection[str]) -> None:
    if refused:
        st.session_state[_TROUBLE] = "这不是邮箱，没有添加：" + "、".join(refused)


def owner_called(line: Line) -> str:
    """What the owner of a line is called, where that is known."""
    return service().logins.called(line.access.owner)


def called(holder: str) -> str:
    """What somebody an assessment is shared with is called."""
    return service().logins.called(holder) or "没有邮箱的人"


def renew() -> None:
    """Give the session's assessment a new link to edit; those made so far end."""
    found = settle_address()

    def renewed() -> None:
        if found:
            open_assessment(service().renew(found, visitor()))

    if _told(renewed):
        notify("已换成新的链接，原来的链接都已失效")


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
        if _told(lambda: service().settle_lost(found, visitor(), back)):
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


def apply(change: Change) -> None:
    """Save a change to the session's assessment; used as the callback of every widget.

    What cannot be saved is said on the page, and the widget falls back to the
    answer that is kept.
    """
    seen = st.session_state.get(_SEEN)
    _save(change, seen)
    if seen is not None:  # a second callback of the same run must not clash with this one
        with contextlib.suppress(ValidationError):
            st.session_state[_SEEN] = change(seen)


def _save(change: Change, seen: Assessment | None) -> None:
    found = settle_address()
    if found is None:
        return
    seen = seen if seen and seen.id == found.id else None
    st.session_state.pop(_SAVED, None)
    who = visitor()
    change = _signed(change, who.login, seen)
    try:
        opened = service().change(found, who, change, seen)
        st.session_state[_SAVED] = found, opened, monotonic()
    except Clashed as error:
        _undecided().append((change, error.clashes))
    except RepositoryError as error:
        st.session_state[_TROUBLE] = f"刚才的修改没有保存：{error}"
        _keep_written(change, seen)
    except ValidationError as error:
        st.session_state[_TROUBLE] = f"刚才的修改没有保存（{first_fault(error)}）"


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


def keep_unsaved(written: Collection[str]) -> None:
    """Keep words that were refused, to be copied by whoever wrote them."""
    unsaved = st.session_state.get(_UNSAVED, ())
    words = (text for text in written if text.strip())
    st.session_state[_UNSAVED] = tuple(dict.fromkeys((*unsaved, *words)))[-_MOST_UNSAVED:]


def unsaved() -> tuple[str, ...]:
    """Texts that the visitor wrote and that nobody would take, the latest last."""
    found: tuple[str, ...] = st.session_state.get(_UNSAVED, ())
    return found


def drop_unsaved() -> None:
    """Forget the texts that were not saved."""
    st.session_state.pop(_UNSAVED, None)


def _undecided() -> list[tuple[Change, Collection[Clash]]]:
    """Changes of the session's assessment that overwrite somebody else's."""
    found = settle_address()
    undecided: list[tuple[Change, Collection[Clash]]] = st.session_state.setdefault(
        f"undecided:{found.id if found else ''}", []
    )
    return undecided


def clashes() -> list[Clash]:
    """What the user and somebody else changed at the same time, until the user decides."""
    latest = {clash.path: clash for _, found in _undecided() for clash in found}
    return list(latest.values())


def settle_clash(mine: bool) -> None:
    """Save my values over the others, or leave theirs."""
    undecided = _undecided()
    while undecided:
        change, _ = undecided.pop(0)
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
