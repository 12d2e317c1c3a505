"""Who is connected and whose click waits: whether there are more than this process carries."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from server.asking import Notices
from state.service.bounds import Flow, Rate, Stock

PAGES: Mapping[str, float] = {"browser": 40, "address": 400, "all": 600}
"""Connections at once: of a class of 200 some have two windows, or refresh."""

JOINS = {"browser": Rate(40, 0.5), "address": Rate(400, 3), "all": Rate(600, 10)}
"""New connections: 100 a minute join behind one address, and all come back after a restart."""

_SLOW = 2.0
"""Seconds after which a click should have been answered."""

_MANY = 10
"""Visitors who wait for longer than that, when one process has more than it carries."""

_BUSY = 0.3
"""Share of a processor; where the process has less to do, they wait for something else."""

_OVER = 10.0
"""Seconds that it counts as crowded afterwards, so that newcomers do not come all at once."""

_STAY = 120.0
"""Seconds for which somebody who left, as by a refresh, is no newcomer."""


class Crowd:
    """Counts connections by an object each, and tells browsers apart by name."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        worked: Callable[[], float] = time.process_time,
    ) -> None:
        """clock: seconds that only grow. worked: of those, what this process has computed for."""
        self._clock = clock
        self._worked = worked
        self._connected: dict[object, tuple[str, str]] = {}
        self._here: dict[str, int] = {}
        self._left: dict[str, float] = {}
        self._asked: dict[object, float] = {}
        self._over = 0.0
        self._share = 0.0
        self._looked = clock(), worked()

    def came(self, connection: object, who: dict[str, str]) -> None:
        """A page has connected."""
        browser = who["browser"]
        self._connected[connection] = browser, who["address"]
        self._here[browser] = self._here.get(browser, 0) + 1

    def left(self, connection: object) -> None:
        """It is gone, with whatever it waited for."""
        self._asked.pop(connection, None)
        browser, _ = self._connected.pop(connection)
        self._here[browser] -= 1
        if not self._here[browser]:
            del self._here[browser]
            self._left.pop(browser, None)
            self._left[browser] = now = self._clock()
            while now - self._left[first := next(iter(self._left))] >= _STAY:
                del self._left[first]

    def asked(self, connection: object) -> None:
        """It waits for an answer, from now on or already."""
        now = self._clock()
        self._look(now)
        self._asked.setdefault(connection, now)

    def answered(self, connection: object) -> None:
        """It waits no longer."""
        self._asked.pop(connection, None)

    def knows(self, browser: str) -> bool:
        """Whether a browser has a page open, or had one just now."""
        if not browser:
            return False
        return browser in self._here or self._clock() - self._left.get(browser, -_STAY) < _STAY

    def crowded(self) -> bool:
        """Whether newcomers had better wait.

        Each visitor counts once, however many windows they have; of one address those without a
        cookie, which no browser is, count as one.
        """
        now = self._clock()
        self._look(now)
        waiting = {
            self._connected[connection]
            for connection, since in self._asked.items()
            if now - since >= _SLOW
        }
        if len(waiting) >= _MANY and self._share >= _BUSY:
            self._over = now + _OVER
        return now < self._over

    def _look(self, now: float) -> None:
        """Measure the share of time computed, over a second or more."""
        since, worked = self._looked
        if now - since >= 1:
            total = self._worked()
            self._share = (total - worked) / (now - since)
            self._looked = now, total


@dataclass(frozen=True, slots=True)
class Hall:
    """What the parts of the middleware share: who is there, on how many pages, and what is told.

    joins: how many connect in a time.
    """

    crowd: Crowd = field(default_factory=Crowd)
    pages: Stock = field(default_factory=lambda: Stock(PAGES))
    joins: Flow = field(default_factory=lambda: Flow(JOINS))
    notices: Notices = field(default_factory=Notices)
