"""Pages and the check against a hello-world route of the same server."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from benchmarks.measure import Row
from benchmarks.server import requests_per_second, served, worker_megabytes

PAGE = "/wilayah/berau"
HEAVIEST = "/wilayah/penajam-paser-utara"
DOCUMENT = "/unduh/wilayah/penajam-paser-utara.pdf"
MEMORY_LIMIT = 150.0
# Every region with a programme in turn: some have one line, some fifteen.
ROUND = """
local paths = {%s}
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", "/_fresh/wilayah/" .. paths[n %% #paths + 1])
end
"""
# Each request asks for another number, from another address: nobody is slowed down, and every answer is looked up.
CHECK = """
local n = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
request = function()
  n = n + 1
  wrk.headers["X-Forwarded-For"] = string.format("10.%d.%d.%d", math.random(0, 255), math.random(0, 255), n % 250 + 1)
  local nik = string.format("640399%06d%04d", 100150 + n % 600000, 9000 + n % 1000)
  return wrk.format(nil, nil, nil, "nik=" .. nik .. "&name=Aminah")
end
"""


def rows(env: dict[str, str]) -> list[Row]:
    """Requests per second of each kind beside hello world, and a worker's memory after all of it."""
    # Thousands of misses a second would brake the portal, and the answer would be a price; counted they are all the same.
    settings = {"PORTAL_TRUSTED_PROXIES": "1", "PORTAL_CHECK_ALLOWANCE": "99999"}
    with served({**env, **settings}) as (address, process):
        requests_per_second(address + PAGE, 1)
        hello = requests_per_second(address + "/_hello")
        kept = requests_per_second(address + PAGE)
        fresh = requests_per_second(address, script=ROUND % ", ".join(f'"{slug}"' for slug in _regions(env)))
        heaviest = requests_per_second(address + "/_fresh" + HEAVIEST)
        requests_per_second(address + DOCUMENT, 2)
        document = requests_per_second(address + DOCUMENT)
        check = requests_per_second(address + "/cek", script=CHECK)
        hello = (hello + requests_per_second(address + "/_hello")) / 2
        memory = worker_megabytes(process)
    return [
        Row("kept region page", kept, "hello world", hello, "requests/s", 1.5),
        Row("fresh region page, all in turn", fresh, "400 a second on two cores", 400, "requests/s", 1.0),
        Row("fresh region page, all in turn", fresh, "hello world", hello, "requests/s", None),
        Row("fresh region page, the heaviest", heaviest, "hello world", hello, "requests/s", None),
        Row("check, number unknown", check, "hello world", hello, "requests/s", 0.15),
        Row("kept PDF", document, "1,000 a second", 1000, "requests/s", 1.0),
        Row("memory of a worker", memory, "150 MB", MEMORY_LIMIT, "MB", 1.0, at_least=False),
    ]


def _regions(env: dict[str, str]) -> list[str]:
    """Slugs of the regions that have a programme."""
    query = (
        "SELECT DISTINCT slug FROM regions JOIN programs ON programs.region_code = regions.code ORDER BY slug"
    )
    with closing(sqlite3.connect(Path(env["PORTAL_INSTANCE"]) / "portal.sqlite3")) as connection:
        return [slug for (slug,) in connection.execute(query)]
