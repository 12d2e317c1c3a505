"""Scripts of our own in the page, from assets/: one file, which a browser fetches once."""

import hashlib
import json
from functools import cache

import streamlit as st

from schemes.paths import ASSETS
from ui import connection, controls, party, ways
from ui.gate import door

_LOADER = """
(() => {
  const file = "_anbiao/NAME";
  if (document.getElementById(file)) return;
  const script = document.createElement("script");
  script.id = script.src = file;
  script.addEventListener("error", () => script.remove()); // the next page tries again
  document.head.append(script);
})();
"""

_FILES = {
    "controls.js": controls.told,
    "notice.js": dict,
    "connection.js": connection.told,
    "keeping.js": dict,
    "ways.js": ways.told,
}
"""Name below assets/ → what a script knows by name; each sees to it that it begins only once."""


def page_scripts() -> None:
    """Put them into the page; they stay for as long as the window does.

    Where server/ does not stand in front to give the file out, the page carries its text, without
    the script that asks server/.

    The page is told its session by a hash, by which it notices that another process, which knows
    nothing of a field that was open, has taken over.
    """
    session = hashlib.sha256(party.session_id().encode()).hexdigest()[:16]
    behind = door.is_set()
    rest = _LOADER.replace("NAME", name()) if behind else _text(without="notice.js")
    told = f'window.anbiaoSession = "{session}";'
    st.html(f"<script>{told}{rest}</script>", unsafe_allow_javascript=True)


@cache
def name() -> str:
    """Name of the file, which says its content."""
    return f"{hashlib.sha256(_text().encode()).hexdigest()[:16]}.js"


def script(asked: str) -> bytes | None:
    """The file of that name; None if it is another."""
    return _text().encode() if asked == name() else None


@cache
def _text(without: str = "") -> str:
    return "\n".join(
        f"{{{_constants(told())}{(ASSETS / file).read_text(encoding='utf-8')}}}"
        for file, told in _FILES.items()
        if file != without
    )


def _constants(told: dict[str, object]) -> str:
    return "".join(
        f"const {key} = {json.dumps(value, ensure_ascii=False)};\n" for key, value in told.items()
    )
