"""Every link of the site resolves, on every page that can be reached from the home page, in both languages."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

from flask import Flask

from tests.support.pages import Page

HOME = "http://portal.test"
# Filters and pages of lists combine without end, and a PDF takes a while; a few of each are enough.
MOST_QUERIES = 12
MOST_DOCUMENTS = 6
WELL_FORMED = re.compile(
    r"https?://[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(/\S*)?$|mailto:\S+@\S+$|tel:\+?[0-9-]+$", re.I
)


class Crawl:
    """Follows every link inside the portal once and remembers what is wrong."""

    def __init__(self, site: Flask) -> None:
        self._visitor = site.test_client()
        self._waiting: deque[tuple[str, str]] = deque()
        self._known: set[str] = set()
        self._seen: dict[str, int] = {}
        self._anchors: dict[str, set[str]] = {}
        self._wanted: list[tuple[str, str, str]] = []
        self.faults: list[str] = []

    def run(self, *starts: str) -> int:
        """Crawl from these addresses; returns how many pages were seen."""
        for start in starts:
            self._note(start, "start")
        while self._waiting:
            self._visit(*self._waiting.popleft())
        for address, anchor, source in self._wanted:
            if address in self._anchors and anchor not in self._anchors[address]:
                self.faults.append(f"{source}: {address} has no #{anchor}")
        return len(self._known)

    def _note(self, address: str, source: str) -> None:
        if address in self._known or self._is_enough(address):
            return
        self._known.add(address)
        self._waiting.append((address, source))

    def _is_enough(self, address: str) -> bool:
        path, _, query = address.partition("?")
        if path.endswith(".pdf"):
            kind, most = path.rsplit("/", 1)[0], MOST_DOCUMENTS
        elif query:
            kind, most = path, MOST_QUERIES
        else:
            return False
        self._seen[kind] = self._seen.get(kind, 0) + 1
        return self._seen[kind] > most

    def _visit(self, address: str, source: str) -> None:
        answer = self._visitor.get(address)
        if answer.status_code >= 400:
            self.faults.append(f"{source}: {address} answers {answer.status_code}")
        if answer.mimetype != "text/html":
            return
        tree = Page(address, answer.status_code, answer.headers, answer.get_data(as_text=True)).tree
        self._anchors[address] = {e.get("id", "") for e in tree.iter() if isinstance(e.tag, str)}
        for element in tree.iter():
            for name in ("href", "src", "action"):
                if isinstance(element.tag, str) and element.get(name):
                    self._follow(element.get(name, ""), address, is_form=name == "action")

    def _follow(self, link: str, source: str, *, is_form: bool) -> None:
        target, anchor = urldefrag(urljoin(HOME + source, link))
        if not target.startswith(HOME + "/"):
            if not WELL_FORMED.match(target):
                self.faults.append(f"{source}: {link!r} is not a well-formed address")
            return
        parts = urlsplit(target)
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        if anchor:
            self._wanted.append((address, anchor, source))
        if not is_form:
            self._note(address, source)


def test_every_link_of_the_site_resolves(sqlite_site: Flask) -> None:
    crawl = Crawl(sqlite_site)
    pages = crawl.run("/", "/en/")
    assert crawl.faults == []
    assert pages > 200
