"""Keys for who works with both hands, and menu links that open another window where this one is."""

from ui import class_session, project_session, session
from wording import keys as words
from wording.connection import COPIED

_KEYS = {
    "j": (".st-key-next", ".st-key-present-on"),
    "k": (".st-key-back", ".st-key-present-back"),
    "n": (".st-key-open", ".st-key-unreviewed"),
}
"""What each key presses: the button of whichever of these stands on the page."""

_CARRIED = (
    *(session.ID, session.LINK, project_session.ID, project_session.LINK),
    class_session.ID,
)
"""The address says in these what is open; a link of Streamlit's menu leaves them out."""


def told() -> dict[str, object]:
    """What assets/ways.js is told."""
    keys = {key: ", ".join(f"{place} button" for place in on) for key, on in _KEYS.items()}
    said = {"title": words.TITLE, "close": words.CLOSE, "keys": words.KEYS, "copied": COPIED}
    return {"KEYS": keys, "CARRIED": _CARRIED, "WORDS": said}
