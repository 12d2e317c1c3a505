"""Who else may see or edit the assessment: read-only links, the link to edit, other people."""

import streamlit as st

from state.documents.access import MAX_LINKS, MAX_SHARED, Access
from state.documents.addresses import LONGEST
from state.service.mode import Mode
from state.storage.repository import RepositoryError
from ui import owning, session
from ui.asking import asks_once
from ui.links import base_address
from ui.sending import address_to_send
from wording.labels import node_title


def sharing() -> None:
    """What the owner can open and close; nothing where there is one person only."""
    service = session.service()
    found = session.settle_address()
    if service.mode is Mode.LOCAL or found is None or not session.owns():
        return
    try:
        access = service.access(found, session.visitor())
    except RepositoryError:  # the page has said it already
        return
    with st.expander("分享：给老板、顾问或同事看", icon=":material/share:", key="sharing"):
        _read_links(access)
        _part_links(access)
        if service.mode is Mode.LINK:
            _edit_link(found.id)
        else:
            _people(access)


def _read_links(access: Access) -> None:
    st.markdown("**只读链接**：打开的人能看结果、下载报告，不能修改。收回后立即失效。")
    whole = (token for token in access.links if token not in access.parts)
    for number, token in enumerate(whole, 1):
        with st.container(horizontal=True, vertical_alignment="center"):
            address_to_send(_address("results", session.LINK, token), f"link-{number}")
            st.button(
                "收回",
                icon=":material/link_off:",
                key=f"drop-link-{number}",
                on_click=owning.share,
                args=[session.service().drop_link, token],
            )
    if len(access.links) < MAX_LINKS:
        st.button(
            "新建只读链接",
            icon=":material/add_link:",
            key="add-link",
            on_click=owning.share,
            args=[session.service().add_link],
        )


def _part_links(access: Access) -> None:
    """Links by which colleagues fill in the elements they were given."""
    assessment = session.current()
    scheme = session.scheme_of(assessment) if assessment else None
    if scheme is None:
        return
    titles = {e.id: node_title(e) for e in scheme.elements}
    st.markdown("**分工链接**：打开的人只能填写分给他的要素，其他只能看。收回后立即失效。")
    for number, (token, elements) in enumerate(access.parts.items(), 1):
        with st.container(horizontal=True, vertical_alignment="center"):
            address_to_send(_address("assess", session.LINK, token), f"part-{number}")
            st.text("、".join(titles.get(one, one) for one in elements))
            st.button(
                "收回",
                icon=":material/link_off:",
                key=f"drop-part-{number}",
                on_click=owning.share,
                args=[session.service().drop_link, token],
            )
    if len(access.links) < MAX_LINKS:
        with st.form("part-link", clear_on_submit=True, border=False):
            chosen = st.multiselect(
                "分出去的要素（可以选几个）",
                list(titles),
                format_func=titles.__getitem__,
                placeholder="选择要素",
                select_all=False,
                key="part-elements",
            )
            if st.form_submit_button("新建分工链接") and chosen:
                owning.share(session.service().add_part, chosen)
                st.rerun()


def _edit_link(assessment_id: str) -> None:
    st.markdown(
        "**编辑链接**：谁有这个链接，谁就能修改和删除。请只发给一起填写的人，并自己留一份。"
    )
    address_to_send(_address("assess", session.ID, assessment_id), "edit")
    asks_once(
        "换成新的链接",
        "原来的编辑链接和所有只读链接都会失效，内容不变。",
        "确定更换",
        owning.renew,
        key="renew",
    )


def _people(access: Access) -> None:
    st.markdown("**一起填写的人**：用这个邮箱登录的人可以修改，不能删除或再分享。")
    for number, holder in enumerate(access.shared, 1):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(owning.called(holder))
            st.button(
                "移除",
                key=f"unshare-{number}",
                on_click=owning.share,
                args=[session.service().share, holder, False],
            )
    if len(access.shared) < MAX_SHARED:
        with st.form("share-with", clear_on_submit=True, border=False):
            mail = st.text_input(
                "邮箱", max_chars=LONGEST, key="share-mail", help="可以一次填几个，用逗号隔开"
            )
            if st.form_submit_button("添加") and mail.strip():
                owning.share_with(mail)
                st.rerun()
    with st.popover("转交给…", type="tertiary", key="give"):
        st.text("对方成为这份自评的主人，可以删除和分享；您以后只能修改。")
        with st.form("give-to", clear_on_submit=True, border=False):
            mail = st.text_input("对方的邮箱", max_chars=LONGEST, key="give-mail")
            if st.form_submit_button("确定转交") and mail.strip():
                owning.give_to(mail)
                st.rerun()


def _address(step: str, name: str, value: str) -> str:
    """A full link to a step of this app, as others reach it."""
    return f"{base_address()}/{step}?{name}={value}"
