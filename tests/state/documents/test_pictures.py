"""Uploaded pictures are made anew or refused by words."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image

from state.documents.photo_files import photo_of
from state.documents.pictures import PictureFault, PictureTrouble, checked_picture
from wording.pictures import picture_refused


def file(picture: Image.Image, kind: str, **options: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def halves(width: int, height: int) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    return picture


def refused(data: bytes, **options: int) -> PictureFault:
    with pytest.raises(PictureFault) as told:
        checked_picture(data, **{"most_pixels": 1_000_000, "most_side": 800, **options})
    return told.value


def png_of_size(width: int, height: int) -> bytes:
    """A file of some bytes that says it has so many pixels, and unpacks to as many."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_photo_stands_upright_is_smaller_and_says_nothing_of_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: the left of the pixels is the top
    exif[0x010F] = "a maker of cameras"
    exif.get_ifd(0x8825)[1] = "N"
    data = file(halves(900, 600), "JPEG", exif=exif, comment=b"of somebody")
    assert b"a maker of cameras" in data and b"of somebody" in data
    kept = checked_picture(data, most_pixels=1_000_000, most_side=300)
    picture = opened(kept)
    assert (picture.format, picture.size) == ("JPEG", (200, 300))
    top, bottom = picture.getpixel((100, 20)), picture.getpixel((100, 280))
    assert min(top[0], bottom[2]) > 200 and max(top[2], bottom[0]) < 60
    assert not dict(picture.getexif()) and "comment" not in picture.info
    assert b"camera" not in kept and b"somebody" not in kept


def test_what_is_small_stays_as_large_as_it_is_and_a_logo_without_loss():
    logo = Image.new("RGBA", (120, 40), (0, 0, 0, 0))
    logo.paste((10, 20, 30, 255), (0, 0, 60, 40))
    data = file(logo, "PNG", icc_profile=b"not a profile")
    picture = opened(checked_picture(data, most_pixels=1_000_000, most_side=800))
    assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (120, 40))
    assert picture.getpixel((10, 10)) == (10, 20, 30)
    assert picture.getpixel((100, 10)) == (255, 255, 255)  # paper is white
    assert "icc_profile" not in picture.info


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_pictures_of_every_kind_of_pixel_are_taken(mode: str):
    grey = Image.new("L", (40, 40), 128)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    made = Image.new("I;16", (40, 40), 128 * 256) if mode == "I;16" else grey.convert(mode)
    picture = opened(checked_picture(file(made, kind), most_pixels=10_000, most_side=40))
    red, green, blue = picture.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert max(abs(red - 128), abs(green - 128), abs(blue - 128)) <= 6


def test_what_stays_too_long_loses_quality_and_then_size():
    noise = Image.frombytes("RGB", (500, 500), random.Random(1).randbytes(750_000))
    kept = checked_picture(file(noise, "PNG"), 1_000_000, 500)
    assert opened(kept).format == "JPEG" and opened(kept).size == (500, 500)
    assert len(kept) <= 300_000
    less = checked_picture(file(noise, "PNG"), 1_000_000, 500, most_kept=20_000)
    assert len(less) <= 20_000 and 50 < opened(less).width < 500


def test_nothing_no_picture_and_half_a_picture_are_refused_by_words():
    whole = file(halves(300, 300), "JPEG")
    for data, words in [
        (b"", "这个文件是空的"),
        (b"%PDF-1.7 of something", "这不是能用的图片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "这不是能用的图片"),
        (file(halves(30, 30), "GIF"), "这不是能用的图片"),
        (whole[: len(whole) // 2], "这张图片打不开"),
        (b"\0\0\0\x18ftypheic" + bytes(200), "HEIC"),
    ]:
        assert words in picture_refused(refused(data))


def test_a_picture_that_unpacks_to_very_much_is_refused_before_it_is_unpacked():
    for side in (2_000, 30_000, 2_000_000_000):
        fault = refused(png_of_size(side, side))
        assert fault.kind is PictureTrouble.LARGE
        assert picture_refused(fault) == "这张图片展开后超过 100 万像素，没有上传；请先缩小"


def test_a_file_beyond_the_bound_is_refused_unread():
    fault = refused(bytes(3 * 2**20 + 1), most_bytes=3 * 2**20)
    assert picture_refused(fault) == "这张图片有 4 MB，超过 3 MB，没有上传；请先缩小"


def test_photos_of_eighty_megabytes_and_of_a_billion_pixels_are_refused():
    """By the bounds that photos have, and before anything is unpacked."""
    for data, words in [
        (bytes(80 * 2**20), "这张图片有 80 MB，超过 20 MB，没有上传；请先缩小"),
        (
            png_of_size(32_000, 32_000),
            "这张图片展开后超过 5200 万像素，没有上传；请先缩小",
        ),
    ]:
        with pytest.raises(PictureFault) as told:
            photo_of(data)
        assert picture_refused(told.value) == words
