"""When one process has more visitors than it carries, and who of them is known."""

from server.asking import Notices
from server.crowd import Crowd


class Process:
    """A clock, and a process that computes for a share of the time."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.share = 1.0
        self.worked = 0.0

    def clock(self) -> float:
        return self.now

    def work(self) -> float:
        return self.worked

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.worked += seconds * self.share


def waiting(process: Process, visitors: int, browser: str = "") -> Crowd:
    """Visitors who have just clicked; all of one browser if it is named."""
    crowd = Crowd(process.clock, process.work)
    for number in range(visitors):
        page = object()
        crowd.came(page, {"browser": browser or f"b{number}", "address": "192.0.2.1"})
        crowd.asked(page)
    return crowd


def test_ten_who_wait_for_two_seconds_are_a_crowd() -> None:
    process = Process()
    ten, nine = waiting(process, 10), waiting(process, 9)
    process.wait(1.9)
    assert not ten.crowded()
    process.wait(0.2)
    assert ten.crowded()
    assert not nine.crowded()


def test_the_crowd_is_over_ten_seconds_after_the_last_of_them_was_answered() -> None:
    process = Process()
    crowd = Crowd(process.clock, process.work)
    pages = [object() for _ in range(10)]
    for number, page in enumerate(pages):
        crowd.came(page, {"browser": str(number), "address": "192.0.2.1"})
        crowd.asked(page)
    process.wait(3)
    assert crowd.crowded()
    crowd.answered(pages[0])
    crowd.left(pages[1])
    process.wait(9)
    assert crowd.crowded()
    process.wait(2)
    assert not crowd.crowded()


def test_a_click_waits_since_the_first_that_was_not_answered() -> None:
    process = Process()
    crowd = waiting(process, 9)
    page = object()
    crowd.came(page, {"browser": "last", "address": "192.0.2.1"})
    for _ in range(5):
        crowd.asked(page)
        process.wait(1)
    assert crowd.crowded()


def test_one_visitor_is_no_crowd_however_many_windows_they_have() -> None:
    process = Process()
    crowd = waiting(process, 50, browser="one")
    process.wait(5)
    assert not crowd.crowded()


def test_who_waits_at_a_process_with_nothing_to_do_waits_for_something_else() -> None:
    process = Process()
    process.share = 0.1
    crowd = waiting(process, 20)
    process.wait(5)
    assert not crowd.crowded()


def test_who_has_a_page_open_or_had_one_just_now_is_no_newcomer() -> None:
    process = Process()
    crowd = Crowd(process.clock, process.work)
    first, second = object(), object()
    for page in (first, second):
        crowd.came(page, {"browser": "b", "address": "192.0.2.1"})
    crowd.left(first)
    process.wait(1000)
    assert crowd.knows("b")
    crowd.left(second)
    process.wait(119)
    assert crowd.knows("b")
    process.wait(2)
    assert not crowd.knows("b")
    assert not crowd.knows("")


def test_a_notice_is_for_one_browser_at_one_address_and_for_a_while() -> None:
    process = Process()
    notices = Notices(process.clock)
    who = {"browser": "b", "address": "192.0.2.1", "session": "s"}
    notices.tell(who, "一")
    notices.tell(who, "二")
    assert notices.of({"browser": "b", "address": "192.0.2.1"}) == "二"
    assert notices.of({"browser": "c", "address": "192.0.2.1"}) == ""
    process.wait(21)
    assert notices.of(who) == ""
