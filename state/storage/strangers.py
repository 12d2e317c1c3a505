"""Names in a data folder: which are ours, and how the others are spoken of."""

import re

_OURS = re.compile(
    r"[0-9a-f]{32}\.(json|previous|damaged-[0-9-]+|.*\.?tmp)"
    r"|index\.sqlite(-wal|-shm|-journal)?|locks|blobs|[a-z]+s"
    r"|\..*|Thumbs\.db|desktop\.ini"
)
"""Ours, and what systems leave in every folder."""

_ID = re.compile(r"[0-9a-f]{32}")


def is_ours(name: str) -> bool:
    """Whether a file or folder of that name is one of ours, or nothing to speak of."""
    return bool(_OURS.fullmatch(name))


def without_id(name: str) -> str:
    """A name that can be logged: an id, which is a key, is cut to its first four digits."""
    return _ID.sub(lambda found: f"{found[0][:4]}…", name)
