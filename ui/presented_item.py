"""One item for the projector: as many conditions at a time as large letters have room for."""

import re
from collections.abc import Iterable, Iterator, Mapping

import streamlit as st

from schemes import Condition
from scoring import Result
from scoring.applicability import Status, visible_conditions
from scoring.result import ItemResult
from ui.presented import ITEM, SHEET, open_item
from wording.findings import loss_text
from wording.labels import condition_label, node_title, plain
from wording.numbers import points_words

_WIDE = 32
"""Chinese characters in a line of half the screen."""

_COLUMN, _SHEET = 8, 30
"""Lines for which one column is enough, and for which two are."""

_SIGNS = re.compile(r":[a-z-]+\[|\]|\\")
"""What of a row is Markdown and takes no room."""


def present_item(result: Result, remarks: Mapping[str, str]) -> None:
    """One item in large letters; the arrow keys lead through its sheets and on to the next item."""
    shown = [i for i in result.items.values() if i.status is Status.APPLIES]
    if not shown:
        st.info("按适用范围的回答，没有要评的内容。")
        return
    ids = [one.item.id for one in shown]
    at = ids.index(st.session_state[ITEM]) if st.session_state.get(ITEM) in ids else 0
    one = shown[at]
    said = [f"× {loss_text(loss)}" for loss in one.losses]
    if not one.losses:
        said.append("✓ 已核查，没有扣分" if one.reviewed else "○ 还没有核查")
    remark = remarks.get(one.item.id)
    if remark:
        said.append(f"备注：{remark}")
    rows = [
        _condition(result, one, condition)
        for condition in visible_conditions(one.item, result.applies.choices)
    ]
    sheets = list(_sheets(rows, max(_COLUMN, _SHEET - 2 * len(said)))) or [[]]
    sheet = min(int(st.session_state.get(SHEET, 0)), len(sheets) - 1)
    marks = f"{points_words(one.score)} / {points_words(one.item.points)} 分"
    lines = [f"# {plain(node_title(one.item))}", f"**{marks}**", plain(one.item.requirement)]
    st.markdown("\n\n".join(lines), anchors=False)
    many = sum(map(_lines, sheets[sheet])) > _COLUMN
    with st.container(key="present-many" if many else "present-few"):
        st.markdown("\n\n".join(sheets[sheet]))
    st.text("\n".join(said))
    place = f"第 {at + 1} 条，共 {len(ids)} 条"
    if len(sheets) > 1:
        place += f" · 本条第 {sheet + 1} 页，共 {len(sheets)} 页"
    before = (ids[at], sheet - 1) if sheet else (ids[at - 1], 0) if at else None
    after = (ids[at], sheet + 1) if sheet + 1 < len(sheets) else None
    if after is None and at + 1 < len(ids):
        after = (ids[at + 1], 0)
    _ways(before, after, place)


def _ways(before: tuple[str, int] | None, after: tuple[str, int] | None, place: str) -> None:
    """Back and on, of which there is none at either end."""
    with st.container(horizontal=True):
        for label, key, to, arrow in (
            ("往前", "present-back", before, "Left"),
            ("往后", "present-on", after, "Right"),
        ):
            st.button(label, key=key, shortcut=arrow, disabled=not to, on_click=open_item, args=to)
        st.text(place)


def _sheets(rows: Iterable[str], room: int) -> Iterator[list[str]]:
    """The rows on as many sheets as they need; room: of one, in lines."""
    sheet: list[str] = []
    for row in rows:
        if sheet and sum(map(_lines, [*sheet, row])) > room:
            yield sheet
            sheet = []
        sheet.append(row)
    if sheet:
        yield sheet


def _lines(row: str) -> int:
    return -(-len(_SIGNS.sub("", row)) // _WIDE)


def _condition(result: Result, one: ItemResult, condition: Condition) -> str:
    """A problem, ticked or not; or what a check list asks, met or not, once it was looked at."""
    found = result.answers.findings.get(condition.id)
    label = condition_label(result.scheme, condition, says=condition.asked)
    if condition.asked is None:
        return f"{'☒' if found else '☐'} {label}"
    met = "✓ 符合：" if one.reviewed else "○ "
    return f"{'× 不符合：' if found else met}{label}"
