"""What a person typed or wishes beside the standard's own answers: own findings, effort, pins."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, Protocol

from schemes import Scheme
from scoring.problems import Detail, ProblemKind, quoted

Pin = Literal["fix", "keep"]
"""All of it must be put right, or none of it can be."""

MAX_OWN = 500
"""Most own findings of one assessment."""

MAX_WORDS = 500
"""Longest words of one, in characters."""

MAX_EFFORT = 1_000_000
"""Largest effort for one place; more is a slip of the finger."""

OWN_ID = re.compile(r"^[a-z0-9]{1,20}$")
NUMBER = re.compile(r"^[0-9]{1,9}(\.[0-9]{1,6})?$")
EFFORT = re.compile(r"^[0-9]{1,9}(\.[0-9]{1,3})?$")
"""To a thousandth: a sum of hundreds of them stays far within what a solver tells apart."""


@dataclass(frozen=True, slots=True)
class OwnFinding:
    """What the table has no box for: the user's own words on an item, and points for each time.

    points: from 0, which is words only, to the item's full marks.
    """

    id: str
    item: str
    words: str
    points: Decimal
    count: int = 1

    @property
    def key(self) -> str:
        """What effort and pins call it."""
        return f"own:{self.id}"


class Reader(Protocol):
    """What reads answers and remembers what is wrong with them."""

    scheme: Scheme

    def fault(self, key: str, kind: ProblemKind, *details: Detail) -> None:
        """Remember a fault."""

    def unknown(self, key: str, name: Any, kind: ProblemKind, *details: Detail) -> None:
        """Remember an id that the scheme does not know, but an older version may."""

    def mapping(self, key: str, raw: Any) -> Iterator[tuple[str, Any]]:
        """The pairs of what should be a mapping."""

    def counts_as(self, key: str, count: Any) -> bool:
        """Whether it is a count, a fault if not."""


_OWN_KEYS = ("id", "item", "words", "points", "count")


def own_findings(reader: Reader, raw: Any) -> tuple[OwnFinding, ...]:
    """The user's own findings by id; those with a count of 0 are not made, but known."""
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        reader.fault("own_findings", ProblemKind.NO_OWN_FINDINGS)
        return ()
    if len(raw) > MAX_OWN:
        reader.fault("own_findings", ProblemKind.TOO_MANY_OWN, str(MAX_OWN))
        return ()
    found: dict[str, OwnFinding] = {}
    for place, one in enumerate(raw):
        key = f"own_findings.{one.get('id', place)}"
        finding = _own_finding(reader, key, one)
        if finding is None:
            continue
        if finding.id in found:
            reader.fault(key, ProblemKind.OWN_TWICE)
        found[finding.id] = finding
    return tuple(found[name] for name in sorted(found))


def _own_finding(reader: Reader, key: str, raw: dict[str, Any]) -> OwnFinding | None:
    sound = True
    for name in sorted(raw.keys() - set(_OWN_KEYS), key=str):
        reader.fault(f"{key}.{name}", ProblemKind.UNKNOWN_KEY, _OWN_KEYS)
        sound = False
    own_id, item_id, words, points = (raw.get(name) for name in _OWN_KEYS[:4])
    if not isinstance(own_id, str) or not OWN_ID.fullmatch(own_id):
        reader.fault(f"{key}.id", ProblemKind.NO_OWN_ID)
        sound = False
    if not isinstance(words, str) or not words.strip() or len(words) > MAX_WORDS:
        reader.fault(f"{key}.words", ProblemKind.NO_OWN_WORDS, str(MAX_WORDS))
        sound = False
    if not reader.counts_as(f"{key}.count", raw.get("count")):
        sound = False
    if not isinstance(item_id, str) or item_id not in reader.scheme.items:
        reader.unknown(f"{key}.item", item_id, ProblemKind.UNKNOWN_ITEM, quoted(item_id))
        return None
    most = reader.scheme.items[item_id].points
    if not isinstance(points, str) or not NUMBER.fullmatch(points) or Decimal(points) > most:
        reader.fault(f"{key}.points", ProblemKind.NO_OWN_POINTS, format(most, "f"))
        sound = False
    return OwnFinding(own_id, item_id, words, Decimal(points), raw["count"]) if sound else None  # type: ignore[arg-type]


def efforts(reader: Reader, raw: Any, own: tuple[OwnFinding, ...]) -> Iterator[tuple[str, Decimal]]:
    """What putting one place right takes, by key."""
    for name, effort in reader.mapping("effort", raw):
        key = f"effort.{name}"
        if not _is_known(reader, key, name, own):
            continue
        if isinstance(effort, str) and EFFORT.fullmatch(effort):
            value = Decimal(effort)
            if 0 < value <= MAX_EFFORT:
                yield name, value
                continue
        reader.fault(key, ProblemKind.NO_EFFORT, str(MAX_EFFORT), quoted(effort))


def pins(reader: Reader, raw: Any, own: tuple[OwnFinding, ...]) -> Iterator[tuple[str, Pin]]:
    """What must be put right, and what cannot be, by key."""
    for name, pin in reader.mapping("pins", raw):
        key = f"pins.{name}"
        if not _is_known(reader, key, name, own):
            continue
        if pin in ("fix", "keep"):
            yield name, pin
        else:
            reader.fault(key, ProblemKind.NO_PIN, quoted(pin))


def named_in(key: str) -> str:
    """The id of the standard that a key of effort or pins names; of an own finding the key."""
    kind, colon, name = key.partition(":")
    return name if colon and kind in ("earlier", "level", "ratio") else key


def is_known(scheme: Scheme, key: str, own_keys: Mapping[str, object] | frozenset[str]) -> bool:
    """Whether a key of effort or pins names something that answers to the scheme may have."""
    kind, colon, name = key.partition(":")
    if not colon:
        return key in scheme.conditions
    item = scheme.items.get(name)
    match kind:
        case "own":
            return key in own_keys
        case "level":
            return item is not None and bool(item.levels)
        case "ratio":
            return item is not None and item.ratio is not None
    return kind == "earlier" and scheme.reassessment is not None and name in scheme.conditions


def _is_known(reader: Reader, key: str, name: str, own: tuple[OwnFinding, ...]) -> bool:
    known = is_known(reader.scheme, name, frozenset(one.key for one in own))
    if not known:
        reader.unknown(key, named_in(name), ProblemKind.UNKNOWN_PLAN_KEY)
    return known
