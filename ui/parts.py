"""Which part of a standard is shown, where it has several."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st


def chosen_part(
    titles: Mapping[str, str], key: str, label: Literal["visible", "collapsed"] = "visible"
) -> str:
    """The id of the part to show: the one chosen, or the only one.

    titles: by id, at least one. key: of the widget. label: whether the question stands there.
    """
    first = next(iter(titles))
    if len(titles) < 2:
        return first
    chosen = st.segmented_control(
        "看哪一部分？",
        list(titles),
        default=first,
        required=True,
        wrap=True,
        format_func=titles.__getitem__,
        key=key,
        label_visibility=label,
    )
    return chosen or first
