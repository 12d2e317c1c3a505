"""Work that a page has begun and looks at again and again, until it is done or no longer wanted."""

from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic
from typing import Generic, TypeVar, cast

from beside.telling import Progress

T = TypeVar("T")


class Cancelled(Exception):
    """Nobody wants the work any more."""


class Job(Generic[T]):
    """Some work in a thread of its own, which itself does little but wait for a worker.

    begun: in seconds of `monotonic`. progress: None until anything is told.
    """

    def __init__(
        self, work: "Callable[[Job[T]], T]", wanted: Callable[[], bool] = lambda: True
    ) -> None:
        """Begin. wanted: asked now and then whether anybody still waits for it."""
        self.begun = monotonic()
        self.progress: Progress | None = None
        self._work, self._wanted = work, wanted
        self._made: T | None = None
        self._fault: BaseException | None = None
        self._ended = Event()
        self._lock = Lock()
        self._cancelled = False
        self._stop: Callable[[], object] | None = None
        Thread(target=self._run, name="job", daemon=True).start()

    def _run(self) -> None:
        try:
            self._made = self._work(self)
        except BaseException as error:  # told to whoever asks for the result
            self._fault = error
        finally:
            self._ended.set()

    @property
    def done(self) -> bool:
        """Whether it has ended, well or not."""
        return self._ended.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether it was given up, or nobody waits for it any more."""
        return self._cancelled or not self._wanted()

    @property
    def seconds(self) -> float:
        """Since it was begun."""
        return monotonic() - self.begun

    def wait(self, seconds: float) -> bool:
        """Wait at most so long for its end. Returns: whether it has ended."""
        return self._ended.wait(seconds)

    def result(self) -> T:
        """What was made, of a job that is done. Raises: what kept it from being made."""
        assert self.done
        if self._fault:
            raise self._fault
        return cast("T", self._made)

    @property
    def fault(self) -> BaseException | None:
        """What kept it from being made; None while it is not done, and where nothing did."""
        return self._fault

    @property
    def forgotten(self) -> bool:
        """Whether what was made is no longer at hand."""
        return isinstance(self._fault, Cancelled)

    def forget(self) -> None:
        """Let what was made go; it is as if it had been given up."""
        self._fault, self._made = Cancelled(), None

    def tell(self, progress: Progress) -> None:
        """Note how far it has got."""
        self.progress = progress
        if not self._wanted():
            self.cancel()

    def cancel(self) -> None:
        """Give it up; a worker that is busy with it ends."""
        with self._lock:
            self._cancelled = True
            if self._stop:
                self._stop()

    def stop_by(self, stop: Callable[[], object] | None) -> None:
        """Have that called where it is given up; None for nothing. Raises: Cancelled, if it is."""
        with self._lock:
            self._stop = stop
            if stop and self._cancelled:
                raise Cancelled
