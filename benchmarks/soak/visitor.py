"""One participant at 逐项自评, without a browser: speaks Streamlit's websocket protocol.

Sends what a browser sends for a tick, a choice of 符合 or 不符合, or a press of a button, reads
every answer of the server and remembers of it only what a next click needs. A browser also reports
the values of the few widgets nobody touches here; the server takes a missing one as unchanged.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random
from ssl import SSLContext

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.Checkbox_pb2 import Checkbox
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

_PATIENCE = 120.0
_TRIED = 15.0
"""Seconds that Streamlit's page gives a connection to open."""

_ENDS = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}
_FINDING, _MARKS, _ON = "finding:", "marks:", "on"
"""Keys of ui/condition_row.py, ui/item_card.py and pages/assess.py: a condition, an item's marks,
and the way on to the next."""


@dataclass(slots=True)
class _Row:
    """A condition on the page. words: of 符合 and 不符合, where it is asked so; a box has none."""

    found: bool
    words: tuple[str, ...] = ()

    def state(self, widget_id: str) -> WidgetState:
        """What a browser says of it."""
        if not self.words:
            return WidgetState(id=widget_id, bool_value=self.found)
        said = WidgetState(id=widget_id)
        said.string_array_value.data.append(self.words[self.found])
        return said


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
        self._rows: dict[str, _Row] = {}
        self._fragment = ""
        self._on = ""
        self._walk = ""
        self._item = ""

    async def open(self) -> None:
        """Ask for the page and receive it."""
        await self._rerun(ClientState(page_name="assess"))

    async def tick(self) -> bool:
        """Say otherwise of one of the conditions shown; False where there is none."""
        if not self._rows:
            return False
        widget = self._random.choice(list(self._rows))
        found = self._rows[widget].found = not self._rows[widget].found
        await self._rerun(ClientState(fragment_id=self._fragment))
        self.ticked[condition_of(widget)] = found
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
        state.widget_states.widgets.extend(row.state(name) for name, row in self._rows.items())
        await self._socket.send(BackMsg(rerun_script=state).SerializeToString())
        async with asyncio.timeout(_PATIENCE):
            while not self._read(ForwardMsg.FromString(await self._socket.recv(decode=False))):
                pass
        self._drawn()

    def _drawn(self) -> None:
        """The page has run. Raises: RuntimeError where it shows something else."""
        if not self._item:
            raise RuntimeError("the page that came shows no item")

    def _read(self, message: ForwardMsg) -> bool:
        """Take in one message; True when it says that the script has ended."""
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._see(message.delta)
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
        elif kind == "new_session":
            drawn_anew = message.metadata.run.fragment_ids
            if not drawn_anew or self._walk in drawn_anew:
                self._item = ""
                self._rows = {}
        return kind == "script_finished" and message.script_finished in _ENDS

    def _see(self, delta: Delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "checkbox" and _key(element.checkbox.id).startswith(_FINDING):
            self._fragment = delta.fragment_id
            self._show(element.checkbox, _Row(_box_ticked(element.checkbox)))
        elif kind == "button" and _key(element.button.id) == _ON:
            self._on = element.button.id
            self._walk = delta.fragment_id
        elif kind == "button_group" and _key(element.button_group.id).startswith(_FINDING):
            self._fragment = delta.fragment_id
            self._show(element.button_group, _asked(element.button_group))
        elif kind == "button_group" and _key(element.button_group.id).startswith(_MARKS):
            self._item = _key(element.button_group.id).removeprefix(_MARKS)

    def _show(self, widget: Checkbox | ButtonGroup, row: _Row) -> None:
        """A condition was drawn; what was clicked stays, unless the server says a value."""
        if not widget.disabled and (widget.set_value or widget.id not in self._rows):
            self._rows[widget.id] = row


def _box_ticked(box: Checkbox) -> bool:
    return bool(box.value if box.set_value else box.default)


def _asked(choice: ButtonGroup) -> _Row:
    """A row of 符合 and 不符合, in this order."""
    words = tuple(option.content for option in choice.options)
    chosen = [*choice.raw_values] if choice.set_value else [words[n] for n in choice.default]
    return _Row(chosen == [words[1]], words)


def condition_of(widget_id: str) -> str:
    """The condition that a row's widget is about."""
    return _key(widget_id).removeprefix(_FINDING)


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
        open_timeout=_TRIED,
        ping_interval=None,  # a browser only answers to the server's
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
