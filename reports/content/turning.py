"""Marks that turn the direction of writing are shown as signs, and not obeyed."""

import re

_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def signed(text: str) -> str:
    """A text with 〔U+202E〕 for each mark that would turn what follows it, as in a file's name."""
    return _MARKS.sub(lambda mark: f"〔U+{ord(mark[0]):04X}〕", text)
