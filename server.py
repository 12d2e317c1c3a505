"""What `make run` and a server start: app.py behind its door.

Streamlit, by `streamlit run server.py`, reads here that there is an `app`, and gets it by way of
server/__init__.py. It listens before that: nginx would give all newcomers to a process that is
starting, as it has none yet, and let them wait for it. So servers run `python server.py`, which
makes ready first.
"""

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from pkgutil import iter_modules

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config, file_util
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web import cli

import ui
from schemes.paths import ASSETS
from server.at_once import send_at_once
from server.compressed import Compressed
from server.cookies import SecureCookies
from server.crowd import Hall
from server.files import FileRights, Given
from server.first_page import FirstPage, prepared
from server.headers import SecurityHeaders
from server.housekeeping import housekeeping
from server.login_trouble import LoginTrouble
from server.messages import MessageBounds
from server.origin import OwnOrigin
from server.our_files import OurFiles
from server.refused_download import RefusedDownload
from server.uploads import UploadBounds
from server.waiting import WaitingRoom
from server.welcome import address, welcome
from state.service.mode import is_local
from ui import files, gate, making, refusals, scripts, session, uploads, warming, workers
from wording.connection import OPENING

os.umask(0o077)  # what people keep is for this user alone


def _pages_need() -> list[str]:
    return [module.name for module in iter_modules(ui.__path__, "ui.")]


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[None]:
    if is_local():  # somebody waits for the first page
        warming.warm_behind(_pages_need())
    else:
        warming.warm(_pages_need())
    threads = ThreadPoolExecutor(making.THREADS, thread_name_prefix="files")
    loop = asyncio.get_running_loop()
    loop.set_default_executor(threads)
    send_at_once(loop)
    gc.freeze()  # what is imported by now stays; going through it again would delay clicks
    gate.door.set()
    url = address(
        st.get_option("server.address"),
        st.get_option("server.port"),
        st.get_option("server.baseUrlPath"),
        tls=bool(st.get_option("server.sslCertFile")),
    )
    welcome(url, browser=not st.get_option("server.headless"))
    with _larger_uploads(), housekeeping(lambda: session.service().repository):
        yield
    gate.door.clear()
    workers.close()


_LARGEST = 300
"""MB of a backup that a page takes where nobody else is: it is held in memory."""


@contextmanager
def _larger_uploads() -> Iterator[None]:
    """Let one's own computer take more in one file than a server takes of its visitors."""
    most = st.get_option("server.maxUploadSize")
    if is_local():
        config.set_option("server.maxUploadSize", max(most, _LARGEST))
    yield
    config.set_option("server.maxUploadSize", most)


_ASKS = bytes([BackMsg.RERUN_SCRIPT_FIELD_NUMBER << 3 | 2])
"""How a message begins that asks for a run: the number and kind of its only field."""

_SHORT = 1000
"""Bytes; the message that a run has ended is far shorter."""


def _asks(message: bytes) -> bool:
    return message.startswith(_ASKS)


def _answers(message: bytes) -> bool:
    return len(message) < _SHORT and ForwardMsg.FromString(message).HasField("script_finished")


def _say(message: bytes, sentence: str) -> bytes:
    said = ForwardMsg.FromString(message)
    said.backend_operation_response.error_msg = sentence
    return bytes(said.SerializeToString())


def _session(message: bytes) -> str:
    """The session that a page is told it has; nothing else is said so shortly after connecting."""
    return _given(message).session or ""


def _given(message: bytes) -> Given:
    """What a page is told of its session and of files: pictures, downloads, its icon."""
    said = ForwardMsg.FromString(message)
    element = said.delta.new_element
    match said.WhichOneof("type"):
        case "new_session":
            return Given(session=said.new_session.initialize.session_id)
        case "page_config_changed":
            return Given(common=(said.page_config_changed.favicon,))
        case "backend_operation_response":
            return Given(files=(said.backend_operation_response.deferred_file.url,))
        case "delta" if element.WhichOneof("type") == "imgs":
            return Given(
                files=tuple(i.url for i in element.imgs.imgs if not i.url.startswith("data:"))
            )
    return Given()


_wanted, _ours = prepared(
    Path(file_util.get_static_dir()), (ASSETS / "fonts" / "icons.woff").read_bytes(), OPENING
)


def _file(name: str) -> bytes | None:
    """A file that pages have of ours; None without one of that name."""
    return scripts.script(name) or _ours.get(name)


def _smaller() -> list[Middleware]:
    """For who comes by a line; on one's own computer it would only take time."""
    return [] if is_local() else [Middleware(Compressed)]


def _bounds() -> list[Middleware]:
    """What keeps the server up and visitors apart; nobody needs it on their own computer."""
    if is_local():
        return []
    hall = Hall()
    return [
        Middleware(WaitingRoom, hall=hall),
        Middleware(
            UploadBounds,
            hall=hall,
            allowed=uploads.allowed,
            alive=uploads.alive,
            discarded=uploads.discarded,
        ),
        Middleware(MessageBounds, hall=hall, asks=_asks, answers=_answers),
        Middleware(FileRights, given=_given, right=files.right_of),
    ]


app = st.App(
    Path(__file__).with_name("app.py"),
    lifespan=_lifespan,
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(SecureCookies),
        Middleware(OwnOrigin, hosts=st.get_option("server.allowedHosts"), only_pages=is_local()),
        *_smaller(),
        Middleware(FirstPage, change=_wanted.put_into),
        Middleware(OurFiles, content=_file),
        *_bounds(),
        Middleware(LoginTrouble),
        Middleware(RefusedDownload, say=_say, session=_session, why=refusals.why),
    ],
)


def _ready_first() -> None:
    """Import all that pages need, then let Streamlit open the port."""
    warming.warm(_pages_need())
    cli.main(["run", Path(__file__).name], prog_name="streamlit")


if __name__ == "__main__":
    _ready_first()
