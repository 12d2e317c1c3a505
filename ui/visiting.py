"""Who is at the other end, as far as their browser says."""

import streamlit as st

from state.documents.access import (
    holder_of_browser,
    holder_of_mail,
    holder_of_person,
    mail_of,
    new_token,
)
from state.documents.assessment import NAME_LENGTH
from state.service.logins import Login
from state.service.mode import Mode

COOKIE = "anbiao_browser"
"""Name of the cookie by which a browser finds what it made, where links are the key."""


def holders(mode: Mode, login: Login | None) -> frozenset[str]:
    """Everything the visitor is known by to what is shared and owned."""
    if mode is Mode.LINK:
        return frozenset({holder_of_browser(browser_key()[0])})
    if login is None:
        return frozenset()
    return frozenset({login.holder, holder_of_mail(login.mail)} if login.mail else {login.holder})


def login_of_browser() -> Login | None:
    """How the browser's cookie says somebody signed in; None without one that says it all."""
    user = st.user
    issued = user.get("iat") if user.is_logged_in else None
    if not isinstance(issued, int | float):
        return None
    mail = user.get("email") if user.get("email_verified") is True else None
    return Login(
        holder_of_person(str(user["iss"]), str(user["sub"])),
        int(issued),
        mail_of(holder_of_mail(str(mail or ""))),
        str(user.get("name") or "")[:NAME_LENGTH],
    )


def browser_key() -> tuple[str, bool]:
    """What this browser is known by, and whether it has the cookie for it already."""
    found = st.context.cookies.get(COOKIE, "")
    if len(found) == 32 and set(found) <= set("0123456789abcdef"):
        return found, True
    return st.session_state.setdefault(COOKIE, new_token()), False
