"""A page with a form as the desk's, and the portal around it, for journeys of the editor and of autosave.

The form stands outside `/meja`; its autosave notes what it is sent and answers as the desk's would.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, render_template_string, request
from werkzeug.serving import make_server

from tests.support.staff import Cast

FORM = """{% extends "layouts/base.html" %}
{% from "accounts/parts/forms.html" import token %}
{% from "desk/parts/autosave.html" import autosave %}
{% from "desk/parts/editor.html" import markdown_field %}
{% block title %}Uji{% endblock %}
{% block scripts %}
  <link rel="stylesheet" href="{{ asset('css/desk.css') }}">
  <script src="{{ asset('js/desk/autosave.js') }}" defer></script>
  <script src="{{ asset('js/desk/editor.js') }}" defer></script>
{% endblock %}
{% block main %}
  <h1>Uji</h1>
  <form method="post" action="/uji/simpan" {{ autosave("/uji/simpan-otomatis", version) }}>
    {{ token() }}
    <input type="hidden" name="version" value="{{ version }}">
    <label for="title">Judul</label> <input id="title" name="title" value="{{ cells.title }}">
    {{ markdown_field("body_id", "Isi", cells.body_id, region="64.03", figures=labels) }}
    <button id="save">Simpan</button>
  </form>
  <form method="post" action="/uji/meja/keluar"><button id="leave">Keluar</button></form>
{% endblock %}
"""


@dataclass
class Desk:
    """What the form's server side holds, and where it is."""

    address: str = ""
    version: int = 1
    cells: dict[str, str] = field(default_factory=lambda: {"title": "", "body_id": ""})
    labels: dict[str, str] = field(default_factory=dict)
    saves: list[dict[str, str]] = field(default_factory=list)
    cookie: tuple[str, str] = ("", "")

    def show(self, body: str, **cells: str) -> None:
        """Begin anew with this text."""
        self.version, self.saves, self.labels = 1, [], {}
        self.cells = {"title": "", "body_id": body, **cells}

    def take(self, form: Any) -> bool:
        """Keep what was sent, unless somebody else saved after that version."""
        self.saves.append(dict(form))
        if int(form["version"]) != self.version:
            return False
        self.version += 1
        self.cells = {name: form[name] for name in self.cells}
        return True


def make_pages(desk: Desk) -> Blueprint:
    """The form's addresses."""
    pages = Blueprint("uji", __name__, url_prefix="/uji")

    @pages.get("")
    def show() -> str:
        return render_template_string(FORM, version=desk.version, cells=desk.cells, labels=desk.labels)

    @pages.post("/simpan-otomatis")
    def autosave() -> Response | tuple[Response, int]:
        if not desk.take(request.form):
            return jsonify(stale=True, url="/uji?bandingkan"), 409
        return jsonify(version=desk.version, saved_at="10.42 WITA")

    @pages.post("/simpan")
    def save() -> str:
        desk.take(request.form)
        return show()

    @pages.post("/meja/keluar")
    def leave() -> str:
        return show()

    return pages


@contextmanager
def serving_form(app: Flask, cast: Cast) -> Iterator[Desk]:
    """The application with the form, answered in a thread; the cookie is the Berau editor's."""
    desk = Desk()
    app.register_blueprint(make_pages(desk))
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    desk.address = f"http://127.0.0.1:{server.server_port}"
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = cast.berau_editor.client.get_cookie(name)
    assert cookie is not None
    desk.cookie = (name, cookie.value)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
