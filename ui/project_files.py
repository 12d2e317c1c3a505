"""Files and links attached to a step or a deliverable."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from state.documents.file_kinds import MAX_BYTES
from state.documents.project import Attachment, Project
from state.service.assessments import Key
from ui import project_session, session
from ui.project_session import told
from ui.uploads import discard, uploader
from wording.labels import plain
from wording.projects import file_words

_TYPES = "PDF、Word、Excel、PPT（不带宏）或照片，每个不超过 20 MB"


def files(project: Project, entry: str, changing: bool) -> None:
    """What is attached, and where more can be."""
    for one in project.attachments.get(entry, ()):
        _one(entry, one, changing)
    refused = st.session_state.pop(_refused(entry), "")
    if refused:
        st.error(plain(refused), icon=":material/error:")
    if changing:
        opened = st.popover(
            "加附件",
            icon=":material/attach_file:",
            type="tertiary",
            key=f"attach-{entry}",
            on_change="rerun",
        )
        if opened.open:
            with opened:
                _add(entry)


def _one(entry: str, one: Attachment, changing: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if one.link:
            st.link_button(file_words(one), one.link, icon=":material/link:", type="tertiary")
        else:
            st.download_button(
                file_words(one),
                _content(one.id),
                file_name=one.name,
                icon=":material/download:",
                type="tertiary",
                key=f"file-{one.id}",
                on_click="ignore",
            )
        if changing:
            st.button(
                "移除",
                key=f"detach-{one.id}",
                type="tertiary",
                on_click=_detach,
                args=[entry, one.id],
            )


def _content(file_id: str) -> Callable[[], bytes]:
    """What a download button calls, outside of any session; it asks for the right again."""
    service, found, who = project_session.service(), project_session.place(), session.visitor()
    assert found is not None
    return lambda: service.file(found, who, file_id)


def _detach(entry: str, file_id: str) -> None:
    service, who = project_session.service(), session.visitor()
    there = True

    def action(found: Key) -> None:
        nonlocal there
        there = service.detach(found, who, entry, file_id)

    if told(action):
        session.notify("已移除" if there else "这个附件刚才已被别人移除，别的附件没有动")


def _add(entry: str) -> None:
    """An uploader that is empty again after each file, and a field for a link."""
    turn = f"uploads:{entry}"
    file = uploader(
        _TYPES, MAX_BYTES // 2**20, key=f"upload:{entry}:{st.session_state.get(turn, 0)}"
    )
    if file is not None:
        service, who = project_session.service(), session.visitor()
        name, content = file.name, file.getvalue()
        kept = told(lambda found: service.attach(found, who, entry, name, content))
        st.session_state[turn] = st.session_state.get(turn, 0) + 1
        discard([file])
        if kept:
            session.notify("已加上附件")
        else:
            _say_here(entry)
        st.rerun()
    with st.form(f"link:{entry}", clear_on_submit=True, border=False):
        link = st.text_input("或贴一个链接", key=f"link-address:{entry}", max_chars=1000)
        name = st.text_input("链接的名称", key=f"link-name:{entry}", max_chars=100)
        if st.form_submit_button("加上链接") and link.strip():
            if not told(partial(_link, entry, name, link), link):
                _say_here(entry)
            st.rerun()


def _refused(entry: str) -> str:
    return f"refused:{entry}"


def _say_here(entry: str) -> None:
    """Say what was refused where it was tried: the top of the page may be far away."""
    trouble, _ = session.messages()
    st.session_state[_refused(entry)] = trouble or ""


def _link(entry: str, name: str, link: str, found: Key) -> None:
    service = project_session.service()
    service.attach_link(found, session.visitor(), entry, name, link)
