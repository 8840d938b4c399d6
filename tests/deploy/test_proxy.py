"""The proxy's example writes down nothing that somebody may have typed into an address."""

from __future__ import annotations

import re

from tests.support.databases import ROOT

SETTINGS = (ROOT / "deploy/nginx/portal.conf").read_text(encoding="utf-8")
# Variables of nginx that hold what the visitor wrote: the whole line, the query, where she came from, cookies, forms.
TYPED = (
    "$request ",
    "$request_uri",
    "$args",
    "$query_string",
    "$http_",
    "$request_body",
    "$cookie_",
    "$arg_",
)


def test_the_access_log_has_neither_query_nor_origin() -> None:
    found = re.search(r"log_format portal '([^']*)'", SETTINGS)
    assert found
    assert [name for name in TYPED if name in found[1] + " "] == []
    assert "$uri" not in found[1]


def test_every_access_log_is_that_one_or_none() -> None:
    logs = re.findall(r"access_log ([^;]+);", SETTINGS)
    assert len(logs) >= 3
    assert {log for log in logs if log != "off"} == {"/var/log/nginx/portal.log portal"}
    assert SETTINGS.index("access_log off") < SETTINGS.index("return 301")


def test_errors_of_single_requests_are_not_written() -> None:
    assert re.findall(r"error_log \S+ (\w+);", SETTINGS) == ["crit"]


def test_an_upload_is_not_buffered_and_a_check_is_not_logged() -> None:
    upload = SETTINGS[SETTINGS.index("/meja/daftar/baru$") :]
    assert "proxy_request_buffering off;" in upload[: upload.index("}")]
    check = SETTINGS[SETTINGS.index("/cek") :]
    assert "access_log off;" in check[: check.index("}")]
