"""What the projector shows: the whole, item by item, and before and after."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import streamlit as st

from schemes import Scheme
from scoring import Result, score
from scoring.result import SectionResult
from state.documents.assessment import Work, answers_of
from state.service.assessments import Key
from state.storage.repository import RepositoryError
from ui import session
from ui.frame import current_or_rerun
from ui.opening import first_of
from ui.presented import VIEW, open_item, shown_part, spokes, verdict, wall_radar
from ui.presented_item import present_item
from ui.presented_plan import present_plan
from wording.labels import node_title, plain
from wording.numbers import below_sign, percent_words

VIEWS = {"whole": "总览", "items": "逐条", "change": "前后对比", "plan": "整改步骤"}

_EVERY = timedelta(seconds=3)
_NOW = "现在"


@st.fragment(run_every=_EVERY)
def present(scheme: Scheme) -> None:
    """Draw the view chosen; it looks again by itself what has been answered since."""
    if not session.may_see():
        st.rerun()
    assessment = current_or_rerun()
    work = assessment.work
    views: Mapping[str, Callable[[Scheme, Work], None]] = {
        "whole": _whole,
        "items": lambda scheme, work: present_item(_scored(scheme, work), work.remarks),
        "change": _change,
        "plan": lambda scheme, work: present_plan(
            _scored(scheme, work), assessment.profile.target_grade
        ),
    }
    view = st.segmented_control(
        "看什么",
        list(VIEWS),
        format_func=VIEWS.__getitem__,
        default=None if VIEW in st.session_state else "whole",
        required=True,
        key=VIEW,
        label_visibility="collapsed",
    )
    views[view or "whole"](scheme, work)


def _scored(scheme: Scheme, work: Work) -> Result:
    return score(scheme, answers_of(scheme, work))


def _whole(scheme: Scheme, work: Work) -> None:
    result = _scored(scheme, work)
    part = shown_part(result)
    left, right = st.columns(2, gap="large")
    with left:
        verdict(result)
        with st.container(key="present-rows", gap=None):
            for element in part.applicable if part else ():
                _row(result, element)
    with right:
        wall_radar(result, part)


def _row(result: Result, element: SectionResult) -> None:
    sign = below_sign(result.scheme) if result.is_below(element) else ""
    percent = percent_words(result.scheme, element.percent)
    progress = f":gray[{element.reviewed}/{element.applicable_items}]"
    st.button(
        f"{sign}{plain(node_title(element.section))}　**{percent}**　{progress}",
        key=f"present-{element.section.id}",
        type="tertiary",
        on_click=open_item,
        args=[first_of(element)],
    )


def _change(scheme: Scheme, work: Work) -> None:
    """Snapshots on a slider, from the first to now."""
    found = session.settle_address() or Key()
    try:
        lines = session.service().list_snapshots(found, session.visitor())
    except RepositoryError as error:
        st.text(str(error))
        return
    moments = {line.id: f"{line.title}（{session.local_time(line.updated)}）" for line in lines}
    places = [*reversed(moments), _NOW]
    if len(places) == 1:
        st.info("还没有快照。在“历史”页存一份，改过以后这里就能前后对比。")
        return
    chosen = st.select_slider(
        "从前到后",
        places,
        value=_NOW,
        format_func=lambda place: moments.get(place, place),
        key="presented-moment",
    )
    if chosen != _NOW:
        try:
            work = session.service().open_snapshot(found, session.visitor(), chosen).work
        except RepositoryError as error:
            st.text(str(error))
            return
    result = _scored(scheme, work)
    left, right = st.columns(2, gap="large")
    with left:
        verdict(result)
    with right:
        part = shown_part(result)
        wall_radar(result, part)
        spokes(part)
