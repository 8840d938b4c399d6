"""Entries of the ledger put into words: the record, each field, whether figures changed."""

from __future__ import annotations

from collections.abc import Sequence

from portal.ledger.queries import list_fields
from portal.ledger.shapes import Entry, RawEntry, RawField
from portal.ledger.subjects import name_records
from portal.ledger.values import in_words, keys_of
from portal.opendata.records import PackageRecords


def put_into_words(entries: Sequence[RawEntry]) -> tuple[Entry, ...]:
    """The entries in the page's language; at most three queries for a page of them."""
    if not entries:
        return ()
    fields = list_fields(entries)
    keys = {entry.key for entry in entries}
    keys |= {
        key for entry in entries for field in fields[entry.name] for key in keys_of(entry.subject, field)
    }
    names = name_records(keys)
    return tuple(
        Entry(
            raw=entry,
            subject=names[entry.key],
            fields=tuple(in_words(entry.subject, field, names) for field in fields[entry.name]),
            figures_changed=_figures_changed(entry, fields[entry.name]),
        )
        for entry in entries
    )


def _figures_changed(entry: RawEntry, fields: Sequence[RawField]) -> bool:
    """As the desk noted it; of what a data package brought, by the same rule from its cells."""
    if entry.figures_changed is not None:
        return entry.figures_changed
    before = {field.column: field.old or "" for field in fields}
    after = {field.column: field.new or "" for field in fields}
    return PackageRecords().figures_changed(entry.subject, before, after)
