"""What is wrong with a package: one sentence for each place, so that all can be mended at once."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.errors import PortalError
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext

LISTED = 50


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: file, line as an editor counts it (0: the file as a whole), column, reason."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.column}: {self.reason}" if self.column else f"{place}: {self.reason}"


class PackageRejected(PortalError):
    """The package has faults; nothing was changed. `problems` has all of them, the text the first ones."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self._lines()))

    def _lines(self) -> list[str]:
        lines = [str(problem) for problem in self.problems[:LISTED]]
        if (more := len(self.problems) - LISTED) > 0:
            lines.append(_("… and %(more)s more.", more=more))
        found = ngettext("%(num)s fault", "%(num)s faults", len(self.problems))
        lines.append(_("%(found)s in the package: nothing was changed.", found=found))
        return lines


class ExportRefused(PortalError):
    """The place to export to holds something that is not a package, or can't be written."""
