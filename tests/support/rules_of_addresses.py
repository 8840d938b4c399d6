"""Builders of addresses compiled once a run: they are most of what each of the thousands of test applications takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]

_builders: dict[tuple[Any, ...], Builder] = {}


class RememberingRule(Rule):
    """A rule whose builder is another one's where both would be the same."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        defaults = tuple(sorted((self.defaults or {}).items()))
        key = (self.rule, self.subdomain, self.host, defaults, append_unknown)
        if key not in _builders:
            _builders[key] = super()._compile_builder(append_unknown)
        return _builders[key]
