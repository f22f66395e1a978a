"""A PostgreSQL of the tests' own: of Debian's package, in a temporary folder, on loopback, as an ordinary user."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.config.postgres import Postgres

USER = "quanzi"
_DEBIAN = Path("/usr/lib/postgresql")
_ORDINARY = "nobody"
_READY_WITHIN = 60  # seconds, on a machine that does much else
_HOSTS = "local all all trust\nhost all guarded 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"


def programs() -> Path | None:
    """The folder with initdb and postgres; None where there is none."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).parent
    versions = sorted(_DEBIAN.glob("[0-9]*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    return versions[-1].parent if versions else None


@dataclass
class Server:
    """One server. It may be ended and started again, with what it held."""

    programs: Path
    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    made: int = field(default=0)

    def start(self) -> None:
        for _ in range(5):
            self.port = self.port or free_port()
            command = [self.programs / "postgres", "-D", self.folder / "data", "-h", "127.0.0.1", "-p", str(self.port)]
            more = ["-k", self.folder, "-F", "-c", "shared_buffers=16MB", "-c", "max_connections=40"]
            with (self.folder / "log").open("ab") as log:
                self.process = subprocess.Popen([*command, *more], stdout=log, stderr=log, cwd="/", **_ordinary())
            if self._is_ready():
                return
            self.port = 0
        raise RuntimeError((self.folder / "log").read_text("utf-8", "replace"))

    def stop(self) -> None:
        """At once: connections are cut."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)
            self.process = None

    def put(self, file: Path, name: str) -> None:
        """A copy of a file into the server's own folder, where it alone may read it."""
        copy = self.folder / "data" / name
        shutil.copyfile(file, copy)
        if os.geteuid() == 0:
            shutil.chown(copy, _ORDINARY)
        copy.chmod(0o600)

    def database(self, more: str = "") -> Postgres:
        """A new, empty database; ``more`` is put behind the statement that makes it."""
        self.made += 1
        name = f"quanzi_{self.made}"
        self.run(f"CREATE DATABASE {name} {more}")
        return self.place(name)

    def place(self, name: str, user: str = USER, **more: Any) -> Postgres:
        return Postgres(address=f"postgresql://{user}@127.0.0.1:{self.port}/{name}", **more)

    def drop(self, place: Postgres) -> None:
        self.run(f"DROP DATABASE IF EXISTS {place.address.rpartition('/')[2]} WITH (FORCE)")

    def run(self, query: str, name: str = "postgres") -> list[tuple[Any, ...]]:
        """What a statement of the test's own finds."""
        return rows(self.place(name), query)

    def _is_ready(self) -> bool:
        import psycopg

        assert self.process is not None
        ends = time.monotonic() + _READY_WITHIN
        while time.monotonic() < ends and self.process.poll() is None:
            try:
                self.run("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return True
        return False


def rows(place: Postgres, query: str) -> list[tuple[Any, ...]]:
    """What a statement of the test's own finds in a database."""
    import psycopg

    with psycopg.connect(place.address, autocommit=True) as connection:
        found = connection.execute(query)
        return found.fetchall() if found.description else []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(where: Path) -> Iterator[Server]:
    """A new server of the programs in ``where``, running; nothing of it is left behind."""
    folder = Path(tempfile.mkdtemp(prefix="quanzi-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _ORDINARY)
        make = [where / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "--no-sync"]
        told = ["--locale=C", "--encoding=UTF8"]
        subprocess.run([*make, *told], check=True, capture_output=True, cwd="/", **_ordinary())
        (folder / "data/pg_hba.conf").write_text(_HOSTS)
        server = Server(programs=where, folder=folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ordinary() -> Mapping[str, Any]:
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": _ORDINARY, "group": "nogroup", "extra_groups": []}
