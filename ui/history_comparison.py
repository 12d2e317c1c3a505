"""States chosen side by side: radars, elements, findings, and the same as a PDF."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from reports import orders
from reports.content.history import (
    FINDING_HEAD,
    MOST,
    SideBySide,
    element_rows,
    finding_rows,
    radar_words,
    state_rows,
)
from reports.content.radar import FEWEST
from reports.documents import file_stem
from state.documents.assessment import Assessment
from state.service.assessments import AssessmentService, Key, Visitor
from state.storage.repository import NotFound, RepositoryError
from ui import session
from ui.frame import asking_fragment
from ui.history_figures import compared_radar
from ui.history_states import Asked, Choice, choices, distinct, others, told_apart
from ui.parts import chosen_part
from ui.workers import worked_out
from wording.history import (
    ELEMENTS,
    FINDINGS,
    NO_DIFFERENCE,
    ONE_FIRST,
    became_words,
    summary_words,
    total_change_words,
)
from wording.labels import plain

_CHOSEN, _WITH = "compared", "compared-with"


@asking_fragment
def comparison(assessment: Assessment) -> None:
    """Choose two states or more, and see what they differ in."""
    st.markdown("#### 对比", anchors=False)
    found = session.settle_address()
    if found is None:
        return
    service, visitor = session.service(), session.visitor()
    try:
        offered = _offered(service, visitor, assessment, found)
    except RepositoryError as error:
        st.text(str(error))
        return
    names = told_apart(offered, session.zone())
    keys = [choice.key for choice in offered]
    kept = offered[1].moment if len(offered) > 2 else None
    unchanged = kept is not None and (assessment.locked or assessment.updated <= kept)
    usual = keys[1:3] if unchanged else keys[:2]
    chosen = [key for key in st.session_state.get(_CHOSEN, usual) if key in names]
    st.session_state[_CHOSEN] = chosen
    chosen = st.multiselect(
        f"选 2 到 {MOST} 个状态",
        keys,
        format_func=names.__getitem__,
        max_selections=MOST,
        placeholder="选择快照或现在的样子",
        select_all=False,
        key=_CHOSEN,
    )
    if len(chosen) < 2:
        st.caption("先存一份快照，或加入别的自评，就可以对比。" if len(keys) < 2 else "再选一个。")
        return
    asked = Asked(service, visitor, found, session.zone())
    try:
        shown = asked.side_by_side(chosen)
    except RepositoryError as error:
        st.text(f"不能对比：{error}")
        return
    _shown(shown)
    _pdf(partial(_made, asked, tuple(chosen), session.today()))


def _offered(
    service: AssessmentService, visitor: Visitor, assessment: Assessment, found: Key
) -> list[Choice]:
    """States of this assessment, and of others on the standard that were added."""
    offered = choices(service, visitor, assessment, found)
    lines = {line.id: line for line in others(service, visitor, assessment)}
    if not lines:
        return offered
    names = distinct(
        {i: f"{line.title}（{session.local_time(line.updated)}）" for i, line in lines.items()}
    )
    with st.popover("加入其他企业或其他年度的自评…", type="tertiary", key="others"):
        added = st.multiselect(
            "同一标准的自评",
            list(lines),
            format_func=names.__getitem__,
            max_selections=MOST,
            placeholder="按企业名称查找",
            select_all=False,
            key=_WITH,
        )
    for one in added:
        other, _ = service.open(Key(one), visitor)
        offered += choices(service, visitor, other, Key(one))
    return offered


def _shown(shown: SideBySide) -> None:
    found = shown.comparison
    header, rows = state_rows(shown)
    _table(header, rows, "对比的状态")
    st.markdown(f"总分变化：**{plain(total_change_words(found))}**")
    for note in shown.notes:
        st.caption(plain(note))
    _radars(shown)
    st.markdown(f"#### {ELEMENTS}", anchors=False)
    header, rows = element_rows(shown, every=False)
    if rows:
        _table(header, rows, ELEMENTS)
        st.caption(f"{ONE_FIRST}；没有差别的不列出。")
    else:
        st.caption(f"{NO_DIFFERENCE}。")
    st.markdown(f"#### {FINDINGS}", anchors=False)
    st.markdown(plain(summary_words(found, shown.same)))
    for became, words in became_words(shown.same).items():
        listed = found.by_became[became]
        if listed:
            with st.expander(f"{words}（{len(listed)} 项）"):
                _table(list(FINDING_HEAD), finding_rows(listed), words)


def _radars(shown: SideBySide) -> None:
    parts = {p.id: p for p in shown.comparison.parts if len(p.axes) >= FEWEST}
    if not parts:
        return
    chosen = chosen_part({i: part.title for i, part in parts.items()}, "compared-part")
    figure, config = compared_radar(shown, parts[chosen])
    words = radar_words(shown, parts[chosen])
    st.plotly_chart(figure, config=config, theme=None, alt=words, key="compared-radar")


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> None:
    st.dataframe(pd.DataFrame(rows, columns=list(header)), hide_index=True, alt=name)


def _pdf(make: Callable[[], bytes]) -> None:
    assessment = session.current()
    name = assessment.profile.name if assessment else ""
    st.download_button(
        "下载 PDF 对比",
        make,
        file_name=f"{file_stem(name)}-自评对比-{session.today().isoformat()}.pdf",
        mime="application/pdf",
        icon=":material/download:",
        on_click="ignore",
        key="comparison-pdf",
    )


def _made(asked: Asked, chosen: Sequence[str], day: date) -> bytes:
    """The PDF, of what is open to the visitor when it is asked for. Raises: RepositoryError."""
    try:
        return worked_out(asked.visitor.who, orders.comparison, asked.states(chosen), day)
    except LookupError as error:
        raise NotFound("没有它的标准，或没有标准的这一版") from error
