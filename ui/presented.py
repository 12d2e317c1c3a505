"""What each view for the projector shows: the verdict, and a radar whose spokes open elements."""

from typing import Any

import streamlit as st

from scoring import Result
from scoring.result import PartResult
from ui.opening import first_of
from ui.panel import in_words, legend, picture
from ui.parts import chosen_part
from wording.grades import distance_words, grade_words, grades_told_apart, range_words
from wording.labels import node_title, plain

ITEM, SHEET, VIEW = "presented-item", "presented-sheet", "presenting-view"
"""Names under which the session keeps the item, the sheet of it and the view that are shown."""

WIDTH, HEIGHT = 840, 760
"""Of the radar, in pixels of a projector; assets/style.css makes it smaller as a whole."""


def verdict(result: Result) -> None:
    """Total, grade and gates in large letters."""
    lines = [f"# {range_words(result)} 分", f"**{plain(grade_words(result))}**"]
    lines += [plain(distance_words(result, grade)) for _, grade in grades_told_apart(result)]
    st.markdown("\n\n".join(lines), anchors=False)


def wall_radar(result: Result, part: PartResult | None) -> None:
    """The radar, and what its lines are."""
    if part is None:
        return
    figure, config = picture(result, part, HEIGHT, wall=True)
    wall_chart(figure, config, in_words(result, part))
    words = legend(result, part)
    if words:
        st.markdown(f":gray[{words}]")


def wall_chart(figure: Any, config: dict[str, Any], words: str) -> None:
    """Draw a figure of this width and height; words: the same for those who cannot see it."""
    st.plotly_chart(figure, config=config, theme=None, width=WIDTH, alt=words, key="presented")


def shown_part(result: Result) -> PartResult | None:
    """The part that is shown: the one chosen where there are several."""
    parts = {part.part.id: part for part in result.parts}
    if not parts:
        return None
    titles = {name: part.part.title for name, part in parts.items()}
    return parts[chosen_part(titles, "presented-part", "collapsed")]


def spokes(part: PartResult | None) -> None:
    """What a click on a spoke presses where no rows of the elements stand beside the radar.

    assets/style.css keeps them from being seen.
    """
    with st.container(key="spokes"):
        for element in part.applicable if part else ():
            st.button(
                plain(node_title(element.section)),
                key=f"present-{element.section.id}",
                on_click=open_item,
                args=[first_of(element)],
            )


def open_item(item: str, sheet: int = 0) -> None:
    """Go to an item, or a later sheet of it, and to the view that shows one at a time."""
    st.session_state[ITEM] = item
    st.session_state[SHEET] = sheet
    st.session_state[VIEW] = "items"
