"""One row of a standard in the making: the official words beside what was read of them."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from state.documents.installed import InstalledScheme
from state.documents.installed_changes import (
    Placed,
    set_conditions,
    set_points,
    set_requirement,
)
from ui import standard_session
from ui.widgets import show
from wording.labels import plain

_EFFECTS = {
    "forfeit": "本条不得分",
    "section": "本条上一级不得分",
    "element": "本条所在一级要素不得分",
    "deduct": "扣分",
    "counted": "每发现一个单位扣分",
}
"""What a circumstance may cost here; other forms are kept as they are."""

_KNOWN = {"id", "when", "forfeit", "deduct", "per", "scope", "extra"}
_MOST = 2000


def edit_item(document: InstalledScheme, item: Placed) -> None:
    """Draw the row and what can be changed of it."""
    official, read = st.columns(2, gap="large")
    with official:
        _official(document, item)
    with read:
        _read(document, item)


def _official(document: InstalledScheme, item: Placed) -> None:
    st.markdown("**表上的原文**", anchors=False)
    row = document.rows.get(item.id)
    st.caption(" › ".join(map(plain, item.above)))
    st.text(str(item.node["requirement"]))
    if row:
        with st.container(border=True):
            st.text(row.text)
        st.caption(plain(row.where))
    if item.unread:
        with st.container(border=True):
            st.markdown(":orange-badge[:material/help: 没有读懂] 请改“读成这样”，再确认")
            st.text(item.unread)


def _read(document: InstalledScheme, item: Placed) -> None:
    st.markdown("**读成这样**", anchors=False)
    fixed = document.stage != "draft"
    key = show(_key(item, "points"), float(item.points))
    st.number_input(
        "标准分值",
        min_value=0.0,
        step=1.0,
        format="%g",
        key=key,
        disabled=fixed,
        on_change=_saver(key, lambda value: set_points(item.id, _decimal(value))),
    )
    conditions: Sequence[Mapping[str, Any]] = item.node.get("conditions", [])
    for place, condition in enumerate(conditions):
        with st.container(border=True):
            _condition(item, conditions, place, condition, fixed)
    checks = item.node.get("checks", [])
    if checks:
        st.caption(f"检查条目 {len(checks)} 个，按表上的规则扣分")
        with st.expander("看检查条目"):
            st.text("\n".join(f"{'★ ' if c.get('starred') else ''}{c['text']}" for c in checks))
    if fixed:
        return
    st.button(
        "加一种情形",
        icon=":material/add:",
        key=_key(item, "add"),
        on_click=_add,
        args=[item, conditions],
    )
    with st.expander("改内容的文字"):
        key = show(_key(item, "requirement"), str(item.node["requirement"]))
        st.text_area(
            "考评内容",
            key=key,
            max_chars=_MOST,
            on_change=_saver(key, lambda value: set_requirement(item.id, str(value))),
        )


def _condition(
    item: Placed,
    conditions: Sequence[Mapping[str, Any]],
    place: int,
    condition: Mapping[str, Any],
    fixed: bool,
) -> None:
    """Each field saves the whole condition, so that one never lags behind another."""
    name = str(condition["id"])
    strange = condition.keys() - _KNOWN or not isinstance(condition.get("deduct", 0), int | Decimal)
    if strange:
        st.text(str(condition["when"]))
        st.caption("这种扣分在这里只能看；要改，请导出后在标准文件里改")
        return

    def save() -> None:
        standard_session.apply(
            set_conditions(
                item.id,
                [*conditions[:place], *_written(item, condition), *conditions[place + 1 :]],
            )
        )

    effect = _effect(condition)
    st.text_area(
        "情形",
        key=show(_key(item, name, "when"), str(condition["when"])),
        height=70,
        max_chars=_MOST,
        disabled=fixed,
        help="一行写一种情形：写成两行就拆成两种",
        on_change=save,
    )
    columns = st.columns([3, 2, 2])
    columns[0].selectbox(
        "后果",
        list(_EFFECTS),
        key=show(_key(item, name, "effect"), effect),
        format_func=_EFFECTS.__getitem__,
        disabled=fixed,
        on_change=save,
    )
    if effect in ("deduct", "counted"):
        columns[1].number_input(
            "扣几分",
            min_value=0.0,
            step=0.5,
            format="%g",
            key=show(_key(item, name, "deduct"), float(condition["deduct"])),
            disabled=fixed,
            on_change=save,
        )
    if effect == "counted":
        columns[2].text_input(
            "单位",
            key=show(_key(item, name, "per"), str(condition.get("per") or "")),
            max_chars=10,
            disabled=fixed,
            on_change=save,
        )
    if condition.get("extra"):
        st.number_input(
            "另追加扣几分",
            min_value=0.0,
            step=1.0,
            format="%g",
            key=show(_key(item, name, "extra"), float(condition["extra"])),
            disabled=fixed,
            on_change=save,
        )
    if fixed:
        return
    with st.container(horizontal=True):
        rest = [*conditions[:place], *conditions[place + 1 :]]
        st.button(
            "删去",
            type="tertiary",
            key=_key(item, name, "drop"),
            on_click=standard_session.apply,
            args=[set_conditions(item.id, rest)],
        )
        if place:
            st.button(
                "并入上一种",
                type="tertiary",
                key=_key(item, name, "join"),
                on_click=standard_session.apply,
                args=[set_conditions(item.id, _joined(conditions, place))],
            )


def _written(item: Placed, condition: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The condition as its fields say now; of a text in several lines, one for each."""

    def field(name: str, otherwise: Any) -> Any:
        return st.session_state.get(_key(item, str(condition["id"]), name), otherwise)

    effect = field("effect", _effect(condition))
    costs: dict[str, Any] = {}
    if effect in ("deduct", "counted"):
        costs["deduct"] = _decimal(field("deduct", float(condition.get("deduct", 1))))
        if effect == "counted":
            costs["per"] = str(field("per", condition.get("per") or "处")).strip() or "处"
    else:
        costs["forfeit"] = True
        if effect != "forfeit":
            costs["scope"] = effect
    extra = _decimal(field("extra", float(condition.get("extra", 0))))
    if extra:
        costs["extra"] = extra
    lines = [line.strip() for line in str(field("when", condition["when"])).splitlines()]
    texts = [line for line in lines if line] or [""]
    first = {"id": condition["id"], "when": texts[0], **costs}
    return [first, *({"when": line, **costs} for line in texts[1:])]


def _effect(condition: Mapping[str, Any]) -> str:
    if condition.get("forfeit"):
        scope = str(condition.get("scope") or "item")
        return "forfeit" if scope == "item" else scope
    return "counted" if condition.get("per") else "deduct"


def _joined(conditions: Sequence[Mapping[str, Any]], place: int) -> list[Mapping[str, Any]]:
    before, one = conditions[place - 1], conditions[place]
    joined = {**before, "when": f"{before['when']}；{one['when']}"}
    return [*conditions[: place - 1], joined, *conditions[place + 1 :]]


def _add(item: Placed, conditions: Sequence[Mapping[str, Any]]) -> None:
    """One more circumstance, with the words that were not read as far as there are any."""
    words = " ".join((item.unread or "写出情形").split())
    standard_session.apply(set_conditions(item.id, [*conditions, {"when": words, "deduct": 1}]))


def _saver(key: str, change_for: Callable[[Any], Any]) -> Callable[[], None]:
    return lambda: standard_session.apply(change_for(st.session_state[key]))


def _decimal(value: object) -> Decimal:
    return Decimal(str(value)) if value is not None else Decimal(0)


def _key(item: Placed, *names: str) -> str:
    return ":".join(("std", item.id, *names))
