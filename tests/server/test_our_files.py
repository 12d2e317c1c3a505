"""The pages' own scripts, asked for as a browser does."""

from server.our_files import OurFiles
from tests.server.conftest import ask, page

HELD = {"0a1b.js": b"1 + 1"}


def test_a_script_is_given_out_once_for_ever_under_the_name_of_its_text() -> None:
    told = ask(OurFiles(page, HELD.get), path="/_anbiao/0a1b.js")
    assert told.status == 200
    assert told.all("content-type") == ["text/javascript; charset=utf-8"]
    assert told.all("cache-control") == ["public, max-age=31536000, immutable"]
    assert told.messages[1]["body"] == b"1 + 1"


def test_another_name_is_none_and_everything_else_is_the_apps() -> None:
    assert ask(OurFiles(page, HELD.get), path="/_anbiao/other.js").status == 404
    assert ask(OurFiles(page, HELD.get), path="/base/_anbiao/0a1b.js").status == 200
    for path in ("/_anbiao/notice", "/static/js/0a1b.js", "/"):
        assert ask(OurFiles(page, HELD.get), path=path).messages[1]["body"] != b"1 + 1"
