"""Command-line output that does not depend on the system's language."""

import io
import sys


def speak_utf8() -> None:
    r"""Print UTF-8 whatever the locale: Chinese Windows would write GBK into a redirected file.

    What is no character, such as a byte of a file name in another encoding, is written as \xff.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
