"""One participant at 逐项自评, without a browser: speaks Streamlit's websocket protocol.

Sends what a browser sends for a tick or a press of a button, reads every answer of the server
and remembers of it only what a next click needs. A browser also reports the values of the few
widgets nobody touches here; the server takes a missing one as unchanged.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from ssl import SSLContext

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

_PATIENCE = 120.0
_ENDS = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}
_BOX, _MARKS, _ON = "finding:", "marks:", "on"
"""Keys of ui/item_card.py and pages/assess.py: a condition, an item's marks, on to the next."""


class Visitor:
    """A participant with the page open.

    ticked: by condition, what was clicked and has been answered. reviewed: items left behind.
    """

    def __init__(self, socket: ClientConnection, assessment_id: str, random: Random) -> None:
        self.ticked: dict[str, bool] = {}
        self.reviewed: set[str] = set()
        self._socket = socket
        self._random = random
        self._query = f"a={assessment_id}"
        self._page = ""
        self._boxes: dict[str, bool] = {}
        self._fragment = ""
        self._on = ""
        self._walk = ""
        self._item = ""

    async def open(self) -> None:
        """Ask for the page and receive it."""
        await self._rerun(ClientState(page_name="assess"))

    async def tick(self) -> bool:
        """Toggle one of the conditions shown; False where there is none."""
        if not self._boxes:
            return False
        box = self._random.choice(list(self._boxes))
        self._boxes[box] = not self._boxes[box]
        ticked = self._boxes[box]
        await self._rerun(ClientState(fragment_id=self._fragment))
        self.ticked[_key(box).removeprefix(_BOX)] = ticked
        return True

    async def go_on(self) -> None:
        """Mark the item as reviewed and go to the next."""
        left = self._item
        state = ClientState(fragment_id=self._walk)
        state.widget_states.widgets.add(id=self._on, trigger_value=True)
        await self._rerun(state)
        self.reviewed.add(left)

    async def _rerun(self, state: ClientState) -> None:
        """Send a request to run the page, or one fragment of it, and read until it has run."""
        state.query_string = self._query
        state.page_script_hash = self._page
        for box, ticked in self._boxes.items():
            state.widget_states.widgets.add(id=box, bool_value=ticked)
        await self._socket.send(BackMsg(rerun_script=state).SerializeToString())
        async with asyncio.timeout(_PATIENCE):
            ticked = state.fragment_id == self._fragment != ""
            while not self._read(await self._socket.recv(decode=False), ticked):
                pass
        if not self._item:
            raise RuntimeError("the page that came shows no item")

    def _read(self, frame: bytes, ticked: bool) -> bool:
        """Take in one message; True when it says that the script has ended.

        ticked: whether the item stays as it is drawn.
        """
        message = ForwardMsg.FromString(frame)
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._see(message.delta)
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
        elif kind == "new_session" and not ticked:
            self._item = ""
            self._boxes = {}
        return kind == "script_finished" and message.script_finished in _ENDS

    def _see(self, delta: Delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "checkbox" and _key(element.checkbox.id).startswith(_BOX):
            box = element.checkbox
            self._fragment = delta.fragment_id
            if not box.disabled:
                known = self._boxes.get(box.id, box.default)
                self._boxes[box.id] = box.value if box.set_value else known
        elif kind == "button" and _key(element.button.id) == _ON:
            self._on = element.button.id
            self._walk = delta.fragment_id
        elif kind == "button_group" and _key(element.button_group.id).startswith(_MARKS):
            self._item = _key(element.button_group.id).removeprefix(_MARKS)


def _key(widget_id: str) -> str:
    """The key a widget was given by the page: `$$ID-hash-key`."""
    return widget_id.split("-", 2)[-1]


@asynccontextmanager
async def connected(
    address: str, cookie: str = "", trusted: SSLContext | None = None
) -> AsyncIterator[ClientConnection]:
    """The connection of a page. address: of the server, `http://…`. cookie: of its browser."""
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    async with connect(
        stream,
        origin=Origin(address),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={"Cookie": cookie} if cookie else None,
        ssl=trusted,
        max_size=None,
    ) as socket:
        yield socket


@asynccontextmanager
async def visiting(address: str, assessment_id: str, random: Random) -> AsyncIterator[Visitor]:
    """A participant with the page of an assessment open.

    address: of the server, `http://…`.
    """
    async with connected(address) as socket:
        visitor = Visitor(socket, assessment_id, random)
        await visitor.open()
        yield visitor
