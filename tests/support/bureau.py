"""A served portal with people of Berau, each with a browser window of their own, for journeys of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.support.applications import build_app, close_app
from tests.support.databases import Databases, environment
from tests.support.server import serving
from tests.support.staff import BERAU, add_member


@dataclass(frozen=True)
class Bureau:
    """Where it is, its settings, and the cookie of each person by role."""

    address: str
    env: dict[str, str]
    cookies: dict[str, dict[str, str]]

    def window(self, browser: Browser, role: str | None, **options: Any) -> Page:
        """A window of the person with this role, or of the public."""
        context = browser.new_context(base_url=self.address, **options)
        context.set_default_timeout(20_000)
        if role:
            context.add_cookies([self.cookies[role]])  # type: ignore[list-item]
        return context.new_page()


@contextmanager
def open_bureau(sqlite: Databases, folder: Path, *roles: str) -> Iterator[Bureau]:
    """Serve the starter data with one person of Berau for each role."""
    with sqlite.copy("starter") as urls:
        app = build_app(folder / "instance", urls)
        name, cookies = app.config["SESSION_COOKIE_NAME"], {}
        for role in roles:
            cookie = add_member(app, f"{role}@berau.test", (role, BERAU)).client.get_cookie(name)
            assert cookie is not None
            cookies[role] = {"name": name, "value": cookie.value}
        close_app(app)
        env = environment(folder / "instance", urls)
        with serving(env, folder / "server.log") as address:
            yield Bureau(address, env, {role: {**one, "url": address} for role, one in cookies.items()})
