"""What the user found on an item beside the standard's conditions: words, points and how often."""

import secrets
from decimal import Decimal

import streamlit as st

from schemes import Item
from scoring.numbers import text
from scoring.wishes import MAX_WORDS
from state.documents.assessment import Assessment, SavedOwnFinding
from state.documents.changes import drop_own_finding, put_own_finding
from ui import session
from ui.widgets import on_change, show
from wording.findings import own_words
from wording.labels import typed

_SHELF = "own-findings"
_MOST = 9999


def own_findings(assessment: Assessment, item: Item, disabled: bool) -> None:
    """What was typed on the item, and a line that opens to type more.

    What is below the line is made only when it is open; it stays open on the next item.
    disabled: the item is marked 不适用, where they count for nothing.
    """
    found = [one for one in assessment.work.answers.own_findings if one.item == item.id]
    shelf = st.expander(
        "标准没有列出的问题（自填）", key=_SHELF, icon=":material/edit_note:", on_change="rerun"
    )
    if not shelf.open:
        if found:
            lines = (f"- {typed(own_words(o.words, o.points, o.count))}" for o in found)
            st.markdown("\n".join(lines))
        return
    with shelf:
        st.caption(f"自己写问题，定扣几分：每处 0 到 {text(item.points)} 分，0 分只记文字")
        for one in found:
            _one(one, item, disabled)
        _new(item, disabled)


def _one(one: SavedOwnFinding, item: Item, disabled: bool) -> None:
    st.markdown(typed(own_words(one.words, one.points, one.count)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = show(f"own-points:{one.id}", float(one.points))
        st.number_input(
            "每处扣分",
            min_value=0.0,
            max_value=max(float(item.points), float(one.points)),
            step=0.5,
            format="%g",
            key=key,
            width=150,
            disabled=disabled,
            on_change=on_change(
                key, lambda points: put_own_finding(one.having(points=_number(points)))
            ),
        )
        key = show(f"own-count:{one.id}", one.count)
        st.number_input(
            "处数",
            min_value=1,
            max_value=max(_MOST, one.count),
            step=1,
            key=key,
            width=150,
            disabled=disabled,
            on_change=on_change(key, lambda count: put_own_finding(one.having(count=count or 1))),
        )
        st.button(
            "删除",
            key=f"own-drop:{one.id}",
            disabled=disabled,
            on_click=session.apply,
            args=[drop_own_finding(one.id)],
        )


def _new(item: Item, disabled: bool) -> None:
    """A form, as words without points are not a finding yet."""
    with st.form(f"own-new:{item.id}", clear_on_submit=True):
        words, points = f"own-words:{item.id}", f"own-new-points:{item.id}"
        st.text_input("问题", key=words, max_chars=MAX_WORDS, placeholder="例如：库房通道堆放杂物")
        st.number_input(
            "扣分",
            min_value=0.0,
            max_value=float(item.points),
            value=min(1.0, float(item.points)),
            step=0.5,
            format="%g",
            key=points,
            width=150,
        )
        st.form_submit_button(
            "添加", disabled=disabled, on_click=_add, args=[item.id, words, points]
        )


def _add(item_id: str, words: str, points: str) -> None:
    written = (st.session_state[words] or "").strip()
    if not written:
        session.warn(["没有写问题，没有添加"])
        return
    finding = SavedOwnFinding(
        id=secrets.token_hex(6),
        item=item_id,
        words=written,
        points=_number(st.session_state[points]),
    )
    session.apply(put_own_finding(finding))


def _number(value: float | None) -> str:
    """What a field for numbers holds, as a document keeps it: to a thousandth, without ado."""
    return text(Decimal(str(round(value or 0.0, 3))))
