"""Kept pages: rendered once per content number, never served when outdated."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import brotli
import pytest
from werkzeug.test import Client

from portal.core.assets import Assets
from portal.core.pagecache import ENTRY_OVERHEAD, PageCache
from portal.core.pages import KEEP


class Number:
    """A watch whose number the test sets."""

    def __init__(self) -> None:
        self.value: int | None = 1

    def number(self) -> int | None:
        return self.value


class Application:
    """Counts how often it renders."""

    def __init__(self) -> None:
        self.rendered = 0
        self.keep = True
        self.status = "200 OK"
        self.padding = ""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Like Flask: no body where HEAD asked."""
        self.rendered += 1
        if self.keep:
            environ[KEEP] = True
        start_response(self.status, [("Content-Type", "text/html; charset=utf-8"), ("X-Test", "1")])
        if environ["REQUEST_METHOD"] == "HEAD":
            return []
        return [f"{environ['PATH_INFO']} {self.rendered} {self.padding}".encode()]


@pytest.fixture
def parts(tmp_path: Path) -> tuple[Application, Number, PageCache, Client]:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "a.js").write_text("let a = 1;\n" * 50)
    application, number = Application(), Number()
    cache = PageCache(application, number, Assets(tmp_path), capacity=5 * (ENTRY_OVERHEAD + 1_000))
    return application, number, cache, Client(cache)


Parts = tuple[Application, Number, PageCache, Client]


def test_a_page_is_rendered_once_and_then_answered_from_what_is_kept(parts: Parts) -> None:
    application, _number, _cache, client = parts
    bodies = {client.get("/a").get_data() for _ in range(5)}
    assert (application.rendered, bodies) == (1, {b"/a 1 "})


def test_a_publication_makes_the_kept_page_outdated_at_once(parts: Parts) -> None:
    application, number, _cache, client = parts
    before = client.get("/a").get_data()
    number.value = 2
    after = client.get("/a").get_data()
    assert (before, after, application.rendered) == (b"/a 1 ", b"/a 2 ", 2)


def test_nothing_is_kept_while_the_database_does_not_tell_its_number(parts: Parts) -> None:
    application, number, _cache, client = parts
    number.value = None
    client.get("/a")
    client.get("/a")
    assert application.rendered == 2


@pytest.mark.parametrize("status", ["404 Not Found", "503 Service Unavailable", "302 Found"])
def test_only_successful_answers_are_kept(parts: Parts, status: str) -> None:
    application, _number, _cache, client = parts
    application.status = status
    assert client.get("/a").status == status
    client.get("/a")
    assert application.rendered == 2


def test_a_view_that_did_not_opt_in_is_asked_each_time(parts: Parts) -> None:
    application, _number, _cache, client = parts
    application.keep = False
    client.get("/cek")
    client.get("/cek")
    assert application.rendered == 2


def test_posts_are_never_kept(parts: Parts) -> None:
    application, _number, _cache, client = parts
    client.post("/a")
    client.post("/a")
    assert application.rendered == 2


@pytest.mark.parametrize(
    "other", [{"query_string": "x=1"}, {"headers": {"HX-Request": "true"}}, {"path": "/en/a"}]
)
def test_address_query_and_fragment_each_have_their_own_entry(parts: Parts, other: dict[str, Any]) -> None:
    application, _number, _cache, client = parts
    client.get("/a")
    client.get(**{"path": "/a", **other})
    assert application.rendered == 2


def test_a_matching_etag_is_answered_with_304_and_no_body(parts: Parts) -> None:
    _application, _number, _cache, client = parts
    first = client.get("/a")
    again = client.get("/a", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert first.headers["Cache-Control"] == "public, no-cache"


def test_each_coding_is_kept_and_marked(parts: Parts) -> None:
    application, _number, _cache, client = parts
    application.padding = "kata " * 200
    brotlied = client.get("/a", headers={"Accept-Encoding": "gzip, deflate, br"})
    gzipped = client.get("/a", headers={"Accept-Encoding": "gzip"})
    assert (brotlied.headers["Content-Encoding"], gzipped.headers["Content-Encoding"]) == ("br", "gzip")
    assert brotli.decompress(brotlied.get_data()).startswith(b"/a 1")
    assert gzip.decompress(gzipped.get_data()).startswith(b"/a 2")
    assert "Accept-Encoding" in brotlied.headers["Vary"]


def test_head_answers_like_get_without_a_body(parts: Parts) -> None:
    _application, _number, _cache, client = parts
    whole, head = client.get("/a"), client.head("/a")
    assert head.get_data() == b""
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(whole.get_data()))


def test_a_page_first_asked_for_by_head_is_kept_whole(parts: Parts) -> None:
    application, _number, _cache, client = parts
    head, whole = client.head("/a"), client.get("/a")
    assert (head.get_data(), whole.get_data(), application.rendered) == (b"", b"/a 1 ", 1)
    assert head.headers["Content-Length"] == str(len(whole.get_data()))


def test_head_of_a_page_that_is_not_kept_has_no_body(parts: Parts) -> None:
    application, _number, _cache, client = parts
    application.keep = False
    assert client.head("/cek", buffered=True).get_data() == b""


@pytest.mark.parametrize("before", ['"a", ', "W/", '"a",W/'])
def test_an_etag_is_known_in_a_list_and_when_a_proxy_made_it_weak(parts: Parts, before: str) -> None:
    _application, _number, _cache, client = parts
    first = client.get("/a")
    again = client.get("/a", headers={"If-None-Match": before + first.headers["ETag"]})
    assert (again.status_code, again.headers["Vary"]) == (304, first.headers["Vary"])


def test_many_addresses_do_not_fill_the_memory(parts: Parts) -> None:
    application, _number, cache, client = parts
    application.padding = "x" * 900
    for number in range(50):
        client.get(f"/page?{number}")
    assert len(cache._entries) == 5
    assert cache._size <= cache._capacity


def test_nothing_of_an_address_stays_in_memory(parts: Parts) -> None:
    _application, _number, cache, client = parts
    assert client.get("/a?nik=6403991202859777" + "x" * 2000).status_code == 200
    (key,) = cache._entries
    assert len(key) == 16
    assert b"640399" not in key


@pytest.mark.parametrize("name", ["HX-Target", "HX-Request", "HX-Boosted"])
def test_a_very_long_header_is_no_way_to_fill_the_memory(parts: Parts, name: str) -> None:
    _application, _number, cache, client = parts
    assert client.get("/a", headers={name: "x" * 2000}).status_code == 200
    assert cache._size < 3000


def test_static_files_are_fingerprinted_compressed_and_immutable(parts: Parts, tmp_path: Path) -> None:
    application, _number, _cache, client = parts
    address = Assets(tmp_path).url("js/a.js")
    answer = client.get(address, headers={"Accept-Encoding": "br"})
    assert brotli.decompress(answer.get_data()).startswith(b"let a")
    assert "immutable" in answer.headers["Cache-Control"]
    assert application.rendered == 0


@pytest.mark.parametrize(
    "path", ["/static/x/../settings.py", "/static/x/js/../../secret", "/static/", "/static/x/no.js"]
)
def test_nothing_but_the_listed_files_is_served(parts: Parts, path: str) -> None:
    application, _number, _cache, client = parts
    client.get(path)
    assert application.rendered == 1
