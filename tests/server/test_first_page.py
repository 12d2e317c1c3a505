"""What is put into Streamlit's page, and that it still is the page that this knows."""

from pathlib import Path

import pytest
import streamlit
from fontTools.ttLib import TTFont

from schemes.paths import ASSETS
from scripts.icons import STATIC, named
from server.asgi import Message
from server.first_page import FirstPage, Wanted, prepared, scripts_of, style_with
from tests.server.conftest import app_that_sends, ask

FOLDER = Path(streamlit.__file__).parent / "static"
PAGE = (FOLDER / "index.html").read_text(encoding="utf-8")
LEANS = "server/first_page.py leans on this"


def test_streamlits_page_gets_our_style_scripts_language_and_a_first_line() -> None:
    wanted, files = prepared(FOLDER, b"icons", "请等")
    page = wanted.put_into(PAGE)
    style, font = sorted(files)[::1] if sorted(files)[0].endswith(".css") else sorted(files)[::-1]
    assert f'<link rel="stylesheet" crossorigin href="./_anbiao/{style}">' in page, LEANS
    assert "static/css/" not in page, LEANS
    assert "SourceSans" not in page, LEANS
    assert '<html lang="zh-CN">' in page, LEANS
    assert '<div id="root"><p style="' in page, LEANS
    assert "请等</p></div>" in page
    assert page.count("modulepreload") > PAGE.count("modulepreload"), LEANS
    assert files[font] == b"icons"
    assert f"url({font})format('woff')".encode() in files[style], LEANS


def test_scripts_that_are_drawn_first_come_with_the_page_and_none_twice() -> None:
    scripts = scripts_of(FOLDER)
    assert any(script.startswith("static/js/Html.") for script in scripts), LEANS
    assert any(script.startswith("static/js/Button.") for script in scripts), LEANS
    assert len({*scripts}) == len(scripts) <= 12
    assert not [script for script in scripts if f'href="./{script}"' in PAGE]
    assert all((FOLDER / script).is_file() for script in scripts)


def test_without_a_manifest_none_is_named(tmp_path: Path) -> None:
    assert scripts_of(tmp_path) == ()
    with pytest.raises(ValueError, match="one style"):
        prepared(tmp_path, b"", "")


def test_a_style_keeps_what_is_not_of_letters_or_icons() -> None:
    style = (
        '@font-face{font-family:Source Sans;src:url(../media/a.woff2)format("woff2")}'
        '@font-face{font-family:KaTeX_AMS;src:url(../media/k.woff2)format("woff2")}'
        '@font-face{font-family:Material Symbols Rounded;src:url(../media/m.woff2)format("woff2")}'
        "a{b:c}"
    )
    assert style_with(style, "i.woff") == (
        '@font-face{font-family:KaTeX_AMS;src:url(../static/media/k.woff2)format("woff2")}'
        "@font-face{font-family:Material Symbols Rounded;src:url(i.woff)format('woff')}"
        "a{b:c}"
    )


def test_every_icon_that_is_named_is_in_our_font() -> None:
    """After a new icon, or a new Streamlit: `make icons`."""
    (whole,) = (STATIC / "media").glob("MaterialSymbols-Rounded.*.woff2")
    assert whole.stat().st_size > 300_000, LEANS
    there = {*TTFont(ASSETS / "fonts" / "icons.woff").getGlyphOrder()}
    assert named() - there == NOT_ICONS


NOT_ICONS = {"123", "1k", "access_time", "star_filled"}
"""Named in Streamlit's scripts, for charts and reactions of which we have none; its font has none
of that name either."""


def _sent(body: str, kind: str = "text/html; charset=utf-8", status: int = 200) -> list[Message]:
    headers = [(b"content-type", kind.encode()), (b"etag", b"1"), (b"last-modified", b"then")]
    return [
        {"type": "http.response.start", "status": status, "headers": headers},
        {"type": "http.response.body", "body": body.encode()},
    ]


def test_a_page_for_a_browser_is_changed_and_forgets_its_marks() -> None:
    wanted = Wanted("s.css", (), "请等")
    told = ask(FirstPage(app_that_sends(*_sent(PAGE)), wanted.put_into), accept="text/html")
    assert told.messages[1]["body"].decode() == wanted.put_into(PAGE)
    assert told.all("etag") == told.all("last-modified") == []
    assert told.all("content-length") == [str(len(wanted.put_into(PAGE).encode()))]


def test_everything_else_stays_as_it_is() -> None:
    change = Wanted("s.css", (), "").put_into
    for sent, accept in (
        (_sent("<p>another page"), "text/html"),
        (_sent(PAGE, "text/plain"), "text/html"),
        (_sent(PAGE, status=503), "text/html"),
        (_sent(PAGE), "*/*"),
    ):
        told = ask(FirstPage(app_that_sends(*sent), change), accept=accept)
        assert told.messages[1]["body"] == sent[1]["body"]
