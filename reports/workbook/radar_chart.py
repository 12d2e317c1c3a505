"""The radar of each part as a chart of the spreadsheet, which follows its cells."""

from collections.abc import Iterator
from fractions import Fraction

from reports.content.palette import BLUE, GREY, RED, hex_of
from reports.content.radar import CROWDED, FEWEST
from reports.workbook.book import Worksheet
from reports.workbook.rows import Row
from reports.workbook.table import Table
from scoring.result import PartResult, SectionResult
from wording.numbers import line_name

_WIDTH, _HEIGHT, _ROW = 860, 440, 20
"""Pixels of a chart and of a row."""


def write_radars(page: Worksheet, table: Table, row: int) -> int:
    """Write the elements of each part and, where enough of them apply, their chart.

    row: the last one written. Returns: the new last one.
    """
    breaks: list[int] = []
    for title, elements in _parts(table):
        if elements:
            if breaks:
                breaks.append(row)
            row = _radar(page, table, title, elements, row + 1)
            breaks = breaks or [0]
    page.sheet.set_h_pagebreaks(breaks[1:])
    return row


def _parts(table: Table) -> Iterator[tuple[str, list[Row]]]:
    """Title and applicable elements of each part."""
    parts = [line for line in table.top if isinstance(line.node, PartResult)]
    for part in parts:
        yield f"{part.name[1]}：", [line for line in part.below if line.full]
    if not parts:
        yield "", [line for line in table.top if line.full]


def _radar(page: Worksheet, table: Table, title: str, elements: list[Row], row: int) -> int:
    """A part's table from `row` on, its chart below. Returns: the last row the chart covers."""
    line = table.result.scheme.drawn_line
    weighted = "weight" in table.keys
    page.line(row, f"{title}要素得分率", "bold")
    heads = ["编号", table.result.scheme.element_level, "得分率", "应得分", "得分"]
    heads += [line_name(table.result.scheme)] if line is not None else []
    heads += ["权重"] if weighted else []
    page.heads(row + 1, heads)
    first = row + 2
    last = row + 1 + len(elements)
    for at, element in enumerate(elements, first):
        node_id, name = element.name
        page.text(f"A{at}", node_id)
        page.text(f"B{at}", name)
        value = Fraction(element.score) / Fraction(element.full)
        percent = table.elsewhere("percent", element.row)
        page.formula(f"C{at}", percent, value, "cell percent")
        page.formula(f"D{at}", table.elsewhere("full", element.row), element.full)
        page.formula(f"E{at}", table.elsewhere("score", element.row), element.score)
        if line is not None:
            page.number(f"F{at}", Fraction(line) / 100, "cell percent")
        if weighted and isinstance(element.node, SectionResult):
            weight = element.node.section.weight or Fraction(0)
            page.number(f"{'G' if line is not None else 'F'}{at}", weight)
    if table.result.scheme.element_line is not None:
        page.red_where(
            f"C{first}:C{last}", f"AND(ISNUMBER($C{first}),ROUND($C{first},10)<$F{first})"
        )
    if len(elements) < FEWEST:
        return last + 1
    _chart(page, table, f"{title}要素得分率雷达图", first, last)
    return last + 1 + -(-_HEIGHT // _ROW)


def _chart(page: Worksheet, table: Table, title: str, first: int, last: int) -> None:
    """The chart of rows `first` to `last`, below them."""
    names = "A" if last - first >= CROWDED else "B"
    chart = page.chart("radar", "with_markers")
    lines = [("C", "得分率", {"color": hex_of(BLUE), "width": 2}, {"type": "circle", "size": 4})]
    if table.result.scheme.drawn_line is not None:
        colour = GREY if table.result.scheme.element_line is None else RED
        dashed = {"color": hex_of(colour), "width": 1, "dash_type": "dash"}
        lines.append(("F", line_name(table.result.scheme), dashed, {"type": "none"}))
    for column, name, line, marker in lines:
        chart.add_series(
            {
                "name": name,
                "categories": f"={page.name}!${names}${first}:${names}${last}",
                "values": f"={page.name}!${column}${first}:${column}${last}",
                "line": line,
                "marker": marker,
            }
        )
    chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    chart.set_x_axis({"num_font": {"size": 9}})
    chart.set_y_axis(
        {
            "min": 0,
            "max": 1,
            "major_unit": 0.2,
            "num_format": "0%",
            "num_font": {"size": 8},
            "major_gridlines": {"visible": True, "line": {"color": "#C8C8C8"}},
        }
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": _WIDTH, "height": _HEIGHT})
    page.sheet.insert_chart(f"A{last + 2}", chart, {"object_position": 2})
