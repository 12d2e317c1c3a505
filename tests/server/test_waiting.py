"""Who is let through by the waiting room, asked as a server would ask it."""

from server.crowd import Crowd, Hall
from server.waiting import BUSY, NOTICE, WaitingRoom
from state.service.bounds import Flow, Rate, Stock
from tests.server.conftest import ask, page
from tests.server.test_crowd import Process, waiting


def crowded() -> Hall:
    process = Process()
    crowd = waiting(process, 10)
    process.wait(3)
    return Hall(crowd)


def status(hall: Hall, path: str, **headers: str) -> int | None:
    return ask(WaitingRoom(page, hall), path=path, **headers).status


def test_only_what_a_newcomer_wants_to_see_waits() -> None:
    hall = crowded()
    assert status(hall, "/results", Accept="text/html,*/*") == 503
    assert status(hall, "/results", Accept="*/*") == 200
    assert status(hall, "/_stcore/health", Accept="text/html") == 200
    assert status(hall, "/static/js/index.js", Accept="text/html") == 200
    assert status(hall, "/results", Accept="text/html", Cookie="a=b; _streamlit_xsrf=b3") == 200
    assert status(hall, "/results", Accept="text/html", Cookie="_streamlit_xsrf=other") == 503


def test_pages_that_are_open_are_told_and_in_quiet_there_is_nothing_to_tell() -> None:
    assert _told(crowded()) == BUSY
    assert _told(Hall(Crowd())) == ""


def _told(hall: Hall) -> str:
    (_, body) = ask(WaitingRoom(page, hall), path=NOTICE).messages
    return str(body["body"].decode()).strip()


def test_where_there_is_no_room_for_one_more_page_everybody_waits() -> None:
    hall = Hall(pages=Stock({"all": 1}))
    assert status(hall, "/", Accept="text/html") == 200
    hall.pages.take({})
    assert status(hall, "/", Accept="text/html") == 503


def test_who_would_be_refused_a_connection_waits_instead_of_getting_a_page() -> None:
    """A page without its connection has nothing but a dialog in English."""
    hall = Hall(joins=Flow({"browser": Rate(2, 0.001), "address": Rate(5, 0.001)}))
    for _ in range(2):
        assert status(hall, "/", Accept="text/html", Cookie="_streamlit_xsrf=b") == 200
        assert hall.joins.take({"browser": "b", "address": "unknown"}) == 0
    assert status(hall, "/", Accept="text/html", Cookie="_streamlit_xsrf=b") == 503
    assert status(hall, "/", Accept="text/html", Cookie="_streamlit_xsrf=c") == 200
    for number in range(3):
        assert hall.joins.take({"browser": f"c{number}", "address": "unknown"}) == 0
    assert status(hall, "/", Accept="text/html") == 503
