"""The connection to PostgreSQL: pooled, never waited for long, and its refusals in plain words."""

import contextlib
import json
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    DisconnectionError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
    TimeoutError,
)

from state.storage.deadline import current_call
from state.storage.repository import Unavailable

_SCHEMES = ("postgresql", "postgresql+psycopg")

_PATIENCE = {
    "connect_timeout": 5,
    "tcp_user_timeout": 3000,
    "keepalives_idle": 3,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "options": "-c statement_timeout=3000",
}
"""A few seconds for everything; an address may carry other values for any of them.

Of what waits for a lock the database itself says so, before it is given up for silent; see
`deadline`.
"""

SILENCE = "暂时连不上数据库，或它没有及时回应，请稍后再试"

_log = logging.getLogger(__name__)


def connect(address: str) -> Engine:
    """A pool for a `postgresql://` address; connects when it is first used.

    Raises: Unavailable for text that is no such address.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in _SCHEMES:
        raise Unavailable("数据库地址的写法不对，应为 postgresql://用户:密码@主机/数据库")
    patience = {name: value for name, value in _PATIENCE.items() if name not in url.query}
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        # Prepared statements would not survive a migration, nor a pooler in front.
        connect_args={**patience, "prepare_threshold": None},
        pool_timeout=3,
        hide_parameters=True,
        json_serializer=partial(json.dumps, ensure_ascii=False),
    )
    event.listen(engine, "checkout", partial(_taken, engine))
    event.listen(engine, "checkin", _given_back)
    return engine


def _taken(engine: Engine, connection: Any, *_: object) -> None:
    """Ask a connection whether it still is one, as the pool would, but where it can be cut off.

    Raises: DisconnectionError, and the pool takes another; Unavailable.
    """
    call = current_call()
    if call:
        call.hold(partial(_cut, connection))
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error


def _given_back(*_: object) -> None:
    """Before anybody else can take the connection."""
    call = current_call()
    if call:
        call.release()


def _cut(connection: Any) -> None:
    """End a connection from outside of the thread that waits for it, which hears of it at once."""
    with (
        contextlib.suppress(Exception),  # closed already
        socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM) as copy,
    ):
        copy.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def refusals() -> Iterator[None]:
    """Say in the user's words what the database refuses; the log has its own. Raises: Unavailable.

    The words name neither address nor content.
    """
    try:
        yield
    except (DataError, UnicodeError) as error:
        raise Unavailable("内容中有数据库不能保存的字符") from error
    except (OperationalError, InterfaceError, TimeoutError) as error:
        _log.warning("The database does not answer: %s", _cause(error))
        raise Unavailable(SILENCE) from error
    except SQLAlchemyError as error:
        _log.error("The database refuses: %s", _cause(error))
        raise Unavailable("数据库拒绝了这次操作，请告诉管理员查看日志") from error


def _cause(error: SQLAlchemyError) -> str:
    """What the database says, without the row it may quote."""
    if not isinstance(error, DBAPIError):
        return str(error)
    diagnosis = getattr(error.orig, "diag", None)
    return getattr(diagnosis, "message_primary", None) or str(error.orig)


Connecting = Callable[[], AbstractContextManager[Connection]]
"""Opens a transaction on a database that is ready for use. Raises: Unavailable."""
