"""The one setting that decides who may see what: ANBIAO_MODE. `docs/modes.md` explains it."""

import os
from enum import StrEnum

ROOM = "ANBIAO_ROOM"
"""Where a room is served: the address that it was told (`server.classroom`)."""


class Mode(StrEnum):
    """LOCAL: one person on one computer. LINK: whoever knows a link. LOGIN: whoever signs in."""

    LOCAL = "local"
    LINK = "link"
    LOGIN = "login"


def is_local() -> bool:
    """Whether this is for one person on one computer, as where the setting names no mode."""
    try:
        return mode_set() is Mode.LOCAL
    except ValueError:
        return True


def mode_set() -> Mode:
    """The mode this server runs in; LOCAL when nothing is set.

    Raises: ValueError, naming the setting, for anything else.
    """
    text = os.environ.get("ANBIAO_MODE", "").strip().lower() or Mode.LOCAL
    try:
        return Mode(text)
    except ValueError:
        raise ValueError(f"ANBIAO_MODE 只能是 {'、'.join(Mode)} 之一，现在是“{text}”") from None
