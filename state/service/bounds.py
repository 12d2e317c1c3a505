"""How much one session, one browser, one address and all of them together may have.

A `Flow` bounds what passes in a time, a `Stock` what is held at once. Both count the same thing
for several at a time, `who`: kind → name, as `{"session": …, "browser": …, "address": …}`. A kind
that is missing there, or has no name, is not bound; the kind `all` needs no name. What one of them
refuses is counted for none. Both may be used by several threads.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from threading import Lock
from time import monotonic
from typing import TypeAlias

Who: TypeAlias = Mapping[str, str]

ALL = "all"
"""The kind that everybody belongs to."""

_SWEEP = 1000
"""Names kept at least, before those that are not needed are looked for."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What may come at once, and what comes back every second, in whatever is counted."""

    burst: float
    per_second: float


@dataclass(slots=True)
class _Bucket:
    left: float
    since: float


class Flow:
    """Token buckets, one for every name of every kind."""

    def __init__(self, rates: Mapping[str, Rate], clock: Callable[[], float] = monotonic) -> None:
        """rates: by kind. clock: seconds that only grow."""
        self._rates = rates
        self._clock = clock
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self._lock = Lock()
        self._sweep_at = _SWEEP

    def __len__(self) -> int:
        """Names that are remembered."""
        return len(self._buckets)

    def take(self, who: Who, amount: float = 1) -> float:
        """0 when so much passes, now counted; else the seconds until it would pass.

        Infinity for more than comes at once.
        """
        with self._lock:
            now = self._clock()
            found = self._found(who, now)
            wait = _longest(found, amount)
            if wait == 0:
                for _, bucket in found:
                    bucket.left -= amount
            if len(self._buckets) >= self._sweep_at:
                self._sweep(now)
            return wait

    def wait(self, who: Who, amount: float = 1) -> float:
        """The seconds until so much would pass; counts nothing."""
        with self._lock:
            now = self._clock()
            wait = _longest(self._found(who, now), amount)
            if len(self._buckets) >= self._sweep_at:
                self._sweep(now)
            return wait

    def _found(self, who: Who, now: float) -> list[tuple[Rate, _Bucket]]:
        return [
            (self._rates[kind], self._bucket(kind, name, now))
            for kind, name in _named(who, self._rates)
        ]

    def _bucket(self, kind: str, name: str, now: float) -> _Bucket:
        rate = self._rates[kind]
        bucket = self._buckets.setdefault((kind, name), _Bucket(rate.burst, now))
        bucket.left = min(rate.burst, bucket.left + (now - bucket.since) * rate.per_second)
        bucket.since = now
        return bucket

    def _sweep(self, now: float) -> None:
        """Forget who could have a whole burst again: they are as good as new."""
        for kind, name in [*self._buckets]:
            if self._bucket(kind, name, now).left >= self._rates[kind].burst:
                del self._buckets[kind, name]
        self._sweep_at = max(_SWEEP, 2 * len(self._buckets))


def _longest(found: list[tuple[Rate, _Bucket]], amount: float) -> float:
    return max((_wait(rate, bucket, amount) for rate, bucket in found), default=0.0)


def _wait(rate: Rate, bucket: _Bucket, amount: float) -> float:
    if amount > rate.burst:
        return math.inf
    return max(0.0, amount - bucket.left) / rate.per_second


class Stock:
    """What is held at once."""

    def __init__(self, most: Mapping[str, float]) -> None:
        """most: by kind."""
        self._most = most
        self._held: dict[tuple[str, str], float] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        """Names that hold something."""
        return len(self._held)

    def held(self, kind: str, name: str = "") -> float:
        """What somebody holds."""
        return self._held.get((kind, name), 0)

    def room(self, who: Who, amount: float = 1) -> bool:
        """Whether so much could be taken."""
        return all(
            self.held(kind, name) + amount <= self._most[kind]
            for kind, name in _named(who, self._most)
        )

    def take(self, who: Who, amount: float = 1) -> bool:
        """Hold so much more, if there is room for it everywhere."""
        with self._lock:
            if not self.room(who, amount):
                return False
            self._add(who, amount)
            return True

    def give_back(self, who: Who, amount: float = 1) -> None:
        """Hold so much less: of what the same `who` has taken."""
        with self._lock:
            self._add(who, -amount)

    def _add(self, who: Who, amount: float) -> None:
        for key in _named(who, self._most):
            held = self._held.get(key, 0) + amount
            if held > 0:
                self._held[key] = held
            else:
                self._held.pop(key, None)


def _named(who: Who, kinds: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(kind, who.get(kind, "")) for kind in kinds if kind == ALL or who.get(kind)]


def network(address: str) -> str:
    """What an IP address is counted as: of IPv6, where each household has 2⁶⁴, its network."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return f"{IPv6Address(int(found) >> 64 << 64)}/64"
