"""Visitors without a browser, good and bad, of a server that is attacked."""

import http.client
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import SHUT_RDWR
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from server.asking import BROWSER

STARTED = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}


def asked(
    address: str,
    path: str,
    method: str = "GET",
    body: bytes | Iterable[bytes] | None = None,
    **headers: str,
) -> tuple[http.client.HTTPResponse, str]:
    """An answer and its words."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body=body, headers=named)
        answer = connection.getresponse()
        return answer, answer.read().decode(errors="replace")
    finally:
        connection.close()


class Page:
    """An open page: what was heard of it last."""

    def __init__(self, socket: ClientConnection, token: str) -> None:
        self.socket = socket
        self.token = token
        self.session = ""
        self.buttons: dict[str, str] = {}
        self.files: list[str] = []
        self.pictures: list[str] = []
        self.icon = ""
        self.page = ""

    def run(self, state: ClientState | None = None) -> float:
        """Ask for a run of the page and read until it has ended; seconds."""
        begun = time.monotonic()
        self.send(state)
        self.read()
        return time.monotonic() - begun

    def send(self, state: ClientState | None = None) -> None:
        """Ask for a run of the page."""
        state = state or ClientState()
        state.page_script_hash = state.page_script_hash or self.page
        self.socket.send(BackMsg(rerun_script=state).SerializeToString())

    def read(self) -> None:
        """Read until a run has ended."""
        while True:
            frame = self.socket.recv(timeout=60)
            assert isinstance(frame, bytes)
            message = ForwardMsg.FromString(frame)
            match message.WhichOneof("type"):
                case "new_session":
                    self.session = message.new_session.initialize.session_id or self.session
                case "navigation":
                    self.page = message.navigation.page_script_hash
                case "delta" if message.delta.new_element.WhichOneof("type") == "button":
                    button = message.delta.new_element.button
                    self.buttons[button.id.split("-", 2)[-1]] = button.id
                case "delta" if message.delta.new_element.WhichOneof("type") == "download_button":
                    self.files.append(message.delta.new_element.download_button.deferred_file_id)
                case "delta" if message.delta.new_element.WhichOneof("type") == "imgs":
                    self.pictures = [p.url for p in message.delta.new_element.imgs.imgs]
                case "page_config_changed":
                    self.icon = message.page_config_changed.favicon
                case "script_finished" if message.script_finished in STARTED:
                    return

    def press(self, key: str) -> None:
        """Press a button and wait until the page has run."""
        state = ClientState()
        state.widget_states.widgets.add(id=self.buttons[key], trigger_value=True)
        self.run(state)

    def ask_for(self, file: str) -> None:
        """Ask for a file that is made when it is asked for."""
        asked = BackMsg()
        asked.backend_operation_request.request_id = file
        asked.backend_operation_request.session_id = self.session
        asked.backend_operation_request.deferred_file.file_id = file
        self.socket.send(asked.SerializeToString())

    def get(self, file: str) -> str:
        """Where a file is that was asked for; "" where it was refused."""
        while True:
            frame = self.socket.recv(timeout=60)
            assert isinstance(frame, bytes)
            message = ForwardMsg.FromString(frame)
            answer = message.backend_operation_response
            if message.HasField("backend_operation_response") and answer.request_id == file:
                return str(answer.deferred_file.url)

    def upload(
        self, address: str, size: int, file: str = "f", chunked: bool = False
    ) -> tuple[int, str]:
        """Status and words of the answer."""
        head = (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n'
            b"Content-Type: application/json\r\n\r\n"
        )
        content = head + b" " * size + b"\r\n--b--\r\n"
        parts = (content[i : i + 2**16] for i in range(0, len(content), 2**16))
        answer, words = asked(
            address,
            self._place(file),
            "PUT",
            body=parts if chunked else content,
            Content_Type="multipart/form-data; boundary=b",
            **self._mine(),
        )
        return answer.status, words

    def take_back(self, address: str, file: str) -> int:
        """Delete what was uploaded; status of the answer."""
        return asked(address, self._place(file), "DELETE", body=None, **self._mine())[0].status

    def _place(self, file: str) -> str:
        return f"/_stcore/upload_file/{self.session}/{file}"

    def _mine(self) -> dict[str, str]:
        return {"Cookie": f"{BROWSER}={self.token}", "X_Xsrftoken": self.token}


def token_of(address: str) -> str:
    """What a new browser is known by."""
    answer, _ = asked(address, "/_stcore/health")
    for cookie in answer.headers.get_all("Set-Cookie") or []:
        name, _, value = cookie.partition(";")[0].partition("=")
        if name == BROWSER:
            return value.strip('"')
    raise AssertionError("no cookie")


def connected(address: str, token: str, **headers: str) -> ClientConnection:
    """The connection of a page in a browser that is known by its token."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        origin=Origin(address),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={"Cookie": f"{BROWSER}={token}"} | named,
        max_size=None,
        compression=None,
        close_timeout=1,
    )


@contextmanager
def opened(address: str, name: str = "", query: str = "", **headers: str) -> Iterator[Page]:
    """A page of a new browser, drawn."""
    token = token_of(address)
    with connected(address, token, **headers) as socket:
        page = Page(socket, token)
        page.run(ClientState(page_name=name, query_string=query))
        yield page


@contextmanager
def flooding(page: Page, message: bytes) -> Iterator[list[int]]:
    """Send a message over and over meanwhile, and read what comes; yields how often, at [0]."""
    sent = [0]
    over = threading.Event()

    def flood() -> None:
        while not over.is_set():
            try:
                page.socket.send(message)
            except (ConnectionClosed, OSError):
                return
            sent[0] += 1

    def drain() -> None:
        while not over.is_set():
            try:
                page.socket.recv(timeout=1)
            except TimeoutError:
                continue
            except (ConnectionClosed, OSError):
                return

    threads = [threading.Thread(target=work, daemon=True) for work in (flood, drain)]
    for thread in threads:
        thread.start()
    try:
        yield sent
    finally:
        over.set()
        with suppress(OSError):  # ends the sending, too; a mere close would wait for it
            page.socket.socket.shutdown(SHUT_RDWR)


def memory(process: int) -> int:
    """Resident bytes of a process."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) * 1024
