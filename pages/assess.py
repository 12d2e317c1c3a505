"""Step 4: one item after another, beside the live score.

Only the item and the score panel are in the fragment that a click redraws. What moves to another
item stands around it, in one that has what names the item too; the page is drawn anew by neither.
"""

from collections.abc import Collection

import streamlit as st

from schemes import Item, Part, Scheme, Section
from scoring import Result
from scoring.applicability import Status, visible_groups
from scoring.result import ItemResult, SectionResult
from state.documents import changes
from state.documents.assessment import Assessment
from ui import class_session, session
from ui.class_following import follow_class
from ui.class_panel import class_panel
from ui.frame import (
    arrive,
    current_or_rerun,
    draw,
    footer,
    header,
    need_assessment,
    need_scheme,
    page_path,
)
from ui.item_card import item_card, notes_dialog
from ui.panel import score_panel
from ui.widgets import show
from wording.keys import SHORT as KEYS_TOLD
from wording.labels import node_title, plain
from wording.numbers import below_sign, percent_words, points_words

_ITEM, _GROUP = "item", "group"


def main() -> None:
    """Draw the page."""
    assessment = need_assessment("assess")
    scheme = need_scheme(assessment)
    session.hand_on(assessment)
    _walk(scheme)
    footer("assess", assessment)


@st.fragment
def _walk(scheme: Scheme) -> None:
    """All that may be another on the way to another item."""
    assessment = current_or_rerun()
    header("assess", assessment, scheme)
    result = session.result_of(assessment, scheme)
    part = session.part()
    if not part:
        _unanswered(result)
    shown = _shown(result, part or class_session.elements(assessment))
    if not shown:
        st.info("按适用范围的回答，没有要评的内容。请回到上一步核对。")
        return
    here = _current(shown)
    follow_class(assessment, scheme, here.item.id)
    group = _jump_bar(result, shown, here)
    session.hand_on(assessment)
    _workbench(scheme, here.item.id, group)
    _step_bar(result, assessment, shown, here, group)
    arrive(here.item.id)


def _unanswered(result: Result) -> None:
    """Say that what questions leave open is not settled, with the way to answer them."""
    left = result.applies.unanswered
    if left:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f":orange[适用范围还有 {len(left)} 个问题没有回答，与之相关的内容待答，等级待定]",
                width="content",
            )
            st.page_link(page_path("scope"), label="去回答", icon=":material/arrow_back:")


@st.fragment
def _workbench(scheme: Scheme, item_id: str, group: str | None) -> None:
    """Item and score panel together, so that a click redraws only these."""
    assessment = current_or_rerun()
    result = session.result_of(assessment, scheme)
    left, right = st.columns([3, 2], gap="large")
    with right:  # first, so that score and radar reach the browser first
        if chosen := class_session.elements(assessment):
            class_panel(result, chosen)
        else:
            score_panel(result, scheme.path(item_id).part.id)
    with left:
        item_card(assessment, result, item_id, group)


def _shown(result: Result, part: Collection[str]) -> list[ItemResult]:
    """Items to walk through: those that apply, and those the user marked 不适用.

    part: elements that the visitor's link or class is for; empty where it is for all.
    """
    return [
        item
        for element in result.elements
        if not part or element.section.id in part
        for item in element.items
        if item.status in (Status.APPLIES, Status.MARKED)
    ]


def _current(shown: list[ItemResult]) -> ItemResult:
    """The item in the address, else the first one not yet reviewed."""
    by_id = {item.item.id: item for item in shown}
    wanted = session.remembered(_ITEM)
    here = by_id.get(wanted or "") or next((i for i in shown if _open(i)), shown[0])
    session.remember(_ITEM, here.item.id)
    return here


def _open(item: ItemResult) -> bool:
    return item.pending


def _go(item_id: str) -> None:
    session.remember(_ITEM, item_id)
    session.forget(_GROUP)


def _jump(places: dict[str, str], key: str) -> None:
    """Go to the item that a choice in the list `key` stands for.

    A browser may still send the label that something had before it was answered: the number in it
    says which.
    """
    chosen = st.session_state[key]
    found = next((name for name in (chosen, *chosen.split()[:2]) if name in places), None)
    if found:
        _go(places[found])


