"""Photos and logos side by side."""

import io

from reports.content.blocks import Picture, Pictures
from reports.pdf.canvas import Canvas

_GAP, _TALL, _WORDS = 4.0, 70.0, 6.0
"""Millimetres between two, of the tallest, and of the words below one."""


def draw_pictures(canvas: Canvas, block: Pictures) -> None:
    """Draw rows of pictures with their words below."""
    width = (canvas.epw - (block.beside - 1) * _GAP) / block.beside
    for first in range(0, len(block.pictures), block.beside):
        row = block.pictures[first : first + block.beside]
        if canvas.will_page_break(_TALL + _WORDS):
            canvas.add_page()
        top = canvas.get_y()
        for index, picture in enumerate(row):
            _picture(canvas, picture, canvas.l_margin + index * (width + _GAP), top, width)
        canvas.set_xy(canvas.l_margin, top + _TALL + _WORDS)


def _picture(canvas: Canvas, picture: Picture, left: float, top: float, width: float) -> None:
    with canvas.tagged("Figure", picture.words):
        canvas.image(io.BytesIO(picture.data), left, top, width, _TALL, keep_aspect_ratio=True)
    canvas.style(8.5)
    canvas.set_xy(left, top + _TALL)
    with canvas.tagged("P"):
        canvas.put(width, _WORDS, canvas.fitted(picture.words, width), align="C")
