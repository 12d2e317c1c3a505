"""Which logins still count: for a working day, and until somebody signs out or is shown out.

What was read of a person counts for a moment, so that a click does not ask the storage several
times; who signs out in another process is out after that moment. While the storage is away what
was last read counts on, as work goes on then; a login that was never looked up waits.
"""

import contextlib
import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Lock
from time import monotonic

from state.documents.access import mail_of
from state.documents.person import Person, id_of_person
from state.storage.line import Query
from state.storage.repository import (
    Conflict,
    Damaged,
    NotFound,
    Repository,
    RepositoryError,
    TooNew,
    Unavailable,
)

HOURS = "ANBIAO_LOGIN_HOURS"
"""Name of the setting that says for how long a login lasts."""

TROUBLE = "login_trouble"
"""Name of the address parameter by which the server tells the page what came of signing in."""

AWAY, FAILED = "away", "failed"
"""Its values: the provider does not answer; what it answered makes no login."""

_DEFAULT = 12
_MOST = 720
"""Hours; after these 30 days a browser forgets its cookie anyway."""

_MOMENT = 1.0
"""Seconds for which what was read counts."""

_REMEMBERED = 5000
_ATTEMPTS = 20
_SKEW = timedelta(minutes=10)
"""How far the provider's clock may be ahead."""

Change = Callable[[Person], Person]


class SignedOut(RepositoryError):
    """The login has ended: by signing out, by an administrator, or by its age."""


@dataclass(frozen=True, slots=True)
class Login:
    """One signing in, as the provider's token says.

    holder: see `holder_of_person`. issued: seconds since 1970 by the provider's clock.
    mail: the verified address, empty without. name: to show.
    """

    holder: str
    issued: int
    mail: str = ""
    name: str = ""


def login_lasts(settings: Mapping[str, str] = os.environ) -> timedelta:
    """For how long a login lasts. Raises: ValueError, naming the setting."""
    text = settings.get(HOURS, "").strip() or str(_DEFAULT)
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _MOST):
        raise ValueError(f"{HOURS} 是登录保持的小时数，1 到 {_MOST}，现在是“{text}”")
    return timedelta(hours=int(text))


class Logins:
    """The people of a storage and their logins."""

    def __init__(self, repository: Repository, lasts: timedelta) -> None:
        self._repository = repository
        self._lasts = lasts
        self._read: dict[str, tuple[Person | None, float]] = {}
        self._unsaved: list[Login] = []
        self._tried = -math.inf
        self._lock = Lock()

    def check(self, login: Login) -> None:
        """Raises: SignedOut; Unavailable for a person who was never looked up."""
        issued = datetime.fromtimestamp(login.issued, UTC)
        if not timedelta() - _SKEW <= datetime.now(UTC) - issued < self._lasts:
            raise SignedOut("登录已到期，请重新登录")
        self._end_unsaved()
        person = self.person(login.holder)
        if login in self._unsaved or (person and person.has_ended(login.issued)):
            raise SignedOut("已经退出登录，请重新登录")

    def end(self, login: Login) -> None:
        """End one login everywhere; here at once, even while the storage is away."""
        with self._lock:
            self._unsaved.append(login)
        self._end_unsaved(now=True)

    def end_all(self, holder: str, until: int) -> None:
        """End every login of somebody that was issued until then. Raises: RepositoryError."""
        self._change(holder, lambda person: person.without_all(until))

    def meet(self, login: Login) -> None:
        """Note what somebody who signs in is called. Raises: RepositoryError."""
        person = self.person(login.holder)
        if person is None or (person.mail, person.name) != (login.mail, login.name):
            self._change(login.holder, lambda there: there.having(mail=login.mail, name=login.name))

    def called(self, holder: str) -> str:
        """What somebody is called by others: their address, else their name; empty if unknown."""
        if mail_of(holder):
            return mail_of(holder)
        try:
            person = self.person(holder)
        except Unavailable:
            return ""
        return person.title if person else ""

    def person(self, holder: str) -> Person | None:
        """Somebody as read a moment ago at most, or last. Raises: Unavailable if never."""
        known, since = self._read.get(holder, (None, None))
        if since is not None and monotonic() - since < _MOMENT:
            return known
        try:
            found: Person | None = self._repository.load(id_of_person(holder), Person)
        except NotFound:
            found = None
        except (Damaged, TooNew) as error:  # whether a login has ended cannot be known
            raise Unavailable(f"登录记录读不出来，请告诉管理员（{error}）") from error
        except Unavailable:
            if since is None:
                raise
            found = known
        self._remember(holder, found)
        return found

    def _remember(self, holder: str, person: Person | None) -> None:
        with self._lock:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            self._read[holder] = person, monotonic()

    def _end_unsaved(self, now: bool = False) -> None:
        """Keep for all what has ended here, as soon as the storage takes it."""
        if not now and monotonic() - self._tried < _MOMENT:
            return
        self._tried = monotonic()
        for login in [*self._unsaved]:
            try:
                self._change(login.holder, partial(Person.without, issued=login.issued))
            except Unavailable:
                return
            except RepositoryError:  # of a record that cannot be read, by which nobody comes in
                continue
            with self._lock:
                self._unsaved = [other for other in self._unsaved if other != login]

    def _change(self, holder: str, change: Change) -> None:
        """Change what is kept of somebody, making it where there is nothing."""

        def changed(person: Person, _: object) -> tuple[Person, None]:
            result = change(person)
            return (person if result == person else result.stamped()), None

        for _ in range(_ATTEMPTS):
            try:
                kept = self._repository.revise(id_of_person(holder), changed, Person)
                self._remember(holder, kept.document)
                return
            except Conflict:
                continue
            except NotFound:
                now = datetime.now(UTC)
                new = change(Person(id=id_of_person(holder), holder=holder, updated=now))
                try:
                    self._repository.create(new)
                except Conflict:
                    continue
                self._remember(holder, new)
                return
        raise Unavailable("登录记录正在被别处改动，请再试一次")


def people(repository: Repository, mail: str) -> list[Person]:
    """Who has signed in with an address. Raises: RepositoryError."""
    wanted = mail_of(mail) if mail_of(mail) else mail
    lines = repository.list(Query(search=wanted), Person).lines if wanted else []
    found = [repository.load(line.id, Person) for line in lines]
    return [person for person in found if person.mail == wanted]


def forget_ended(repository: Repository, now: datetime) -> int:
    """Drop ended logins that are too old to count anyway. Returns: of how many people.

    Raises: RepositoryError.
    """
    long_ago = int((now - timedelta(hours=_MOST) - timedelta(days=1)).timestamp())
    logins, count = Logins(repository, timedelta()), 0
    for line in repository.list(Query(), Person).lines:
        with contextlib.suppress(Damaged, TooNew):
            person = repository.load(line.id, Person)
            if person.ended and min(person.ended) <= long_ago:
                logins.end_all(person.holder, long_ago)
                count += 1
    return count
