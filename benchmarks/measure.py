"""Times, and the rows they are reported in."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class AtMost:
    """A target. relative: a multiple of the time beside it, instead of seconds."""

    value: float
    relative: bool = False

    def __str__(self) -> str:
        return f"≤ {self.value:g}×" if self.relative else f"≤ {duration(self.value)}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the results: what was measured, beside what, in seconds.

    target: None for a figure that is only told.
    """

    name: str
    seconds: float
    peer: str
    peer_seconds: float
    target: AtMost | None

    @property
    def ratio(self) -> float:
        """Measured over what stands beside it; below 1 is faster."""
        return self.seconds / self.peer_seconds

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without one."""
        if self.target is None:
            return None
        return (self.ratio if self.target.relative else self.seconds) <= self.target.value

    def cells(self) -> list[str]:
        """The row as text."""
        return [
            self.name,
            duration(self.seconds),
            f"{self.peer}: {duration(self.peer_seconds)}",
            f"{self.ratio:.2f}×" if self.ratio >= 0.1 else f"{self.ratio:.1g}×",
            str(self.target or "—"),
            {True: "yes", False: "no", None: "—"}[self.met],
        ]


def duration(seconds: float) -> str:
    """Seconds as text with three digits that mean something."""
    return f"{seconds:.3g} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def timed(work: Callable[..., object], *inputs: object) -> float:
    """Seconds of wall time that `work` takes."""
    start = perf_counter()
    work(*inputs)
    return perf_counter() - start


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]
