"""Reading list filters from an address."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from portal.core.addresses import Arguments, printable, read_words
from portal.core.errors import BadQuery


def _read(*pairs: tuple[str, str], names: tuple[str, ...] = ("q", "jenis", "hal")) -> Arguments:
    return Arguments(MultiDict(pairs), names)


def test_an_unknown_parameter_is_named_in_its_sentence() -> None:
    (fault,) = _read(("warna", "merah")).faults
    assert (fault.name, "warna" in fault.sentence) == ("warna", True)


@pytest.mark.parametrize("name", ["utm_source", "utm_campaign", "fbclid", "gclid"])
def test_marks_that_link_sharing_adds_are_let_through(name: str) -> None:
    assert _read((name, "x")).faults == ()


def test_a_parameter_given_twice_with_two_values_is_refused_and_named() -> None:
    (fault,) = _read(("q", "a"), ("q", "b")).faults
    assert fault.name == "q"


def test_a_parameter_repeated_with_the_same_value_is_understood() -> None:
    assert _read(("q", "a"), ("q", "a")).faults == ()


def test_a_code_outside_a_closed_list_reads_as_empty_with_a_fault() -> None:
    read = _read(("jenis", "gosip"))
    assert read.one_of("jenis", ("press",), "jenis?") == ""
    assert [fault.sentence for fault in read.faults] == ["jenis?"]


def test_only_what_can_be_a_slug_is_looked_up() -> None:
    asked: list[str] = []
    read = _read(("wilayah", "a\0b"), names=("wilayah",))
    assert read.slug("wilayah", lambda slug: bool(asked.append(slug)), "wilayah?") == ""
    assert asked == []
    assert [fault.name for fault in read.faults] == ["wilayah"]


@pytest.mark.parametrize("text", ["\0", "sawit\x07", "x" * 101, "a\ud800"])
def test_words_that_cannot_be_looked_for_are_refused(text: str) -> None:
    with pytest.raises(BadQuery, match="q"):
        read_words(text)


def test_words_are_folded_to_single_spaces() -> None:
    assert read_words("  desa \t100\n pekerja ") == "desa 100 pekerja"


def test_refused_words_are_kept_as_far_as_they_can_be_shown() -> None:
    read = _read(("q", "s\0awit" + "x" * 10_000))
    assert read.words().startswith("sawit")
    assert len(read.words()) <= 41


def test_text_repeated_in_a_sentence_is_short_and_printable() -> None:
    assert printable("a\0b") == "ab"
    assert printable("x" * 50) == "x" * 40 + "…"
