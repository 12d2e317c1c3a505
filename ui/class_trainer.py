"""The trainer's screen: who is where, the group's radar, and what is worth discussing."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pandas as pd
import segno
import streamlit as st

import schemes
from planning.group import Spread, Vote, is_chosen, spreads, votes
from reports.content.radar import FEWEST
from schemes import Scheme
from scoring import Result
from state.documents import classroom as rooms
from state.documents.cases import Case, case_of
from state.documents.classroom import Classroom
from state.service.classes import Desk
from state.storage.repository import RepositoryError
from ui import class_session, session
from ui.asking import asks_once
from ui.class_papers import trainers_papers
from ui.class_radar import group_radar
from ui.class_reference import distances, reference_answer, reference_of
from ui.class_story import story
from ui.links import base_address
from ui.widgets import show
from wording.classes import (
    AGREED,
    ELSEWHERE,
    FREE,
    LED,
    MOST_SPLIT,
    MOST_TICKED,
    NOBODY,
    OWN_ENTERPRISE,
    VOTES_TOLD,
    elements_words,
    participant_words,
    spread_words,
    stage_words,
    standing_cells,
    vote_words,
)
from wording.labels import node_title, plain

_SELDOM = timedelta(seconds=10)
"""Between two looks at distances, when all is said and most have stopped."""

_VOTES = 12
"""Conditions that are shown."""

_HEAD, _ROW, _ROWS = 40, 30, 12
"""Pixels of the head and of a participant's row; rows in sight beside the radar, of all of them."""


def trainer(classroom: Classroom, scheme: Scheme) -> None:
    """Draw the screen of an open class."""
    _invitation(classroom)
    case = case_of(classroom.case)
    told = [scheme.short_title, elements_words(scheme, classroom.elements)]
    told.append(case.title if case else OWN_ENTERPRISE)
    st.caption(plain("　".join(told)))
    _controls(classroom, scheme)
    _live()
    if case and classroom.revealed:
        _revealed(case)
    if case:
        with st.expander("案例", icon=":material/menu_book:", key="trainers-story"):
            story(case)


def _invitation(classroom: Classroom) -> None:
    now = datetime.now(UTC)
    if not classroom.joinable(now):
        st.info(stage_words(classroom, now, session.zone()))
        return
    base = base_address()
    link = f"{base}/classroom?{class_session.CODE}={classroom.code}"
    with st.container(horizontal=True, vertical_alignment="center", key="invitation"):
        code = segno.make(link, error="m").svg_data_uri(scale=4, border=2)
        st.image(code, width=170, alt=f"二维码，扫码加入课堂 {classroom.code}")
        with st.container():
            st.markdown(f"# {classroom.code}", anchors=False)
            st.markdown(f"扫码，或打开 **{plain(base)}/classroom** 输入上面的加入码")
            st.caption(stage_words(classroom, now, session.zone()))


def _controls(classroom: Classroom, scheme: Scheme) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _pace(classroom, scheme)
        over = classroom.over(datetime.now(UTC))
        if classroom.stage == "open" and not over:
            _button("停止加入", "lock", rooms.set_stage("locked"), ":material/lock:")
        elif not over:
            _button("允许加入", "unlock", rooms.set_stage("open"), ":material/lock_open:")
        _button("延长 12 小时", "extend", rooms.extend(), ":material/more_time:")
        if not over:
            asks_once(
                "结束课堂",
                "结束后不能再加入；大家填的内容归各人，可以继续。30 天后姓名自动删除。",
                "确定结束",
                class_session.apply,
                rooms.set_stage("closed"),
                key="close-class",
            )
        if classroom.case:
            shown = show("revealed", classroom.revealed)
            st.toggle("公布参考答案", key=shown, on_change=lambda: _toggle(shown, rooms.reveal))
        hidden = show("names-hidden", classroom.names_hidden)
        st.toggle("不显示姓名", key=hidden, on_change=lambda: _toggle(hidden, rooms.hide_names))
        kept = show("names-kept", classroom.keep_names)
        st.toggle("保留姓名", key=kept, on_change=lambda: _toggle(kept, rooms.keep_names))
        trainers_papers(classroom)


def _toggle(key: str, change: Callable[[bool], rooms.ClassChange]) -> None:
    class_session.apply(change(st.session_state[key]))


def _button(label: str, key: str, change: rooms.ClassChange, icon: str) -> None:
    st.button(label, key=f"class-{key}", icon=icon, on_click=class_session.apply, args=[change])


def _pace(classroom: Classroom, scheme: Scheme) -> None:
    """Free, or led to an item: the pages of all participants go there."""
    items = [i for i in scheme.items if is_chosen(scheme, i, classroom.elements)]
    key = show("class-lead", classroom.lead if classroom.lead in items else "")
    st.selectbox(
        "节奏",
        ["", *items],
        key=key,
        width=340,
        format_func=lambda i: f"{LED}：{node_title(scheme.items[i])}" if i else FREE,
        on_change=lambda: class_session.apply(rooms.lead_to(st.session_state[key])),
    )


