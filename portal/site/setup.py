"""`portal setup`: from empty databases to a portal worth looking at; quick and harmless when called again."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.areas.services import load_areas
from portal.core import migrate
from portal.core.i18n import gettext as _
from portal.core.i18n import use_language
from portal.core.vocabulary import LANGUAGES
from portal.evidence.rules.services import load_rules
from portal.extensions import db
from portal.opendata.services import adopt_published, load_once
from portal.registry.counts.services import count_uncounted
from portal.registry.services.keys import key_ring
from portal.registry.services.sampling import ensure_sample_list
from portal.registry.shapes import SamplePerson
from portal.search.services import refresh_search
from portal.settings import ROOT, Settings

SAMPLE_PROGRAM = "berau-pekerja-rentan"


@click.command()
@with_appcontext
def setup() -> None:
    """Make the tables, load areas, rules, the starter data and a synthetic enrolment list; say what to try."""
    settings: Settings = current_app.config["PORTAL_SETTINGS"]
    people = set_up(settings)
    click.echo("\n\n".join(_welcome(settings.base_url, language, people) for language in LANGUAGES))


def set_up(settings: Settings) -> tuple[SamplePerson, ...]:
    """Bring what is missing; gives two made-up people of the synthetic list to try the check with.

    Raises RegistryKeyDiffers before anything is loaded when the lists were made with another key.
    """
    migrate.upgrade(settings)
    key_ring()
    load_areas(db.session(), ROOT / "data" / "areas")
    load_rules(db.session(), ROOT / "data" / "rules")
    load_once(db.session(), ROOT / "data" / "starter")
    adopt_published(db.session())
    count_uncounted(db.session())
    refresh_search(db.session())
    people = ensure_sample_list(SAMPLE_PROGRAM)
    db.session.remove()
    return people


def _welcome(address: str, language: str, people: tuple[SamplePerson, ...]) -> str:
    prefix = address + ("" if language == "id" else f"/{language}")
    with use_language(language):
        lines = [
            _("The portal is ready: %(address)s", address=prefix + "/"),
            _("Three things to try:"),
            "1. "
            + _(
                "Read one region's figures and their checks: %(address)s",
                address=f"{prefix}/wilayah/bengkayang",
            ),
            "2. " + _("Check whether someone is covered: %(address)s", address=f"{prefix}/cek"),
            *(
                "   " + _("NIK %(nik)s, name %(name)s (made up)", nik=one.nik, name=one.name)
                for one in people
            ),
            "3. " + _("Print a region: %(address)s", address=f"{prefix}/unduh/wilayah/berau.pdf"),
        ]
    return "\n".join(lines)