def _jump_bar(result: Result, shown: list[ItemResult], here: ItemResult) -> str | None:
    """Lists to jump to an element, an item and, where checks stand in groups, a group.

    Returns: the group shown, None where there are none.
    """
    scheme = result.scheme
    first: dict[str, str] = {}
    ids = [item.item.id for item in shown]
    for item_id in ids:
        first.setdefault(scheme.path(item_id).element.id, item_id)
    element = scheme.path(here.item.id).element
    siblings = {i: i for i in ids if scheme.path(i).element is element}
    standing = {e.section.id: _standing(result, e) for e in result.elements if e.applicable}
    titles = {
        e.id: f"{_element_title(part, e)}{standing.get(e.id, '')}"
        for part in scheme.parts
        for e in part.elements
    }
    titles |= {i.item.id: f"{_mark(i)} {node_title(i.item)}{_marks(i)}" for i in shown}
    groups = {group.id: group.title for group in visible_groups(here.item, result.applies.choices)}
    left, right = st.columns(2, wrap=False)
    with left:
        key = show("jump:element", element.id)
        st.selectbox(
            scheme.element_level,
            list(first),
            key=key,
            label_visibility="collapsed",
            format_func=titles.__getitem__,
            on_change=_jump,
            args=[first, key],
        )
    with right:
        name = show("jump:item", here.item.id)
        st.selectbox(
            scheme.levels[-1],
            list(siblings),
            key=name,
            label_visibility="collapsed",
            format_func=titles.__getitem__,
            on_change=_jump,
            args=[siblings, name],
        )
    if len(groups) < 2:
        return next(iter(groups), None)
    seen = dict(here.groups)
    wanted = session.remembered(_GROUP)
    group = wanted if wanted in groups else next((g for g in groups if not seen.get(g)), None)
    group = group or next(iter(groups))
    session.remember(_GROUP, group)  # so that its mark does not move the page on to another
    pill = show("jump:group", group)
    st.pills(
        "分组",
        list(groups),
        key=pill,
        required=True,
        wrap=True,
        label_visibility="collapsed",
        format_func=lambda g: f"{'✓' if seen.get(g) else '○'} {plain(groups[g])}",
        on_change=lambda: session.remember(_GROUP, st.session_state[pill]),
    )
    return group


def _element_title(part: Part, element: Section) -> str:
    return f"{node_title(element)}（{part.title}）" if part.title else node_title(element)


def _standing(result: Result, element: SectionResult) -> str:
    """Score, sign and progress of an element, behind its title."""
    sign = below_sign(result.scheme) if result.is_below(element) else ""
    percent = percent_words(result.scheme, element.percent)
    return f" · {sign}{percent} · {element.reviewed}/{element.applicable_items}"


def _marks(item: ItemResult) -> str:
    """An item's score behind its title, once something is known of it."""
    known = item.full and (item.reviewed or item.losses)
    return f" · {points_words(item.score)}/{points_words(item.full)}" if known else ""


def _mark(item: ItemResult) -> str:
    """How an item stands, as one sign."""
    if not item.applicable:
        return "－"
    if item.losses:
        return "×"
    return "✓" if item.reviewed else "○"


def _waits(result: Result, item: Item) -> bool:
    """Whether an item stays unreviewed even with its mark: something else is to be said first."""
    earlier = result.answers.earlier
    return item.id in result.applies.unsettled or any(
        earlier[condition.id].undecided
        for condition in item.conditions
        if condition.id in earlier and result.applies.counts(item, condition)
    )


def _step_bar(
    result: Result,
    assessment: Assessment,
    shown: list[ItemResult],
    here: ItemResult,
    group: str | None,
) -> None:
    """Back, notes, and on with the mark 已核查; always in reach at the foot of the window."""
    index = next(i for i, item in enumerate(shown) if item.item.id == here.item.id)
    later = shown[index + 1 :] + shown[:index]
    unreviewed = next((item.item.id for item in later if _open(item)), None)
    item, scheme = here.item, result.scheme
    with st.bottom, st.container(horizontal=True, horizontal_alignment="center"):
        st.button(
            "上一条",
            key="back",
            disabled=index == 0,
            on_click=_go,
            args=[shown[index - 1].item.id],
        )
        if index + 1 < len(shown):
            st.button("下一条", key="next", on_click=_go, args=[shown[index + 1].item.id])
        work = assessment.work
        noted = any(item.id in kept for kept in (work.remarks, work.evidence, work.samples))
        label = "备注、抽样" if scheme.path(item.id).part.sampling else "备注"
        if st.button(f"{label}{' ●' if noted else ''}", key="notes"):
            notes_dialog(scheme, item)
        mark = item.id if group is None else f"{item.id}/{group}"
        left = [g for g, reviewed in here.groups if not reviewed and g != group]
        last = index + 1 == len(shown)
        done = unreviewed is None and (last or here.pending)
        after = unreviewed if last else shown[index + 1].item.id
        if left:
            st.button(
                "本组核查完毕，下一组",
                key="on",
                type="primary",
                on_click=_reviewed,
                args=[mark, item.id, left[0]],
            )
        elif after is not None and not done:
            st.button(
                "核查完毕，看未核查的" if last else "核查完毕，下一条",
                key="on",
                type="primary",
                on_click=_reviewed,
                args=[mark, after],
            )
        else:
            finished = not _waits(result, item)
            label = f"{'全部' if finished else ''}核查完毕，看结果"
            # A key of its own: it must not hear the click that led to this item.
            if st.button(label, key="finish", type="primary"):
                session.apply(changes.set_reviewed([mark], True))
                if finished:
                    session.notify("全部内容已核查完毕")
                in_class = bool(class_session.elements(assessment))
                st.switch_page(page_path("classroom" if in_class else "results"))
        if unreviewed:
            # Where the button before leads there too, this one is for its key only, and not seen.
            key = "unreviewed" if unreviewed == after else "open"
            st.button("跳到未核查", key=key, on_click=_go, args=[unreviewed])
    with st.container(key="keys-told"):
        st.caption(KEYS_TOLD)


def _reviewed(mark: str, after: str, group: str | None = None) -> None:
    """Mark the item, or its group, that is shown; then go to an item, or a group of it."""
    session.apply(changes.set_reviewed([mark], True))
    _go(after)
    if group is not None:
        session.remember(_GROUP, group)


draw(main)
