"""Pictures that tests take for photos."""

import io
import random
from functools import cache

from PIL import Image


@cache
def photo(number: int, side: int = 64) -> bytes:
    """A JPEG that is another one for every number, with words in its metadata."""
    red, green, blue = random.Random(number).randbytes(3)
    exif = Image.Exif()
    exif[0x010E] = "taken at the boiler house"
    written = io.BytesIO()
    Image.new("RGB", (side, side // 2), (red, green, blue)).save(written, "JPEG", exif=exif)
    return written.getvalue()
