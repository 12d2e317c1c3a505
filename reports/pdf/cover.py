"""The head of a summary: the coloured band and the verdict at a glance."""

from collections.abc import Iterator

from fpdf.enums import XPos, YPos

from reports.content.palette import BLUE, GREY, INK, PALE, RED, WHITE
from reports.content.subject import Subject
from reports.pdf.canvas import Canvas
from scoring.result import Result, WarningKind
from wording.grades import grade_words, range_words, verdict_words
from wording.labels import UNNAMED
from wording.numbers import excluded_words
from wording.versions import assessed_words
from wording.warnings import unknown_words

_UNANSWERED = (WarningKind.UNANSWERED_FACET, WarningKind.UNANSWERED_PERFORMANCE)

_TILE, _GAP = 28.0, 3.0
"""Height of a tile and the space between two, in millimetres."""


def begin(result: Result, subject: Subject, words: str) -> Canvas:
    """A canvas with its properties set. words: what the document is, such as 自评摘要."""
    name, scheme = subject.profile.name or UNNAMED, result.scheme
    typed = (*_typed(subject), *result.answers.unknown)
    canvas = Canvas(f"{name} 安全生产标准化{words}", typed)
    canvas.set_author(name)
    canvas.set_subject(scheme.title)
    keywords = ["安全生产标准化", subject.kind, scheme.title, scheme.document_no]
    canvas.set_keywords("，".join(filter(None, keywords)))
    return canvas


def _typed(subject: Subject) -> Iterator[str]:
    """Everything in the report that users typed."""
    profile = subject.profile
    yield from (profile.name, profile.industry, profile.leader, profile.members)
    yield from subject.remarks.values()
    yield from subject.evidence.values()
    yield from (entry.text for entries in subject.entries.values() for entry in entries)


def draw_band(
    canvas: Canvas, result: Result, subject: Subject, words: str, most: int | None = None
) -> None:
    """Across the whole page: what the document is, the enterprise, the standard, the date.

    most: lines that the name may have; it is cut after them.
    """
    name, size = subject.profile.name or UNNAMED, 24.0 if most is None else 19.0
    canvas.style(size, bold=True)
    if len(canvas.lines(name, canvas.epw)) > 1:
        size *= 0.7
        canvas.style(size, bold=True)
    lines = canvas.lines(name, canvas.epw)
    if most is not None:
        lines = canvas.fitted(name, canvas.epw, most).split("\n")
    step, top = size * 0.5, 13.0 if most is None else 8.0
    height = top + 8 + len(lines) * step + 12 + top * 0.6
    with canvas.artifact(), canvas.local_context(fill_color=BLUE):
        canvas.rect(0, 0, canvas.w, height, style="F")
    canvas.set_y(top)
    canvas.start_section(f"安全生产标准化{words}")
    canvas.style(12, colour=WHITE)
    canvas.text_block(f"安全生产标准化{words}", 8, kind="H1")
    canvas.style(size, bold=True, colour=WHITE)
    canvas.text_block("\n".join(lines), step)
    canvas.style(9.5, colour=WHITE)
    canvas.ln(2)
    canvas.text_block(result.scheme.title, 5)
    canvas.text_block(subject.made_on.isoformat(), 5)
    canvas.style(9.5, colour=INK)
    canvas.set_y(height + 5)


def draw_verdict(canvas: Canvas, result: Result, before: Result | None) -> None:
    """Total, grade, and how far the total can still fall, side by side.

    Below, if there are any, the answers that do not count in the total.
    """
    earlier = ""
    if before:
        earlier = f"{assessed_words('自评', before, result)}{verdict_words(before)}"
    unseen = result.applicable_items - result.reviewed
    seen = f"{result.reviewed} / {result.applicable_items} 条"
    band = f"未核查的 {unseen} 条最多还能失去全部分值，并带来追加扣除和否决"
    so_far = ""
    if result.range_open and result.grade_open:
        so_far = "查完以前不下结论"
    elif any(warning.kind in _UNANSWERED for warning in result.warnings) and result.grade_open:
        so_far = "有问题还没有回答，答完以前不下结论"
    tiles = [
        ("总分", range_words(result), earlier),
        ("等级" if result.scheme.grades else "结论", grade_words(result), so_far),
        ("已核查", seen, band if result.range_open else ""),
    ]
    top, width = canvas.get_y(), (canvas.epw - 2 * _GAP) / 3
    for index, tile in enumerate(tiles):
        _tile(canvas, (canvas.l_margin + index * (width + _GAP), top), width, tile)
    canvas.set_xy(canvas.l_margin, top + _TILE + 2)
    for words in unknown_words(result):
        canvas.paragraph(f"▲ {words}", size=9, colour=RED, bold=True)
    excluded = excluded_words(result)
    if excluded:
        canvas.paragraph(excluded, size=9)


def _tile(
    canvas: Canvas, corner: tuple[float, float], width: float, tile: tuple[str, str, str]
) -> None:
    """A box with a label, a large value, and a note."""
    (x, y), (label, value, note) = corner, tile
    with canvas.artifact():
        with canvas.local_context(fill_color=PALE):
            canvas.rect(x, y, width, _TILE, style="F")
        with canvas.local_context(fill_color=BLUE):
            canvas.rect(x, y, 1.2, _TILE, style="F")
    canvas.style(22, bold=True)
    large = 22 if len(canvas.lines(value, width - 8)) == 1 else 13
    for text, size, bold, colour, most in (
        (label, 9, False, GREY, 1),
        (value, large, True, INK, 3),
        (note, 8, False, INK, 3),
    ):
        if not text:
            continue
        canvas.style(size, bold, colour)
        with canvas.tagged("P"):
            for line in canvas.fitted(text, width - 8, most).split("\n"):
                canvas.set_xy(x + 5, y + 2)
                canvas.cell(width - 8, size * 0.43, line, new_x=XPos.LEFT, new_y=YPos.NEXT)
                y += size * 0.47
        y += 1.5
