"""The radar of element percentages, with its lines and the elements below them."""

from fractions import Fraction
from typing import Any

from reports.content import palette
from reports.content.palette import hex_of
from scoring.result import PartResult, Result
from ui.figure import Figure
from ui.radar_labels import Frame, fitting_labels
from wording.numbers import percent_words

BLUE, RED, GREY = (hex_of(colour) for colour in (palette.BLUE, palette.RED, palette.GREY))
UNSEEN = "未核查的按 0 分"
"""What the dotted outline shows."""

FONT = {"family": "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif", "size": 12}


_PAGE = (76, 46, 50, 10)
"""Margins at the sides, above and below, and size of letters, in pixels."""


def _wall(height: int) -> Frame:
    return Frame(height, side=170, top=90, bottom=90, font=20, width=840)


def radar(
    result: Result, part: PartResult, height: int, wall: bool = False
) -> tuple[Figure, dict[str, Any]]:
    """A plotly figure of a part's elements that apply, and its configuration.

    height: pixels. wall: for the projector, with letters that are read from the back row.
    """
    elements = part.applicable
    below = [result.is_below(element) for element in elements]
    line = result.scheme.drawn_line
    frame = _wall(height) if wall else Frame(height, *_PAGE)
    labels, frame = fitting_labels(result, elements, frame, names=True)
    traces = []
    if any(element.low < element.score for element in elements):
        low = [element.low_percent or Fraction(0) for element in elements]
        traces.append(_polygon(result, labels, low, UNSEEN))
        traces[-1]["line"] = {"color": GREY, "dash": "dot", "width": 1.5}
    values = [element.percent or Fraction(0) for element in elements]
    filled = _filled([*below, below[0]], required=result.scheme.element_line is not None)
    traces.append(_polygon(result, labels, values, "得分率") | filled)
    layout = {
        "template": "none",  # the default one is larger than the figure
        "height": height,
        "margin": {"l": frame.side, "r": frame.side, "t": frame.top, "b": frame.bottom},
        "font": FONT | {"size": frame.font if wall else FONT["size"]},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "polar": {
            "radialaxis": _radial(None if line is None else float(line), frame.font),
            "angularaxis": {
                "type": "category",  # numbers alone would be read as degrees
                "direction": "clockwise",
                "rotation": 90,
                "ticks": "",
                "tickfont": {"size": frame.font},
                "gridcolor": "#d5dbe1",
            },
            "bgcolor": "rgba(0,0,0,0)",
        },
    }
    config = {"displayModeBar": False, "responsive": True}
    # Validation by plotly costs more than all of scoring; tests/ui validates every shape instead.
    return Figure(data=traces, layout=layout, _validate=False), config


def _radial(line: float | None, font: int) -> dict[str, Any]:
    """The axis of percentages; the line is its only inner ring, as a trace would cost more."""
    return {
        "range": [0, 100],
        "tickvals": [line or 50, 100],
        "ticktext": [f"{line or 50:g}", ""],  # 100 would lie under the first element's label
        "tickfont": {"size": max(10, font - 4), "color": GREY},
        "showline": False,
        "ticks": "",
        "griddash": "dash" if line else "solid",
        "gridcolor": GREY,
        "angle": 90,
        "tickangle": 90,
    }


def _filled(below: list[bool], *, required: bool) -> dict[str, Any]:
    """The filled polygon, with a triangle on every element below the line.

    required: whether the standard sets the line; a reference fails nobody and is no red.
    """
    style: dict[str, Any] = {
        "mode": "lines",
        "fill": "toself",
        "fillcolor": "rgba(31,95,168,0.18)",
        "line": {"color": BLUE, "width": 2},
    }
    if any(below):
        style["mode"] = "lines+markers"
        style["marker"] = {
            "color": RED if required else BLUE,
            "size": [11 if low else 0 for low in below],
            "symbol": "triangle-down" if required else "triangle-down-open",
        }
    return style


def _polygon(
    result: Result, labels: list[str], values: list[Fraction], name: str
) -> dict[str, Any]:
    """A closed polygon over the axes, whose corners say their percentage as the tables do."""
    closed = [*values, values[0]]
    return {
        "type": "scatterpolar",
        "theta": [*labels, labels[0]],
        "r": [float(value) for value in closed],
        "text": [percent_words(result.scheme, value) for value in closed],
        "mode": "lines",
        "name": name,
        "hovertemplate": "%{theta}: %{text}<extra>" + name + "</extra>",
    }
