"""Sources as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from portal.core.quantities import Quantity
from portal.evidence.shapes import SourceShape

# What may cite a source, in the order of the page.
KINDS = ("statement", "claim", "program", "award", "post", "regulation", "measure", "office")


@dataclass(frozen=True, slots=True)
class SourceFilters:
    """What the list's address asks for; empty text means no filter. `region` is a slug."""

    words: str = ""
    kind: str = ""
    region: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether every source is wanted."""
        return not (self.words or self.kind or self.region)

    def parameters(self) -> dict[str, str]:
        """The address's parameters without those that are empty."""
        named = {"q": self.words, "jenis": self.kind, "wilayah": self.region}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source in the list and how many records cite it."""

    source: SourceShape
    cited: int


@dataclass(frozen=True, slots=True)
class Citation:
    """One record that cites a source.

    `path` is its page without language, None where it has none. `stage` is set for statements, `metric` for claims.
    """

    kind: str
    words: str
    path: str | None
    region: str | None
    quantities: tuple[Quantity, ...] = ()
    stage: str | None = None
    metric: str | None = None


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One source with everything that cites it, grouped by kind in the order of KINDS."""

    source: SourceShape
    groups: tuple[tuple[str, tuple[Citation, ...]], ...]

    @property
    def cited(self) -> int:
        """How many records cite the source."""
        return sum(len(citations) for _kind, citations in self.groups)

    @property
    def host(self) -> str | None:
        """The website an outside link leads to; None where there is no address to follow."""
        parts = urlsplit(self.source.url or "")
        return parts.hostname if parts.scheme in ("http", "https") else None
