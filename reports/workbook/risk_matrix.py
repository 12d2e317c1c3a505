"""危害识别及风险评价结果: a table that works out its levels, and the scales behind it."""

from collections.abc import Sequence

from process import Deliverable
from reports.content.papers.ground import Ground
from reports.content.risk_scales import LS, LS_LEVELS, WAYS, Level, RiskWay, level_of
from reports.workbook.book import Book, Worksheet, letter, literal
from wording.labels import UNNAMED

_ROWS = 40
"""Rows to be filled in."""

_COLOURS = {"红": "#F4B6AE", "橙": "#F8D2A0", "黄": "#FBF0A8", "蓝": "#BFD9F2"}

_HEAD = 4
_BEFORE = ("序号", "单元或作业活动", "危险和原因", "可能的后果", "现有措施")
_AFTER = ("级别", "改进措施", "责任部门", "责任人")
_WIDTHS = [6, 22, 30, 20, 26, 6, 6, 6, 8, 12, 28, 14, 12]


def risk_matrix_xlsx(ground: Ground, one: Deliverable) -> bytes:
    """Sheets for LEC and LS with formulas, and one of the filled matrix and the scales.

    Returns: the file's bytes.
    """
    book = Book(f"{ground.enterprise or UNNAMED} {one.title}", ground.made_on)
    for way in WAYS:
        _assessed(book, ground, way)
    _scales(book, ground)
    return book.output()


def _assessed(book: Book, ground: Ground, way: RiskWay) -> None:
    """A table of which the factors give the product, and that the level, by formulas."""
    name, scales, levels, product = f"{way.name} 风险评价表", way.scales, way.levels, way.product
    count = len(scales)
    widths = [*_WIDTHS[:5], *_WIDTHS[5 : 5 + count], *_WIDTHS[8:]]
    page = Worksheet(book, name, widths, "landscape")
    page.title(f"危害识别及风险评价表（{way.name}）")
    page.dated(2, f"企业名称：{ground.enterprise or UNNAMED}", ground.made_on)
    letters = " × ".join(scale.letter for scale in scales)
    page.line(
        3, f"填 {'、'.join(s.letter for s in scales)}，{product} = {letters} 和级别自动算出。"
    )
    page.heads(_HEAD, [*_BEFORE, *(s.letter for s in scales), product, *_AFTER])
    first, last = _HEAD + 1, _HEAD + _ROWS
    factors = [letter(5 + place) for place in range(count)]
    value, level = letter(5 + count), letter(6 + count)
    for row in range(first, last + 1):
        page.number(f"A{row}", row - _HEAD, "cell centre")
        page.leave(row, 2)
        for column in (*"BCDE", *factors, *map(letter, range(7 + count, 10 + count))):
            page.blank(f"{column}{row}", "cell edit")
        area = f"{factors[0]}{row}:{factors[-1]}{row}"
        filled = f"COUNT({area})={count}"
        page.formula(f"{value}{row}", f'IF({filled},PRODUCT({area}),"")', "", "cell centre")
        page.formula(
            f"{level}{row}", f'IF({filled},{_level(f"{value}{row}", levels)},"")', "", "cell centre"
        )
    for scale, column in zip(scales, factors, strict=True):
        rule = {
            "validate": "list",
            "source": [str(one) for one, _ in scale.values],
            "input_title": f"{scale.letter} {scale.title}",
            "input_message": "\n".join(f"{n} {words}" for n, words in scale.values)[:255],
        }
        page.sheet.data_validation(f"{column}{first}:{column}{last}", rule)
    for one in levels:
        shown = book.xlsx.add_format({"bg_color": _COLOURS[one.colour]})
        rule = {"type": "cell", "criteria": "==", "value": f'"{one.words}"', "format": shown}
        page.sheet.conditional_format(f"{level}{first}:{level}{last}", rule)
    page.finish((_HEAD, _HEAD), last)


def _level(cell: str, levels: Sequence[Level]) -> str:
    """The words of the level that a cell's value is of, as a formula."""
    formula = literal(levels[-1].words)
    for one in reversed(levels[:-1]):
        formula = f"IF({cell}>={one.least},{literal(one.words)},{formula})"
    return formula


def _scales(book: Book, ground: Ground) -> None:
    page = Worksheet(book, "取值和矩阵", [14, 40, 10, 10, 10, 10, 10])
    page.title("取值、级别和 LS 矩阵")
    page.dated(2, "通常的取值，企业可以改；改了写明理由，全厂用同一张表。", ground.made_on)
    row = 3
    for way in WAYS:
        for scale in way.scales:
            page.text(f"A{row}", f"{way.name}　{scale.letter}", "head")
            page.text(f"B{row}", scale.title, "head")
            for value, words in scale.values:
                row += 1
                page.number(f"A{row}", value, "cell centre")
                page.text(f"B{row}", words)
            row += 2
        page.text(f"A{row}", f"{way.name}　{way.product}", "head")
        page.text(f"B{row}", "级别", "head")
        for one in way.levels:
            row += 1
            page.text(f"A{row}", one.range_words(way.product), "cell centre")
            page.text(f"B{row}", f"{one.words}（{one.colour}）")
        row += 2
    page.text(f"B{row}", "LS 矩阵：R = L × S", "head")
    likely, severe = LS
    for place, (value, _) in enumerate(reversed(severe.values)):
        page.text(f"{letter(2 + place)}{row}", f"S={value}", "head")
    for value, words in likely.values:
        row += 1
        page.text(f"B{row}", f"L={value}　{words}")
        for place, (other, _) in enumerate(reversed(severe.values)):
            risk = value * other
            shown = level_of(risk, LS_LEVELS)
            style = book.xlsx.add_format(
                {"border": 1, "align": "center", "bg_color": _COLOURS[shown.colour]}
            )
            page.sheet.write_number(f"{letter(2 + place)}{row}", int(risk), style)
    page.finish((1, 2), row)
