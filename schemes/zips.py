"""What reading somebody's ZIP file has to be ready for, wherever one is read."""

import io
import zipfile
import zlib

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What reading a container that is none, or is encrypted or cut off, may raise."""

BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing that unpack no more than is asked for; Office uses no others."""

_LISTED = b"PK\1\2"
"""What every part's line in a container's list begins with."""


class Oversized(Exception):
    """A container with more parts, or a part that unpacks to more, than is read."""


class Unbounded(NotImplementedError):
    """A part that would be unpacked without any bound; one of what `BROKEN` names."""


def container(content: bytes, most: int) -> zipfile.ZipFile:
    """A ZIP file of so many parts at the most, told before their list is taken into memory.

    Raises: Oversized, and what `BROKEN` names.
    """
    if content.count(_LISTED) > most:
        raise Oversized
    return zipfile.ZipFile(io.BytesIO(content))


def part_within(package: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    """A part of so many bytes at the most, whatever it says of itself.

    Raises: Oversized, Unbounded, and what `BROKEN` names.
    """
    if part.compress_type not in BOUNDED:
        raise Unbounded
    with package.open(part) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise Oversized
    return content
