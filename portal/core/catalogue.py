"""`python -m portal.core.catalogue`: collect every string and write the two catalogues.

The source language of strings is English. Indonesian comes from the fragments in `portal/translations/parts`,
one per domain; the two `messages.po` are written from strings and fragments and never edited by hand.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import PoFileError, read_po, write_po
from jinja2 import TemplateSyntaxError
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parent.parent.parent
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
# As in core.templating, so that the text found here is the text asked for at run time.
TEMPLATE_OPTIONS = {
    "extensions": "jinja2.ext.i18n",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "newstyle_gettext": "true",
    "silent": "false",
}
PLURALS = {"id": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
PLACE = re.compile(r"%\((\w+)\)[sd]")

MessageId = str | tuple[str, ...]


@dataclass
class Parts:
    """Indonesian of all fragments, by (first) msgid, and what is wrong with them."""

    translations: dict[str, tuple[str, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """The catalogues as text, the strings without Indonesian, fragments nobody asks for, and faults."""

    catalogues: dict[str, str]
    missing: tuple[str, ...]
    unused: tuple[str, ...]
    faults: tuple[str, ...]


def collect(root: Path) -> dict[str, MessageId]:
    """Every string of the code and the templates below `root`, by its (first) msgid.

    A string used both alone and with a plural is one entry with the plural.
    """
    found: dict[str, MessageId] = {}
    for path, message in _strings(root):
        if not message:
            raise click.ClickException(f"{path}: an empty string is marked for translation.")
        first = message if isinstance(message, str) else message[0]
        if not isinstance(found.get(first), tuple):
            found[first] = message
    return found


def _strings(root: Path) -> Iterator[tuple[Path, MessageId]]:
    for path in sorted((root / "portal").rglob("*.py")):
        yield from _of_file(path, "python", {})
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in (".html", ".txt", ".xml"):
            yield from _of_file(path, babel_extract, TEMPLATE_OPTIONS)


def _of_file(path: Path, method: object, options: dict[str, str]) -> Iterator[tuple[Path, MessageId]]:
    try:
        with path.open("rb") as file:
            for _line, message, _comments, _context in extract(method, file, KEYWORDS, (), options):  # type: ignore[arg-type]
                yield path, message
    except (SyntaxError, TemplateSyntaxError) as error:
        raise click.ClickException(f"{path}: {error}") from error


def read_parts(folder: Path) -> Parts:
    """The fragments of `folder`; the same string translated in two ways is a fault."""
    parts = Parts()
    for path in sorted(folder.glob("*.po")):
        try:
            catalogue = read_po(BytesIO(path.read_bytes()), locale="id", abort_invalid=True)
        except (PoFileError, ValueError) as error:
            parts.faults.append(f"{path.name}: {error}")
            continue
        for message in catalogue:
            _add(parts, path.name, message)
    return parts


def _add(parts: Parts, name: str, message: Message) -> None:
    first = message.id if isinstance(message.id, str) else message.id[0]
    text = message.string if isinstance(message.string, str) else (message.string or ("",))[0]
    if not first or not text:
        return
    known = parts.translations.setdefault(first, (text, name))
    if known[0] != text:
        parts.faults.append(f"{first!r} is {known[0]!r} in {known[1]} and {text!r} in {name}")
    plain = set(PLACE.findall(first if isinstance(message.id, str) else message.id[1]))
    if not set(PLACE.findall(text)) <= plain | {"num"}:
        parts.faults.append(f"{name}: {text!r} has a place that {first!r} does not have")


def build(root: Path) -> Outcome:
    """Merge strings and fragments; writes nothing."""
    found = collect(root)
    parts = read_parts(root / "portal" / "translations" / "parts")
    indonesian = {first: parts.translations.get(first, ("", ""))[0] for first in found}
    missing = tuple(sorted(first for first, text in indonesian.items() if not text))
    unused = tuple(sorted(set(parts.translations) - set(found)))
    texts = {
        "id": _render("id", {first: (message, indonesian[first]) for first, message in found.items()}),
        "en": _render("en", {first: (message, first) for first, message in found.items()}),
    }
    return Outcome(texts, missing, unused, tuple(parts.faults))


def _render(code: str, entries: dict[str, tuple[MessageId, str]]) -> str:
    """A .po file without dates, places or line numbers, so that it only changes with its strings."""
    catalogue = Catalog(locale=code)
    # Babel has no rule for Indonesian and would write two forms.
    catalogue.mime_headers = [("Plural-Forms", PLURALS[code])]
    for _first, (message, text) in sorted(entries.items()):
        catalogue.add(message, _forms(code, message, text))
    body = BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {code}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURALS[code]}\\n"\n\n'
    )
    return header + body.getvalue().decode()


def _forms(code: str, message: MessageId, text: str) -> str | tuple[str, ...]:
    if isinstance(message, str):
        return text
    return message if code == "en" else (text,)


def write(root: Path, outcome: Outcome) -> None:
    """Put both catalogues in place, each in one step: a reader never sees half a file."""
    for code, text in outcome.catalogues.items():
        target = root / "portal" / "translations" / code / "LC_MESSAGES" / "messages.po"
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, suffix=".po")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(target)


def stale(root: Path, outcome: Outcome) -> tuple[str, ...]:
    """The catalogues on disk that differ from what the strings and fragments give."""
    paths = {
        code: root / "portal" / "translations" / code / "LC_MESSAGES" / "messages.po"
        for code in outcome.catalogues
    }
    return tuple(
        f"{path.relative_to(root)} is not up to date: run `make translations`"
        for code, path in paths.items()
        if not path.exists() or path.read_text(encoding="utf-8") != outcome.catalogues[code]
    )


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail where something is missing or outdated.")
def main(check: bool) -> None:
    """Collect strings, merge the fragments, and say what has no Indonesian yet."""
    outcome = build(ROOT)
    faults = [*outcome.faults, *(f"no Indonesian for {text!r}" for text in outcome.missing)]
    if check:
        faults += stale(ROOT, outcome)
    else:
        write(ROOT, outcome)
    for text in outcome.unused:
        click.echo(f"not used: {text!r}", err=True)
    for fault in faults:
        click.echo(fault, err=True)
    if faults and check:
        sys.exit(1)


if __name__ == "__main__":
    main()
