"""Figures, and the rows they are reported in."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, thread_time


def duration(seconds: float) -> str:
    """Seconds as text with three digits that mean something."""
    return f"{seconds:.3g} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def megabytes(value: float) -> str:
    """Megabytes as text."""
    return f"{value:.0f} MB"


@dataclass(frozen=True, slots=True)
class AtMost:
    """A target. relative: a multiple of the figure beside it, instead of one of its own kind."""

    value: float
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the results: what was measured, beside what.

    target: None for a figure that is only told. written: how its figures, seconds as a rule,
    become text.
    """

    name: str
    value: float
    peer: str
    peer_value: float
    target: AtMost | None
    written: Callable[[float], str] = duration

    @property
    def ratio(self) -> float:
        """Measured over what stands beside it; below 1 is better."""
        return self.value / self.peer_value

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without one."""
        if self.target is None:
            return None
        return (self.ratio if self.target.relative else self.value) <= self.target.value

    def cells(self) -> list[str]:
        """The row as text."""
        return [
            self.name,
            self.written(self.value),
            f"{self.peer}: {self.written(self.peer_value)}",
            f"{self.ratio:.2f}×" if self.ratio >= 0.1 else f"{self.ratio:.1g}×",
            self._target(),
            {True: "yes", False: "no", None: "—"}[self.met],
        ]

    def _target(self) -> str:
        if self.target is None:
            return "—"
        most = self.target.value
        return f"≤ {most:g}×" if self.target.relative else f"≤ {self.written(most)}"


def timed(work: Callable[..., object], *inputs: object) -> float:
    """Seconds of wall time that `work` takes."""
    start = perf_counter()
    work(*inputs)
    return perf_counter() - start


def reckoned(work: Callable[..., object], *inputs: object) -> float:
    """Seconds of the processor's time that `work` takes in this thread."""
    start = thread_time()
    work(*inputs)
    return thread_time() - start


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]
