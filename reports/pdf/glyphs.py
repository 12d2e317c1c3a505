"""A TrueType font cut down to some of its glyphs, which are copied as they stand in the file.

Only what a PDF needs of a font is written: outlines, widths and the measures of all. fontTools
reads and writes every glyph for the same, which takes longer than the rest of a page.
"""

import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

_COPIED = ("head", "hhea", "maxp")
_HINTS = ("cvt ", "fpgm", "prep")
_TOTAL = 0xB1B0AFBA
"""What a file's checksum is taken from. Source: OpenType, table head."""

_ADJUSTMENT = slice(8, 12)
"""Bytes of head that have that difference."""

_LONG_OFFSETS = slice(50, 52)
"""Bytes of head that say how wide the offsets of loca are."""

_WORDS, _SCALE, _MORE, _TWO_SCALES, _FOUR_SCALES = 0x1, 0x8, 0x20, 0x40, 0x80
"""Flags of a component of a composed glyph. Source: OpenType, table glyf."""


class Outlines:
    """A font's file, read once and never changed."""

    def __init__(self, path: Path) -> None:
        """Read the file; it has TrueType outlines."""
        data = path.read_bytes()
        self._tables = {tag: data[start : start + size] for tag, start, size in _directory(data)}
        wide = bool(struct.unpack(">h", self._tables["head"][_LONG_OFFSETS])[0])
        offsets = _big_endian("I" if wide else "H", self._tables["loca"])
        self._offsets = offsets if wide else [2 * one for one in offsets]
        (self._measured,) = struct.unpack(">H", self._tables["hhea"][34:36])

    def cut(self, glyphs: Sequence[int]) -> bytes:
        """A font file with these glyphs, in this order, and then what they are composed of."""
        kept = list(dict.fromkeys(self._with_components(glyphs)))
        places = {glyph: place for place, glyph in enumerate(kept)}
        outlines = [_renumbered(self._outline(glyph), places) for glyph in kept]
        ends, end = array("I", [0]), 0
        for outline in outlines:
            end += len(outline)
            ends.append(end)
        tables = {tag: self._tables[tag] for tag in (*_COPIED, *_HINTS) if tag in self._tables}
        head = bytearray(tables["head"])
        head[_ADJUSTMENT] = bytes(4)
        head[_LONG_OFFSETS] = b"\x00\x01"
        tables["head"] = bytes(head)
        count = struct.pack(">H", len(kept))
        tables["hhea"] = tables["hhea"][:34] + count
        tables["maxp"] = tables["maxp"][:4] + count + tables["maxp"][6:]
        tables["hmtx"] = b"".join(map(self._width, kept))
        tables["loca"] = _swapped(ends)
        tables["glyf"] = b"".join(outlines)
        return _file(tables)

    def _outline(self, glyph: int) -> bytes:
        """A glyph as the file has it, filled up to four bytes."""
        outline = self._tables["glyf"][self._offsets[glyph] : self._offsets[glyph + 1]]
        return outline + bytes(-len(outline) % 4)

    def _width(self, glyph: int) -> bytes:
        """Advance and left bearing; the last advance holds for all glyphs that have none."""
        metrics = self._tables["hmtx"]
        if glyph < self._measured:
            return metrics[4 * glyph : 4 * glyph + 4]
        last = 4 * (self._measured - 1)
        bearing = 4 * self._measured + 2 * (glyph - self._measured)
        return metrics[last : last + 2] + metrics[bearing : bearing + 2]

    def _with_components(self, glyphs: Iterable[int]) -> Iterator[int]:
        """The glyphs themselves first, as their places are known by then."""
        left = list(glyphs)
        seen = set(left)
        for glyph in left:
            yield glyph
            outline = self._outline(glyph)
            for place in _components(outline):
                (part,) = struct.unpack_from(">H", outline, place)
                if part not in seen:
                    seen.add(part)
                    left.append(part)


def _directory(data: bytes) -> Iterator[tuple[str, int, int]]:
    """Name, beginning and length of every table."""
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        tag, _, start, size = struct.unpack_from(">4s3I", data, 12 + 16 * number)
        yield tag.decode("ascii"), start, size


def _components(outline: bytes) -> Iterator[int]:
    """Where a composed glyph has the numbers of its parts."""
    if not outline or outline[0] < 0x80:  # the number of contours is not negative
        return
    place, flags = 10, _MORE
    while flags & _MORE:
        (flags,) = struct.unpack_from(">H", outline, place)
        yield place + 2
        place += 8 if flags & _WORDS else 6
        if flags & _SCALE:
            place += 2
        elif flags & _TWO_SCALES:
            place += 4
        elif flags & _FOUR_SCALES:
            place += 8


def _renumbered(outline: bytes, places: dict[int, int]) -> bytes:
    parts = list(_components(outline))
    if not parts:
        return outline
    changed = bytearray(outline)
    for place in parts:
        (part,) = struct.unpack_from(">H", changed, place)
        struct.pack_into(">H", changed, place, places[part])
    return bytes(changed)


def _file(tables: dict[str, bytes]) -> bytes:
    """The tables behind their directory, each at a multiple of four bytes, with checksums."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    search = (16 * power, power.bit_length() - 1, 16 * (count - power))
    start = 12 + 16 * count
    entries, bodies, head = [], [], 0
    for tag in sorted(tables):
        body = tables[tag] + bytes(-len(tables[tag]) % 4)
        row = (tag.encode("ascii"), _checksum(body), start, len(tables[tag]))
        entries.append(struct.pack(">4s3I", *row))
        bodies.append(body)
        head = start if tag == "head" else head
        start += len(body)
    directory = struct.pack(">I4H", 0x00010000, count, *search)
    file = bytearray(b"".join([directory, *entries, *bodies]))
    difference = (_TOTAL - _checksum(bytes(file))) & 0xFFFFFFFF
    struct.pack_into(">I", file, head + _ADJUSTMENT.start, difference)
    return bytes(file)


def _checksum(data: bytes) -> int:
    """The sum of its words; its length is a multiple of four."""
    return sum(_big_endian("I", data)) & 0xFFFFFFFF


def _big_endian(kind: str, data: bytes) -> "array[int]":
    values = array(kind, data)
    if struct.pack("=H", 1) != struct.pack(">H", 1):
        values.byteswap()
    return values


def _swapped(values: "array[int]") -> bytes:
    return _big_endian(values.typecode, values.tobytes()).tobytes()
