"""The preview's questions: scope first, then group by group, beside the range they leave."""

import streamlit as st

from planning.next import Group, Preview, preview, quickly
from planning.scope_questions import scope_questions
from schemes import Scheme
from scoring import Result
from scoring.applicability import visible_groups
from state.documents import changes
from state.documents.assessment import Assessment
from ui import session
from ui.facets import facet_question
from ui.frame import current_or_rerun
from ui.item_card import item_card
from wording.grades import range_words
from wording.labels import node_title, plain
from wording.preview import CLEAN, UNSURE, WRONG, decided_words, group_words, swing_words

_MOST_FACETS = 3
_SCOPED = "preview-scoped"
_OPEN = "preview-open"
_LAST = "preview-last"


@st.fragment
def preview_questions(scheme: Scheme) -> None:
    """The question that counts most next, and what can be said already."""
    if not session.may_see():
        st.rerun()
    assessment = current_or_rerun()
    result = session.result_of(assessment, scheme)
    now = quickly(result)
    left, right = st.columns([3, 2], gap="large")
    with right:
        _range(now)
    with left:
        _question(assessment, result, now)


def _range(result: Result) -> None:
    said = [f"## {range_words(result)} :small[总分范围]"]
    if result.grades:
        said.append(plain(decided_words(result)))
    said.append(
        f":gray[已答 {result.reviewed}/{result.applicable_items} 条；其余按最好和最坏各算一遍]"
    )
    st.markdown("\n\n".join(said), anchors=False)


def _question(assessment: Assessment, result: Result, now: Result) -> None:
    facets = scope_questions(result, _MOST_FACETS)
    waiting = any(facet.id in result.applies.unanswered for facet in facets)
    if not st.session_state.get(_place(_SCOPED), not waiting):
        st.markdown("**先看哪些内容与您有关**")
        for facet in facets:
            facet_question(facet, assessment)
        st.button("下一步", type="primary", key="preview-scoped-now", on_click=_scoped)
        return
    opened: tuple[tuple[str, ...], int] | None = st.session_state.get(_place(_OPEN))
    if opened:
        _conditions(assessment, result, *opened)
        return
    left = preview(
        now, assessment.work.unsure
    )  # only here: every group is tried, which takes a while
    if left.first:
        _group(result.scheme, left, left.first)
    elif left.groups:
        st.info(f"能答的都答了，还有 {len(left.groups)} 题没把握。")
        st.button(
            "再看没把握的题",
            key="preview-unsure-again",
            on_click=_answer,
            args=[changes.set_unsure(assessment.work.unsure, False)],
        )
    else:
        st.success("都答完了。要得到正式的结果，请转到完整自评逐条确认。")
    _undo()


def _group(scheme: Scheme, left: Preview, group: Group) -> None:
    st.markdown(f"#### {plain(group_words(left, group))}", anchors=False)
    st.caption(swing_words(group))
    items = [scheme.items[name] for name in group.items]
    st.markdown(
        "\n".join(f"- **{plain(node_title(item))}**：{plain(item.requirement)}" for item in items)
    )
    ids = list(group.items)
    with st.container(horizontal=True):
        st.button(
            CLEAN,
            type="primary",
            icon=":material/check:",
            key="preview-clean",
            on_click=_answer,
            args=[changes.set_quick(ids, True), changes.set_quick(ids, False)],
        )
        st.button(
            WRONG,
            icon=":material/close:",
            key="preview-wrong",
            on_click=_look_at,
            args=[group.items],
        )
        st.button(
            UNSURE,
            icon=":material/question_mark:",
            key="preview-unsure",
            on_click=_answer,
            args=[changes.set_unsure(ids, True), changes.set_unsure(ids, False)],
        )


def _conditions(assessment: Assessment, result: Result, opened: tuple[str, ...], at: int) -> None:
    """A group's items one after the other, to tick what is wrong; the rest is in order."""
    places: list[tuple[str, str | None]] = []
    for name in opened:
        groups = visible_groups(result.items[name].item, result.applies.choices)
        places += [(name, group.id) for group in groups] or [(name, None)]
    st.caption(f"勾选存在的问题，没有问题的不用勾（{at + 1}/{len(places)}）")
    item_card(assessment, result, *places[at])
    if at + 1 < len(places):
        st.button(
            "看下一条", type="primary", key="preview-more", on_click=_look_at, args=[opened, at + 1]
        )
        return
    clean = [name for name in opened if not result.items[name].losses]
    st.button(
        "勾完了，下一题",
        type="primary",
        key="preview-done",
        on_click=_answer,
        args=[changes.set_quick(clean, True), changes.set_quick(clean, False)],
    )


def _undo() -> None:
    if st.session_state.get(_place(_LAST)):
        st.button("撤销上一答", icon=":material/undo:", key="preview-undo", on_click=_take_back)


def _place(name: str) -> str:
    """Where the session keeps something about the open assessment."""
    found = session.settle_address()
    return f"{name}:{found.id if found else ''}"


def _scoped() -> None:
    st.session_state[_place(_SCOPED)] = True


def _look_at(items: tuple[str, ...], at: int = 0) -> None:
    st.session_state[_place(_OPEN)] = items, at


def _answer(change: changes.Change, back: changes.Change | None = None) -> None:
    session.apply(change)
    st.session_state.pop(_place(_OPEN), None)
    st.session_state[_place(_LAST)] = back


def _take_back() -> None:
    back = st.session_state.pop(_place(_LAST), None)
    if back:
        session.apply(back)
