"""What Streamlit's page asks for at once is what ours needs, and no more.

The page comes with letters that ours does not use, with 4,000 icons of which some 150 may be seen,
and without what is drawn first, for which it so waits once more. On a bad line that is most of the
time until something is there.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from server.asgi import App, Receive, Scope, Send, sent
from server.our_files import FOLDER
from server.whole import Answer, held_back

_ROOT = '<div id="root"></div>'
_HEAD_ENDS = "</head>"
_LETTERS = re.compile(r'<link\s+rel="preload"[^>]*/SourceSans[^>]*>')
_STYLE = re.compile(r'href="\./static/css/index\.[^"]*"')
_FACE = re.compile(r"@font-face\{([^}]*)\}")
_ADDRESS = re.compile(r"url\([^)]*\)format\(.woff2.\)")
_QUIET = "margin:35vh 0 0;text-align:center;color:#5b6b7a;font-family:sans-serif"

DRAWN_FIRST = ("Html/Html.tsx", "ImageList/ImageList.tsx", "Button/Button.tsx")
"""Ends of the names of Streamlit's parts that the start page is made of."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """style: name of a file of ours. scripts: addresses. opening: words until a page is drawn."""

    style: str
    scripts: tuple[str, ...]
    opening: str

    def put_into(self, page: str) -> str:
        """Streamlit's page with it."""
        page = _LETTERS.sub("", page, 1)
        page = _STYLE.sub(f'href="./{FOLDER}{self.style}"', page, 1)
        page = page.replace('<html lang="en">', '<html lang="zh-CN">', 1)
        links = "".join(
            f'<link rel="modulepreload" crossorigin href="./{script}">' for script in self.scripts
        )
        page = page.replace(_HEAD_ENDS, f"{links}{_HEAD_ENDS}", 1)
        opening = f'<p style="{_QUIET}">{escape(self.opening)}</p>'
        return page.replace(_ROOT, _ROOT.replace("></", f">{opening}</"), 1)


def style_with(style: str, icons: str) -> str:
    """Streamlit's style with another file of icons, without the letters that no page of ours uses.

    style: as it stands in static/css. icons: name of the file. Returns: as it stands in our folder.
    """

    def face(found: re.Match[str]) -> str:
        if "font-family:Source Sans;" in found[1]:
            return ""
        if "font-family:Material Symbols Rounded;" in found[1]:
            return _ADDRESS.sub(f"url({icons})format('woff')", found[0])
        return found[0]

    return _FACE.sub(face, style).replace("url(../media/", "url(../static/media/")


def prepared(static: Path, icons: bytes, opening: str) -> tuple[Wanted, dict[str, bytes]]:
    """What to put into the page, and files by name for OurFiles.

    static: Streamlit's folder. icons: a font. opening: words. Raises: ValueError where that folder
    has another page than is known here.
    """
    styles = [*(static / "static" / "css").glob("index.*.css")]
    if len(styles) != 1:
        raise ValueError(f"one style is known here, not {len(styles)}")
    font = _named(icons, ".woff")
    style = style_with(styles[0].read_text(encoding="utf-8"), font).encode()
    name = _named(style, ".css")
    return Wanted(name, scripts_of(static), opening), {font: icons, name: style}


def _named(content: bytes, ending: str) -> str:
    """A name that only this content has."""
    return f"{hashlib.sha256(content).hexdigest()[:16]}{ending}"


def scripts_of(static: Path, parts: Iterable[str] = DRAWN_FIRST) -> tuple[str, ...]:
    """Addresses of the scripts that parts need beside those that the page asks for anyway.

    static: Streamlit's folder, with the manifest of its build. Empty where it has none.
    """
    try:
        manifest: dict[str, Any] = json.loads((static / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return ()
    anyway = _with_imports(manifest, ["index.html"])
    wanted = [name for name in manifest if name.endswith(tuple(parts))]
    return tuple(
        manifest[name]["file"] for name in _with_imports(manifest, wanted) if name not in anyway
    )


def _with_imports(manifest: dict[str, Any], names: Iterable[str]) -> list[str]:
    """Names in a build with all that they import, each once."""
    found: dict[str, None] = {}
    left = [*names]
    while left:
        name = left.pop()
        if name in manifest and name not in found:
            found[name] = None
            left += manifest[name].get("imports", [])
    return [*found]


class FirstPage:
    """Changes Streamlit's page on its way; every other answer stays as it is."""

    def __init__(self, app: App, change: Callable[[str], str]) -> None:
        """change: a page; asked for each."""
        self._app = app
        self._change = change

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _by_a_browser(scope):
            await self._app(scope, receive, send)
            return
        as_it_is = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        scope = {**scope, "headers": as_it_is}
        await self._app(scope, receive, held_back(send, _a_page, self._changed))

    async def _changed(self, answer: Answer) -> Answer:
        page = answer.body.decode()
        if _ROOT not in page:
            return answer
        # Its marks would say that nothing is new when only what is put into it is.
        return answer.replaced(self._change(page).encode(), {b"etag", b"last-modified"}, [])


def _by_a_browser(scope: Scope) -> bool:
    return any("text/html" in accepted for accepted in sent(scope, b"accept"))


def _a_page(answer: Answer) -> bool:
    kind = answer.header(b"content-type")
    return answer.status == 200 and kind.startswith(b"text/html")
