"""States side by side as outlines on one radar, and the total over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.content import palette
from reports.content.history import SideBySide
from reports.content.palette import hex_of
from reports.content.radar import CROWDED
from scoring.compare import ComparedPart
from ui.figure import Figure
from ui.radar_figure import FONT
from wording.numbers import percent_words

_STYLES = (
    (hex_of(palette.BLUE), "solid", 3.0),
    (hex_of(palette.BROWN), "dash", 2.0),
    (hex_of(palette.GREEN), "dot", 2.5),
    (hex_of(palette.INK), "longdash", 1.5),
    (hex_of(palette.RED), "dashdot", 2.0),
)
"""Colour, dashes and width by state; the dashes alone tell them apart."""

_LETTERS = 6
"""Of a title on a line beside its axis."""

_GREY = hex_of(palette.GREY)


def compared_radar(shown: SideBySide, part: ComparedPart) -> tuple[Figure, dict[str, Any]]:
    """An outline for each state over the elements that apply in any, and its configuration."""
    scheme = shown.comparison.scheme
    named = len(part.axes) <= CROWDED
    labels = [_label(e.id, e.title if named else "") for e in part.axes]
    traces = []
    for name, values, (colour, dash, width) in zip(
        shown.lettered, part.polygons, _STYLES, strict=False
    ):
        closed = [*values, values[0]]
        traces.append(
            {
                "type": "scatterpolar",
                "theta": [*labels, labels[0]],
                "r": [None if value is None else float(value) for value in closed],
                "text": [percent_words(scheme, value) for value in closed],
                "mode": "lines",
                "connectgaps": False,
                "name": name,
                "line": {"color": colour, "dash": dash, "width": width},
                "hovertemplate": "%{theta}: %{text}<extra>" + name + "</extra>",
            }
        )
    line = scheme.drawn_line
    layout = {
        "template": "none",
        "height": 430,
        "margin": {"l": 70, "r": 70, "t": 40, "b": 20},
        "font": FONT,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "showlegend": True,
        "legend": {"orientation": "h", "y": -0.12, "yanchor": "top", "x": 0},
        "polar": {
            "radialaxis": {
                "range": [0, 100],
                "tickvals": [float(line) if line else 50, 100],
                "tickfont": {"size": 10, "color": _GREY},
                "showline": False,
                "ticks": "",
                "griddash": "dash" if line else "solid",
                "gridcolor": _GREY,
                "angle": 90,
                "tickangle": 90,
            },
            "angularaxis": {
                "type": "category",
                "direction": "clockwise",
                "rotation": 90,
                "ticks": "",
                "tickfont": {"size": 10},
                "gridcolor": "#d5dbe1",
            },
            "bgcolor": "rgba(0,0,0,0)",
        },
    }
    config = {"displayModeBar": False, "responsive": True}
    return Figure(data=traces, layout=layout, _validate=False), config


def _label(number: str, title: str) -> str:
    lines = [title[i : i + _LETTERS] for i in range(0, min(len(title), 2 * _LETTERS), _LETTERS)]
    return "<br>".join([number, *lines])


@dataclass(frozen=True, slots=True)
class Moment:
    """A total at one time. day: as shown; low, high: between what it lies; words: the same said."""

    name: str
    day: str
    low: Decimal
    high: Decimal
    words: str


def trend(moments: Sequence[Moment]) -> tuple[Figure, dict[str, Any]]:
    """The total from state to state, oldest first; what is open is a bar from low to high."""
    labels = [f"{moment.name}<br>{moment.day[:10]}" for moment in moments]
    if len(set(labels)) < len(labels):  # a category is drawn once
        labels = [f"{label}<br>{number}" for number, label in enumerate(labels, 1)]
    highs = [float(moment.high) for moment in moments]
    trace = {
        "type": "scatter",
        "x": labels,
        "y": highs,
        "text": [moment.words for moment in moments],
        "mode": "lines+markers+text",
        "textposition": "top center",
        "line": {"color": hex_of(palette.BLUE), "width": 2},
        "marker": {
            "size": 9,
            "symbol": ["circle" if m.low == m.high else "circle-open" for m in moments],
        },
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [0.0] * len(moments),
            "arrayminus": [float(moment.high - moment.low) for moment in moments],
            "color": _GREY,
            "thickness": 1.5,
        },
        "hovertemplate": "%{x}: %{text}<extra></extra>",
    }
    layout = {
        "template": "none",
        "height": 260,
        "margin": {"l": 44, "r": 24, "t": 24, "b": 60},
        "font": FONT,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "xaxis": {"type": "category", "tickfont": {"size": 10}},
        "yaxis": {"range": [0, max(highs) * 1.2 or 1], "gridcolor": "#d5dbe1", "zeroline": False},
    }
    return Figure(data=[trace], layout=layout, _validate=False), {
        "displayModeBar": False,
        "responsive": True,
        "staticPlot": True,
    }
