"""Now, with what is put right, and the best that can be: three outlines on one radar."""

from collections.abc import Sequence
from typing import Any

from reports.content import palette
from reports.content.palette import hex_of
from scoring.result import PartResult, Result, SectionResult
from ui.figure import Figure
from ui.radar_figure import radar
from wording.numbers import percent_words

_STYLES = (
    {"color": hex_of(palette.BLUE), "dash": "solid", "width": 2},
    {"color": hex_of(palette.BROWN), "dash": "dash", "width": 2.5},
    {"color": hex_of(palette.GREEN), "dash": "dot", "width": 2},
)
"""Of each outline; dashes and the legend's words tell them apart, not colours alone."""


def plan_radar(
    now: Result,
    part: PartResult,
    named: Sequence[tuple[str, Result]],
    height: int = 430,
    wall: bool = False,
) -> tuple[Figure, dict[str, Any]]:
    """A plotly figure of a part's elements that apply, and its configuration.

    named: what each outline is called and shows, `now` the first of them. height: pixels.
    wall: for the projector.
    """
    figure, config = radar(now, part, height, wall=wall)
    drawn = figure.to_plotly_json()
    first = drawn["data"][-1]  # whatever lies below is what unreviewed items may still lose
    outlines = [first]
    for name, result in named[1:]:
        elements = elements_like(result, part)
        values = [element.percent or 0 for element in elements]
        closed = [*values, values[0]]
        outlines.append(
            {
                "type": "scatterpolar",
                "theta": first["theta"],
                "r": [float(value) for value in closed],
                "text": [percent_words(now.scheme, element.percent) for element in elements],
                "mode": "lines",
                "name": name,
                "hovertemplate": "%{theta}: %{text}<extra>" + name + "</extra>",
            }
        )
    first["name"] = named[0][0]
    first["hovertemplate"] = "%{theta}: %{text}<extra>" + named[0][0] + "</extra>"
    for outline, style in zip(outlines, _STYLES, strict=False):
        outline["line"] = style
    layout = drawn["layout"] | {
        "showlegend": True,
        "legend": {"orientation": "h", "y": -0.12, "yanchor": "top", "x": 0.5, "xanchor": "center"},
    }
    return Figure(data=outlines, layout=layout, _validate=False), config


def elements_like(result: Result, part: PartResult) -> list[SectionResult]:
    """The elements of another result that apply in a part, in its order."""
    by_id = {element.section.id: element for element in result.elements}
    return [by_id[element.section.id] for element in part.applicable]
