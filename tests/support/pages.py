"""A page as tests see it, and the checks that every page has to pass before a test looks at it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import brotli
import html5lib

LARGEST_COMPRESSED = 14 * 1024
# The quality at which the portal itself compresses kept pages.
BROTLI_QUALITY = 5
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}
POLICY = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "base-uri": "'none'"}
LOOSE = re.compile(r"unsafe-|\*|https?:|data:")
REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "headers", "list")


@dataclass
class Page:
    """One answer, parsed. `tree` raises html5lib's ParseError when the HTML is not valid."""

    path: str
    status: int
    headers: Any
    html: str

    @cached_property
    def tree(self) -> Element:
        """The document as ElementTree, without namespaces."""
        return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(self.html)

    @cached_property
    def text(self) -> str:
        """What a reader sees in <main> (the whole body where there is none), spaces folded."""
        root = self.tree.find(".//main")
        if root is None:
            root = self.tree.find("body")
        return " ".join(" ".join(root.itertext()).split())

    @property
    def title(self) -> str:
        """The text of <title>."""
        return " ".join((self.tree.findtext("head/title") or "").split())

    @property
    def links(self) -> list[str]:
        """The address of every link, in order."""
        return [link.get("href", "") for link in self.tree.iter("a")]

    def all(self, name: str, /, **attributes: str) -> list[Element]:
        """Elements called `name` with these attributes (`class_` and `data_x` are read as HTML writes them)."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [
            element
            for element in self.tree.iter(name)
            if all(_has(element, key, value) for key, value in wanted.items())
        ]

    def by_id(self, name: str) -> Element | None:
        """The element with this id, or None."""
        return next((e for e in self.tree.iter() if e.get("id") == name), None)


def _has(element: Element, key: str, value: str) -> bool:
    have = element.get(key)
    return have is not None and (value in have.split() if key == "class" else have == value)


def text_of(element: Element | None) -> str:
    """The text inside an element, spaces folded."""
    return "" if element is None else " ".join(" ".join(element.itertext()).split())


def check_page(page: Page) -> list[str]:
    """Everything that is wrong with a page, as sentences."""
    tree = page.tree
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    return [
        *_check_outline(page, elements),
        *_check_ids(elements),
        *_check_labels(tree, elements),
        *_check_inline(elements),
        *_check_policy(page),
        *_check_size(page),
    ]


def _check_outline(page: Page, elements: list[Element]) -> list[str]:
    faults = []
    counts = Counter(element.tag for element in elements)
    if counts["h1"] != 1:
        faults.append(f"it has {counts['h1']} h1 elements instead of one")
    if counts["main"] != 1:
        faults.append(f"it has {counts['main']} main elements instead of one")
    if not page.title:
        faults.append("its title is empty")
    wanted = "en" if re.match(r"/en(/|\?|$)", page.path) else "id"
    if page.tree.get("lang") != wanted:
        faults.append(f"its language is {page.tree.get('lang')!r} instead of {wanted!r}")
    faults += [
        f"an image has no alt: {e.get('src')}" for e in elements if e.tag == "img" and e.get("alt") is None
    ]
    return faults


def _check_ids(elements: list[Element]) -> list[str]:
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    faults = [f"id {name!r} occurs {count} times" for name, count in ids.items() if count > 1]
    for element in elements:
        for attribute in REFERRING:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    faults.append(f"{element.tag} {attribute}={name!r} points at no id")
        target = element.get("hx-target") or ""
        if target.startswith("#") and target[1:] not in ids:
            faults.append(f"hx-target={target!r} points at no id")
    return faults


def _check_labels(tree: Element, elements: list[Element]) -> list[str]:
    named = {label.get("for") for label in tree.iter("label")}
    wrapped = {id(field) for label in tree.iter("label") for field in label.iter()}
    faults = []
    for field in elements:
        if field.tag not in ("input", "select", "textarea") or field.get("type") in UNLABELLED_TYPES:
            continue
        if field.get("aria-label") or field.get("aria-labelledby"):
            continue
        if id(field) not in wrapped and field.get("id") not in named:
            faults.append(f"{field.tag} name={field.get('name')!r} has no label")
    return faults


def _check_inline(elements: list[Element]) -> list[str]:
    faults = []
    for element in elements:
        if element.tag == "style":
            faults.append("it has an inline style element")
        if (
            element.tag == "script"
            and not element.get("src")
            and element.get("type") != "application/ld+json"
        ):
            faults.append("it has an inline script")
        for name in element.attrib:
            if isinstance(name, str) and (name == "style" or name.lower().startswith(("on", "hx-on"))):
                faults.append(f"{element.tag} has the inline attribute {name}")
    return faults


def _check_policy(page: Page) -> list[str]:
    policy = page.headers.get("Content-Security-Policy", "")
    rules = dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())
    faults = [
        f"its Content-Security-Policy has {name} {rules.get(name)!r} instead of {value!r}"
        for name, value in POLICY.items()
        if rules.get(name) != value
    ]
    if LOOSE.search(policy):
        faults.append(f"its Content-Security-Policy is loose: {policy}")
    return faults


def _check_size(page: Page) -> list[str]:
    size = len(brotli.compress(page.html.encode(), quality=BROTLI_QUALITY))
    return (
        [f"it has {size} bytes compressed, more than {LARGEST_COMPRESSED}"]
        if size > LARGEST_COMPRESSED
        else []
    )
