"""Sixty kinds of dirty file: each comes to exactly the people its office wrote, and what is wrong is said in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.core.i18n import use_language
from portal.registry.lists.held import SENTENCES
from portal.registry.reports.reasons import REJECTIONS, WARNINGS, mending, problem
from tests.registry.dirty.hostile import HOSTILE
from tests.registry.dirty.outcome import read_dirty
from tests.registry.dirty.texts import TEXTS
from tests.registry.dirty.workbooks import WORKBOOKS

KINDS = TEXTS | WORKBOOKS
CODE = "_"


def test_there_are_sixty_kinds_of_dirty_file() -> None:
    assert len(KINDS) + len(HOSTILE) >= 60


@pytest.mark.parametrize("kind", KINDS)
def test_a_dirty_file_gives_exactly_the_people_its_office_wrote(kind: str, tmp_path: Path) -> None:
    dirty = KINDS[kind]
    assert read_dirty(dirty.make(), tmp_path) == dirty.outcome


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("code", [*REJECTIONS, *WARNINGS])
def test_every_reason_is_a_sentence_and_says_what_to_do(code: str, language: str) -> None:
    with use_language(language):
        words = (problem(code), mending(code))
    assert all(sentence.endswith(".") and CODE not in sentence for sentence in words)


@pytest.mark.parametrize("code", SENTENCES)
def test_every_held_file_is_told_in_another_sentence_for_each_language(code: str) -> None:
    with use_language("id"):
        indonesian = str(SENTENCES[code])
    with use_language("en"):
        english = str(SENTENCES[code])
    assert (indonesian != english, indonesian.endswith("."), english.endswith(".")) == (True, True, True)
