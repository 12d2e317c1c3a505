"""Fonts of documents: parsed once in a process, which takes longer than most pages.

State: what was parsed is kept for good and never changed; every document gets a copy to take its
glyphs from. This is the one place that knows how fpdf2 keeps a font, see docs/architecture.md.
"""

from collections.abc import Set as AbstractSet
from copy import copy
from functools import cache
from pathlib import Path
from typing import cast

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import TextEmphasis
from fpdf.fonts import SubsetMap, TTFFont


def add_font(document: FPDF, family: str, style: str, path: Path) -> None:
    """What `FPDF.add_font` does. style: "" or "B"."""
    font = copy(_parsed(path))
    font.i = len(document.fonts) + 1
    font.fontkey = f"{family}{style}"
    font.emphasis = TextEmphasis.coerce(style)
    font.ttfont = _untouched(font.ttfont, path)
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


def _untouched(parsed: TTFont, path: Path) -> TTFont:
    """The font for one document, which takes from it what it does not print.

    The names of glyphs and the characters they stand for take longest to read, and are shared.
    Glyphs are written as they are: their boxes need not be worked out again.
    """
    fresh = TTFont(path, lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    fresh.setGlyphOrder(parsed.getGlyphOrder())
    fresh["cmap"] = copy(parsed["cmap"])
    fresh["cmap"].tables = [copy(table) for table in parsed["cmap"].tables]
    return fresh
