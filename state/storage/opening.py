"""Which place keeps the assessments: a folder or a database."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from schemes.paths import data_folder
from state.storage.folder import TinyRepository
from state.storage.repository import Repository, Unavailable

if TYPE_CHECKING:
    from state.storage.postgres import PostgresRepository

Storage: TypeAlias = "TinyRepository | PostgresRepository"

DATABASE_URL = "ANBIAO_DATABASE_URL"


def open_repository(environ: Mapping[str, str]) -> Repository:
    """The database that ANBIAO_DATABASE_URL names, or the data folder.

    Raises: Unavailable when that is no address, or what it needs is not installed.
    """
    address = environ.get(DATABASE_URL)
    return _database(address) if address else TinyRepository(data_folder())


def is_database(place: str) -> bool:
    """Whether it is an address and no folder."""
    return "://" in place


def open_storage(place: str) -> Storage:
    """The place of an address or a folder. Raises: Unavailable as `open_repository` does."""
    return _database(place) if is_database(place) else TinyRepository(Path(place))


def _database(address: str) -> "PostgresRepository":
    try:  # SQLAlchemy only where it is needed: most keep their assessments in a folder
        from state.storage.postgres import PostgresRepository

        return PostgresRepository(address)
    except ImportError as error:
        raise Unavailable(
            "使用数据库需要另装组件：pip install -r requirements-postgres.txt"
        ) from error
