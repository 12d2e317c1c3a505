"""Rows whose cells hold several numbered clauses, each with points of its own (本项 25 分)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from schemes.tables.grammar.plain import plain, sentences, without_number

_START = re.compile(
    r"(?:(?<=^)|(?<=[。；！\n分）止]))\s*(?P<number>\d{1,2})[.、．]?(?!\d|分)\s*(?=[^\s\d%])"
)
_EACH = re.compile(r"(?:每一?项|各项|每条|每小项)(\d{1,3}(?:\.\d{1,2})?)分[。；，]?$")
_OWN = re.compile(r"^(?:本|该|此)(?:项|条|小项)(?:共|满分|为)?(\d{1,3}(?:\.\d{1,2})?)分[。，；：]?")

_STOPPED = re.compile(r"[。；]\s*(（\d{1,3}(?:\.\d{1,2})?分?）)[。；]?")
"""Points behind the full stop: 有制度。（2.5）."""
_OF_EACH = re.compile(r"^(?:上述|以上)?每(?:一)?(?:条|项|款)(?:内容|要求)?(?:中|内)?，?(?=\D)")
"""每条内容中缺项 is 缺项 in a clause of its own."""
_IN_BRACKETS = re.compile(r"^(?P<text>.+?)（(?P<points>\d{1,3}(?:\.\d{1,2})?)分?）$")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its printed number, what is asked, what it is worth and what it costs."""

    number: str
    text: str
    points: Decimal
    method: str


def clauses(content: str, method: str, points: Decimal | None) -> list[Clause]:
    """The clauses of a row; none where its cells do not name the points of each.

    Content and method must have the same numbers, and the points must add up to the row's.
    """
    said, costs = _STOPPED.sub(r"\1。", plain(content)), plain(method)
    worth_each = _bracketed(said, costs, points)
    if worth_each:
        return worth_each
    each = _EACH.search(said)
    if each:
        said = said[: each.start()].rstrip()
    asked, charged = dict(_numbered(said)), dict(_numbered(costs))
    if not charged or list(asked) != list(charged):
        return []
    found = []
    for number, text in asked.items():
        own = _OWN.match(charged[number])
        worth = own or each
        if worth is None:
            return []
        rest = charged[number][own.end() :] if own else charged[number]
        found.append(Clause(number, text, Decimal(worth[1]), rest.strip()))
    total = sum((clause.points for clause in found), Decimal(0))
    return found if points in (None, total) else []


def _bracketed(said: str, costs: str, points: Decimal | None) -> list[Clause]:
    """Sentences with their points in brackets, where one consequence without a number is of all.

    They are rows of their own only where the points add up to the row's.
    """
    if points is None or re.search(r"\d分", costs):
        return []
    parts = [_IN_BRACKETS.match(part) for part in sentences(said)]
    if len(parts) < 2 or not all(parts):
        return []
    costs = _OF_EACH.sub("", costs)
    found = [
        Clause("", without_number(part["text"]), Decimal(part["points"]), costs)
        for part in parts
        if part
    ]
    return found if sum(clause.points for clause in found) == points else []


def _numbered(text: str) -> Iterator[tuple[str, str]]:
    """The clauses 1, 2, 3 … of a text, each with its number; other numbers are words."""
    starts: list[re.Match[str]] = []
    for found in _START.finditer(text):
        if int(found["number"]) == len(starts) + 1:
            starts.append(found)
    if not starts or text[: starts[0].start()].strip():
        return
    ends = [*(found.start() for found in starts[1:]), len(text)]
    for found, end in zip(starts, ends, strict=True):
        yield found["number"], text[found.end() : end].strip()
