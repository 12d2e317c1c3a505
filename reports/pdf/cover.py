"""The head of a document: the coloured band, and the verdict at a glance."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from reports.content.blocks import Document, GradeLine, Mark, Picture, Tile, Verdict
from reports.content.palette import BLUE, GREY, INK, PALE, RED, WHITE, Colour
from reports.pdf.canvas import Canvas

_TILE, _SMALL_TILE, _GAP = 28.0, 25.0, 3.0
"""Height of a tile, on one page with everything else, and the space between two: millimetres."""

_LABEL, _MEDIUM, _LARGE = 9, 13, 22
"""Sizes in points: of a label, which is not bold, of a long value and of a short one."""

_LOGO, _AROUND_LOGO = (32.0, 16.0), 3.0
"""Most width and height of a logo, and what is white around it on both sides together."""

_Styled = tuple[str, float, Colour]
"""Words, size in points, colour."""

_COLOURS: dict[Mark, Colour] = {Mark.UNMET: RED}
"""Of a gate's words, which have a sign in front; others are grey."""


def draw_band(canvas: Canvas, document: Document, most: int | None = None) -> None:
    """Across the whole page: what the document is, the enterprise, then what else it is about.

    Logos stand on the right. most: lines that the name may have; it is cut after them.
    """
    name, below = document.name, document.about
    logos = [(logo, *_fitting(logo)) for logo in document.logos]
    room = canvas.epw - sum(width + _AROUND_LOGO + _GAP for _, width, _ in logos)
    size = 24.0 if most is None else 19.0
    canvas.style(size, bold=True)
    if len(canvas.lines(name, room)) > 1:
        size *= 0.7
        canvas.style(size, bold=True)
    lines = canvas.lines(name, room)
    if most is not None:
        lines = canvas.fitted(name, room, most).split("\n")
    step, top = size * 0.5, 13.0 if most is None else 8.0
    height = top + 8 + len(lines) * step + 2 + 5 * len(below) + top * 0.6
    with canvas.artifact(), canvas.local_context(fill_color=BLUE):
        canvas.rect(0, 0, canvas.w, height, style="F")
    canvas.set_y(top)
    canvas.start_section(document.title)
    canvas.style(12, colour=WHITE)
    canvas.text_block(document.title, 8, kind="H1")
    canvas.style(size, bold=True, colour=WHITE)
    canvas.text_block("\n".join(lines), step)
    canvas.style(9.5, colour=WHITE)
    canvas.ln(2)
    for words in below:
        canvas.text_block(canvas.fitted(words, room), 5)
    right = canvas.w - canvas.r_margin
    for logo, wide, high in reversed(logos):
        _logo(canvas, logo, (right, height / 2), (wide, high))
        right -= wide + _AROUND_LOGO + _GAP
    canvas.style(9.5, colour=INK)
    canvas.set_y(height + 5)


def _fitting(logo: Picture) -> tuple[float, float]:
    """Width and height of a logo in millimetres."""
    with Image.open(BytesIO(logo.data)) as picture:
        scale = min(_LOGO[0] / picture.width, _LOGO[1] / picture.height)
        return picture.width * scale, picture.height * scale


def _logo(
    canvas: Canvas, logo: Picture, right: tuple[float, float], size: tuple[float, float]
) -> None:
    """A logo on white; right: the middle of its right edge."""
    (wide, high), edge = size, _AROUND_LOGO / 2
    left, top = right[0] - wide - edge, right[1] - high / 2
    with canvas.artifact(), canvas.local_context(fill_color=WHITE):
        canvas.rect(left - edge, top - edge, wide + 2 * edge, high + 2 * edge, style="F")
    with canvas.tagged("Figure", logo.words):
        canvas.image(BytesIO(logo.data), left, top, wide, high)


def draw_verdict(canvas: Canvas, verdict: Verdict, *, small: bool = False) -> None:
    """Sentences, values side by side, grades with their reasons; each as far as there are any.

    small: where everything must stand on one page.
    """
    first, *rest = verdict.sentences or ("",)
    if first:
        canvas.paragraph(first, size=10 if small else 11, bold=True)
    for words in ["".join(rest)] if small and rest else rest:
        canvas.paragraph(words, size=9.5 if small else 11)
    if verdict.tiles:
        if verdict.sentences:
            canvas.ln(1.5)
        _tiles(canvas, verdict.tiles, _SMALL_TILE if small else _TILE)
    for grade in verdict.grades:
        _grade(canvas, grade)


def _grade(canvas: Canvas, grade: GradeLine) -> None:
    canvas.paragraph(f"{grade.title}：{grade.words}", bold=True)
    for gate in grade.gates:
        canvas.paragraph(f"   {gate.words}", size=9, colour=_COLOURS.get(gate.mark, GREY))


def _tiles(canvas: Canvas, tiles: tuple[Tile, ...], height: float) -> None:
    top, width = canvas.get_y(), (canvas.epw - (len(tiles) - 1) * _GAP) / len(tiles)
    for index, tile in enumerate(tiles):
        left = canvas.l_margin + index * (width + _GAP)
        with canvas.artifact():
            with canvas.local_context(fill_color=PALE):
                canvas.rect(left, top, width, height, style="F")
            with canvas.local_context(fill_color=BLUE):
                canvas.rect(left, top, 1.2, height, style="F")
        _tile(canvas, _Box(left + 5, top - (_TILE - height) * 0.2, width - 8), tile)
    canvas.set_xy(canvas.l_margin, top + height + 1.5)


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a tile's text begins, and its width, in millimetres."""

    left: float
    top: float
    width: float

    def lower(self, top: float) -> "_Box":
        """The same from there on."""
        return _Box(self.left, top, self.width)


def _tile(canvas: Canvas, box: _Box, tile: Tile) -> None:
    """A label, a large value with its unit, and a note."""
    canvas.style(_LARGE, bold=True)
    large = _LARGE if len(canvas.lines(tile.value, box.width)) == 1 else _MEDIUM
    box = box.lower(_inside(canvas, box, (tile.name, _LABEL, GREY)) + 1)
    below = _inside(canvas, box, (tile.value, large, INK))
    if tile.unit:
        canvas.style(large, bold=True)
        after = canvas.get_string_width(canvas.clean(tile.value)) + 1.5
        wide = canvas.get_string_width(tile.unit) * _LABEL / large
        if large == _LARGE and after + wide <= box.width:
            _behind(canvas, box, after, tile.unit)
        else:
            below = _inside(canvas, box.lower(below), (tile.unit, _LABEL, GREY))
    _inside(canvas, box.lower(below + 1), (tile.note, 7.5, INK))


def _inside(canvas: Canvas, box: _Box, text: _Styled) -> float:
    """A text in at most three lines of a tile. Returns: where the next begins."""
    words, size, colour = text
    y = box.top
    if not words:
        return y
    canvas.style(size, bold=size > _LABEL, colour=colour)
    with canvas.tagged("P"):
        for line in canvas.fitted(words, box.width, 3).split("\n"):
            canvas.set_xy(box.left, y + 2)
            canvas.put(box.width, size * 0.43, line)
            y += size * 0.47
    return y


def _behind(canvas: Canvas, box: _Box, after: float, unit: str) -> None:
    """A unit on the line of a short value."""
    canvas.style(_LABEL, colour=GREY)
    with canvas.tagged("P"):
        canvas.set_xy(box.left + after, box.top + 1.4 + (_LARGE - _LABEL) * 0.43)
        canvas.put(box.width - after, _LABEL * 0.43, unit)
