"""Every address of the portal, with every method it knows and one it does not, and canaries wherever a request has room."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count, cycle
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, Rule
from werkzeug.routing.converters import NumberConverter
from werkzeug.test import TestResponse

from portal.opendata.tables import BY_NAME
from tests.desk.lists.conftest import work
from tests.registry.people import Somebody
from tests.registry.trace.canaries import PEOPLE
from tests.support.desk_routes import DeskRoute, Place, table
from tests.support.staff import Cast

QUERIES = ("q", "nik", "nama", "jenis", "wilayah", "hal", "lanjut", "cari", "program_id", "peringkat")
HTMX = {"HX-Request": "true"}
LANGUAGES = ("", "/en")
NEVER = "PATCH"
# These fields say where a request goes or that a box was ticked; with another value it would go nowhere.
STEERING = ("version", "form", "wilayah", "peran", "langkah", "yakin", "menggantikan", "program", "pembayar")
_people = cycle(PEOPLE)


def line(person: Somebody) -> str:
    """All of a person in one line, as it may be pasted anywhere."""
    return f"{person.nik} {person.name} {person.village} {person.work}"


def somebody_else() -> Somebody:
    """The next canary."""
    return next(_people)


def headers(person: Somebody) -> dict[str, str]:
    """Every header in which somebody's browser or proxy may say something."""
    told = line(person)
    return {
        "Referer": f"https://example.test/?nik={person.nik}&nama={person.name}",
        "User-Agent": f"Mozilla/5.0 ({told}) Firefox/140.0",
        "Cookie": f"nik={person.nik}; meja={person.nik}.{person.name.replace(' ', '')}",
        "X-Forwarded-For": told,
        "X-Request-Id": told,
        "Accept-Language": told,
        "If-None-Match": f'"{told}"',
        "HX-Current-URL": f"http://portal.test/cari?q={person.nik}",
        "HX-Prompt": told,
        "HX-Target": person.nik,
        "HX-Trigger": person.name,
    }


def _address(rule: Rule, person: Somebody) -> str:
    """The rule's address with the canary in every place that takes one."""

    def value(name: str) -> object:
        converter = rule._converters[name]
        if isinstance(converter, AnyConverter):
            return sorted(converter.items)[0]
        if isinstance(converter, NumberConverter):
            return int(person.nik)
        return (person.nik + person.name.replace(" ", ""))[:32].ljust(32, "z")

    built = rule.build({name: value(name) for name in rule.arguments})
    assert built is not None, rule
    return built[1]


def methods(rule: Rule) -> tuple[str, ...]:
    """What the rule answers, and a method it does not."""
    return (*sorted((rule.methods or set()) - {"OPTIONS"}), NEVER)


def drive_rules(app: Flask, *clients: FlaskClient) -> Iterator[tuple[str, str, TestResponse]]:
    """Ask every address with canaries in path, query, form, JSON and headers; both languages, with and without HTMX."""
    turns = count()
    for rule in app.url_map.iter_rules():
        for method in methods(rule):
            for root in LANGUAGES:
                person, turn = somebody_else(), next(turns)
                options = _options(rule, method, person, as_json=turn % 5 == 4)
                options["headers"] = headers(person) | (HTMX if turn % 2 else {})
                client = clients[turn % len(clients)]
                answer = client.open(root + _address(rule, person), method=method, **options)
                yield method, rule.rule, answer


def _options(rule: Rule, method: str, person: Somebody, *, as_json: bool) -> dict[str, Any]:
    typed = {**dict.fromkeys(QUERIES, line(person)), "nik": person.nik}
    if not rule.rule.startswith("/meja"):
        # At the desk it is what colleagues shall see of oneself, which is kept on purpose.
        typed["nama"] = person.name
    options: dict[str, Any] = {"query_string": typed}
    if method in ("POST", NEVER):
        if as_json:
            return {**options, "data": json.dumps(typed), "content_type": "application/json"}
        options["data"] = {**typed, "email": f"{person.name.split()[0]}@example.test", "sandi": line(person)}
    return options


def plain_addresses(app: Flask) -> list[str]:
    """Every public address that needs nothing filled in."""
    rules = [
        rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ())
    ]
    return [root + rule.rule for rule in rules for root in LANGUAGES]


def _forms(row: DeskRoute, place: Place, person: Somebody) -> Iterator[dict[str, Any]]:
    """The row's form with canaries: in all fields, then in each field alone, then in fields nobody asked for."""
    told = line(person)
    typed = dict(row.typed(place))
    texts = [name for name, value in typed.items() if isinstance(value, str)]
    steering = {name: value for name, value in typed.items() if name in STEERING}
    yield {**dict.fromkeys(texts, told), **steering}
    for name in texts:
        yield {**row.typed(place), name: told}
    yield {**row.typed(place), **_every_column(row, told), "nik": person.nik, "nama": told}


def _every_column(row: DeskRoute, told: str) -> dict[str, str]:
    """Every cell of every kind of record, and the notes beside them."""
    if not row.endpoint.startswith(("records.", "flow.", "bulk.")):
        return {}
    columns = {name for one in BY_NAME.values() for name in one.names}
    return dict.fromkeys(
        (*columns, "reason", "catatan", "alasan", "komentar", "nonce", "sekali", "team"), told
    )


def drive_desk(app: Flask, cast: Cast) -> Iterator[tuple[DeskRoute, Mapping[str, Any], TestResponse]]:
    """Post every form of the desk with canaries, as somebody who may."""
    place = Place(app, cast)
    for row in table():
        person = somebody_else()
        client = getattr(cast, row.allowed[0]).client
        if row.method == "GET":
            options = {
                "query_string": dict.fromkeys(QUERIES, line(person)),
                "headers": headers_of_staff(person),
            }
            yield row, {}, client.get(made(row, place).partition("?")[0], **options)
            continue
        for form in _forms(row, place, person):
            yield row, form, client.post(made(row, place), data=form, headers=headers_of_staff(person))


def made(row: DeskRoute, place: Place) -> str:
    """The row's address, after every list that waits has been read."""
    work(place.app)
    return row.address(place)


def headers_of_staff(person: Somebody) -> dict[str, str]:
    """The same headers without a cookie: the browser has its own."""
    return {name: value for name, value in headers(person).items() if name != "Cookie"}
