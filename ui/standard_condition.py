"""One circumstance of a row of a standard in the making: its words, and what it costs."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from state.documents.installed_changes import Placed, set_conditions
from ui import standard_session
from ui.widgets import show

Told = Sequence[Mapping[str, Any]]

EFFECTS = {
    "forfeit": "本条不得分",
    "section": "本条上一级不得分",
    "element": "本条所在一级要素不得分",
    "scheme": "否决：任何等级都不能评",
    "deduct": "扣分",
    "counted": "每发现一个单位扣分",
    "amount": "扣几分到几分，由评的人定",
    "add": "加分",
}
"""What a circumstance may cost."""

_MOST = 2000
_SCOPES = ("section", "element", "scheme")
_KEPT = ("applies_when", "was")
"""What is not asked here and stays as it is."""


def edit_condition(item: Placed, conditions: Told, place: int, fixed: bool) -> None:
    """Draw a circumstance. Each field saves all of it, so that one never lags behind another."""
    condition = conditions[place]
    name = str(condition["id"])

    def key(*names: str) -> str:
        return item_key(item, name, *names)

    def save() -> None:
        told = [*conditions[:place], *_written(item, condition), *conditions[place + 1 :]]
        standard_session.apply(set_conditions(item.id, told))

    def number(where: Any, label: str, field: str, now: object, **options: Any) -> None:
        where.number_input(
            label,
            min_value=0.0,
            step=0.5,
            format="%g",
            key=show(key(field), None if now is None else float(str(now))),
            disabled=fixed,
            on_change=save,
            **options,
        )

    effect = effect_of(condition)
    st.text_area(
        "情形",
        key=show(key("when"), str(condition["when"])),
        height=70,
        max_chars=_MOST,
        disabled=fixed,
        help="一行写一种情形：写成两行就拆成两种",
        on_change=save,
    )
    columns = st.columns([3, 2, 2])
    columns[0].selectbox(
        "后果",
        list(EFFECTS),
        key=show(key("effect"), effect),
        format_func=EFFECTS.__getitem__,
        disabled=fixed,
        on_change=save,
    )
    if effect == "amount":
        amount = condition["deduct"]
        number(columns[1], "从几分", "from", amount["from"])
        number(columns[2], "到几分", "to", amount["to"])
    elif effect in ("deduct", "counted"):
        number(columns[1], "扣几分", "deduct", condition["deduct"])
    elif effect == "add":
        number(columns[1], "加几分", "add", condition["add"])
    if effect in ("counted", "add"):
        columns[2].text_input(
            "单位" if effect == "counted" else "每个什么（空着：只加一次）",
            key=show(key("per"), str(condition.get("per") or "")),
            max_chars=10,
            disabled=fixed,
            on_change=save,
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover(_more_words(condition, effect), type="tertiary", key=key("more")):
            if effect == "amount":
                number(st, "每档几分", "step", condition["deduct"]["step"])
            if effect in ("counted", "amount") or (effect == "add" and condition.get("per")):
                label = "合计最多加几分" if effect == "add" else "合计最多扣几分"
                number(st, label, "at_most", condition.get("at_most"), placeholder="不限")
            if effect == "add":
                st.caption("加在一级要素上；合计的上限在“名称与等级”里写。")
            else:
                extra = condition.get("extra")
                label = "另从一级要素追加扣几分"
                number(st, label, "extra", extra, placeholder="不追加")
                st.checkbox(
                    "是重大事故隐患",
                    key=show(key("major"), bool(condition.get("major"))),
                    disabled=fixed,
                    on_change=save,
                )
        if not fixed:
            _arrange(item, conditions, place)


def _more_words(condition: Mapping[str, Any], effect: str) -> str:
    """What else a condition says, so that nothing set stays hidden."""
    told = [
        f"最多 {condition['at_most']} 分" if condition.get("at_most") else "",
        f"每档 {condition['deduct']['step']} 分" if effect == "amount" else "",
        f"追加扣 {condition['extra']} 分" if condition.get("extra") else "",
        "重大隐患" if condition.get("major") else "",
    ]
    return "、".join(filter(None, told)) or "上限、追加、重大隐患"


def effect_of(condition: Mapping[str, Any]) -> str:
    """Which of `EFFECTS` a condition has."""
    if condition.get("forfeit"):
        scope = str(condition.get("scope") or "item")
        return "forfeit" if scope == "item" else scope
    if condition.get("add") is not None:
        return "add"
    if isinstance(condition.get("deduct"), Mapping):
        return "amount"
    return "counted" if condition.get("per") else "deduct"


def item_key(item: Placed, *names: str) -> str:
    """The key of a widget of a row."""
    return ":".join(("std", item.id, *names))


def decimal(value: object) -> Decimal:
    """The number of a field; 0 for a blank one."""
    return Decimal(str(value)) if value is not None else Decimal(0)


def _arrange(item: Placed, conditions: Told, place: int) -> None:
    name = str(conditions[place]["id"])
    rest = [*conditions[:place], *conditions[place + 1 :]]
    st.button(
        "删去",
        type="tertiary",
        key=item_key(item, name, "drop"),
        on_click=standard_session.apply,
        args=[set_conditions(item.id, rest)],
    )
    if place:
        st.button(
            "并入上一种",
            type="tertiary",
            key=item_key(item, name, "join"),
            on_click=standard_session.apply,
            args=[set_conditions(item.id, _joined(conditions, place))],
        )


def _written(item: Placed, condition: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The condition as its fields say now; of a text in several lines, one for each."""

    def field(name: str, otherwise: Any) -> Any:
        return st.session_state.get(item_key(item, str(condition["id"]), name), otherwise)

    effect = field("effect", effect_of(condition))
    costs = _costs(condition, effect, field)
    costs |= {key: condition[key] for key in _KEPT if condition.get(key)}
    lines = [line.strip() for line in str(field("when", condition["when"])).splitlines()]
    texts = [line for line in lines if line] or [""]
    others = {key: value for key, value in costs.items() if key != "was"}
    first = {"id": condition["id"], "when": texts[0], **costs}
    return [first, *({"when": line, **others} for line in texts[1:])]


