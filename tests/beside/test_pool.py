"""Workers do what they are asked for, tell how far they are, can be given up, and end."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from beside.call import Asked, Call
from beside.job import Cancelled, Job
from beside.pool import Crashed, Pool, TooLong
from beside.telling import Progress, steps, telling
from tests.beside import work
from tests.waiting import eventually

PREPARE = "tests.beside.work:prepare"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = Pool(2, PREPARE)
    yield made
    made.close()


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return "State:\tZ" in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")


def test_a_call_is_worked_out_by_another_process_which_is_used_again(pool):
    assert pool.run(Call(work.double, (21,))) == 42
    pid = pool.run(Call(work.who))
    assert pid != os.getpid()
    assert pool.run(Call(work.who)) == pid
    assert pool.run(Call(work.noisy)) == "said"


def test_steps_are_told_of_and_those_within_them_are_not(pool):
    told: list[Progress] = []

    def in_steps(job: Job[list[str]]) -> list[str]:
        job.tell = told.append  # type: ignore[method-assign]
        return pool.run(Call(work.in_steps, (["a", "b"],)), job)

    job = Job(in_steps)
    assert job.wait(30)
    assert job.result() == ["A", "B"]
    assert told == [(0, 2, "a"), (1, 2, "b")]


def test_steps_are_nothing_else_where_nobody_listens():
    assert list(steps(["a", "b"])) == ["a", "b"]
    told: list[Progress] = []
    with telling(told.append):
        assert list(steps("xy", str.upper)) == ["x", "y"]
        assert list(steps([])) == []
    assert told == [(0, 2, "X"), (1, 2, "Y")]


def test_what_only_the_server_has_is_asked_for(pool):
    assert pool.run(Call(work.asks, ("k",), {"words": str.upper})) == "answered K"
    with pytest.raises(LookupError, match="nobody here answers words"):
        Asked("words")("k")


def test_an_answer_that_fails_is_the_fault_of_the_call_whatever_the_work_does(pool):
    def refuse(_: str) -> str:
        raise PermissionError("closed meanwhile")

    for make in (work.asks, work.asks_and_hides):
        with pytest.raises(PermissionError, match="closed meanwhile"):
            pool.run(Call(make, ("k",), {"words": refuse}))
    with pytest.raises(KeyError):
        pool.run(Call(work.asks, ("k",)))
    assert pool.run(Call(work.double, (1,))) == 2


def test_what_a_call_raises_is_raised_with_where_it_was(pool):
    with pytest.raises(LookupError, match="what is wrong") as raised:
        pool.run(Call(work.fails, ("what is wrong",)))
    assert "in fails" in raised.value.__notes__[0]
    with pytest.raises(RuntimeError, match="Awkward: ab"):
        pool.run(Call(work.fails_awkwardly))


def test_what_goes_through_no_pipe_is_refused_and_the_next_call_works(pool):
    with pytest.raises((TypeError, AttributeError), match="pickle"):
        pool.run(Call(work.double, (lambda: 1,)))
    with pytest.raises((TypeError, AttributeError), match="pickle"):
        pool.run(Call(work.no_result))
    with pytest.raises((TypeError, AttributeError), match="pickle"):
        pool.run(Call(work.asks, ("k",), {"words": lambda _: lambda: 1}))
    assert pool.run(Call(work.double, (1,))) == 2


def test_a_worker_that_dies_is_told_and_replaced(pool):
    with pytest.raises(Crashed):
        pool.run(Call(work.dies))
    assert pool.run(Call(work.double, (1,))) == 2
    os.kill(pool.run(Call(work.who)), signal.SIGKILL)  # while nobody waits for it
    assert pool.run(Call(work.double, (1,))) == 2


def test_a_worker_that_cannot_begin_is_told():
    pool = Pool(1, "tests.beside.work:broken")
    with pytest.raises(Crashed):
        pool.run(Call(work.double, (1,)))
    assert pool.pids == []


def test_what_is_given_up_ends_its_worker_and_another_goes_on(pool, tmp_path):
    begun = tmp_path / "begun"
    job = Job(lambda job: pool.run(Call(work.wait_for, (str(begun),)), job))
    eventually(begun.exists)
    assert not job.done
    busy = {*pool.pids}
    job.cancel()
    assert job.wait(30)
    with pytest.raises(Cancelled):
        job.result()
    assert any(gone(pid) for pid in busy)
    assert pool.run(Call(work.double, (1,))) == 2


def test_no_more_work_than_allowed_at_a_time_and_who_waits_may_give_up(tmp_path):
    pool = Pool(1, PREPARE)
    begun = tmp_path / "begun"
    first = Job(lambda job: pool.run(Call(work.wait_for, (str(begun),)), job))
    eventually(begun.exists)
    second = Job(lambda job: pool.run(Call(work.double, (1,)), job))
    third = Job(lambda job: pool.run(Call(work.double, (2,)), job))
    assert not second.wait(0.2)
    assert len(pool.pids) == 1
    second.cancel()
    assert second.wait(30)
    begun.unlink()
    assert third.wait(30)
    assert (first.result(), third.result()) == ("went on", 4)
    with pytest.raises(Cancelled):
        second.result()
    pool.close()


def test_work_that_nobody_waits_for_any_more_ends_at_its_next_step(pool):
    job = Job(lambda job: pool.run(Call(work.in_steps, (["a"],)), job), wanted=lambda: False)
    assert job.wait(30)
    with pytest.raises(Cancelled):
        job.result()


def test_work_without_an_end_is_ended():
    pool = Pool(1, PREPARE, longest=0.01)
    with pytest.raises(TooLong):
        pool.run(Call(work.wait_for, ("/dev/null",)))
    pool.close()


def test_a_worker_without_work_ends_after_a_while_and_all_at_the_end():
    pool = Pool(2, PREPARE, idle=0.01)
    pid = pool.run(Call(work.who))
    eventually(lambda: gone(pid))
    assert pool.pids == []
    pool.ready()
    eventually(lambda: pool.pids == [])
    pool = Pool(2, PREPARE)
    pool.ready()
    eventually(lambda: len(pool.pids) == 1)
    pid = pool.run(Call(work.who))
    assert pool.pids == [pid]
    pool.close()
    assert gone(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system is not asked for it")
def test_clicks_come_first_and_memory_has_an_end(pool):
    assert pool.run(Call(work.niceness)) == min(19, os.nice(0) + 5)
    with pytest.raises(MemoryError):
        pool.run(Call(work.takes, (3000,)))
    assert pool.run(Call(work.takes, (1,))) == 2**20


_SERVER = """
import sys, threading, time
from beside.call import Call
from beside.pool import Pool
from tests.beside import work
pool = Pool(2, "tests.beside.work:prepare")
idle = pool.run(Call(work.who))
threading.Thread(target=pool.run, args=[Call(work.wait_for, (sys.argv[1],))], daemon=True).start()
pool.run(Call(work.who))
print(*pool.pids, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_their_server_however_that_ends(how, tmp_path):
    begun = tmp_path / "begun"
    command = [sys.executable, "-c", _SERVER, str(begun)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        assert server.stdout
        pids = [int(pid) for pid in server.stdout.readline().split()]
        eventually(begun.exists)
        assert len(pids) == 2
        assert not any(map(gone, pids))
        server.send_signal(how)
        eventually(lambda: all(map(gone, pids)))


def test_many_at_once_all_get_what_they_asked_for(pool):
    found: dict[int, int] = {}

    def ask(number: int) -> None:
        found[number] = pool.run(Call(work.double, (number,)))

    threads = [threading.Thread(target=ask, args=[n]) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == {n: 2 * n for n in range(20)}


def test_a_worker_that_is_wanted_soon_stays_longer():
    pool = Pool(1, PREPARE, idle=1)
    pid = pool.run(Call(work.who))
    for _ in range(8):
        time.sleep(0.2)
        pool.ready()
    assert pool.pids == [pid]
    eventually(lambda: gone(pid))
