"""Strings are collected from code and templates and merged with the Indonesian fragments."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.core import catalogue


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "portal" / "translations" / "parts").mkdir(parents=True)
    (tmp_path / "portal" / "code.py").write_text(
        '_("Home")\nngettext("%(num)s line", "%(num)s lines", 3)\n_(variable)\n'
    )
    (tmp_path / "templates" / "a.html").write_text("{% trans %}Help{% endtrans %}{{ _('Home') }}")
    return tmp_path


def put(tree: Path, name: str, text: str) -> None:
    (tree / "portal" / "translations" / "parts" / name).write_text(text, encoding="utf-8")


def test_strings_of_code_and_templates_are_found_once(tree: Path) -> None:
    assert set(catalogue.collect(tree)) == {"Home", "%(num)s line", "Help"}


def test_a_string_without_indonesian_is_named(tree: Path) -> None:
    put(tree, "a.po", 'msgid "Home"\nmsgstr "Beranda"\n')
    assert catalogue.build(tree).missing == ("%(num)s line", "Help")


def test_catalogues_are_written_the_same_way_twice(tree: Path) -> None:
    put(tree, "a.po", 'msgid "Home"\nmsgstr "Beranda"\n')
    assert catalogue.build(tree).catalogues == catalogue.build(tree).catalogues
    catalogue.write(tree, catalogue.build(tree))
    assert catalogue.stale(tree, catalogue.build(tree)) == ()


def test_plural_forms_follow_the_language(tree: Path) -> None:
    put(tree, "a.po", 'msgid "%(num)s line"\nmsgid_plural "%(num)s lines"\nmsgstr[0] "%(num)s baris"\n')
    texts = catalogue.build(tree).catalogues
    assert 'msgstr[0] "%(num)s baris"' in texts["id"]
    assert 'msgstr[1] "%(num)s lines"' in texts["en"]


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ('msgid "Home"\nmsgstr "Rumah"\n', "Beranda"),
        ('msgid "Help"\nmsgstr "Bantuan %(nama)s"\n', "place"),
        ("msgid Home\n", "b.po"),
    ],
    ids=["two translations", "unknown place", "not a PO file"],
)
def test_a_faulty_fragment_is_reported(tree: Path, second: str, words: str) -> None:
    put(tree, "a.po", 'msgid "Home"\nmsgstr "Beranda"\n')
    put(tree, "b.po", second)
    assert any(words in fault for fault in catalogue.build(tree).faults)


def test_check_writes_nothing_and_fails_where_something_is_missing(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "ROOT", tree)
    result = CliRunner().invoke(catalogue.main, ["--check"])
    assert result.exit_code == 1
    assert "no Indonesian for 'Help'" in result.output
    assert not (tree / "portal" / "translations" / "id").exists()
