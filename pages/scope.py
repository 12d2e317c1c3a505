"""Step 3: what the enterprise has and does; what it has not falls away."""

import streamlit as st

from schemes import Facet, Item, Part, Scheme, Section
from schemes.guidance import has_guidance
from scoring import score
from scoring.applicability import Status
from scoring.result import ItemResult, Result, SectionResult, WarningKind
from state.documents.assessment import answers_of
from ui import session
from ui.class_story import story_beside
from ui.facets import facet_question
from ui.frame import (
    current_or_rerun,
    draw,
    footer,
    header,
    need_assessment,
    need_scheme,
    step_link,
)
from ui.glossary import explain
from ui.unknown_answers import unknown_answers
from wording.labels import node_title, plain
from wording.numbers import points_words
from wording.warnings import contradiction_words


def main() -> None:
    """Draw the page."""
    assessment = need_assessment("scope")
    scheme = need_scheme(assessment)
    header("scope", assessment, scheme)
    story_beside(assessment)
    session.hand_on(assessment)
    _workbench(scheme)
    footer("scope", assessment)


@st.fragment
def _workbench(scheme: Scheme) -> None:
    assessment = current_or_rerun()
    answers = answers_of(scheme, assessment.work)
    result = score(scheme, answers)
    asked = _asked(result)
    left, right = st.columns([3, 2], gap="large")
    with left:
        for facet in asked:
            facet_question(facet, assessment)
    with right:
        _preview(result, asked)
        explain(("空项", "不适用", "三同时", "相关方"))
        if has_guidance(scheme):
            step_link("records", assessment, "要准备的资料清单", ":material/folder_open:")


def _asked(result: Result) -> list[Facet]:
    """The questions that the answers so far lead to, and those whose answer counts anyway.

    What an unanswered question would lead to waits for it, so that an office is not asked for
    the machines of a factory.
    """
    given = result.applies.given
    return [f for f in result.scheme.facets if f.asked_when.met(given) or f.id in given]


def _preview(result: Result, asked: list[Facet]) -> None:
    """What stays, what falls away, and the full marks that remain."""
    st.markdown("**按目前的回答**")
    with st.container(horizontal=True):
        st.metric("要评的内容", f"{result.applicable_items} 条", width="content")
        st.metric("适用满分", f"{points_words(result.full)} 分", width="content")
    unknown_answers(result)
    for warning in result.warnings:
        if warning.kind is WarningKind.CONTRADICTION:
            words = contradiction_words(result.scheme, warning.subjects)
            st.warning(plain(words), icon=":material/rule:")
    left = [plain(f.title) for f in asked if f.id in result.applies.unanswered]
    if left:
        listed = "\n".join(f"- {title}" for title in left)
        st.warning(f"待答，相关内容暂时都算要评：\n{listed}")
    fallen = {element: _items(element, Status.PRUNED) for element in result.elements}
    count = sum(map(len, fallen.values()))
    with st.expander(f"因不涉及而不评的内容：{count} 条", expanded=True):
        lines = [_fallen(element, titles) for element, titles in fallen.items() if titles]
        st.markdown("\n".join(lines) or "没有，全部内容都要评。")
    for words, titles in (
        ("没有选中的类别，不计入总分", _not_chosen(result, asked=False)),
        ("还没有选的类别，选了以后只评其中一类", _not_chosen(result, asked=True)),
    ):
        if titles:
            st.caption(plain(f"{words}：" + "、".join(titles)))


def _not_chosen(result: Result, asked: bool) -> list[str]:
    """What belongs to a variant that was not chosen: whole elements, or single items.

    asked: of those whose question is not answered yet, or of the others.
    """
    titles: list[str] = []
    for part in result.all_parts:
        for element in part.elements:
            found = [
                one
                for one in element.items
                if one.status is Status.NOT_CHOSEN
                and _may_be_chosen(result, one, part.part) is asked
            ]
            whole = found and len(found) == len(element.items)
            titles += (
                [node_title(element.section)] if whole else [node_title(one.item) for one in found]
            )
    return titles


def _may_be_chosen(result: Result, one: ItemResult, part: Part) -> bool:
    """Whether a question that is not answered could still choose it."""
    above: list[Part | Section | Item] = [part, *result.scheme.path(one.item.id).sections, one.item]
    return all(node.applies_when.met(result.applies.choices) for node in above)


def _items(element: SectionResult, status: Status) -> list[str]:
    return [node_title(result.item) for result in element.items if result.status is status]


def _fallen(element: SectionResult, titles: list[str]) -> str:
    whole = "" if element.applicable else "（整个不参评）"
    return f"- **{plain(node_title(element.section))}**{whole}：{plain('、'.join(titles))}"


draw(main)
