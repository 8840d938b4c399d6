"""Atom feeds (RFC 4287), written by the standard library so that no text can break out of its element."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
# What XML 1.0 can't carry.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry; `address` is its page and its id for ever, `updated` a moment with its zone, `text` plain."""

    address: str
    title: str
    updated: datetime
    text: str


def write_feed(
    title: str, address: str, page: str, language: str, author: str, entries: Iterable[FeedEntry]
) -> bytes:
    """The feed at `address` for the page `page`, entries in their order; its date is that of the newest."""
    listed = tuple(entries)
    feed = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": language})
    _add(feed, "title", title)
    _add(feed, "id", address)
    _link(feed, "self", address)
    _link(feed, "alternate", page)
    _add(ElementTree.SubElement(feed, "author"), "name", author)
    newest = max((entry.updated for entry in listed), default=datetime(2025, 1, 1, tzinfo=UTC))
    _add(feed, "updated", newest.isoformat(timespec="seconds"))
    for entry in listed:
        node = ElementTree.SubElement(feed, "entry")
        _add(node, "title", entry.title)
        _add(node, "id", entry.address)
        _link(node, "alternate", entry.address)
        _add(node, "updated", entry.updated.isoformat(timespec="seconds"))
        _add(node, "content", entry.text)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = _IMPOSSIBLE.sub("", text)


def _link(parent: ElementTree.Element, relation: str, address: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": address})
