"""What a server and its worker say to each other on a pipe: length, then one pickled object.

Each believes the other, whom it has started or was started by.
"""

import pickle
import struct
from typing import IO, Any

_LENGTH = struct.Struct(">Q")


class Gone(Exception):
    """There is nobody at the other end."""


def write(pipe: IO[bytes], said: object) -> None:
    """Say something. Raises: Gone; what cannot be pickled raises what pickle raises."""
    content = pickle.dumps(said, pickle.HIGHEST_PROTOCOL)
    try:
        pipe.write(_LENGTH.pack(len(content)))
        pipe.write(content)
        pipe.flush()
    except (OSError, ValueError) as error:  # broken, or closed by ourselves
        raise Gone from error


def read(pipe: IO[bytes]) -> bytes:
    """What is said next, still pickled. Raises: Gone."""
    return _read(pipe, *_LENGTH.unpack(_read(pipe, _LENGTH.size)))


def _read(pipe: IO[bytes], length: int) -> bytes:
    try:
        content = pipe.read(length)
    except (OSError, ValueError) as error:
        raise Gone from error
    if len(content) < length:
        raise Gone
    return content


def understood(content: bytes) -> Any:
    """What was said."""
    return pickle.loads(content)
