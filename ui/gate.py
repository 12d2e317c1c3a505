"""The gate of the app: lets in whom the mode lets in, and says plainly why not.

One thing is kept for the whole process: `door`, which server.py sets when it has started.
"""

import contextlib
import json
from datetime import timedelta
from ipaddress import ip_address
from threading import Event

import streamlit as st

from state.service.logins import AWAY, FAILED, TROUBLE
from state.service.mode import Mode
from state.storage.repository import Unavailable
from ui import project_session, session, visiting
from ui.unsaved import show_unsaved

_COOKIE_DAYS = 400
"""The longest a browser keeps a cookie."""

_WANTED = "anbiao_wanted"
"""Name under which a browser keeps the address that was asked for before signing in."""

_TROUBLE = {
    AWAY: "登录服务暂时没有回应。请稍等一会儿，再按“登录”；一直这样，请告诉管理员。",
    FAILED: "刚才的登录没有完成：可能同时在另一个窗口登录，或登录服务没有同意。请再登录一次。",
}

_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")

_RETRY = timedelta(seconds=2)
"""Between two attempts to learn whether a login counts while the storage is away."""

door = Event()
"""Set while the middleware of server/ stands in front, without which nobody else is let in."""


def admit() -> bool:
    """Whether the mode lets the visitor in; says so where it does not."""
    try:
        mode = session.service().mode
    except (ValueError, Unavailable) as error:
        return _refuse("设置有误，不能启动", str(error))
    if mode is Mode.LOCAL:
        return _on_this_computer()
    if not door.is_set():
        return _refuse(
            "这样启动只能单机使用",
            f"多人使用（ANBIAO_MODE={mode}）请改用 streamlit run server.py 启动，"
            "或去掉 ANBIAO_MODE 后单机使用，见 docs/modes.md。",
        )
    if mode is Mode.LINK:
        _remember_browser()
        return True
    return _by_link() or _signed_in()


def _by_link() -> bool:
    """Whether a link that still counts has led here, which nobody has to sign in for."""
    if project_session.linked():
        return project_session.may_see(unknown=project_session.was_open())
    return session.reading() and session.may_see(unknown=session.was_open())


def _on_this_computer() -> bool:
    address = st.context.ip_address
    elsewhere = isinstance(address, str) and not ip_address(address).is_loopback
    if elsewhere or any(name in st.context.headers for name in _FORWARDED):
        return _refuse(
            "只能在装有本程序的电脑上打开",
            "现在是单机模式（ANBIAO_MODE=local）。多人使用请改为 link 或 login，见 docs/modes.md。",
        )
    return True


def _remember_browser() -> None:
    """Give the browser its cookie; what another window gave it meanwhile wins."""
    key, has_cookie = visiting.browser_key()
    if has_cookie:
        return
    cookie = json.dumps(f"{visiting.COOKIE}={key}")
    _run(
        f"const mine = {cookie}, name = mine.split('=')[0] + '=';"
        "const there = document.cookie.split('; ').find(c => c.startsWith(name));"
        "if (there === mine) return;"
        "if (there) { location.reload(); return; }"
        "const secure = location.protocol === 'https:' ? '; Secure' : '';"
        f"document.cookie = `${{mine}}; path=/; max-age={_COOKIE_DAYS * 86400}; "
        "SameSite=Strict${secure}`;"
    )


def _run(script: str) -> None:
    """Run a script of our own in the page; nothing a user typed may be part of it."""
    st.html(f"<script>(() => {{{script}}})()</script>", unsafe_allow_javascript=True)


def _signed_in() -> bool:
    """Whether somebody has; where they wanted to go waits in their browser meanwhile."""
    try:
        signed_in = session.signed_in()
    except Unavailable as error:
        st.info("暂时不能确认登录，每隔几秒自动重试，不用关闭页面。", icon=":material/cloud_off:")
        st.text(str(error))
        _try_again()
        return False
    if signed_in:
        st.query_params.pop(TROUBLE, None)
        _run(
            f"const to = sessionStorage.getItem('{_WANTED}');"
            f"sessionStorage.removeItem('{_WANTED}');"
            "if (to && to !== location.pathname + location.search) location.replace(to);"
        )
        with st.container(horizontal=True, horizontal_alignment="right"):
            st.text(str(st.user.get("name") or st.user.get("email") or "已登录"))
            st.button("退出", type="tertiary", key="logout", on_click=session.sign_out)
        return True
    if session.reading() and session.unsure():
        st.info("暂时打不开这个链接，每隔几秒自动重试，不用关闭页面。", icon=":material/cloud_off:")
        _try_again()
        return False
    trouble, _ = session.messages()
    _run(
        f"if (!location.search.includes('{TROUBLE}='))"
        f" sessionStorage.setItem('{_WANTED}', location.pathname + location.search);"
    )
    st.title("安标自评", anchor=False)
    st.text("本单位的自评要登录后使用。")
    if session.reading():
        st.text("这个只读链接打不开：可能已被收回，或自评已被删除。请向发给您链接的人要新的链接。")
    elif trouble:
        st.text(trouble)
    said = _TROUBLE.get(st.query_params.get(TROUBLE, ""))
    if said:
        st.warning(said, icon=":material/error:")
    show_unsaved()
    st.button("登录", type="primary", icon=":material/login:", key="login", on_click=st.login)
    return False


@st.fragment(run_every=_RETRY)
def _try_again() -> None:
    """Wait until it can be known whether the login, or the link, still counts."""
    with contextlib.suppress(Unavailable):
        if not session.signed_in() and session.reading() and session.unsure():
            return
        st.rerun()


def _refuse(what: str, why: str) -> bool:
    st.error(what, icon=":material/block:")
    st.text(why)
    return False
