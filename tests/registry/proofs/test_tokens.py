"""Codes of sheets: short, the same for the same facts, and worth nothing when changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.registry.proofs.shapes import Proof
from portal.registry.proofs.tokens import GOOD_FOR, fold_code, make_token, read_token
from tests.registry.people import BERAU, month

SECRET = b"a secret key of the portal, long enough"
DAY = date(2026, 11, 22)
PROOF = Proof(BERAU, month("2026-12"), DAY, synthetic=False)
PROGRAMS = ("bengkayang-satu-desa-100-pekerja-rentan", BERAU)


def made(proof: Proof = PROOF, secret: bytes = SECRET) -> str:
    token = make_token(secret, proof)
    assert token is not None
    return token


def read(token: str, *, secret: bytes = SECRET, today: date = DAY) -> Proof | None:
    return read_token(secret, token, PROGRAMS, today)


@pytest.mark.parametrize(
    "proof",
    [
        PROOF,
        replace(PROOF, synthetic=True),
        replace(PROOF, program=PROGRAMS[0]),
        replace(PROOF, last_month=month("2000-01")),
        replace(PROOF, last_month=month("2341-04")),
    ],
)
def test_a_code_gives_back_what_it_was_made_of(proof: Proof) -> None:
    assert read(made(proof)) == proof


def test_a_code_is_short_and_the_same_for_the_same_facts() -> None:
    assert made() == made(Proof(BERAU, month("2026-12"), DAY, synthetic=False))
    assert len(made()) == 29 <= 60
    assert len({made(replace(PROOF, last_month=PROOF.last_month + more)) for more in range(36)}) == 36


@pytest.mark.parametrize(
    "way", [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "–")]
)
def test_a_code_may_be_typed_in_any_case_and_grouping(way: object) -> None:
    assert callable(way)
    assert read(way(made())) == PROOF


def test_letters_that_look_like_digits_are_taken_for_them() -> None:
    assert fold_code("oO1l-iI0o-2222-2222-2222-2222") == "0011-1100-2222-2222-2222-2222"


def test_no_single_changed_character_gives_a_code_that_is_known() -> None:
    token = made()
    others = [
        token[:at] + symbol + token[at + 1 :]
        for at in range(len(token))
        for symbol in "0123456789ABCDEFGHJKMNPQRSTVWXYZ-"
        if symbol != token[at]
    ]
    assert len(others) > 700
    assert [other for other in others if read(other) is not None] == []


@pytest.mark.parametrize(
    "token",
    [
        "",
        "-",
        made()[:-1],
        made() + "0",
        made() * 2,
        "UUUU-UUUU-UUUU-UUUU-UUUU-UUUU",
        "٠" * 24,
        "\0" * 24,
        "6403990201509000",
        "a" * 100_000,
    ],
)
def test_what_is_no_code_is_not_known(token: str) -> None:
    assert read(token) is None


def test_another_portals_code_is_not_known() -> None:
    assert read(made(secret=SECRET + b"!")) is None


def test_a_code_of_a_programme_that_never_had_a_list_is_not_known() -> None:
    assert read(made(replace(PROOF, program="another"))) is None


def test_a_code_is_known_for_a_year_and_not_before_its_day() -> None:
    known = [read(made(), today=DAY + timedelta(days=days)) is not None for days in (-1, 0, 1, 366, 367)]
    assert known == [False, True, True, True, False]
    assert timedelta(days=366) == GOOD_FOR


@pytest.mark.parametrize(
    "proof",
    [
        replace(PROOF, last_month=month("1999-12")),
        replace(PROOF, last_month=month("2341-05")),
        replace(PROOF, checked_on=date(2019, 12, 31)),
        replace(PROOF, checked_on=date(2299, 1, 1)),
    ],
)
def test_facts_beyond_what_a_code_holds_get_none(proof: Proof) -> None:
    assert make_token(SECRET, proof) is None
