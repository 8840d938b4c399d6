"""Real processes: a server with everything it says, a worker killed in the middle of a list, an import killed as well."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from portal.core.jobs import Job
from portal.extensions import db
from portal.registry.uploads.queries import READ_JOB
from tests.desk.lists.conftest import confirm, listed, upload
from tests.registry.people import BERAU, HEADER
from tests.registry.trace import routes
from tests.registry.trace.canaries import PEOPLE
from tests.registry.trace.places import all_traces
from tests.registry.trace.searching import traces, traces_in_files
from tests.support.databases import PORTAL, ROOT, Urls, environment
from tests.support.mailbox import receiving
from tests.support.server import serving
from tests.support.staff import Cast
from tests.support.workers import Start, start_worker, stop, wait_until

__all__ = ["start_worker"]

COVER = ("--program", BERAU, "--funding", "apbd_regency", "--from", "2026-01", "--to", "2026-12")
# Long enough that a worker is killed while it reads.
ROWS = 60_000


def _ask(address: str, data: dict[str, str] | None, headers: dict[str, str]) -> int:
    body = urllib.parse.urlencode(data).encode() if data else None
    plain = {name: value.encode("ascii", "ignore").decode() for name, value in headers.items()}
    request = urllib.request.Request(address, body, plain)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_served_portal_says_and_keeps_nothing(
    content: Flask, urls: Urls, temporary: Path, tmp_path: Path
) -> None:
    log = tmp_path / "server.log"
    answers = set()
    with receiving() as mailbox:
        env = environment(
            tmp_path / "instance", urls, PORTAL_MAIL_URL=mailbox.url, PORTAL_TRUSTED_PROXIES="1"
        )
        with serving({**env, "TMPDIR": str(temporary)}, log) as address:
            for person in PEOPLE[:60]:
                told, names = routes.headers(person), {"nik": person.nik, "nama": person.name}
                query = urllib.parse.urlencode({"q": person.name, **names})
                answers |= {
                    _ask(f"{address}/cek", names, told),
                    _ask(f"{address}/cek?{query}", names, told),
                    _ask(f"{address}/cari?q={person.nik}", None, told),
                    _ask(f"{address}/{person.nik}", None, told),
                    _ask(f"{address}/meja/masuk", {"email": "a@portal.test", "sandi": person.nik}, told),
                    _ask(f"{address}/meja/sandi/lupa", {"email": f"{person.nik}@portal.test"}, told),
                }
        letters = [str(letter) for _to, letter in mailbox.letters]
    assert answers >= {200, 404}
    assert 500 not in answers
    assert traces("".join(letters)) == set()
    assert traces(log.read_bytes()) == set()
    assert all_traces(content, temporary) == {}


def test_a_worker_killed_while_it_reads_leaves_nothing(
    content: Flask, cast: Cast, start_worker: Start, temporary: Path, tmp_path: Path
) -> None:
    many = listed(*(PEOPLE[row % len(PEOPLE)] for row in range(ROWS)))
    number = upload(cast.registrar, many, name=f"{PEOPLE[0].nik} {PEOPLE[0].name}.csv")
    assert confirm(cast.registrar, number).status_code == 303
    first = start_worker(TMPDIR=str(temporary))
    wait_until(lambda: _state(content) == "running", "the list being read")
    time.sleep(0.2)
    # Held still in the middle of a list, so that there is time to look.
    first.send_signal(signal.SIGSTOP)
    found = traces_in_files(tmp_path) | all_traces(content, temporary)
    first.send_signal(signal.SIGKILL)
    assert first.wait() == -signal.SIGKILL
    assert _state(content) == "running"
    assert found | traces_in_files(tmp_path) | all_traces(content, temporary) == {}
    _expire(content)
    second = start_worker(TMPDIR=str(temporary))
    wait_until(lambda: _state(content) == "done", "the list read again")
    assert stop(second) == 0
    assert traces_in_files(tmp_path) | all_traces(content, temporary) == {}


def _state(app: Flask) -> str:
    with app.app_context():
        state = db.session.scalars(select(Job.state).where(Job.name == READ_JOB)).one()
        db.session.remove()
    return state


def _expire(app: Flask) -> None:
    """Let the dead worker's hold on its job end now."""
    with app.app_context():
        for job in db.session.scalars(select(Job).where(Job.state == "running")):
            job.lease_until = None if job.lease_until is None else job.lease_until.replace(year=2020)
        db.session.commit()
        db.session.remove()


def test_an_import_killed_at_any_moment_leaves_nothing(
    content: Flask, urls: Urls, temporary: Path, tmp_path: Path
) -> None:
    path = tmp_path / "given" / "list.csv"
    path.parent.mkdir()
    lines = (PEOPLE[row % len(PEOPLE)].line for row in range(ROWS))
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    env = {**os.environ, **environment(tmp_path / "instance", urls), "TMPDIR": str(temporary)}
    for after in (0.0, 0.3, 0.8):
        log = tmp_path / f"import-{after}.log"
        with log.open("wb") as out:
            command = [PORTAL, "registry", "import", str(path), *COVER]
            reading = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
            wait_until(_has_open(reading.pid, path), "the list being read")
            time.sleep(after)
            reading.send_signal(signal.SIGKILL)
            reading.wait()
        assert traces(log.read_bytes()) == set()
        assert all_traces(content, temporary) == {}


def _has_open(process: int, path: Path) -> Callable[[], bool]:
    def look() -> bool:
        try:
            return any(os.readlink(link) == str(path) for link in Path(f"/proc/{process}/fd").iterdir())
        except OSError:
            return False

    return look
