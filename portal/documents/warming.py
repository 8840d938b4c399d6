"""Documents of a region are rendered by the worker once something of it came out, so that no visitor waits."""

from __future__ import annotations

from http import HTTPStatus

from flask import current_app
from sqlalchemy import select
from werkzeug.test import Client

from portal.areas.models import Region
from portal.core.database import AnySession
from portal.core.errors import PortalError
from portal.core.i18n import gettext as _
from portal.core.jobs import Running, enqueue, job
from portal.core.vocabulary import LANGUAGES
from portal.publishing.models import Item
from portal.publishing.records import Published, on_publication

JOB = "documents.warm"


def init() -> None:
    """Have the documents of every region that something was published for rendered anew."""
    on_publication(_hand_over)


def _hand_over(session: AnySession, published: Published) -> None:
    query = (
        select(Region.slug).join(Item, Item.region_code == Region.code).where(Item.id == published.item_id)
    )
    slug = session.execute(query).scalar_one_or_none()
    if slug:
        enqueue(session, JOB, slug=slug)


@job(JOB)
def warm(running: Running, slug: str) -> str:
    """Ask for the region's document in every language, as a visitor would; what is kept already costs nothing."""
    visitor = Client(current_app.extensions["portal.unkept"])
    for number, language in enumerate(LANGUAGES):
        running.tell(100 * number // len(LANGUAGES), _("Rendering the region's document"))
        prefix = "" if language == "id" else f"/{language}"
        answer = visitor.get(f"{prefix}/unduh/wilayah/{slug}.pdf")
        if answer.status_code != HTTPStatus.OK:
            raise PortalError(
                _("The region's document can't be made (%(status)s).", status=answer.status_code)
            )
    return _("The region's documents are ready.")
