"""Two spellings of one person's name match; two different names don't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.registry.names import asked_tokens, has_letters, match_tokens

SAME = [
    ("MUHAMMAD RIZKI", "Muhammad Rizki"),
    ("Muhammad Rizky", "Moh. Rizki"),
    ("M. Rizqi", "Muhamad Riski"),
    ("Moch. Ridho", "Muchammad Rido"),
    ("Muh Yusuf", "Mohammed Jusuf"),
    ("Mhd. Ali", "Muhammad Ali"),
    ("Achmad Fauzi", "Ahmad Fauji"),
    ("Akhmad Zaini", "Ahmad Jaini"),
    ("Abd. Rahman", "Abdul Rahman"),
    ("Abdurrahman", "Abdul Rahman"),
    ("Abdul Salam", "Abdussalam"),
    ("Abdoel Moeis", "Abdul Muis"),
    ("Soeharto", "Suharto"),
    ("Soekarno Poetra", "Sukarno Putra"),
    ("Djoko Santoso", "Joko Santoso"),
    ("Tjokro Aminoto", "Cokro Aminoto"),
    ("Njoman Sudarma", "Nyoman Sudarma"),
    ("Sjarif Hidajat", "Syarif Hidayat"),
    ("Syamsul Bahri", "Samsul Bachri"),
    ("Siti Aisyah", "Siti Aisya"),
    ("Fatimah", "Fatima"),
    ("Chairul Anwar", "Khairul Anwar"),
    ("Choirul", "Khoirul"),
    ("Chandra", "Candra"),
    ("Fitriani", "Pitriani"),
    ("Novi", "Nofi"),
    ("Dzikri", "Zikri"),
    ("Fathurrahman", "Faturahman"),
    ("Nur Hayati", "Nurhayati"),
    ("Sri Wahyuni", "Sriwahyuni"),
    ("Noor Aini", "Nur Aini"),
    ("Anissa", "Anisa"),
    ("José Fernandes", "Jose Fernandes"),
    ("Ma'ruf", "Maruf"),
    ("Ma’ruf Amin", "Ma`ruf Amin"),
    ("Al-Amin", "Al Amin"),
    ("Yosef", "Yoseph"),
    ("Maxi", "Maksi"),
    ("H. Usman", "Usman"),
    ("Hj. Halimah", "Halimah"),
    ("H.USMAN", "usman"),
    ("K.H. Wahid", "Wahid"),
    ("Dr. Rina, M.Kes", "Rina"),
    ("Rusdi, S.Pd.I", "Rusdi"),
    ("RUSDI S.PD", "Rusdi"),
    ("Drs. H. Rusdi, M.M.", "Rusdi"),
    ("Ir. Budi Setiawan, S.T., M.T.", "Budi Setiawan"),
    ("Aminah binti Usman", "Aminah"),
    ("Ahmad bin Said", "Achmad Said"),
    ("Rusdi (Alm)", "Rusdi"),
    ("Suparman", "SUPARMAN"),
    ("  Siti   Aminah ", "Siti Aminah"),
    ("Siti\u00a0Aminah", "Siti Aminah"),
    ("Siti Aminah", "Aminah"),
    ("Li Na", "Lina"),
    ("Ng", "NG"),
    ("I", "i"),
    ("M", "m"),
]
OTHER = [
    ("Budi Santoso", "Joko Widodo"),
    ("Siti Aminah", "Rina Marlina"),
    ("H. Usman", "H. Halim"),
    ("Aminah binti Usman", "Rina binti Halim"),
    ("A. Rahman", "A. Wahid"),
    ("Usman, S.Pd", "Halim, S.Pd"),
    ("Ratna Sari Dewi", "Melati Kusuma"),
    ("Andi", "Budi"),
    ("Ng", "Li"),
    ("Rahmat", "Rohani"),
]


@pytest.mark.parametrize(("listed", "typed"), SAME, ids=[f"{a} = {b}" for a, b in SAME])
def test_spellings_of_one_name_share_a_token(listed: str, typed: str) -> None:
    assert set(match_tokens(listed)) & set(match_tokens(typed))


@pytest.mark.parametrize(("listed", "typed"), OTHER, ids=[f"{a} ≠ {b}" for a, b in OTHER])
def test_different_names_share_no_token(listed: str, typed: str) -> None:
    assert not set(match_tokens(listed)) & set(match_tokens(typed))


@pytest.mark.parametrize("name", ["Haji", "Ir", "bin", "dr."])
def test_a_name_that_is_only_a_title_still_has_a_token(name: str) -> None:
    assert match_tokens(name)


@pytest.mark.parametrize("name", ["", "   ", "123", "...", "-", "\u200b"])
def test_what_has_no_letter_is_no_name(name: str) -> None:
    assert (has_letters(name), match_tokens(name)) == (False, ())


def test_initials_alone_match_nobody_with_a_longer_name() -> None:
    assert not set(match_tokens("A. S.")) & set(match_tokens("A. S. Rahman"))


@given(st.text(alphabet=st.characters(categories=("L", "M", "P", "Zs", "N")), max_size=80))
def test_a_name_always_matches_itself_however_it_is_cased_or_spaced(name: str) -> None:
    tokens = match_tokens(name)
    assert bool(tokens) or not any(char.isascii() and char.isalpha() for char in name)
    assert match_tokens(f"  {name}  ") == tokens
    assert match_tokens(name) == match_tokens(name, {})


@given(
    st.lists(
        st.sampled_from("Usman Siti Rahmat Ahmad Nur Wahyuni Muhammad Djoko".split()), min_size=1, max_size=5
    )
)
def test_any_word_of_a_name_is_enough(words: list[str]) -> None:
    tokens = set(match_tokens(" ".join(words)))
    assert all(tokens & set(match_tokens(word)) for word in words)


@given(
    st.lists(
        st.sampled_from("H. Usman M. Siti R. Rahmat A. S.Pd. Nur Abdul Djoko d'Arc".split()),
        min_size=1,
        max_size=6,
    )
)
def test_a_name_of_up_to_six_words_is_asked_for_as_it_is_listed(words: list[str]) -> None:
    assert asked_tokens(" ".join(words)) == match_tokens(" ".join(words))


def test_one_check_tries_out_no_more_than_six_words() -> None:
    guesses = "Usman Siti Rahmat Ahmad Wahyuni Joko Muhammad Dewi Sri Agus Budi Rina Yanto Lestari Putri"
    asked = set(asked_tokens(guesses))
    assert asked & set(match_tokens("Joko"))
    assert not asked & set(match_tokens("Muhammad Budi Lestari"))


def test_titles_are_none_of_the_six_words() -> None:
    name = "Prof. Dr. H. Raden Mas Ario Bimo Sakti Wicaksono bin Alm. Soerjo, S.H., M.Hum."
    assert asked_tokens(name) == match_tokens("Raden Mas Ario Bimo Sakti Wicaksono")
