"""The shape of the database: brought up to date on command, and checked before use."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select, text

from state.storage.database import connect, refusals
from state.storage.repository import Unavailable

_FOLDER = Path(__file__).parent / "migrations"

_TURN = 0x616E6269616F
"""Number of the lock under which servers starting at once take turns."""


def migrate(address: str) -> str:
    """Bring a database to the newest revision, all or nothing, and return its name.

    Raises: Unavailable.
    """
    engine = connect(address)
    with refusals(), engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(select(func.pg_advisory_xact_lock(_TURN)))
        _refuse_later(connection)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
    return _newest()


def require_newest(connection: Connection) -> None:
    """Refuse a database of another revision. Raises: Unavailable, saying what to do."""
    _refuse_later(connection)
    found = _found(connection)
    if found != _newest():
        raise Unavailable(
            f"数据库还没有升级（现为 {found or '空'}，需要 {_newest()}）。"
            "请管理员运行 python -m state migrate"
        )


def _refuse_later(connection: Connection) -> None:
    """Raises: Unavailable for a revision that this program does not know."""
    found = _found(connection)
    known = {script.revision for script in _scripts().walk_revisions()}
    if found is not None and found not in known:
        raise Unavailable(f"数据库已由更新版本的安标自评升级（{found}），请先升级本程序")


def _found(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _newest() -> str:
    return str(_scripts().get_current_head())


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
