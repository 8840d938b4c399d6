"""Templates compiled once a run, not once for each of the thousands of applications that tests make."""

from __future__ import annotations

from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from portal.core.i18n import language

Key = tuple[Any, ...]


class CompiledTemplates(BytecodeCache):
    """Code by template, source and language (strings are translated when a template is compiled)."""

    def __init__(self) -> None:
        self._codes: dict[Key, CodeType] = {}
        self._keys: dict[str, Key] = {}

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """See BytecodeCache; the bucket's key numbers what its code depends on."""
        made_by = (type(environment), environment.code_generator_class)
        key = (made_by, language(), name, filename, source)
        bucket = Bucket(environment, str(hash(key)), "")
        self._keys[bucket.key] = key
        bucket.code = self._codes.get(key)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Everything is done in `get_bucket`."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        assert bucket.code is not None
        self._codes[self._keys[bucket.key]] = bucket.code


COMPILED = CompiledTemplates()
