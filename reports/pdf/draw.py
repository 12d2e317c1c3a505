"""A document drawn as PDF, block by block."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, time
from typing import Any

from beside.telling import steps
from reports.content.blocks import (
    Block,
    Document,
    Facts,
    Form,
    FormCell,
    FormRow,
    Heading,
    Missing,
    Pictures,
    Radar,
    Signature,
    Table,
    Text,
    Tone,
    Verdict,
)
from reports.content.palette import GREY, INK, RED, Colour
from reports.pdf.canvas import Canvas
from reports.pdf.cover import draw_band, draw_verdict
from reports.pdf.form import draw_form
from reports.pdf.grid import TABLE_ROOM, grid
from reports.pdf.metadata import About
from reports.pdf.pictures import draw_pictures
from reports.pdf.radar import draw_radar, radar_legend

_TONES: dict[Tone, tuple[float, Colour, bool]] = {
    Tone.BODY: (9.5, INK, False),
    Tone.STRONG: (9.5, INK, True),
    Tone.NOTE: (8.5, GREY, False),
    Tone.WARNING: (9, RED, True),
}
"""Size in points, colour and weight."""

_RADAR, _RADIUS = 110.0, 42.0
"""Height of a radar with its labels, and its radius, in millimetres."""

_ROOM: dict[type, float] = {Table: TABLE_ROOM, Radar: _RADAR + 20, Verdict: 40, Form: 60}
"""Millimetres that a heading and the beginning of what follows it take."""


def draw_pdf(document: Document) -> bytes:
    """The file's bytes, tagged and in the profile PDF/A-2u."""
    canvas = begin(document)
    if document.cover:
        _cover(canvas, document)
    else:
        draw_band(canvas, document)
    blocks = document.blocks
    for index, block in enumerate(steps(blocks)):
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(block, Heading):
            _heading(canvas, block, after, first=index == 0)
        else:
            _DRAW[type(block)](canvas, block)
    return bytes(canvas.output())


def begin(document: Document) -> Canvas:
    """A canvas with its properties set and the fonts that the document's texts need."""
    about = About(
        document.head,
        document.name,
        "，".join(document.about[:1]),
        "，".join(document.keywords),
        datetime.combine(document.made_on, time(), UTC),
    )
    return Canvas(about, set(_texts(document)), wide=document.wide)


def _texts(part: object) -> Iterator[str]:
    """Every text within a block, a document, or a sequence of them."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _texts(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _texts(getattr(part, field.name))


def _cover(canvas: Canvas, document: Document) -> None:
    """A page of its own."""
    cover = document.cover
    assert cover is not None
    draw_band(canvas, document)
    _facts(canvas, Facts(cover.facts, marked=True))
    for note in cover.notes:
        canvas.paragraph(note, size=8.5, colour=GREY)
    canvas.add_page()


def _heading(canvas: Canvas, block: Heading, after: Block | None, *, first: bool) -> None:
    if block.new_page and not first:
        if block.wide is not None:
            canvas.turn(wide=block.wide)
        canvas.add_page()
    small = block.level > 1
    room = _ROOM.get(type(after), 26.0)
    if isinstance(after, Table) and not after.rows:
        room = 26.0
    canvas.heading(block.text, room, level=block.level, size=11 if small else 13)


def _text(canvas: Canvas, block: Text) -> None:
    size, colour, bold = _TONES[block.tone]
    canvas.paragraph(block.words, size, colour, bold)


def _missing(canvas: Canvas, block: Missing) -> None:
    canvas.paragraph(f"（待补充：{block.hint}）", colour=GREY)


def _facts(canvas: Canvas, block: Facts) -> None:
    canvas.pairs([(n, v or ("（待补充）" if block.marked else "")) for n, v in block.rows])


def _radar(canvas: Canvas, block: Radar) -> None:
    top = canvas.get_y()
    with canvas.tagged("Figure", block.words):
        draw_radar(canvas, block, (canvas.w / 2, top + _RADAR / 2), _RADIUS)
    canvas.set_xy(canvas.l_margin, top + _RADAR - 2)
    radar_legend(canvas, block)


def _signature(canvas: Canvas, block: Signature) -> None:
    rows = [_signed(role, name) for role, name in block.people]
    if block.seal:
        rows.append(_signed(f"{block.seal}（盖章）", "", 28))
    draw_form(canvas, Form((34, 55, 30, 55), tuple(rows)))


def _signed(role: str, name: str, height: float = 12) -> FormRow:
    cells = (FormCell(role, label=True), FormCell(name), FormCell("签字/日期", label=True))
    return FormRow((*cells, FormCell("")), height)


_DRAW: dict[type, Callable[[Canvas, Any], None]] = {
    Text: _text,
    Missing: _missing,
    Facts: _facts,
    Verdict: draw_verdict,
    Radar: _radar,
    Table: grid,
    Form: draw_form,
    Signature: _signature,
    Pictures: draw_pictures,
}
