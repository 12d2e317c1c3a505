"""The head of a summary: the coloured band and the verdict at a glance."""

from collections.abc import Iterator

from fpdf.enums import XPos, YPos

from reports.sheet import BLUE, GREY, INK, PALE, WHITE, Sheet
from reports.subject import Subject
from reports.words import UNNAMED, grade_words, total_words
from scoring.numbers import fixed
from scoring.result import Result

_TILE, _GAP = 28.0, 3.0
"""Height of a tile and the space between two, in millimetres."""


def begin(result: Result, subject: Subject, words: str) -> Sheet:
    """A sheet with its properties set. words: what the document is, such as 自评摘要."""
    name, scheme = subject.profile.name or UNNAMED, result.scheme
    sheet = Sheet(f"{name} 安全生产标准化{words}", _typed(subject))
    sheet.set_author(name)
    sheet.set_subject(scheme.title)
    keywords = ["安全生产标准化", subject.kind, scheme.title, scheme.document_no]
    sheet.set_keywords("，".join(filter(None, keywords)))
    return sheet


def _typed(subject: Subject) -> Iterator[str]:
    """Everything in the report that users typed."""
    profile = subject.profile
    yield from (profile.name, profile.industry, profile.leader, profile.members)
    yield from subject.remarks.values()
    yield from subject.evidence.values()
    yield from (entry.text for entries in subject.entries.values() for entry in entries)
    yield from subject.lost


def draw_band(
    sheet: Sheet, result: Result, subject: Subject, words: str, most: int | None = None
) -> None:
    """Across the whole page: what the document is, the enterprise, the standard, the date.

    most: lines that the name may have; it is cut after them.
    """
    name, size = subject.profile.name or UNNAMED, 24.0 if most is None else 19.0
    sheet.style(size, bold=True)
    if len(sheet.lines(name, sheet.epw)) > 1:
        size *= 0.7
        sheet.style(size, bold=True)
    lines = sheet.lines(name, sheet.epw)
    if most is not None:
        lines = sheet.fitted(name, sheet.epw, most).split("\n")
    step, top = size * 0.5, 13.0 if most is None else 8.0
    height = top + 8 + len(lines) * step + 12 + top * 0.6
    with sheet.artifact(), sheet.local_context(fill_color=BLUE):
        sheet.rect(0, 0, sheet.w, height, style="F")
    sheet.set_y(top)
    sheet.start_section(f"安全生产标准化{words}")
    sheet.style(12, colour=WHITE)
    sheet.text_block(f"安全生产标准化{words}", 8, kind="H1")
    sheet.style(size, bold=True, colour=WHITE)
    sheet.text_block("\n".join(lines), step)
    sheet.style(9.5, colour=WHITE)
    sheet.ln(2)
    sheet.text_block(result.scheme.title, 5)
    sheet.text_block(subject.made_on.isoformat(), 5)
    sheet.style(9.5, colour=INK)
    sheet.set_y(height + 5)


def draw_verdict(sheet: Sheet, result: Result, before: Result | None) -> None:
    """Total, grade, and how far the total can still fall, side by side."""
    earlier = f"自评 {total_words(before)}，{grade_words(before)}" if before else ""
    unseen = result.applicable_items - result.reviewed
    seen = f"{result.reviewed} / {result.applicable_items} 条"
    low = fixed(result.low, result.scheme.scoring.decimals)
    band = f"未核查的 {unseen} 条按 0 分到满分计，总分在 {low} 到 {total_words(result)} 之间"
    so_far = "未核查的暂按满分计" if result.low < result.total else ""
    tiles = [
        ("总分", total_words(result), earlier),
        ("等级" if result.scheme.grades else "结论", grade_words(result), so_far),
        ("已核查", seen, band if result.low < result.total else ""),
    ]
    top, width = sheet.get_y(), (sheet.epw - 2 * _GAP) / 3
    for place, tile in enumerate(tiles):
        _tile(sheet, (sheet.l_margin + place * (width + _GAP), top), width, tile)
    sheet.set_xy(sheet.l_margin, top + _TILE + 2)


def _tile(
    sheet: Sheet, corner: tuple[float, float], width: float, tile: tuple[str, str, str]
) -> None:
    """A box with a label, a large value, and a note."""
    (x, y), (label, value, note) = corner, tile
    with sheet.artifact():
        with sheet.local_context(fill_color=PALE):
            sheet.rect(x, y, width, _TILE, style="F")
        with sheet.local_context(fill_color=BLUE):
            sheet.rect(x, y, 1.2, _TILE, style="F")
    sheet.style(22, bold=True)
    large = 22 if len(sheet.lines(value, width - 8)) == 1 else 13
    for text, size, bold, colour, most in (
        (label, 9, False, GREY, 1),
        (value, large, True, INK, 3),
        (note, 8, False, INK, 3),
    ):
        if not text:
            continue
        sheet.style(size, bold, colour)
        with sheet.tagged("P"):
            for line in sheet.fitted(text, width - 8, most).split("\n"):
                sheet.set_xy(x + 5, y + 2)
                sheet.cell(width - 8, size * 0.43, line, new_x=XPos.LEFT, new_y=YPos.NEXT)
                y += size * 0.47
        y += 1.5
