"""The package's descriptor, datapackage.json: which file holds which table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.core.i18n import gettext as _
from portal.opendata.csvtext import BOM
from portal.opendata.places import DESCRIPTOR, Place, Unreadable, check_name
from portal.opendata.problems import PackageRejected, Problem
from portal.opendata.tables import BY_NAME, PackageTable

ENCODINGS = ("utf-8", "utf8")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/ -]{0,119}")
# The parts of a CSV dialect that decide how cells are read, with the only value the portal reads.
PLAIN_DIALECT: dict[str, Any] = {
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
    "skipInitialSpace": False,
}
NAMELESS = "package"


@dataclass(frozen=True)
class Descriptor:
    """The descriptor as written, the package's name, and the file of each table in its order."""

    text: str
    name: str
    files: dict[str, str]


def read_descriptor(place: Place) -> Descriptor:
    """Read and check datapackage.json; raises PackageRejected with everything that is wrong in it."""
    text, content = _parse(place)
    resources = content.get("resources")
    if not isinstance(resources, list) or not resources or not all(isinstance(r, dict) for r in resources):
        raise _rejected([_("“resources” must be a list that names at least one table.")])
    reasons = [reason for resource in resources for reason in _resource_faults(resource)]
    reasons += _double_faults(resources)
    if not reasons:
        reasons = _cycle_faults(resources)
    name = content.get("name", NAMELESS)
    if not isinstance(name, str) or not NAME.fullmatch(name):
        reasons.append(_("“name” must be a short name of letters a–z, digits and hyphens."))
    if reasons:
        raise _rejected(reasons)
    return Descriptor(text, name, {resource["name"]: resource["path"] for resource in resources})


def _rejected(reasons: Iterable[str]) -> PackageRejected:
    return PackageRejected([Problem(DESCRIPTOR, 0, "", reason) for reason in reasons])


def _parse(place: Place) -> tuple[str, dict[str, Any]]:
    try:
        text = place.read(DESCRIPTOR).decode("utf-8")
        content = json.loads(text.removeprefix(BOM))
    except Unreadable as error:
        raise _rejected([str(error)]) from error
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise PackageRejected(
            [Problem(DESCRIPTOR, line, "", _("this is not valid JSON in UTF-8."))]
        ) from error
    if not isinstance(content, dict):
        raise _rejected([_("the descriptor must be a JSON object.")])
    return text, content


def _resource_faults(resource: dict[str, Any]) -> list[str]:
    name = resource.get("name")
    table = BY_NAME.get(name) if isinstance(name, str) else None
    if table is None:
        known = ", ".join(BY_NAME)
        return [_("“%(name)s” is not a table of the package (%(known)s).", name=str(name)[:60], known=known)]
    return [
        *_path_faults(table.name, resource),
        *_form_faults(table, resource),
        *_field_faults(table, resource),
    ]


def _path_faults(name: str, resource: dict[str, Any]) -> list[str]:
    path = resource.get("path")
    if not isinstance(path, str) or not path:
        return [_("%(table)s: “path” must name one CSV file.", table=name)]
    try:
        check_name(path)
    except Unreadable as error:
        return [f"{name}: {error}"]
    return [_("%(table)s: “path” must name one CSV file.", table=name)] if path == DESCRIPTOR else []


def _form_faults(table: PackageTable, resource: dict[str, Any]) -> list[str]:
    """The portal reads one form of CSV: commas, double quotes, UTF-8, empty cells for what is missing."""
    faults = []
    encoding = str(resource.get("encoding", "utf-8")).lower()
    dialect = resource.get("dialect", {})
    plain = isinstance(dialect, dict) and all(
        dialect.get(key, value) == value for key, value in PLAIN_DIALECT.items()
    )
    schema = resource.get("schema")
    missing = schema.get("missingValues", [""]) if isinstance(schema, dict) else [""]
    if encoding not in ENCODINGS:
        faults.append(_("%(table)s: the encoding must be utf-8.", table=table.name))
    if not plain or resource.get("format", "csv") != "csv" or resource.get("compression"):
        faults.append(_("%(table)s: only plain CSV with commas and double quotes is read.", table=table.name))
    if missing != [""]:
        faults.append(_("%(table)s: “missingValues” must be the empty cell alone.", table=table.name))
    return faults


def _field_faults(table: PackageTable, resource: dict[str, Any]) -> list[str]:
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list):
        return [_("%(table)s: “schema” must list the fields.", table=table.name)]
    named = [field.get("name") if isinstance(field, dict) else None for field in fields]
    faults = [
        _("%(table)s: the table has no column “%(column)s”.", table=table.name, column=str(name)[:60])
        for name in named
        if name not in table.names
    ]
    faults += [
        _("%(table)s: the field “%(column)s” is missing from the schema.", table=table.name, column=name)
        for name in table.names
        if name not in named
    ]
    if len(set(map(str, named))) != len(named):
        faults.append(_("%(table)s: the schema lists a field twice.", table=table.name))
    return faults


def _double_faults(resources: list[dict[str, Any]]) -> list[str]:
    faults = []
    for key in ("name", "path"):
        values = [str(resource.get(key)) for resource in resources]
        faults += [
            _("“%(value)s” is named by two tables.", value=value[:60])
            for value in dict.fromkeys(values)
            if values.count(value) > 1
        ]
    return faults


def _cycle_faults(resources: list[dict[str, Any]]) -> list[str]:
    """Foreign keys: each must be one the portal knows, and following them must come to an end."""
    faults: list[str] = []
    leads: dict[str, set[str]] = {}
    for resource in resources:
        name, keys = resource["name"], resource["schema"].get("foreignKeys", [])
        leads[name] = set()
        for key in keys if isinstance(keys, list) else [None]:
            fields, target = _key(key)
            leads[name].add(target)
            faults += _key_faults(name, fields, target)
    return _find_cycle(leads) or faults


def _key(key: Any) -> tuple[str, str]:
    """The column and the table of a foreign key; empty where it is written otherwise."""
    reference = key.get("reference") if isinstance(key, dict) else None
    fields = key.get("fields") if isinstance(key, dict) else None
    if isinstance(fields, list) and len(fields) == 1:
        fields = fields[0]
    target = reference.get("resource") if isinstance(reference, dict) else None
    return (fields if isinstance(fields, str) else ""), (target if isinstance(target, str) else "")


def _key_faults(name: str, fields: str, target: str) -> list[str]:
    known = {(column.name, column.target) for column in BY_NAME[name].columns if column.target}
    if (fields, target) in known:
        return []
    return [
        _(
            "%(table)s: the portal knows no reference from “%(column)s” to “%(target)s”.",
            table=name,
            column=fields[:60],
            target=target[:60],
        )
    ]


def _find_cycle(leads: dict[str, set[str]]) -> list[str]:
    """A sentence where tables refer to each other in a circle."""
    left = {name: targets & set(leads) for name, targets in leads.items()}
    while free := [name for name, targets in left.items() if not targets & set(left)]:
        for name in free:
            del left[name]
    if not left:
        return []
    return [_("the tables %(tables)s refer to each other in a circle.", tables=", ".join(sorted(left)))]
