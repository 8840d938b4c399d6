"""Five hundred people on a published list, found and not found: no answer, sheet, counter or cache holds anything of them."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from flask import Flask

from tests.registry.conftest import Stage
from tests.registry.people import Somebody
from tests.registry.trace import routes
from tests.registry.trace.canaries import PEOPLE
from tests.registry.trace.conftest import Said
from tests.registry.trace.places import all_traces, cookie_traces
from tests.registry.trace.searching import traces, traces_in_files
from tests.support.applications import build_app, close_app
from tests.support.databases import Urls
from tests.support.server import free_port

ADDRESSES = ("/cek", "/en/cek")


@pytest.fixture
def listed(stage: Stage, tmp_path: Path) -> None:
    """The list of all canaries, published; its file is the office's and gone."""
    stage([*PEOPLE], publish=True)
    for path in tmp_path.glob("list-*.csv"):
        path.unlink()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[redis.Redis]:
    """A Redis of the test's own, which writes its contents plainly to a file when asked."""
    program, port = shutil.which("redis-server"), free_port()
    assert program, "redis-server is missing: deploy/setup/system.sh test installs it"
    folder = tmp_path / "redis"
    folder.mkdir()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    server = subprocess.Popen([*command, "--rdbcompression", "no"], stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port)
    for _attempt in range(200):
        try:
            client.ping()
            break
        except redis.ConnectionError:
            time.sleep(0.05)
    yield client
    client.close()
    server.terminate()
    server.wait()


def ask_all(app: Flask) -> tuple[Counter[int], set[str]]:
    """Ask for everybody, rightly, wrongly and with slips; statuses, and traces in what isn't a form of one's own."""
    statuses: Counter[int] = Counter()
    shown: set[str] = set()
    for at, person in enumerate(PEOPLE):
        client = app.test_client()
        place = f"198.51.{at % 200}.{at // 200 + 1}"
        address, headers = (
            ADDRESSES[at % 2],
            routes.headers(person) | ({"HX-Request": "true"} if at % 3 else {}),
        )
        for typed in _attempts(person, at):
            answer = client.post(
                address, data=typed, headers=headers, environ_overrides={"REMOTE_ADDR": place}
            )
            statuses[answer.status_code] += 1
            if answer.status_code == 200:
                shown |= traces(answer.data) | traces(repr(answer.headers)) | cookie_traces(app, client)
    return statuses, shown


def _attempts(person: Somebody, at: int) -> list[dict[str, str]]:
    right = {"nik": person.nik, "nama": person.name}
    wrong = [{**right, "nama": "Budi Santoso"}, {**right, "nik": person.nik[:12] + "0000"}]
    slips = [{**right, "nik": person.nik[:15]}, {**right, "nama": ""}, {"nik": person.nik}]
    return [right, wrong[at % 2], slips[at % 3]]


def test_no_check_leaves_or_tells_anything(
    content: Flask, listed: None, temporary: Path, tmp_path: Path, said: Said
) -> None:
    statuses, shown = ask_all(content)
    # So many misses from so many places brake the portal: some are asked for a proof.
    assert {200, 422} <= set(statuses) <= {200, 422, 429}
    assert statuses[200] > 100
    visitor, last = content.test_client(), PEOPLE[-1]
    many = [visitor.post("/cek", data={"nik": last.nik, "nama": last.name}) for _turn in range(40)]
    assert 429 in {answer.status_code for answer in many} <= {200, 429}
    assert shown == set()
    assert all_traces(content, temporary, tmp_path) == {}
    assert said.traces() == set()


def test_the_sheet_of_an_answer_holds_nothing(content: Flask, listed: None, temporary: Path) -> None:
    one = PEOPLE[7]
    answer = content.test_client().post("/cek", data={"nik": one.nik, "nama": one.name})
    links = re.findall(r'href="(/cek/bukti/[^"]+)"', answer.text)
    assert links
    kinds = set()
    for link in links:
        sheet = content.test_client().get(link)
        kinds.add(sheet.mimetype)
        assert sheet.status_code == 200
        assert traces(sheet.data) | traces(link) | traces(repr(sheet.headers)) == set()
    assert "application/pdf" in kinds
    assert all_traces(content, temporary) == {}


def test_what_workers_share_in_redis_holds_nothing(
    urls: Urls, content: Flask, listed: None, store: redis.Redis, temporary: Path, tmp_path: Path
) -> None:
    port = store.connection_pool.connection_kwargs["port"]
    app = build_app(tmp_path / "instance", urls, PORTAL_REDIS_URL=f"redis://127.0.0.1:{port}/0")
    with app.app_context():
        visitor = app.test_client()
        for person in PEOPLE[:60]:
            visitor.post(
                "/cek", data={"nik": person.nik, "nama": "Budi Santoso"}, headers=routes.headers(person)
            )
        time.sleep(1.1)
        visitor.post("/cek", data={"nik": PEOPLE[60].nik, "nama": PEOPLE[60].name})
    store.save()
    kept = [key + b"=" + (store.dump(key) or b"") for key in store.scan_iter()]
    close_app(app)
    assert kept
    assert traces(b"\n".join(kept)) == set()
    assert traces_in_files(tmp_path) | all_traces(content, temporary) == {}
