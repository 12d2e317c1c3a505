"""A font that is cut down has the glyphs of the whole one, and nothing that readers object to."""

from io import BytesIO

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from reports.pdf.glyphs import Outlines
from schemes.paths import ASSETS

_FONTS = ASSETS / "fonts"


def _drawn(font: TTFont, name: str) -> list[object]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return [pen.value, glyphs[name].width]


@pytest.mark.parametrize(
    ("file", "printed", "composed"),
    [
        ("NotoSansSC-Bold.ttf", "安全 A1，é", 0),
        ("AnBiaoRare-Regular.ttf", "𠮷𡈽", 0),
        ("NotoEmoji-Regular.ttf", "👪🏭👪", 4),
    ],
)
def test_glyphs_are_drawn_as_in_the_whole_font(file: str, printed: str, composed: int) -> None:
    whole = TTFont(_FONTS / file)
    order = whole.getGlyphOrder()
    chosen = [0, *dict.fromkeys(whole.getGlyphID(whole.getBestCmap()[ord(c)]) for c in printed)]
    cut = TTFont(BytesIO(Outlines(_FONTS / file).cut(chosen)), checkChecksums=2)
    assert cut["maxp"].numGlyphs == len(chosen) + composed
    names = cut.getGlyphOrder()
    for place, glyph in enumerate(chosen):
        assert _drawn(cut, names[place]) == _drawn(whole, order[glyph])
