"""However a package is mutilated, it is loaded or rejected with sentences; nothing else comes out."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.extensions import db
from portal.opendata.places import Unreadable
from portal.opendata.problems import PackageRejected
from portal.opendata.services import check_package
from tests.opendata.conftest import STARTER

FILES = {file.name: file.read_bytes() for file in STARTER.iterdir()}
PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from([b'"', b",", b"\r\n", b"\n", b"\x00", b"\xff", b";", b"-1", b"\xef\xbb\xbf", b"9" * 30]),
)
RELAXED = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


class Memory:
    """A package that lies nowhere but in memory."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def read(self, name: str) -> bytes:
        """See Place."""
        try:
            return self._files[name]
        except KeyError as error:
            raise Unreadable("the file is missing.") from error


def _outcome(site: Flask, files: dict[str, bytes]) -> bool:
    """Whether the package is fit to be loaded, or rejected with a reason for each fault."""
    with site.app_context():
        try:
            return bool(check_package(db.session(), Memory(files)).tables)
        except PackageRejected as rejected:
            return all(fault.file and fault.reason for fault in rejected.problems)


@RELAXED
@given(
    st.sampled_from(sorted(set(FILES) - {"datapackage.json"})),
    st.integers(0, 40_000),
    st.integers(0, 80),
    PIECES,
)
def test_bytes_replaced_anywhere_in_a_table_are_survived(
    site: Flask, name: str, start: int, length: int, piece: bytes
) -> None:
    start %= len(FILES[name])
    assert _outcome(site, {**FILES, name: FILES[name][:start] + piece + FILES[name][start + length :]})


ODD = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.text(max_size=5),
        st.sampled_from(["id", "sources", "../x"]),
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "path", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@RELAXED
@given(st.data())
def test_any_value_anywhere_in_the_descriptor_is_survived(site: Flask, data: st.DataObject) -> None:
    content: Any = json.loads(FILES["datapackage.json"])
    place: Any = content
    for _level in range(data.draw(st.integers(0, 6))):
        keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key]:
            break
        place = place[key]
    keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
    place[data.draw(st.sampled_from(keys))] = data.draw(ODD)
    assert _outcome(site, {**FILES, "datapackage.json": json.dumps(content).encode()})
