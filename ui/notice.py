"""Tells an open page what the server has to say when something takes long or was refused."""

from ui.gate import door
from ui.scripts import page_script


def notice() -> None:
    """Let the page ask by itself; only where server/ stands in front to answer."""
    if door.is_set():
        page_script("notice.js")
