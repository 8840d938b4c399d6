"""Pages of a list, the same for every list of the portal: `hal` in the address, from 1.

A view reads the number with `read_page`, counts what there is and calls `paginate`; templates hand
`pages.address` to the pagination macro. Addresses leave out what is empty, so one list has one address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from portal.core.errors import BadQuery, NotFound
from portal.core.i18n import gettext as _

PARAMETER = "hal"
PAGE_SIZE = 20
# Longer numbers are nobody's page; it also keeps the offset inside every database's integers.
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


class PageBeyondEnd(NotFound):
    """The list has fewer pages than the address asks for; pages answer 404."""

    def __init__(self, pages: int) -> None:
        super().__init__(_("This list ends at page %(pages)s.", pages=pages))
        self.pages = pages


@dataclass(frozen=True, slots=True)
class Pages:
    """Which part of a list is shown: `page` of `pages`, items `first` to `last` of `total` (0 when empty)."""

    page: int
    size: int
    total: int
    path: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many items come before this page."""
        return (self.page - 1) * self.size

    @property
    def first(self) -> int:
        """Number of the first item shown."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """Number of the last item shown."""
        return min(self.offset + self.size, self.total)

    def address(self, page: int) -> str:
        """The address of another page of the same list."""
        return address(self.path, self.parameters, hal="" if page == 1 else str(page))


def read_page(arguments: Mapping[str, str]) -> int:
    """The page that the address asks for, 1 without `hal`; raises BadQuery for what is no page number."""
    text = arguments.get(PARAMETER, "").strip()
    if not text:
        return 1
    if not _NUMBER.fullmatch(text) or int(text) < 1:
        raise BadQuery(_("The page number (hal) must be a whole number from 1."))
    return int(text)


def paginate(
    page: int,
    total: int,
    path: str = "",
    parameters: Mapping[str, str] | None = None,
    *,
    size: int = PAGE_SIZE,
) -> Pages:
    """The pages of a list of `total` items; raises PageBeyondEnd.

    `path` and `parameters` (without `hal`) are those of the list's address.
    """
    pages = Pages(page, size, total, path, dict(parameters or {}))
    if page > pages.pages:
        raise PageBeyondEnd(pages.pages)
    return pages


def address(path: str, parameters: Mapping[str, str], **changes: str) -> str:
    """`path` with the parameters and changes that aren't empty, in that order."""
    kept = {name: value for name, value in {**parameters, **changes}.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path
