"""A few workers of one server: started when they are needed, ended when they are not.

As many as work at the same time, and no more than `most`. What is asked of all of them at once
waits for the first that is free.
"""

import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Condition, Thread, Timer
from time import monotonic
from typing import Any

from beside import frames
from beside.call import Call
from beside.job import Cancelled, Job
from beside.telling import Progress

_ROOT = Path(__file__).parent.parent
_log = logging.getLogger(__name__)


class Crashed(Exception):
    """A worker has ended in the middle of its work."""


class TooLong(Exception):
    """Work took longer than any may take, and was ended."""


class _Worker:
    """One process. It is used by one thread at a time."""

    def __init__(self, prepare: str) -> None:
        # Not multiprocessing: its workers would begin by importing the server's own main module.
        self.process = subprocess.Popen(
            [sys.executable, "-m", "beside.worker", prepare],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.tired = False
        self.begun = False
        self.resting_since = 0.0
        self._idle: Timer | None = None

    def alive(self) -> bool:
        return self.process.poll() is None

    def end(self) -> None:
        """End it at once, whatever it is doing."""
        self.rest(None)
        self.process.kill()
        self.process.wait()

    def rest(self, idle: Timer | None) -> None:
        """Have a timer running while it has nothing to do; None as it has, or has ended."""
        if self._idle:
            self._idle.cancel()
        self._idle = idle
        self.resting_since = monotonic()
        if idle:
            idle.daemon = True
            idle.start()

    def work(self, call: Call, tell: Callable[[Progress], None]) -> Any:
        """What the call returns. Raises: what it raises, or an answer does; frames.Gone."""
        assert self.process.stdin and self.process.stdout
        self.begun = False
        frames.write(self.process.stdin, (call.make, call.inputs))
        self.tired = True  # until it has said its last word on this, it is good for nothing else
        fault: BaseException | None = None
        while True:
            match frames.understood(frames.read(self.process.stdout)):
                case ("begun",):
                    self.begun = True
                case ("told", progress):
                    tell(progress)
                case ("asked", name, inputs):
                    try:
                        answer = (True, call.answers[name](*inputs))
                    except Exception as error:  # whoever waits for the work is told
                        fault, answer = error, (False, None)
                    frames.write(self.process.stdin, answer)
                case ("made", made, tired):
                    self.tired = tired
                    return made
                case ("failed", error, tired):
                    self.tired = tired
                    raise fault or error


class Pool:
    """Workers that are alike. All methods may be called by several threads."""

    def __init__(
        self,
        most: int,
        prepare: str,
        *,
        idle: float = 300,
        longest: float = 600,
    ) -> None:
        """Start nothing yet.

        prepare: what each worker calls first, as `module:function`. idle: seconds without work
        after which a worker ends. longest: seconds that a call may take.
        """
        self._most = most
        self._prepare = prepare
        self._idle, self._longest = idle, longest
        self._resting: list[_Worker] = []
        self._working: list[_Worker] = []
        self._free = Condition()
        self._closed = False

    @property
    def pids(self) -> list[int]:
        """Ids of the processes that there are."""
        with self._free:
            return [one.process.pid for one in (*self._working, *self._resting)]

    def ready(self) -> None:
        """Have a worker at hand soon: one is started behind the caller's back, or stays longer."""
        if not self.pids:
            Thread(target=self._start_one, name="worker", daemon=True).start()
            return
        with self._free:
            worker = self._resting[-1] if self._resting else None
            if worker and monotonic() - worker.resting_since > self._idle / 2:
                worker.rest(Timer(self._idle, self._retire, [worker]))

    def _start_one(self) -> None:
        with self._free:
            if self._closed or self._resting or self._working:
                return
            self._rest(_Worker(self._prepare))

    def run(self, call: Call, job: Job[Any] | None = None) -> Any:
        """What a call returns, worked out by a worker; the calling thread waits.

        job: told how far it has got, and ends it where it is given up.
        Raises: what the call raises, or an answer does; Crashed, TooLong, Cancelled.
        """
        while True:
            worker, rested = self._take(job)
            try:
                return self._run(worker, call, job)
            except Crashed:
                if worker.begun or not rested:
                    raise
                # It ended while it had nothing to do; the call has not met it.

    def _run(self, worker: _Worker, call: Call, job: Job[Any] | None) -> Any:
        late: list[bool] = []

        def end() -> None:
            late.append(True)
            worker.process.kill()

        timer = Timer(self._longest, end)
        timer.daemon = True
        timer.start()
        try:
            if job:
                job.stop_by(worker.process.kill)
            made = worker.work(call, job.tell if job else _nothing)
            if job and job.cancelled:  # a moment before the end
                raise Cancelled
            return made
        except frames.Gone as gone:
            worker.process.kill()
            worker.process.wait()
            if job and job.cancelled:
                raise Cancelled from gone
            if late:
                raise TooLong from gone
            _log.error("A worker ended by itself: %s", worker.process.returncode)
            raise Crashed from gone
        finally:
            timer.cancel()
            if job:
                job.stop_by(None)
            self._give_back(worker)

    def _take(self, job: Job[Any] | None) -> tuple[_Worker, bool]:
        """A worker, and whether it was there already. Raises: Cancelled."""
        with self._free:
            while len(self._working) >= self._most:
                self._free.wait(0.2)
                if job and job.cancelled:
                    raise Cancelled
            rested = bool(self._resting)
            worker = self._resting.pop() if rested else _Worker(self._prepare)
            worker.rest(None)
            self._closed = False
            self._working.append(worker)
            return worker, rested

    def _give_back(self, worker: _Worker) -> None:
        with self._free:
            self._working.remove(worker)
            self._free.notify()
            if worker.alive() and not worker.tired and not self._closed:
                self._rest(worker)
                return
        worker.end()

    def _rest(self, worker: _Worker) -> None:
        self._resting.append(worker)
        worker.rest(Timer(self._idle, self._retire, [worker]))

    def _retire(self, worker: _Worker) -> None:
        with self._free:
            if worker not in self._resting:
                return
            self._resting.remove(worker)
        worker.end()

    def close(self) -> None:
        """End all workers; what they are busy with comes to nothing."""
        with self._free:
            self._closed = True
            workers = [*self._working, *self._resting]
            self._resting.clear()
            for worker in workers:
                worker.process.kill()
        for worker in workers:
            worker.end()


def _nothing(_: Progress) -> None:
    """Nobody asks how far it has got."""
