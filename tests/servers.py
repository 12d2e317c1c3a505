"""Debian's PostgreSQL, started by the tests themselves."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString
from uuid import uuid4

import psycopg
from psycopg import sql

USER = "postgres"
"""Who may do everything in the database; as root also who runs it, because it refuses root."""

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
fsync = off
"""


@dataclass(frozen=True)
class PostgresServer:
    """One server, reached through a socket in its folder: stopped and started, its address stays."""

    folder: Path

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def start(self) -> None:
        self._run("pg_ctl", "start", "--wait", "--log", str(self.folder / "log"))

    def stop(self, mode: str = "fast") -> None:
        """`fast` ends every connection; `immediate` is as if the power went."""
        self._run("pg_ctl", "stop", "--wait", "--mode", mode)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Every process of it stopped in its tracks: connections stay, and nothing answers."""
        first = int((self._data / "postmaster.pid").read_text().split()[0])
        processes = [first, *_children(first)]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    @contextmanager
    def database(self, name: str = "", template: str = "template1") -> Iterator[str]:
        """The address of a database that is like the template, dropped afterwards."""
        name = name or f"test_{uuid4().hex}"
        create, drop = "CREATE DATABASE {} TEMPLATE {}", "DROP DATABASE {} WITH (FORCE)"
        self._administer(create, name, template)
        try:
            yield self.url(name)
        finally:
            self._administer(drop, name)

    def empty(self, address: str) -> None:
        """Take everything out of a database that has its tables, whoever still uses it."""
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            tables = connection.execute(
                "SELECT tablename FROM pg_tables"
                " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            ).fetchall()
            for (table,) in tables:
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))

    def _administer(self, command: LiteralString, *names: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql.SQL(command).format(*map(sql.Identifier, names)))

    def initialise(self) -> None:
        self._run("initdb", "--username", USER, "--encoding=UTF8", "--locale=C", "--no-sync")
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS.format(folder=self.folder))

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, program: str, *arguments: str) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
        # Output goes to a file: a server that inherits a pipe would keep it open for ever.
        with (self.folder / "output").open("w+") as output:
            done = subprocess.run(
                [found[-1], "--pgdata", self._data, *arguments],
                stdout=output,
                stderr=output,
                check=False,
                cwd=self.folder,
                user=USER if os.geteuid() == 0 else None,
                group=USER if os.geteuid() == 0 else None,
                extra_groups=[] if os.geteuid() == 0 else None,
            )
            output.seek(0)
            assert done.returncode == 0, output.read()


def _children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(process) for process in found]


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A running server in a short-lived folder, gone with all its databases afterwards.

    Not in pytest's folder: that is closed to the user who runs the server, and sockets need
    short paths.
    """
    with tempfile.TemporaryDirectory(prefix="anbiao-postgres-") as name:
        server = PostgresServer(Path(name))
        if os.geteuid() == 0:
            shutil.chown(name, USER)
        server.initialise()
        server.start()
        try:
            yield server
        finally:
            if (server.folder / "data" / "postmaster.pid").exists():
                server.stop("immediate")