@st.fragment(run_every=class_session.LOOK)
def _live() -> None:
    """What changes while others answer; drawn again by itself, without the rest of the page."""
    class_id = class_session.place()
    try:
        classroom = class_session.service().open(class_id, session.visitor())
        desks = [*class_session.service().desks(class_id, session.visitor())]
    except RepositoryError as error:
        st.warning(str(error))
        return
    if not desks:
        st.info(NOBODY, icon=":material/group_add:")
        return
    fitting = by_standard(desks, classroom.scheme, classroom.scheme_version)
    results = [*fitting.values()]
    found = spreads(results, classroom.elements)
    left, right = st.columns(2, gap="large")
    with left:
        _roll(classroom, desks, fitting)
        _discuss(votes(results, classroom.elements))
    with right:
        _group(_names(classroom, desks), fitting, found)


def _group(names: dict[str, str], fitting: dict[str, Result], found: list[Spread]) -> None:
    """The group's radar, and anybody's outline on demand."""
    chosen = st.selectbox(
        "再看一个人的轮廓",
        [None, *names],
        format_func=lambda i: "不看" if i is None else names[i],
        key="outline",
    )
    outline = fitting.get(chosen or "")
    if len(found) >= FEWEST:
        figure, config = group_radar(found, 520, outline)
        words = "；".join(map(spread_words, found))
        st.plotly_chart(figure, config=config, theme=None, alt=words, key="group-radar")
    st.caption("  \n".join(plain(spread_words(spread)) for spread in found))


def _discuss(counted: list[Vote]) -> None:
    """What is worth discussing: the widest disagreement, or what most have found."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("#### 值得讨论", anchors=False, width="content")
        order = st.segmented_control(
            "次序",
            [MOST_SPLIT, MOST_TICKED],
            default=MOST_SPLIT,
            required=True,
            label_visibility="collapsed",
            key="votes-order",
        )
    st.caption(VOTES_TOLD)
    if not counted:
        st.caption(AGREED)
    if order == MOST_TICKED:
        counted = sorted(counted, key=lambda vote: -vote.ticked)
    for vote in counted[:_VOTES]:
        st.markdown(f"**{vote.ticked}/{vote.looked}** 人勾选　{plain(vote_words(vote))}")


@st.fragment(run_every=_SELDOM)
def _revealed(case: Case) -> None:
    """Everybody's distance to the reference answer, and the answer."""
    class_id = class_session.place()
    try:
        classroom = class_session.service().open(class_id, session.visitor())
        desks = [*class_session.service().desks(class_id, session.visitor())]
    except RepositoryError:  # said above
        return
    scheme = schemes.load(case.scheme, case.version)
    fitting = by_standard(desks, case.scheme, case.version)
    names, elements = _names(classroom, desks), classroom.elements
    reference = reference_of(case, scheme)
    st.markdown("#### 每人与参考答案的差别", anchors=False)
    distances(names, fitting, reference, elements)
    ticked = Counter(
        name for r in fitting.values() for name, count in r.answers.findings.items() if count
    )
    reference_answer(case, reference, elements, ticked)


def by_standard(desks: list[Desk], scheme: str, version: str) -> dict[str, Result]:
    """Results by assessment, of those who have stayed with the class's standard."""
    return {
        desk.participant.assessment: desk.result
        for desk in desks
        if desk.result and (desk.result.scheme.id, desk.result.scheme.version) == (scheme, version)
    }


def _names(classroom: Classroom, desks: list[Desk]) -> dict[str, str]:
    return {
        desk.participant.assessment: participant_words(
            desk.participant, number, classroom.names_hidden
        )
        for number, desk in enumerate(desks, 1)
    }


def _roll(classroom: Classroom, desks: list[Desk], fitting: dict[str, Result]) -> None:
    names = _names(classroom, desks)
    rows = [
        (names[name], *_standing(desk, name in fitting, classroom.elements))
        for desk, name in ((desk, desk.participant.assessment) for desk in desks)
    ]
    st.markdown(f"#### 学员 {len(desks)} 人", anchors=False)
    columns = ["姓名", "进度", "得分" if classroom.elements else "总分", "等级"]
    st.dataframe(
        pd.DataFrame(rows, columns=columns),
        hide_index=True,
        row_height=_ROW,
        height=_HEAD + _ROW * min(len(rows), _ROWS),
        alt="学员和进度",
    )
    with st.popover("移出学员", type="tertiary", key="remove-participant"):
        chosen = st.selectbox("移出谁？", list(names), format_func=names.__getitem__, key="removed")
        st.button(
            "移出",
            key="remove-now",
            on_click=class_session.apply,
            args=[rooms.remove(chosen or "")],
        )


def _standing(desk: Desk, stayed: bool, elements: tuple[str, ...]) -> tuple[str, str, str]:
    """Progress, total and grade; of whoever took another standard only that."""
    if desk.result and not stayed:
        return ELSEWHERE, "", ""
    return standing_cells(desk.result, elements)
