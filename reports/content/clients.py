"""The list of clients: what the index alone says of each, with what is due."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Any

import schemes
from schemes import Scheme
from state.storage.line import Line
from wording.clients import due_words, grade_state_words, weakest_words
from wording.dates import years_after
from wording.numbers import total_number

HEAD = (
    "企业",
    "标准",
    "等级",
    "总分",
    "进度",
    "最弱要素",
    "未动天数",
    "未关整改",
    "逾期整改",
    "证书",
    "证书到期",
    "下次自评",
    "标签",
)

CERTIFICATE_YEARS = 3
"""How long a grade holds, by the rules on grading (定级办法)."""


@dataclass(frozen=True, slots=True)
class Client:
    """One assessment in the list.

    total: in words, empty while nothing is sure; progress: reviewed and applicable items.
    idle: days since it was last changed. open_actions, overdue: of the actions on findings.
    expires: of the certificate, three years after its issue where only that is known.
    due: when the next self-assessment is, a year after the last was finished, or the certificate
    issued. due_words, expires_words: what is to be known of these days, empty where nothing is.
    """

    id: str
    enterprise: str
    standard: str
    grade: str
    total: str
    progress: tuple[int, int] | None
    weakest: str
    idle: int
    open_actions: int
    overdue: int
    certificate: str
    expires: date | None
    expires_words: str
    due: date | None
    due_words: str
    tags: tuple[str, ...]
    archived: bool
    locked: bool

    @property
    def cells(self) -> tuple[str | int, ...]:
        """As in `HEAD`."""
        return (
            self.enterprise,
            self.standard,
            self.grade,
            self.total,
            f"{self.progress[0]}/{self.progress[1]}" if self.progress else "",
            self.weakest,
            self.idle,
            self.open_actions,
            self.overdue,
            self.certificate,
            self.expires_words,
            self.due_words,
            "、".join(self.tags),
        )


def clients(lines: Iterable[Line], today: date, zone: tzinfo | None = None) -> list[Client]:
    """Clients in the order of the lines; what cannot be read is left out.

    zone: where the reader is, for the day of the last change.
    """
    known = {scheme_id: schemes.load(scheme_id) for scheme_id in schemes.available()}
    return [
        _client(line, known.get(line.standard or ""), today, zone)
        for line in lines
        if not line.is_unreadable
    ]


def _client(line: Line, scheme: Scheme | None, today: date, zone: tzinfo | None) -> Client:
    facts = line.facts
    certificate: dict[str, Any] = facts.get("certificate", {})
    issued, expires = (_day(certificate.get(name)) for name in ("issued", "expires"))
    if expires is None and issued is not None:
        expires = years_after(issued, CERTIFICATE_YEARS)
    since = _day(facts.get("finished")) or issued
    due = years_after(since, 1) if since else None
    overdue = sum(day < today.isoformat() for day in facts.get("due", ()))
    done = line.reviewed is not None and line.reviewed == line.applicable
    total = ""
    if scheme and done and line.total is not None:
        total = total_number(scheme, Decimal(line.total))
    named = " ".join(filter(None, (certificate.get("grade"), certificate.get("number"))))
    return Client(
        id=line.id,
        enterprise=" ".join(line.title.split()),
        standard=scheme.short_title if scheme else "",
        grade=grade_state_words(line.grade, facts),
        total=total,
        progress=(line.reviewed, line.applicable)
        if line.reviewed is not None and line.applicable
        else None,
        weakest=weakest_words(facts.get("weakest")),
        idle=max((today - line.updated.astimezone(zone or UTC).date()).days, 0),
        open_actions=facts.get("open_actions", 0),
        overdue=overdue,
        certificate=named,
        expires=expires,
        expires_words=due_words(expires, today),
        due=due,
        due_words=due_words(due, today),
        tags=tuple(facts.get("tags", ())),
        archived=bool(facts.get("archived")),
        locked=bool(facts.get("locked")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_LAST = datetime.max.date()

SORTS: dict[str, Callable[[Client], Any]] = {
    "最近修改": lambda one: one.idle,
    "企业名称": lambda one: one.enterprise,
    "先到期的证书": lambda one: one.expires or _LAST,
    "先到期的自评": lambda one: one.due or _LAST,
    "逾期整改多": lambda one: -one.overdue,
    "最久未动": lambda one: -one.idle,
}
"""Orders of the list, by what they are called."""


def chosen(
    found: Iterable[Client], search: str, tags: Iterable[str], *, archived: bool
) -> list[Client]:
    """Those with the words in their name, certificate or tags, and with all of the tags."""
    words = search.casefold().split()
    wanted = set(tags)
    return [
        one
        for one in found
        if one.archived == archived
        and wanted <= set(one.tags)
        and all(
            word in f"{one.enterprise} {one.certificate} {' '.join(one.tags)}".casefold()
            for word in words
        )
    ]