def _costs(condition: Mapping[str, Any], effect: str, field: Any) -> dict[str, Any]:
    """What it costs; a field that was not there before its effect was chosen begins with a guess.

    The guess of one effect is what another one said: 扣 2 分 becomes 扣 2–3 分.
    """
    before = condition.get("deduct", condition.get("add", 1))
    amount = (
        before if isinstance(before, Mapping) else {"from": before, "to": before + 1, "step": 1}
    )
    per = str(field("per", condition.get("per") or "")).strip()
    most = field("at_most", condition.get("at_most"))
    costs: dict[str, Any] = {}
    if effect == "amount":
        costs["deduct"] = {key: decimal(field(key, amount[key])) for key in ("from", "to", "step")}
    elif effect in ("deduct", "counted"):
        costs["deduct"] = decimal(field("deduct", amount["from"]))
    elif effect == "add":
        costs["add"] = decimal(field("add", amount["from"]))
    else:
        costs["forfeit"] = True
        if effect in _SCOPES:
            costs["scope"] = effect
    if effect == "counted" or (effect == "add" and per):
        costs["per"] = per or "处"
    if most and (costs.get("per") or effect == "amount"):
        costs["at_most"] = decimal(most)
    extra = decimal(field("extra", condition.get("extra")))
    if effect != "add":
        costs |= {"extra": extra} if extra else {}
        costs |= {"major": True} if field("major", condition.get("major")) else {}
    return costs


def _joined(conditions: Told, place: int) -> list[Mapping[str, Any]]:
    before, one = conditions[place - 1], conditions[place]
    joined = {**before, "when": f"{before['when']}；{one['when']}"}
    return [*conditions[: place - 1], joined, *conditions[place + 1 :]]
