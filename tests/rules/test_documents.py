"""What the documents tell people to run and read is there."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from portal.cli import cli
from tests.support.tree import ROOT, text_files

SAID = re.compile(r"`(portal [^`\n]+)`|^(portal [^\n#]+)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PRIVACY = ("dpia", "record-of-processing", "data-subject-request", "breach")
DOCUMENTS = [(path, text) for path, text in text_files(".md") if path.startswith("docs/")]


def commands(text: str) -> list[str]:
    """Every command line of the portal in a document; what stands behind an arrow or a bracket is explanation."""
    return [(one or other).strip() for one, other in SAID.findall(text)]


def fault(line: str) -> str:
    """Why the portal would not know this line; empty where it does."""
    words = shlex.split(line.replace("'", ""))[1:]
    command: click.Command = cli
    while words and isinstance(command, click.Group):
        found = command.commands.get(words[0])
        if found is None:
            return f"{line}: there is no {words[0]}"
        command, words = found, words[1:]
    known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help"}
    unknown = [word for word in words if word.startswith("--") and word.partition("=")[0] not in known]
    return f"{line}: no {unknown[0]}" if unknown else ""


def test_every_command_that_a_document_names_is_there() -> None:
    lines = {line for _path, text in DOCUMENTS for line in commands(text)}
    assert len(lines) > 20
    assert sorted(filter(None, map(fault, lines))) == []


def test_a_command_that_is_not_there_is_noticed() -> None:
    assert fault("portal registry forget 7")
    assert fault("portal registry purge --all")
    assert not fault("portal registry purge --dry-run")


@pytest.mark.parametrize("path", [path for path, _text in DOCUMENTS])
def test_links_between_documents_lead_to_files(path: str) -> None:
    text = dict(DOCUMENTS)[path]
    targets = [target for target in LINK.findall(text) if "://" not in target]
    missing = [target for target in targets if not (ROOT / path).parent.joinpath(target).exists()]
    assert missing == []


@pytest.mark.parametrize("name", PRIVACY)
def test_what_an_office_files_is_in_both_languages_and_says_what_is_left_to_it(name: str) -> None:
    indonesian, _line, english = (ROOT / f"docs/privacy/{name}.md").read_text().partition("\n---\n")
    assert "UU 27/2022" in indonesian
    assert "Law 27/2022" in english
    for mine, theirs in (("**[isi", "**[fill in"), ("(telaah hukum)", "(legal review)")):
        assert mine in indonesian
        assert theirs in english
    assert len(commands(indonesian)) == len(commands(english))
    assert not re.search(r"[\w.]+@[\w-]+\.\w|\+62|\(0\d{2,3}\)", indonesian + english), (
        "no contact is made up"
    )
