"""The beginning of a file name, of what somebody is called."""

import re
import unicodedata

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Unicode categories of what has no shape of its own."""

_LONGEST = 200
"""Bytes of a name's beginning; Linux allows 255 for all of it."""


def file_stem(name: str) -> str:
    """A name as the beginning of a file name that every system accepts.

    What separates folders, is not seen, or turns the direction of writing (a name that
    reads …fdp.exe backwards) becomes _. Something must follow it, such as -自评.json:
    Windows keeps names such as CON for itself.
    """
    seen = "".join("_" if unicodedata.category(c) in _UNSEEN else c for c in name)
    stem = re.sub(r'[\\/:*?"<>|.]+', "_", seen)
    short = stem[:60].encode()[:_LONGEST].decode(errors="ignore")
    return re.sub(r"_+", "_", short).strip(" _-~") or "自评"
