"""`portal checks`: the cross-checks, for people and for scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click
from flask.cli import with_appcontext

from portal.areas.queries import region_exists
from portal.core.formatting import integer
from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.core.vocabulary import CHECK_KINDS, VERDICTS
from portal.evidence.queries import list_checks
from portal.evidence.services import input_record
from portal.evidence.shapes import CheckShape, count_verdicts

COLOURS = {"agrees": "green", "differs": "red", "cannot_tell": "yellow"}


@click.command()
@click.option("--region", metavar="CODE", help="Only this region, by its Kemendagri code such as 64.03.")
@click.option("--kind", type=click.Choice(CHECK_KINDS), help="Only checks of this kind.")
@click.option("--verdict", type=click.Choice(VERDICTS), help="Only checks with this outcome.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list instead of text.")
@with_appcontext
def checks(region: str | None, kind: str | None, verdict: str | None, *, as_json: bool) -> None:
    """List the cross-checks: what was compared, the formula and what came out."""
    if region is not None and not region_exists(region):
        raise click.ClickException(
            _("No region has the code %(code)s. Codes look like 64 or 64.03.", code=region)
        )
    found = [
        check
        for check in list_checks(region=region, kinds=[kind] if kind else None)
        if verdict in (None, check.verdict)
    ]
    if as_json:
        click.echo(json.dumps([record(check) for check in found], ensure_ascii=False, indent=2))
        return
    for check in found:
        click.echo(_text(check) + "\n")
    click.echo(_summary(found), err=True)


def record(check: CheckShape) -> dict[str, Any]:
    """A check as scripts read it."""
    return {
        "kind": check.kind,
        "subject": check.subject_id,
        "subject_kind": check.subject_kind,
        "region": check.region_code,
        "verdict": check.verdict,
        "inputs": [input_record(entry) for entry in check.inputs],
        "formula": check.stored_formula,
        "result": check.stored_result,
        "sentence": {"id": check.sentence_id, "en": check.sentence_en},
    }


def _text(check: CheckShape) -> str:
    verdict = click.style(label("verdict", check.verdict), fg=COLOURS[check.verdict], bold=True)
    lines = [
        f"{verdict} · {label('check_kind', check.kind)} · {check.region_code} · {check.subject_id}",
        f"  {check.sentence}",
        f"  {check.formula} = {check.result}",
    ]
    lines += [f"    {entry.label}: {entry.value} [{_sources(entry.source_ids)}]" for entry in check.inputs]
    return "\n".join(lines)


def _sources(ids: Sequence[str]) -> str:
    return ", ".join(ids) if ids else "-"


def _summary(found: Sequence[CheckShape]) -> str:
    counts = count_verdicts(tuple(found))
    return _(
        "%(total)s checks: %(agrees)s agree, %(differs)s differ, %(cannot_tell)s cannot be told.",
        total=integer(counts.total),
        agrees=integer(counts.agrees),
        differs=integer(counts.differs),
        cannot_tell=integer(counts.cannot_tell),
    )
