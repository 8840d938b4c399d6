"""The question and the kind of result, as the address gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.core.errors import BadQuery
from portal.core.i18n import gettext as _
from portal.core.id_numbers import holds_id_number
from portal.core.vocabulary import SEARCH_KINDS

LONGEST_QUESTION = 200
# Where a question that held a NIK is led: the address of its page holds none.
HINT = "petunjuk"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked; `error` is a sentence for the visitor, empty where all is well.

    `meant_check`: a NIK was asked for, which belongs to the check and is neither looked for nor shown.
    """

    text: str
    kind: str = ""
    error: str = ""
    meant_check: bool = False


def read_question(arguments: Mapping[str, str]) -> Question:
    """The question without control characters; a longer one than 200 characters is kept to that, with an error.

    Raises BadQuery for a kind that there is not.
    """
    text = " ".join("".join(c if c.isprintable() else " " for c in arguments.get("q", "")).split())
    kind = arguments.get("jenis", "").strip()
    if kind and kind not in SEARCH_KINDS:
        raise BadQuery(
            _("The filter “%(name)s” has no such value here. Choose one from the list.", name="jenis")
        )
    if holds_id_number(text) or arguments.get(HINT) == "cek":
        return Question("", kind, meant_check=True)
    if len(text) > LONGEST_QUESTION:
        sentence = _(
            "Your question is too long. Please shorten it to %(limit)s characters.", limit=LONGEST_QUESTION
        )
        return Question(text[:LONGEST_QUESTION], kind, sentence)
    return Question(text, kind)
