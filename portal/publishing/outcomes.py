"""What can come of an attempt to move a draft, each with the sentence its author reads."""

from __future__ import annotations

from collections.abc import Sequence

from portal.core.errors import PortalError
from portal.publishing.records import Problem, Reference


class StaleDraft(PortalError):
    """Somebody saved since the form was opened; nothing was overwritten. `version` is the newest."""

    def __init__(self, sentence: str, version: int) -> None:
        super().__init__(sentence)
        self.version = version


class WrongState(PortalError):
    """The draft stands elsewhere on its way than the action needs."""


class HasProblems(PortalError):
    """The draft has faults that keep it from review or publication; `problems` are all of them."""

    def __init__(self, sentence: str, problems: Sequence[Problem]) -> None:
        super().__init__(sentence)
        self.problems = tuple(problems)


class AuthorCannotApprove(PortalError):
    """Four eyes: who wrote in a draft doesn't approve it."""


class ReasonMissing(PortalError):
    """A change after publication, a return, an urgent publication or a withdrawal needs its reason in words."""


class NeedsUnpublished(PortalError):
    """The record points at records that are neither published nor approved; `references` names them."""

    def __init__(self, sentence: str, references: Sequence[Reference]) -> None:
        super().__init__(sentence)
        self.references = tuple(references)


class BaseChanged(PortalError):
    """The published record changed after the draft was begun."""


class BadSchedule(PortalError):
    """The moment lies in the past or too far ahead."""


class IdTaken(PortalError):
    """Another record of this kind has the id already."""
