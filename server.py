"""What `make run` and a server start, by `streamlit run server.py`: app.py behind its door.

Streamlit reads here that there is an `app`, and gets it by way of server/__init__.py.
"""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import streamlit as st
from starlette.middleware import Middleware

import ui
from server.cookies import SecureCookies
from server.headers import SecurityHeaders
from server.housekeeping import housekeeping
from server.login_trouble import LoginTrouble
from server.origin import OwnOrigin
from server.welcome import address, welcome
from state.service.mode import is_local
from ui import gate, session

os.umask(0o077)  # what people keep is for this user alone


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[None]:
    for module in iter_modules(ui.__path__, "ui."):
        import_module(module.name)
    gc.freeze()  # what is imported by now stays; going through it again would delay clicks
    gate.door.set()
    url = address(
        st.get_option("server.address"),
        st.get_option("server.port"),
        st.get_option("server.baseUrlPath"),
        tls=bool(st.get_option("server.sslCertFile")),
    )
    welcome(url, browser=not st.get_option("server.headless"))
    with housekeeping(lambda: session.service().repository):
        yield
    gate.door.clear()


app = st.App(
    Path(__file__).with_name("app.py"),
    lifespan=_lifespan,
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(SecureCookies),
        Middleware(OwnOrigin, hosts=st.get_option("server.allowedHosts"), only_pages=is_local()),
        Middleware(LoginTrouble),
    ],
)
