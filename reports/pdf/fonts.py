"""Fonts of documents: parsed once in a process, which takes longer than most pages.

State: what was parsed is kept for good and never changed; every document gets a copy to take its
glyphs from. This is the one place that knows how fpdf2 keeps a font, see docs/architecture.md.
"""

from collections.abc import Set as AbstractSet
from copy import copy
from functools import cache
from pathlib import Path
from typing import BinaryIO, cast

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import TextEmphasis
from fpdf.fonts import SubsetMap, TTFFont

from reports.pdf.glyphs import Outlines


def add_font(document: FPDF, family: str, style: str, path: Path) -> None:
    """What `FPDF.add_font` does. style: "" or "B"."""
    font = copy(_parsed(path))
    font.i = len(document.fonts) + 1
    font.fontkey = f"{family}{style}"
    font.emphasis = TextEmphasis.coerce(style)
    font.ttfont = _Cut(path, font.ttfont.getGlyphOrder())
    font.desc, font.cw = copy(font.desc), copy(font.cw)
    font.missing_glyphs = []
    font.subset = SubsetMap(font)
    document.fonts[font.fontkey] = font


def characters_of(path: Path) -> AbstractSet[int]:
    """The characters that a font has."""
    return _parsed(path).cmap.keys()


@cache
def _parsed(path: Path) -> TTFFont:
    document = FPDF()
    document.add_font("parsed", "", path)
    font = cast("TTFFont", document.fonts["parsed"])
    assert font.color_font is None  # it would belong to its document
    return font


class _Cut(TTFont):  # type: ignore[misc]
    """What fpdf2 takes for the font of one document, and is already cut when it is saved.

    fontTools' subsetter, which fpdf2 calls, finds no table to cut, and leaves the names of the
    glyphs that are printed.
    """

    def __init__(self, path: Path, names: list[str]) -> None:
        super().__init__(recalcTimestamp=False)
        self._path = path
        self.setGlyphOrder(names)

    def save(self, file: BinaryIO, *_: object) -> None:
        """Write the font with the glyphs that are left."""
        number = _numbers(self._path)
        file.write(_outlines(self._path).cut([number[name] for name in self.getGlyphOrder()]))


@cache
def _outlines(path: Path) -> Outlines:
    return Outlines(path)


@cache
def _numbers(path: Path) -> dict[str, int]:
    """Numbers of glyphs by their names."""
    return {name: number for number, name in enumerate(_parsed(path).ttfont.getGlyphOrder())}
