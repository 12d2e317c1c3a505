"""What is kept of a photo: made anew of what was uploaded, small enough to be printed."""

import io
from threading import Lock

from PIL import Image

from state.documents.pictures import (
    FORMATS,
    MOST_BYTES,
    MOST_KEPT,
    PictureFault,
    PictureTrouble,
    checked_picture,
)

MOST_SIDE = 1600
"""Pixels of the longer side of what is kept."""

MOST_PIXELS = 52_000_000
"""Of what is uploaded: phones take photos of 50 million."""

MOST_UPLOADED = MOST_BYTES

THUMBNAIL, PRINTED = 480, 800
"""Pixels of the longer side of what a page shows, and of what a PDF's annex prints."""

_one_at_a_time = Lock()
"""An unpacked photo takes up to a few hundred megabytes."""


def photo_of(uploaded: bytes) -> bytes:
    """What is kept of an uploaded picture. Raises: PictureFault."""
    with _one_at_a_time:
        return checked_picture(uploaded, MOST_PIXELS, MOST_SIDE)


def smaller(kept: bytes, side: int) -> bytes:
    """A kept photo with a longer side of at most so many pixels. Raises: PictureFault."""
    return checked_picture(kept, MOST_SIDE**2, side)


def suffix(kept: bytes) -> str:
    """The ending of the name of a kept photo's file."""
    return "png" if kept.startswith(b"\x89PNG") else "jpg"


def check_kept(content: bytes) -> None:
    """Make sure that a file is one that this program could have kept as a photo.

    Raises: PictureFault for what is larger, no picture, or tells more than its pixels.
    """
    if len(content) > MOST_KEPT:
        raise PictureFault(PictureTrouble.LONG, len(content), MOST_KEPT)
    checked_picture(content, MOST_SIDE**2, 1)  # opens and unpacks it
    with Image.open(io.BytesIO(content), formats=FORMATS[:2]) as opened:
        if max(opened.size) > MOST_SIDE:
            raise PictureFault(PictureTrouble.LARGE, opened.width * opened.height, MOST_SIDE**2)
        if opened.getexif() or set(opened.info) - _PLAIN:
            raise PictureFault(PictureTrouble.STRANGE)


_PLAIN = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression"}
"""What a file says of itself besides its pixels when this program has written it."""
