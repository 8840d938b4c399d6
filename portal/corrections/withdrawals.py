"""The address of a withdrawn record says when and why it went, instead of that it never was."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from portal.core.errors import Gone, NotFound
from portal.core.i18n import gettext as _
from portal.corrections.queries import find_withdrawal

P = ParamSpec("P")
R = TypeVar("R")


def tells_withdrawal(kind: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """For a view of one record of this kind, whose id is its one argument: NotFound becomes Gone where it was here."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def told(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return view(*args, **kwargs)
            except NotFound:
                (record_id,) = kwargs.values()
                withdrawn = find_withdrawal(kind, str(record_id))
                if withdrawn is None:
                    raise
                sentence = _(
                    "Withdrawn on %(when)s: %(reason)s", when=withdrawn.when, reason=withdrawn.reason
                )
                raise Gone(sentence, withdrawn.entry) from None

        return told

    return decorate
