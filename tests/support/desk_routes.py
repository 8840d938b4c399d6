"""The table of the desk: who may open which address. A desk address that is missing from it fails the rules.

Each part of the desk lists its own in a module of `tests/support/desk/`, as `ROUTES: tuple[DeskRoute, ...]`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

import tests.support.desk
from tests.support.staff import PEOPLE, Cast

# Without signing in: the doors themselves.
OPEN_DOORS = frozenset(
    {
        "doors.show_sign_in",
        "doors.sign_in",
        "doors.show_code",
        "doors.check_second_step",
        "doors.ask_passkey",
        "doors.take_signed_passkey",
        "doors.sign_out",
        "passwords.show_forgotten",
        "passwords.send_reset",
        "passwords.show_sent",
        "passwords.open_link",
        "passwords.show_new",
        "passwords.take_new",
    }
)
EVERYBODY = tuple(PEOPLE)


@dataclass(frozen=True)
class Place:
    """What a row may use to make the thing its address names: the application and its people."""

    app: Flask
    cast: Cast


Build = Callable[[Place], str]
Form = Mapping[str, Any] | Callable[[Place], Mapping[str, Any]]


@dataclass(frozen=True)
class DeskRoute:
    """One address and method of the desk.

    `path`: the address, or a function that makes what it names (of Berau, unless said) and gives the address; it is
    called once per person. `allowed`: the names of the cast who get in; everybody else is told 403 or 404, those
    signed out or switched off are led to the sign-in page. `form`: what is posted.
    """

    endpoint: str
    method: str
    path: str | Build
    allowed: tuple[str, ...]
    form: Form = field(default_factory=dict)

    def address(self, place: Place) -> str:
        """The address for one request."""
        return self.path if isinstance(self.path, str) else self.path(place)

    def typed(self, place: Place) -> Mapping[str, Any]:
        """The form for one request."""
        return self.form(place) if callable(self.form) else self.form


def table() -> tuple[DeskRoute, ...]:
    """Every row of every part."""
    rows: list[DeskRoute] = []
    for found in pkgutil.iter_modules(tests.support.desk.__path__):
        rows += importlib.import_module(f"tests.support.desk.{found.name}").ROUTES
    return tuple(rows)


def desk_rules(app: Flask) -> set[tuple[str, str]]:
    """(endpoint, method) of every address under /meja."""
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        if rule.rule == "/meja" or rule.rule.startswith("/meja/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
