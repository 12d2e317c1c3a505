"""Finishing the assessment, opening it again, and beginning the next one."""

import streamlit as st

from scoring import Result
from state.documents.assessment import Assessment
from state.service.rounds import Rounds
from ui import session
from ui.asking import asks_once
from ui.frame import page_path, step_link
from wording.history import finished_words, reopened_words
from wording.labels import plain


def finishing(assessment: Assessment, result: Result) -> None:
    """Where the assessment stands: open, or finished; and what can be done about it."""
    for words in reopened_words(assessment, session.zone()):
        st.caption(plain(words))
    if not session.may_edit():
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if assessment.locked:
            _finished(assessment, result)
        else:
            _open(assessment, result)
        label = "和上次对比" if assessment.previous else "历史和对比"
        step_link("history", assessment, label, ":material/compare_arrows:")


def _open(assessment: Assessment, result: Result) -> None:
    left = result.applicable_items - result.reviewed
    told = (
        "会存下一份快照并锁定：回答、备注和企业情况都不能再改，报告随时可以按它重新生成。"
        "需要修改时可以解锁，解锁会留下记录。"
    )
    if left:
        told = f"还有 {left} 条没有核查。{told}"
    asks_once(f"完成{assessment.kind}", told, "确定完成", _finish, key="finish-round")


def _finished(assessment: Assessment, result: Result) -> None:
    st.markdown(
        f":material/lock: {plain(finished_words(assessment.finishings[-1], session.zone()))}",
        width="content",
    )
    if result.scheme.reassessment is None or assessment.work.reassessment:
        st.button(
            "再次自评",
            icon=":material/event_repeat:",
            key="again-round",
            help="企业情况和适用范围带过去，每条重新核查，旁边看得到这次发现的问题",
            on_click=_again,
        )
    asks_once(
        "解锁",
        "解锁以后可以修改；谁在什么时候解锁会记下来。完成时的快照仍在。",
        "确定解锁",
        _reopen,
        key="reopen-round",
    )


def _finish() -> None:
    if session.ask(_rounds().finish):
        session.notify("已完成并锁定，快照在“历史”里")


def _reopen() -> None:
    if session.ask(_rounds().reopen):
        session.notify("已解锁，可以修改")


def _again() -> None:
    found = session.settle_address()
    begun: list[str] = []
    if found and session.ask(lambda key, who: begun.append(_rounds().again(key, who))):
        session.open_assessment(begun[0])
        session.notify("已开始新的一次，企业情况和适用范围来自上次，请先核对")
        st.session_state[_BEGUN] = begun[0]


_BEGUN = "begun-again"


def went_on() -> None:
    """After the next one was begun: go to where work on it starts."""
    begun = st.session_state.pop(_BEGUN, None)
    if begun:
        st.switch_page(page_path("enterprise"), query_params={session.ID: begun})


def _rounds() -> Rounds:
    return Rounds(session.service())
