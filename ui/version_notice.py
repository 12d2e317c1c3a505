"""An assessment and the versions of its standard: a newer one, or one that is not there."""

import streamlit as st

import schemes
from schemes import Scheme
from state.documents.assessment import Assessment
from state.documents.versions import adopt_version, adoption, decline_version, missing_version
from ui import session
from ui.asking import asks_once
from wording.labels import plain
from wording.versions import adoption_words, missing_words


def version_notice(scheme: Scheme, assessment: Assessment, *, declined: bool = False) -> None:
    """Offer a newer version with what it changes, until it is adopted or declined.

    declined: offer also one that was declined, where somebody may look for it.
    """
    newest = schemes.load(scheme.id).version
    if newest == scheme.version or not session.may_edit():
        return
    if assessment.work.declined_version == newest and not declined:
        return
    found = adoption(assessment)
    if found is None:
        return
    with st.container(border=True, key="version"):
        st.info(
            f"标准有新版：这份自评按 {plain(scheme.version)} 版填写和计分，"
            f"现在另有 {plain(newest)} 版。",
            icon=":material/update:",
        )
        with st.expander("换用新版会改变什么"):
            st.markdown("\n".join(f"- {plain(line)}" for line in adoption_words(found)))
        with st.container(horizontal=True):
            _adopt(scheme.id, newest)
            if assessment.work.declined_version != newest:
                st.button(
                    f"继续用 {scheme.version} 版，不再提示",
                    type="tertiary",
                    key="decline-version",
                    on_click=session.apply,
                    args=[decline_version(newest)],
                )


def version_missing(assessment: Assessment) -> bool:
    """Whether the assessment needs a version that is not there; says so, and what can be done."""
    version = missing_version(assessment)
    if version is None or assessment.scheme is None:
        return False
    newest = schemes.load(assessment.scheme)
    with st.container(border=True, key="version"):
        st.warning("没有这份自评所用的标准版本", icon=":material/history:")
        st.text(missing_words(newest.short_title, version, schemes.versions(newest.id)))
        if session.may_edit():
            _adopt(newest.id, newest.version)
    return True


def _adopt(scheme_id: str, version: str) -> None:
    asks_once(
        f"换用 {version} 版",
        f"回答会转到 {version} 版的编号下，此后按它计分，不能自动换回。"
        "没有对应内容的回答会保留并列出。可以先在“报告”页导出备份。",
        "确定换用",
        session.apply,
        adopt_version(schemes.history(scheme_id)),
        key="adopt-version",
    )
