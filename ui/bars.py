"""Element percentages as bars against the line."""

from typing import Any

from scoring.result import PartResult, Result
from ui.radar_figure import BLUE, FONT, GREY, RED
from wording.labels import node_title
from wording.numbers import below_sign, percent_words


def bars(
    result: Result, part: PartResult, wall: bool = False
) -> tuple[dict[str, Any], dict[str, Any]]:
    """A plotly figure and its configuration: one bar per element that applies, first on top.

    wall: for the projector, with letters that are read from the back row.
    """
    font = FONT | {"size": 20} if wall else FONT
    elements = part.applicable
    below = [result.is_below(element) for element in elements]
    line, sign = result.scheme.drawn_line, below_sign(result.scheme)
    required = result.scheme.element_line is not None
    shapes = []
    if line is not None:
        shapes.append(
            {
                "type": "line",
                "x0": float(line),
                "x1": float(line),
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {"color": GREY, "dash": "dash", "width": 1.5},
            }
        )
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": [
            (sign if low else "") + node_title(element.section)
            for element, low in zip(elements, below, strict=True)
        ],
        "x": [float(element.percent or 0) for element in elements],
        "text": [percent_words(result.scheme, element.percent) for element in elements],
        "textposition": "auto",
        "marker": {"color": [RED if low and required else BLUE for low in below]},
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    layout = {
        "template": "none",
        "height": 60 + (48 if wall else 28) * len(elements),
        "margin": {"l": 10, "r": 10, "t": 10, "b": 30},
        "font": font,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": {"range": [0, 100], "ticksuffix": "%"},
        "yaxis": {"autorange": "reversed", "automargin": True},
        "shapes": shapes,
        "bargap": 0.3,
    }
    return {"data": [trace], "layout": layout}, {"displayModeBar": False, "responsive": True}
