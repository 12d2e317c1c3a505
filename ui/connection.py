"""Tells an open page in Chinese when its line drops, and keeps what was being written then."""

import hashlib

from ui import party
from ui.scripts import page_script
from wording import connection as words


def watch_connection() -> None:
    """Put the script into the page; it stays for as long as the window does.

    It says the session by a hash, by which the page notices that another process, which knows
    nothing of a field that was open, has taken over.
    """
    said = {
        "lost": words.LOST,
        "lost_early": words.LOST_EARLY,
        "back": words.BACK,
        "written": words.WRITTEN,
        "copy": words.COPY,
        "copied": words.COPIED,
        "close": words.CLOSE,
    }
    session = hashlib.sha256(party.session_id().encode()).hexdigest()[:16]
    page_script("connection.js", WORDS=said, SESSION=session)
