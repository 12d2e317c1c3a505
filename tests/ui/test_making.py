"""A few documents are made at once, and each visitor's one after the other."""

import threading
import time

import pytest

from beside.job import Cancelled
from tests.waiting import eventually
from ui.making import PLACES, QUEUE, Busy, place, queue


def who(number: int, address: str = "192.0.2.1") -> dict[str, str]:
    return {"session": f"s{number}", "browser": f"b{number}", "address": address}


def test_one_visitor_has_one_place_and_one_address_two_and_another_still_has_one() -> None:
    with place(who(1)):
        with pytest.raises(Busy, match="很多"), place(who(1), patience=0):
            pass
        with place(who(2)):
            with pytest.raises(Busy), place(who(3), patience=0):
                pass
            with place(who(4, "192.0.2.2"), patience=0):
                pass


def test_who_waits_gets_a_place_when_it_is_free_also_after_a_failure() -> None:
    most, here = [0], []

    def work(number: int) -> None:
        try:
            with place(who(number, f"192.0.2.{number}")):
                here.append(number)
                most[0] = max(most[0], len(here))
                time.sleep(0.02)
                here.remove(number)
                raise ValueError
        except ValueError:
            done.append(number)

    done: list[int] = []
    threads = [threading.Thread(target=work, args=[n]) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(done) == list(range(20))
    assert most[0] == PLACES["all"]


def test_who_asks_for_very_many_is_told_at_once_and_keeps_nobody_else_waiting() -> None:
    """Who waits takes a thread of the server's meanwhile, also for what is being made already."""
    asked: list[str] = []

    def ask() -> None:
        try:
            with queue(who(0)):
                end.wait(20)
                asked.append("made")
        except Busy:
            asked.append("busy")

    end = threading.Event()
    threads = [threading.Thread(target=ask) for _ in range(50)]
    for thread in threads:
        thread.start()
    eventually(lambda: len(asked) == 50 - QUEUE["session"])
    assert set(asked) == {"busy"}
    with queue(who(1)), place(who(1), patience=0):
        pass
    end.set()
    for thread in threads:
        thread.join(timeout=20)
    assert asked.count("made") == QUEUE["session"]
    with queue(who(0)):
        pass


def test_who_gives_up_waits_no_longer() -> None:
    with place(who(1)), pytest.raises(Cancelled), place(who(1), given_up=lambda: True):
        pass
