"""Databases for tests: a template per stage is built once a run, and each test gets a copy of its own.

Stages, each on top of the one before: `blank` (migrated), `areas` (areas and rules), `starter` (the published facts).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

ROOT = Path(__file__).resolve().parents[2]
PORTAL = Path(sys.executable).with_name("portal")
POSTGRES = "PORTAL_TEST_POSTGRES"
STAGES: dict[str, tuple[tuple[str, ...], ...]] = {
    "blank": (("db", "upgrade"),),
    "areas": (("areas", "load"), ("rules", "load")),
    "starter": (("data", "load", "data/starter"),),
}
NAMES = ("content", "registry")


@dataclass(frozen=True)
class Urls:
    """The addresses of one pair of databases."""

    content: str
    registry: str


def environment(instance: Path, urls: Urls, **extra: str) -> dict[str, str]:
    """The portal's settings for one pair of databases, in a folder of their own."""
    return {
        "PORTAL_INSTANCE": str(instance),
        "PORTAL_DATABASE_URL": urls.content,
        "PORTAL_REGISTRY_URL": urls.registry,
        "PORTAL_SECRET_KEY": "test-secret-key-that-is-long-enough",
        "PORTAL_REGISTRY_KEY": "test-registry-key-that-is-long-enough",
        "PORTAL_BASE_URL": "http://portal.test",
        **extra,
    }


def run_portal(*arguments: str, env: dict[str, str], check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run the portal's command line as a user would, in a process of its own."""
    done = subprocess.run(
        [PORTAL, *arguments], cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, timeout=300
    )
    if check and done.returncode:
        raise AssertionError(f"portal {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
    return done


class Backend(Protocol):
    """One kind of database server."""

    def make(self, name: str, *, source: str | None) -> Urls:
        """A pair of databases called `name`, empty or a copy of the pair `source`."""

    def drop(self, name: str) -> None:
        """Remove the pair, whoever is still connected."""


class Sqlite:
    """Two files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, name: str, *, source: str | None) -> Urls:
        """See Backend."""
        folder = self._folder / name
        if source:
            shutil.copytree(self._folder / source, folder)
        else:
            folder.mkdir(parents=True)
        return Urls(*(f"sqlite:///{folder / database}.sqlite3" for database in NAMES))

    def drop(self, name: str) -> None:
        """See Backend."""
        shutil.rmtree(self._folder / name)


class Postgres:
    """Two databases on the server at PORTAL_TEST_POSTGRES."""

    def __init__(self, url: str, run: str) -> None:
        self._url = make_url(url)
        self._run = run

    def make(self, name: str, *, source: str | None) -> Urls:
        """See Backend. A lock that does not come within five seconds is an error, not a test that hangs."""
        for database in NAMES:
            statement = sql.SQL("CREATE DATABASE {}").format(self._identifier(name, database))
            if source:
                # Copied as files: twice as fast as block by block, where nothing is forced to disk.
                copied = sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY")
                statement += copied.format(self._identifier(source, database))
            self._execute(statement)
        query = {**self._url.query, "options": "-c lock_timeout=5000"}
        urls = (self._url.set(database=self._name(name, database), query=query) for database in NAMES)
        return Urls(*(url.render_as_string(hide_password=False) for url in urls))

    def drop(self, name: str) -> None:
        """See Backend."""
        for database in NAMES:
            statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            self._execute(statement.format(self._identifier(name, database)))

    def _name(self, name: str, database: str) -> str:
        return f"portal_{self._run}_{name}_{database}".replace("-", "_").lower()

    def _identifier(self, name: str, database: str) -> sql.Identifier:
        return sql.Identifier(self._name(name, database))

    def _execute(self, statement: sql.Composable) -> None:
        url = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)


class Databases:
    """Templates and copies on one backend, shared by the workers of a run through `folder`."""

    def __init__(self, backend: Backend, folder: Path, worker: str) -> None:
        self._backend = backend
        self._folder = folder
        self._worker = worker
        self._numbers = count(1)

    @contextmanager
    def copy(self, stage: str) -> Iterator[Urls]:
        """A pair of databases at `stage`, for the caller alone."""
        self._template(stage)
        name = f"{self._worker}-{next(self._numbers)}"
        try:
            yield self._backend.make(name, source=stage)
        finally:
            self._backend.drop(name)

    def _template(self, stage: str) -> None:
        stages = list(STAGES)
        former = stages[stages.index(stage) - 1] if stage != stages[0] else None
        if former:
            self._template(former)
        self._folder.mkdir(parents=True, exist_ok=True)
        done = self._folder / f"{stage}.done"
        with (self._folder / f"{stage}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if done.exists():
                return
            self._build(stage, former)
            done.touch()

    def _build(self, stage: str, former: str | None) -> None:
        urls = self._backend.make(stage, source=former)
        try:
            for command in STAGES[stage]:
                run_portal(*command, env=environment(self._folder / "instance", urls))
        except BaseException:
            # The next test that needs this stage starts from nothing and tells the same fault.
            self._backend.drop(stage)
            raise


def backend_names() -> list[str]:
    """The databases this run covers; PostgreSQL where an address is given."""
    return ["sqlite", *(["postgresql"] if os.environ.get(POSTGRES) else [])]


def open_databases(name: str, folder: Path, worker: str) -> Databases:
    """The databases of one backend; `folder` is the same for all workers of a run."""
    if name == "sqlite":
        return Databases(Sqlite(folder / name), folder / name, worker)
    run = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
    return Databases(Postgres(os.environ[POSTGRES], run), folder / name, worker)
