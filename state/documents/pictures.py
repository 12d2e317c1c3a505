"""Pictures that somebody uploads, taken apart and made anew: nothing of the file itself is kept.

A picture is told by its content and not by its name, its size is looked at before it is unpacked,
and what is kept has no more than pixels: no place, no camera, no comment, no profile.
"""

import io
from collections.abc import Iterator
from enum import Enum
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS: Final = ("JPEG", "PNG", "WEBP")
"""What is opened, as Pillow calls it."""

Image.init()  # Pillow knows the less common ones only from then on

MOST_BYTES: Final = 20 * 2**20
"""Of a file that is looked at."""

MOST_KEPT: Final = 300_000
"""Bytes of what is kept."""

_QUALITIES = (88, 80, 72, 64, 56, 48)
_SMALLER = 0.8
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


class PictureTrouble(Enum):
    """Why a picture is not taken."""

    EMPTY = "empty"
    LONG = "long"
    STRANGE = "strange"
    HEIC = "heic"
    BROKEN = "broken"
    LARGE = "large"


class PictureFault(Exception):
    """A picture that is not taken; `wording.pictures` says it.

    size, most: bytes where it is LONG, pixels where it is LARGE.
    """

    def __init__(self, kind: PictureTrouble, size: int = 0, most: int = 0) -> None:
        super().__init__(kind.value)
        self.kind, self.size, self.most = kind, size, most


def checked_picture(
    data: bytes,
    most_pixels: int,
    most_side: int,
    most_bytes: int = MOST_BYTES,
    most_kept: int = MOST_KEPT,
) -> bytes:
    """The picture in `data`, upright and on white, as a JPEG or, where it came as one, a PNG.

    most_pixels: of what is unpacked. most_side: pixels of the longer side of what is kept.
    most_bytes: of `data`. most_kept: bytes of what is kept; a PNG that needs more becomes a JPEG,
    whose quality and then size are lowered until it fits.
    Of several frames the first counts. Raises: PictureFault.
    """
    if not data:
        raise PictureFault(PictureTrouble.EMPTY)
    if len(data) > most_bytes:
        raise PictureFault(PictureTrouble.LONG, len(data), most_bytes)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise PictureFault(PictureTrouble.HEIC)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            size = opened.width * opened.height
            if size > most_pixels:
                raise PictureFault(PictureTrouble.LARGE, size, most_pixels)
            lossless = opened.format == "PNG"
            picture = _plain(opened, most_side)
    except PictureFault:
        raise
    except Image.DecompressionBombError:
        raise PictureFault(PictureTrouble.LARGE, 0, most_pixels) from None
    except UnidentifiedImageError:
        raise PictureFault(PictureTrouble.STRANGE) from None
    except Exception:  # decoders of made-up files raise whatever they stumble over
        raise PictureFault(PictureTrouble.BROKEN) from None
    made = _written(picture, lossless, most_kept)
    return next(one for one in made if len(one) <= most_kept)


def _plain(opened: Image.Image, most_side: int) -> Image.Image:
    """Pixels alone: not larger than asked for, upright, and white where it was see-through."""
    if opened.mode.startswith("I"):  # sixteen bits of grey, which would turn white
        opened = opened.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if opened.mode in ("1", "P", "PA"):
        opened = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    opened.thumbnail((most_side, most_side), reducing_gap=2.0)
    try:
        turned = ImageOps.exif_transpose(opened)
    except Exception:  # what cameras write beside the pixels is often faulty, the pixels are not
        turned = opened
    if not turned.has_transparency_data:
        return turned.convert("RGB")
    clear = turned.convert("RGBA")
    ground = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(ground, clear).convert("RGB")


def _written(picture: Image.Image, lossless: bool, most_kept: int) -> Iterator[bytes]:
    """Files of the picture, each smaller than the one before."""
    if lossless:
        yield _file(picture, "PNG", optimize=True)
    while True:
        for quality in _QUALITIES:
            yield _file(picture, "JPEG", quality=quality, optimize=True)
        if max(picture.size) == 1:
            raise PictureFault(PictureTrouble.LONG, 0, most_kept)
        smaller = [max(1, round(side * _SMALLER)) for side in picture.size]
        picture = picture.resize((smaller[0], smaller[1]))


def _file(picture: Image.Image, kind: str, **options: object) -> bytes:
    written = io.BytesIO()
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)  # without what came beside the pixels, which a writer would add
    bare.save(written, kind, **options)
    return written.getvalue()
