"""资料清单: the papers to have ready, a tick for each, and what is in doubt for lack of them."""

from collections.abc import Sequence

import streamlit as st

from reports import Subject
from reports.content.record_list import (
    Doubt,
    ListedPaper,
    by_kind,
    by_place,
    counts,
    doubts,
    record_list,
)
from schemes import Scheme
from scoring.result import Result
from state.documents import changes
from state.documents.assessment import NAME_LENGTH, Assessment
from ui import session
from ui.documents import download
from ui.frame import (
    current_or_rerun,
    draw,
    header,
    item_link,
    need_assessment,
    need_scheme,
    step_link,
)
from ui.widgets import on_change, show
from wording.guidance import LABEL
from wording.labels import node_title, plain
from wording.records import (
    BY_ELEMENT,
    BY_KIND,
    BY_PLACE,
    DOUBTS,
    DOUBTS_NOTE,
    NO_DOUBTS,
    NO_GUIDANCE,
    NOTES,
    STATES,
    count_words,
    doubt_words,
    group_words,
    open_words,
)

_VIEW = "papers-by"
_VIEWS = {"kind": BY_KIND, "place": BY_PLACE}


def main() -> None:
    """Draw the page."""
    assessment = need_assessment("records")
    scheme = need_scheme(assessment)
    header("records", assessment, scheme)
    if _papers(assessment, scheme)[1] is None:
        st.info(NO_GUIDANCE)
    else:
        with st.container(horizontal=True):
            download("records", assessment, ("下载 Word 资料清单", ":material/description:"))
            download("records-xlsx", assessment, ("下载 Excel 资料清单", ":material/table:"))
        session.hand_on(assessment)
        _workbench(scheme)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        step_link("scope", assessment, "改适用范围", ":material/rule:")
        step_link("assess", assessment, "去逐项自评", ":material/checklist:")


def _papers(assessment: Assessment, scheme: Scheme) -> tuple[Result, list[ListedPaper] | None]:
    result = session.result_of(assessment, scheme)
    work = assessment.work
    subject = Subject(session.today(), papers=work.papers, departments=work.departments)
    return result, record_list(result, subject)


@st.fragment
def _workbench(scheme: Scheme) -> None:
    """All of the list, so that a tick redraws no more than this."""
    assessment = current_or_rerun()
    result, papers = _papers(assessment, scheme)
    papers = papers or []
    doubted = doubts(papers, scheme)
    lines = [f"**{count_words(counts(papers))}**　{DOUBTS} {len(doubted)} 条"]
    unanswered = open_words(len(result.applies.unanswered))
    lines += [f":orange[{unanswered}]"] if unanswered else []
    lines.append(f":gray[:small[{LABEL}：{''.join(NOTES)}]]")
    st.markdown("\n\n".join(lines))
    left, right = st.columns([3, 2], gap="large")
    with right:
        _doubts(assessment, doubted)
        _departments(assessment, result)
    with left:
        _list(papers, any(assessment.work.departments.values()))


def _list(papers: Sequence[ListedPaper], named: bool) -> None:
    view = st.segmented_control(
        "排列",
        list(_VIEWS),
        key=_VIEW,
        default="kind",
        required=True,
        label_visibility="collapsed",
        format_func=lambda v: BY_ELEMENT if v == "place" and not named else _VIEWS[v],
    )
    groups = by_place(papers) if view == "place" else by_kind(papers)
    for name, found in groups:
        # What a tick changes stands in no label: a box with another label is another, closed one.
        label = plain(group_words(name, {None: len(found)}))
        box = st.expander(label, key=f"papers:{view}:{name}", on_change="rerun")
        if box.open:
            with box:
                for one in found:
                    _paper(one)


def _paper(one: ListedPaper) -> None:
    """One paper, one element: a list may be long."""
    facts = "，".join(filter(None, (one.paper.kind, one.paper.period)))
    clauses = " ".join(item.id for item in one.items)
    key = show(f"paper:{one.paper.name}", one.state)
    st.segmented_control(
        f"**{plain(one.paper.name)}**（{plain(facts)}） :gray[:small[{plain(clauses)}]]",
        list(STATES),
        key=key,
        format_func=STATES.__getitem__,
        on_change=on_change(key, lambda state: changes.set_paper(one.paper.name, state)),
    )


def _doubts(assessment: Assessment, found: Sequence[Doubt]) -> None:
    """Items to look at again, each a link; written only when the list is opened."""
    box = st.expander(DOUBTS, key="papers:doubts", on_change="rerun")
    if box.open:
        with box:
            st.caption(DOUBTS_NOTE if found else NO_DOUBTS)
            for item, papers in found:
                words = f"{plain(node_title(item))}：{plain(doubt_words(papers))}"
                item_link(assessment, item.id, words)


def _departments(assessment: Assessment, result: Result) -> None:
    """Who gets the papers of each element ready; the list by department is made of it."""
    box = st.expander("各要素的资料由哪个部门准备", key="papers:departments", on_change="rerun")
    if not box.open:
        return
    with box:
        for element in result.elements:
            if not element.applicable:
                continue
            section = element.section
            kept = assessment.work.departments.get(section.id, "")
            key = show(f"department:{section.id}", kept)
            st.text_input(
                plain(node_title(section)),
                key=key,
                max_chars=NAME_LENGTH,
                placeholder="例如：安环科",
                on_change=on_change(
                    key, lambda name, i=section.id: changes.set_department(i, name or "")
                ),
            )


draw(main)
