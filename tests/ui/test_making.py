"""A few documents are made at once, and each visitor's one after the other."""

import threading
import time

import pytest

from ui.making import PLACES, Busy, place


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
